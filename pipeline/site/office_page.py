"""The page of an office: what its template shows beside Datasette's own."""

import math
from collections.abc import Awaitable, Callable
from typing import Any

from datasette.app import Datasette
from datasette.utils import urlsafe_components
from markupsafe import Markup
from pluggy import HookimplMarker

from pipeline.site.charts import Series, line_chart, small_lines
from pipeline.site.compared import headings, is_short
from pipeline.site.office_scores import ScoreRow, YearResult, changed, score_rows, series_of, total_row
from pipeline.site.offices import COUNTED, OfficePage, read_office
from pipeline.site.wording import wording
from pipeline.site.words import DATABASE

hookimpl = HookimplMarker("datasette")

# Charts begin at the ten under the lowest score, so that differences are seen.
_HIGHEST = 100.0


@hookimpl
def extra_template_vars(
    table: str | None, view_name: str, request: Any, datasette: Datasette
) -> Callable[[], Awaitable[dict[str, Any]]]:
    """`page` for the row of an office, its scores as rows, and their charts."""

    async def variables() -> dict[str, Any]:
        if view_name != "row" or table != "offices":
            return {}
        office_id = urlsafe_components(request.url_vars["pks"])[0]
        until = request.args.get("until")
        db = datasette.get_database(DATABASE)
        page = await db.execute_fn(lambda connection: read_office(connection, office_id, until))
        return {} if page is None else _shown(page)

    return variables


def _shown(page: OfficePage) -> dict[str, Any]:
    ui = wording()
    total = total_row(page.results, ui.say("office.total"))
    rows = score_rows(page.results)
    named = headings([(report.name, report.fiscal_year) for report in page.shown], ui.say("office.year_unknown"))
    return {
        "page": page,
        "headings": named,
        "compared": [
            (heading, standing)
            for heading, standing in zip(named, page.standings, strict=True)
            if standing.before or standing.measures
        ],
        "opened": is_short(page.indicators),
        "counted": COUNTED,
        "total": total,
        "score_rows": rows,
        "changed": changed((total, *rows)),
        "total_chart": _chart(page.results, total, ui.say("office.total_chart")),
        "indicator_charts": _charts(page.results, rows),
    }


def _chart(results: tuple[YearResult, ...], total: ScoreRow, title: str) -> Markup:
    """The total over the years; nothing where fewer than two years tell it."""
    series = series_of(results, total)
    return line_chart(title, [series], _lowest([series]), _HIGHEST, 200) if _told(series) > 1 else Markup("")


def _charts(results: tuple[YearResult, ...], rows: tuple[ScoreRow, ...]) -> Markup:
    """A small chart for each indicator that at least two years tell."""
    series = [each for each in (series_of(results, row) for row in rows) if _told(each) > 1]
    return small_lines(series, _lowest(series), _HIGHEST)


def _told(series: Series) -> int:
    return sum(value is not None for _, value in series.points)


def _lowest(series: list[Series]) -> float:
    values = [value for each in series for _, value in each.points if value is not None]
    return max(0.0, math.floor(min(values, default=0.0) / 10) * 10.0)
