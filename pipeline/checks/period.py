"""The days in which a report's actions can have been done: after the assessed year, within the report's own."""

import datetime

from schemas.base import Record
from schemas.report import DateMention, Report

# A Thai fiscal year (Buddhist era) ends on 30 September of the Common-Era year 543 less.
_ERA = 543


class Period(Record):
    """From the day after `before` to `last`; fiscal years are Buddhist era."""

    before: datetime.date
    last: datetime.date
    assessed: int | None
    fiscal: int

    def excludes(self, mention: DateMention) -> bool:
        """Whether all days of the date lie outside; a date that is not known lies nowhere."""
        if mention.start is None or mention.end is None:
            return False
        first, last = sorted((mention.start, mention.end))
        return last <= self.before or first > self.last


def period_of(report: Report) -> Period | None:
    """The period of the report's actions; null where neither the fiscal year nor the assessed year is known.

    A report may bear the assessed year itself as its own: then it tells of that year and the one after.
    """
    assessed = report.assessment.year if report.assessment else None
    fiscal = report.fiscal_year or (assessed + 1 if assessed else None)
    if fiscal is None:
        return None
    first = min(assessed, fiscal - 1) if assessed else fiscal - 1
    last = max(fiscal, assessed + 1) if assessed else fiscal
    return Period(before=_last_day(first), last=_last_day(last), assessed=assessed, fiscal=last)


def _last_day(fiscal_year: int) -> datetime.date:
    return datetime.date(fiscal_year - _ERA, 9, 30)
