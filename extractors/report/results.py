"""The assessment's result told in sentences and lists: each number is read by the words that stand before it.

A line is walked from left to right. Words such as «IIT», an indicator's name or «ต่ำกว่าร้อยละ» claim the number that follows
them; a number that nothing claims is no result.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from extractors.report.names import IndicatorName, bare_name, find_indicator_names
from extractors.report.years import YearMention, year_mentions
from extractors.thai.text import fold_digits
from schemas.document import Line
from schemas.reference import Reference

Kind = Literal["total", "iit", "eit", "oit", "indicator", "threshold", "weak_count", "grade", "year"]

# A score has at most two decimals and is of 100; «๘๕» without decimals is one only where its words say so.
_NUMBER = re.compile(r"(?<![0-9.,/])(100(?:\.00?)?|[0-9]{1,2}(?:\.[0-9]{1,2})?)(?![0-9]|[.,/][0-9])")

_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("iit", re.compile(r"\bIIT\b|ผู้มีส่วนได้ส่วนเสียภายใน(?!นอก)|ผู้มีส่วนได้เสียภายใน(?!นอก)")),
    ("eit", re.compile(r"\bEIT\b|ผู้มีส่วนได้ส่วนเสียภายนอก|ผู้มีส่วนได้เสียภายนอก")),
    ("oit", re.compile(r"\bOIT\b|การเปิดเผยข้อมูลสาธารณะ")),
    ("full", re.compile(r"เต็ม|จากคะแนน(?=\s*1)|น้ำหนัก|ถ่วง")),
    (
        "target",
        re.compile(
            r"เป้าหมาย|ตั้งเป้า|ให้ได้|ให้ถึง|คาดหวัง|เพิ่มขึ้น(?!จาก)|ลดลง(?!จาก)|ผลต่าง|ราว|สูงขึ้น|ต่ำลง|จำนวน(?=\s*[0-9]+\s*หน่วย)"
        ),
    ),
    (
        "threshold",
        re.compile(
            r"(?:น้อยกว่า|ต่ำกว่า|ไม่ถึง|ไม่ผ่านเกณฑ์|เกณฑ์ผ่าน|เกณฑ์|ค่าเป้าหมาย|ขั้นต่ำ|สูงกว่า|มากกว่า|ผ่านเกณฑ์|ผ่าน)"
            r"(?:การประเมิน|มาตรฐาน|ที่กำหนด|ขั้นต่ำ|ค่าเป้าหมาย|ผ่าน|คือ|ที่|ไว้|ระดับ|คะแนน|ร้อยละ|เป้าหมาย|ตัวชี้วัด|ของ|แต่ละ|ราย|ละ|\(|:|\s)*(?=[0-9])"
        ),
    ),
    ("previous", re.compile(r"ปีที่แล้ว|ปีก่อน|ปีที่ผ่านมา|ปีงบประมาณที่ผ่านมา|ครั้งก่อน|เดิม")),
    (
        "total",
        re.compile(
            r"คะแนนรวม|คะแนนเฉลี่ย|คะแนนภาพรวม|ภาพรวม|ในภาพรวม|ผลคะแนน|คะแนนที่ได้|คะแนนผลการประเมิน|คะแนนการประเมิน|ผลการประเมิน|คะแนน ?I ?T ?A|โดยรวม"
        ),
    ),
    ("score", re.compile(r"ได้รับคะแนน|ได้คะแนน|มีคะแนน|คะแนน|ร้อยละ|เท่ากับ")),
)

_WEAK = re.compile(
    r"น้อยกว่า|ต่ำกว่า|ไม่ถึง|ไม่ผ่าน|จุดอ่อน|ต่ำสุด|น้อยที่สุด|น้อยสุด|ต่ำที่สุด|(?:ต้อง|ควร|จะ)(?:ได้รับการ)?(?:พัฒนา|ปรับปรุง|แก้ไข|ยกระดับ)|คะแนนต่ำ|คะแนนน้อย|ควรให้ความสำคัญ|เร่งด่วน"
)
_STRONG = re.compile(r"สูงกว่า|มากกว่า|จุดแข็ง|สูงสุด|มากที่สุด|(?<!ไม่)ผ่านเกณฑ์|ตั้งแต่")
_COUNTED = re.compile(r"\s*(?:ตัวชี้วัด|ลำดับ|อันดับ|ด้าน|ประเด็น|ตัว(?=\s|ได้แก่|คือ|$)|ข้อ|เรื่อง|หัวข้อ)")
ALL_INDICATORS = 10
# A pass mark is of 100 (85 in every manual); a lower number is of another scale, such as a mean of 5.
LOWEST_PASS_MARK = 50
# «ตัวชี้วัดที่ ๑๐», «อันดับที่ ๗»: a number of order, no score.
_ORDER = re.compile(r"(?:(?<!หน้า)ที่|ข้อ|อันดับ|ลำดับ|รอบ|ครั้ง|ไตรมาส)\s*$")
_ANNOUNCES = re.compile(r"(?:ได้แก่|ดังนี้|คือ|ดังต่อไปนี้|ประกอบด้วย)\s*[:：]?\s*$")
_DECLARED = re.compile(r"ตัวชี้วัดที่\s*[0-9]{1,2}(?![0-9])")
# How far a word's claim reaches: the longest indicator name with «ได้คะแนนเฉลี่ยร้อยละ» fits.
_REACH = 90


@dataclass(frozen=True)
class Told:
    """One figure of the result as a line tells it, with the year that its clause names."""

    kind: Kind
    line: Line
    year: int | None
    value: float | None = None
    word: str | None = None
    indicator: IndicatorName | None = None
    weak: bool = False


def told_in(lines: Sequence[Line], reference: Reference) -> tuple[Told, ...]:
    """Everything that lines outside the tables tell of the result, in printed order."""
    reader = _Reader(reference)
    return tuple(told for line in lines for told in reader.read(line))


class _Reader:
    """Remembers from line to line whether a list of weak indicators is open («… ได้แก่»)."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._weak_list = False
        self._grade = re.compile(
            r"(?:ระดับ|เกรด|Grade|rating)(?:ผลการประเมิน|คะแนน|คุณภาพ|การประเมิน|ผล|:|：|=|คือ|\s|[\"“(])*("
            + "|".join(reference.grades)
            + r")(?![A-Za-zก-๙])|\(\s*(?:ระดับ\s*)?(AA|[A-F])\s*\)"
        )

    def read(self, line: Line) -> Iterator[Told]:
        text = fold_digits(line.text)
        names = _names(line.text, self._reference)
        years = year_mentions(text)
        listed = bool(names)
        if not listed and not _ANNOUNCES.search(text):
            self._weak_list = self._weak_list and not text.strip()
        yield from self._figures(line, text, names, years)
        yield from self._grades(line, text, years)
        for mention in years:
            if mention.role == "assessment":
                yield Told("year", line, mention.year)
        if _ANNOUNCES.search(text):
            self._weak_list = _is_weak(text)

    def _figures(
        self, line: Line, text: str, names: Sequence[IndicatorName], years: Sequence[YearMention]
    ) -> Iterator[Told]:
        words = _claims(text, names, years)
        claimed: set[int] = set()
        scored: set[int] = set()
        for match in _NUMBER.finditer(text):
            if any(year.start <= match.start() < year.end for year in years):
                continue
            if any(name.start <= match.start() < name.end for name in names):
                continue
            before = text[: match.start()]
            year = _year_of(match.start(), years)
            if _COUNTED.match(text, match.end()) and "." not in match[1]:
                if float(match[1]) < ALL_INDICATORS and (
                    _is_weak(before) or _is_weak(text[match.end() : match.end() + 40])
                ):
                    yield Told("weak_count", line, year, value=float(match[1]))
                continue
            claim = _claim_on(match.start(), words, claimed)
            if claim is None or _ORDER.search(before) or not _is_score(claim, match, text):
                continue
            claimed.add(claim.start)
            told = self._told(claim, match, line, text, year)
            if told:
                scored.add(claim.start)
                yield told
        weak = self._weak_list or _is_weak(text[: names[0].start] if names else "")
        for name in names:
            if name.start not in scored and weak:
                yield Told("indicator", line, _year_of(name.start, years), indicator=name, weak=True)

    def _told(self, claim: "_Claim", match: re.Match[str], line: Line, text: str, year: int | None) -> Told | None:
        value = float(match[1])
        if claim.kind == "indicator" and claim.name:
            weak = self._weak_list or _is_weak(text[: claim.name.start])
            return Told("indicator", line, year, value, indicator=claim.name, weak=weak)
        if claim.kind == "threshold" and value < LOWEST_PASS_MARK:
            return None
        if claim.kind in ("iit", "eit", "oit", "threshold"):
            return Told(claim.kind, line, year, value)  # type: ignore[arg-type]
        if claim.kind in ("total", "score"):
            return Told("total", line, year, value, word=claim.kind)
        return None

    def _grades(self, line: Line, text: str, years: Sequence[YearMention]) -> Iterator[Told]:
        for match in self._grade.finditer(text):
            before = text[max(0, match.start() - 25) : match.start()]
            if not re.search(r"เป้าหมาย|ให้ได้|ให้อยู่ใน|ยกระดับ|ไม่ต่ำกว่า|เพื่อ", before):
                yield Told("grade", line, _year_of(match.start(), years), word=match[1] or match[2])


def _is_score(claim: "_Claim", match: re.Match[str], text: str) -> bool:
    """A number with decimals is a score; one without only as a pass mark, or where คะแนน or ร้อยละ stands beside it."""
    if "." in match[1] or claim.kind == "threshold":
        return True
    after, before = text[match.end() :].lstrip(), text[: match.start()].rstrip()
    return after.startswith(("คะแนน", "%", "เปอร์เซ็นต์")) or before.endswith(("คะแนน", "ร้อยละ", "ได้"))


@dataclass(frozen=True)
class _Claim:
    kind: str
    start: int
    end: int
    name: IndicatorName | None = None


def _names(text: str, reference: Reference) -> tuple[IndicatorName, ...]:
    """The indicators that a line names; «ตัวชี้วัดที่ ๓ …» names one also where its name is no official one."""
    names = find_indicator_names(text, reference)
    declared = _DECLARED.findall(fold_digits(text))
    if names or len(declared) != 1:
        return names
    match = _DECLARED.search(fold_digits(text))
    bare = bare_name(text[match.start() :]) if match else ""
    number = int(re.sub(r"\D", "", declared[0]))
    if not match or not bare or len(bare) > 70 or not 1 <= number <= 10:
        return ()
    start = text.find(bare, match.end())
    return (IndicatorName(number, bare, start, start + len(bare)),) if start >= 0 else ()


def _claims(text: str, names: Sequence[IndicatorName], years: Sequence[YearMention]) -> list[_Claim]:
    claims = [_Claim("indicator", name.start, name.end, name) for name in names]
    inside = [(name.start, name.end) for name in names]
    for kind, pattern in _WORDS:
        for match in pattern.finditer(text):
            if not any(start <= match.start() < end for start, end in inside):
                claims.append(_Claim(kind, match.start(), match.end()))
    return sorted(claims, key=lambda claim: (claim.end, claim.start))


def _claim_on(place: int, claims: Sequence[_Claim], claimed: set[int]) -> _Claim | None:
    """The word that claims the number at `place`: the nearest before it, unless that is a mere «คะแนน» of another's."""
    before = [claim for claim in claims if claim.end <= place and place - claim.end <= _REACH]
    if not before:
        return None
    nearest = before[-1]
    if nearest.kind in ("score", "total"):
        owner = next(
            (c for c in reversed(before) if c.kind in ("indicator", "iit", "eit", "oit", "full", "target", "previous")),
            None,
        )
        strong = nearest.kind == "total" and owner is not None and owner.kind == "indicator"
        if owner is not None and owner.start not in claimed and not strong:
            return owner
        if owner is not None and owner.kind in ("full", "target", "previous") and nearest.kind == "score":
            return owner if owner.start not in claimed else nearest
    return None if nearest.start in claimed else nearest


def _year_of(place: int, years: Sequence[YearMention]) -> int | None:
    """The year that the clause of a figure names: the nearest before it in the line."""
    before = [year for year in years if year.end <= place]
    return before[-1].year if before else None


def _is_weak(text: str) -> bool:
    weak = max((match.start() for match in _WEAK.finditer(text)), default=-1)
    strong = max((match.start() for match in _STRONG.finditer(text)), default=-1)
    return weak > strong
