"""Ruled tables: the grid that the rules of a page make, its cells and their spans, whatever stands in them.

Only rules are looked at. A table is a group of lines that touch; its rows and columns are the places of the lines, its
cells what the lines close in. Sides that no line closes are closed where the lines at right angles end: at a page's
end, where a row goes on without a rule (pdfplumber drops such rows in silence), and in tables without outer rules.
"""

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extractors.readers.pdf.content import Rule
from extractors.readers.pdf.grid_cells import Block, Walls, outside, regions_of
from extractors.readers.pdf.grid_joints import row_ends
from extractors.readers.pdf.grid_lines import (
    MAX_RULES,
    TOLERANCE,
    Lines,
    Span,
    joined,
    lines_of,
    touching,
    weighted_place,
    with_open_columns,
    without_loose_ends,
)
from extractors.readers.pdf.grid_shading import shaded_lines

MAX_SLOTS = 20_000
"""Rows times columns of one grid; squared paper and charts beyond are no tables. A dense Excel page has 750."""

_WIDEST_SNAP = 5.0
"""Points over which lines are one; a row of the smallest print (5 points) is 6 points high."""
_LEAST_OVERHANG = 6.0
"""Points by which at least two lines must reach over the last line at right angles to make a further row or column."""
_MOST_OUTSIDE = 0.3
"""Share of a table's area that lies open to the outside. Flow charts and organisation charts, boxes joined by
connectors, have 0.4 and more; of 400 tables in real reports none has 0.02."""
_NARROWEST, _LOWEST = 8.0, 6.0
"""Points of a column and a row on average; emblems drawn as paths have finer ones."""


class GridCell(NamedTuple):
    """One cell: its first row and column (0-based), spans, and edges in points from the page's top left."""

    row: int
    column: int
    row_span: int
    column_span: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one ruled table in the order of rows; together they cover it. Edges in points from the top left."""

    x0: float
    top: float
    x1: float
    bottom: float
    rows: int
    columns: int
    cells: tuple[GridCell, ...]
    row_edges: tuple[float, ...]
    column_edges: tuple[float, ...]
    owners: tuple[int, ...]
    """For each slot, row by row, the index in `cells` of the cell that covers it."""

    def cell_at(self, x: float, y: float) -> GridCell | None:
        """The cell over a point; None outside the grid. On an edge, the cell to the right of it or below it."""
        if not (self.x0 <= x <= self.x1 and self.top <= y <= self.bottom):
            return None
        column = min(bisect_right(self.column_edges, x) - 1, self.columns - 1)
        row = min(bisect_right(self.row_edges, y) - 1, self.rows - 1)
        return self.cells[self.owners[row * self.columns + column]]


class _Axis(NamedTuple):
    """The places of lines one way, from first to last, and whether no line but only a common end makes either."""

    places: list[float]
    first_is_end: bool
    last_is_end: bool


def grids_of(rules: Sequence[Rule], width: float, height: float) -> tuple[Grid, ...]:
    """The ruled tables of a page of that size (points), in reading order; one within another comes after it.

    A frame, and a column of boxes, is no table: it sets nothing beside something else.
    """
    if len(rules) > MAX_RULES:
        return ()
    drawn = [rule for rule in rules if rule.drawn]
    lines = lines_of([*drawn, *row_ends(drawn)], width, height)
    if any(not rule.drawn for rule in rules):
        shaded = shaded_lines(rules, lines)
        lines = joined(Lines(lines.across + shaded.across, lines.down + shaded.down))
    tables = with_open_columns([without_loose_ends(group) for group in touching(lines)], lines.down)
    grids = (_grid(table, width, height) for table in tables)
    return _in_reading_order(grid for grid in grids if grid is not None)


def _grid(lines: Lines, width: float, height: float) -> Grid | None:
    columns = _axis(lines.down, lines.across, width)
    rows = _axis(lines.across, lines.down, height)
    xs, ys = columns.places, rows.places
    if len(xs) < 3 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > MAX_SLOTS:
        return None
    if xs[-1] - xs[0] < _NARROWEST * (len(xs) - 1) or ys[-1] - ys[0] < _LOWEST * (len(ys) - 1):
        return None
    walls = Walls(_walls(lines.across, rows, xs), _walls(lines.down, columns, ys))
    regions = regions_of(walls)
    if _share(outside(regions, walls), xs, ys) > _MOST_OUTSIDE:
        return None
    return _grid_of_blocks(sorted(itertools.chain.from_iterable(regions)), xs, ys)


def _axis(lines: Sequence[Span], others: Sequence[Span], limit: float) -> _Axis:
    """The places of the lines that run one way, and of the common ends of those at right angles beyond them.

    An end at the page's own edge is no end of a row: Chromium draws the borders of a row that goes on up through the
    margin, where they are clipped.
    """
    places = _snapped(lines)
    if not places:
        return _Axis([], False, False)
    before = _common_end([other.start for other in others if 0 < other.start < places[0] - _LEAST_OVERHANG])
    after = _common_end([other.end for other in others if places[-1] + _LEAST_OVERHANG < other.end < limit])
    whole = [place for place in (before, *places, after) if place is not None]
    return _Axis(whole, before is not None, after is not None)


def _common_end(ends: list[float]) -> float | None:
    """Where most of at least two lines end."""
    ends.sort()
    best, count = None, 1
    for index, end in enumerate(ends):
        within = bisect_right(ends, end + TOLERANCE) - index
        if within > count:
            best, count = sum(ends[index : index + within]) / within, within
    return best


def _snapped(lines: Iterable[Span]) -> list[float]:
    groups: list[list[Span]] = []
    for line in sorted(lines):
        near = groups and line.at - groups[-1][-1].at <= TOLERANCE and line.at - groups[-1][0].at <= _WIDEST_SNAP
        if near:
            groups[-1].append(line)
        else:
            groups.append([line])
    return [weighted_place(group) for group in groups]


def _walls(lines: Iterable[Span], axis: _Axis, steps: Sequence[float]) -> list[bytearray]:
    """For each place, which of the slots between `steps` a line there passes; a common end closes all."""
    middles = [(a + b) / 2 for a, b in itertools.pairwise(steps)]
    walls = [bytearray(len(middles)) for _ in axis.places]
    for line in lines:
        first, last = bisect_left(middles, line.start), bisect_right(middles, line.end)
        wall = walls[_nearest(axis.places, line.at)]
        wall[first:last] = b"\1" * (last - first)
    closed = bytearray(b"\1" * len(middles))
    if axis.first_is_end:
        walls[0] = closed
    if axis.last_is_end:
        walls[-1] = closed
    return walls


def _nearest(places: Sequence[float], place: float) -> int:
    index = bisect_left(places, place)
    if index == len(places) or (index and place - places[index - 1] < places[index] - place):
        return index - 1
    return index


def _share(blocks: Iterable[Block], xs: Sequence[float], ys: Sequence[float]) -> float:
    """The share of the table's area that the blocks cover."""
    area = sum((xs[b.last_column + 1] - xs[b.column]) * (ys[b.last_row + 1] - ys[b.row]) for b in blocks)
    return area / ((xs[-1] - xs[0]) * (ys[-1] - ys[0]))


def _grid_of_blocks(blocks: Sequence[Block], xs: Sequence[float], ys: Sequence[float]) -> Grid | None:
    """The grid of cells, less the rows and columns in which no cell begins; None for a single column."""
    rows = sorted({block.row for block in blocks})
    columns = sorted({block.column for block in blocks})
    if len(columns) < 2:
        return None
    row_edges = (*(ys[row] for row in rows), ys[-1])
    column_edges = (*(xs[column] for column in columns), xs[-1])
    cells: list[GridCell] = []
    owners = [0] * (len(rows) * len(columns))
    for block in blocks:
        row, row_end = bisect_left(rows, block.row), bisect_right(rows, block.last_row)
        column, column_end = bisect_left(columns, block.column), bisect_right(columns, block.last_column)
        for start in range(row * len(columns), row_end * len(columns), len(columns)):
            owners[start + column : start + column_end] = [len(cells)] * (column_end - column)
        place = (column_edges[column], row_edges[row], column_edges[column_end], row_edges[row_end])
        cells.append(GridCell(row, column, row_end - row, column_end - column, *place))
    size = len(rows), len(columns)
    return Grid(xs[0], ys[0], xs[-1], ys[-1], *size, tuple(cells), row_edges, column_edges, tuple(owners))


def _in_reading_order(grids: Iterable[Grid]) -> tuple[Grid, ...]:
    """From the top; of grids side by side the left one first."""
    ordered: list[Grid] = []
    band: list[Grid] = []
    for grid in sorted(grids, key=lambda grid: (grid.top, grid.x0)):
        if band and grid.top > max(other.bottom for other in band) - TOLERANCE:
            ordered += sorted(band, key=lambda grid: (grid.x0, grid.top))
            band = []
        band.append(grid)
    return (*ordered, *sorted(band, key=lambda grid: (grid.x0, grid.top)))
