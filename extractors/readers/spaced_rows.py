"""The rows of a table that is laid out with blanks, and the lines of their cells."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.readers.markup import cell_lines
from extractors.readers.spaced_columns import Segment
from extractors.thai.enumeration import marker_at_head
from schemas.document import Line

_RUNNING_NUMBER = re.compile(r"\(?[0-9๐-๙]{1,3}[.)]?")
# Not ๆ and ฯ at the end: a blank follows them in print.
_THAI_BEFORE = re.compile(r"[ก-ฮะ-ฺเ-ๅ็-๎]$")
_THAI_AFTER = re.compile(r"[ก-ฮฯะ-ฺเ-ๆ็-๎]")


@dataclass(frozen=True)
class RowLine:
    """A printed line of a table: its index in the text, its text by column, and whether it is below a blank line."""

    index: int
    cells: tuple[Segment | None, ...]
    after_blank: bool

    @property
    def filled(self) -> tuple[int, ...]:
        """The columns in which the line prints something."""
        return tuple(column for column, cell in enumerate(self.cells) if cell is not None)


Row = tuple[RowLine, ...]


def rows_of(lines: Sequence[RowLine], header_height: int = 0) -> list[Row]:
    """The printed lines as rows; the first `header_height` lines are the header."""
    body = lines[header_height:]
    starts = [header_height + index for index, begins in enumerate(_row_starts(body)) if begins]
    if header_height:
        starts.insert(0, 0)
    ends = [*starts[1:], len(lines)]
    return [tuple(lines[start:end]) for start, end in zip(starts, ends, strict=True)]


def header_height(lines: Sequence[RowLine]) -> int:
    """How many printed lines the header has: it ends at a blank line, a list mark or a text in the first column.

    The first row fills the first column, as nothing is above it with which its cell could be merged.
    """
    for height, line in enumerate(lines[1:], start=1):
        if line.after_blank or line.cells[0] is not None or any(map(_is_marked, line.cells)):
            return height
    return len(lines)


def row_cells(row: Row, widths: Sequence[int]) -> list[tuple[Line, ...]]:
    """The row's cells, in columns of these widths; a Thai word that the end of a column broke is put together again."""
    columns = zip(*(line.cells for line in row), strict=True)
    return [tuple(_cell_lines(column, width)) for column, width in zip(columns, widths, strict=True)]


def column_widths(lines: Sequence[RowLine]) -> list[int]:
    """The longest text of each column, in print positions."""
    columns = zip(*(line.cells for line in lines), strict=True)
    return [max((cell.end - cell.start for cell in column if cell), default=0) for column in columns]


def first_cells(row: Row) -> tuple[Segment | None, ...]:
    """The uppermost text in each column of the row."""
    columns = zip(*(line.cells for line in row), strict=True)
    return tuple(next((cell for cell in column if cell is not None), None) for column in columns)


def is_one_column(lines: Iterable[RowLine]) -> bool:
    """Whether the lines print something in one column alone."""
    return len({column for line in lines for column in line.filled}) == 1


def begins_list_item(line: RowLine) -> bool:
    """Whether the line's first text, outside the first column, has a list mark."""
    return line.cells[0] is None and _is_marked(line.cells[line.filled[0]])


def _row_starts(lines: Sequence[RowLine]) -> Iterator[bool]:
    counted = bool(lines) and _is_counted(lines[0])
    unwrapped = not counted and _is_unwrapped(lines)
    for index, line in enumerate(lines):
        if index == 0 or unwrapped:
            yield True
        elif line.after_blank:
            yield _begins_after_blank(line)
        else:
            yield _begins_below(line, lines[index - 1], counted)


def _begins_after_blank(line: RowLine) -> bool:
    """A blank line parts rows, unless one cell goes on below it."""
    return len(line.filled) > 1 or line.cells[0] is not None or begins_list_item(line)


def _begins_below(line: RowLine, before: RowLine, counted: bool) -> bool:
    """Without a blank line a row begins where no cell can be going on from the line above.

    Cells are printed from the top of their row, without gaps. So a first column that fills again after a blank place
    begins a row (with running numbers, each number does), and so does a line whose every cell stands below a blank
    place or has a list number. One cell alone may always be the next item in its list, and so may bullets be.
    """
    if counted and line.cells[0] is not None:
        return _is_counted(line)
    if len(line.filled) < 2:
        return False
    if line.cells[0] is not None and before.cells[0] is None:
        return True
    return all(before.cells[column] is None or _is_numbered(line.cells[column]) for column in line.filled)


def _is_unwrapped(lines: Sequence[RowLine]) -> bool:
    """Whether each line is a row of its own: no blank lines, and hardly a blank place."""
    full = sum(len(line.filled) == len(line.cells) for line in lines)
    parted = any(line.after_blank for line in lines[1:])
    return not parted and all(line.cells[0] for line in lines) and 4 * full >= 3 * len(lines)


def _is_counted(line: RowLine) -> bool:
    first = line.cells[0]
    return first is not None and (_RUNNING_NUMBER.fullmatch(first.text) is not None or _is_numbered(first))


def _is_numbered(cell: Segment | None) -> bool:
    marker = marker_at_head(cell.text) if cell else None
    return marker is not None and marker.number is not None


def _is_marked(cell: Segment | None) -> bool:
    return cell is not None and marker_at_head(cell.text) is not None


def _cell_lines(cells: Sequence[Segment | None], width: int) -> Iterator[Line]:
    printed = [cell for cell in cells if cell is not None]
    text = printed[0].text if printed else ""
    for before, cell in pairwise(printed):
        text += cell.text if _goes_on(before, cell, width) else "\n" + cell.text
    yield from cell_lines(text)


def _goes_on(before: Segment, cell: Segment, width: int) -> bool:
    """Whether a line end stands inside Thai text, in which a blank would be wrong.

    A line that would have fitted behind the one above, in the width of the column, was put below it by its writer.
    """
    if not _THAI_BEFORE.search(before.text) or not _THAI_AFTER.match(cell.text) or _is_marked(cell):
        return False
    return before.end - before.start + cell.end - cell.start >= width


def stands_alone(line: RowLine, before: RowLine) -> bool:
    """Whether the line has one text that goes on with no cell: a page number, the running head, a signature."""
    return len(line.filled) == 1 and (line.after_blank or before.cells[line.filled[0]] is None)


def without_tail(lines: list[RowLine]) -> list[RowLine]:
    """The lines without paragraphs below the table that keep to one column: a remark, a signature."""
    end = len(lines)
    while end:
        start = next(index for index in range(end - 1, -1, -1) if index == 0 or lines[index].after_blank)
        if start == 0 or not is_one_column(lines[start:end]) or begins_list_item(lines[start]):
            break
        end = start
    return lines[:end]


def is_table(rows: Sequence[Row]) -> bool:
    """A header and at least two rows, and in each column but the first two cells and more (the first may be merged)."""
    if len(rows) < 3:
        return False
    used = [{column for line in row for column in line.filled} for row in rows[1:]]
    return any(0 in row for row in used) and all(
        sum(column in row for row in used) >= 2 for column in range(1, len(rows[0][0].cells))
    )
