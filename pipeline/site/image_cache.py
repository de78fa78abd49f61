"""A folder of images, bounded in bytes and number: the image that was not asked for the longest goes first.

Several processes may use one folder: an image is put in its place when it is whole, and one that another process
has taken away is made anew.
"""

import contextlib
import logging
import os
import stat
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import Field, ValidationError

from schemas.base import Record

FOLDER_VARIABLE = "PRONGSAI_IMAGE_CACHE"
SIZE_VARIABLE = "PRONGSAI_IMAGE_CACHE_MB"

_HEAD, _END = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"
_PART = ".part-"
_ABANDONED_SECONDS = 3600
# An image greater than this share of the folder would push out all others.
_LARGEST_SHARE = 0.25

log = logging.getLogger(__name__)


class CacheSettings(Record):
    """Where images are kept, and how many."""

    folder: Path | None = Field(default=None, description="null: beside the database, or where that may be written")
    most_megabytes: float = Field(default=500, ge=0, le=1_000_000, description="of 10^6 bytes; 0: none is kept")
    most_files: int = 10_000


def cache_settings(environment: Mapping[str, str]) -> CacheSettings:
    """The settings as the environment gives them; a value that makes no sense is told in the log and passed over."""
    folder, size = environment.get(FOLDER_VARIABLE), environment.get(SIZE_VARIABLE)
    stated = {"folder": folder or None} | ({"most_megabytes": size} if size else {})
    try:
        return CacheSettings.model_validate(stated)
    except ValidationError:
        log.warning("%s=%r is no number of megabytes from 0 to 1000000: 500 is taken", SIZE_VARIABLE, size)
        return CacheSettings(folder=Path(folder) if folder else None)


class ImageCache:
    """PNG images by name; a name is a plain file name that the caller makes of digests and numbers."""

    def __init__(self, folder: Path | None, settings: CacheSettings) -> None:
        self._folder = folder
        self._most_bytes = int(settings.most_megabytes * 1e6)
        self._most_files = settings.most_files

    def get(self, name: str) -> bytes | None:
        """The image of that name, if it is kept and whole."""
        if self._folder is None:
            return None
        path = self._folder / name
        try:
            data = path.read_bytes()
        except OSError:
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return data if data.startswith(_HEAD) and data.endswith(_END) else None

    def put(self, name: str, png: bytes) -> None:
        """Keep an image, and let others go if there are too many; a disk that is full or read only is no error."""
        if self._folder is None or len(png) > self._most_bytes * _LARGEST_SHARE:
            return
        try:
            with tempfile.NamedTemporaryFile(dir=self._folder, prefix=_PART, delete=False) as file:
                file.write(png)
            Path(file.name).replace(self._folder / name)
        except OSError:
            log.warning("an image could not be kept in %s", self._folder, exc_info=True)
        self._let_go(self._folder)

    def _let_go(self, folder: Path) -> None:
        kept = sorted(_entries(folder), key=lambda entry: entry[0])
        size, number = sum(entry[1] for entry in kept), len(kept)
        for _, bytes_, path in kept:
            if size <= self._most_bytes and number <= self._most_files:
                return
            with contextlib.suppress(OSError):
                path.unlink()
            size, number = size - bytes_, number - 1


def cache_folder(database: Path, settings: CacheSettings) -> Path | None:
    """The folder for the images of a database's reports, made if need be; null where none may be written.

    The one of the settings; else beside the database, hidden, so that `ingest` passes it over; else the user's own
    folder for such things, else one of temporary files.
    """
    beside = database.parent / f".{database.name}-images"
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "prongsai" / "images"
    temporary = Path(tempfile.gettempdir()) / f"prongsai-images-{_user()}"
    places = [settings.folder] if settings.folder else [beside, home, temporary]
    return next((place for place in places if _is_ours(place)), None) if settings.most_megabytes else None


def _is_ours(folder: Path) -> bool:
    """Whether it is, or could be made, a folder that we may write to and nobody else has put there for us."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.lstat()
    except OSError:
        return False
    mine = not hasattr(os, "getuid") or status.st_uid == os.getuid()
    return mine and stat.S_ISDIR(status.st_mode) and os.access(folder, os.W_OK | os.X_OK)


def _user() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else "user"


def _entries(folder: Path) -> Iterator[tuple[float, int, Path]]:
    """When each image was last asked for, its size and place; parts that a killed process left are removed."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        with contextlib.suppress(OSError):
            status = entry.stat(follow_symlinks=False)
            if not entry.name.startswith(_PART):
                yield status.st_mtime, status.st_size, Path(entry.path)
            elif status.st_mtime < time.time() - _ABANDONED_SECONDS:
                Path(entry.path).unlink()
