"""The published database: a copy for readers elsewhere, and how it takes the place of the former one."""

import re
import sqlite3
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from db.search_tables import register_functions

# Seconds to wait for readers that are in the middle of something, since a download may read for two minutes; and of one
# try, in which no reader can begin.
_PATIENCE = 150
_ONE_TRY = 1


def copy_for_readers(source: sqlite3.Connection, path: Path, *, with_names: bool) -> None:
    """Write a copy of the database as it is at this moment to `path`, a new file; others may load reports meanwhile.

    Left out: the folders of the analyst (`sources`, `failures`), who judged and corrected unless `with_names`, and
    what only comparing needs. The file is as small as it can be, and tells SQLite how to plan its queries (`analyze`).
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as copy:
        source.backup(copy)
        register_functions(copy)
        copy.execute("pragma journal_mode = delete")
        copy.execute("pragma secure_delete = on")
        copy.execute("begin")
        for table, column in (("sources", "path_or_url"), ("failures", "source")):
            _without_folders(copy, table, column)
        if not with_names:
            copy.execute("update corrections set who = null")
        copy.execute("delete from _action_signatures")
        copy.execute("commit")
        for (name,) in copy.execute("select name from sqlite_master where sql like '%using fts5%'").fetchall():
            copy.execute(f'insert into "{name}"("{name}") values (?)', ("optimize",))
        copy.execute("vacuum")
        copy.execute("analyze")


def put_in_place(prepared: Path, place: Path, patience: float = _PATIENCE) -> bool:
    """Make `place` hold what `prepared` holds; whether readers let the space of the former content be used again.

    A file that is there is written to and not replaced, since a server has it open, and some of its connections would
    go on reading the former one. It is put into SQLite's write-ahead mode first: until all is written, readers go on
    with the former content, and if this stops in the middle, for good. Raises `sqlite3.Error`.
    """
    if not place.exists():
        prepared.replace(place)
        return True
    with closing(sqlite3.connect(prepared)) as new, closing(sqlite3.connect(place, timeout=_ONE_TRY)) as served:
        _ahead_of_readers(served, patience)
        served.execute(f"pragma busy_timeout = {int(1000 * patience)}")
        new.backup(served)
        busy, *_ = served.execute("pragma wal_checkpoint(truncate)").fetchone()
        served.execute("pragma busy_timeout = 100")
        _as_one_file(served)
    return not busy


def inspected(path: Path) -> dict[str, dict[str, int]]:
    """The number of rows of each table, as Datasette's `inspect-data.json` has it."""
    counts: dict[str, dict[str, int]] = {}
    with closing(sqlite3.connect(path)) as connection:
        for (name,) in connection.execute("select name from sqlite_master where type = 'table'").fetchall():
            try:
                (count,) = connection.execute(f'select count(*) from "{name}"').fetchone()
            except sqlite3.Error:
                continue
            counts[name] = {"count": count}
    return counts


def _ahead_of_readers(served: sqlite3.Connection, patience: float = _PATIENCE) -> None:
    """Into write-ahead mode, at a moment when nobody reads."""
    end = time.monotonic() + patience
    while True:
        try:
            served.execute("pragma journal_mode = wal")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(_ONE_TRY)


def _as_one_file(served: sqlite3.Connection) -> None:
    """Out of write-ahead mode, where no server has it open: it is then a file that can be copied alone."""
    try:
        served.execute("pragma journal_mode = delete")
    except sqlite3.OperationalError:
        return


def _without_folders(copy: sqlite3.Connection, table: str, column: str) -> None:
    """Names of files in place of their paths; web addresses stay. Files of equal names get a number."""
    rows = copy.execute(f'select rowid, "{column}" from {table} order by "{column}"').fetchall()
    shown = dict(zip((row for row, _ in rows), _names(name for _, name in rows), strict=True))
    copy.executemany(f'update {table} set "{column}" = ? where rowid = ?', ((f"\0{row}", row) for row in shown))
    copy.executemany(f'update {table} set "{column}" = ? where rowid = ?', ((name, row) for row, name in shown.items()))


def _names(paths: Iterable[str]) -> Iterator[str]:
    used: set[str] = set()
    seen: Counter[str] = Counter()
    for path in paths:
        name = path if re.match(r"https?://", path) else re.split(r"[/\\]", path)[-1] or path
        stem, _, ending = name.rpartition(".")
        unique = name
        while unique in used:
            seen[name] += 1
            number = seen[name] + 1
            unique = f"{stem} ({number}).{ending}" if stem else f"{name} ({number})"
        used.add(unique)
        yield unique
