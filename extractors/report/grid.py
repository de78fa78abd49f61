"""A table's cells laid out row by row, so that a merged cell is met in every row and column that it covers."""

from dataclasses import dataclass

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

    @property
    def text(self) -> str:
        """The covering cell's text."""
        return self.cell.text.strip() if self.cell else ""


EMPTY = Slot(None, False)


def rows_of(table: Table) -> tuple[tuple[Slot, ...], ...]:
    """The table as rows of slots, every row of the same length."""
    grid = [[EMPTY] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        for row in range(cell.row, min(cell.row + cell.row_span, table.rows)):
            for column in range(cell.column, min(cell.column + cell.column_span, table.columns)):
                grid[row][column] = Slot(cell, row == cell.row and column == cell.column)
    return tuple(tuple(row) for row in grid)


def sole_text(row: tuple[Slot, ...]) -> Slot | None:
    """The slot of the only cell in a row that holds text, where all others are blank or the same merged cell."""
    cells = {id(slot.cell): slot for slot in reversed(row) if slot.text}
    return next(iter(cells.values())) if len(cells) == 1 else None
