"""The home page: what is in the database, where to begin."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from datasette.app import Datasette
from pluggy import HookimplMarker

from pipeline.site.charts import Bar, bar_chart, row_chart
from pipeline.site.contents import is_unchecked
from pipeline.site.overview import KeptOverview, Overview, Share
from pipeline.site.wording import Wording, wording
from pipeline.site.words import DATABASE, plan
from schemas.base import Record

hookimpl = HookimplMarker("datasette")

# Bars of the chart of kinds of offices; the others are counted as one.
_KINDS = 9


class HomeCharts(Record):
    """The bars of the home page's charts."""

    years: tuple[Bar, ...]
    kinds: tuple[Bar, ...]
    readings: tuple[Bar, ...]
    findings: tuple[Bar, ...]


@hookimpl
def extra_template_vars(template: str, datasette: Datasette) -> Callable[[], Awaitable[dict[str, Any]]]:
    """What the home page shows."""

    async def variables() -> dict[str, Any]:
        if template != "index.html":
            return {}
        db = datasette.get_database(DATABASE)
        overview = await db.execute_fn(_kept(db).read)
        return {
            "database": DATABASE,
            "overview": overview,
            "bar_chart": bar_chart,
            "row_chart": row_chart,
            "charts": home_charts(datasette, wording(), overview),
            "ready_queries": plan().query,
            "unchecked": await db.execute_fn(is_unchecked),
        }

    return variables


def _kept(database: Any) -> KeptOverview:
    """What was read for the home page, kept with the site's database."""
    if not hasattr(database, "kept_overview"):
        database.kept_overview = KeptOverview()
    kept: KeptOverview = database.kept_overview
    return kept


def home_charts(site: Datasette, ui: Wording, overview: Overview) -> HomeCharts:
    """The bars, each with the list of what it counts behind it, where there is one."""
    table = site.urls.table
    reports, pages, findings = (table(DATABASE, name) for name in ("reports", "pages", "findings"))
    return HomeCharts(
        years=tuple(_year(ui, share, reports) for share in overview.by_year),
        kinds=tuple(_kinds(ui, overview.by_kind, table(DATABASE, "offices"))),
        readings=tuple(_coded(ui, "read_by", overview.by_reading, f"{pages}?read_by=")),
        findings=tuple(_coded(ui, "severity", overview.open_findings, f"{findings}?judgement__isnull=1&severity=")),
    )


def _year(ui: Wording, share: Share, reports: str) -> Bar:
    if share.of is None:
        return Bar(
            label=ui.say("site.no_year"), value=share.count, href=f"{reports}?fiscal_year__isnull=1", kind="muted"
        )
    return Bar(label=share.of, value=share.count, href=f"{reports}?fiscal_year={share.of}")


def _kinds(ui: Wording, shares: Sequence[Share], offices: str) -> list[Bar]:
    shown = [
        Bar(label=_kind(ui, share.of), value=share.count, href=f"{offices}?kind={share.of}" if share.of else None)
        for share in shares[:_KINDS]
    ]
    rest = sum(share.count for share in shares[_KINDS:])
    return [*shown, Bar(label=ui.say("home.other_kinds"), value=rest)] if rest else shown


def _kind(ui: Wording, code: str | None) -> str:
    return ui.value("kind", code) if code else ui.say("home.kind_unknown")


def _coded(ui: Wording, column: str, shares: Sequence[Share], address: str) -> list[Bar]:
    """A bar a code, by its meaning without what is said in brackets: there is little room."""
    return [
        Bar(
            label=ui.value(column, share.of).partition(" (")[0],
            value=share.count,
            href=f"{address}{share.of}",
            kind=share.of,
        )
        for share in shares
    ]
