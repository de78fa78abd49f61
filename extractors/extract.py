"""The second door: a Document to a Report."""

import re
from collections.abc import Iterator, Sequence

from extractors.report.answers import with_answers
from extractors.report.assessment import assessment_of
from extractors.report.columns import find_header
from extractors.report.drafts import MeasureDraft
from extractors.report.front_matter import FrontMatter, fiscal_year, front_matter
from extractors.report.grid import rows_of, sole_text
from extractors.report.identity import report_id, with_ids
from extractors.report.leftovers import leftovers, letters
from extractors.report.measures import Context, measure_of
from extractors.report.paragraphs import paragraphs
from extractors.report.pieces import evidence_of, whole
from extractors.report.prose import prose_measures
from extractors.report.results import Told, told_in
from extractors.report.score_tables import told_in_table
from extractors.report.tables import is_measure_header, table_measures
from extractors.thai.offices import issuing_office
from extractors.thai.text import fold
from schemas.document import Box, Document, Line, Table
from schemas.reference import Reference
from schemas.report import Evidence, Measure, Note, OfficeMention, Report
from schemas.wording import TitleWording, finds

# A title that begins so is that of a plan, unless it tells of results as well («แผนและผลการดำเนินงาน»).
_PLAN = re.compile(r"^(?:\(?ร่าง\)?)?แผน(?!.*(?:รายงานผล|ผลการดำเนิน))|^ประกาศ.*เรื่อง(?:แผน|มาตรการ)")


def extract(document: Document, reference: Reference) -> Report:
    """The report that a document holds, with ids and with notes on what was not understood."""
    blocks = tuple(_blocks(document, reference))
    front = front_matter(blocks, reference)
    office = issuing_office([line.text for line in _lines(blocks)], reference.offices)
    drafts = _measures(blocks, front, reference)
    told = _results(blocks, front, drafts, reference)
    assessed = _assessed_year(told)
    year, basis = fiscal_year(front, assessed, reference.wording.years)
    assessment = assessment_of(told, assessed)
    context = Context(reference, office, assessment, is_plan(front.title_text or "", reference.wording.title))
    report = Report(
        title=front.title_text,
        office_mention=office,
        fiscal_year=year,
        fiscal_year_basis=basis,
        assessment=assessment,
        measures=tuple(measure_of(draft, context) for draft in drafts),
        characters=letters(document.text),
        evidence=evidence_of(map(whole, front.title)),
    )
    return with_ids(_with_notes(report, document, blocks, reference), report_id(document.sha256))


def is_plan(title: str, wording: TitleWording) -> bool:
    """Whether the document promises and does not report: its title is that of a plan or of measures to come."""
    folded = fold(title)
    reports = finds(wording.report_titles).search(folded) is not None
    return bool(_PLAN.match(folded)) or (folded.startswith(wording.plan_titles) and not reports)


def _measures(blocks: Sequence[Line | Table], front: FrontMatter, reference: Reference) -> tuple[MeasureDraft, ...]:
    """The measures of tables, with actions that follow in the text; else those of the text alone."""
    body = _body(blocks, front)
    tabled = table_measures(blocks, reference)
    return with_answers(tabled, body, reference) if tabled else prose_measures(body, reference)


def _lines(blocks: Sequence[Line | Table]) -> Iterator[Line]:
    for block in blocks:
        if isinstance(block, Line):
            yield block
        else:
            yield from (line for cell in block.cells for line in cell.lines)


def _body(blocks: Sequence[Line | Table], front: FrontMatter) -> tuple[Line, ...]:
    return tuple(block for block in blocks if isinstance(block, Line) and block not in front.title)


def _blocks(document: Document, reference: Reference) -> Iterator[Line | Table]:
    """The document's paragraphs and tables, headings that are set in the first rows of a table told as lines, too."""
    for block in paragraphs(document.blocks, reference):
        if isinstance(block, Table):
            yield from _headings_in_cells(block, reference)
        yield block


def _headings_in_cells(table: Table, reference: Reference) -> Iterator[Line]:
    """The lines of rows above the header that hold a single text: a title set as a cell over the whole width."""
    rows = rows_of(table)
    header = find_header(rows, reference)
    for row in rows[: header.first_row] if header else ():
        alone = sole_text(row)
        if alone and any(slot.begins for slot in row):
            yield from alone.lines


def _results(
    blocks: Sequence[Line | Table], front: FrontMatter, drafts: Sequence[MeasureDraft], reference: Reference
) -> tuple[Told, ...]:
    """What the document tells of the assessment's result, outside its measures."""
    taken = {_place(piece.line) for draft in drafts for piece in draft.own_pieces}
    body = [line for line in _body(blocks, front) if _place(line) not in taken]
    title = [line.model_copy(update={"text": front.title_text or ""}) for line in front.title[:1]]
    sentences = told_in([*title, *body], reference)
    tables = [told_in_table(block, reference) for block in blocks if isinstance(block, Table)]
    return (*sentences, *(told for table in tables for told in table))


def _place(line: Line) -> tuple[int | None, int | None, Box | None]:
    return line.page, line.number, line.box


def _assessed_year(told: Sequence[Told]) -> int | None:
    """The assessed year: the latest that a figure bears, else the first that is named as the assessment's."""
    figured = [
        item.year for item in told if item.year is not None and item.kind in ("total", "indicator", "iit", "grade")
    ]
    if figured:
        return max(figured)
    return next((item.year for item in told if item.kind == "year"), None)


def _with_notes(report: Report, document: Document, blocks: Sequence[Line | Table], reference: Reference) -> Report:
    rest, characters = leftovers(document, report, _structure(blocks, reference))
    notes = (*_absences(report), *_impossible(report.measures), *_unsure(report), *rest)
    return report.model_copy(update={"notes": notes, "unrecorded_characters": characters})


def _structure(blocks: Sequence[Line | Table], reference: Reference) -> Iterator[Evidence]:
    """Headings of columns whose meaning is known: understood, and rightly in no record."""
    for block in blocks:
        if not isinstance(block, Table):
            continue
        rows = rows_of(block)
        header = find_header(rows, reference)
        if header and is_measure_header(header):
            known = {column.index for column in header.columns if column.meaning}
            for row in rows[header.first_row : header.end_row]:
                yield from evidence_of(
                    whole(line) for index, slot in enumerate(row) if index in known for line in slot.lines
                )


def _absences(report: Report) -> Iterator[Note]:
    if report.office_mention is None:
        yield Note(code="no-office", text="")
    if report.fiscal_year is None:
        yield Note(code="year-unknown", text="")
    if report.assessment is None:
        yield Note(code="no-assessment", text="")
    if not report.measures:
        yield Note(code="no-measures", text="")


def _impossible(measures: Sequence[Measure]) -> Iterator[Note]:
    for measure in measures:
        for action in measure.actions:
            for date in action.dates:
                if date.reason is not None:
                    yield Note(code="date-impossible", text=date.raw, evidence=action.evidence)


def _unsure(report: Report) -> Iterator[Note]:
    mentions: list[tuple[OfficeMention, tuple[Evidence, ...]]] = [
        (mention, action.evidence)
        for m in report.measures
        for action in m.actions
        for mention in action.office_mentions
    ]
    for mention, evidence in mentions:
        if mention.score < 1:
            yield Note(code="office-unsure", text=mention.raw, evidence=evidence)
