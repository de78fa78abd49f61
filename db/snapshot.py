"""A copy of the database as it is at one moment, to write from at leisure while others load reports."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from db.search_tables import register_functions


@contextmanager
def snapshot(db: Database, folder: Path) -> Iterator[Database]:
    """The copy, in a hidden folder in `folder` that is gone afterwards.

    Copying keeps other programs from writing for as long as the disk needs for it. Writing an export would do so for
    much longer, and without one transaction for all of it the tables would not fit together.
    """
    with tempfile.TemporaryDirectory(prefix=".prongsai-", dir=folder) as hidden:
        connection = sqlite3.connect(Path(hidden) / "copy.db")
        try:
            connection.execute("pragma synchronous = off")
            db.conn.backup(connection)
            register_functions(connection)
            yield Database(connection)
        finally:
            connection.close()
