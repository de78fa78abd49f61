"""The page that compares two reports: `/compare?left=REPORT_ID&right=REPORT_ID`, `?office=ID`, or a form to choose."""

from collections.abc import Awaitable, Callable
from typing import Any

from datasette import Response
from datasette.app import Datasette
from pluggy import HookimplMarker

from db.read import UnknownReport
from pipeline.site.compared import headings
from pipeline.site.comparing import (
    LISTED,
    find_reports,
    read_choice,
    read_comparison,
    read_office_name,
    read_office_reports,
    read_pair,
    suggested_offices,
)
from pipeline.site.pages import ensure_may_view, render
from pipeline.site.wording import wording
from pipeline.site.words import DATABASE

hookimpl = HookimplMarker("datasette")


@hookimpl
def register_routes() -> list[tuple[str, Callable[[Any, Any], Awaitable[Response]]]]:
    """`/compare`."""
    return [(r"^/compare$", compare)]


async def compare(datasette: Any, request: Any) -> Response:
    """Two reports side by side, or what there is to choose from."""
    await ensure_may_view(datasette, request)
    left, right, office = (request.args.get(name) or "" for name in ("left", "right", "office"))
    if office and not (left and right):
        return await _of_office(datasette, request, office)
    if left and left == right:
        return await _choose(datasette, request, left, wording().say("compare.same_report"), 400)
    if left and right:
        return await _side_by_side(datasette, request, left, right)
    return await _choose(datasette, request, left or right)


async def _side_by_side(site: Datasette, request: Any, left: str, right: str) -> Response:
    db = site.get_database(DATABASE)
    try:
        comparison = await db.execute_fn(lambda connection: read_comparison(connection, left, right))
    except UnknownReport as unknown:
        return await _unknown(site, request, unknown)
    sides = (comparison.left, comparison.right)
    choices = [
        await db.execute_fn(lambda connection, office=side.office_id: read_office_reports(connection, office))
        for side in sides
    ]
    years = [(side.document, side.fiscal_year) for side in sides]
    named = headings(years, wording().say("office.year_unknown"))
    values = {
        "comparison": comparison,
        "choices": choices,
        "headings": named if comparison.same_office else tuple(side.name for side in sides),
    }
    return await render(site, request, "compare.html", values)


async def _of_office(site: Datasette, request: Any, office_id: str) -> Response:
    """The two latest reports of an office, or why they cannot be compared."""
    db = site.get_database(DATABASE)
    office = await db.execute_fn(lambda connection: read_office_name(connection, office_id))
    if office is None:
        message = wording().say("compare.unknown_office", id=office_id)
        return await _choose(site, request, "", message, 404)
    reports = await db.execute_fn(lambda connection: read_office_reports(connection, office_id))
    pair = await db.execute_fn(lambda connection: read_pair(connection, office_id))
    if pair:
        return await _side_by_side(site, request, *pair)
    message = wording().say("compare.one_report" if reports else "compare.no_report", office=office.name)
    return await _choose(site, request, reports[0].id if reports else "", message)


async def _unknown(site: Datasette, request: Any, unknown: UnknownReport) -> Response:
    message = wording().say("compare.unknown_report", id=unknown.args[0])
    return await _choose(site, request, "", message, 404)


async def _choose(site: Datasette, request: Any, chosen: str, message: str = "", status: int = 200) -> Response:
    """The form, with the report that is chosen already, its office's other reports, and what was found."""
    db = site.get_database(DATABASE)
    query = (request.args.get("q") or "").strip()
    try:
        one = await db.execute_fn(lambda connection: read_choice(connection, chosen)) if chosen else None
    except UnknownReport as unknown:
        return await _unknown(site, request, unknown)
    values = {
        "chosen": one,
        "message": message,
        "query": query,
        "found": await db.execute_fn(lambda connection: find_reports(connection, query)) if query else (),
        "others": await db.execute_fn(lambda connection: read_office_reports(connection, one.office_id)) if one else (),
        "suggested": await db.execute_fn(suggested_offices),
        "listed": LISTED,
    }
    return await render(site, request, "compare.html", values, status)
