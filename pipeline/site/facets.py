"""Facets over what a row belongs to: an action's office, year and indicator are its report's and its measure's.

A Datasette plugin: a class of facets, and the filter behind their links (`?_year=2563`).
"""

from collections.abc import Awaitable, Callable
from typing import Any

from datasette.database import QueryInterrupted
from datasette.facets import Facet
from datasette.filters import FilterArguments
from datasette.utils import path_with_added_args, path_with_removed_args
from pluggy import HookimplMarker

from pipeline.site.words import RelatedColumn, plan

hookimpl = HookimplMarker("datasette")


@hookimpl
def register_facet_classes() -> list[type[Facet]]:
    """Add the facets to Datasette's own."""
    return [RelatedFacet]


@hookimpl
def filters_from_request(request: Any, table: str) -> Callable[[], Awaitable[FilterArguments]]:
    """The rows that belong to what the address names."""

    async def chosen() -> FilterArguments:
        related = [each for each in plan().related_of(table) if argument(each) in request.args]
        return FilterArguments(
            [f"{each.value.format(table=table)} = :related_{each.name}" for each in related],
            {f"related_{each.name}": request.args[argument(each)] for each in related},
            [f"{each.name} = {request.args[argument(each)]}" for each in related],
        )

    return chosen


def argument(related: RelatedColumn) -> str:
    """The name of the address's argument that chooses a value."""
    return f"_{related.name}"


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
        chosen = {argument(related): str(value)}
        selected = self.request.args.get(argument(related)) == str(value)
        toggled = (path_with_removed_args if selected else path_with_added_args)(self.request, chosen)
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
