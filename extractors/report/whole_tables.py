"""Tables that page ends broke in several are made one again: headers printed again are dropped, merged cells go on, and

a row that was broken in two is whole. Each line keeps its page and place.

A broken row shows it: every cell that goes on below was filled to the foot of the page, its last line to the edge of
its column, and what goes on bears no number, no list mark and no indicator of its own.
"""

from collections.abc import Callable, Sequence
from itertools import takewhile

from extractors.report.grid import EMPTY, Slot
from extractors.report.printed_lines import fills
from extractors.thai.enumeration import marker_at_head
from extractors.thai.text import fold, fold_digits
from schemas.document import Cell, Line, Table

LINES_OF_ROOM = 3.2
"""Line heights that may be left below a cell's text at a page end: padding and frame take up to half a line, and
browsers move two lines to the next page rather than leave one there."""
PITCHES_OF_ROOM = 2.3
"""The same in distances between lines, where these are wide: two lines, and padding."""
ALIKE = 0.6
MOST_HEAD_ROWS = 6
_SAME_COLUMN = 6.0
"""Points that a table's edges may differ by from one page to the next."""

BeginsRow = Callable[[str], bool]
"""Whether a cell's text alone tells that a row begins, such as an indicator's name."""


def whole_tables(tables: Sequence[Table], begins_row: BeginsRow) -> tuple[Table, ...]:
    """Tables with nothing between them, those of consecutive pages and the same columns as one."""
    whole: list[Table] = []
    for table in tables:
        if whole and _continues(whole[-1], table):
            whole[-1] = _joined(whole[-1], table, begins_row)
        else:
            whole.append(table)
    return tuple(whole)


def _continues(before: Table, table: Table) -> bool:
    """Whether a table stands on the next page in the same columns as the one before."""
    if before.page is None or table.page is None or before.columns != table.columns or not before.rows:
        return False
    if _last_page(before) + 1 != table.page or before.box is None or table.box is None:
        return False
    return abs(before.box.x0 - table.box.x0) < _SAME_COLUMN and abs(before.box.x1 - table.box.x1) < _SAME_COLUMN


def _last_page(table: Table) -> int:
    return max((line.page or 0 for cell in table.cells for line in cell.lines), default=table.page or 0)


def _joined(before: Table, table: Table, begins_row: BeginsRow) -> Table:
    first = _repeated_rows(before, table)
    if first == table.rows:
        return before
    last, row = _row(before, before.rows - 1), _row(table, first)
    broken = _is_broken(last, row, begins_row)
    pairs = [(above, slot) for above, slot in zip(last, row, strict=True) if slot.begins]
    rests = {
        id(above.cell): slot.cell
        for above, slot in pairs
        if slot.cell is not None and _goes_on(above, slot, broken, nothing_begins=not row[0].text)
    }
    goes_on = {id(cell) for cell in rests.values()}
    shift = before.rows - first - broken
    cells = [
        *(_extended(cell, rests.get(id(cell)), broken) for cell in before.cells),
        *(_moved(cell, shift, broken and cell.row == first) for cell in table.cells if _stays(cell, first, goes_on)),
    ]
    rows = shift + table.rows
    return before.model_copy(update={"rows": rows, "cells": tuple(cell for cell in cells if cell.row < rows)})


def _repeated_rows(before: Table, table: Table) -> int:
    """The rows at the head of a table that repeat those of the one before: its header."""
    rows = range(min(before.rows, table.rows, MOST_HEAD_ROWS))
    return sum(1 for _ in takewhile(lambda row: _repeats(_texts(before, row), _texts(table, row)), rows))


def _texts(table: Table, row: int) -> tuple[str, ...]:
    return tuple(fold(slot.text) for slot in _row(table, row))


def _row(table: Table, row: int) -> list[Slot]:
    """One row of a table as slots; a table of many pages is not laid out as a whole for each page's rows."""
    slots = [EMPTY] * table.columns
    for cell in table.cells:
        if cell.row <= row < cell.row + cell.row_span:
            for column in range(cell.column, min(cell.column + cell.column_span, table.columns)):
                slots[column] = Slot(cell, row == cell.row and column == cell.column)
    return slots


def _repeats(first: tuple[str, ...], again: tuple[str, ...]) -> bool:
    """Whether most cells of a row read as those of another; narrow headings break differently from page to page."""
    filled = [(one, other) for one, other in zip(first, again, strict=True) if one or other]
    return bool(filled) and sum(one == other for one, other in filled) > ALIKE * len(filled)


def _is_broken(last: Sequence[Slot], row: Sequence[Slot], begins_row: BeginsRow) -> bool:
    """Whether a page's first row is the rest of the last row of the page before."""
    pairs = [(above, slot) for above, slot in zip(last, row, strict=True) if slot.begins and slot.text]
    if any(_begins_anew(above.text, slot.text, begins_row) for above, slot in pairs):
        return False
    rests = [_was_cut(above) for above, slot in pairs if above.text and marker_at_head(slot.text) is None]
    items = [_reaches_foot(above) for above, slot in pairs if above.text and marker_at_head(slot.text) is not None]
    return bool(rests) and all((*rests, *items))


def _begins_anew(above: str, text: str, begins_row: BeginsRow) -> bool:
    """Whether a cell is a number or a name of its own, and no rest of the one above («ม.ค. / ๒๕๖๖»)."""
    if _is_number(text):
        return not above or _is_number(above)
    return begins_row(text) and (not above or begins_row(above))


def _goes_on(above: Slot, slot: Slot, broken: bool, nothing_begins: bool) -> bool:
    """Whether a cell at the head of a page is the rest of the one above: of a broken row, or of a merged cell.

    A blank cell is the rest of a merged one where one of the two spans rows, and the row begins with a blank, too.
    """
    if above.cell is None or slot.cell is None or above.cell.column != slot.cell.column:
        return False
    if above.cell.column_span != slot.cell.column_span:
        return False
    merged = above.cell.row_span > 1 or slot.cell.row_span > 1
    return broken or (merged and not slot.text and nothing_begins)


def _extended(cell: Cell, rest: Cell | None, broken: bool) -> Cell:
    """The cell with its rest on the next page; a broken row is one row."""
    if rest is None:
        return cell
    rows = cell.row_span + rest.row_span - broken
    return cell.model_copy(update={"lines": (*cell.lines, *rest.lines), "row_span": rows})


def _stays(cell: Cell, first: int, goes_on: set[int]) -> bool:
    """Whether a cell of the later table is none of the header's and no rest of a cell above."""
    return cell.row >= first and id(cell) not in goes_on


def _moved(cell: Cell, shift: int, in_broken_row: bool) -> Cell:
    """A cell in its row of the whole table; what is left of one in a broken row stands over the rows below."""
    if in_broken_row:
        return cell.model_copy(update={"row": cell.row + shift + 1, "row_span": max(1, cell.row_span - 1)})
    return cell.model_copy(update={"row": cell.row + shift})


def _is_number(text: str) -> bool:
    return fold_digits(text).strip(" .)").replace(".", "").isdigit()


def _was_cut(slot: Slot) -> bool:
    """Whether a cell's text ran into the foot of its page and the edge of its column."""
    return _reaches_foot(slot) and slot.cell is not None and fills(slot.lines[-1], slot.cell.box)


def _reaches_foot(slot: Slot) -> bool:
    last = slot.lines[-1] if slot.lines else None
    if last is None or last.box is None or slot.cell is None or slot.cell.box is None:
        return False
    if last.page != slot.lines[0].page:  # the cell's box is that of its first page
        return True
    height = last.box.bottom - last.box.top
    room = max(LINES_OF_ROOM * height, PITCHES_OF_ROOM * _pitch(slot.lines))
    return slot.cell.box.bottom - last.box.bottom < room


def _pitch(lines: Sequence[Line]) -> float:
    """Points from the top of a cell's last line but one to that of its last."""
    tops = [line.box.top for line in lines[-2:] if line.box is not None]
    return tops[1] - tops[0] if len(tops) == 2 else 0.0
