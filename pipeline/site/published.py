"""The site in a folder that `prongsai publish` wrote, served by `datasette serve FOLDER`.

A Datasette plugin, registered by the file in that folder's `plugins/`; what it does there `make_site` does elsewhere.
The setting `published` of the plugin, in the folder's metadata, tells that it is one.
"""

import contextlib
import json
import sqlite3
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.database import Database
from datasette.plugins import pm
from datasette.utils.asgi import asgi_static
from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from pluggy import HookimplMarker

from pipeline.site.application import FOLDER, register_plugins
from pipeline.site.words import DATABASE

hookimpl = HookimplMarker("datasette")

# By this file a folder is known as one that was published.
MARK = "prongsai-published.json"
# Seconds that a reader waits where SQLite makes it wait.
_PATIENCE = 30


def register_site() -> None:
    """Make every Datasette of this process that serves a published folder the site."""
    register_plugins()
    if not pm.is_registered(sys.modules[__name__]):
        pm.register(sys.modules[__name__])


@hookimpl
def startup(datasette: Datasette) -> None:
    """Serve the database so that it may be published anew meanwhile."""
    if not _is_published(datasette):
        return
    path = Path(datasette.get_database(DATABASE).path).absolute()
    datasette.remove_database(DATABASE)
    datasette.inspect_data = InspectData(path.with_name("inspect-data.json"))
    datasette.add_database(PublishedDatabase(datasette, path=str(path), is_mutable=False), name=DATABASE)


@hookimpl
def register_routes(datasette: Datasette) -> list[tuple[str, Any]]:
    """The site's static files; Datasette has laid out its own folders of such before any plugin is asked."""
    return [(r"^/assets/(?P<path>.*)$", asgi_static(FOLDER / "static"))] if _is_published(datasette) else []


@hookimpl
def prepare_jinja2_environment(env: Environment, datasette: Datasette) -> None:
    """The site's templates before Datasette's."""
    if _is_published(datasette):
        env.loader = ChoiceLoader([FileSystemLoader(FOLDER / "templates"), *([env.loader] if env.loader else [])])


class PublishedDatabase(Database):  # type: ignore[misc]  # Datasette has no types
    """A database that the site never writes to, and that `prongsai publish` may.

    Datasette's own way with such a database (`immutable=1`) is for files that never change: SQLite would take no locks,
    and mix pages of the former content with new ones.
    """

    def connect(self, write: bool = False) -> sqlite3.Connection:
        """A connection that only reads; without locks where the folder lets nobody write, as in an image."""
        if write:
            raise PermissionError("the database is published, and read only")
        connection = self._connection("mode=ro")
        try:
            connection.execute("select 1 from sqlite_master").fetchone()
        except sqlite3.OperationalError:
            connection.close()
            connection = self._connection("immutable=1")
        for name in ("_all_file_connections", "_all_connections"):
            if hasattr(self, name):
                getattr(self, name).append(connection)
        return connection

    def _connection(self, how: str) -> sqlite3.Connection:
        uri = f"{Path(self.path).as_uri()}?{how}"
        return sqlite3.connect(uri, uri=True, timeout=_PATIENCE, check_same_thread=False)

    @property
    def cached_table_counts(self) -> dict[str, int] | None:
        """The rows of each table, as they are told now."""
        tables = self.ds.inspect_data.get(self.name, {}).get("tables", {})
        return {name: told["count"] for name, told in tables.items()} or None

    @property
    def hash(self) -> None:
        """None: the file changes."""
        return

    @property
    def size(self) -> int:
        """Bytes of the file as it is now."""
        return Path(self.path).stat().st_size


class InspectData(Mapping[str, Any]):
    """What Datasette's `inspect-data.json` tells, read again when it has changed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read_at = -1
        self._told: dict[str, Any] = {}

    def _now(self) -> dict[str, Any]:
        with contextlib.suppress(OSError, ValueError):
            changed = self._path.stat().st_mtime_ns
            if changed != self._read_at:
                self._told, self._read_at = json.loads(self._path.read_text(encoding="utf-8")), changed
        return self._told

    def __getitem__(self, name: str) -> Any:
        return self._now()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._now())

    def __len__(self) -> int:
        return len(self._now())


def _is_published(datasette: Datasette) -> bool:
    return bool((datasette.plugin_config("prongsai") or {}).get("published"))
