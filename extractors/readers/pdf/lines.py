"""Glyphs to printed lines: in the order of the content stream where that is the order of reading, else by place.

Sorting all glyphs by x, as pdfplumber does, displaces zero-width marks («พฒั นา»); the content stream keeps a mark
behind its base in nearly all files. So runs of glyphs that go on along a baseline stay as they are, and only whole runs
are put in order by place.
"""

import itertools
import operator
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extractors.readers.pdf.content import Glyph
from extractors.thai.text import normalise

MARKS = frozenset("\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e")
"""Thai vowels, tones and signs above and below, which stand on the letter before them."""

ASCENT, DESCENT = 0.85, 0.25
"""Of a line's box above and below the baseline, in ems; Thai letters with two marks above reach 0.8 to 0.9."""

_SAME_LINE = 0.35
"""Ems between baselines of one line; Thai reports are set with 1.1 ems or more between lines, indices 0.3 apart."""
_RUN_GAP = 1.2
"""Ems of blank that end a run: a tab, or the next column."""
_MARK_BACK, _LETTER_BACK = 1.0, 0.35
"""Ems that a mark or a letter may step back within a run; a further step begins a new run.

The Royal Gazette's running heads draw the tone marks of a line before its letters.
"""
_WORD_GAP = 0.18
"""Ems between letters that show as a blank where the file writes no blanks (WPS Writer: 0.2 to 0.25)."""
_WIDE_GAP = 0.6
"""Ems that show as a blank where the file writes its blanks, too; justified Thai has up to 0.3 between letters."""
_OVERLAP = 0.3
"""Ems that a run may reach into the next; more, and glyphs were drawn out of their order."""
_MARK_REACH = 0.2
"""Ems to the left of the pen where the middle of a mark is drawn, at least; letters are 0.3 to 0.5 ems wide."""
_MARK_APART = 0.5
"""Ems to the right of a letter where a mark is that of another; letter-spaced text has up to 0.2."""
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"})
_BLANKS = re.compile(r"[ \t\xa0]+")


_x0, _x1, _size = operator.attrgetter("x0"), operator.attrgetter("x1"), operator.attrgetter("size")


class Run(NamedTuple):
    """Glyphs that go on along one baseline, in reading order."""

    glyphs: tuple[Glyph, ...]
    x0: float
    x1: float
    baseline: float
    size: float


class Place(NamedTuple):
    """A rectangle on the page, in points from its top left."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One printed line: its text in one spelling, its runs from left to right, and its place on the page."""

    text: str
    runs: tuple[Run, ...]
    place: Place
    baseline: float
    size: float
    turn: int


def printed_lines(glyphs: Iterable[Glyph], writes_blanks: bool) -> tuple[PrintedLine, ...]:
    """The lines of a region, from the top; turned text apart, after the upright.

    `writes_blanks` tells whether the document has blanks as glyphs, so that only wide gaps stand for one.
    """
    by_turn: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        by_turn.setdefault(glyph.turn, []).append(glyph)
    return tuple(
        line
        for turn in sorted(by_turn)
        for row in _rows(_runs(by_turn[turn]))
        if (line := _line(row, turn, writes_blanks)) is not None
    )


def writes_blanks(glyphs: Sequence[Glyph]) -> bool:
    """Whether blanks are among the glyphs, as with all producers but few (WPS Writer, some converters).

    Thai has a blank every 15 to 40 letters; of 24 real files those with blanks have 0.02 to 0.3 a glyph, WPS Writer's
    0.003.
    """
    blanks = sum(glyph.text == " " for glyph in glyphs)
    return blanks > 0.006 * max(len(glyphs), 1)


def _runs(glyphs: Sequence[Glyph]) -> Iterator[Run]:
    run: list[Glyph] = []
    end = last_baseline = last_size = 0.0
    for glyph in glyphs:
        text, _, _, x0, x1, baseline, size, _, _ = glyph
        if run:
            largest = size if size > last_size else last_size
            back = _MARK_BACK if text[:1] in MARKS else _LETTER_BACK
            on = -back * largest <= x0 - end <= _RUN_GAP * largest
            if not on or abs(baseline - last_baseline) > _SAME_LINE * largest:
                yield _run(run)
                run = []
        end = x1 if not run or x1 > end else end
        last_baseline, last_size = baseline, size
        run.append(glyph)
    if run:
        yield _run(run)


def _run(glyphs: list[Glyph]) -> Run:
    bases = [glyph for glyph in glyphs if glyph[0][:1] not in MARKS] or glyphs
    widest = max(bases, key=_size)
    return Run(tuple(glyphs), min(map(_x0, bases)), max(map(_x1, glyphs)), widest.baseline, widest.size)


def _rows(runs: Iterable[Run]) -> Iterator[list[Run]]:
    """Runs of one printed line together, lines from the top, runs from the left."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: run.baseline):
        if not any(glyph[0].strip() for glyph in run.glyphs):
            continue
        row = next((row for row in reversed(rows[-3:]) if _on_one_line(row[0], run)), None)
        if row is None:
            rows.append([run])
        else:
            row.append(run)
    for row in rows:
        yield sorted(row, key=lambda run: run.x0)


def _on_one_line(first: Run, run: Run) -> bool:
    return abs(first.baseline - run.baseline) <= _SAME_LINE * max(first.size, run.size)


def _line(row: list[Run], turn: int, blanks: bool) -> PrintedLine | None:
    row = list(_without_doubles(row))
    text = normalise(_BLANKS.sub(" ", _joined(row, blanks)).translate(_LIGATURES)).strip()
    if not text:
        return None
    size = max(run.size for run in row)
    baseline = max(row, key=lambda run: len(run.glyphs)).baseline
    x0, x1 = min(run.x0 for run in row), max(run.x1 for run in row)
    return PrintedLine(text, tuple(row), place_of(x0, x1, baseline, size, turn), baseline, size, turn)


def _without_doubles(row: Sequence[Run]) -> Iterator[Run]:
    """Text drawn twice a hair apart, to look bold, is one text."""
    kept: list[Run] = []
    for run in row:
        if not any(_doubles(other, run) for other in kept[-2:]):
            kept.append(run)
            yield run


def _doubles(first: Run, second: Run) -> bool:
    if abs(first.x0 - second.x0) > 0.15 * first.size or len(first.glyphs) != len(second.glyphs):
        return False
    return all(a.text == b.text for a, b in zip(first.glyphs, second.glyphs, strict=True))


def _joined(row: Sequence[Run], blanks: bool) -> str:
    gap = _WIDE_GAP if blanks else _WORD_GAP
    parts: list[str] = []
    end = 0.0
    for text, _, _, x0, x1, _, size, _, _ in _in_order(row):
        if not text:
            continue
        if not parts:
            end = x1
        elif x0 - end > gap * size and text[0] not in MARKS:
            parts.append(" ")
        parts.append(text)
        if x1 > end:
            end = x1
    return "".join(parts)


def _in_order(row: Sequence[Run]) -> Iterable[Glyph]:
    """The glyphs of a line from left to right, each mark behind its base."""
    if any(after.x0 < before.x1 - _OVERLAP * before.size for before, after in itertools.pairwise(row)):
        clusters = [cluster for run in row for cluster in _clusters(run)]
        return (glyph for cluster in sorted(clusters, key=_start) for glyph in cluster)
    return (glyph for run in row for glyph in run.glyphs)


def _clusters(run: Run) -> Iterator[list[Glyph]]:
    """Each letter of a run with the marks that follow it in the content stream; marks without letters by place."""
    cluster: list[Glyph] = []
    for glyph in run.glyphs:
        if cluster and not _stands_on(cluster[0], glyph):
            yield cluster
            cluster = []
        cluster.append(glyph)
    if cluster:
        yield cluster


def _stands_on(first: Glyph, glyph: Glyph) -> bool:
    """Whether a glyph is a mark on a cluster's letter, or drawn where the cluster's first mark is."""
    if glyph.text[:1] not in MARKS:
        return False
    if first.text[:1] in MARKS:
        return abs(glyph.x0 - first.x0) < _MARK_REACH * glyph.size
    return glyph.x0 - first.x1 < _MARK_APART * glyph.size


def _start(cluster: list[Glyph]) -> float:
    """Where a cluster begins; a mark without its base is drawn to the left of where the pen stands."""
    first = cluster[0]
    return first.x0 - _MARK_REACH * first.size if first.text[:1] in MARKS else first.x0


def place_of(x0: float, x1: float, baseline: float, size: float, turn: int) -> Place:
    """The box on the page of a piece of text with this baseline, turned back from its direction of writing."""
    above, below = baseline - ASCENT * size, baseline + DESCENT * size
    if turn == 0:
        return Place(x0, above, x1, below)
    if turn == 1:
        return Place(above, -x1, below, -x0)
    if turn == 2:
        return Place(-x1, -below, -x0, -above)
    return Place(-below, x0, -above, x1)
