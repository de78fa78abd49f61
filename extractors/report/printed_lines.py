"""Printed lines with places to paragraphs: which line goes on with the one above, told by where they stand.

A line that ended before the next one's first word would have found no room goes on; one that left room for it was ended
by its writer. A paragraph keeps the printed lines that it was joined from, so that evidence points to each of them.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache

from extractors.thai.enumeration import goes_on, marker_at_head
from extractors.thai.known_words import thai_tokens
from extractors.thai.text import fold_digits, normalise
from schemas.calendar import load_calendar
from schemas.document import Box, Cell, Line, Table

SPARE = 0.6
"""Line heights that a line may leave beyond the width of the next one's first word, for programs break lines at their
own words."""
ROOM_FOR_LONG_WORD = 5.0
"""Line heights that a line in a cell may leave though it goes on: words of ten letters, of half a line height each."""
SHORTEST_WORD = 2.0
"""Line heights that a first word takes at least: programs keep short words together («ใน|การ»)."""
_CUT = 24
"""Letters of a line in which its first word is looked for."""
_NEAR = 40
"""Lines above in which the marks of a list in running text are looked for."""
_INDENTED = 0.8
"""Line heights to the right of the line above: a paragraph's first line."""
_LINE_PITCH = 2.2
_THAI = re.compile(r"[ก-๎]")
_THAI_HEAD = re.compile(r"[ก-๎]+")
_FIGURE = re.compile(r"[0-9๐-๙][0-9๐-๙,.]*|[.,][0-9๐-๙]+")
_DASH = re.compile(r"[-–]\s*")
_BULLET = re.compile(r"[•●○▪■□☐☑✓➢*]\s*\S")

Begins = Callable[[Sequence[Line], Line], bool]
"""Whether a line begins something by its words and type, given the lines above it, the one right above last."""


def joined_cells(table: Table) -> Table:
    """The table with the wrapped lines of each cell joined."""
    if all(len(cell.lines) < 2 or cell.box is None for cell in table.cells):
        return table
    return table.model_copy(update={"cells": tuple(_joined_cell(cell) for cell in table.cells)})


def joined_lines(lines: Sequence[Line], begins: Begins) -> list[Line]:
    """Lines of running text, page after page, with those that go on joined."""
    edges = _edges(lines)
    joined: list[Line] = []
    for place, line in enumerate(lines):
        if joined and _goes_on(lines[place - 1], line, edges) and not begins(lines[:place], line):
            joined[-1] = join(joined[-1], line)
        else:
            joined.append(line)
    return joined


def join(before: Line, line: Line) -> Line:
    """One paragraph of two lines: no blank between Thai letters, where the line may have ended inside a word.

    Nor within a figure that is broken in a narrow column («๗ / ๖.๒๘»).
    """
    glued = _THAI.match(before.text.rstrip()[-1:]) and _THAI.match(line.text.strip()[:1])
    glued = glued or (_FIGURE.fullmatch(before.text.strip()) and _FIGURE.fullmatch(line.text.strip()))
    text = normalise(before.text.rstrip() + ("" if glued else " ") + line.text.strip())
    return before.model_copy(update={"text": text, "parts": (*(before.parts or (before,)), line)})


def begins_item(above: Sequence[Line], line: Line) -> bool:
    """Whether a line below a full one begins with a list mark, and not with what only looks like one.

    No mark: a dash where none was a mark so far, or between two dates («เมษายน / – มิถุนายน»); a number that neither
    begins a list nor goes on with one above, such as a figure («ร้อยละ / 6.5») or an abbreviation's end («อบ / ต. …»).
    """
    marker = marker_at_head(line.text)
    if marker is None:
        return _BULLET.match(line.text) is not None
    dash = _DASH.match(line.text)
    if dash:
        return _lists_dashes(above) and not _is_date_range(above[-1].text, line.text[dash.end() :])
    if marker.number is None or _is_first(marker.number):
        return True
    numbers = [mark.number for other in above[-_NEAR:] if (mark := marker_at_head(other.text)) is not None]
    return any(goes_on(marker.number, number) or number == marker.number.rpartition(".")[0] for number in numbers)


def _room_is_left(line: Line, room: float, following: Line) -> bool:
    """Whether the first word of the following line would have fit on a line that leaves `room` points."""
    return room > _first_word_width(line, following) + SPARE * _height(line)


def fills(line: Line, cell: Box | None) -> bool:
    """Whether a line leaves no room for a long word in its cell; centred text has half of its room on either side.

    Columns are narrow and lists rare there, so the longest word decides and not the one that follows.
    """
    if line.box is None or cell is None:
        return False
    return (cell.x1 - cell.x0) - (line.box.x1 - line.box.x0) < ROOM_FOR_LONG_WORD * _height(line)


def _joined_cell(cell: Cell) -> Cell:
    if len(cell.lines) < 2 or cell.box is None:
        return cell
    joined: list[Line] = []
    for place, line in enumerate(cell.lines):
        before = cell.lines[place - 1]
        if joined and fills(before, cell.box) and not begins_item(cell.lines[:place], line):
            joined[-1] = join(joined[-1], line)
        else:
            joined.append(line)
    return cell.model_copy(update={"lines": tuple(joined)})


def _is_first(number: str) -> bool:
    """«1», «ก», «4.1»: a number that a list begins with."""
    return number.rpartition(".")[2] in ("1", "ก", "a", "A", "i")


def _lists_dashes(above: Sequence[Line]) -> bool:
    """Whether dashes are list marks here: one stands at the head of a line above, or a list was announced."""
    announced = above[-1].text.rstrip().endswith((":", "ดังนี้", "ได้แก่", "คือ"))
    return announced or any(_DASH.match(line.text) for line in above[-_NEAR:])


def _is_date_range(before: str, after: str) -> bool:
    ends = _month_names()
    return (before.rstrip().endswith(ends) or fold_digits(before.rstrip()[-1:]).isdigit()) and (
        after.startswith(ends) or fold_digits(after[:1]).isdigit()
    )


@cache
def _month_names() -> tuple[str, ...]:
    return tuple(name for month in load_calendar().months for name in (month.name, month.abbreviation))


def _height(line: Line) -> float:
    return line.box.bottom - line.box.top if line.box else 0.0


def _first_word_width(line: Line, following: Line) -> float:
    """Points that the first word of a line would take in the line above."""
    if line.box is None:
        return 0.0
    letters = sum(map(_takes_room, line.text))
    word = sum(map(_takes_room, _first_word(following.text)))
    width = word * (line.box.x1 - line.box.x0) / max(letters, 1)
    return max(width, SHORTEST_WORD * _height(line))


def _first_word(text: str) -> str:
    thai = _THAI_HEAD.match(text)
    if thai is None:
        return text.split(" ", 1)[0][:_CUT]
    return thai_tokens(thai[0][:_CUT])[0]


def _takes_room(character: str) -> bool:
    """Marks above and below stand on other letters."""
    return not ("\u0e34" <= character <= "\u0e3a" or "\u0e47" <= character <= "\u0e4e" or character == "\u0e31")


def _edges(lines: Sequence[Line]) -> dict[int, Box]:
    """The box that the running text of each page fills."""
    edges: dict[int, Box] = {}
    for line in lines:
        if line.page is None or line.box is None:
            continue
        known = edges.get(line.page, line.box)
        edges[line.page] = Box(
            x0=min(known.x0, line.box.x0),
            top=min(known.top, line.box.top),
            x1=max(known.x1, line.box.x1),
            bottom=max(known.bottom, line.box.bottom),
        )
    return edges


def _goes_on(before: Line, line: Line, edges: dict[int, Box]) -> bool:
    """Whether a line of running text was ended by the edge, and the next one follows it."""
    if before.box is None or line.box is None or before.page is None or line.page is None:
        return False
    height = _height(before)
    if before.page == line.page and not 0 < line.box.top - before.box.top < _LINE_PITCH * height:
        return False
    start = before.box.x0 if before.page == line.page else edges[line.page].x0
    if line.box.x0 - start >= _INDENTED * height:
        return False
    return not _room_is_left(before, _room_at_end(before.box, edges[before.page], height), line)


def _room_at_end(line: Box, edges: Box, height: float) -> float:
    """Points to the right edge; of a centred line, on both sides."""
    left, right = line.x0 - edges.x0, edges.x1 - line.x1
    return left + right if abs(left - right) < height < right else right
