"""The search page: `/search?q=…`, and the same as `/search.json` and `/search.csv`."""

import csv
import io
from collections.abc import Awaitable, Callable
from typing import Any

from datasette import Response
from datasette.app import Datasette
from pluggy import HookimplMarker

from db.search import BadMark, YearHits
from db.search_tables import SEARCH_TABLES
from pipeline.hits import FoundText
from pipeline.site.charts import Bar, bar_chart
from pipeline.site.pages import ensure_may_view, render
from pipeline.site.searching import (
    LONGEST_QUERY,
    PAGE,
    Asked,
    QueryTooLong,
    SearchTooLong,
    read_file,
    read_results,
)
from pipeline.site.wording import wording
from pipeline.site.words import DATABASE

hookimpl = HookimplMarker("datasette")

# What a search may end with instead of hits.
REFUSED = (BadMark, SearchTooLong, QueryTooLong)
# Hits on one page of JSON.
MOST = 1000


@hookimpl
def register_routes() -> list[tuple[str, Callable[[Any, Any], Awaitable[Response]]]]:
    """`/search`, in three forms."""
    return [(r"^/search$", search), (r"^/search\.json$", search_json), (r"^/search\.csv$", search_csv)]


async def search(datasette: Any, request: Any) -> Response:
    """What is found, for people; without a query, the box and how to use it."""
    await ensure_may_view(datasette, request)
    asked = asked_by(request)
    if asked.query.is_empty:
        return await render(datasette, request, "search.html", {"asked": asked, "results": None})
    try:
        results = await _read(datasette, read_results, asked)
    except REFUSED as error:
        refused = {"asked": asked, "results": None, "error": refusal(error)}
        return await render(datasette, request, "search.html", refused, status=status_of(error))
    chart = bar_chart(wording().say("search.by_year"), _bars(datasette, asked, results.years or ()), height=140)
    values: dict[str, object] = {"asked": asked, "results": results, "chart": chart, "link": _linker(datasette)}
    return await render(datasette, request, "search.html", values)


async def search_json(datasette: Any, request: Any) -> Response:
    """What is found, for programs; `next_url` is the address of the page after this one."""
    await ensure_may_view(datasette, request)
    asked = asked_by(request)
    try:
        results = await _read(datasette, read_results, asked)
    except REFUSED as error:
        return Response.json({"ok": False, "error": refusal(error)}, status=status_of(error))
    behind = asked.address(after=results.next, table=results.table) if results.next else None
    path = datasette.urls.path(f"/search.json?{behind}") if behind else None
    return Response.json({"ok": True, **results.model_dump(mode="json"), "next_url": path})


async def search_csv(datasette: Any, request: Any) -> Response:
    """The hits of one table as a file, which `pipeline.site.spreadsheets` makes safe for spreadsheets, as all CSV."""
    await ensure_may_view(datasette, request)
    asked = asked_by(request)
    try:
        rows = await _read(datasette, lambda connection, asked: list(read_file(connection, asked)), asked)
    except REFUSED as error:
        return Response.text(refusal(error), status=status_of(error))
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    name = f"search-{asked.table or SEARCH_TABLES[0]}.csv"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(file.getvalue(), headers=headers, content_type="text/csv; charset=utf-8")


async def _read(site: Datasette, read: Callable[[Any, Asked], Any], asked: Asked) -> Any:
    return await site.get_database(DATABASE).execute_fn(lambda connection: read(connection, asked))


def asked_by(request: Any) -> Asked:
    """What the address asks for; what it says wrongly is passed over."""
    arguments = request.args
    size = arguments.get("size") or ""
    return Asked(
        text=(arguments.get("q") or "").strip(),
        table=next((table for table in SEARCH_TABLES if table == arguments.get("table")), None),
        whole_words=bool(arguments.get("whole")),
        every_year=arguments.get("years") == "all",
        after=arguments.get("after"),
        size=min(MOST, max(1, int(size))) if size.isascii() and size.isdigit() and len(size) < 9 else PAGE,
    )


def _bars(site: Datasette, asked: Asked, years: tuple[YearHits, ...]) -> list[Bar]:
    """A bar a year, which leads to the hits of that year; what has no year is counted, too, at the end."""
    known = [
        Bar(label=str(each.year), value=each.count, href=site.urls.path(f"/search?{asked.address_of_year(each.year)}"))
        for each in years
        if each.year is not None
    ]
    unknown = sum(each.count for each in years if each.year is None)
    if not unknown:
        return known
    href = site.urls.path(f"/search?{asked.address_of_year(None)}")
    return [*known, Bar(label=wording().say("site.no_year"), value=unknown, href=href, kind="muted")]


def _linker(site: Datasette) -> Callable[[FoundText], str]:
    """Where a hit leads: a record to its evidence, others to their own pages."""

    def link(hit: FoundText) -> str:
        if hit.table in ("offices", "reports"):
            return str(site.urls.row(DATABASE, hit.table, hit.record_id))
        if hit.table == "pages":
            return str(site.urls.path(f"/evidence/{hit.report_id}?page={hit.page}"))
        return str(site.urls.path(f"/evidence/{hit.record_id}"))

    return link


def refusal(error: Exception) -> str:
    """What a reader is told of one of `REFUSED`."""
    if isinstance(error, QueryTooLong):
        return wording().say("search.query_too_long", letters=LONGEST_QUERY)
    return wording().say("search.bad_mark" if isinstance(error, BadMark) else "search.too_long")


def status_of(error: Exception) -> int:
    """The status of the answer to one of `REFUSED`."""
    return 503 if isinstance(error, SearchTooLong) else 400
