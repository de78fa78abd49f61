"""What a query means, taken apart: terms, what is left out, offices and years.

Parts stand apart by white space. A word is a term; `"a phrase"` is one term with its blanks. `-word` and `-"a phrase"`
leave out, `office:` (หน่วยงาน:) asks for a part of an office's name or abbreviation, `year:` (ปี:) for a fiscal year or
a range of them. All else is literal: a quote without a partner, a `-` alone or within a word, an operator without a
value or behind other letters, a year that is none.
"""

import re

from pydantic import Field

from extractors.thai.text import search_fold
from schemas.base import Record

_NOT_IN_SQLITE = re.compile("[\0\ud800-\udfff]")

# A quote opens a phrase only where another closes it.
_WORD = r'(?:[^\s"]|"(?![^"]*"))+'
_VALUE = rf'(?:"(?P<{{0}}_phrase>[^"]*)"|(?P<{{0}}_word>{_WORD}))'
_PART = re.compile(
    rf"(?<!\S)-(?!-){_VALUE.format('not')}"
    rf"|(?<!\S)(?:office|หน่วยงาน):{_VALUE.format('office')}"
    rf"|(?<!\S)(?:year|ปี):{_VALUE.format('year')}"
    rf"|{_VALUE.format('term')}",
    re.IGNORECASE,
)
_YEARS = re.compile(r"(\d{4})(?:\s?[-–]\s?(\d{4}))?")  # people write ranges with a dash, too


class YearRange(Record):
    """Fiscal years, Buddhist era, both ends included."""

    first: int
    last: int


class Query(Record):
    """A query, its texts folded as the searched texts are."""

    terms: tuple[str, ...] = Field(default=(), description="each must stand in the text")
    excluded: tuple[str, ...] = Field(default=(), description="none may stand in the text")
    offices: tuple[str, ...] = Field(default=(), description="each must be a part of the issuing office's names")
    years: tuple[YearRange, ...] = Field(default=(), description="the report's year must be in one; none: any")

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing, so that every row is found."""
        return not (self.terms or self.excluded or self.offices or self.years)


def parse_query(query: str) -> Query:
    """The query taken apart; any text is a query. Equal parts are there once, in the order of the first."""
    found: dict[str, list[str]] = {"term": [], "not": [], "office": []}
    years: list[YearRange] = []
    for part in _PART.finditer(query):
        kind, _, form = (part.lastgroup or "").partition("_")
        value = fold_text(part[f"{kind}_{form}"])
        if kind == "year" and (asked := _years(value)):
            years.append(asked)
        elif kind in found and value:
            found[kind].append(value)
        elif kind != "term":
            found["term"].append(fold_text(part[0]))
    return Query(
        terms=tuple(dict.fromkeys(found["term"])),
        excluded=tuple(dict.fromkeys(found["not"])),
        offices=tuple(dict.fromkeys(found["office"])),
        years=tuple(dict.fromkeys(years)),
    )


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


def with_year(query: str, year: int) -> str:
    """The query for one year, in the place of the years that it asks for."""
    kept = _PART.sub(lambda part: "" if _asks_for_years(part) else part[0], query)
    return f"{' '.join(kept.split())} year:{year}".strip()


def fold_text(text: str) -> str:
    """`search_fold`, with what SQLite cannot hold in a string (NUL, lone surrogates) as U+FFFD."""
    return search_fold(_NOT_IN_SQLITE.sub("\ufffd", text))


def _asks_for_years(part: re.Match[str]) -> bool:
    kind, _, form = (part.lastgroup or "").partition("_")
    return kind == "year" and _years(fold_text(part[f"{kind}_{form}"])) is not None


def _years(folded: str) -> YearRange | None:
    """The years that a value names, either end first; null where it names none."""
    match = _YEARS.fullmatch(folded)
    if match is None:
        return None
    ends = sorted((int(match[1]), int(match[2] or match[1])))
    return YearRange(first=ends[0], last=ends[1])
