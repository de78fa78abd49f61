"""Facets over what a row belongs to: an action's office, year and indicator are its report's and its measure's.

A Datasette plugin: a class of facets, and the filter behind their links (`?_year=2563`).
"""

from collections.abc import Awaitable, Callable
from typing import Any

from datasette.database import QueryInterrupted
from datasette.facets import Facet
from datasette.filters import FilterArguments
from datasette.utils import path_with_added_args, path_with_removed_args
from datasette.utils.asgi import BadRequest
from pluggy import HookimplMarker

from extractors.thai.text import fold_digits
from pipeline.site.words import RelatedColumn, plan

hookimpl = HookimplMarker("datasette")


@hookimpl
def register_facet_classes() -> list[type[Facet]]:
    """Add the facets to Datasette's own."""
    return [RelatedFacet]


@hookimpl
def filters_from_request(request: Any, table: str) -> Callable[[], Awaitable[FilterArguments]]:
    """The rows that belong to what the address names; one that the table's rows do not belong to is a wrong request."""

    async def chosen() -> FilterArguments:
        asked = {each: value for each in plan().related if (value := chosen_value(each, request)) is not None}
        for each in asked:
            if each not in plan().related_of(table):
                raise BadRequest(f"Cannot filter this table by {argument(each)}")
        return FilterArguments(
            [f"{each.value.format(table=table)} = :related_{each.name}" for each in asked],
            {f"related_{each.name}": value for each, value in asked.items()},
            [f"{each.name} = {value}" for each, value in asked.items()],
        )

    return chosen


def argument(related: RelatedColumn) -> str:
    """The name of the address's argument that chooses a value."""
    return f"_{related.name}"


def chosen_value(related: RelatedColumn, request: Any) -> str | None:
    """What the address chooses, with digits of either kind; null where it chooses nothing."""
    value = request.args.get(argument(related))
    return None if value is None else fold_digits(value)


class RelatedFacet(Facet):  # type: ignore[misc]  # Datasette has no types
    """Counts the rows of a table page by each related column of the table."""

    type = "related"

    async def facet_results(self) -> tuple[list[dict[str, Any]], list[str]]:
        """The facets, in Datasette's terms, and the names of those that took too long."""
        results: list[dict[str, Any]] = []
        timed_out: list[str] = []
        for related in plan().related_of(self.table) if self.table else ():
            try:
                results.append(await self._facet(related))
            except QueryInterrupted:
                timed_out.append(related.name)
        return results, timed_out

    async def _facet(self, related: RelatedColumn) -> dict[str, Any]:
        size = self.get_facet_size()
        value = related.value.format(table=self.table)
        counted = await self._query(
            f"select {value} as value, count(*) as count from ({self.sql}) as {self.table} "
            f"where {value} is not null group by 1 order by count desc, value limit {size + 1}",
            self.params,
        )
        return {
            "name": related.name,
            "type": self.type,
            "hideable": False,
            "toggle_url": None,
            "results": [await self._choice(related, row["value"], row["count"]) for row in counted.rows[:size]],
            "truncated": len(counted.rows) > size,
        }

    async def _choice(self, related: RelatedColumn, value: Any, count: int) -> dict[str, Any]:
        name = argument(related)
        selected = chosen_value(related, self.request) == str(value)
        if selected:
            toggled = path_with_removed_args(self.request, {name})
        else:
            toggled = path_with_added_args(self.request, {name: str(value)})
        return {
            "value": value,
            "label": await self._label(related, value),
            "count": count,
            "toggle_url": self.ds.absolute_url(self.request, self.ds.urls.path(toggled)),
            "selected": selected,
        }

    async def _label(self, related: RelatedColumn, value: Any) -> Any:
        if related.label is None:
            return value
        row = (await self._query(related.label, {"value": value})).first()
        return row[0] if row else value

    async def _query(self, sql: str, params: Any) -> Any:
        limit = self.ds.setting("facet_time_limit_ms")
        return await self.ds.get_database(self.database).execute(sql, params, truncate=False, custom_time_limit=limit)
