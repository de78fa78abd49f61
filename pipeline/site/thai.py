"""The site in Thai: what templates call `th`, and Datasette's own templates with Thai in place of English."""

from collections.abc import Iterable, Iterator
from typing import Any

from jinja2.ext import Extension
from markupsafe import Markup, escape

from db.highlight import excerpt
from db.tables import TableWords, tables
from pipeline.site.facets import argument
from pipeline.site.words import Plan, Words, plan, words
from schemas.base import Record

# Characters of a cell shown around the first hit of a search.
EXCERPT = 400


class ThaiTemplates(Extension):
    """Puts the Thai words of `th.toml` into Datasette's templates as they are loaded."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The template's source in Thai; what it does not hold is passed over."""
        for template in words().template:
            if template.file == name:
                for english, thai in template.replace:
                    source = source.replace(english, thai)
        return source


class Thai(Record):
    """The words for names and values, for templates; a name that has none is shown as it is."""

    words: Words
    plan: Plan
    tables: dict[str, TableWords]

    @property
    def title(self) -> str:
        """The site's."""
        return self.words.title

    def crumb(self, label: str) -> str:
        """What stands for a place in the path at the top of a page."""
        return self.words.crumbs.get(label) or self.table(label)

    def table(self, name: str) -> str:
        """A table's title."""
        return self.tables[name].title_th if name in self.tables else name

    def table_description(self, name: str) -> str:
        """What a table holds; empty for one that is not ours."""
        return self.tables[name].description_th if name in self.tables else ""

    def column(self, table: str, name: str) -> str:
        """A column's title; that of a key of several columns is Datasette's link to the row."""
        known = self.tables[table].columns if table in self.tables else {}
        if name in known:
            return known[name].title_th
        return "ดู" if name == "Link" else name

    def facet(self, table: str, name: str) -> str:
        """The title of a facet, which is a column's or a related column's."""
        titles = {related.name: related.title for related in self.plan.related_of(table)}
        return titles.get(name) or self.column(table, name)

    def value(self, column: str, value: object) -> str:
        """What a code in a column means; any other value as it is, with a dash for an empty one."""
        shown = "" if value is None else str(value)
        return self.words.values.get(column, {}).get(shown) or shown or "–"

    def lookup(self, display: str) -> str:
        """A kind of filter."""
        return self.words.lookups.get(display, display)

    def parameter(self, name: str) -> str:
        """The label of a ready-made query's field."""
        return self.words.parameters.get(name, name)

    def query_column(self, name: str) -> str:
        """The heading of a ready-made query's column."""
        return self.words.query_columns.get(name, name)

    def in_order(self, found: Iterable[Any]) -> list[Any]:
        """Datasette's tables in the order of `db/tables.toml`, the others after them."""
        order = {name: place for place, name in enumerate(self.tables)}
        return sorted(found, key=lambda table: order.get(_name(table), len(order)))

    def facets_in_order(self, table: str, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Datasette's facets in the plan's order, those asked for in the address after them."""
        planned = self.plan.of_table(table)
        order = [*planned.related, *planned.facets] if planned else []
        return sorted(found, key=lambda facet: order.index(facet["name"]) if facet["name"] in order else len(order))

    def shown_columns(self, table: str, columns: list[dict[str, Any]], request: Any) -> list[dict[str, Any]]:
        """Datasette's columns of a table page: those of the plan, unless the address asks for others."""
        return self._shown(table, columns, "name", request)

    def shown_cells(self, table: str, row: Iterable[dict[str, Any]], request: Any) -> list[dict[str, Any]]:
        """Datasette's cells of a row, for `shown_columns`."""
        return self._shown(table, list(row), "column", request)

    def cell(self, cell: dict[str, Any], search: str | None = None) -> Markup:
        """A cell, with the hits of a search marked, and the first in sight where the text is long."""
        text, shown = cell["raw"], cell["value"]
        if not search or isinstance(shown, Markup) or not isinstance(text, str):
            return escape(shown)
        parts = excerpt(text, search, EXCERPT)
        return Markup("").join(Markup("<mark>{}</mark>").format(part.text) if part.hit else part.text for part in parts)

    def described(self, table: str, filters: Any, request: Any) -> str:
        """In words, what a table page is asked for: search, filters, order."""
        return " · ".join(self._conditions(table, filters, request))

    def row_title(self, table: str, rows: list[Any]) -> str:
        """What a row's page is called: the table's title, with the row's label where it is short."""
        label = self.tables[table].label if table in self.tables else None
        named = [str(cell["raw"]) for row in rows for cell in row if cell["column"] == label]
        return f"{self.table(table)}: {named[0]}" if named and len(named[0]) <= 100 else self.table(table)

    def _conditions(self, table: str, filters: Any, request: Any) -> Iterator[str]:
        if search := request.args.get("_search"):
            yield f"ค้น “{search}”"
        for related in self.plan.related_of(table):
            if chosen := request.args.get(argument(related)):
                yield f"{related.title} {chosen}"
        for column, lookup, value in filters.selections():
            sign = "=" if lookup == "exact" else self.lookup(dict(_displays(filters)).get(lookup, lookup))
            yield f"{self.column(table, column)} {sign} {self.value(column, value)}"
        for name, direction in (("_sort", "น้อยไปมาก"), ("_sort_desc", "มากไปน้อย")):
            if column := request.args.get(name):
                yield f"เรียงตาม{self.column(table, column)}จาก{direction}"

    def _shown(self, table: str, items: list[dict[str, Any]], key: str, request: Any) -> list[dict[str, Any]]:
        planned = self.plan.of_table(table)
        if planned is None or "_col" in request.args or "_nocol" in request.args:
            return items
        rank = {"Link": -1} | {name: place for place, name in enumerate(planned.show)}
        return sorted((item for item in items if item[key] in rank), key=lambda item: rank[item[key]])


def thai() -> Thai:
    """The words, for the templates."""
    return Thai(words=words(), plan=plan(), tables={table.name: table for table in tables()})


def _displays(filters: Any) -> Iterator[tuple[str, str]]:
    return ((key, display) for key, display, _ in filters.lookups())


def _name(table: Any) -> str:
    """The name of one of Datasette's tables: 0.65 tells of them in dicts, 1.0 in objects."""
    return str(table["name"] if isinstance(table, dict) else table.name)
