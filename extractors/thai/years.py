"""Years in Thai text: Buddhist and Common Era, two digits and four, and fiscal years.

A year is told apart by its size: 2300 to 2699 is Buddhist era, 1700 to 2199 Common Era, two digits are 25xx of the
Buddhist era. A printed era that the size contradicts makes the year impossible («พ.ศ. ๒๐๒๐»), as does any other size
(«๓๑๐๕», a year converted twice).
"""

import re
from typing import NamedTuple

from pydantic import Field

from extractors.thai.text import fold_digits
from schemas.base import Record

BUDDHIST_OFFSET = 543
"""Buddhist era less Common Era, for every date of the present calendar."""

ERA_PATTERN = r"(?:(?P<be>พ\.?\s?ศ\.?|พุทธศักราช)|(?P<ce>ค\.?\s?ศ\.?|คริสต์ศักราช))"
FISCAL_WORD_PATTERN = r"ปี\s?งบ(?:ประมาณ|ฯ|(?=\s?[\d๐-๙]))"

_YEAR_ALONE = re.compile(
    rf"\(?\s*(?:ประจำ)?\s*(?:{FISCAL_WORD_PATTERN}|ปี)?\s*{ERA_PATTERN}?\s*(?P<digits>\d{{4}}|\d{{2}})\s*\)?"
)
_YEAR_IN_TEXT = re.compile(
    rf"(?:(?P<fiscal>{FISCAL_WORD_PATTERN})|ปี|(?=[พค]))\s{{0,3}}{ERA_PATTERN}?\s{{0,3}}"
    r"(?P<first>\d{4}|\d{2}(?! ?(?:ล้าน|เดือน|โครงการ|กิจกรรม|คน)))(?!\d|[.,]\d|\s?บาท)"
    r"(?:\s?[-–]\s?(?P<last>\d{4})(?!\d|[.,]\d))?"
)
_TWO_DIGITS = re.compile(r"\d\d")


class Year(NamedTuple):
    """A year as printed: its Common-Era number, or the reason why there is no such year."""

    common_era: int | None
    reason: str | None = None


class FoundYear(Record):
    """A year named with ปี, ปีงบประมาณ, พ.ศ. or ค.ศ. in a text."""

    start: int
    end: int = Field(description="text[start:end] is the year with the words before it")
    year: int = Field(description="Buddhist era")
    fiscal: bool = Field(description="named as a fiscal year (ปีงบประมาณ)")


def read_year(digits: str, era: str | None = None) -> Year:
    """The year that digits (of any kind) stand for; `era` is "be", "ce" or None as printed before them."""
    number = int(fold_digits(digits)) if len(digits) <= 5 else 0
    if len(digits) == 2 and era != "ce":
        return Year(number + 2500 - BUDDHIST_OFFSET)
    if 1700 <= number <= 2199:
        return Year(number) if era != "be" else Year(None, f"ปี {digits} เป็นปี ค.ศ. แต่เขียนว่า พ.ศ.")
    if 2300 <= number <= 2699:
        return Year(number - BUDDHIST_OFFSET) if era != "ce" else Year(None, f"ปี {digits} เป็นปี พ.ศ. แต่เขียนว่า ค.ศ.")
    if _is_converted_twice(number):
        return Year(None, f"ไม่มีปี {digits} (น่าจะบวก {BUDDHIST_OFFSET} ซ้ำ)")
    return Year(None, f"ไม่มีปี {digits}")


def is_meant_as_year(digits: str) -> bool:
    """Whether four digits can be meant as a year: one of an era, or one of the Buddhist era converted twice."""
    return len(digits) == 4 and (read_year(digits).common_era is not None or _is_converted_twice(int(digits)))


def parse_year(text: str) -> int | None:
    """The Buddhist-era year that the whole text is («๒๕๖๓», «พ.ศ. 2563», «ปีงบประมาณ ๖๓», «2020»); None for none."""
    match = _YEAR_ALONE.fullmatch(fold_digits(text).strip()) if len(text) <= 100 else None
    return _buddhist(match["digits"], _era(match)) if match else None


def find_years(text: str) -> tuple[FoundYear, ...]:
    """All years named with ปี, ปีงบประมาณ, พ.ศ. or ค.ศ., in order; both ends of a span («พ.ศ. ๒๕๖๑ – ๒๕๖๔»)."""
    found: list[FoundYear] = []
    folded = fold_digits(text)
    for match in _YEAR_IN_TEXT.finditer(folded) if _TWO_DIGITS.search(folded) else ():
        fiscal = match["fiscal"] is not None
        if len(match["first"]) == 2 and not fiscal and not _era(match):
            continue  # «ปี ๒๐ คน»: two digits are a year only where an era or the fiscal year says so
        for group in ("first", "last"):
            year = _buddhist(match[group], _era(match)) if match[group] else None
            if year is not None:
                start = match.start() if group == "first" else match.start(group)
                found.append(FoundYear(start=start, end=match.end(group), year=year, fiscal=fiscal))
    return tuple(found)


def find_fiscal_years(text: str) -> tuple[FoundYear, ...]:
    """All years named as fiscal years (ปีงบประมาณ), in order."""
    return tuple(year for year in find_years(text) if year.fiscal)


def _is_converted_twice(number: int) -> bool:
    return 2300 <= number - BUDDHIST_OFFSET <= 2699


def _era(match: re.Match[str]) -> str | None:
    if match["be"]:
        return "be"
    return "ce" if match["ce"] else None


def _buddhist(digits: str, era: str | None) -> int | None:
    year = read_year(digits, era).common_era
    return None if year is None else year + BUDDHIST_OFFSET
