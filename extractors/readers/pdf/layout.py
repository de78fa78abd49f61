"""A page's glyphs and rules to its blocks: ruled tables with the lines of their cells, and the lines around them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from extractors.readers.pdf.aligned import aligned_grids, text_line
from extractors.readers.pdf.content import Glyph, Rule
from extractors.readers.pdf.fonts import DocumentFonts
from extractors.readers.pdf.grid import Grid, GridCell
from extractors.readers.pdf.lines import MARKS, PrintedLine, place_of, printed_lines
from schemas.document import Box, Cell, Line, Table

Block = Line | Table

_INTO_LETTER = 0.3
"""Ems above the baseline where a letter is looked for in a cell: the middle of a letter without a tail."""
_TOUCHING = 0.08
"""Ems between two letters of a word; the padding of cells keeps their words further apart."""
_LINES_BELOW, _FEWEST_COLUMNS = 1.6, 2
_DECIMALS = 1


@dataclass
class _Filled:
    """A grid and the glyphs in each of its cells."""

    grid: Grid
    glyphs: dict[GridCell, list[Glyph]] = field(default_factory=dict)
    ruled: bool = True


class PageLayout:
    """Puts the pages of one document in order: what is in a cell, what stands between tables."""

    def __init__(self, fonts: DocumentFonts, writes_blanks: bool) -> None:
        self._fonts = fonts
        self._writes_blanks = writes_blanks

    def blocks(
        self, number: int, glyphs: Sequence[Glyph], grids: Sequence[Grid], rules: Sequence[Rule] = ()
    ) -> tuple[Block, ...]:
        """The lines and tables of a page from its top; a frame around text is no table.

        Tables without rules are told by their headings, from the lines outside of ruled ones.
        """
        filled, outside = _distributed(glyphs, grids)
        lines = [line for line in self._printed(outside) if not (filled and _takes_overhanging(filled[-1], line))]
        open_grids = aligned_grids([text_line(line) for line in lines if line.turn == 0], rules)
        if open_grids:
            unruled, outside = _distributed([g for line in lines for run in line.runs for g in run.glyphs], open_grids)
            lines = list(self._printed(outside))
            filled.extend(replace(table, ruled=False) for table in unruled)
        placed: list[tuple[float, Block]] = [(line.place.top, self._line(number, line)) for line in lines]
        for table in filled:
            placed.extend(self._table_or_contents(number, table))
        placed.sort(key=lambda entry: entry[0])
        return tuple(block for _, block in placed)

    def _printed(self, glyphs: Sequence[Glyph]) -> tuple[PrintedLine, ...]:
        return printed_lines(glyphs, self._writes_blanks)

    def _line(self, number: int, line: PrintedLine) -> Line:
        fonts = {glyph.font for run in line.runs for glyph in (run.glyphs[0], run.glyphs[-1]) if glyph.text.strip()}
        return Line(
            text=line.text,
            page=number,
            box=_box(*line.place),
            bold=all(self._fonts[font].is_bold for font in fonts),
        )

    def _table_or_contents(self, number: int, filled: _Filled) -> Iterator[tuple[float, Block]]:
        printed = {cell: self._printed(glyphs) for cell, glyphs in filled.glyphs.items()}
        printed = {cell: lines for cell, lines in printed.items() if lines}
        if len(printed) <= 1:
            for lines in printed.values():
                yield from ((line.place.top, self._line(number, line)) for line in lines)
            return
        grid = filled.grid
        cells = tuple(self._cell(number, cell, printed.get(cell, ())) for cell in grid.cells)
        box = _box(grid.x0, grid.top, grid.x1, grid.bottom)
        table = Table(
            rows=grid.rows, columns=grid.columns, cells=cells, merges_stated=filled.ruled, page=number, box=box
        )
        yield grid.top, table

    def _cell(self, number: int, cell: GridCell, lines: Sequence[PrintedLine]) -> Cell:
        return Cell(
            row=cell.row,
            column=cell.column,
            row_span=cell.row_span,
            column_span=cell.column_span,
            lines=tuple(self._line(number, line) for line in lines),
            box=_box(cell.x0, cell.top, cell.x1, cell.bottom),
        )


def _distributed(glyphs: Sequence[Glyph], grids: Sequence[Grid]) -> tuple[list[_Filled], list[Glyph]]:
    """The glyphs cell by cell, and those outside of all grids; a mark stays with the letter before it."""
    filled = [_Filled(grid) for grid in grids]
    outside: list[Glyph] = []
    if not grids:
        return filled, list(glyphs)
    last = outside
    for glyph in glyphs:
        if not (last and _belongs(last[-1], glyph)):
            last = _bag(filled, outside, *_point_of(glyph))
        last.append(glyph)
    return filled, outside


def _takes_overhanging(filled: _Filled, line: PrintedLine) -> bool:
    """Put a line that stands below the last row, in its columns, into its cells; whether it did.

    Browsers end the frame of a row that goes on over the page above the row's last line there.
    """
    grid = filled.grid
    if not grid.bottom - line.size < line.baseline < grid.bottom + _LINES_BELOW * line.size:
        return False
    cells = [_cell_above(grid, run.x0, run.x1) for run in line.runs]
    if len(set(cells)) < _FEWEST_COLUMNS or None in cells:
        return False
    for cell, run in zip(cells, line.runs, strict=True):
        if cell is not None:
            filled.glyphs.setdefault(cell, []).extend(run.glyphs)
    return True


def _cell_above(grid: Grid, x0: float, x1: float) -> GridCell | None:
    """The cell of a grid's last row that is as wide as this stretch or wider."""
    last = (cell for cell in grid.cells if cell.row + cell.row_span == grid.rows)
    return next((cell for cell in last if cell.x0 <= x0 and x1 <= cell.x1), None)


def _belongs(last: Glyph, glyph: Glyph) -> bool:
    """Whether a glyph goes on with the one before: a mark with its letter, or a word that is wider than its cell."""
    if glyph.turn != last.turn or abs(glyph.baseline - last.baseline) > glyph.size:
        return False
    apart = abs(glyph.x0 - last.x1)
    return apart <= (glyph.size if glyph.text[:1] in MARKS else _TOUCHING * glyph.size)


def _point_of(glyph: Glyph) -> tuple[float, float]:
    if glyph.turn == 0:
        return glyph.middle, glyph.baseline - _INTO_LETTER * glyph.size
    place = place_of(glyph.x0, glyph.x1, glyph.baseline, glyph.size, glyph.turn)
    return (place.x0 + place.x1) / 2, (place.top + place.bottom) / 2


def _bag(filled: Sequence[_Filled], outside: list[Glyph], x: float, y: float) -> list[Glyph]:
    for table in filled:
        cell = table.grid.cell_at(x, y)
        if cell is not None:
            return table.glyphs.setdefault(cell, [])
    return outside


def _box(x0: float, top: float, x1: float, bottom: float) -> Box:
    return Box(
        x0=round(x0, _DECIMALS), top=round(top, _DECIMALS), x1=round(x1, _DECIMALS), bottom=round(bottom, _DECIMALS)
    )
