"""The text of a document by lines, for checks that look beside the records.

On pages, printed lines are joined to paragraphs as extraction joins them, and what stands at one place on several pages
is left out; where a line stands is told by the report, which quotes every line that it rests on or leaves over.
"""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.report.paragraphs import paragraphs
from pipeline.checks.case import TextLine
from schemas.document import Box, Line
from schemas.reference import Reference
from schemas.report import Evidence, Report

_NUMBERS = re.compile(r"[\s0-9๐-๙]+")

Place = tuple[int | None, str]


@dataclass(frozen=True)
class PlainPage:
    """One page of a document as text; the cells of a table row are joined by tabs."""

    number: int
    text: str
    is_printed: bool


def text_lines(pages: Iterable[PlainPage], report: Report, facts: Reference) -> tuple[TextLine, ...]:
    """The text of all pages in reading order: paragraphs of printed pages, else the lines as they were read."""
    boxes = _boxes(report)
    lines = [line for page in pages for line in _lines(page, boxes)]
    heads = _running_heads(lines)
    kept = [line for line in lines if _at_its_height(line) not in heads]
    return tuple(_numbered(_joined(kept, facts)))


def _lines(page: PlainPage, boxes: Mapping[Place, Sequence[Box]]) -> Iterator[Line]:
    seen: Counter[str] = Counter()
    for number, text in enumerate(page.text.split("\n"), 1):
        if not page.is_printed:
            yield Line(text=text, number=number)
            continue
        known = boxes.get((page.number, text.strip()), ())
        box = known[min(seen[text], len(known) - 1)] if known else None
        seen[text] += 1
        yield Line(text=text, page=page.number, box=box)


def _boxes(report: Report) -> Mapping[Place, Sequence[Box]]:
    """Where each line stands that the report quotes: those printed alike on one page from top to bottom."""
    boxes: defaultdict[Place, dict[Box, None]] = defaultdict(dict)
    for each in _quoted(report):
        if each.x0 is not None and each.top is not None and each.x1 is not None and each.bottom is not None:
            box = Box(x0=each.x0, top=each.top, x1=each.x1, bottom=each.bottom)
            boxes[each.page, each.text.strip()][box] = None
    return {place: sorted(found, key=lambda box: box.top) for place, found in boxes.items()}


def _quoted(report: Report) -> Iterator[Evidence]:
    yield from report.evidence
    if report.assessment:
        yield from report.assessment.evidence
        yield from (place for indicator in report.assessment.indicators for place in indicator.evidence)
    for measure in report.measures:
        yield from measure.evidence
        yield from (place for action in measure.actions for place in action.evidence)
    yield from (place for note in report.notes for place in note.evidence)


def _running_heads(lines: Sequence[Line]) -> frozenset[tuple[str, int]]:
    """What stands at one height on several pages, numbers apart."""
    pages: defaultdict[tuple[str, int], set[int | None]] = defaultdict(set)
    for line in lines:
        place = _at_its_height(line)
        if place is not None:
            pages[place].add(line.page)
    return frozenset(place for place, found in pages.items() if len(found) > 1)


def _at_its_height(line: Line) -> tuple[str, int] | None:
    return (_NUMBERS.sub("", line.text), round(line.box.top)) if line.box else None


def _joined(lines: Sequence[Line], facts: Reference) -> Iterator[Line]:
    """Printed lines as paragraphs; the rows of a table stay, and part what stands before and behind."""
    for is_row, group in itertools.groupby(lines, lambda line: line.page is None or "\t" in line.text):
        alike = list(group)
        yield from alike if is_row else (line for line in paragraphs(alike, facts) if isinstance(line, Line))


def _numbered(lines: Iterable[Line]) -> Iterator[TextLine]:
    for number, line in enumerate(lines, 1):
        yield TextLine(
            page=line.page,
            number=line.number or number,
            text=line.text,
            evidence=tuple(_evidence(part) for part in line.parts or (line,)),
        )


def _evidence(line: Line) -> Evidence:
    if line.page is None:
        return Evidence(line=line.number, text=line.text)
    box = line.box
    if box is None:
        return Evidence(page=line.page, text=line.text)
    return Evidence(page=line.page, x0=box.x0, top=box.top, x1=box.x1, bottom=box.bottom, text=line.text)
