"""One date, month or fiscal period read from date tokens; parts that the text leaves to a neighbour stay None."""

import datetime
import re
from typing import Literal, NamedTuple

from extractors.thai.date_tokens import Token, Tokeniser, TokenKind
from extractors.thai.fiscal_periods import (
    WHOLE_YEAR,
    Days,
    Months,
    calendar_year,
    days_of,
    month_days,
    quarter_months,
    round_months,
)
from extractors.thai.years import Year, is_meant_as_year, read_year
from schemas.calendar import Calendar

Shape = Literal["day", "month", "quarter", "round", "fiscal_year"]

_NO_YEAR = Year(None)
_LIKELY_SHORT_YEAR = 40  # «๖๓» after a month is a year; a lower number may be a count or the next list number
_MOST_DAY_WORDS = 3  # วันที่, a weekday and เดือน; one more look finds the day or month itself


class Piece(NamedTuple):
    """A date as printed, with what it says itself: «๑๕» of «๑๕ และ ๑๖ มิถุนายน ๒๕๖๓» has neither month nor year."""

    shape: Shape
    start: int
    end: int
    day: int | None = None
    month: int | None = None
    months: Months | None = None
    """Of a fiscal period; None where there is no such period."""
    year: Year | None = None
    year_is_fiscal: bool = False
    year_is_own: bool = True
    weekday: str | None = None


Reading = tuple[Piece, int]
"""A piece, and the index of the first token behind it."""


class PieceReader:
    """Reads pieces from the tokens of one text."""

    def __init__(self, folded: str, tokens: list[Token], tokeniser: Tokeniser, words: "GuardWords") -> None:
        self._folded = folded
        self._tokens = tokens
        self._tokeniser = tokeniser
        self._words = words

    def follows(self, index: int, *kinds: TokenKind) -> bool:
        """Whether the token at `index` is of one of those kinds and joined to the one before it."""
        return index < len(self._tokens) and self._tokens[index].joined and self._tokens[index].kind in kinds

    def read(self, index: int, before: Shape | None = None) -> Reading | None:
        """The piece that begins with the token at `index`; `before` is the shape of the piece a list goes on from."""
        token = self._tokens[index]
        if (
            before is None
            and token.kind in ("number", "numeric")
            and self._words.rank_before(self._folded, token.start)
        ):
            return None
        if token.kind == "numeric":
            return self._numeric(index)
        if token.kind == "fiscal_word":
            return self._fiscal_first(index)
        if token.kind in ("quarter_word", "round"):
            return self._period(index)
        if token.kind == "number" and before in ("quarter", "fiscal_year"):
            return self._continued(index, before) or self._day_or_month(index)
        return self._day_or_month(index)

    def _numeric(self, index: int, weekday: str | None = None) -> Reading | None:
        token = self._tokens[index]
        parts = [part for part in re.split(r"\s?[/-]\s?", token.value) if part]
        if len(parts) != 3:
            parts = token.value.split(".")
        if len(parts[0]) == 4:
            parts.reverse()
        month = int(parts[1]) if parts[1].isdigit() else self._tokeniser.month_number(parts[1])
        year = read_year(parts[2])
        piece = Piece("day", token.start, token.end, day=int(parts[0]), month=month, year=year, weekday=weekday)
        # Three joined numbers are a date only where they can be one, or where the year shows that they mean one.
        if isinstance(days_of_piece(piece), str) and not is_meant_as_year(parts[2]):
            return None
        return piece, index + 1

    def _fiscal_first(self, index: int) -> Reading | None:
        year = self._year(index, with_day=False)
        if year is None:
            return None
        value, behind, _ = year
        start, end = self._tokens[index].start, self._tokens[behind - 1].end
        if self.follows(behind, "round", "quarter_word"):
            period = self._period(behind)
            if period and period[0].year is None:
                return period[0]._replace(start=start, year=value), period[1]
        return Piece("fiscal_year", start, end, months=WHOLE_YEAR, year=value), behind

    def _period(self, index: int) -> Reading | None:
        token = self._tokens[index]
        if token.kind == "round":
            piece, behind = Piece("round", token.start, token.end, months=round_months(token.value)), index + 1
        elif self.follows(index + 1, "number") and len(self._tokens[index + 1].value) == 1:
            piece, behind = self._quarter(index, index + 1)
        else:
            return None
        return self._with_period_year(piece, behind)

    def _quarter(self, first: int, number: int) -> Reading:
        start, token = self._tokens[first].start, self._tokens[number]
        return Piece("quarter", start, token.end, months=quarter_months(int(token.value))), number + 1

    def _with_period_year(self, piece: Piece, behind: int) -> Reading:
        if self.follows(behind, "slash_year"):
            token = self._tokens[behind]
            return piece._replace(year=read_year(token.value.strip("/ ")), end=token.end), behind + 1
        year = self._year(behind, with_day=False) if self.follows(behind, "fiscal_word", "year_word", "era") else None
        if year is None:
            return piece, behind
        value, behind, _ = year
        return piece._replace(year=value, end=self._tokens[behind - 1].end), behind

    def _continued(self, index: int, before: Shape) -> Reading | None:
        """«๒» of «ไตรมาสที่ ๑-๒ ปีงบประมาณ ๒๕๖๓», «๒๕๖๔» of «ปีงบประมาณ ๒๕๖๒ - ๒๕๖๔»."""
        token = self._tokens[index]
        if self.follows(index + 1, "month", "month_word"):
            return None
        if before == "quarter" and len(token.value) == 1:
            return self._with_period_year(*self._quarter(index, index))
        year = read_year(token.value)
        if before == "fiscal_year" and len(token.value) == 4 and year.common_era:
            return Piece("fiscal_year", token.start, token.end, months=WHOLE_YEAR, year=year), index + 1
        return None

    def _day_or_month(self, index: int) -> Reading | None:
        weekday, at = self._day_words(index)
        if at is None:
            return None
        token = self._tokens[at]
        if token.kind == "numeric":
            return self._numeric(at, weekday)
        if token.kind == "month":
            return self._month(at) if weekday is None else None
        if token.kind != "number" or len(token.value) > 3:
            return None
        named = at + 2 if self.follows(at + 1, "month_word") else at + 1
        day = Piece("day", token.start, token.end, day=int(token.value), weekday=weekday)
        if self.follows(named, "month"):
            return self._day_and_month(day, named)
        return (day, at + 1) if self.follows(at + 1, "range", "list") and len(token.value) <= 2 else None

    def _day_words(self, index: int) -> tuple[str | None, int | None]:
        """The weekday printed, and the index of the first token behind วันที่, เดือน and the weekday; None for none."""
        weekday = None
        for _ in range(_MOST_DAY_WORDS + 1):
            if self._tokens[index].kind not in ("day_word", "weekday", "month_word"):
                return weekday, index
            if self._tokens[index].kind == "weekday":
                weekday = self._tokens[index].value
            index += 1
            if not self.follows(index, "day_word", "weekday", "month_word", "number", "numeric", "month"):
                break
        return weekday, None

    def _month(self, index: int) -> Reading:
        token = self._tokens[index]
        piece = Piece("month", token.start, token.end, month=self._tokeniser.month_number(token.value))
        return self._with_year(piece, index + 1)

    def _day_and_month(self, day: Piece, index: int) -> Reading:
        token = self._tokens[index]
        piece = day._replace(end=token.end, month=self._tokeniser.month_number(token.value))
        return self._with_year(piece, index + 1)

    def _with_year(self, piece: Piece, behind: int) -> Reading:
        if not self.follows(behind, "number", "era", "year_word", "fiscal_word"):
            return piece, behind
        year = self._year(behind, with_day=piece.day is not None)
        if year is None:
            return piece, behind
        value, behind, fiscal = year
        return piece._replace(year=value, year_is_fiscal=fiscal, end=self._tokens[behind - 1].end), behind

    def _year(self, index: int, with_day: bool) -> tuple[Year, int, bool] | None:
        """The year at `index`, with its words (ปีงบประมาณ, ปี, พ.ศ.): value, index behind it, whether fiscal."""
        fiscal = self._tokens[index].kind == "fiscal_word"
        if self._tokens[index].kind in ("fiscal_word", "year_word"):
            index += 1
            if not self.follows(index, "era", "number"):
                return None
        era = None
        if self._tokens[index].kind == "era":
            era = "ce" if self._tokens[index].value.startswith("ค") else "be"
            index += 1
            if not self.follows(index, "number"):
                return None
        if not self._can_be_year(index, stated=with_day or era is not None):
            return None
        return read_year(self._tokens[index].value, era), index + 1, fiscal

    def _can_be_year(self, index: int, stated: bool) -> bool:
        token = self._tokens[index]
        if self._words.number_goes_on(self._folded, token.end):
            return False
        if is_meant_as_year(token.value):
            return True
        if len(token.value) == 2:
            return self._can_be_short_year(index, stated)
        if not stated or self._words.count_after(self._folded, token.end):
            return False
        return len(token.value) == 4 or (len(token.value) == 5 and token.value.startswith(("25", "20")))

    def _can_be_short_year(self, index: int, stated: bool) -> bool:
        token = self._tokens[index]
        if token.new_line or self.follows(index + 1, "month", "month_word"):
            return False
        likely = int(token.value) >= _LIKELY_SHORT_YEAR
        if not (stated and likely) and self._words.count_after(self._folded, token.end):
            return False
        return likely or self._folded[token.end : token.end + 1] not in (".", ")")


class GuardWords:
    """Tells from the words beside a number that it is a rank or a count, not a part of a date."""

    def __init__(self, calendar: Calendar) -> None:
        ranked, counted = ("|".join(map(re.escape, words)) for words in (calendar.ranked, calendar.counted))
        self._longest_rank = max(map(len, calendar.ranked)) + 3
        # A hyphen glued to a letter belongs to a name («โควิด-19»), as does a Latin letter.
        self._rank_before = re.compile(rf"(?:{ranked})\s{{0,2}}$|[A-Za-zก-๎]-$|[A-Za-z]$")
        self._count_after = re.compile(rf" ?(?:{counted})")
        self._number_goes_on = re.compile(r"[.:/]\d|,\d{3}(?!\d)| ?บาท")

    def rank_before(self, folded: str, start: int) -> bool:
        """A word of rank or a name stands straight before the place."""
        return self._rank_before.search(folded, max(0, start - self._longest_rank), start) is not None

    def count_after(self, folded: str, end: int) -> bool:
        """A word for something counted stands straight behind the place."""
        return self._count_after.match(folded, end) is not None

    def number_goes_on(self, folded: str, end: int) -> bool:
        """The digits before the place are part of something longer: a decimal, a time, an order's number, an amount."""
        return self._number_goes_on.match(folded, end) is not None


def days_of_piece(piece: Piece) -> Days | str:
    """First and last day of a piece that has its year; else the reason (Thai) why there is no such date."""
    year = piece.year or _NO_YEAR
    if year.common_era is None:
        return year.reason or "ไม่มีปี"
    if piece.shape not in ("day", "month"):
        return days_of(piece.months, year.common_era) if piece.months else "ไม่มีช่วงนี้ในปีงบประมาณ"
    if piece.month is None or not 1 <= piece.month <= 12:
        return f"ไม่มีเดือนที่ {piece.month}"
    common_era = calendar_year(piece.month, year.common_era) if piece.year_is_fiscal else year.common_era
    first, last = month_days(common_era, piece.month)
    if piece.day is None:
        return first, last
    if not 1 <= piece.day <= last.day:
        return f"ไม่มีวันที่ {piece.day} (เดือนนี้มี {last.day} วัน)"
    day = datetime.date(common_era, piece.month, piece.day)
    return day, day
