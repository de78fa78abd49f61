"""Which files a command looks at, and what can be known of a file before it is read."""

import hashlib
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path

from extractors.readers import refusals
from pipeline import failures
from pipeline.settings import Settings
from schemas.base import Record
from schemas.failure import Failure, UnreadableFile

# What lies beside reports in a folder and is none; hidden files and folders (.name) are left out besides.
IGNORED = (
    "*.db",
    "*.db-journal",
    "*.db-shm",
    "*.db-wal",
    "*.gold.json",
    "corrections.jsonl",
    "LEDGER.toml",
    "README*",
    "Thumbs.db",
    "desktop.ini",
    "~$*",
)

# How a byte of a file's name that is no UTF-8 is written in the database.
_ESCAPED_BYTE = re.compile(rb"\\x([89a-f][0-9a-f])")


class Walk(Record):
    """What was found under the paths that a person named, in order of name.

    `ignored` are files that lie beside reports and are none, `unreadable` are folders, `special` are pipes and devices.
    """

    files: tuple[Path, ...]
    ignored: tuple[Path, ...]
    unreadable: tuple[Path, ...] = ()
    special: tuple[Path, ...] = ()


class FileFacts(Record):
    """A file that may be read: its name in the database, its bytes' digest, their number."""

    path: Path
    source: str
    sha256: str
    size_bytes: int


def walk(paths: Iterable[Path]) -> Walk:
    """Every file among `paths` and under the folders among them, each once, sorted.

    A file that is named is always looked at; in a folder, hidden files and `IGNORED` ones are not. Links to folders
    are followed, each folder once.
    """
    files: set[Path] = set()
    ignored: set[Path] = set()
    unreadable: set[Path] = set()
    special: set[Path] = set()
    for path in paths:
        if not stat.S_ISDIR(_mode(path)):
            files.add(_plain(path))
            continue
        for found in _under(_plain(path), set(), unreadable):
            kind = special if _is_special(found) else ignored if _is_ignored(found.name) else files
            kind.add(found)
    return Walk(
        files=tuple(sorted(files)),
        ignored=tuple(sorted(ignored - files)),
        unreadable=tuple(sorted(unreadable)),
        special=tuple(sorted(special - files)),
    )


def source_name(path: Path, database: Path) -> str:
    """The name of a file in the database: its path from the database's folder, with `/`.

    So a folder with documents and database can be moved as a whole. On another Windows drive: the full path. A byte
    that is no UTF-8 (Thai names unpacked from old archives) is written as \\xa1.
    """
    try:
        name = Path(os.path.relpath(_plain(path), _plain(database).parent))
    except ValueError:
        name = _plain(path)
    return os.fsencode(name.as_posix()).decode("utf-8", "backslashreplace")


def source_path(source: str, database: Path) -> Path:
    """The file that a name in the database stands for; the inverse of `source_name`."""
    name = _ESCAPED_BYTE.sub(lambda byte: bytes.fromhex(byte[1].decode()), source.encode())
    return _plain(_plain(database).parent / os.fsdecode(name))


def examine(path: Path, source: str, settings: Settings) -> FileFacts | Failure:
    """The file's facts, or why it will not be read: missing, not permitted, no file, over the size limit."""
    try:
        return _facts(path, source, settings)
    except UnreadableFile as error:
        return error.failure(source)
    except FileNotFoundError:
        return refusals.missing().failure(source)
    except OSError:
        return refusals.not_permitted().failure(source)


def _facts(path: Path, source: str, settings: Settings) -> FileFacts:
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise refusals.folder()
    if not stat.S_ISREG(status.st_mode):
        raise failures.not_a_file()
    if status.st_size > settings.max_file_mb * 1e6:
        raise failures.too_large(status.st_size, settings)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return FileFacts(path=path, source=source, sha256=digest, size_bytes=status.st_size)


def _under(folder: Path, seen: set[tuple[int, int]], unreadable: set[Path]) -> Iterator[Path]:
    """The files under a folder; `seen` holds the folders (device, inode) met, so that a loop of links ends."""
    try:
        status = folder.stat()
        entries: Sequence[Path] = sorted(folder.iterdir())
    except OSError:
        unreadable.add(folder)
        return
    if (status.st_dev, status.st_ino) in seen:
        return
    seen.add((status.st_dev, status.st_ino))
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if stat.S_ISDIR(_mode(entry)):
            yield from _under(entry, seen, unreadable)
        else:
            yield entry


def _is_special(path: Path) -> bool:
    """It is a pipe, a socket or a device; a link to nothing is not, but a file that is missing."""
    mode = _mode(path)
    return mode != 0 and not stat.S_ISREG(mode)


def _mode(path: Path) -> int:
    """The kind of file, links followed; 0 where the system does not tell it, for which `examine` gives the reason."""
    try:
        return path.stat().st_mode
    except OSError:
        return 0


def _is_ignored(name: str) -> bool:
    return any(fnmatch(name, pattern) for pattern in IGNORED)


def _plain(path: Path) -> Path:
    """The absolute path without `.` and `..`, links left as they are."""
    # Path.resolve would follow links, and Path.absolute keeps `..`.
    return Path(os.path.abspath(path))  # noqa: PTH100
