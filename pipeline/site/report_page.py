"""The page of a report: what its template shows beside Datasette's own."""

from collections.abc import Awaitable, Callable
from typing import Any

from datasette.app import Datasette
from datasette.utils import urlsafe_components
from pluggy import HookimplMarker

from pipeline.site.charts import share_bar
from pipeline.site.reports import read_report_page
from pipeline.site.words import DATABASE

hookimpl = HookimplMarker("datasette")

# Other documents named for each year; the office's page has all.
MOST_OTHERS = 5


@hookimpl
def extra_template_vars(
    table: str | None, view_name: str, request: Any, datasette: Datasette
) -> Callable[[], Awaitable[dict[str, Any]]]:
    """`page` for the row of a report."""

    async def variables() -> dict[str, Any]:
        if view_name != "row" or table != "reports":
            return {}
        report_id = urlsafe_components(request.url_vars["pks"])[0]
        db = datasette.get_database(DATABASE)
        page = await db.execute_fn(lambda connection: read_report_page(connection, report_id))
        return {"page": page, "share_bar": share_bar, "most_others": MOST_OTHERS}

    return variables
