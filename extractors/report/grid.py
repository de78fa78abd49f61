"""A table's cells laid out row by row, so that a merged cell is met in every row and column that it covers."""

from dataclasses import dataclass
from functools import cached_property

from schemas.document import Cell, Line, Table


@dataclass(frozen=True)
class Slot:
    """One place of the grid: the cell that covers it, and whether the cell begins here."""

    cell: Cell | None
    begins: bool

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of the covering cell that hold text."""
        return tuple(line for line in self.cell.lines if line.text.strip()) if self.cell else ()

    @cached_property
    def text(self) -> str:
        """The covering cell's text."""
        return self.cell.text.strip() if self.cell else ""


EMPTY = Slot(None, False)


def rows_of(table: Table) -> tuple[tuple[Slot, ...], ...]:
    """The table as rows of slots, every row of the same length."""
    grid = [[EMPTY] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        if cell.row_span > 1 or cell.column_span > 1:
            _cover(grid, cell)
        if cell.row < table.rows and cell.column < table.columns:
            grid[cell.row][cell.column] = Slot(cell, begins=True)
    return tuple(map(tuple, grid))


def _cover(grid: list[list[Slot]], cell: Cell) -> None:
    """Put a merged cell in every place that it covers."""
    covered = Slot(cell, begins=False)
    for row in grid[cell.row : cell.row + cell.row_span]:
        for column in range(cell.column, min(cell.column + cell.column_span, len(row))):
            row[column] = covered


def sole_text(row: tuple[Slot, ...]) -> Slot | None:
    """The slot of the only cell in a row that holds text, where all others are blank or the same merged cell."""
    cells = {id(slot.cell): slot for slot in reversed(row) if slot.text}
    return next(iter(cells.values())) if len(cells) == 1 else None
