"""What a check of one report looks at: the report, its text by lines, the reference facts and the checks' own words."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pydantic import Field

from extractors.thai.offices import describe_office
from pipeline.checks.words import CheckWords
from schemas.base import Record
from schemas.offices import Office
from schemas.reference import Reference
from schemas.report import Action, Assessment, Evidence, Indicator, Measure, OfficeMention, Report

# Share of letters in no record, and columns and tables of unknown meaning: a report that is read well has less.
MOST_UNREAD = 0.6
MOST_UNKNOWN = 4
# A report that answers one result tells few scores twice and not alike; more are those of several offices or years.
MOST_TOLD_TWICE = 3
REPORT = "report"
ASSESSMENT = "assessment"


class TextLine(Record):
    """A line or a paragraph of the document's text as read; the cells of a table row are joined by tabs."""

    page: int | None
    number: int
    text: str
    evidence: tuple[Evidence, ...] = Field(description="the printed lines that it was joined from")


class PlacedAction(Record):
    """An action with the measure that it belongs to."""

    measure: Measure
    action: Action

    @property
    def at(self) -> str:
        """INDICATOR/MEASURE/ACTION by numbers."""
        return f"{at_measure(self.measure)}/{self.action.number or '-'}"


class Passage(Record):
    """A stretch of the document's text and the record that it stands in; no record: it belongs to the whole report."""

    text: str
    at: str
    record: str
    evidence: tuple[Evidence, ...]
    is_action: bool = False


@dataclass(frozen=True)
class Case:
    """One report and all that its checks rest on."""

    report: Report
    lines: tuple[TextLine, ...]
    facts: Reference
    words: CheckWords

    @cached_property
    def own(self) -> OfficeMention | None:
        """The report's own office."""
        return self.report.office_mention

    @cached_property
    def own_office(self) -> Office | None:
        """The report's own office with its kind and province."""
        return describe_office(self.own, self.facts.offices) if self.own else None

    @property
    def assessment(self) -> Assessment | None:
        """The result that the report answers."""
        return self.report.assessment

    @cached_property
    def told_twice(self) -> frozenset[str]:
        """Names of indicators whose score the document tells twice and not alike: nothing is computed from these."""
        notes = (note.text for note in self.report.notes if note.code == "score-differs")
        return frozenset(text.rpartition(":")[0] for text in notes)

    @cached_property
    def result_is_mixed(self) -> bool:
        """Whether the figures told are rather those of several offices or years, and so contradict nothing."""
        return len(self.told_twice) > MOST_TOLD_TWICE

    @cached_property
    def tells_of_others(self) -> bool:
        """Whether the text tells of others' results, too, so that not every list in it is of the report's own."""
        return any(note.code == "result-left-out" for note in self.report.notes)

    @cached_property
    def is_half_read(self) -> bool:
        """Whether tables, or most of the text, were not understood: what is missing may only not have been read."""
        unknown = sum(note.code in ("column-unknown", "table-unrecognised") for note in self.report.notes)
        return unknown >= MOST_UNKNOWN or self.report.unrecorded_characters > MOST_UNREAD * self.report.characters

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators that have a score."""
        return self.assessment.indicators if self.assessment else ()

    @cached_property
    def actions(self) -> tuple[PlacedAction, ...]:
        """All actions, in printed order."""
        return tuple(PlacedAction(measure=m, action=a) for m in self.report.measures for a in m.actions)

    @cached_property
    def is_plan(self) -> bool:
        """Whether the document promises only: it has actions, and all are planned."""
        return bool(self.actions) and all(placed.action.status == "planned" for placed in self.actions)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every text of the report: actions, measures, and what stands beside them."""
        return tuple(_passages(self.report))

    @cached_property
    def opening(self) -> tuple[TextLine, ...]:
        """The lines before the first measure, where results are told."""
        first = next((e for m in self.report.measures for e in (*m.evidence, *_of_actions(m))), None)
        if first is None:
            return self.lines
        return tuple(line for line in self.lines if _is_before(line, first))


def at_measure(measure: Measure) -> str:
    """INDICATOR/MEASURE by numbers, a dash where there is none."""
    return f"{measure.indicator_number or '-'}/{measure.number or '-'}"


def at_indicator(indicator: Indicator) -> str:
    """indicator/N, a dash where the number is not known."""
    return f"indicator/{indicator.number or '-'}"


def _passages(report: Report) -> Iterator[Passage]:
    for measure in report.measures:
        own = (measure.text, measure.responsible, measure.period)
        for text in filter(None, own):
            yield Passage(text=text, at=at_measure(measure), record=measure.id, evidence=measure.evidence)
        for action in measure.actions:
            at = PlacedAction(measure=measure, action=action).at
            yield Passage(text=action.text, at=at, record=action.id, evidence=action.evidence, is_action=True)
    for text, evidence in _beside(report):
        yield Passage(text=text, at=REPORT, record=report.id, evidence=evidence)


def _beside(report: Report) -> Iterator[tuple[str, tuple[Evidence, ...]]]:
    """Title and office lines, the sentences that tell results, and what went to no record."""
    results = report.assessment.evidence if report.assessment else ()
    for place in dict.fromkeys((*report.evidence, *results)):
        yield place.text, (place,)
    yield from ((note.text, note.evidence) for note in report.notes if note.code == "text-unassigned")


def _of_actions(measure: Measure) -> tuple[Evidence, ...]:
    return tuple(e for action in measure.actions for e in action.evidence)


def _is_before(line: TextLine, place: Evidence) -> bool:
    """Whether a line stands before a place; of one page where its height is not known, it may."""
    own = line.evidence[0]
    if own.page is None or place.page is None:
        return own.line is not None and place.line is not None and own.line < place.line
    above = own.top is None or place.top is None or own.top < place.top
    return own.page < place.page or (own.page == place.page and above)
