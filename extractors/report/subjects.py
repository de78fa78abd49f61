"""Whose result a figure is: the office's own, or that of a whole of many offices («ค่าเฉลี่ยระดับประเทศ»).

In the line that names such a whole, what follows is surely its figure, until the text turns to the office. The lines
below may go on with it, or not: nothing in them tells, so that only what contradicts it can (`one_result.py`). One that
the own result is compared with («สูงกว่าค่าเฉลี่ยระดับประเทศ (๘๑.๒๕)») has but one figure.
"""

import re
from bisect import bisect_right
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from extractors.report.sections import begins_section
from extractors.thai.offices import find_offices
from extractors.thai.text import fold_digits
from schemas.document import Line
from schemas.reference import Reference
from schemas.report import OfficeMention
from schemas.wording import Phrases, ResultWording, any_of, finds

_DIGIT = re.compile("[0-9]")


class _Turn(NamedTuple):
    """A place from which on a text tells of others, or of the own office again."""

    start: int
    end: int
    others: bool
    compared: bool


class LineSubjects(NamedTuple):
    """Of whom a line tells, from each turn on; at its beginning perhaps of those of whom the line above told."""

    text: str
    at_first: bool
    turns: tuple[_Turn, ...]

    def others_at(self, place: int) -> bool:
        """Whether a figure at a place is surely that of others."""
        before = self.turns[: bisect_right(self.turns, place, key=attrgetter("end"))]
        if before and before[-1].compared and _DIGIT.search(self.text, before[-1].end, place) is None:
            return True
        return next((turn.others for turn in reversed(before) if not turn.compared), False)


class Subjects:
    """Remembers from line to line of whom the text tells."""

    def __init__(self, own: OfficeMention | None, reference: Reference) -> None:
        self._own = own
        self._reference = reference
        self._others = False

    def read(self, line: Line) -> LineSubjects:
        """Of whom the next line tells."""
        at_first = self._others and not begins_section(line)
        text = fold_digits(line.text)
        turns = _wholes_in(text, self._reference.wording.results)
        if turns or at_first:
            turns = sorted([*turns, *self._own_in(line.text)])
        lasting = [turn.others for turn in turns if not turn.compared]
        self._others = lasting[-1] if lasting else at_first
        return LineSubjects(text, at_first, tuple(turns))

    def _own_in(self, text: str) -> list[_Turn]:
        """Where a line turns to the office: by a word, or, if it tells of the assessment, by the office's own name.

        A running head names the office, too, and turns nothing.
        """
        turns = [
            _Turn(*match.span(), False, False) for match in finds(self._reference.wording.results.own).finditer(text)
        ]
        if self._own is None or not finds(self._reference.wording.years.assessment).search(text):
            return turns
        found = find_offices(text, self._reference.offices, self._own)
        return turns + [
            _Turn(each.start, each.end, False, False) for each in found if each.mention.name == self._own.name
        ]


def tells_of_others(text: str, wording: ResultWording) -> bool:
    """Whether a text names a whole of many offices as that whose result may follow."""
    return any(not turn.compared for turn in _wholes_in(fold_digits(text), wording))


def _wholes_in(text: str, wording: ResultWording) -> list[_Turn]:
    pattern = _whole(wording.means, wording.wholes, wording.comparisons)
    return [_Turn(*match.span(), True, match["compared"] is not None) for match in pattern.finditer(text)]


@cache
def _whole(means: Phrases, wholes: Phrases, comparisons: Phrases) -> re.Pattern[str]:
    """«คะแนนเฉลี่ยในภาพรวมของประเทศ», «ระดับประเทศ มีคะแนนเฉลี่ย»; not «อันดับ ๑ ของประเทศ»."""
    mean, whole = any_of(means), any_of(wholes)
    compared = rf"(?P<compared>{any_of(comparisons)}(?:\s|คะแนน|ค่า|ผล|ใน)*)?"
    # «หน่วยงานทั้งหมด ๑๐ ตัวชี้วัด» counts what stands behind it.
    named = rf"{whole}(?!\s*[0-9]+\s*ตัวชี้วัด)"
    return re.compile(rf"{compared}(?:{mean}(?:(?!ดับ)[^0-9]){{0,30}}?{named}|{named}(?:(?!ดับ)[^0-9]){{0,20}}?{mean})")
