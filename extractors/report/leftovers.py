"""The text of a document that went to no record: each stretch becomes a note, none is dropped in silence."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby

from schemas.document import Document, Line, Table
from schemas.report import Evidence, Note, Report

# Shorter leftovers are list marks, dashes and page numbers: counted, not noted one by one.
SHORTEST_NOTE = 4

Place = tuple[int | None, int | None]


def letters(text: str) -> int:
    """Characters of a text, white space apart."""
    return sum(not character.isspace() for character in text)


def leftovers(document: Document, report: Report, structure: Iterable[Evidence]) -> tuple[tuple[Note, ...], int]:
    """Notes on what went to no record, and how many characters that is.

    `structure` is text that was understood and rightly goes to no record: column headings, section headings.
    """
    taken = _texts_by_place([*_evidence(report), *structure])
    notes, total = [], 0
    for lines in _rows(document):
        left = [(line, rest) for line in lines if (rest := _rest_of(line, taken[_place(line.page, line.number)]))]
        count = sum(letters(rest) for _, rest in left)
        total += count
        if count >= SHORTEST_NOTE:
            told = [(line, rest) for line, rest in left if letters(rest) >= SHORTEST_NOTE] or left
            where = tuple(dict.fromkeys(_where(line) for line, _ in told))
            text = " | ".join(rest for _, rest in told)
            notes.append(Note(code="text-unassigned", text=text, characters=count, evidence=where))
    return tuple(notes), total


def _where(line: Line) -> Evidence:
    return Evidence(page=line.page, line=line.number if line.page is None else None, text=line.text)


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


def _texts_by_place(evidence: Iterable[Evidence]) -> defaultdict[Place, Counter[str]]:
    places: defaultdict[Place, Counter[str]] = defaultdict(Counter)
    for item in evidence:
        places[_place(item.page, item.line)][item.text] += 1
    return places


def _rest_of(line: Line, taken: Counter[str]) -> str:
    """The line without the stretches that records quote."""
    rest = line.text
    for text in sorted((text for text in taken if text), key=len, reverse=True):
        if text in rest:
            rest = rest.replace(text, "\0")
    return " ".join(part for part in (part.strip() for part in rest.split("\0")) if part)
