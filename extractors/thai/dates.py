"""Dates in Thai text: every date with a year that a text names, as printed and as days of the Common Era.

What is found: days, months, day and month ranges (–, -, ถึง), quarters, rounds of so many months and whole fiscal
years («ปีงบประมาณ ๒๕๖๓»), in full, abbreviated, slashed, dotted and ISO form. A list (และ, comma) is a date each; a part
that is printed once («๑๕ และ ๑๖ มิถุนายน ๒๕๖๓», «ต.ค. – ธ.ค. ๒๕๖๒») holds for the parts before it of the same shape.

What is none: a calendar year alone («ปี ๒๕๖๓», «พ.ศ. ๒๕๔๐»), so neither the years of laws nor the span in a
plan's name; a month or day without a year; order, letter and meeting numbers («๘๔/๒๕๖๑»).

Choices, where print leaves one:
- A range whose start has a month but no year takes the end's year, or the year before where it would otherwise run
  backwards over the turn of the year («ธันวาคม – มกราคม ๒๕๖๓»). Where both ends print a year, or share one month, the
  range stays as printed, start after end.
- A month with a fiscal year («ตุลาคม ปีงบประมาณ ๒๕๖๓») lies in that fiscal year. ไตรมาส and รอบ count in fiscal years,
  also behind a bare «ปี» or a slash («ไตรมาส ๒/๒๕๖๓»).
- A dash at the head of a line is a bullet.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from pydantic import Field

from extractors.thai.date_pieces import GuardWords, Piece, PieceReader, Shape, days_of_piece
from extractors.thai.date_tokens import Token, Tokeniser
from extractors.thai.text import fold_digits
from schemas.base import Record
from schemas.calendar import load_calendar
from schemas.report import DateMention

# A year has two digits at least.
_TWO_DIGITS = re.compile(r"\d\d")

DateKind = Literal["day", "month", "quarter", "round", "fiscal_year", "range"]


class FoundDate(Record):
    """A date named in a text, and its place there."""

    start: int
    end: int = Field(description="text[start:end] is mention.raw")
    mention: DateMention
    kind: DateKind
    weekday: str | None = Field(default=None, description="weekday printed before the first day, without วัน and ที่")
    end_weekday: str | None = Field(default=None, description="weekday printed before a range's last day")


def find_dates(text: str) -> tuple[FoundDate, ...]:
    """Every date with a year that the text names, in order; impossible ones without days and with a reason."""
    folded = fold_digits(text)
    if not _TWO_DIGITS.search(folded):
        return ()
    tokeniser, words = _vocabulary()
    tokens = tokeniser.tokens(text)
    reader = PieceReader(folded, tokens, tokeniser, words)
    found = (
        _found_date(text, first, last) for chain in _chains(reader, tokens) for first, last in _ranges(_filled(chain))
    )
    return tuple(found)


@cache
def _vocabulary() -> tuple[Tokeniser, GuardWords]:
    calendar = load_calendar()
    return Tokeniser(calendar), GuardWords(calendar)


Link = Literal["range", "list"]
Chain = list[tuple[Link, Piece]]
"""Pieces in a row, each with what joins it to the one before; the first counts as an item of a list."""


def _chains(reader: PieceReader, tokens: list[Token]) -> Iterator[Chain]:
    index = 0
    while index < len(tokens):
        reading = reader.read(index)
        if reading is None:
            index += 1
            continue
        piece, index = reading
        chain: Chain = [("list", piece)]
        while (joined := _joined_piece(reader, tokens, index, piece.shape)) is not None:
            link, piece, index = joined
            chain.append((link, piece))
        yield chain


def _joined_piece(
    reader: PieceReader, tokens: list[Token], index: int, before: Shape
) -> tuple[Link, Piece, int] | None:
    if not reader.follows(index, "range", "list") or _is_bullet(tokens[index]):
        return None
    link: Link = "range" if tokens[index].kind == "range" else "list"
    index += 1
    if link == "list" and reader.follows(index, "list"):
        index += 1
    if index >= len(tokens) or not tokens[index].joined:
        return None
    reading = reader.read(index, before)
    return (link, *reading) if reading else None


def _is_bullet(token: Token) -> bool:
    return token.new_line and token.kind == "range" and token.value != "ถึง"


def _filled(chain: Chain) -> Chain:
    """The chain with months and years that are printed once for several pieces; pieces left without are dropped."""
    filled: Chain = []
    after: Piece | None = None
    for link, piece in reversed(chain):
        after = _with_parts_of(piece, after)
        filled.append((link, after))
    filled.reverse()
    return [(link, piece) for link, piece in _with_year_before(filled) if piece.year is not None]


def _with_parts_of(piece: Piece, after: Piece | None) -> Piece:
    if after is None or piece.year is not None or piece.shape != after.shape or after.year is None:
        return piece
    if piece.shape == "day" and piece.month is None:
        return piece._replace(month=after.month, year=after.year, year_is_fiscal=after.year_is_fiscal)
    return piece._replace(year=after.year, year_is_fiscal=after.year_is_fiscal, year_is_own=False)


def _with_year_before(chain: Chain) -> Iterator[tuple[Link, Piece]]:
    """«ปีงบประมาณ ๒๕๖๓ ไตรมาสที่ ๑ และ ๒»: a fiscal period takes the year that stands before."""
    before: Piece | None = None
    for link, piece in chain:
        if before and piece.year is None and piece.shape == before.shape and piece.shape in ("quarter", "round"):
            piece = piece._replace(year=before.year)
        before = piece
        yield link, piece


def _ranges(chain: Chain) -> Iterator[tuple[Piece, Piece]]:
    """First and last piece of each date: the same one where it is no range."""
    ends: list[list[Piece]] = []
    for link, piece in chain:
        if link == "range" and ends:
            ends[-1].append(piece)
        else:
            ends.append([piece])
    yield from ((group[0], group[-1]) for group in ends)


def _found_date(text: str, first: Piece, last: Piece) -> FoundDate:
    raw = text[first.start : last.end]
    is_range = first is not last
    return FoundDate(
        start=first.start,
        end=last.end,
        mention=_mention(raw, _before_turn_of_year(first, last) if is_range else first, last),
        kind="range" if is_range else first.shape,
        weekday=first.weekday,
        end_weekday=last.weekday if is_range else None,
    )


def _mention(raw: str, first: Piece, last: Piece) -> DateMention:
    begin, finish = days_of_piece(first), days_of_piece(last)
    for days in (begin, finish):
        if isinstance(days, str):
            return DateMention(raw=raw, reason=days)
    return DateMention(raw=raw, start=begin[0], end=finish[1])


def _before_turn_of_year(first: Piece, last: Piece) -> Piece:
    year = first.year
    if first.year_is_own or first.year_is_fiscal or year is None or year.common_era is None:
        return first
    if first.month is None or last.month is None or first.month <= last.month:
        return first
    return first._replace(year=year._replace(common_era=year.common_era - 1))
