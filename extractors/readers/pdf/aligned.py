"""Tables without rules: text that stands in columns below a line of headings.

The places of the text alone say that it is a table, so the evidence has to be as strong as for plain text laid out with
blanks, by whose judgement it is weighed here: three headings and more, at least two rows below, each column used by two
rows, and cells that stand one below the other (see `spaced_tables`). On pages, boxes of text and lists of persons look
the same: so headings differ, are no cells' text, and no line runs down beside them.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from extractors.readers.pdf.content import Rule
from extractors.readers.pdf.grid import Grid, GridCell
from extractors.readers.pdf.lines import PrintedLine
from extractors.readers.spaced_columns import RULERS, Segment, is_header, printed_line, stand_in_columns
from extractors.readers.spaced_rows import (
    Row,
    RowLine,
    first_cells,
    header_height,
    is_table,
    rows_of,
    stands_alone,
    without_tail,
)

_UNIT = 3.0
"""Points to one of the print positions in which plain text is measured: cells may stand one position apart."""
_WINDOW = 60
"""Lines below a header by which its columns are found."""
_BLANK = 0.7
"""Of a line's height: a gap below the line above that is a blank line's; leading leaves 0.1 to 0.4."""
_LONGEST_GAP = 4.0
"""Line heights between two lines of a table; more end it."""
_OVERLAP = 2.0
"""Points that text may reach over the side of its column."""
_ALIGNED = 0.6
"""Share of each column's cells that stand at one place."""
_LEAST_BORDER = 60.0
"""Points; shorter rules are underlines of words."""
_LISTED = re.compile(r"[0-9๐-๙]+[.)]?[0-9๐-๙]*[.)]?\s")
_BLANKS = re.compile(r"\s+")


class Piece(NamedTuple):
    """Text of a line without a wide gap in it."""

    text: str
    x0: float
    x1: float


class TextLine(NamedTuple):
    """A printed line as its pieces from left to right; edges in points from the page's top."""

    top: float
    bottom: float
    pieces: tuple[Piece, ...]


def text_line(line: PrintedLine) -> TextLine:
    """A printed line as pieces; runs of glyphs end at gaps that are wider than between words."""
    pieces = (
        Piece(_BLANKS.sub(" ", "".join(glyph.text for glyph in run.glyphs)).strip(), run.x0, run.x1)
        for run in line.runs
    )
    return TextLine(line.place.top, line.place.bottom, tuple(piece for piece in pieces if piece.text))


def aligned_grids(lines: Sequence[TextLine], rules: Sequence[Rule]) -> tuple[Grid, ...]:
    """The tables without rules among upright lines from the top of a page (those outside of ruled tables).

    `rules` are the page's: horizontal ones may part rows, vertical ones tell boxes. Each grid is made of cells of one
    row and one column; a blank cell below another may be part of it.
    """
    borders = sorted(rule.top for rule in rules if rule.is_horizontal and rule.x1 - rule.x0 >= _LEAST_BORDER)
    grids: list[Grid] = []
    index = 0
    while index < len(lines):
        found = _table_at(lines, index, borders)
        if found is None or _is_boxed(found[0], rules):
            index += 1
            continue
        grid, index = found
        grids.append(grid)
    return tuple(grids)


def _is_boxed(grid: Grid, rules: Sequence[Rule]) -> bool:
    """Whether a line or the side of a filled area runs down within the grid, over half its height."""
    return any(
        grid.x0 < rule.x0 < grid.x1
        and 2 * (min(rule.bottom, grid.bottom) - max(rule.top, grid.top)) > grid.bottom - grid.top
        for rule in rules
        if not rule.is_horizontal
    )


def _table_at(lines: Sequence[TextLine], index: int, borders: Sequence[float]) -> tuple[Grid, int] | None:
    """The table whose header is the line, if the lines below are its rows, and the index of the line after it."""
    header = lines[index]
    if not _is_header(header):
        return None
    sides = _sides(header, lines[index + 1 : index + 1 + _WINDOW])
    taken = _taken(lines, index, sides, borders)
    if len(taken) < 3 or _are_crowded(lines, taken):
        return None
    height = header_height(taken)
    rows = rows_of(taken, height)
    if not is_table(rows) or _is_repeated(rows) or stand_in_columns([first_cells(row) for row in rows[1:]]) < _ALIGNED:
        return None
    return _grid(lines, rows, sides), taken[-1].index + 1


def _is_header(line: TextLine) -> bool:
    texts = [piece.text for piece in line.pieces]
    if len(set(texts)) < len(texts) or any(map(_LISTED.match, texts)):
        return False
    return is_header(printed_line("  ".join(texts), RULERS[0]))


def _sides(header: TextLine, below: Sequence[TextLine]) -> list[float]:
    """The places that part the columns: in the gap between two headings, where the fewest lines below have text."""
    pieces = [piece for line in below for piece in line.pieces]
    return [_parting(before.x1, after.x0, pieces) for before, after in pairwise(header.pieces)]


def _parting(first: float, last: float, pieces: Sequence[Piece]) -> float:
    """The middle of the widest stretch between the places over which the fewest pieces stand."""
    edges = {edge for piece in pieces for edge in (piece.x0, piece.x1) if first < edge < last}
    ranked = [(_crossing((a + b) / 2, pieces), a - b, (a + b) / 2) for a, b in pairwise(sorted({first, last, *edges}))]
    return min(ranked)[2] if ranked else last


def _crossing(place: float, pieces: Sequence[Piece]) -> int:
    return sum(piece.x0 < place < piece.x1 for piece in pieces)


def _taken(lines: Sequence[TextLine], start: int, sides: Sequence[float], borders: Sequence[float]) -> list[RowLine]:
    """The lines of the table whose header stands at `start`, up to what is no part of it."""
    taken: list[RowLine] = []
    for index in range(start, len(lines)):
        line, before = lines[index], lines[index - 1]
        cells = _cells(line, sides)
        if cells is None:
            break
        gap, height = (line.top - before.bottom, line.bottom - line.top) if taken else (0.0, 1.0)
        ruled = bool(taken) and _is_ruled(before, line, borders)
        if gap > _LONGEST_GAP * height:
            break
        row_line = RowLine(index, cells, after_blank=ruled or gap > _BLANK * height)
        if taken and not ruled and not _is_aligned(row_line, taken) and stands_alone(row_line, taken[-1]):
            break
        taken.append(row_line)
    return without_tail(taken)


def _cells(line: TextLine, sides: Sequence[float]) -> tuple[Segment | None, ...] | None:
    """What the line prints in each column; None where its text does not keep to the columns."""
    cells: list[Segment | None] = [None] * (len(sides) + 1)
    for piece in line.pieces:
        column = bisect_right(sides, piece.x0 + _OVERLAP)
        if column < len(sides) and piece.x1 > sides[column] + _OVERLAP:
            return None
        before = cells[column]
        text = f"{before.text} {piece.text}" if before else piece.text
        start = before.start if before else round(piece.x0 / _UNIT)
        cells[column] = Segment(text, start, round(piece.x1 / _UNIT), 0, len(text))
    return tuple(cells)


def _are_crowded(lines: Sequence[TextLine], taken: Sequence[RowLine]) -> bool:
    """Whether more than a few lines have two pieces in one column: then the headings are not those of the columns."""
    crowded = sum(len(lines[line.index].pieces) > len(line.filled) for line in taken)
    return 5 * crowded > len(taken)


def _is_ruled(before: TextLine, line: TextLine, borders: Sequence[float]) -> bool:
    """Whether a rule runs between two lines; boxes of lines overlap a little."""
    low = (before.top + before.bottom) / 2
    high = (line.top + line.bottom) / 2
    return bisect_left(borders, low) < bisect_left(borders, high)


def _is_aligned(line: RowLine, taken: Sequence[RowLine]) -> bool:
    """Whether each text of the line begins where one above it in its column does."""
    return all(
        cell is None or any(abs(above.start - cell.start) <= 1 for row in taken if (above := row.cells[column]))
        for column, cell in enumerate(line.cells)
    )


def _is_repeated(rows: Sequence[Row]) -> bool:
    """Whether a heading stands below itself as a cell, as in a list of persons («กรรมการ», line by line)."""
    headings = first_cells(rows[0])
    return any(
        cell is not None and heading is not None and cell.text == heading.text
        for row in rows[1:]
        for cell, heading in zip(first_cells(row), headings, strict=True)
    )


def _grid(lines: Sequence[TextLine], rows: Sequence[Row], sides: Sequence[float]) -> Grid:
    own = [lines[line.index] for row in rows for line in row]
    x0, x1 = min(line.pieces[0].x0 for line in own), max(line.pieces[-1].x1 for line in own)
    xs = (x0 - _OVERLAP, *sides, x1 + _OVERLAP)
    parted = tuple((lines[a[-1].index].bottom + lines[b[0].index].top) / 2 for a, b in pairwise(rows))
    ys = (own[0].top, *parted, own[-1].bottom)
    return _plain_grid(xs, ys)


def _plain_grid(xs: tuple[float, ...], ys: tuple[float, ...]) -> Grid:
    """The grid with a cell for each row and column."""
    cells = tuple(
        GridCell(row, column, 1, 1, x0, top, x1, bottom)
        for row, (top, bottom) in enumerate(pairwise(ys))
        for column, (x0, x1) in enumerate(pairwise(xs))
    )
    rows, columns = len(ys) - 1, len(xs) - 1
    return Grid(xs[0], ys[0], xs[-1], ys[-1], rows, columns, cells, ys, xs, tuple(range(rows * columns)))
