"""The second door: a Document to a Report."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from extractors.report.agencies import agencies_in
from extractors.report.answers import with_answers
from extractors.report.assessment import assessed_year, assessment_of
from extractors.report.columns import LaidTable, laid_out
from extractors.report.drafts import MeasureDraft
from extractors.report.family import is_of_family
from extractors.report.front_matter import FrontMatter, fiscal_year, front_matter, without
from extractors.report.grid import sole_text
from extractors.report.identity import report_id, with_ids
from extractors.report.leftovers import letters
from extractors.report.measures import Context, measure_of
from extractors.report.notes import Reading, with_notes
from extractors.report.one_result import one_result
from extractors.report.paragraphs import paragraphs
from extractors.report.passages import in_passages
from extractors.report.pieces import Piece, evidence_of, joined, whole
from extractors.report.prose import prose_measures
from extractors.report.results import Told, told_in
from extractors.report.score_tables import told_in_table
from extractors.report.tables import table_measures
from extractors.thai.offices import issuing_office
from extractors.thai.text import fold
from schemas.document import Box, Document, Line
from schemas.reference import Reference
from schemas.report import OfficeMention, Report
from schemas.wording import TitleWording, finds

# A title that begins so is that of a plan, unless it tells of results as well («แผนและผลการดำเนินงาน»).
_PLAN = re.compile(r"^(?:\(?ร่าง\)?)?แผน(?!.*(?:รายงานผล|ผลการดำเนิน))|^ประกาศ.*เรื่อง(?:แผน|มาตรการ)")
# Of the lines above a table so many may be its caption and the sentence that leads to it.
LINES_ABOVE = 3
# A row of fewer cells is a title set as a cell, or a label with its value.
FEWEST_CELLS_OF_ROW = 3
_LETTER = re.compile(r"[A-Za-zก-ฮ]")


def extract(document: Document, reference: Reference) -> Report:
    """The report that a document holds, with ids and with notes on what was not understood."""
    blocks = tuple(_blocks(document, reference))
    front = front_matter(blocks, reference)
    office = _issuing_office(blocks, reference)
    body = without((block for block in blocks if isinstance(block, Line)), front.title)
    of_family = is_of_family(document.text, reference)
    drafts = _measures(blocks, body, reference) if of_family else ()
    told = (
        (*told_in(_outside(drafts, body, front), reference, office), *_told_in_tables(blocks, reference))
        if of_family
        else ()
    )
    told = in_passages(told, blocks, front.title)
    assessed = assessed_year(told)
    year, basis = fiscal_year(front, assessed, reference.wording.years)
    result = one_result(told, assessed)
    assessment = assessment_of(result, assessed)
    context = Context(reference, office, assessment, is_plan(front.title_text or "", reference.wording.title))
    report = Report(
        title=front.title_text,
        office_mention=office,
        fiscal_year=year,
        fiscal_year_basis=basis,
        assessment=assessment,
        measures=tuple(measure_of(draft, context) for draft in drafts),
        agencies=agencies_in([block for block in blocks if isinstance(block, LaidTable)], assessed, reference),
        characters=letters(document.text),
        evidence=evidence_of([*map(whole, front.title), *_office_stands(office, blocks)]),
    )
    noted = with_notes(report, Reading(document, blocks, drafts, told, result))
    return with_ids(noted, report_id(document.sha256))


def _issuing_office(blocks: Sequence[Line | LaidTable], reference: Reference) -> OfficeMention | None:
    """The office that issued the document; rows of a table of several columns are told apart, for they list others."""
    lines: list[str] = []
    in_rows: set[int] = set()
    for block in blocks:
        if isinstance(block, Line):
            lines.append(block.text)
            continue
        filled = Counter(cell.row for cell in block.table.cells if cell.lines)
        for cell in block.table.cells:
            if filled[cell.row] >= FEWEST_CELLS_OF_ROW:
                in_rows.update(range(len(lines), len(lines) + len(cell.lines)))
            lines.extend(line.text for line in cell.lines)
    return issuing_office(lines, reference.offices, in_rows)


def _office_stands(office: OfficeMention | None, blocks: Sequence[Line | LaidTable]) -> Iterator[Piece]:
    """Where the issuing office is first named as it is kept."""
    if office is not None:
        first = next((line for line in _lines(blocks) if office.raw in line.text), None)
        if first is not None:
            yield Piece(office.raw, first, office.raw)


def is_plan(title: str, wording: TitleWording) -> bool:
    """Whether the document promises and does not report: its title is that of a plan or of measures to come."""
    folded = fold(title)
    reports = finds(wording.report_titles).search(folded) is not None
    return bool(_PLAN.match(folded)) or (folded.startswith(wording.plan_titles) and not reports)


def _measures(
    blocks: Sequence[Line | LaidTable], body: Sequence[Line], reference: Reference
) -> tuple[MeasureDraft, ...]:
    """The measures of tables, with actions that follow in the text; else those of the text alone."""
    tabled = table_measures(blocks, reference)
    drafts = with_answers(tabled, blocks, reference) if tabled else prose_measures(body, reference)
    return tuple(draft for draft in drafts if not _is_figure(draft))


def _is_figure(draft: MeasureDraft) -> bool:
    """«๘๐.๒๒» in a list below an indicator's name is its score, no measure; a measure is told in words."""
    text = joined(draft.pieces)
    return bool(text) and not _LETTER.search(text)


def _outside(drafts: Sequence[MeasureDraft], body: Sequence[Line], front: FrontMatter) -> list[Line]:
    """The title as one line, and the lines that no measure took: where results are told."""
    taken = {_place(piece.line) for draft in drafts for piece in draft.own_pieces}
    title = [line.model_copy(update={"text": front.title_text or ""}) for line in front.title[:1]]
    return [*title, *(line for line in body if _place(line) not in taken)]


def _place(line: Line) -> tuple[int | None, int | None, Box | None]:
    return line.page, line.number, line.box


def _told_in_tables(blocks: Sequence[Line | LaidTable], reference: Reference) -> Iterator[Told]:
    above: list[str] = []
    for block in blocks:
        if isinstance(block, LaidTable):
            if not agencies_in([block], None, reference):
                yield from told_in_table(block, above, reference)
        elif block.text.strip():
            above = [*above[1 - LINES_ABOVE :], block.text]


def _lines(blocks: Sequence[Line | LaidTable]) -> Iterator[Line]:
    for block in blocks:
        if isinstance(block, Line):
            yield block
        else:
            yield from (line for cell in block.table.cells for line in cell.lines)


def _blocks(document: Document, reference: Reference) -> Iterator[Line | LaidTable]:
    """The document's paragraphs and tables, headings that are set in the first rows of a table told as lines, too."""
    for block in paragraphs(document.blocks, reference):
        if isinstance(block, Line):
            yield block
        else:
            laid = laid_out(block, reference)
            yield from _headings_in_cells(laid)
            yield laid


def _headings_in_cells(laid: LaidTable) -> Iterator[Line]:
    """The lines of rows above the header that hold a single text: a title set as a cell over the whole width."""
    for row in laid.rows[: laid.header.first_row] if laid.header else ():
        alone = sole_text(row)
        if alone and any(slot.begins for slot in row):
            yield from alone.lines
