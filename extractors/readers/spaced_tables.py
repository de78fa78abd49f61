"""Tables in plain text that are laid out with blanks, as `pdftotext -layout` prints them and people copy them.

Nothing but the places of the text says that it is a table, so the evidence has to be strong: a line of three headings
and more, at least two rows below, each column used by two rows, and cells that stand one below the other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.readers.spaced_columns import (
    OVERRUN,
    RULERS,
    Columns,
    PrintedLine,
    Ruler,
    columns_under,
    is_header,
    printed_line,
    stand_in_columns,
)
from extractors.readers.spaced_rows import (
    RowLine,
    column_widths,
    first_cells,
    header_height,
    is_table,
    row_cells,
    rows_of,
    stands_alone,
    without_tail,
)
from extractors.readers.tables import padded_table
from extractors.readers.text_tables import Region
from schemas.document import Table

_WINDOW = 60
"""Lines below a header by which its columns are found, and their evidence is weighed."""
_LONGEST_GAP = 3
"""Blank lines inside a table; more of them end it."""
_LONGEST_BREAK = 12
"""Lines (end of a page, its number, the next page's head) after which a table may go on."""
_ALIGNED = 0.6
"""Share of each column's cells that stand at one place."""


@dataclass(frozen=True)
class _Layout:
    """A table's columns and its header, by which it is known again on the next page."""

    columns: Columns
    headings: str
    height: int


@dataclass(frozen=True)
class _Found:
    """A table that was read, and the index of the line after it."""

    table: Table
    layout: _Layout
    end: int
    aligned: float = 1.0


def spaced_regions(lines: Sequence[str]) -> Iterator[Region]:
    """The lines cut into tables laid out with blanks and what stands between them, in order, no line left out."""
    if not any(is_header(printed_line(line, RULERS[0])) for line in lines if "  " in line.strip()):
        yield Region(tuple(lines))
        return
    measured = [(ruler, [printed_line(line, ruler) for line in lines]) for ruler in RULERS]
    prose_from = index = 0
    last: tuple[Ruler, _Found] | None = None
    while index < len(lines):
        found = _table_at(measured, index, last)
        if found is None:
            index += 1
            continue
        if index > prose_from:
            yield Region(tuple(lines[prose_from:index]))
        last = found
        prose_from = found[1].end
        yield Region(tuple(lines[index:prose_from]), found[1].table)
        index = prose_from
    if prose_from < len(lines):
        yield Region(tuple(lines[prose_from:]))


def _table_at(
    measured: Sequence[tuple[Ruler, list[PrintedLine]]], index: int, last: tuple[Ruler, _Found] | None
) -> tuple[Ruler, _Found] | None:
    """The table that begins or goes on at a line; of two ways to measure, the one by which cells stand better."""
    if last is not None and index - last[1].end <= _LONGEST_BREAK:
        lines = next(lines for ruler, lines in measured if ruler is last[0])
        continued = _continued(lines, index, last[1].layout)
        if continued is not None:
            return last[0], continued
    found = [(ruler, table) for ruler, lines in measured if (table := _begun(lines, index)) is not None]
    return max(found, key=lambda one: one[1].aligned, default=None)


def _begun(lines: Sequence[PrintedLine], index: int) -> _Found | None:
    """The table whose header is the line, if the lines below are its rows."""
    header = lines[index]
    if not is_header(header):
        return None
    window = _window(lines, index)
    columns = columns_under(header, window[1:])
    near = _taken(window, 0, columns, _headings(header))
    height = header_height(near)
    rows = rows_of(near, height)
    aligned = stand_in_columns([first_cells(row) for row in rows[1:]]) if is_table(rows) else 0.0
    if aligned < _ALIGNED:
        return None
    layout = _Layout(columns, _headings(header), height)
    return _found(lines, index, layout, height, aligned)


def _continued(lines: Sequence[PrintedLine], index: int, layout: _Layout) -> _Found | None:
    """The table going on at the line: with its header again, or with a row whose cells begin where the columns do."""
    cells = layout.columns.cells(lines[index])
    if cells is None:
        return None
    if _headings(lines[index]) == layout.headings:
        return _found(lines, index, layout, layout.height)
    if sum(cell is not None for cell in cells) < 2 or not layout.columns.aligned(cells):
        return None
    return _found(lines, index, layout, height=0)


def _found(lines: Sequence[PrintedLine], index: int, layout: _Layout, height: int, aligned: float = 1.0) -> _Found:
    taken = _taken(lines, index, layout.columns, layout.headings)
    widths = column_widths(taken)
    table = padded_table([row_cells(row, widths) for row in rows_of(taken, min(height, len(taken)))])
    return _Found(table, layout, taken[-1].index + 1, aligned)


def _headings(header: PrintedLine) -> str:
    return " ".join(header.text.split())


def _window(lines: Sequence[PrintedLine], index: int) -> Sequence[PrintedLine]:
    """The header and the lines below it, up to a paragraph: a line of one segment that runs on below two headings."""
    headings = lines[index].segments
    below = lines[index + 1 : index + 1 + _WINDOW]
    for count, line in enumerate(below):
        segments = line.segments
        if (
            len(segments) == 1
            and segments[0].start <= headings[0].end
            and segments[0].end > headings[1].start + OVERRUN
        ):
            return lines[index : index + 1 + count]
    return lines[index : index + 1 + len(below)]


def _taken(lines: Sequence[PrintedLine], start: int, columns: Columns, headings: str) -> list[RowLine]:
    """The lines of the table that begins at `start`, without blank ones, up to what is no part of it."""
    taken: list[RowLine] = []
    for index in range(start, len(lines)):
        line = lines[index]
        if not line.text.strip():
            continue
        blank = index - 1 - taken[-1].index if taken else 0
        cells = columns.cells(line)
        if cells is None or blank > _LONGEST_GAP or (taken and _headings(line) == headings):
            break
        row_line = RowLine(index, cells, after_blank=blank > 0 or line.text.startswith("\f"))
        if taken and not columns.aligned(cells) and stands_alone(row_line, taken[-1]):
            break
        taken.append(row_line)
    return without_tail(taken)
