"""Transactions that wait for other writers."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlite_utils import Database


@contextmanager
def transaction(db: Database) -> Iterator[None]:
    """What happens inside happens as a whole or not at all; within another transaction it is a part of that.

    It takes its turn among writers at its beginning. One that has read already (`db.atomic` begins so) could not wait
    for another writer: SQLite would end it at once.
    """
    if db.conn.in_transaction:
        with db.atomic():
            yield
        return
    db.execute("begin immediate")
    try:
        yield
        db.commit()
    except BaseException:
        db.rollback()
        raise
