"""The ordinary search box of a table's page: `?_search=` means what it means in `db.query`, in JSON and CSV alike.

A Datasette plugin. Datasette's own search hangs on an FTS5 table that holds the answer; ours needs the text, too.
"""

import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from datasette.filters import FilterArguments
from datasette.utils.asgi import BadRequest
from pluggy import HookimplMarker

from db.query import parse_query
from db.search import count_table
from db.search_plan import every_row, plan
from db.search_tables import SEARCH_TABLES, SearchTable
from pipeline.site.searching import LONGEST_QUERY
from pipeline.site.wording import wording
from pipeline.site.words import DATABASE

hookimpl = HookimplMarker("datasette")

# Of a table's page, all of whose hits are found before its first rows are shown.
_FEW = 10_000
_OTHERS = ("_searchmode", "_fts_table", "_fts_pk")


class _Where(NamedTuple):
    sql: str
    parameters: dict[str, Any]


@hookimpl(trylast=True)
def filters_from_request(
    request: Any, database: str, table: str, datasette: Any
) -> Callable[[], Awaitable[FilterArguments]] | None:
    """The rows that the search finds; last, since Datasette says that the table cannot be searched."""
    searched = next((each for each in SEARCH_TABLES if each == table and database == DATABASE), None)
    if searched is None:
        return None

    async def found() -> FilterArguments:
        if wrong := [name for name in request.args if name.startswith("_search_") or name in _OTHERS]:
            raise BadRequest(f"Cannot search by {wrong[0]}")
        text = request.args.get("_search")
        shown = {"supports_search": True, "search": text or ""}
        if text and len(text) > LONGEST_QUERY:
            raise BadRequest(wording().say("search.query_too_long", letters=LONGEST_QUERY))
        if not text or parse_query(text).is_empty:
            return FilterArguments([], {}, [], shown)
        where = await datasette.get_database(database).execute_fn(lambda connection: _where(connection, text, searched))
        return FilterArguments([where.sql], where.parameters, [f'search matches "{text}"'], shown)

    return found


def _where(connection: sqlite3.Connection, text: str, table: SearchTable) -> _Where:
    """SQL for the rows that are found: all at once where they are few, else one by one as the table is read."""
    query = parse_query(text)
    if count_table(connection, query, table, limit=_FEW).more:
        asked = every_row(connection, table, query)
        one = f"s.row_id = {table}.rowid and {asked.where}"
        return _named(f"exists (select 1 {asked.source} where {one})", asked.parameters)
    asked = plan(connection, table, query, _FEW)
    return _named(f"{table}.rowid in (select s.row_id {asked.source} where {asked.where})", asked.parameters)


def _named(sql: str, parameters: tuple[Any, ...]) -> _Where:
    """The SQL with names for its parameters, as Datasette wants them."""
    first, *rest = sql.split("?")
    names = [f"search_{number}" for number in range(len(rest))]
    named = first + "".join(f":{name}{part}" for name, part in zip(names, rest, strict=True))
    return _Where(named, dict(zip(names, parameters, strict=True)))
