"""What a report's page tells: the report as it is laid out, with the findings and corrections beside their records."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from pydantic import Field
from sqlite_utils import Database

from db.read import UnknownReport, read_findings, read_report
from extractors.thai.text import fold
from pipeline.site.naming import document_name, report_name
from pipeline.site.offices import OfficeName, ReportFile
from schemas.base import Record
from schemas.correction import Correction
from schemas.document import Repair
from schemas.finding import SEVERITIES, Finding, Severity
from schemas.report import Action, DateMention, Measure, OfficeMention, Report

# Items of items of items …: a list is not set deeper on the page, however deep the document's is.
DEEPEST = 4


class TextPiece(NamedTuple):
    """A stretch of an action's text, and the date or office that it names."""

    text: str
    date: DateMention | None = None
    office: OfficeMention | None = None


class ShownAction(NamedTuple):
    """An action with its items."""

    action: Action
    pieces: tuple[TextPiece, ...]
    items: tuple["ShownAction", ...]


class ShownMeasure(NamedTuple):
    """A measure with its actions."""

    measure: Measure
    actions: tuple[ShownAction, ...]


class IndicatorSection(NamedTuple):
    """The measures of one indicator, in printed order."""

    number: int | None
    name: str | None
    measures: tuple[ShownMeasure, ...]


class ReportFinding(Finding):
    """A finding and what a person judged."""

    judgement: str | None


class OtherReport(Record):
    """Another report of the same office."""

    id: str
    fiscal_year: int | None
    name: str = Field(description="its title, else its file's name")
    has_measures: bool


class PagesRead(Record):
    """How many pages were read in one way."""

    read_by: str
    count: int


class ReportFacts(Record):
    """What is known of the report beside what it says."""

    label: str
    name: str = Field(description="the label, with what tells the document apart from others of that label")
    office_as_written: str | None
    format: str
    pages: int
    extracted_at: str
    checked_by: str | None = Field(description="version of the checks; null where none has looked at it")


class ReportPage(Record):
    """All that the page of a report shows."""

    report: Report
    facts: ReportFacts
    files: tuple[ReportFile, ...]
    readings: tuple[PagesRead, ...]
    unread: tuple[int, ...] = Field(description="numbers of the pages that could not be read")
    repairs: tuple[Repair, ...] = Field(description="what was put right on all pages, the most first")
    others: tuple[OtherReport, ...] = Field(description="of the office, by year, those of unknown years last")
    superiors: tuple[OfficeName, ...] = Field(description="the office's superior, if known")
    findings: tuple[ReportFinding, ...] = Field(description="in printed order of their records")
    corrections: tuple[Correction, ...] = Field(description="what people corrected and checked, and stands")
    parents: dict[str, str] = Field(description="of an action that is an item of another: the other's id, by its id")

    @cached_property
    def sections(self) -> tuple[IndicatorSection, ...]:
        """The measures by indicator, in the order in which the indicators are first met."""
        found: defaultdict[tuple[int | None, str], list[Measure]] = defaultdict(list)
        for measure in self.report.measures:
            name = "" if measure.indicator_number is not None else fold(measure.indicator_name or "")
            found[measure.indicator_number, name].append(measure)
        return tuple(self._section(measures) for measures in found.values())

    @cached_property
    def beside(self) -> dict[str, tuple[ReportFinding, ...]]:
        """Findings by the record that they stand beside, which is the one at fault where the page shows it."""
        shown = set(_record_ids(self.report))
        found: defaultdict[str, list[ReportFinding]] = defaultdict(list)
        for finding in self.findings:
            place = finding.records[0] if finding.records and finding.records[0] in shown else self.report.id
            found[place].append(finding)
        return {record_id: tuple(each) for record_id, each in found.items()}

    @cached_property
    def corrected(self) -> dict[str, tuple[Correction, ...]]:
        """Corrections by record."""
        found: defaultdict[str, list[Correction]] = defaultdict(list)
        for correction in self.corrections:
            found[correction.record_id].append(correction)
        return {record_id: tuple(each) for record_id, each in found.items()}

    @property
    def nothing_read(self) -> bool:
        """Whether no page could be read, so that nothing is known of the report and nothing was checked."""
        return 0 < self.facts.pages <= len(self.unread)

    @property
    def has_data(self) -> bool:
        """Whether anything was read that could be checked."""
        return bool(self.report.assessment or self.report.agencies or self.report.measures)

    @property
    def unrecorded(self) -> int:
        """The share of the text that went to no record, so that no check saw it; in whole percent."""
        return round(100 * self.report.unrecorded_characters / self.report.characters) if self.report.characters else 0

    @property
    def by_year(self) -> tuple[tuple[int | None, tuple[OtherReport, ...]], ...]:
        """The other reports of each year."""
        years = groupby(self.others, key=lambda other: other.fiscal_year)
        return tuple((year, tuple(others)) for year, others in years)

    @property
    def unread_ranges(self) -> str:
        """The pages that could not be read, such as «1–3, 7»."""
        return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in runs(self.unread))

    @property
    def compared_with(self) -> tuple[str, str] | None:
        """Ids of this report and one of the office's nearest earlier year, else later, the earlier first.

        One with measures, if there is any; null where no other year is known.
        """
        year = self.report.fiscal_year
        told = [other for other in self.others if other.has_measures] or self.others
        known = [(other.fiscal_year, other.id) for other in told if other.fiscal_year is not None]
        earlier = [other for told, other in known if year is not None and told < year]
        later = [other for told, other in known if year is not None and told > year]
        if earlier:
            return earlier[-1], self.report.id
        return (self.report.id, later[0]) if later else None

    def place_of(self, finding: ReportFinding) -> str:
        """The id of the record that the finding stands beside."""
        return next(record_id for record_id, each in self.beside.items() if finding in each)

    def open_findings(self) -> tuple[tuple[Severity, int], ...]:
        """How many findings nobody has dismissed, by severity; those that there are."""
        counts = {
            severity: sum(each.severity == severity and each.judgement != "dismissed" for each in self.findings)
            for severity in SEVERITIES
        }
        return tuple((severity, count) for severity, count in counts.items() if count)

    def _section(self, measures: Sequence[Measure]) -> IndicatorSection:
        return IndicatorSection(
            number=measures[0].indicator_number,
            name=next((measure.indicator_name for measure in measures if measure.indicator_name), None),
            measures=tuple(ShownMeasure(each, nested(each.actions, self.parents)) for each in measures),
        )


def read_report_page(connection: sqlite3.Connection, report_id: str) -> ReportPage | None:
    """A report's page; null where there is no report of that id."""
    db = Database(connection)
    try:
        report = read_report(db, report_id)
    except UnknownReport:
        return None
    one = (report_id,)
    judged = dict(db.execute("select id, judgement from findings where report_id = ?", one).fetchall())
    return ReportPage(
        report=report,
        facts=_facts(connection, report_id),
        files=tuple(ReportFile(**row) for row in db.query(_FILES, one)),
        readings=tuple(PagesRead(**row) for row in db.query(_READINGS, one)),
        unread=tuple(number for (number,) in db.execute(_UNREAD, one)),
        repairs=tuple(Repair(**row) for row in db.query(_REPAIRS, one)),
        others=tuple(
            OtherReport(**row, name=document_name(connection, row["id"]))
            for row in db.query(_OTHERS, {"report": report_id})
        ),
        superiors=tuple(OfficeName(**row) for row in db.query(_SUPERIOR, one)),
        findings=tuple(_with_judgement(each, judged[each.id]) for each in read_findings(db, report_id)),
        corrections=tuple(Correction(**row) for row in db.query(_CORRECTIONS, {"report": report_id})),
        parents=dict(db.execute(_PARENTS, one).fetchall()),
    )


def _facts(connection: sqlite3.Connection, report_id: str) -> ReportFacts:
    row = next(Database(connection).query(_FACTS, (report_id,)))
    return ReportFacts(**row, name=report_name(connection, report_id, row["label"]))


def runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Numbers in rising order as runs without a gap: the first and the last of each."""
    for _, run in groupby(enumerate(numbers), key=lambda placed: placed[1] - placed[0]):
        found = [number for _, number in run]
        yield found[0], found[-1]


def nested(actions: Sequence[Action], parents: dict[str, str]) -> tuple[ShownAction, ...]:
    """Actions with their items in them; an item that stands before its action, or too deep, stands as it is printed."""
    items: defaultdict[str, list[Action]] = defaultdict(list)
    depth: dict[str, int] = {}
    for action in actions:
        above = parents.get(action.id, "")
        if depth.get(above, DEEPEST) >= DEEPEST:
            above = ""
        depth[action.id] = depth[above] + 1 if above else 1
        items[above].append(action)
    return tuple(_shown(action, items) for action in items[""])


def marked(action: Action) -> tuple[TextPiece, ...]:
    """The action's text in pieces: the dates and offices that it names, and what stands between."""
    text, pieces, end = action.text, [], 0
    for start, stop, date, office in sorted(_mentions(action), key=lambda mention: (mention[0], -mention[1])):
        if start >= end:
            pieces += [TextPiece(text[end:start]), TextPiece(text[start:stop], date, office)]
            end = stop
    return tuple(piece for piece in (*pieces, TextPiece(text[end:])) if piece.text)


def _mentions(action: Action) -> Iterator[tuple[int, int, DateMention | None, OfficeMention | None]]:
    """Where each mention stands in the text; equal ones one after the other."""
    ends: defaultdict[str, int] = defaultdict(int)
    mentions: tuple[DateMention | OfficeMention, ...] = (*action.dates, *action.office_mentions)
    for mention in mentions:
        start = action.text.find(mention.raw, ends[mention.raw]) if mention.raw else -1
        if start >= 0:
            ends[mention.raw] = stop = start + len(mention.raw)
            if isinstance(mention, DateMention):
                yield start, stop, mention, None
            else:
                yield start, stop, None, mention


def _shown(action: Action, items: dict[str, list[Action]]) -> ShownAction:
    return ShownAction(action, marked(action), tuple(_shown(item, items) for item in items.get(action.id, ())))


def _record_ids(report: Report) -> Iterable[str]:
    """The records that the page shows."""
    if report.assessment:
        yield report.assessment.id
        yield from (indicator.id for indicator in report.assessment.indicators)
    for agency in report.agencies:
        yield agency.assessment.id
    for measure in report.measures:
        yield measure.id
        yield from (action.id for action in measure.actions)


def _with_judgement(finding: Finding, judgement: str | None) -> ReportFinding:
    return ReportFinding(**{name: getattr(finding, name) for name in Finding.model_fields}, judgement=judgement)


_FACTS = "select label, office_as_written, format, pages, extracted_at, checked_by from reports where id = ?"

_FILES = "select report_id, path_or_url, format from sources where report_id = ? order by path_or_url"

_READINGS = "select read_by, count(*) as count from pages where report_id = ? group by read_by order by count desc"

_UNREAD = "select number from pages where report_id = ? and read_by = 'needs-ocr' order by number"

_REPAIRS = """
    select damage, sum(count) as count from page_repairs where report_id = ? group by damage
    order by count desc, damage
"""

_OTHERS = """
    select id, fiscal_year, exists (select 1 from measures where report_id = reports.id) as has_measures
    from reports where office_id = (select office_id from reports where id = :report)
    and id != :report order by fiscal_year nulls last, id
"""

_SUPERIOR = """
    select parent.id, parent.name from reports join offices on offices.id = office_id
    join offices as parent on parent.id = offices.parent_id where reports.id = ?
"""

_PARENTS = "select id, parent_id from actions where report_id = ? and parent_id is not null"

# Ids of records begin with their report's; the sign after «-» ends the range.
_CORRECTIONS = """
    select line, kind, record_id, field, as_read, as_corrected, reason, who, made_at, state from corrections
    where (record_id = :report or record_id > :report || '-' and record_id < :report || '.')
    and kind in ('field-correction', 'record-checked') and state in ('applied', 'agreed', 'checked', 'stale')
    order by line
"""
