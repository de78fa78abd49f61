"""What is marked on a page: its lines and tables, and the records whose evidence stands on it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from extractors.thai.text import fold, normalise
from pipeline.look.rendering import Letter
from schemas.document import Box, Line, Page, Table
from schemas.report import Evidence, Report

Kind = Literal["line", "repaired", "furniture", "table", "note", "report", "indicator", "measure", "action"]

_SPLIT_AM, _AM = "\u0e4d\u0e32", "\u0e33"
_SLACK = 1.0
"""Points by which a letter may stand beside the box of its line: boxes are told in tenths."""
_TELLING = 8
"""Letters at the end of a line that tell whether it is of a text; list marks stand at its head."""


class Mark(NamedTuple):
    """A box on the page, in points from its top left; the label is a record's number."""

    kind: Kind
    box: Box
    label: str = ""


def marks_of(page: Page, report: Report, letters: Sequence[Letter]) -> tuple[Mark, ...]:
    """All marks of a page, in the order in which they are drawn, one over the other.

    `letters` are those of the file's text layer: a line that has others was put right.
    """
    on_page = [
        Letter(letter.text, letter.x * (page.width or 0), letter.y * (page.height or 0))
        for letter in letters
        if not letter.text.isspace()
    ]
    return (*_text_marks(page, on_page), *_record_marks(page.number, report))


def differs(line: Line, letters: Sequence[Letter]) -> bool:
    """Whether the text layer has other letters where the line stands; their order and blanks aside.

    `letters` have their places in points, and no blanks are among them.
    """
    box = line.box
    if box is None:
        return False
    stated = [
        letter.text
        for letter in letters
        if box.top <= letter.y <= box.bottom and box.x0 - _SLACK <= letter.x <= box.x1 + _SLACK
    ]
    return _counted(normalise("".join(stated))) != _counted(line.text)


def _counted(text: str) -> Counter[str]:
    return Counter(character for character in text.replace(_AM, _SPLIT_AM) if not character.isspace())


def _text_marks(page: Page, letters: Sequence[Letter]) -> Iterator[Mark]:
    for number, table in enumerate((block for block in page.blocks if isinstance(block, Table)), 1):
        yield from _table_marks(table, f"T{number}")
    for line in _lines(page):
        if line.box is not None:
            kind: Kind = "furniture" if line.furniture else "repaired" if differs(line, letters) else "line"
            yield Mark(kind, line.box)


def _table_marks(table: Table, label: str) -> Iterator[Mark]:
    boxes = [cell.box for cell in table.cells if cell.box is not None]
    for box in boxes:
        yield Mark("table", box)
    if table.box is not None:
        yield Mark("table", table.box, label)


def _lines(page: Page) -> Iterator[Line]:
    for block in page.blocks:
        if isinstance(block, Line):
            yield block
        else:
            yield from (line for cell in block.cells for line in cell.lines)


def _record_marks(page: int, report: Report) -> Iterator[Mark]:
    """The records that stand on the page, each with its number, or its place where none is printed («#3»)."""
    for note in report.notes:
        if note.code == "text-unassigned":
            yield from _marks("note", page, note.evidence)
    yield from _marks("report", page, report.evidence)
    if report.assessment:
        yield from _marks("report", page, report.assessment.evidence)
        for indicator in report.assessment.indicators:
            yield from _marks("indicator", page, indicator.evidence, _number(indicator.number), indicator.name)
    for place, measure in enumerate(report.measures, 1):
        number = f"{_number(measure.indicator_number)}/{_number(measure.number, place)}"
        yield from _marks("measure", page, measure.evidence, number, measure.text)
        for among, action in enumerate(measure.actions, 1):
            label = f"{number}/{_number(action.number, among)}"
            yield from _marks("action", page, action.evidence, label, action.text)


def _number(printed: int | str | None, place: int | None = None) -> str:
    if printed is not None:
        return str(printed)
    return "-" if place is None else f"#{place}"


def _marks(kind: Kind, page: int, evidence: Sequence[Evidence], label: str = "", text: str = "") -> Iterator[Mark]:
    """A mark for each block of a record's lines on the page.

    The one with the record's own `text` bears the label: a measure's evidence begins with its indicator's name.
    """
    places = [place for place in evidence if place.page == page and place.x0 is not None]
    own = [place for place in evidence if fold(place.text)[-_TELLING:] in fold(text)] or places
    labelled = next((_box(place) for place in places if place in own), None)
    for block in _blocks([_box(place) for place in places]):
        has_label = labelled is not None and _holds(block, labelled)
        yield Mark(kind, block, label if has_label else "")
        labelled = None if has_label else labelled


def _holds(block: Box, box: Box) -> bool:
    return block.x0 <= box.x0 and box.x1 <= block.x1 and block.top <= box.top and box.bottom <= block.bottom


def _box(place: Evidence) -> Box:
    return Box(x0=place.x0 or 0, top=place.top or 0, x1=place.x1 or 0, bottom=place.bottom or 0)


def _blocks(boxes: Sequence[Box]) -> Iterator[Box]:
    """The boxes of lines that follow one below the other as one."""
    block: Box | None = None
    for box in boxes:
        if block is not None and _goes_on(block, box):
            block = _around(block, box)
            continue
        if block is not None:
            yield block
        block = box
    if block is not None:
        yield block


def _goes_on(block: Box, box: Box) -> bool:
    height = box.bottom - box.top
    beside = box.x0 < block.x1 and block.x0 < box.x1
    return beside and block.top <= box.top <= block.bottom + height


def _around(one: Box, other: Box) -> Box:
    return Box(
        x0=min(one.x0, other.x0),
        top=min(one.top, other.top),
        x1=max(one.x1, other.x1),
        bottom=max(one.bottom, other.bottom),
    )
