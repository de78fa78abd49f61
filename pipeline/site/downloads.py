"""Taking data along: each list with all its rows as CSV, XLSX, JSON or Parquet; `/downloads` for the whole database.

A Datasette plugin. Lists are Datasette's own pages with another ending (`/prongsai/actions.xlsx?…`), so that whoever
may see the page may have the file, with the page's filters, search and order.
"""

import asyncio
import os
import tempfile
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

from datasette import NotFound, Response
from datasette.app import Datasette
from datasette.utils import tilde_encode
from datasette.utils.asgi import BadRequest
from datasette.views.base import DatasetteError
from pluggy import HookimplMarker

from db.listings import Cell
from pipeline.site.finding_lists import Functions
from pipeline.site.list_files import (
    MOST_ROWS,
    Bounds,
    Gathered,
    ListFormat,
    Query,
    TooLong,
    Words,
    gathered,
    write_list,
)
from pipeline.site.pages import ensure_may_view, render
from pipeline.site.sent_files import SentFile
from pipeline.site.whole_downloads import DOWNLOADS, WholeDownloads
from pipeline.site.wording import Wording, wording
from pipeline.site.words import DATABASE, plan

hookimpl = HookimplMarker("datasette")

# By the ending of the address: `.csv` and `.json` are Datasette's, a page of rows at a time.
ENDINGS: dict[str, ListFormat] = {"csvall": "csv", "xlsx": "xlsx", "jsonall": "json", "parquet": "parquet"}
# Lists that wait for the one that is made; further ones are told to come again.
_MOST_WAITING = 8
# Seconds that a reader waits for a file of the whole database before a page says that it is being made.
_PATIENCE = 10
# What tells Datasette which part of a list to show, and how; a file has all of it.
_OF_PAGES = (
    *("_next", "_size", "_facet", "_facet_size", "_nofacet", "_nocount"),
    *("_labels", "_shape", "_nl", "_stream", "_dl", "_extra"),
)

View = Callable[[Datasette, Any], Awaitable[Response]]


class Link(NamedTuple):
    """A button: what it says, where it leads."""

    label: str
    href: str


@hookimpl
def register_output_renderer(datasette: Datasette) -> list[dict[str, Any]]:
    """A renderer for each format; they wait for each other."""
    lists = ListDownloads(datasette)
    return [
        {"extension": ending, "render": partial(lists.render, kind), "can_render": _is_list}
        for ending, kind in ENDINGS.items()
    ]


@hookimpl
def register_routes(datasette: Datasette) -> list[tuple[str, View]]:
    """The page `/downloads`, and the files of the whole database."""
    whole = WholeDownloads(datasette)

    async def page(datasette: Datasette, request: Any) -> Response:
        return await render(datasette, request, "downloads.html", {"downloads": DOWNLOADS})

    async def file(datasette: Datasette, request: Any) -> Response:
        return await _whole_file(datasette, request, whole)

    return [(r"^/downloads$", page), (r"^/download/(?P<name>[\w.]+)$", file)]


@hookimpl
def extra_template_vars(request: Any, datasette: Datasette) -> dict[str, Any]:
    """`list_downloads()`: the buttons of the list that is shown; `most_rows`: of a file."""
    return {"list_downloads": partial(list_links, datasette, request), "most_rows": MOST_ROWS}


@hookimpl
def extra_css_urls(template: str, datasette: Datasette) -> list[str]:
    """The look of the buttons."""
    return [datasette.urls.path("/assets/downloads.css")] if template in ("table.html", "query.html") else []


def list_links(site: Datasette, request: Any) -> list[Link]:
    """The buttons of a list's page: the same address with another ending."""
    labels = {"csvall": "CSV", "xlsx": "Excel (XLSX)", "jsonall": "JSON", "parquet": "Parquet"}
    return [Link(labels[ending], _address(site, request, f".{ending}")) for ending in ENDINGS]


class ListDownloads:
    """The lists of one site, made one at a time."""

    def __init__(self, site: Datasette) -> None:
        self._site = site
        self._turn = asyncio.Semaphore(1)
        self._waiting = 0

    async def render(
        self, kind: ListFormat, request: Any, sql: str | None, data: Any, table: str | None, query_name: str | None
    ) -> Response:
        """The list behind a page of Datasette's; `NotFound` where that shows no list."""
        if not sql:
            raise NotFound("No list to download here")
        if request.args.get("_next") or "query" not in data:
            return _first_page(self._site, request)
        name = table or query_name or "query"
        is_ready = table or query_name in {each.name for each in plan().query}
        functions = told_of_findings(self._site, request, wording()) if is_ready else {}
        query = Query(sql, data["query"]["params"], table, functions)
        path = await self.make(query, kind, words_of(wording(), table, name))
        return SentFile(path, f"{name}{path.suffix}", once=True)

    async def make(self, query: Query, kind: ListFormat, words: Words) -> Path:
        """A temporary file with the list; raises `DatasetteError` where too many wait or the query takes too long."""
        if self._waiting >= _MOST_WAITING:
            raise DatasetteError(wording().say("downloads.busy"), status=503)
        self._waiting += 1
        try:
            async with self._turn:
                return await asyncio.to_thread(_written, self._site, query, kind, words)
        except TooLong as error:
            raise DatasetteError(wording().say("downloads.too_long"), status=400) from error
        finally:
            self._waiting -= 1


def words_of(ui: Wording, table: str | None, name: str) -> Words:
    """How a list is worded: a table's columns by their titles, a question's by its headings."""

    def title(column: str) -> str:
        named = column.removesuffix("_label")
        of_table = table in ui.tables and named in ui.tables[table].columns
        known = ui.column(table, named) if table and of_table else ui.query_column(named)
        return ui.say("downloads.key", column=known) if column.endswith("_id") or column == "at" else known

    def meaning(column: str, cell: Cell) -> Cell:
        return ui.value(column, cell) if cell is not None and column in ui.words.values else cell

    return Words(name, title, meaning, ui.say("downloads.cut", rows=MOST_ROWS))


def told_of_findings(site: Datasette, request: Any, ui: Wording) -> Functions:
    """What the columns beside a list of findings are told by: places in words, addresses that can be sent to others."""

    def address(finding_id: str) -> str:
        return str(site.absolute_url(request, site.urls.path(f"/evidence/{tilde_encode(finding_id)}")))

    return {"place_in_words": ui.place, "evidence_address": address}


def _is_list(sql: str | None, view_name: str) -> bool:
    return bool(sql) and view_name != "row"


def _first_page(site: Datasette, request: Any) -> Response:
    """To the same list from its beginning; Datasette 1.0 tells a query's parameters only where it is asked to."""
    if "_extra" in request.args and not request.args.get("_next"):
        raise BadRequest("Cannot download this list")
    return Response.redirect(_address(site, request))


def _address(site: Datasette, request: Any, ending: str = "") -> str:
    kept = [(name, value) for name, value in parse_qsl(request.query_string, True) if name not in _OF_PAGES]
    asked = urlencode([*kept, ("_nofacet", "1"), ("_nocount", "1"), ("_extra", "query")])
    path = request.scope.get("route_path") or request.path
    return str(site.urls.path(f"{path}{ending}?{asked}"))


def _written(site: Datasette, query: Query, kind: ListFormat, words: Words) -> Path:
    """The list in a temporary file, read by a connection of its own, since Datasette's are few."""
    connection = site.get_database(DATABASE).connect()
    try:
        site._prepare_connection(connection, DATABASE)
        with gathered(connection, query, Bounds()) as rows:
            connection.close()
            return temporary_list(rows, kind, words)
    finally:
        connection.close()


def temporary_list(rows: Gathered, kind: ListFormat, words: Words) -> Path:
    """A temporary file with the list, which whoever sends it removes."""
    handle, name = tempfile.mkstemp(prefix="prongsai-", suffix=f".{kind}")
    os.close(handle)
    try:
        write_list(rows, kind, words, Path(name))
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


async def _whole_file(site: Datasette, request: Any, whole: WholeDownloads) -> Response:
    await ensure_may_view(site, request)
    download = next((each for each in DOWNLOADS if each.name == request.url_vars["name"]), None)
    if download is None:
        raise NotFound("404")
    path = await whole.file(download, _PATIENCE)
    if path is None:
        return await render(site, request, "download_wait.html", {"download": download}, status=202)
    return SentFile(path, download.name)
