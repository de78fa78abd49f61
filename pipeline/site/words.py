"""The site's words and its plan, as `th.toml`, `en.toml`, `templates.toml` and `site.toml` hold them."""

import tomllib
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Any, Literal

from pydantic import Field

from schemas.base import Record
from schemas.offices import load_office_kinds
from schemas.reference import load_reference

# The database's name in addresses, whatever its file is called, so that links stay good.
DATABASE = "prongsai"

Language = Literal["th", "en"]
LANGUAGES: tuple[Language, ...] = ("th", "en")


class TemplateWords(Record):
    """What is put in place of what in one of Datasette's templates."""

    file: str
    replace: tuple[tuple[str, str], ...] = Field(description="(as in the template, instead)")


class QuestionWords(Record):
    """What a ready-made question is called, and what it answers."""

    title: str
    description: str


class Words(Record):
    """The site's words in one language."""

    title: str
    description: str
    crumbs: dict[str, str] = Field(description="by what Datasette calls the place")
    lookups: dict[str, str] = Field(description="by Datasette's words for the filter")
    menu: dict[str, str] = Field(description="by the class of the link")
    query_columns: dict[str, str]
    parameters: dict[str, str]
    values: dict[str, dict[str, str]] = Field(description="what a code in a column means: by column, then code")
    errors: dict[int, str] = Field(description="titles by HTTP status")
    messages: tuple[tuple[str, str], ...] = Field(description="(what Datasette says, instead); {} is any text")
    queries: dict[str, QuestionWords] = Field(description="by the name of the ready-made question")
    one: dict[str, str] = Field(description="what one row of a table is called, by the table's name")
    related: dict[str, str] = Field(description="what a row belongs to, by the name of the related column")
    say: dict[str, dict[str, str]] = Field(description="what pages say: by page, then key; {name} stands for a value")
    indicators: dict[str, str] = Field(default={}, description="number and official name, by number")


class TablePlan(Record):
    """What the page of a table shows."""

    name: str
    show: tuple[str, ...] = Field(min_length=1, description="columns, in order; the others only where asked for")
    facets: tuple[str, ...] = Field(default=(), description="columns")
    related: tuple[str, ...] = Field(default=(), description="names of related columns")
    sort: str | None = Field(default=None, description="column that it is sorted by; null for printed order or the key")
    points: tuple[str, ...] = Field(default=(), description="columns of points, shown with two decimals")
    indicator_facets: tuple[str, ...] = Field(default=(), description="facets by an indicator's number, shown by name")


class RelatedColumn(Record):
    """What a row belongs to, as a facet of the table's page: `?_NAME=VALUE`."""

    name: str
    value: str = Field(description="SQL expression; {table} stands for the table's name")
    label: str | None = Field(default=None, description="SQL query for the name of :value; null where it is its own")


class ReadyQuery(Record):
    """A question with its SQL; parameters left empty are empty strings."""

    name: str
    parameters: tuple[str, ...] = ()
    sql: str


class Plan(Record):
    """How the site shows the database."""

    settings: dict[str, int | bool] = Field(description="Datasette's settings")
    table: tuple[TablePlan, ...]
    related: tuple[RelatedColumn, ...]
    query: tuple[ReadyQuery, ...]

    def of_table(self, name: str) -> TablePlan | None:
        """The plan of a table; null for one that is not ours, such as a search table."""
        return next((table for table in self.table if table.name == name), None)

    def related_of(self, table: str) -> tuple[RelatedColumn, ...]:
        """What rows of the table are known to belong to."""
        plan = self.of_table(table)
        return tuple(related for related in self.related if plan and related.name in plan.related)


@cache
def words(language: Language = "th") -> Words:
    """The words of a language, with the reference facts' for kinds of offices (in Thai) and for indicators.

    Raises `pydantic.ValidationError` for a wrong file.
    """
    own = Words.model_validate(_toml(f"{language}.toml"))
    kinds = {kind.code: kind.name for kind in load_office_kinds() if kind.name}
    indicators = {str(fact.number): f"{fact.number} {fact.name}" for fact in load_reference().indicators}
    values = {**own.values, "kind": kinds | own.values["kind"]}
    return own.model_copy(update={"values": values, "indicators": indicators})


@cache
def template_words() -> tuple[TemplateWords, ...]:
    """What is put into Datasette's templates; raises `pydantic.ValidationError` where `templates.toml` is wrong."""
    is_pinned = version("datasette").startswith("0.")
    names = ("templates.toml",) if is_pinned else ("templates_1.toml", "templates.toml")
    return tuple(TemplateWords.model_validate(template) for name in names for template in _toml(name)["template"])


@cache
def plan() -> Plan:
    """The plan; raises `pydantic.ValidationError` where `site.toml` is wrong."""
    return Plan.model_validate(_toml("site.toml"))


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((files("pipeline.site") / name).read_text(encoding="utf-8"))
