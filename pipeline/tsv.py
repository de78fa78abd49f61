"""A table as lines of tab-separated values: a line a printed row, every place of the grid between two tabs."""

import re

from extractors.report.printed_lines import joined_cells
from schemas.document import Cell, Table

_BLANKS = re.compile(r"\s+")


def table_lines(table: Table) -> list[str]:
    """The rows of a table; a merged cell's text stands at its first place, the others are empty.

    Lines that the width of a cell broke are joined as paragraphs are, with nothing between Thai letters; any other
    line end, blank or tab inside a cell is one blank.
    """
    texts = {(cell.row, cell.column): _text(cell) for cell in joined_cells(table).cells}
    rows = ([texts.get((row, column), "") for column in range(table.columns)] for row in range(table.rows))
    # In a table of one column an empty row would be an empty line, which parts two tables.
    return ["\t".join(row) for row in rows if len(row) > 1 or any(row)]


def _text(cell: Cell) -> str:
    return _BLANKS.sub(" ", cell.text).strip()
