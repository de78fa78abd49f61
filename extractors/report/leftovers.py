"""The text of a document that went to no record: each stretch becomes a note, none is dropped in silence."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from extractors.report.pieces import evidence_of, whole
from schemas.document import Document, Line, Table
from schemas.report import Evidence, Note, Report

# Shorter leftovers are list marks, dashes and page numbers: counted, not noted one by one.
SHORTEST_NOTE = 4

Place = tuple[int | None, int | None]


def letters(text: str) -> int:
    """Characters of a text, white space apart."""
    return sum(map(len, text.split()))


def leftovers(document: Document, report: Report, structure: Iterable[Evidence]) -> tuple[tuple[Note, ...], int]:
    """Notes on what went to no record, and how many characters that is.

    `structure` is text that was understood and rightly goes to no record: column headings, section headings. Headings
    that are printed again on further pages are none either, nor are running heads, feet and page numbers.
    """
    headings = tuple(structure)
    taken = _texts_by_place([*_evidence(report), *headings])
    repeated = {heading.text for heading in headings if heading.page is not None}
    notes, total = [], 0
    for lines in _rows(document):
        told = (line for line in lines if not line.furniture and line.text not in repeated)
        left = [(line, rest) for line in told if (rest := _rest_of(line, taken))]
        count = sum(letters(rest) for _, rest in left)
        total += count
        if count >= SHORTEST_NOTE:
            noted = [(line, rest) for line, rest in left if letters(rest) >= SHORTEST_NOTE] or left
            where = evidence_of(whole(line) for line, _ in noted)
            text = " | ".join(rest for _, rest in noted)
            notes.append(Note(code="text-unassigned", text=text, characters=count, evidence=where))
    return tuple(notes), total


def _rows(document: Document) -> Iterator[tuple[Line, ...]]:
    """The lines of the document, those of a table row together."""
    for block in document.blocks:
        if isinstance(block, Table):
            cells = sorted(block.cells, key=lambda cell: (cell.row, cell.column))
            for _, row in groupby(cells, key=lambda cell: cell.row):
                yield tuple(line for cell in row for line in cell.lines)
        else:
            yield (block,)


def _evidence(report: Report) -> Iterator[Evidence]:
    yield from report.evidence
    if report.assessment:
        yield from report.assessment.evidence
        for indicator in report.assessment.indicators:
            yield from indicator.evidence
    for agency in report.agencies:
        yield from agency.assessment.evidence
    for measure in report.measures:
        yield from measure.evidence
        for action in measure.actions:
            yield from action.evidence


def _place(page: int | None, line: int | None) -> Place:
    return (page, None) if page is not None else (None, line)


def _texts_by_place(evidence: Iterable[Evidence]) -> Mapping[Place, Sequence[str]]:
    """The texts that records quote, each once, the longest first."""
    places: defaultdict[Place, dict[str, None]] = defaultdict(dict)
    for item in evidence:
        if item.text:
            places[_place(item.page, item.line)][item.text] = None
    return {place: sorted(texts, key=len, reverse=True) for place, texts in places.items()}


def _rest_of(line: Line, taken: Mapping[Place, Sequence[str]]) -> str:
    """The line without the stretches that records quote."""
    rest = line.text
    for text in taken.get(_place(line.page, line.number), ()):
        if text in rest:
            rest = rest.replace(text, "\0")
    return " ".join(part for part in (part.strip() for part in rest.split("\0")) if part)
