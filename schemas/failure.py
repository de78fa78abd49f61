"""Why a file could not be read: a code per class of failure, and one sentence that says what to do."""

from typing import Literal

from schemas.base import Record

FailureCode = Literal[
    "crashed",
    "damaged",
    "empty",
    "encrypted",
    "missing",
    "not-permitted",
    "not-thai",
    "too-large",
    "too-many-pages",
    "too-much-memory",
    "too-slow",
    "unsupported-format",
]


class Failure(Record):
    """A file that was not read, and why."""

    source: str
    code: FailureCode
    message_th: str
    message_en: str


class UnreadableFile(Exception):
    """A file cannot be read; the messages are one sentence each and say what to do, without the file's name."""

    def __init__(self, code: FailureCode, message_th: str, message_en: str) -> None:
        super().__init__(code, message_th, message_en)
        self.code: FailureCode = code
        self.message_th = message_th
        self.message_en = message_en

    def failure(self, source: str) -> Failure:
        """The failure as a record, for the file or address `source`."""
        return Failure(source=source, code=self.code, message_th=self.message_th, message_en=self.message_en)
