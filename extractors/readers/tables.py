"""What a grid of cells is: a table, a frame around text, or a layout that holds other tables."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractors.readers.lines import Block
from extractors.readers.refusals import too_wide
from schemas.document import Cell, Line, Table

MAX_SLOTS = 200_000
"""Rows times columns of one table: room for the national table, 8,300 offices with 20 columns."""


@dataclass(frozen=True)
class Placed:
    """A cell with its place and spans (0-based, in rows and columns) and all that stands in it, tables included."""

    row: int
    column: int
    row_span: int
    column_span: int
    blocks: tuple[Block, ...]


def table_or_contents(placed: Sequence[Placed]) -> tuple[Block, ...]:
    """The table that the cells make; of a frame or a layout, only what stands in it, cell by cell.

    A frame has text in one cell alone. A layout has more than half of its characters in nested tables. In any other
    table a nested table belongs to the text of its cell: a line for each of its rows.
    """
    filled = [cell for cell in placed if cell.blocks]
    if len(filled) <= 1 or _is_layout(filled):
        return tuple(block for cell in filled for block in cell.blocks)
    return (_table(placed),)


def padded_table(rows: Sequence[Sequence[tuple[Line, ...]]]) -> Table:
    """The table of rows of cells in a format that states no merges; short rows are padded with blank cells."""
    columns = max((len(row) for row in rows), default=0)
    check_size(len(rows), columns)
    cells = tuple(
        Cell(row=index, column=column, lines=row[column] if column < len(row) else ())
        for index, row in enumerate(rows)
        for column in range(columns)
    )
    return Table(rows=len(rows), columns=columns, cells=cells, merges_stated=False)


def check_size(rows: int, columns: int) -> None:
    """Refuse a table that no report has; `UnreadableFile` («too-large») is raised."""
    if rows * columns > MAX_SLOTS:
        raise too_wide()


def _table(placed: Sequence[Placed]) -> Table:
    # A span that reaches past the last row or column in which a cell begins covers nothing that is printed.
    rows = 1 + max(cell.row for cell in placed)
    columns = 1 + max(cell.column for cell in placed)
    check_size(rows, columns)
    cells = (
        Cell(
            row=cell.row,
            column=cell.column,
            row_span=min(cell.row_span, rows - cell.row),
            column_span=min(cell.column_span, columns - cell.column),
            lines=tuple(_lines(cell.blocks)),
        )
        for cell in placed
    )
    return Table(rows=rows, columns=columns, cells=tuple(cells))


def _lines(blocks: Iterable[Block]) -> Iterator[Line]:
    for block in blocks:
        if isinstance(block, Line):
            yield block.model_copy(update={"text": block.text.replace("\t", " ")})
        else:
            yield from _row_lines(block)


def _row_lines(table: Table) -> Iterator[Line]:
    for row in range(table.rows):
        texts = [cell.text for cell in table.cells if cell.row == row and cell.text]
        if texts:
            yield Line(text=" ".join(texts))


def _is_layout(cells: Iterable[Placed]) -> bool:
    blocks = [block for cell in cells for block in cell.blocks]
    nested = sum(_characters(block) for block in blocks if isinstance(block, Table))
    return 2 * nested > sum(_characters(block) for block in blocks)


def _characters(block: Block) -> int:
    return len(block.text) if isinstance(block, Line) else sum(len(cell.text) for cell in block.cells)
