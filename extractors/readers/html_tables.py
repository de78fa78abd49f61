"""Where the cells of an HTML table stand: the table model of the HTML standard, 4.9.12 («Forming a table»)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from extractors.readers.html_style import is_printed, tag_of
from extractors.readers.tables import check_size

_MAX_COLUMN_SPAN = 1000
_MAX_ROW_SPAN = 65534
_DIGITS = re.compile(r"\s*\+?([0-9]+)")
_GROUPS = frozenset(("thead", "tbody", "tfoot"))


@dataclass(frozen=True)
class TableCell:
    """A `<td>` or `<th>` and its place and spans, 0-based, in rows and columns."""

    element: HtmlElement
    row: int
    column: int
    row_span: int
    column_span: int


def caption_of(table: HtmlElement) -> HtmlElement | None:
    """The table's own caption, if it has a printed one."""
    return next((child for child in table.iterchildren("caption") if is_printed(child)), None)


def table_cells(table: HtmlElement) -> Iterator[TableCell]:
    """The printed cells in the order of the rows; a row span ends with its group of rows (head, body, foot).

    Raises `UnreadableFile` («too-large») for a grid that no report has.
    """
    first_row = 0
    for group in _row_groups(table):
        yield from _placed_cells(group, first_row)
        first_row += len(group)


def _row_groups(table: HtmlElement) -> list[list[HtmlElement]]:
    """The rows by group, the foot last as it is printed; rows outside any group are one of their own."""
    groups: list[tuple[bool, list[HtmlElement]]] = []
    loose: list[HtmlElement] | None = None
    for part in _nearest(table, _GROUPS | {"tr"}):
        if tag_of(part) == "tr":
            if loose is None:
                loose = []
                groups.append((False, loose))
            loose.append(part)
        else:
            loose = None
            groups.append((tag_of(part) == "tfoot", list(_nearest(part, {"tr"}))))
    return [rows for _, rows in sorted(groups, key=lambda group: group[0])]


def _nearest(element: HtmlElement, tags: frozenset[str] | set[str]) -> Iterator[HtmlElement]:
    """The descendants with these tags, also inside strays such as `<form>`, but not inside one another or a table."""
    for child in element.iterchildren():
        if not is_printed(child):
            continue
        if tag_of(child) in tags:
            yield child
        elif tag_of(child) not in ("table", "caption"):
            yield from _nearest(child, tags)


def _placed_cells(rows: Sequence[HtmlElement], first_row: int) -> Iterator[TableCell]:
    taken: list[int] = []  # for each column, the first row of the group that is free again
    for index, row in enumerate(rows):
        column = 0
        for cell in _nearest(row, {"td", "th"}):
            while column < len(taken) and taken[column] > index:
                column += 1
            width = _span(cell.get("colspan"), _MAX_COLUMN_SPAN) or 1
            height = min(_span(cell.get("rowspan"), _MAX_ROW_SPAN) or len(rows), len(rows) - index)
            check_size(first_row + index + 1, max(len(taken), column + width))
            _take(taken, column, width, index + height)
            yield TableCell(cell, first_row + index, column, height, width)
            column += width


def _take(taken: list[int], column: int, width: int, until: int) -> None:
    taken.extend([0] * (column + width - len(taken)))
    for index in range(column, column + width):
        taken[index] = max(taken[index], until)


def _span(text: str | None, most: int) -> int:
    """A span attribute as a number; 1 where it is none; 0 stands for «to the end» of a row group."""
    digits = _DIGITS.match(text or "")
    return min(int(digits[1][:9]), most) if digits else 1
