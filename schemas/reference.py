"""Reference facts with their types, loaded once and passed on as an argument. Sources: `schemas/facts/SOURCES.md`."""

import csv
import io
import tomllib
from collections.abc import Iterator
from functools import cached_property
from importlib.resources import files
from typing import Any, Literal

from pydantic import Field

from schemas.base import Record
from schemas.offices import OfficeFacts, load_office_facts
from schemas.report import Status
from schemas.wording import Wording

Instrument = Literal["IIT", "EIT", "OIT"]
Meaning = Literal[
    "running_number",
    "indicator",
    "indicator_number",
    "measure_number",
    "score",
    "weighted_score",
    "grade",
    "measure",
    "action",
    "result",
    "status",
    "responsible",
    "period",
    "budget",
    "other",
]
LabelField = Literal["indicator", "measure", "action", "responsible", "period", "budget", "status", "other"]


class IndicatorFact(Record):
    """One of the ten indicators of the assessment, as named since 2562 BE."""

    number: int = Field(ge=1, le=10)
    name: str
    instrument: Instrument
    weight: float = Field(description="the instrument's weight in the total, percent")
    variants: tuple[str, ...] = Field(default=(), description="other wordings met in official documents")

    @property
    def names(self) -> tuple[str, ...]:
        """The official name and its known variants."""
        return (self.name, *self.variants)


class GradeBand(Record):
    """The scores that a grade stands for in a span of years (Buddhist era)."""

    scheme: Literal["letters", "words"]
    first_year: int
    last_year: int | None = Field(description="null: still in force")
    grade: str
    lowest: float
    highest: float
    parts_at_least: float | None = Field(description="IIT, EIT and OIT must each reach this")


class ColumnHeading(Record):
    """Wordings of a table column's heading, and what they mean (`facts/columns.toml`)."""

    meaning: Meaning
    instead: Meaning | None = None
    phrases: tuple[str, ...]


class Label(Record):
    """Wordings of a labelled line, and the field that its text fills (`facts/labels.toml`)."""

    field: LabelField
    words: tuple[str, ...]


class StatusWords(Record):
    """Wordings that tell a status, in a cell of its own and inside an action's text (`facts/status.toml`)."""

    status: Status
    cell: tuple[str, ...]
    phrases: tuple[str, ...]


class Reference(Record):
    """All facts that reading rests on; two are equal only if they are the same one.

    What is made of its phrases is kept for it: to compare or hash its facts would take longer than to make that anew.
    """

    __eq__ = object.__eq__
    __hash__ = object.__hash__

    indicators: tuple[IndicatorFact, ...]
    grade_bands: tuple[GradeBand, ...]
    columns: tuple[ColumnHeading, ...]
    labels: tuple[Label, ...]
    statuses: tuple[StatusWords, ...]
    wording: Wording
    offices: OfficeFacts

    @cached_property
    def grades(self) -> tuple[str, ...]:
        """Every grade there is, longest first, so that AA is met before A."""
        return tuple(sorted({band.grade for band in self.grade_bands}, key=lambda grade: (-len(grade), grade)))

    @cached_property
    def fields_by_label(self) -> dict[str, LabelField]:
        """The field that each label fills."""
        return {word: label.field for label in self.labels for word in label.words}


def load_reference() -> Reference:
    """The reference facts; a data file that does not fit its schema raises `pydantic.ValidationError`."""
    return Reference.model_validate(
        {
            "indicators": list(_indicator_rows()),
            "grade_bands": [
                {name: value or None for name, value in row.items()} for row in _csv_rows("grade_bands.csv")
            ],
            "columns": _toml("columns.toml")["column"],
            "labels": _toml("labels.toml")["label"],
            "statuses": _toml("status.toml")["status"],
            "wording": _toml("wording.toml"),
            "offices": load_office_facts(),
        }
    )


def _indicator_rows() -> Iterator[dict[str, Any]]:
    for row in _csv_rows("indicators.csv"):
        yield {**row, "variants": tuple(filter(None, row["variants"].split("|")))}


def _csv_rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((files("schemas.facts") / name).read_text(encoding="utf-8"), newline="")))


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((files("schemas.facts") / name).read_text(encoding="utf-8"))
