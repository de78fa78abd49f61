"""The whole database as files: made when asked for, one at a time, in a process of their own, and kept while they hold.

What is kept goes with the process that serves the site; of a database that has changed since, nothing is kept.
"""

import asyncio
import logging
import os
import sqlite3
import sys
import tempfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from datasette.app import Datasette

from pipeline.site.words import DATABASE

log = logging.getLogger(__name__)


class Download(NamedTuple):
    """A file of the whole database, and its format for `prongsai export`; null for the database itself."""

    name: str
    kind: str | None


DOWNLOADS = (
    Download("prongsai.xlsx", "xlsx"),
    Download("csv.zip", "csv"),
    Download("reports.json", "json"),
    Download("datapackage.zip", "datapackage"),
    Download("parquet.zip", "parquet"),
    Download("prongsai.db", None),
)


class WholeDownloads:
    """The files of one site's database."""

    def __init__(self, site: Datasette) -> None:
        self._site = site
        self._turn = asyncio.Lock()
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._making: dict[Path, asyncio.Task[None]] = {}

    async def file(self, download: Download, patience: float) -> Path | None:
        """The file of the database as it is now; null where it takes more than `patience` seconds and is still made.

        Raises what the making of it raises; it is tried again at the next call.
        """
        path = self._place(download)
        if path.is_file():
            return path
        task = self._making.get(path) or asyncio.create_task(self._make(download, path))
        self._making[path] = task
        task.add_done_callback(lambda _: self._making.pop(path, None))
        done, _ = await asyncio.wait([task], timeout=patience)
        if not done:
            return None
        task.result()
        return path

    def _place(self, download: Download) -> Path:
        self._folder = self._folder or tempfile.TemporaryDirectory(prefix="prongsai-downloads-")
        return Path(self._folder.name) / f"{self._state()}-{download.name}"

    def _state(self) -> str:
        """What changes whenever the database does."""
        database = Path(self._site.get_database(DATABASE).path)
        parts = []
        for path in (database, database.with_name(f"{database.name}-wal")):
            if path.exists():
                parts += [path.stat().st_mtime_ns, path.stat().st_size]
        return "-".join(f"{part:x}" for part in parts)

    async def _make(self, download: Download, path: Path) -> None:
        async with self._turn:
            await asyncio.to_thread(self._drop_others)
            with tempfile.TemporaryDirectory(dir=path.parent) as hidden:
                copy = Path(hidden) / "prongsai.db"
                await asyncio.to_thread(self._copy, copy)
                made = copy if download.kind is None else Path(hidden) / download.name
                if download.kind:
                    await _export(copy, download.kind, made)
                made.replace(path)

    def _drop_others(self) -> None:
        """Of another state of the database; one that is being sent now stays open until it is sent."""
        state = self._state()
        folder = self._folder
        for path in Path(folder.name).iterdir() if folder else ():
            if path.is_file() and not path.name.startswith(f"{state}-"):
                path.unlink(missing_ok=True)

    def _copy(self, path: Path) -> None:
        connection: Any = self._site.get_database(DATABASE).connect()
        with closing(connection), closing(sqlite3.connect(path)) as copy:
            connection.backup(copy)
            copy.execute("pragma journal_mode = delete")  # one file, also of a database that is published and served


async def _export(database: Path, kind: str, output: Path) -> None:
    """Run `prongsai export` in a process of its own; raises `RuntimeError` with what it says."""
    command = (sys.executable, "-m", "pipeline", "export", "--format", kind, "--output", output, "--db", database)
    process = await asyncio.create_subprocess_exec(
        *map(str, command), env=_environment(), stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
    )
    try:
        _, told = await process.communicate()
    except asyncio.CancelledError:
        process.kill()
        raise
    if process.returncode:
        raise RuntimeError(told.decode(errors="replace"))


def _environment() -> Mapping[str, str]:
    """So that the process finds the program wherever this one has it from."""
    root = str(Path(__file__).parents[2])
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))}
