"""What is raised where a database cannot be used; apart from `db.schema`, which takes a while to import."""


class UnusableDatabase(Exception):
    """The database file cannot be used; the messages are one sentence each and say what to do."""

    def __init__(self, message_th: str, message_en: str) -> None:
        super().__init__(message_en)
        self.message_th = message_th
        self.message_en = message_en
