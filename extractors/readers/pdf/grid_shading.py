"""Columns told by shading: tables whose cells are filled side by side, with no lines between them.

Word's list styles and web pages shade the cells of the heading and of every second row, and draw lines between the rows
at most. What shading tells is used only where it cannot be a marked word or paragraph, which real
documents have more often: rectangles that join side by side, over at least two rows with the same ends, or one row that
joins a line as long.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from extractors.readers.pdf.content import Rule
from extractors.readers.pdf.grid_lines import TOLERANCE, Lines, Span

_SAME = 1.5
_LEAST_WIDTH, _LEAST_HEIGHT = 12.0, 6.0
_HIGHEST_ROW = 150.0
"""Points between two shaded rows, or from one to the next line, that one unshaded row may fill."""
_MOST_COLUMNS = 60
_RECENT = 4
"""Tables side by side or within one another, at most; a band is compared with no more."""


class Area(NamedTuple):
    """A filled rectangle."""

    top: float
    bottom: float
    x0: float
    x1: float


class Band(NamedTuple):
    """A row of areas side by side, and the places of their sides from left to right."""

    top: float
    bottom: float
    sides: tuple[float, ...]


def shaded_lines(rules: Sequence[Rule], drawn: Lines) -> Lines:
    """The lines that shading stands for, beside those that are drawn."""
    across: list[Span] = []
    down: list[Span] = []
    for table in _tables([band for band in _bands(_areas(rules)) if not _is_parted(band, drawn)]):
        ends = table[0].sides[0], table[0].sides[-1]
        borders = sorted(line.at for line in drawn.across if _has_ends(line, ends))
        if len(table) < 2 and not any(_joins(table[0], border) for border in borders):
            continue
        for band in table:
            across += [Span(band.top, *ends), Span(band.bottom, *ends)]
        down += _columns(table, borders)
    return Lines(across, down)


def _areas(rules: Sequence[Rule]) -> Iterator[Area]:
    """Filled rectangles, put together from their edges, which `paths` gives in the order top, bottom, left, right."""
    edges = [rule for rule in rules if not rule.drawn]
    index = 0
    while index + 3 < len(edges):
        top, bottom, left, right = edges[index : index + 4]
        if top.x0 == bottom.x0 == left.x0 and top.x1 == bottom.x1 == right.x0 and left.top == right.top == top.top:
            index += 4
            if top.x1 - top.x0 >= _LEAST_WIDTH and bottom.top - top.top >= _LEAST_HEIGHT:
                yield Area(top.top, bottom.top, top.x0, top.x1)
        else:
            index += 1


def _bands(areas: Iterable[Area]) -> Iterator[Band]:
    """Rows of areas that join side by side; areas within others, the shading of paragraphs, are left out."""
    row: list[Area] = []
    for area in sorted(areas):
        if row and (abs(area.top - row[0].top) > _SAME or abs(area.bottom - row[0].bottom) > _SAME):
            yield from _band(row)
            row = []
        row.append(area)
    yield from _band(row)


def _band(row: list[Area]) -> Iterator[Band]:
    beside: list[Area] = []
    for area in sorted(row, key=lambda area: (area.x0, -area.x1)):
        if not beside or area.x1 > beside[-1].x1 + _SAME:
            beside.append(area)
    if not 2 <= len(beside) <= _MOST_COLUMNS or any(
        not -_SAME <= b.x0 - a.x1 <= TOLERANCE for a, b in pairwise(beside)
    ):
        return
    inner = [(a.x1 + b.x0) / 2 for a, b in pairwise(beside)]
    yield Band(row[0].top, row[0].bottom, (beside[0].x0, *inner, beside[-1].x1))


def _is_parted(band: Band, drawn: Lines) -> bool:
    """Whether drawn lines part the row into columns already."""
    middle = (band.top + band.bottom) / 2
    left, right = band.sides[0] + TOLERANCE, band.sides[-1] - TOLERANCE
    return any(left < line.at < right and line.start <= middle <= line.end for line in drawn.down)


def _tables(bands: Sequence[Band]) -> list[list[Band]]:
    """Bands with the same ends and a common side between, one below the other."""
    tables: list[list[Band]] = []
    for band in sorted(bands):
        table = next((table for table in reversed(tables[-_RECENT:]) if _goes_on(table[-1], band)), None)
        if table is None:
            tables.append([band])
        else:
            table.append(band)
    return tables


def _goes_on(above: Band, below: Band) -> bool:
    if not -TOLERANCE <= below.top - above.bottom <= _HIGHEST_ROW:
        return False
    same_ends = abs(above.sides[0] - below.sides[0]) + abs(above.sides[-1] - below.sides[-1]) <= 2 * _SAME
    return same_ends and len(_common(above, below)) > 2


def _common(one: Band, other: Band) -> list[float]:
    return [side for side in one.sides if any(abs(side - beside) <= TOLERANCE for beside in other.sides)]


def _columns(table: Sequence[Band], borders: Sequence[float]) -> Iterator[Span]:
    """The sides of the columns: of each band, through unshaded rows between bands that share them, to the last line."""
    for band in table:
        yield from (Span(side, band.top, band.bottom) for side in band.sides)
    for above, below in pairwise(table):
        yield from (Span(side, above.bottom, below.top) for side in _common(above, below))
    end = table[-1].bottom
    for border in borders:
        if end < border <= end + _HIGHEST_ROW:
            end = border
    yield from (Span(side, table[-1].bottom, end) for side in table[-1].sides)


def _has_ends(line: Span, ends: tuple[float, float]) -> bool:
    return abs(line.start - ends[0]) <= TOLERANCE and abs(line.end - ends[1]) <= TOLERANCE


def _joins(band: Band, border: float) -> bool:
    return min(abs(border - band.top), abs(border - band.bottom)) <= TOLERANCE
