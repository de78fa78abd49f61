"""What a reader of the report must know: what is missing, unsure, impossible, not understood, or in no record."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from extractors.report.columns import Header, LaidTable
from extractors.report.drafts import MeasureDraft
from extractors.report.grid import Slot
from extractors.report.leftovers import leftovers
from extractors.report.one_result import OneResult
from extractors.report.pieces import evidence_of, joined, whole
from extractors.report.results import Told
from extractors.report.tables import is_measure_header
from schemas.document import Document, Line, Table
from schemas.report import Evidence, Note, Report

# «ไม่ใช้งบประมาณ», «ไม่มี», «-»: no budget, and no number that could not be read.
_NO_BUDGET = re.compile(r"ไม่|^[-–—. ]*$|ตามที่จ่ายจริง")


@dataclass(frozen=True)
class Reading:
    """What a report was read from: the document, its blocks as read, the drafts of its measures, what it tells."""

    document: Document
    blocks: tuple[Line | LaidTable, ...]
    drafts: tuple[MeasureDraft, ...]
    told: tuple[Told, ...]
    result: OneResult

    @property
    def tables(self) -> Iterator[LaidTable]:
        """The document's tables, in printed order."""
        return (block for block in self.blocks if isinstance(block, LaidTable))


def with_notes(report: Report, reading: Reading) -> Report:
    """The report with its notes, and with the count of the characters that went to no record."""
    rest, characters = leftovers(reading.document, report, _understood(reading.tables))
    notes = (
        *_absences(report),
        *_unread_pages(reading.document),
        *_differing_scores(report, reading.result.told),
        *_results_left_out(report, reading.result.left_out),
        *_unread_fields(report, reading.drafts),
        *_impossible_dates(report),
        *_unsure_offices(report),
        *_unknown_tables(reading),
        *rest,
    )
    return report.model_copy(update={"notes": notes, "unrecorded_characters": characters})


def _absences(report: Report) -> Iterator[Note]:
    if report.office_mention is None:
        yield Note(code="no-office", text="")
    if report.fiscal_year is None:
        yield Note(code="year-unknown", text="")
    if report.assessment is None:
        yield Note(code="no-assessment", text="")
    if not report.measures:
        yield Note(code="no-measures", text="")


def _unread_pages(document: Document) -> Iterator[Note]:
    """The pages that are pictures, or whose text layer is of no use: one note, told by number as «1-3, 5»."""
    unread = [page.number for page in document.pages if page.read_by == "needs-ocr"]
    if unread:
        evidence = tuple(Evidence(page=number, text="") for number in unread)
        yield Note(code="page-unread", text=_ranges(unread), evidence=evidence)


def _ranges(numbers: Sequence[int]) -> str:
    """Rising numbers, those that follow one another as first and last."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _unread_fields(report: Report, drafts: Sequence[MeasureDraft]) -> Iterator[Note]:
    """Budgets without a number, and indicators that bear no official name or number."""
    for measure, draft in zip(report.measures, drafts, strict=True):
        budget = joined(draft.budget)
        if budget and measure.budget_baht is None and not _NO_BUDGET.search(budget):
            yield Note(code="number-unreadable", text=budget, evidence=evidence_of(draft.budget))
        if measure.indicator_name and measure.indicator_number is None:
            yield Note(code="indicator-unknown", text=measure.indicator_name, evidence=evidence_of(draft.indicator))


def _differing_scores(report: Report, told: Sequence[Told]) -> Iterator[Note]:
    """Indicators whose score the document tells twice, and not alike; the record has the one told with most others."""
    year = report.assessment.year if report.assessment else None
    for indicator in report.assessment.indicators if report.assessment else ():
        named = [t for t in told if t.indicator and t.indicator.number == indicator.number]
        same = [t for t in named if t.value is not None and t.year in (None, year)]
        others = [t for t in same if t.value != indicator.score]
        if others:
            values = ", ".join(f"{value:.2f}" for value in dict.fromkeys(t.value for t in same if t.value is not None))
            yield Note(
                code="score-differs",
                text=f"{indicator.name}: {values}",
                evidence=(*indicator.evidence, *evidence_of(whole(t.line) for t in others)),
            )


def _results_left_out(report: Report, told: Sequence[Told]) -> Iterator[Note]:
    """Figures of the assessed year that are others' results, or of another subject: a note a passage."""
    year = report.assessment.year if report.assessment else None
    figures = [t for t in told if t.value is not None and (year is None or t.year in (None, year))]
    for _, passage in groupby(figures, lambda t: t.passage):
        items = list(passage)
        text = ", ".join(dict.fromkeys(f"{t.value:.2f}" for t in items))
        yield Note(code="result-left-out", text=text, evidence=evidence_of(whole(t.line) for t in items))


def _impossible_dates(report: Report) -> Iterator[Note]:
    for action in (action for measure in report.measures for action in measure.actions):
        for date in action.dates:
            if date.reason is not None:
                yield Note(code="date-impossible", text=date.raw, evidence=action.evidence)


def _unsure_offices(report: Report) -> Iterator[Note]:
    for action in (action for measure in report.measures for action in measure.actions):
        for mention in action.office_mentions:
            if mention.score < 1:
                yield Note(code="office-unsure", text=mention.raw, evidence=action.evidence)


def _unknown_tables(reading: Reading) -> Iterator[Note]:
    """Columns of measure tables whose headings say nothing known, and tables that are of no known kind."""
    previous: Header | None = None
    scored = {id(told.line) for told in reading.told}
    for laid in reading.tables:
        table, rows, header = laid.table, laid.rows, laid.header
        if header is not None and is_measure_header(header):
            previous = header
            yield from _unknown_columns(header, rows)
        elif header is None and not _goes_on(table, previous) and scored.isdisjoint(_line_ids(table)):
            first = next((row for row in rows if any(slot.text for slot in row)), ())
            lines = [line for slot in first if slot.begins for line in slot.lines]
            text = " | ".join(line.text for line in lines)
            yield Note(code="table-unrecognised", text=text, evidence=evidence_of(map(whole, lines)))


def _line_ids(table: Table) -> Iterator[int]:
    return (id(line) for cell in table.cells for line in cell.lines)


def _goes_on(table: Table, header: Header | None) -> bool:
    return header is not None and table.columns == len(header.columns)


def _unknown_columns(header: Header, rows: Sequence[tuple[Slot, ...]]) -> Iterator[Note]:
    for column in header.columns:
        if column.meaning is None and column.heading:
            lines = [line for row in rows[header.first_row : header.end_row] for line in row[column.index].lines]
            yield Note(code="column-unknown", text=column.heading, evidence=evidence_of(map(whole, lines)))


def _understood(tables: Iterable[LaidTable]) -> Iterator[Evidence]:
    """Headings of columns whose meaning is known: rightly in no record."""
    for laid in tables:
        header = laid.header
        if header is None or not is_measure_header(header):
            continue
        known = [column.index for column in header.columns if column.meaning]
        for row in laid.rows[header.first_row : header.end_row]:
            yield from evidence_of(whole(line) for index in known for line in row[index].lines)
