"""The originals of a published database: `documents/SHA256.ending`, where the evidence pages look first."""

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.site.originals import ENDINGS, FOLDER, find_original, open_unchanged, read_original_sources
from schemas.source import Source


class Documents(NamedTuple):
    """How many originals are there, and the sources of the reports whose original is not."""

    copied: int
    missing: tuple[str, ...]


def copy_documents(connection: sqlite3.Connection, database: Path, folder: Path) -> Documents:
    """Put the original of every report into FOLDER/documents; what is there already is not copied again."""
    target = folder / FOLDER
    target.mkdir(exist_ok=True)
    copied = 0
    missing: list[str] = []
    for source, path in _originals(connection, database):
        place = target / _name(source)
        if path is None:
            missing.append(source.path_or_url)
        elif place.is_file() or _copied(path, source.sha256, place):
            copied += 1
        else:
            missing.append(source.path_or_url)
    return Documents(copied, tuple(missing))


def drop_documents(connection: sqlite3.Connection | None, database: Path, folder: Path) -> None:
    """Remove the originals of reports that are in the database no more; of all, where there is no connection."""
    target = folder / FOLDER
    if connection is None:
        shutil.rmtree(target, ignore_errors=True)
        return
    wanted = {_name(source) for source, _ in _originals(connection, database)}
    for path in target.iterdir():
        if path.name not in wanted:
            path.unlink()


def _originals(connection: sqlite3.Connection, database: Path) -> Iterator[tuple[Source, Path | None]]:
    """A source of each report with the place of its bytes, null where they are nowhere."""
    for (report_id,) in connection.execute("select id from reports order by id").fetchall():
        sources = read_original_sources(connection, report_id)
        original = find_original(sources, database)
        if original is not None:
            yield original.source, original.path
        for (path_or_url,) in () if sources else _sources_of(connection, report_id):
            yield Source(path_or_url=path_or_url, sha256="0" * 64, format="text"), None


def _sources_of(connection: sqlite3.Connection, report_id: str) -> list[tuple[str]]:
    return connection.execute("select min(path_or_url) from sources where report_id = ?", (report_id,)).fetchall()


def _name(source: Source) -> str:
    return f"{source.sha256}.{ENDINGS[source.format]}"


def _copied(path: Path, sha256: str, place: Path) -> bool:
    file = open_unchanged(path, sha256)
    if file is None:
        return False
    partial = place.with_name(f".{place.name}.partial")
    try:
        with file, partial.open("wb") as copy:
            shutil.copyfileobj(file, copy)
        partial.replace(place)
    finally:
        partial.unlink(missing_ok=True)
    return True
