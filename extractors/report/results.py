"""The assessment's result told in sentences and lists: each number is read by the word that claims it.

A line is walked from left to right; a number that nothing claims is no result.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from extractors.report.claims import Claim, claim_on, claims_in
from extractors.report.names import IndicatorName, bare_name, find_indicator_names
from extractors.report.subjects import LineSubjects, Subjects
from extractors.report.years import YearMention, year_mentions
from extractors.thai.number_words import number_from_words
from extractors.thai.text import fold_digits
from schemas.document import Line
from schemas.reference import Reference
from schemas.report import OfficeMention
from schemas.wording import Phrases, ResultWording, any_of, finds

Kind = Literal["total", "iit", "eit", "oit", "indicator", "threshold", "weak_count", "grade", "year"]

ALL_INDICATORS = 10
# A pass mark is of 100 (85 in every manual); a lower number is of another scale, such as a mean of 5.
LOWEST_PASS_MARK = 50
# A name longer than this is a sentence that begins with «ตัวชี้วัดที่ …».
LONGEST_NAME = 70

# A score has at most two decimals and is of 100; «๘๕» without decimals is one only where its words say so.
_NUMBER = re.compile(r"(?<![0-9.,/])(100(?:\.00?)?|[0-9]{1,2}(?:\.[0-9]{1,2})?)(?![0-9]|[.,/][0-9])")
# «ตัวชี้วัดที่ ๑๐», «อันดับที่ ๗»: a number of order, no score; «อยู่ที่ ๘๔», «ไว้ที่ ๘๐» say where a score stands.
_ORDER = re.compile(r"(?:(?<!หน้า)(?<!ไว้)(?<!อยู่)ที่|ข้อ|อันดับ|ลำดับ|รอบ|ครั้ง|ไตรมาส|ตาราง|ภาพ|แผนภูมิ)$")
_LONGEST_ORDER_WORD = 8
_DECLARED = re.compile(r"ตัวชี้วัดที่\s*([0-9]{1,2})(?![0-9])")
# What stands between a word of comparison and its year.
_YEAR_WORDS = re.compile(r"(?:ปี|งบประมาณ|พ\.ศ\.|ผล|คะแนน|ใน|ของ|\s)*")
# The bounds of a grade: «ระดับ A (๘๕.๐๐-๙๔.๙๙)».
_BAND = re.compile(r"[0-9]{2,3}\.[0-9]+\s*[-–]\s*[0-9]{2,3}\.[0-9]+")
# «(ปี ๒๕๖๑ ได้ ๘๐.๒๘ คะแนน)»
_ASIDE = re.compile(r"\([^()]*\)")
# Not the end of a longer number («ยี่สิบสอง»), nor of a word («สี่» in «สี่แยก» counts nothing).
_COUNT_WORDS = r"(?<!สิบ)(?:หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า)"
_OTHER_CLAUSE = re.compile("และ|ส่วน|แต่|ขณะที่|สำหรับ")
_UPWARD = re.compile(r"\s*(?:คะแนน)?\s*ขึ้นไป")
_LONGEST_SHARE = 60
_SHARE = re.compile(r"[0-9]\s*(?!คะแนน)[ก-๎]{2,15}\s*(?:หรือ)?\s*คิดเป็น(?:ร้อยละ)?$")
_SCORED = ("คะแนน", "%", "เปอร์เซ็นต์")


@dataclass(frozen=True)
class Told:
    """One figure of the result as a line tells it, with the year (Buddhist era) that its clause names.

    `others`: it is surely the result of a whole of many offices (the country's mean); `near_others`: it follows one and
    may be. `passage`: where in the document it stands (`passages.py`). `beside`: the other lines of a table's row that
    tell it, its score among them.
    """

    kind: Kind
    line: Line
    year: int | None
    value: float | None = None
    word: str | None = None
    indicator: IndicatorName | None = None
    weak: bool = False
    others: bool = False
    near_others: bool = False
    passage: int = 0
    beside: tuple[Line, ...] = ()


def told_in(lines: Sequence[Line], reference: Reference, own: OfficeMention | None = None) -> tuple[Told, ...]:
    """Everything that lines outside the tables tell of the result, in printed order; `own` is the report's office."""
    reader = _Reader(reference, own)
    return tuple(told for line in lines for told in reader.read(line))


class _Left(NamedTuple):
    """An indicator whose score begins the next line, and whether it is called weak."""

    name: IndicatorName
    weak: bool


class _Reader:
    """Remembers from line to line whether a list of weak indicators is open («… ได้แก่»), and of whom it is told."""

    def __init__(self, reference: Reference, own: OfficeMention | None) -> None:
        self._reference = reference
        self._wording = reference.wording.results
        self._subjects = Subjects(own, reference)
        self._weak_list = False
        self._left: _Left | None = None

    def read(self, line: Line) -> Iterator[Told]:
        """What one line tells, in printed order."""
        clause = _Clause(line, self._reference, self._subjects.read(line))
        announces = announces_list(clause.text, self._wording)
        if not clause.names and not announces and clause.text.strip():
            self._weak_list = False
        yield from self._figures(clause)
        yield from self._grades(clause)
        yield from (Told("year", line, year.year) for year in clause.years if year.role == "assessment")
        if announces:
            self._weak_list = is_weak(clause.text, self._wording)

    def _figures(self, clause: "_Clause") -> Iterator[Told]:
        numbers = tuple(clause.numbers())
        claims = claims_in(clause.text, clause.names, self._wording) if numbers else ()
        claimed: set[int] = set()
        for match in numbers:
            if self._counts(clause, match):
                yield from self._weak_count(clause, match)
                continue
            claim = self._goes_on(match, clause) or claim_on(match.start(), claims, claimed)
            if claim is None or not _is_score(claim, match, clause.text) or not self._is_of_result(claim, clause):
                continue
            claimed.add(claim.start)
            yield from self._figure(claim, match, clause)
        yield from self._weak_count_in_words(clause)
        yield from self._named_weak(clause, claimed)
        self._left = self._left_at_end(clause, claimed)

    def _goes_on(self, match: re.Match[str], clause: "_Clause") -> Claim | None:
        """The indicator that ended the line above without a score, for a score whose words begin this one."""
        if self._left is None:
            return None
        words = _only_score_words(self._wording.score).fullmatch(clause.text, 0, match.start())
        return Claim("indicator", 0, match.start(), self._left.name) if words and words[0].strip() else None

    def _left_at_end(self, clause: "_Clause", claimed: set[int]) -> "_Left | None":
        if not clause.names or clause.names[-1].start in claimed:
            return None
        name = clause.names[-1]
        ends = _only_score_words(self._wording.score).fullmatch(clause.text, name.end)
        return _Left(name, self._weak_list or clause.calls_weak(name.start)) if ends else None

    def _is_of_result(self, claim: Claim, clause: "_Clause") -> bool:
        """Whether a figure is the assessment's: «คิดเป็นร้อยละ ๑.๔๙» of a saving is not."""
        return claim.kind != "score" or finds(self._reference.wording.years.assessment).search(clause.text) is not None

    def _counts(self, clause: "_Clause", match: re.Match[str]) -> bool:
        """«๓ ตัวชี้วัด»: the number counts what stands after it."""
        return "." not in match[1] and _counted(self._wording.counted).match(clause.text, match.end()) is not None

    def _weak_count(self, clause: "_Clause", match: re.Match[str]) -> Iterator[Told]:
        around = (clause.text[: match.start()], _same_clause(clause.text[match.end() : match.end() + 40]))
        if float(match[1]) < ALL_INDICATORS and any(is_weak(text, self._wording) for text in around):
            yield clause.told("weak_count", match.start(), value=float(match[1]))

    def _weak_count_in_words(self, clause: "_Clause") -> Iterator[Told]:
        """«สามตัวชี้วัดที่ต้องพัฒนา»: a count below ten in words."""
        for match in _count_words(self._wording.counted).finditer(clause.text):
            around = (clause.text[: match.start()], _same_clause(clause.text[match.end() : match.end() + 40]))
            value = number_from_words(match[0])
            if value is not None and any(is_weak(text, self._wording) for text in around):
                yield clause.told("weak_count", match.start(), value=float(value))

    def _figure(self, claim: Claim, match: re.Match[str], clause: "_Clause") -> Iterator[Told]:
        place, value = match.start(), float(match[1])
        if claim.kind == "indicator" and claim.name:
            left = self._left if self._left and claim.name is self._left.name else None
            weak = left.weak if left else self._weak_list or clause.calls_weak(claim.name.start)
            yield clause.told("indicator", place, value=value, indicator=claim.name, weak=weak)
        elif claim.kind in ("total", "score"):
            yield clause.told("total", place, value=value, word=claim.kind)
        elif claim.kind in ("iit", "eit", "oit") or (claim.kind == "threshold" and value >= LOWEST_PASS_MARK):
            yield clause.told(claim.kind, place, value=value)

    def _named_weak(self, clause: "_Clause", claimed: set[int]) -> Iterator[Told]:
        """Indicators named as weak whose scores stand elsewhere."""
        if self._weak_list or (clause.names and clause.calls_weak(clause.names[0].start)):
            for name in clause.names:
                if name.start not in claimed:
                    yield clause.told("indicator", name.start, indicator=name, weak=True)

    def _grades(self, clause: "_Clause") -> Iterator[Told]:
        for match in _grade(self._reference.grades).finditer(clause.text):
            before = clause.text[max(0, match.start() - 25) : match.start()]
            if not finds(self._wording.grade_goals).search(before):
                yield clause.told("grade", match.start(), word=match[1] or match[2])


class _Clause:
    """A line with the indicators and years that it names."""

    def __init__(self, line: Line, reference: Reference, subjects: LineSubjects) -> None:
        self.line = line
        self._subjects = subjects
        self._reference = reference
        self.text = fold_digits(line.text)
        self.names = _names(line.text, reference)
        self.years: tuple[YearMention, ...] = year_mentions(self.text, reference.wording.years)

    def told(
        self,
        kind: Kind,
        place: int,
        *,
        value: float | None = None,
        word: str | None = None,
        indicator: IndicatorName | None = None,
        weak: bool = False,
    ) -> Told:
        """A figure at a place of the line, with its year and whether it is that of others."""
        others = self._subjects.others_at(place)
        near = self._subjects.at_first
        return Told(kind, self.line, self.year_at(place), value, word, indicator, weak, others, near)

    def numbers(self) -> Iterator[re.Match[str]]:
        """Numbers that may be figures: no part of a year, a name or a band of grades, no number of order."""
        years = ((year.start, year.end) for year in self.years)
        names = ((name.start, name.end) for name in self.names)
        taken = [*years, *names, *(band.span() for band in _BAND.finditer(self.text))]
        for match in _NUMBER.finditer(self.text):
            if not any(start <= match.start() < end for start, end in taken) and not self._is_order(match.start()):
                yield match

    def _is_order(self, place: int) -> bool:
        return _ORDER.search(self.text[:place].rstrip()[-_LONGEST_ORDER_WORD:]) is not None

    def calls_weak(self, place: int) -> bool:
        """Whether what stands before a place calls it weak; the grade «ต้องปรับปรุง» is the whole's."""
        before = _grade(self._reference.grades).sub(" ", self.text[:place])
        return is_weak(before, self._reference.wording.results)

    def year_at(self, place: int) -> int | None:
        """The year that the clause of a figure names: the nearest before it, an aside that has ended left out."""
        asides = [match.span() for match in _ASIDE.finditer(self.text) if match.end() <= place]
        before = [year for year in self.years if year.end <= place]
        open_ones = [year for year in before if not any(start < year.start < end for start, end in asides)]
        meant = [year for year in open_ones if not self._compares(year, place)]
        return meant[-1].year if meant else None

    def _compares(self, year: YearMention, place: int) -> bool:
        """Whether a year is one compared with, whose figure has been told: «เพิ่มขึ้นจากปี ๒๕๖๕ ซึ่งได้ ๗๙.๙๕ …»."""
        compared = finds(self._reference.wording.results.comparisons)
        words = [match.end() for match in compared.finditer(self.text, 0, year.start)]
        near = bool(words) and _YEAR_WORDS.fullmatch(self.text, words[-1], year.start) is not None
        return near and _NUMBER.search(self.text, year.end, place) is not None


def _same_clause(text: str) -> str:
    """The text up to a word that goes over to others: «… มี ๕ ตัวชี้วัด และตัวชี้วัดที่ไม่ผ่าน …»."""
    return _OTHER_CLAUSE.split(text, maxsplit=1)[0]


def announces_list(text: str, wording: ResultWording) -> bool:
    """Whether a line ends by announcing a list: «… ได้แก่», «… ดังนี้ :»."""
    return _announcement(wording.announcements).search(text) is not None


def announces_weak(text: str, wording: ResultWording) -> bool:
    """Whether a line announces a list or table of weak indicators: «… ต่ำสุด ๓ ลำดับ ดังนี้», «… ดังตารางที่ ๑»."""
    return (announces_list(text, wording) or "ดังตาราง" in text) and is_weak(text, wording)


def is_weak(text: str, wording: ResultWording) -> bool:
    """Whether the last word of judgement in a text calls what follows weak."""
    weak = max((match.start() for match in finds(wording.weak).finditer(text)), default=-1)
    strong = max((match.start() for match in finds(wording.strong).finditer(text)), default=-1)
    return weak > strong


def _names(text: str, reference: Reference) -> tuple[IndicatorName, ...]:
    """The indicators that a line names; «ตัวชี้วัดที่ ๓ …» names one also where its name is no official one."""
    names = find_indicator_names(text, reference)
    declared = [] if names else list(_DECLARED.finditer(fold_digits(text)))
    if len(declared) != 1:
        return names
    bare, number = bare_name(text[declared[0].start() :]), int(declared[0][1])
    start = text.find(bare, declared[0].end()) if bare else -1
    if start < 0 or len(bare) > LONGEST_NAME or not 1 <= number <= ALL_INDICATORS:
        return ()
    return (IndicatorName(number, bare, start, start + len(bare)),)


def _is_score(claim: Claim, match: re.Match[str], text: str) -> bool:
    """A number with decimals is a score; one without only as a pass mark, or where คะแนน or ร้อยละ stands beside it.

    One that something is compared with is a pass mark («สูงกว่า ๘๕», «๘๕ คะแนนขึ้นไป») or nothing, a damaged «ตากว่า»
    too; a share of things counted («๑๓ หน่วยงาน คิดเป็นร้อยละ ๗๖.๔๗») is none.
    """
    before = text[: match.start()].rstrip()
    if claim.kind in ("score", "total") and (
        before.endswith("กว่า") or _UPWARD.match(text, match.end()) or _SHARE.search(before[-_LONGEST_SHARE:])
    ):
        return False
    if "." in match[1] or claim.kind == "threshold":
        return True
    return text[match.end() :].lstrip().startswith(_SCORED) or before.endswith(("คะแนน", "ร้อยละ", "ได้"))


@cache
def _announcement(phrases: Phrases) -> re.Pattern[str]:
    return re.compile(any_of(phrases) + r"\s*[:：]?\s*$")


@cache
def _counted(phrases: Phrases) -> re.Pattern[str]:
    return re.compile(r"\s*" + any_of(phrases))


@cache
def _only_score_words(phrases: Phrases) -> re.Pattern[str]:
    # Possessive: «ได้คะแนน» is a word of its own and two, so that giving back would take time without end.
    return re.compile(rf"(?:{any_of(phrases)}|ได้|มี|เฉลี่ย|[:=\s])*+")


@cache
def _count_words(phrases: Phrases) -> re.Pattern[str]:
    return re.compile(_COUNT_WORDS + rf"(?=\s*{any_of(phrases)})")


@cache
def _grade(grades: tuple[str, ...]) -> re.Pattern[str]:
    """«ระดับ B», «ระดับผลการประเมิน : ผ่านดี», «(ระดับ A)»."""
    lead = r"(?:ระดับ|เกรด|Grade|rating)(?:ผลการประเมิน|คะแนน|คุณภาพ|การประเมิน|ผล|[:：=\s\"“(]|คือ)*"
    return re.compile(rf"{lead}({any_of(grades)})(?![A-Za-zก-๙])|\(\s*(?:ระดับ\s*)?(AA|[A-F])\s*\)")
