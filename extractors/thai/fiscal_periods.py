"""Parts of the Thai fiscal year, which runs from 1 October of the year before to 30 September (พ.ร.บ.วิธีการงบประมาณ)."""

import calendar
import datetime
import re

Days = tuple[datetime.date, datetime.date]
Months = tuple[int, int]
"""First and last month of a part of the fiscal year, counted from October as 1."""

WHOLE_YEAR: Months = (1, 12)

_MONTH_COUNT = re.compile(r"\d+")


def quarter_months(number: int) -> Months | None:
    """The months of a fiscal quarter 1 to 4: ไตรมาสที่ ๑ is October to December; None for another number."""
    return (3 * number - 2, 3 * number) if 1 <= number <= 4 else None


def round_months(words: str) -> Months | None:
    """The months of a round as printed: «รอบ ๖ เดือน», «๖ เดือนหลัง», «ครึ่งปีแรก»; None over twelve months."""
    count_printed = _MONTH_COUNT.search(words)
    count = int(count_printed[0]) if count_printed else 6
    if not 1 <= count <= 12:
        return None
    return (13 - count, 12) if "หลัง" in words else (1, count)


def days_of(months: Months, fiscal_year: int) -> Days:
    """First and last day of those months of a fiscal year, given by the Common-Era year in which it ends."""
    first, last = (month_days(*_calendar_month(month, fiscal_year)) for month in months)
    return first[0], last[1]


def calendar_year(month: int, fiscal_year: int) -> int:
    """The calendar year in which a calendar month of a fiscal year lies (both Common Era)."""
    return fiscal_year - 1 if month >= 10 else fiscal_year


def month_days(year: int, month: int) -> Days:
    """First and last day of a calendar month (Common Era)."""
    last = calendar.monthrange(year, month)[1]
    return datetime.date(year, month, 1), datetime.date(year, month, last)


def _calendar_month(month: int, fiscal_year: int) -> tuple[int, int]:
    calendar_month = (month + 8) % 12 + 1
    return calendar_year(calendar_month, fiscal_year), calendar_month
