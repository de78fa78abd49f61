"""The site in the reader's language: what templates call `ui`, and Datasette's own templates with it put in."""

import datetime
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from datasette.utils import tilde_encode
from jinja2.ext import Extension
from markupsafe import Markup, escape

from db.highlight import cut_place, excerpt
from db.tables import ColumnWords, TableWords, tables
from pipeline.places import place_in_words
from pipeline.site.facets import chosen_value
from pipeline.site.language import reader_language
from pipeline.site.naming import file_name
from pipeline.site.words import Language, Plan, QuestionWords, Words, plan, template_words, words
from schemas.base import Record
from schemas.calendar import load_calendar

# Characters of a cell shown around the first hit of a search.
EXCERPT = 400
# Characters of a text that stands for its record in a title.
TITLE = 80
_BUDDHIST_ERA = 543


class WordedTemplates(Extension):
    """Puts what `templates.toml` says into Datasette's templates as they are loaded."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The template's source with our words; what it does not hold is passed over."""
        for template in template_words():
            if template.file == name:
                for theirs, ours in template.replace:
                    source = source.replace(theirs, ours)
        return source


class Wording(Record):
    """The words for names and values, for templates; a name that has none is shown as it is."""

    language: Language
    words: Words
    plan: Plan
    tables: dict[str, TableWords]

    @property
    def title(self) -> str:
        """The site's."""
        return self.words.title

    @property
    def other_language(self) -> Language:
        """The language that the reader may change to."""
        return "en" if self.language == "th" else "th"

    def say(self, key: str, **values: object) -> str:
        """What a page says, by PAGE.KEY, with values in their places; `KeyError` for a key that is not there."""
        page, _, name = key.partition(".")
        text = self.words.say[page][name]
        return text.format(**values) if values else text

    def crumb(self, label: str) -> str:
        """What stands for a place in the path at the top of a page."""
        return self.words.crumbs.get(label) or self.table(label)

    def table(self, name: str) -> str:
        """A table's title."""
        return self._of(self.tables[name], "title") if name in self.tables else name

    def one(self, table: str) -> str:
        """What one row of a table is called."""
        return self.words.one.get(table) or self.table(table)

    def table_description(self, name: str) -> str:
        """What a table holds; empty for one that is not ours."""
        return self._of(self.tables[name], "description") if name in self.tables else ""

    def column(self, table: str, name: str) -> str:
        """A column's title; that of a key of several columns is Datasette's link to the row."""
        known = self.tables[table].columns if table in self.tables else {}
        if name in known:
            return self._of(known[name], "title")
        return self.say("site.see") if name == "Link" else name

    def column_meaning(self, table: str, name: str) -> str:
        """What a column holds; empty for one that is not ours."""
        known = self.tables[table].columns if table in self.tables else {}
        return (known[name].th if self.language == "th" else known[name].en) if name in known else ""

    def label(self, table: str) -> str | None:
        """The column whose texts open the rows of a table; null where none of those shown does."""
        known = self.tables[table].label if table in self.tables else None
        planned = self.plan.of_table(table)
        return self._own(known) if known and planned and known in planned.show else None

    def facet(self, table: str, name: str) -> str:
        """The title of a facet, which is a column's or a related column's."""
        of_row = {related.name for related in self.plan.related_of(table)}
        return self.words.related[name] if name in of_row else self.column(table, name)

    def choice(self, table: str, facet: str, value: object) -> str:
        """A facet's value: an indicator by number and name, a code by its meaning."""
        planned = self.plan.of_table(table)
        if planned and facet in planned.indicator_facets:
            return self.words.indicators.get(str(value), str(value))
        return self.value(facet, value)

    def value(self, column: str, value: object) -> str:
        """What a code in a column, or each of several, means; any other value as it is, and a dash for an empty one."""
        shown = "" if value is None else str(value)
        if meanings := self.words.values.get(column):
            shown = ", ".join(meanings.get(code, code) for code in shown.split(", "))
        return shown or "–"

    def points_of(self, table: str) -> tuple[str, ...]:
        """The columns of a table that hold points."""
        planned = self.plan.of_table(table)
        return planned.points if planned else ()

    def points(self, value: float | None) -> str:
        """Points with two decimals, or as many as they have; a dash where there are none."""
        if value is None:
            return "–"
        return f"{value:.2f}" if round(value, 2) == value else str(value)

    def number(self, value: float | None) -> str:
        """A count or an amount with commas; a dash where there is none."""
        return "–" if value is None else f"{value:,}"

    def year(self, value: int | None) -> str:
        """A Buddhist-era year as people write it; a dash where it is not known."""
        return "–" if value is None else self.say("site.year", year=value)

    def day(self, iso: str | datetime.date | None) -> str:
        """A day of the Common Era as people write it: «12 ม.ค. 2562» in Thai, “12 Jan 2019” in English."""
        if iso is None:
            return "–"
        day = datetime.date.fromisoformat(str(iso))
        if self.language == "en":
            return f"{day.day} {day:%b} {day.year}"
        month = load_calendar().months[day.month - 1].abbreviation
        return f"{day.day} {month} {day.year + _BUDDHIST_ERA}"

    def place(self, at: str) -> str:
        """Where in its report a finding stands, in words; as it is where it is no position that checks give."""
        return place_in_words(at, self.language)

    def named(self, record: Any) -> str:
        """What a record is (`pipeline.site.evidence.NamedRecord`): its kind with its number, check or code."""
        kind = {"findings": "check", "notes": "code"}.get(record.table)
        told = self.value(kind, record.number) if kind else record.number
        return " ".join(filter(None, (self.one(record.table), "·" if kind else None, told)))

    def words_of(self, record: Any) -> str:
        """What a record says (`pipeline.site.evidence.NamedRecord`); only findings say it in English, too."""
        return str((record.english if self.language == "en" else None) or record.text)

    def message_of(self, finding: Any) -> str:
        """What a finding says."""
        return str(finding.message_th if self.language == "th" else finding.message_en)

    def question(self, name: str) -> QuestionWords:
        """What a ready-made question is called; its name where it is none of ours."""
        return self.words.queries.get(name) or QuestionWords(title=name, description="")

    def description(self, table: str | None, question: str | None) -> str:
        """What stands under the title of a table's or a question's page."""
        return self.question(question).description if question else self.table_description(table or "")

    def file_name(self, path_or_url: str) -> str:
        """The last part of a path or address."""
        return file_name(path_or_url)

    def message(self, told: object) -> str | None:
        """What Datasette says of an error, in our words; null where there are none for it."""
        for pattern, ours in self.words.messages:
            parts = "(.*)".join(map(re.escape, pattern.split("{}")))
            if match := re.fullmatch(parts, str(told).strip(), re.DOTALL):
                return ours.format(*map(self._argument, match.groups()))
        return None

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

    def answer_columns(self, columns: Iterable[str], canned_query: str | None) -> list[str]:
        """The columns of a query's answer; of a ready one without those of ids, which the texts beside them open."""
        if not canned_query:
            return list(columns)
        return [column for column in columns if not column.endswith("_id") and self.is_shown(column)]

    def row_path(self, row: Iterable[dict[str, Any]], keys: Iterable[str]) -> str:
        """The last part of the address of a row's page, from Datasette's cells of the row and the key's columns."""
        values = {cell["column"]: cell["raw"] for cell in row}
        return ",".join(tilde_encode(str(without_label(values[key]))) for key in keys)

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

    def described(self, table: str, filters: Any, request: Any, facets: Iterable[dict[str, Any]] = ()) -> str:
        """In words, what a table page is asked for: search, filters, order; values by the names that facets give."""
        names = {
            (facet["name"], str(choice["value"])): str(choice["label"])
            for facet in facets
            for choice in facet["results"]
        }
        return " · ".join(self._conditions(table, filters, request, names))

    def is_shown(self, column: str) -> bool:
        """Whether a row's page shows a column: not what only sorts, nor a message in the other language."""
        return column not in ("sort_key", f"message_{self.other_language}")

    def row_title(self, table: str, rows: list[Any]) -> str:
        """What a row's page is called: what one row is, and how its label begins; of a report, its label."""
        label = self.tables[table].label if table in self.tables else None
        named = [cell["raw"] for row in rows for cell in row if label and cell["column"] == self._own(label)]
        if not named or named[0] is None:
            return self.one(table)
        name = beginning(" ".join(str(named[0]).split()))
        return name if table == "reports" else f"{self.one(table)}: {name}"

    def _argument(self, told: str) -> str:
        """What Datasette tells of in a message; an argument of the address that has a name, by it."""
        return self.words.related.get(told.removeprefix("_"), told) if told.startswith("_") else told

    def _own(self, column: str) -> str:
        """The column in its place that has the reader's language, for messages in two."""
        return f"message_{self.language}" if column == "message_th" else column

    def _of(self, about: TableWords | ColumnWords, part: str) -> str:
        """The `part` (title, description) in the language."""
        return str(getattr(about, f"{part}_{self.language}"))

    def _conditions(self, table: str, filters: Any, request: Any, names: dict[tuple[str, str], str]) -> Iterator[str]:
        if search := request.args.get("_search"):
            yield self.say("site.searched_for", text=search)
        for related in self.plan.related_of(table):
            if chosen := chosen_value(related, request):
                named = names.get((related.name, chosen), chosen)
                yield f"{self.words.related[related.name]} {self.choice(table, related.name, named)}"
        for column, lookup, value in filters.selections():
            sign = "=" if lookup == "exact" else self.lookup(dict(_displays(filters)).get(lookup, lookup))
            yield f"{self.column(table, column)} {sign} {self.choice(table, column, names.get((column, value), value))}"
        for name, key in (("_sort", "site.sorted_up"), ("_sort_desc", "site.sorted_down")):
            if column := request.args.get(name):
                yield self.say(key, column=self.column(table, column))

    def _shown(self, table: str, items: list[dict[str, Any]], key: str, request: Any) -> list[dict[str, Any]]:
        planned = self.plan.of_table(table)
        if planned is None or "_col" in request.args or "_nocol" in request.args:
            return items
        rank = {self._own(name): place for place, name in enumerate(planned.show)}
        if self.label(table) is None:
            rank["Link"] = -1
        return sorted((item for item in items if item[key] in rank), key=lambda item: rank[item[key]])


def wording() -> Wording:
    """The words in the language of the reader who is answered now."""
    return wording_in(reader_language())


@cache
def wording_in(language: Language) -> Wording:
    """The words in a language."""
    known = {table.name: table for table in tables()}
    return Wording(language=language, words=words(language), plan=plan(), tables=known)


def without_label(value: Any) -> Any:
    """A value as the row has it, also where Datasette has put a reference's label beside it."""
    return value["value"] if isinstance(value, dict) else value


def beginning(text: str, length: int = TITLE) -> str:
    """The text, cut at about `length` characters with … and no vowel or mark parted from its letter."""
    end = cut_place(text, min(length, len(text)))
    return f"{text[:end]}…" if end < len(text) else text


def _displays(filters: Any) -> Iterator[tuple[str, str]]:
    return ((key, display) for key, display, _ in filters.lookups())


def _name(table: Any) -> str:
    """The name of one of Datasette's tables: 0.65 tells of them in dicts, 1.0 in objects."""
    return str(table["name"] if isinstance(table, dict) else table.name)
