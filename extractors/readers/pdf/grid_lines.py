"""Rules to whole lines: pieces on one straight joined, lines that touch put together, what ends in mid-air left out.

Producers draw a border in pieces (Word: a filled rectangle per cell side and a square per corner; Chromium: one per
cell side; dotted borders: one per dot), and the same border twice (once for each of the two cells that share it).
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from extractors.readers.pdf.content import Rule

TOLERANCE = 3.0
"""Points by which drawn coordinates miss each other; double rules stand 1.5 to 3 points apart."""
MAX_RULES = 20_000
"""Rules a page; charts and maps beyond are not searched. The densest page of 24 real files has 2,600."""

_PIECE_GAP = 3.0
"""Points of blank within one line: dots of a dotted border are 1 to 3 points apart."""
_NEAR = 1.0
_SHORTEST = 4.0
"""Points; no row or column is that small, so a shorter line is a dot, a tick or the joint of two borders."""
_MAX_PAIRS = 300_000


_WIDEST_COLUMN = 200.0
"""Points that a table's column beside the others may be wide."""


class Span(NamedTuple):
    """A straight line: where it lies (y of a horizontal, x of a vertical), and from where to where it runs."""

    at: float
    start: float
    end: float

    @property
    def length(self) -> float:
        """Points from end to end."""
        return self.end - self.start


class Lines(NamedTuple):
    """Lines that touch one another: all that may be the rules of one table."""

    across: list[Span]
    down: list[Span]


def lines_of(rules: Iterable[Rule], width: float, height: float) -> Lines:
    """The lines on a page, each whole; what is off the page is cut off, what is no number is left out."""
    across: list[Span] = []
    down: list[Span] = []
    right, low = width + TOLERANCE, height + TOLERANCE
    for x0, top, x1, bottom, _ in rules:
        if x0 < -TOLERANCE or top < -TOLERANCE or x1 > right or bottom > low:
            x0, top, x1, bottom = max(x0, -TOLERANCE), max(top, -TOLERANCE), min(x1, right), min(bottom, low)
        if not (x0 <= x1 and top <= bottom):  # off the page, or not a number
            continue
        if x1 - x0 >= bottom - top:
            across.append(Span((top + bottom) / 2, x0, x1))
        else:
            down.append(Span((x0 + x1) / 2, top, bottom))
    return joined(Lines(across, down))


def joined(lines: Lines) -> Lines:
    """The lines with pieces on one straight put together; pieces that stay shorter than any cell are left out."""
    return Lines(list(_joined(lines.across)), list(_joined(lines.down)))


def touching(lines: Lines) -> Iterator[Lines]:
    """The lines parted into groups that touch; groups without both directions make no cells and are left out."""
    across, down = lines
    down.sort()
    if len(across) * len(down) > _MAX_PAIRS:
        return
    owners = Owners(len(across) + len(down))
    for index, line in enumerate(across):
        for other in crossed(line, down):
            owners.join(index, len(across) + other)
    groups: dict[int, Lines] = {}
    for index, line in enumerate(across):
        groups.setdefault(owners.of(index), Lines([], [])).across.append(line)
    for index, line in enumerate(down):
        groups.setdefault(owners.of(len(across) + index), Lines([], [])).down.append(line)
    yield from (group for group in groups.values() if group.across and group.down)


def with_open_columns(tables: Sequence[Lines], down: Sequence[Span]) -> Sequence[Lines]:
    """The tables with the lines down that touch none of their lines across but run as far up and down as they.

    A merged cell that goes on over the whole page has no lines across.
    """
    for line in down:
        beside = next((table for table in tables if _runs_as_far(line, table)), None)
        if beside is not None and not any(line in table.down for table in tables):
            beside.down.append(line)
    return tables


def _runs_as_far(line: Span, table: Lines) -> bool:
    """Whether a line down begins and ends where those of a table do, within a column's reach of it."""
    if not table.down:
        return False
    first, last = min(down.start for down in table.down), max(down.end for down in table.down)
    left, right = min(down.at for down in table.down), max(down.at for down in table.down)
    near = left - _WIDEST_COLUMN < line.at < right + _WIDEST_COLUMN
    return near and abs(line.start - first) <= TOLERANCE and abs(line.end - last) <= TOLERANCE


def crossed(line: Span, others: Sequence[Span]) -> Iterator[int]:
    """Which of the lines at right angles, sorted by place, a line crosses or touches."""
    first = bisect_left(others, (line.start - TOLERANCE,))
    last = bisect_right(others, (line.end + TOLERANCE, math.inf))
    low, high = line.at - TOLERANCE, line.at + TOLERANCE
    return (index for index in range(first, last) if others[index].start <= high and others[index].end >= low)


def without_loose_ends(lines: Lines) -> Lines:
    """The lines less those that end in the middle of a cell: arrows and bars of a time plan, ticks, underlines."""
    across, down = lines
    for _ in range(3):
        kept_across = _held(across, sorted(down))
        kept_down = _held(down, sorted(kept_across))
        done = len(kept_across) == len(across) and len(kept_down) == len(down)
        across, down = kept_across, kept_down
        if done:
            break
    return Lines(across, down)


def _held(lines: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    places = [other.at for other in others]
    return [line for line in lines if _is_held(line, others, places)]


def _is_held(line: Span, others: Sequence[Span], places: Sequence[float]) -> bool:
    """Whether both ends lie at the place of a line at right angles (its piece may be missing here), or outside."""
    loose_start, loose_end = not _has_near(places, line.start), not _has_near(places, line.end)
    if not (loose_start or loose_end):
        return True
    beside = [other.at for other in others if other.start - TOLERANCE <= line.at <= other.end + TOLERANCE]
    if not beside:
        return False
    return not (loose_start and beside[0] < line.start) and not (loose_end and beside[-1] > line.end)


def _has_near(places: Sequence[float], place: float) -> bool:
    index = bisect_left(places, place - TOLERANCE)
    return index < len(places) and places[index] <= place + TOLERANCE


def _joined(spans: list[Span]) -> Iterator[Span]:
    spans.sort()
    straight: list[Span] = []
    first = last = -math.inf
    for span in spans:
        at = span.at
        if at - last > _NEAR or at - first > TOLERANCE:
            yield from _joined_straight(straight)
            straight = []
            first = at
        last = at
        straight.append(span)
    yield from _joined_straight(straight)


def _joined_straight(pieces: list[Span]) -> Iterator[Span]:
    at = weighted_place(pieces)
    start, end = math.inf, -math.inf
    for _, piece_start, piece_end in sorted(pieces, key=_start):
        if piece_start > end + _PIECE_GAP:
            if end - start >= _SHORTEST:
                yield Span(at, start, end)
            start = piece_start
        if piece_end > end:
            end = piece_end
    if end - start >= _SHORTEST:
        yield Span(at, start, end)


def weighted_place(pieces: Sequence[Span]) -> float:
    """Where a line of pieces lies: the longest piece counts most, a joint of two borders hardly."""
    total = weight = 0.0
    for at, start, end in pieces:
        total += at * (end - start)
        weight += end - start
    return total / weight if weight > 0 else 0.0


def _start(span: Span) -> float:
    return span.start


class Owners:
    """Which of a number of things belong together (union-find)."""

    def __init__(self, count: int) -> None:
        self._parents = list(range(count))

    def of(self, index: int) -> int:
        """The thing that stands for all that belong to this one."""
        parents = self._parents
        while parents[index] != index:
            parents[index] = index = parents[parents[index]]
        return index

    def join(self, one: int, other: int) -> None:
        """The two, and all that belong to either, belong together."""
        self._parents[self.of(one)] = self.of(other)
