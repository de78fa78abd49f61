"""Numbers and amounts of baht in Thai text: Thai, Arabic and mixed digits, and number words.

What is a number: digits with a point as decimal mark and commas between groups of three («1,234,567.50»). What is none:
a comma elsewhere («82,22» is two numbers in a list), digits joined by / or : (order numbers, times), more than two
groups joined by - (telephone numbers, dates), a leading zero before two digits or more (telephone numbers), more
than twelve digits without commas (identity cards), digits behind a Latin letter (O38, COVID-19).

No number is `None`, never zero: «-», «ไม่ใช้งบประมาณ» and an empty text say that there is none; «0» is zero.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from pydantic import Field

from extractors.thai.number_words import UNIT_WORDS, WORD_RUN, number_from_words
from extractors.thai.text import fold_digits
from schemas.base import Record


class FoundNumber(Record):
    """A number in a text."""

    start: int
    end: int = Field(description="text[start:end] is the number as printed, with its ร้อยละ, scale word or percent sign")
    value: Decimal
    percent: bool = Field(description="printed with ร้อยละ, % or เปอร์เซ็นต์")


class FoundAmount(Record):
    """An amount of money in a text."""

    start: int
    end: int
    baht: Decimal
    unit_stated: bool = Field(description="printed with บาท; false for «20,000.-» and «งบประมาณ 20,000»")


_SCALES = {"ร้อย": 100, "พัน": 1_000, "หมื่น": 10_000, "แสน": 100_000}
_SCALE = "(?:(?:สิบ|ร้อย|พัน|หมื่น|แสน)?(?:ล้าน){1,2}|ร้อย|พัน|หมื่น|แสน)"
# A scale word is one only where the word ends («๔ พันธกิจ» is four missions) or บาท follows.
_SCALE_AFTER = re.compile(rf"\s*(?P<scale>{_SCALE})(?=\s*บาท|(?![\u0e00-\u0e7f]))")
_PLAIN = re.compile(r"(?!0\d{2})(?:\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.\d+)?")
_CHAIN = re.compile(r"\d+(?:[.,/:-]\d+)*")
_PERCENT_BEFORE = re.compile(r"ร้อยละ\s*$")
_PERCENT_AFTER = re.compile(r"\s*(?:%|เปอร์เซ็นต์|เปอร์เซนต์)")
_PERCENT_WORDS = re.compile(r"ร้อยละ\s*(?P<words>" + WORD_RUN.pattern + ")")
_LATIN_BEFORE = re.compile(r"[A-Za-z][-.]?$")
_PERCENT_WORD_WIDTH = 12
_LONGEST = 300  # characters of a text that can be one number

_ALONE = re.compile(
    r"\(?\s*(?:ร้อยละ|จำนวน)?\s*(?P<sign>[-−+])?(?P<digits>\d[\d,]*(?:\.\d+)?)"
    rf"(?:\s*(?P<scale>{_SCALE}))?\s*(?:[.,]-)?\s*(?:%|เปอร์เซ็นต์|คะแนน|บาท)?\s*(?:ถ้วน)?\s*\)?"
)
_WORDS_ALONE = re.compile(
    r"\(?\s*(?:ร้อยละ)?\s*(?P<words>[^\d()]*?)\s*(?:บาท\s*(?:ถ้วน)?(?:(?P<satang>[^\d()]+)สตางค์)?|คะแนน)?\s*\)?"
)

_BAHT_AFTER = re.compile(r"\s*(?:[.,]\s?-\s*)?บาท(?:\s*(?P<satang>\d{1,2})\s*สตางค์|\s*ถ้วน)?")
_PRICE_MARK = re.compile(r"\s?[.,]\s?[-–](?!\d)")
_MONEY_BEFORE = re.compile(r"(?:งบประมาณ|วงเงิน|เป็นเงิน|จำนวนเงิน|งบ)\s*(?:จำนวน|รวม|ทั้งสิ้น|ที่ใช้)?\s*[:=]?\s*$")
_MONEY_BEFORE_WIDTH = 40
# The tail of «82,22» or of a range is not what the whole says.
_TAIL_OF_MORE = re.compile(r"\d\s?[.,–-]\s?$")
# «ล้านบาท» alone may be the end of «หลายล้านบาท» or «๒ ล้านบาท»: an amount in words begins with its digit.
_AMOUNT_WORDS = re.compile(r"(?<!หลาย)(?:สิบ|ยี่|" + "|".join(UNIT_WORDS) + ")")
_BAHT_AFTER_WORDS = re.compile(r"\s?บาท(?:\s?ถ้วน)?")
_SATANG_AFTER_WORDS = re.compile(r"\s?(?P<words>" + WORD_RUN.pattern + r")\s?สตางค์")


def parse_number(text: str) -> Decimal | None:
    """The number that the whole text is, with or without ร้อยละ, %, คะแนน, บาท, brackets, or in words; else None."""
    folded = fold_digits(text).strip()
    if len(folded) > _LONGEST:
        return None
    match = _ALONE.fullmatch(folded)
    if match is None:
        return _number_in_words(folded)
    value = _plain(match["digits"])
    if value is None:
        return None
    return _scaled(-value if match["sign"] in ("-", "−") else value, match["scale"])


def find_numbers(text: str) -> tuple[FoundNumber, ...]:
    """All numbers in digits, and percentages in words («ร้อยละแปดสิบ»), in order.

    Other number words in running text are left alone: สาม begins สามารถ, ห้า begins ห้าม.
    """
    folded = fold_digits(text)
    found = [_found_number(folded, start, end, value) for start, end, value in _digit_numbers(folded)]
    for match in _PERCENT_WORDS.finditer(folded):
        value = number_from_words(match["words"])
        if value is not None:
            found.append(FoundNumber(start=match.start(), end=match.end(), value=value, percent=True))
    return tuple(sorted(found, key=lambda number: number.start))


def find_baht(text: str) -> tuple[FoundAmount, ...]:
    """All amounts of baht, in order: before บาท (digits or words), before «.-», grouped digits after งบประมาณ or วงเงิน.

    An amount that is repeated in words behind it in brackets is found twice; `parse_baht` takes it as one.
    """
    folded = fold_digits(text)
    found = [*_amounts_in_digits(folded), *_amounts_in_words(folded)]
    return tuple(sorted(found, key=lambda amount: amount.start))


def parse_baht(text: str) -> Decimal | None:
    """The one amount that a budget cell states, its unit printed or not; None where it states none, or several."""
    alone = parse_number(text)
    if alone is not None:
        return alone
    amounts = {amount.baht for amount in find_baht(text)}
    return amounts.pop() if len(amounts) == 1 else None


def _plain(digits: str) -> Decimal | None:
    return Decimal(digits.replace(",", "")) if _PLAIN.fullmatch(digits) else None


def _scaled(value: Decimal, scale: str | None) -> Decimal:
    if scale is None:
        return value
    small = scale.replace("ล้าน", "")
    factor = {**_SCALES, "สิบ": 10, "": 1}[small]
    millions = 1_000_000 if scale.count("ล้าน") == 1 else 1_000_000_000_000 if "ล้าน" in scale else 1
    return value * factor * millions


def _number_in_words(text: str) -> Decimal | None:
    match = _WORDS_ALONE.fullmatch(text)
    if match is None:
        return None
    value = number_from_words(match["words"])
    satang = number_from_words(match["satang"]) if match["satang"] else Decimal(0)
    return None if value is None or satang is None else value + satang / 100


def _digit_numbers(folded: str) -> Iterator[tuple[int, int, Decimal]]:
    """Start, end and value of each number in digits, before scale words and percent signs are looked at."""
    for chain in _CHAIN.finditer(folded):
        if _LATIN_BEFORE.search(folded, max(0, chain.start() - 2), chain.start()):
            continue
        start = chain.start()
        for part in _parts(chain[0]):
            value = _plain(part)
            if value is not None:
                yield start, start + len(part), value
            start += len(part) + 1


def _parts(chain: str) -> list[str]:
    """The numbers that digits joined by marks can stand for: one, the ends of a range, a list, or none."""
    if "/" in chain or ":" in chain or chain.count("-") > 1:
        return []
    if "-" in chain:
        ends = chain.split("-")
        return ends if all(_PLAIN.fullmatch(end) for end in ends) else []
    return [chain] if _PLAIN.fullmatch(chain) else chain.split(",")


def _found_number(folded: str, start: int, end: int, value: Decimal) -> FoundNumber:
    scale = _SCALE_AFTER.match(folded, end)
    if scale:
        value, end = _scaled(value, scale["scale"]), scale.end()
    before = _PERCENT_BEFORE.search(folded, max(0, start - _PERCENT_WORD_WIDTH), start)
    after = _PERCENT_AFTER.match(folded, end)
    return FoundNumber(
        start=before.start() if before else start,
        end=after.end() if after else end,
        value=value,
        percent=bool(before or after),
    )


def _amounts_in_digits(folded: str) -> Iterator[FoundAmount]:
    head: tuple[int, int, Decimal] | None = None  # «๒ ล้าน» of «๒ ล้าน ๕ แสนบาท»: start, end, value so far
    for start, end, value in _digit_numbers(folded):
        scale = _SCALE_AFTER.match(folded, end)
        if scale:
            value, end = _scaled(value, scale["scale"]), scale.end()
        if head and value < head[2] and not folded[head[1] : start].strip(" "):
            start, value = head[0], head[2] + value
        amount = _amount(folded, start, end, value)
        if amount:
            yield amount
        head = (start, end, value) if scale and not amount else None


def _amount(folded: str, start: int, end: int, value: Decimal) -> FoundAmount | None:
    """The number at this place as baht, where something printed beside it says that it is money."""
    if _TAIL_OF_MORE.search(folded, max(0, start - 4), start):
        return None
    baht = _BAHT_AFTER.match(folded, end)
    if baht:
        satang = Decimal(baht["satang"] or 0) / 100
        return FoundAmount(start=start, end=baht.end(), baht=value + satang, unit_stated=True)
    mark = _PRICE_MARK.match(folded, end)
    if mark:
        return FoundAmount(start=start, end=mark.end(), baht=value, unit_stated=False)
    grouped = "," in folded[start:end]
    if grouped and _MONEY_BEFORE.search(folded, max(0, start - _MONEY_BEFORE_WIDTH), start):
        return FoundAmount(start=start, end=end, baht=value, unit_stated=False)
    return None


def _amounts_in_words(folded: str) -> Iterator[FoundAmount]:
    for run in WORD_RUN.finditer(folded):
        baht = _BAHT_AFTER_WORDS.match(folded, run.end())
        if baht is None or not _AMOUNT_WORDS.match(folded, run.start()):
            continue
        value = number_from_words(run[0])
        if value is None:
            continue
        satang = _SATANG_AFTER_WORDS.match(folded, baht.end())
        parts = number_from_words(satang["words"]) if satang else None
        end = satang.end() if satang and parts is not None else baht.end()
        yield FoundAmount(start=run.start(), end=end, baht=value + (parts or Decimal(0)) / 100, unit_stated=True)
