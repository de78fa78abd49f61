"""Where the cells of a Word table stand: spans over grid columns, and merges down the rows."""

from collections.abc import Callable
from dataclasses import replace

from docx.oxml.ns import qn

from extractors.readers.lines import Block
from extractors.readers.tables import Placed, check_size
from extractors.readers.wordml import WordElement, child_at, flag, nearest, number, value


def read_cells(table: WordElement, read: Callable[[WordElement], tuple[Block, ...]]) -> list[Placed]:
    """The cells in the order of the rows, their contents by `read`; a merged cell stands once, where it begins.

    Raises `UnreadableFile` («too-large») for a grid that no report has.
    """
    placed: list[Placed] = []
    merged: dict[int, int] = {}  # grid column to the index in `placed` of the cell that goes on below
    widest = 0
    rows = [row for row in nearest(table, "w:tr") if not _is_unprinted(row)]
    for index, row in enumerate(rows):
        column = max(number(row, "w:trPr/w:gridBefore") or 0, 0)
        for cell in nearest(row, "w:tc"):
            width = max(number(cell, "w:tcPr/w:gridSpan") or 1, 1)
            widest = max(widest, column + width)
            check_size(index + 1, widest)
            if _goes_on(cell) and column in merged:
                above = merged[column]
                placed[above] = replace(placed[above], row_span=index + 1 - placed[above].row)
            else:
                merged.pop(column, None)
                if _is_merged(cell):
                    merged[column] = len(placed)
                placed.append(Placed(index, column, 1, width, read(cell)))
            column += width
    return placed


def _is_unprinted(row: WordElement) -> bool:
    properties = row.find(qn("w:trPr"))
    deleted = properties is not None and properties.find(qn("w:del")) is not None
    return deleted or bool(flag(properties, "w:hidden"))


def _is_merged(cell: WordElement) -> bool:
    return child_at(cell, "w:tcPr/w:vMerge") is not None


def _goes_on(cell: WordElement) -> bool:
    return _is_merged(cell) and value(cell, "w:tcPr/w:vMerge") != "restart"
