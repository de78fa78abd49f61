"""The words and numbers that dates are made of, cut out of running text, each with its place."""

import re
from itertools import pairwise
from typing import Literal, NamedTuple, cast

from extractors.thai.text import fold_digits
from extractors.thai.years import ERA_PATTERN, FISCAL_WORD_PATTERN
from schemas.calendar import Calendar, Month

TokenKind = Literal[
    "numeric",  # 08/06/2563, 8-6-63, 8.6.2563, 2020-06-08, 1-ต.ค.-62
    "number",
    "month",
    "weekday",  # วันจันทร์ที่
    "day_word",  # วันที่
    "month_word",  # เดือน
    "year_word",  # ปี, ประจำปี
    "era",  # พ.ศ.
    "fiscal_word",  # ปีงบประมาณ
    "slash_year",  # /2563 after a quarter's number
    "quarter_word",  # ไตรมาสที่
    "round",  # รอบ ๖ เดือนแรก
    "range",  # – - ถึง
    "list",  # และ ,
]


class Token(NamedTuple):
    """A piece of a date; `value` is the number, the word as printed, or what the kind needs, with ASCII digits."""

    kind: TokenKind
    start: int
    end: int
    value: str
    joined: bool = False
    """Only blanks stand between the token before and this one (no tab, one line end at most); before a fiscal period
    also ของ, ใน, ประจำ or an opening bracket."""
    new_line: bool = False
    """A line end stands before it."""


class Tokeniser:
    """Cuts date tokens out of a text, with the words of one calendar."""

    def __init__(self, calendar: Calendar) -> None:
        self._month_numbers = {_bare(name): month.number for month in calendar.months for name in _names(month)}
        self._pattern = re.compile(_token_pattern(calendar))

    def tokens(self, text: str) -> list[Token]:
        """All date tokens of the text, in order; other words only show in `joined`."""
        folded = fold_digits(text)
        found = [self._token(match) for match in self._pattern.finditer(folded)]
        return found[:1] + [_placed(folded, before, token) for before, token in pairwise(found)]

    def month_number(self, name: str) -> int:
        """The month of a name as printed; KeyError for a word that no token of kind month has."""
        return self._month_numbers[_bare(name)]

    def _token(self, match: re.Match[str]) -> Token:
        kind = cast(TokenKind, match.lastgroup)
        value = match["weekday_name"] if kind == "weekday" else match[kind]
        return Token(kind, *match.span(kind), value)


_FISCAL_KINDS: tuple[TokenKind, ...] = ("fiscal_word", "round", "quarter_word")
_LINKS = ("ของ", "ใน", "ประจำ", "(", "สำหรับ")

_NUMERIC = (
    r"(?<![\d/.])\d{1,2}\s?/\s?\d{1,2}\s?/\s?(?:\d{4}|\d{2})(?!\d|\s?/\d)"
    r"|(?<![\d/.-])\d{1,2}-\d{1,2}-(?:\d{4}|\d{2})(?![\d/-])"
    r"|(?<![\d.])\d{1,2}\.\d{1,2}\.\d{4}(?!\d|\.\d)"
    r"|(?<![\d/-])\d{4}-\d{1,2}-\d{1,2}(?![\d-])"
    r"|(?<![\d/])\d{4}/\d{1,2}/\d{1,2}(?![\d/])"
)
_ROUND = (
    r"รอบ\s{0,3}\d{1,2}\s{0,3}เดือน(?:\s{0,2}\(?\s?(?:แรก|หลัง)\)?)?"
    r"|(?<!\d)\d{1,2}\s{0,3}เดือน\s?(?:แรก|หลัง)"
    r"|ครึ่งปี(?:งบประมาณ)?\s?(?:แรก|หลัง)"
)


def _token_pattern(calendar: Calendar) -> str:
    months = "|".join(_month_pattern(name) for month in calendar.months for name in _names(month))
    names = sorted((name for day in calendar.weekdays for name in (day.name, *day.variants)), key=len, reverse=True)
    weekdays = "|".join(map(re.escape, names))
    # Most places of a text begin no token: the look at the first character alone makes cutting three times as fast.
    first = "".join(sorted({name[0] for month in calendar.months for name in _names(month)}))
    alternatives = "|".join(
        (
            rf"(?P<round>{_ROUND})",
            rf"(?P<numeric>{_NUMERIC}|(?<!\d)\d{{1,2}}(?P<joint>[-/])(?:{months})(?P=joint)(?:\d{{4}}|\d{{2}})(?!\d))",
            r"(?P<number>\d+)",
            rf"(?P<month>{months})",
            r"(?P<range>[-–—‐‑‒~]|(?:ไป)?(?:จน)?ถึง)",
            r"(?P<list>และ|หรือ|กับ|,)",
            r"(?P<day_word>วัน\s?ที่)",
            rf"(?P<weekday>วัน\s?(?P<weekday_name>{weekdays})\s?(?:ที่)?)",
            r"(?P<month_word>เดือน)",
            rf"(?P<fiscal_word>{FISCAL_WORD_PATTERN})",
            r"(?P<year_word>(?:ของ|ประจำ)?ปี(?!\s?งบ))",
            rf"(?P<era>{ERA_PATTERN})",
            r"(?P<quarter_word>ไตรมาส\s?(?:ที่)?)",
            r"(?P<slash_year>/\s?\d{4}(?!\d))",
        )
    )
    return rf"(?=[{first}\d,/~‐-―กขคจดตถปพรวหไแ-])(?:{alternatives})"


def _names(month: Month) -> tuple[str, ...]:
    return (month.name, *month.variants, month.abbreviation, *month.english)


def _month_pattern(name: str) -> str:
    """A full name as it is; an abbreviation with dots and spaces or without, where no other letter touches it."""
    if name.isascii():
        return rf"(?<![A-Za-z]){name}(?![A-Za-z])\.?"
    if "." not in name:
        return name
    first, second, _ = name.split(".")
    dotted = rf"{first}\s?\.\s?{second}(?![ก-๎])\.?|{first}\s?\.\s?{second}\."
    bare = rf"{first}\s?{second}\.|{first}{second}(?![ก-๎.])"
    return rf"(?<![ก-๎])(?<![ก-ฮ]\.)(?:{dotted}|{bare})"


def _bare(name: str) -> str:
    return "".join(name.split()).replace(".", "").lower()


def _placed(folded: str, before: Token, token: Token) -> Token:
    gap = folded[before.end : token.start]
    words = gap.strip(" \r\n\u00a0")
    linked = not words or (token.kind in _FISCAL_KINDS and words in _LINKS)
    joined = linked and gap.count("\n") <= 1
    return token._replace(joined=joined, new_line="\n" in gap)
