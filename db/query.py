"""What a query means, taken apart: terms, what is left out, offices and years.

Parts stand apart by white space. A word is a term; `"a phrase"` is one term with its blanks. `-word` and `-"a phrase"`
leave out, `office:` (หน่วยงาน:) asks for a part of an office's name or abbreviation, `year:` (ปี:) for fiscal years, of
either era, and ranges of them with commas between, or for none; `-office:` and `-year:` leave these out. All else is
literal: a quote without a partner, a `-` alone or within a word, an operator without a value or behind other letters, a
year that is none.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from pydantic import Field

from extractors.thai.text import search_fold
from extractors.thai.years import parse_year
from schemas.base import Record

_NOT_IN_SQLITE = re.compile("[\0\ud800-\udfff]")

# A quote opens a phrase only where another closes it.
_WORD = r'(?:[^\s"]|"(?![^"]*"))+'
_VALUE = rf'(?:"(?P<{{0}}_phrase>[^"]*)"|(?P<{{0}}_word>{_WORD}))'
_PART = re.compile(
    rf"(?<!\S)(?P<no_office>-?)(?:office|หน่วยงาน):{_VALUE.format('office')}"
    rf"|(?<!\S)(?P<no_year>-?)(?:year|ปี):{_VALUE.format('year')}"
    rf"|(?<!\S)-(?!-){_VALUE.format('not')}"
    rf"|{_VALUE.format('term')}",
    re.IGNORECASE,
)
_RANGE = re.compile(r"([^-–]+)(?:[-–]([^-–]+))?")  # people write ranges with a dash, too
_NO_YEAR = ("none", "ไม่ทราบ", "ไม่ระบุ")
# Two digits beyond these are no year of a report, but half of one that is being typed.
_TWO_DIGITS = range(40, 90)


class YearRange(Record):
    """Fiscal years, Buddhist era, both ends included; the year 0 is that of reports without one."""

    first: int
    last: int


class Query(Record):
    """A query, its texts folded as the searched texts are."""

    terms: tuple[str, ...] = Field(default=(), description="each must stand in the text")
    excluded: tuple[str, ...] = Field(default=(), description="none may stand in the text")
    offices: tuple[str, ...] = Field(default=(), description="each must be a part of the issuing office's names")
    years: tuple[YearRange, ...] = Field(default=(), description="the report's year must be in one; none: any")
    excluded_offices: tuple[str, ...] = Field(default=(), description="none may be a part of the office's names")
    excluded_years: tuple[YearRange, ...] = Field(default=(), description="the report's year may be in none")

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing, so that every row is found."""
        return self == Query()


def parse_query(query: str) -> Query:
    """The query taken apart; any text is a query. Equal parts are there once, in the order of the first."""
    found: defaultdict[str, dict[Any, None]] = defaultdict(dict)
    for part in _PART.finditer(query):
        for field, value in _asked(part):
            found[field][value] = None
    return Query.model_validate({field: tuple(values) for field, values in found.items()})


def query_terms(query: str) -> tuple[str, ...]:
    """The terms of a query, folded: what is marked in the texts that it finds."""
    return parse_query(query).terms


def replace_term(query: str, term: str, other: str) -> str:
    """The query with another text in the place of a term, where it asks for it."""

    def replaced(part: re.Match[str]) -> str:
        kind, _, form = (part.lastgroup or "").partition("_")
        if kind != "term" or fold_text(part[f"{kind}_{form}"]) != term:
            return part[0]
        return other if form == "word" and query_terms(other) == (other,) else f'"{other}"'

    return _PART.sub(replaced, query)


def with_year(query: str, year: int | None) -> str:
    """The query for one year, or none, in the place of the years that it asks for."""
    kept = _PART.sub(lambda part: "" if _asks_for_years(part) else part[0], query)
    return f"{' '.join(kept.split())} year:{year or _NO_YEAR[0]}".strip()


def fold_text(text: str) -> str:
    """`search_fold`, with what SQLite cannot hold in a string (NUL, lone surrogates) as U+FFFD."""
    return search_fold(_NOT_IN_SQLITE.sub("\ufffd", text))


def _asked(part: re.Match[str]) -> Iterator[tuple[str, str | YearRange]]:
    """What a part of a query asks for: a field of `Query`, and what is to be in it."""
    kind, _, form = (part.lastgroup or "").partition("_")
    value = fold_text(part[f"{kind}_{form}"])
    literal = "excluded" if part["no_office"] or part["no_year"] else "terms"
    if kind == "year" and (years := _years(value)):
        yield from (("excluded_years" if part["no_year"] else "years", each) for each in years)
    elif kind == "office" and value:
        yield "excluded_offices" if part["no_office"] else "offices", value
    elif kind in ("term", "not") and value:
        yield "terms" if kind == "term" else "excluded", value
    elif kind != "term":
        yield literal, fold_text(part[0]).removeprefix("-" if literal == "excluded" else "")


def _asks_for_years(part: re.Match[str]) -> bool:
    return any(field == "years" for field, _ in _asked(part))


def _years(folded: str) -> tuple[YearRange, ...]:
    """The years that a value names, either end of a range first; empty where any part of it names none."""
    ranges = [_range(each.strip()) for each in folded.split(",")]
    known = tuple(each for each in ranges if each is not None)
    return known if len(known) == len(ranges) else ()


def _range(text: str) -> YearRange | None:
    if text in _NO_YEAR:
        return YearRange(first=0, last=0)
    match = _RANGE.fullmatch(text)
    one, other = (_year(match[1]), _year(match[2] or match[1])) if match else (None, None)
    return YearRange(first=min(one, other), last=max(one, other)) if one and other else None


def _year(text: str) -> int | None:
    digits = text.strip()
    if len(digits) == 2 and digits.isdecimal() and int(digits) not in _TWO_DIGITS:
        return None
    return parse_year(digits)
