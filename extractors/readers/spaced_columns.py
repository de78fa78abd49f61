"""Where the columns stand in a table that is laid out with blanks, as `pdftotext -layout` and people's copies have it.

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
"""Positions that a cell's text may reach into the next column."""

# Marks above and below, what is never printed, and the form feed at the head of a page.
_NO_WIDTH = {"Mn", "Me", "Cf", "Cc"}
_SEGMENT = re.compile(r"\S+(?:\s\S+)*")
_BLANK = re.compile(r"\s+")
_FEWEST_COLUMNS = 3
_MOST_COLUMNS = 40
_SLACK = 1


@dataclass(frozen=True)
class Segment:
    """Text between gaps of two blanks and more.

    `start` and `end` are print positions, `first` and `last` the places of its characters in the line (all 0-based, the
    second of each pair exclusive).
    """

    text: str
    start: int
    end: int
    first: int
    last: int


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

    def cut(self, segment: Segment, places: range) -> tuple[Segment, Segment] | None:
        """The segment parted before the first word that begins at one of the places; None where none does."""
        for blank in _BLANK.finditer(self.text, segment.first, segment.last):
            if self.places[blank.end()] in places:
                return self._segment(segment.first, blank.start()), self._segment(blank.end(), segment.last)
        return None

    def joined(self, before: Segment, after: Segment) -> Segment:
        """Two segments as one, with the gap between them."""
        return self._segment(before.first, after.last)

    def _segment(self, first: int, last: int) -> Segment:
        return Segment(self.text[first:last], self.places[first], self.places[last], first, last)


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
    """Three column headings and more: none a figure (but a year), a list item (as in a list of persons) or a leader."""
    segments = line.segments
    return _FEWEST_COLUMNS <= len(segments) <= _MOST_COLUMNS and all(_is_heading(segment.text) for segment in segments)


def columns_under(header: PrintedLine, body: Sequence[PrintedLine]) -> Columns:
    """The columns of a header: parted, in the gap between two headings, where the fewest lines below have text."""
    below = [segment for line in body for segment in line.segments]
    gaps = pairwise(header.segments)
    bounds = (0, *(_parting(before.end + 1, after.start, below) for before, after in gaps))
    rows = [header.segments, *(cells for line in body if (cells := _cells(line, bounds)))]
    return Columns(bounds, tuple(_usual(cell.start for cell in column) for column in _filled(rows)))


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


def _parting(first: int, last: int, segments: Sequence[Segment]) -> int:
    """The place that the fewest segments stand across; of several the rightmost, at which the next column begins."""
    places = {last, *(segment.start for segment in segments if first <= segment.start <= last)}
    return min(places, key=lambda place: (sum(one.start < place < one.end for one in segments), -place))


def _cells(line: PrintedLine, bounds: Sequence[int]) -> tuple[Segment | None, ...] | None:
    cells: list[Segment | None] = [None] * len(bounds)
    segments = line.segments
    if len(segments) > _MOST_COLUMNS:
        return None
    # A cell that overruns may push the next one to the right; a paragraph, one segment, is not to be cut up so.
    overrun = OVERRUN if len(segments) > 1 else 0
    for segment in segments:
        parts = _parts(line, segment, bounds, overrun)
        if parts is None:
            return None
        for column, part in parts:
            before = cells[column]
            cells[column] = line.joined(before, part) if before else part
    return tuple(cells)


def _parts(
    line: PrintedLine, segment: Segment, bounds: Sequence[int], overrun: int
) -> list[tuple[int, Segment]] | None:
    """The segment, with its column; in parts where its text reaches up to the next column; None if it runs across."""
    parts: list[tuple[int, Segment]] = []
    while True:
        column = max((index for index, bound in enumerate(bounds) if bound <= segment.start), default=0)
        following = bounds[column + 1] if column + 1 < len(bounds) else segment.end
        reaches = segment.end <= following + OVERRUN
        halves = line.cut(segment, range(following, following + 1 + (0 if reaches else overrun)))
        if halves is None:
            return [*parts, (column, segment)] if reaches else None
        parts.append((column, halves[0]))
        segment = halves[1]


def _filled(rows: Sequence[Sequence[Segment | None]]) -> Iterator[list[Segment]]:
    for column in zip(*rows, strict=True):
        yield [cell for cell in column if cell is not None]


def _usual(places: Iterable[int]) -> int:
    """The leftmost place at which a quarter of the cells begin: lines hanging below a list mark begin further right."""
    counts = Counter(places)
    often = [place for place, count in counts.items() if 4 * count >= counts.total()]
    return min(often, default=counts.most_common(1)[0][0])


def _agreement(places: Iterable[int]) -> float:
    counts = Counter(places)
    near = (sum(counts[place + slack] for slack in range(-_SLACK, _SLACK + 1)) for place in counts)
    return max(near, default=0) / max(1, counts.total())


def _centred(cells: Iterable[Segment]) -> float:
    return _agreement((cell.start + cell.end) // 2 for cell in cells)
