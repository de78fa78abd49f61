"""What people type into a field, and the normal form that the corrections file holds.

Both are read by the same functions, so that a value in its normal form stands for itself. Thai digits, Buddhist-era
dates and years, numbers with commas and the wordings of the genre are understood (`extractors.thai`).
"""

import datetime
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Literal, NamedTuple, get_args

from extractors.report.status import status_of_cell
from extractors.thai.dates import find_dates
from extractors.thai.numerals import parse_baht, parse_number
from extractors.thai.offices import describe_office, possible_provinces, resolve_office
from extractors.thai.text import fold_digits, normalise
from extractors.thai.years import parse_year
from schemas.reference import Reference
from schemas.report import OfficeMention, Status

Kind = Literal[
    "text",
    "list-number",
    "office",
    "year",
    "dates",
    "points",
    "baht",
    "count",
    "indicator",
    "grade",
    "status",
    "yes-no",
]
_WORDS_OF_YES = ("true", "1", "yes", "ใช่", "เป็น", "เป็นจุดอ่อน")
_WORDS_OF_NO = ("false", "0", "no", "ไม่", "ไม่ใช่", "ไม่เป็น", "ไม่เป็นจุดอ่อน")
_CLOSING = " .)(]["
_BEFORE_DAY = re.compile(r"\s*(?:เมื่อ)?\s*(?:วัน[ก-๙]{0,12}|เดือน)?\s*")
_ISO_SPAN = re.compile(r"(\d{4}-\d\d-\d\d)(?:/(\d{4}-\d\d-\d\d))?")
# Years of the Common Era; what is beyond is no ISO date as we write them but a slip.
_LIKELY_YEARS = range(1900, 2200)
# Of the Buddhist era: the first assessments are younger; what is beyond is a slip.
_YEARS = range(2540, 2601)
# Two digits beyond these may be meant of the Common Era: 99 for 1999.
_YEARS_OF_TWO_DIGITS = range(40, 90)
# Left when all white space is folded: controls, and halves of surrogate pairs, which are no characters.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
# A text longer than any cell of a report is pasted by mistake.
LONGEST = 20_000


class Days(NamedTuple):
    """The first and the last day of a date or range; the same for one day."""

    start: datetime.date | None
    end: datetime.date | None


Value = str | int | float | bool | Days | OfficeMention | None


class NotUnderstood(Exception):
    """What was typed is no value of the field; the messages are one sentence each and say what is expected."""

    def __init__(self, message_th: str, message_en: str) -> None:
        super().__init__(message_en)
        self.message_th = message_th
        self.message_en = message_en


def read_value(kind: Kind, typed: str, facts: Reference) -> Value:
    """The value that a person typed, or a normal form; null where nothing is left of it. Raises `NotUnderstood`."""
    text = " ".join(normalise(typed).split())
    if not text:
        return None
    if len(text) > LONGEST:
        raise NotUnderstood(
            f"ข้อความยาวเกินไป (เกิน {LONGEST} อักขระ)", f"The text is too long: more than {LONGEST} characters."
        )
    if _CONTROL.search(text):
        raise NotUnderstood(
            "ข้อความมีอักขระที่มองไม่เห็น (อักขระควบคุม) โปรดลบแล้วพิมพ์ใหม่",
            "The text holds control characters, which cannot be seen: remove them.",
        )
    return _READERS[kind](text, facts)


def normal_form(value: Value, facts: Reference) -> str | None:
    """How the corrections file writes a value."""
    match value:
        case None | str():
            return value
        case bool():
            return "true" if value else "false"
        case Days():
            return _days_text(value)
        case OfficeMention():
            return _office_text(value, facts)
        case _:
            return str(int(value)) if value == int(value) else repr(value)


def _days_text(days: Days) -> str | None:
    if days.start is None and days.end is None:
        return None
    ends = [day.isoformat() if day else "" for day in days]
    return ends[0] if ends[0] == ends[1] else "/".join(ends)


def _office_text(mention: OfficeMention, facts: Reference) -> str:
    """The name, with the province where the name alone stands for an office elsewhere or nowhere in particular."""
    named = resolve_office(mention.name, facts.offices)
    province = describe_office(mention, facts.offices).province
    if province is None or (named is not None and named.office_id == mention.office_id):
        return mention.name
    return f"{mention.name} จังหวัด{province}"


def _text(text: str, _: Reference) -> str:
    return text


def _list_number(text: str, _: Reference) -> str:
    number = fold_digits(text).strip(_CLOSING)
    if not number or len(number) > 20:
        raise NotUnderstood(f"“{text}” ไม่ใช่เลขข้อ เช่น 1 หรือ 1.2", f"“{text}” is no list number, such as 1 or 1.2.")
    return number


def _office(text: str, facts: Reference) -> OfficeMention:
    mention = resolve_office(text, facts.offices)
    if mention is None:
        raise NotUnderstood(
            f"ไม่รู้จักหน่วยงาน “{text}” โปรดพิมพ์ชื่อเต็มพร้อมประเภทหน่วยงาน เช่น เทศบาลตำบลหนองบัว จังหวัดอุดรธานี",
            f"“{text}” is no office's name: type it in full with its kind, and its province where there are several.",
        )
    if mention.score < 1:
        raise NotUnderstood(
            f"สะกดชื่อหน่วยงาน “{text}” ผิดหรือไม่ หากหมายถึง “{mention.name}” โปรดพิมพ์ชื่อนั้น",
            f"“{text}” seems misspelt: if you mean “{mention.name}”, type that.",
        )
    provinces = possible_provinces(mention, facts.offices)
    if len(provinces) > 1 and describe_office(mention, facts.offices).province is None:
        listed = ", ".join(provinces)
        raise NotUnderstood(
            f"“{text}” อาจอยู่ในหลายจังหวัด ({listed}) โปรดระบุ เช่น {mention.name} จังหวัด{provinces[0]}",
            f"“{text}” may be in several provinces ({listed}): say which, as in “{mention.name} จังหวัด{provinces[0]}”.",
        )
    return mention


def _year(text: str, _: Reference) -> int:
    year = parse_year(text)
    if year is None:
        raise NotUnderstood(f"“{text}” ไม่ใช่ปี เช่น 2562 หรือ ๒๕๖๒", f"“{text}” is no year, such as 2562 or 2019.")
    digits = re.sub(r"\D", "", text)
    if year not in _YEARS or (len(digits) == 2 and int(digits) not in _YEARS_OF_TWO_DIGITS):
        raise NotUnderstood(
            f"ปี “{text}” ไม่น่าใช่ โปรดพิมพ์ปี พ.ศ. สี่หลัก ตั้งแต่ {_YEARS[0]} ถึง {_YEARS[-1]}",
            f"The year “{text}” cannot be right: type a Buddhist-era year in four digits, {_YEARS[0]} to {_YEARS[-1]}.",
        )
    return year


def _days(text: str, _: Reference) -> Days:
    days = _iso_days(text) if _ISO_SPAN.fullmatch(text) else _found_days(text)
    if days is None:
        raise NotUnderstood(
            f"ไม่เข้าใจวันที่ “{text}” โปรดพิมพ์เช่น 12 มกราคม 2562, ๑๒–๑๕ ม.ค. ๒๕๖๒ หรือ 2019-01-12",
            f"The date “{text}” is not understood: type it like 12 มกราคม 2562, 12/1/2562 or 2019-01-12.",
        )
    return days


def _iso_days(text: str) -> Days | None:
    match = _ISO_SPAN.fullmatch(text)
    try:
        start, end = (
            (datetime.date.fromisoformat(day) for day in (match[1], match[2] or match[1])) if match else (None, None)
        )
    except ValueError:
        return None
    if start is None or end is None or not (start.year in _LIKELY_YEARS and end.year in _LIKELY_YEARS):
        return _found_days(text)
    return Days(start, end)


def _found_days(text: str) -> Days | None:
    found = find_dates(text)
    if len(found) != 1 or text[found[0].end :].strip() or not _BEFORE_DAY.fullmatch(text[: found[0].start]):
        return None
    mention = found[0].mention
    return None if mention.start is None or mention.end is None else Days(mention.start, mention.end)


def _number(text: str, lowest: float, highest: float, parse: Callable[[str], Decimal | None] = parse_number) -> Decimal:
    number = parse(text)
    if number is None or not lowest <= number <= highest:
        raise NotUnderstood(
            f"“{text}” ไม่ใช่ตัวเลขตั้งแต่ {lowest:,} ถึง {highest:,}",
            f"“{text}” is no number from {lowest:,} to {highest:,}.",
        )
    return number


def _whole(text: str, lowest: int, highest: int) -> int:
    number = _number(text, lowest, highest)
    if number != int(number):
        raise NotUnderstood(f"“{text}” ไม่ใช่จำนวนเต็ม", f"“{text}” is no whole number.")
    return int(number)


def _points(text: str, _: Reference) -> float:
    return float(_number(text, 0, 100))


def _baht(text: str, _: Reference) -> float:
    return float(_number(text, 0, 10**12, parse_baht))


def _count(text: str, _: Reference) -> int:
    return _whole(text, 0, 1000)


def _indicator(text: str, facts: Reference) -> int:
    numbers = [fact.number for fact in facts.indicators]
    return _whole(text, min(numbers), max(numbers))


def _grade(text: str, facts: Reference) -> str:
    grade = next((grade for grade in facts.grades if grade == text.upper()), None)
    if grade is None:
        listed = ", ".join(sorted(facts.grades))
        raise NotUnderstood(f"“{text}” ไม่ใช่ระดับผลการประเมิน ({listed})", f"“{text}” is no grade ({listed}).")
    return grade


def _status(text: str, facts: Reference) -> str:
    codes: tuple[str, ...] = get_args(Status)
    status = text if text in codes else status_of_cell(text, facts)
    if status is None:
        listed = ", ".join(codes)
        raise NotUnderstood(f"“{text}” ไม่ใช่สถานะ ({listed})", f"“{text}” is no status ({listed}).")
    return status


def _yes_no(text: str, _: Reference) -> bool:
    word = fold_digits(text).lower()
    if word not in (*_WORDS_OF_YES, *_WORDS_OF_NO):
        raise NotUnderstood(f"“{text}” ไม่ใช่คำว่า ใช่ หรือ ไม่ใช่", f"“{text}” is neither yes nor no.")
    return word in _WORDS_OF_YES


_READERS: Mapping[Kind, Callable[[str, Reference], Value]] = {
    "text": _text,
    "list-number": _list_number,
    "office": _office,
    "year": _year,
    "dates": _days,
    "points": _points,
    "baht": _baht,
    "count": _count,
    "indicator": _indicator,
    "grade": _grade,
    "status": _status,
    "yes-no": _yes_no,
}
