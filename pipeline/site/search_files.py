"""What a search found as a workbook or a Parquet file: `/search.xlsx?q=…`, as `/search.csv`.

A Datasette plugin.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from datasette import Response
from pluggy import HookimplMarker

from db.search_tables import SEARCH_TABLES
from pipeline.site.downloads import temporary_list, words_of
from pipeline.site.list_files import ListFormat, Words, gathered_rows
from pipeline.site.pages import ensure_may_view
from pipeline.site.search_page import REFUSED, asked_by, refusal, status_of
from pipeline.site.searching import Asked, read_file
from pipeline.site.sent_files import SentFile
from pipeline.site.wording import wording
from pipeline.site.words import DATABASE

hookimpl = HookimplMarker("datasette")


@hookimpl
def register_routes() -> list[tuple[str, Callable[[Any, Any], Awaitable[Response]]]]:
    """`/search`, in two forms more."""
    return [(r"^/search\.(?P<kind>xlsx|parquet)$", search_file)]


async def search_file(datasette: Any, request: Any) -> Response:
    """The hits of one table, best first."""
    await ensure_may_view(datasette, request)
    asked: Asked = asked_by(request)
    kind: ListFormat = "xlsx" if request.url_vars["kind"] == "xlsx" else "parquet"
    try:
        columns, *rows = await datasette.get_database(DATABASE).execute_fn(lambda db: list(read_file(db, asked)))
    except REFUSED as error:
        return Response.text(refusal(error), status=status_of(error))
    name = f"search-{asked.table or SEARCH_TABLES[0]}"
    path = await asyncio.to_thread(_written, columns, rows, kind, words_of(wording(), None, name))
    return SentFile(path, f"{name}.{kind}", once=True)


def _written(columns: tuple[str, ...], rows: list[tuple[str | int | None, ...]], kind: ListFormat, words: Words) -> Any:
    with gathered_rows(columns, rows) as gathered:
        return temporary_list(gathered, kind, words)
