"""A Report: the integrity assessment's result, the measures promised and the actions told, each with its evidence.

Years are Buddhist era. Dates are Common Era. Names, dates and numbers are kept as printed beside their normal form.
"""

import datetime
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, computed_field, model_validator

from schemas.base import Record

Status = Literal["reported", "partly_done", "not_done", "planned"]
FiscalYearBasis = Literal["stated", "inferred"]
NoteCode = Literal[
    "column-unknown",
    "date-impossible",
    "indicator-unknown",
    "no-assessment",
    "no-measures",
    "no-office",
    "number-unreadable",
    "office-unsure",
    "page-unread",
    "result-left-out",
    "score-differs",
    "table-unrecognised",
    "text-unassigned",
    "year-unknown",
]

Points = Annotated[float, Field(description="of 100, as printed")]


def _is_absent(value: object) -> bool:
    return value is None


class Evidence(Record):
    """Where a record stands: a box on a page (points, top-left origin), or a line of a format without pages."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": ["page"]}, {"required": ["line"]}]})

    page: int | None = Field(default=None, exclude_if=_is_absent, description="1-based page number")
    x0: float | None = Field(default=None, exclude_if=_is_absent, description="left edge, points")
    top: float | None = Field(default=None, exclude_if=_is_absent, description="upper edge, points")
    x1: float | None = Field(default=None, exclude_if=_is_absent, description="right edge, points")
    bottom: float | None = Field(default=None, exclude_if=_is_absent, description="lower edge, points")
    line: int | None = Field(default=None, exclude_if=_is_absent, description="1-based line of the text as read")
    text: str = Field(description="the text as read at that place")

    @model_validator(mode="after")
    def _has_one_place(self) -> "Evidence":
        if (self.page is None) == (self.line is None):
            raise ValueError("evidence has either a page or a line")
        return self


class Note(Record):
    """What could not be read or was left over: nothing is dropped or guessed in silence."""

    code: NoteCode
    text: str = Field(description="the text concerned, as read")
    characters: int = Field(default=0, ge=0, description="characters of that text that went to no record")
    evidence: tuple[Evidence, ...] = ()


class OfficeMention(Record):
    """An office named in a text."""

    raw: str = Field(description="as written")
    name: str = Field(description="canonical name, abbreviations spelt out")
    office_id: str = Field(description="id of the office of that name (in a list or not)")
    listed: bool = Field(description="the office is in the reference list; false: its kind spelt out + proper name")
    score: float = Field(gt=0, le=1, description="1 for an exact or abbreviated name, less for a misspelt one")


class DateMention(Record):
    """A date or range of dates named in a text; start > end where it is printed backwards."""

    raw: str = Field(description="as written, without วันที่, เดือน or a weekday")
    start: datetime.date | None = Field(default=None, description="first day, Common Era; null where impossible")
    end: datetime.date | None = Field(default=None, description="last day, Common Era; null where impossible")
    reason: str | None = Field(default=None, description="why the date is impossible; null where it is possible")


class Action(Record):
    """What an office tells that it did under a measure."""

    id: str = ""
    number: str | None = Field(description="list number as printed, Arabic digits, no closing mark")
    parent: str | None = Field(default=None, description="number of the action of the same measure it is an item of")
    text: str
    status: Status = "reported"
    dates: tuple[DateMention, ...] = ()
    office_mentions: tuple[OfficeMention, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @computed_field  # type: ignore[prop-decorator]
    @property
    def offices(self) -> tuple[str, ...]:
        """Canonical names of the offices mentioned, each once, in order of first mention."""
        return tuple(dict.fromkeys(mention.name for mention in self.office_mentions))


class Measure(Record):
    """What an office promises to do about an indicator."""

    id: str = ""
    indicator_number: int | None = Field(description="official number 1 to 10; null where it belongs to none")
    indicator_name: str | None = Field(description="as printed")
    number: str | None = Field(description="list number as printed, Arabic digits, no closing mark")
    text: str
    responsible: str | None = None
    period: str | None = None
    budget_baht: float | None = Field(default=None, description="baht")
    actions: tuple[Action, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Indicator(Record):
    """One indicator's score."""

    id: str = ""
    number: int | None = Field(description="official number 1 to 10, as printed or by name")
    name: str = Field(description="as printed")
    score: Points | None
    weak: bool = Field(description="listed as a weak point, or its score is under the threshold")
    evidence: tuple[Evidence, ...] = ()


class Assessment(Record):
    """The assessment's result that the report answers; figures as printed, also where they are wrong."""

    id: str = ""
    year: int | None = Field(description="Buddhist era")
    score: Points | None = None
    grade: str | None = Field(default=None, description="as printed: AA, A … F, or ผ่านดีเยี่ยม …")
    threshold: Points | None = Field(default=None, description="the stated pass mark for an indicator")
    weak_count: int | None = Field(default=None, description="number of weak indicators that the document states")
    iit: float | None = Field(default=None, description="as printed: of 100, or weighted")
    eit: float | None = Field(default=None, description="as printed: of 100, or weighted")
    oit: float | None = Field(default=None, description="as printed: of 100, or weighted")
    indicators: tuple[Indicator, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class AgencyAssessment(Record):
    """One row of a table of several agencies' scores."""

    name: str = Field(description="as printed")
    is_total: bool = Field(description="the row of the total or mean of all")
    office_mention: OfficeMention | None = Field(description="the agency, where the name is an office's")
    assessment: Assessment


class Report(Record):
    """One report, as read from one document."""

    id: str = Field(default="", description="first 12 hex digits of the SHA-256 of the bytes first seen")
    title: str | None
    office_mention: OfficeMention | None = Field(default=None, description="the issuing office")
    fiscal_year: int | None = Field(description="Buddhist-era year in which the measures are carried out")
    fiscal_year_basis: FiscalYearBasis | None = Field(description="null where the year is not known")
    assessment: Assessment | None = None
    measures: tuple[Measure, ...] = ()
    agencies: tuple[AgencyAssessment, ...] = Field(
        default=(), description="results of other agencies, from a table of several"
    )
    notes: tuple[Note, ...] = ()
    characters: int = Field(default=0, ge=0, description="characters of text in the document, white space apart")
    unrecorded_characters: int = Field(default=0, ge=0, description="of these, how many went to no record")
    evidence: tuple[Evidence, ...] = Field(default=(), description="where title, office and year stand")

    @computed_field  # type: ignore[prop-decorator]
    @property
    def office(self) -> str | None:
        """Canonical name of the issuing office."""
        return self.office_mention.name if self.office_mention else None
