"""Where the columns of a table stand that is laid out with blanks: in what `pdftotext -layout` and people's copies print.

Blanks are counted in one of two ways, and the text does not say which: a terminal or an editor gives a Thai mark above
or below a letter no width, while `pdftotext` pads by characters, marks included.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from extractors.thai.enumeration import marker_at_head

Ruler = Callable[[str], int]
"""The width of one character, in print positions."""

OVERRUN = 3
"""Positions that a cell's text may reach into the next column, where nothing else stands there."""

# Marks above and below, what is never printed, and the form feed at the head of a page.
_NO_WIDTH = {"Mn", "Me", "Cf", "Cc"}
_SEGMENT = re.compile(r"\S+(?:\s\S+)*")
_WORD = re.compile(r"\S+")
_FEWEST_COLUMNS = 3
_SLACK = 1


@dataclass(frozen=True)
class Segment:
    """Text between gaps of two blanks and more, with the positions (0-based) at which it begins and ends."""

    text: str
    start: int
    end: int


def display_width(character: str) -> int:
    """0 for a mark above or below a letter and for what is not printed, else 1."""
    return 0 if unicodedata.category(character) in _NO_WIDTH else 1


def character_width(character: str) -> int:
    """1 for every character but the form feed at the head of a page."""
    return 0 if character == "\f" else 1


RULERS: tuple[Ruler, ...] = (display_width, character_width)


@dataclass(frozen=True)
class PrintedLine:
    """A line of the text, with the position at which each of its characters begins and the last one ends."""

    text: str
    places: tuple[int, ...]

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The line's text, cut at gaps of two blanks and more."""
        return tuple(self._segment(*found.span()) for found in _SEGMENT.finditer(self.text))

    def cut(self, segment: Segment, place: int) -> tuple[Segment, Segment] | None:
        """The segment parted before the word that begins at `place`; None where none begins there."""
        for word in _WORD.finditer(self.text):
            if self.places[word.start()] == place and segment.start < place < segment.end:
                return self.between(segment.start, place), self.between(place, segment.end)
        return None

    def between(self, start: int, end: int) -> Segment:
        """What is printed from one position up to another, without the blanks at its ends."""
        inside = [index for index, place in enumerate(self.places[:-1]) if start <= place < end]
        # A mark at the end has no width of its own and belongs to the letter before it.
        inside = [index for index in inside if not self.text[index].isspace()]
        return self._segment(inside[0], inside[-1] + 1)

    def _segment(self, first: int, last: int) -> Segment:
        return Segment(self.text[first:last], self.places[first], self.places[last])


def printed_line(text: str, ruler: Ruler) -> PrintedLine:
    """The line, measured."""
    return PrintedLine(text, tuple(accumulate(map(ruler, text), initial=0)))


@dataclass(frozen=True)
class Columns:
    """The columns of one table: the position at which each may begin, and at which its cells mostly do begin."""

    bounds: tuple[int, ...]
    starts: tuple[int, ...]

    def cells(self, line: PrintedLine) -> tuple[Segment | None, ...] | None:
        """What the line prints in each column; None where its text does not keep to the columns."""
        return _cells(line, self.bounds)

    def aligned(self, cells: Sequence[Segment | None]) -> bool:
        """Whether every cell that holds text begins where its column's cells mostly begin."""
        return all(
            cell is None or abs(cell.start - start) <= _SLACK for cell, start in zip(cells, self.starts, strict=True)
        )


def is_header(line: PrintedLine) -> bool:
    """At least three column headings: no figures but a year, no list items (a list of persons has none), no leaders."""
    segments = line.segments
    return len(segments) >= _FEWEST_COLUMNS and all(_is_heading(segment.text) for segment in segments)


def columns_under(header: PrintedLine, body: Sequence[PrintedLine]) -> Columns:
    """The columns of a header: parted, in the gap between two headings, where the fewest lines of the body have text."""
    bounds = [0]
    for before, after in pairwise(header.segments):
        bounds.append(_parting(before.end + 1, after.start, body))
    rows = [header_cells(header), *(cells for line in body if (cells := _cells(line, bounds)))]
    return Columns(tuple(bounds), tuple(_usual(cell.start for cell in column) for column in _filled(rows)))


def header_cells(header: PrintedLine) -> tuple[Segment | None, ...]:
    """Each heading is the cell of a column."""
    return header.segments


def stand_in_columns(rows: Sequence[Sequence[Segment | None]]) -> float:
    """The smallest share, over the columns, of cells that stand at one place: by their starts, ends or middles."""
    return min(
        max(_agreement(cell.start for cell in cells), _agreement(cell.end for cell in cells), _centred(cells))
        for cells in _filled(rows)
    )


def _is_heading(text: str) -> bool:
    if marker_at_head(text) or re.search(r"[.…]{4}|…{2}|_{4}", text):
        return False
    return any(character.isalpha() for character in text) or bool(re.fullmatch(r"[0-9๐-๙]{4}", text))


def _parting(first: int, last: int, body: Iterable[PrintedLine]) -> int:
    crossed = Counter(
        place for line in body for segment in line.segments for place in range(first, last + 1) if _covers(segment, place)
    )
    return min(range(first, last + 1), key=lambda place: (crossed[place], -place))


def _covers(segment: Segment, place: int) -> bool:
    return segment.start < place < segment.end


def _cells(line: PrintedLine, bounds: Sequence[int]) -> tuple[Segment | None, ...] | None:
    cells: list[Segment | None] = [None] * len(bounds)
    waiting = list(line.segments)
    while waiting:
        segment = waiting.pop(0)
        column = max((index for index, bound in enumerate(bounds) if bound <= segment.start), default=0)
        following = bounds[column + 1] if column + 1 < len(bounds) else None
        if following is not None and segment.end > following:
            parts = line.cut(segment, following)
            if parts is None and segment.end > following + OVERRUN:
                return None
            if parts is not None:
                segment, rest = parts
                waiting.insert(0, rest)
        before = cells[column]
        cells[column] = line.between(before.start, segment.end) if before else segment
    return tuple(cells)


def _filled(rows: Sequence[Sequence[Segment | None]]) -> Iterator[list[Segment]]:
    for column in zip(*rows, strict=True):
        yield [cell for cell in column if cell is not None]


def _usual(places: Iterable[int]) -> int:
    return Counter(places).most_common(1)[0][0]


def _agreement(places: Iterable[int]) -> float:
    counts = Counter(places)
    near = (sum(counts[place + slack] for slack in range(-_SLACK, _SLACK + 1)) for place in counts)
    return max(near, default=0) / max(1, counts.total())


def _centred(cells: Iterable[Segment]) -> float:
    return _agreement((cell.start + cell.end) // 2 for cell in cells)
