"""The file that a report was read from: where the database says that it is, and only while its bytes are the same."""

import hashlib
import os
import re
import sqlite3
import stat
from collections.abc import Iterator, Sequence
from functools import lru_cache
from io import BufferedReader
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from pipeline.files import source_path
from schemas.base import Record
from schemas.document import Format
from schemas.source import Source

# Beside the database: the files by their digests, as `prongsai publish` puts them.
FOLDER = "documents"
ENDINGS: dict[Format, str] = {"pdf": "pdf", "docx": "docx", "html": "html", "text": "txt"}
# Without a character set: old files have others than UTF-8.
CONTENT_TYPES: dict[Format, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "text": "text/plain",
}
_WEB = ("http://", "https://")

State = Literal["here", "changed", "gone", "web"]
"""Whether the file is there; has other bytes than were read; is not there; or was read from a web address."""


class Original(Record):
    """The file that a report was read from, and what became of it; `path` is null where it is not there."""

    source: Source
    state: State
    path: Path | None = None


def read_original_sources(connection: sqlite3.Connection, report_id: str) -> tuple[Source, ...]:
    """Where the bytes that the report was read from were seen; empty where there is no such report.

    Of a database made before the digest of these bytes was kept: the files of the report's format, if all are the same.
    """
    rows = connection.execute(_SOURCES, (report_id,))
    names = [column[0] for column in rows.description]
    sources = [Source(**dict(zip(names, row, strict=True))) for row in rows]
    return tuple(sources) if len({source.sha256 for source in sources}) == 1 else ()


def find_original(sources: Sequence[Source], database: Path) -> Original | None:
    """The first of the places that still holds the bytes, `documents/` beside the database before all others.

    Null without `sources`. `database` is the path of its file.
    """
    if not sources:
        return None
    places = list(_places(sources, database))
    for source, path in places:
        if _digest_now(path) == source.sha256:
            return Original(source=source, state="here", path=path)
    changed = [source for source, path in places if _is_file(path)]
    if changed:
        return Original(source=changed[0], state="changed")
    return Original(source=sources[0], state="web" if sources[0].path_or_url.startswith(_WEB) else "gone")


def open_unchanged(path: Path, sha256: str) -> BufferedReader | None:
    """The file, open at its beginning, if it has these bytes; null where it has others or cannot be read."""
    file = _open(path)
    if file is not None:
        if _digest_of(file) == sha256:
            file.seek(0)
            return file
        file.close()
    return None


def read_unchanged(path: Path, sha256: str) -> bytes | None:
    """The bytes of the file, if it has these; null where it has others or cannot be read."""
    file = open_unchanged(path, sha256)
    if file is None:
        return None
    with file:
        data = file.read()
    return data if hashlib.sha256(data).hexdigest() == sha256 else None


def disposition(original: Original) -> str:
    """The header by which a browser saves the file under the name that it had; never shows it (RFC 6266)."""
    ending = ENDINGS[original.source.format]
    name = re.split(r"[/\\]", original.source.path_or_url)[-1]
    name = re.sub(r"[\x00-\x1f\x7f]", "", name) or f"report.{ending}"
    if not name.lower().endswith(f".{ending}"):
        name = f"{name}.{ending}"
    return f"attachment; filename=\"report.{ending}\"; filename*=UTF-8''{quote(name, safe='')}"


def _places(sources: Sequence[Source], database: Path) -> Iterator[tuple[Source, Path]]:
    first = sources[0]
    yield first, database.parent / FOLDER / f"{first.sha256}.{ENDINGS[first.format]}"
    for source in sources:
        if not source.path_or_url.startswith(_WEB) and "\0" not in source.path_or_url:
            yield source, source_path(source.path_or_url, database)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # such as a name that no file system takes
        return False


def _digest_now(path: Path) -> str | None:
    """The digest of the file's bytes, computed anew only where the system tells that the file was changed."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return _digest(path, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


@lru_cache(maxsize=4096)
def _digest(path: Path, *_facts: int) -> str | None:
    file = _open(path)
    if file is None:
        return None
    with file:
        return _digest_of(file)


def _digest_of(file: BufferedReader) -> str | None:
    try:
        return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _open(path: Path) -> BufferedReader | None:
    """The file; null for what is none, such as a pipe, which would keep us waiting."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError):
        return None
    if stat.S_ISREG(os.fstat(handle).st_mode):
        return os.fdopen(handle, "rb")
    os.close(handle)
    return None


_SOURCES = """
    select path_or_url, sha256, sources.format, size_bytes
    from sources join reports on reports.id = report_id
    where reports.id = ?
      and (sha256 = source_sha256 or (source_sha256 is null and sources.format = reports.format))
    order by path_or_url
"""
