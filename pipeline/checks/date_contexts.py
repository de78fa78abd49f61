"""Whether a date in an action's text is the day of the doing, or that of something cited, past or still to come."""

import re
from functools import cache

from extractors.thai.dates import FoundDate
from pipeline.checks.case import Case, PlacedAction
from pipeline.checks.period import Period
from pipeline.checks.words import DateWords
from schemas.wording import any_of

# How far before a date the order or law stands that it is the date of («ตามคำสั่ง … เรื่อง … ลงวันที่»).
REACH = 150
# How far before or after a date a word tells of the past or of a time to come.
NEAR = 45


def is_day_of_doing(found: FoundDate, text: str, placed: PlacedAction, case: Case, period: Period) -> bool:
    """Whether the date tells when something was done.

    Not so a fiscal year (whose plan or budget it is), the date of a law or order cited, an earlier state that is
    compared with, and, unless the document is a plan, a deadline or a promise for later.
    """
    words = case.words.dates
    before, after = text[max(0, found.start - REACH) : found.start], text[found.end : found.end + NEAR]
    if found.kind == "fiscal_year" or _is_of_cited(before, words):
        return False
    if _tells(words.history, before[-NEAR:]) or (_is_past(found, period) and _tells(words.since_then, after)):
        return False
    if _is_past(found, period) or case.is_plan:
        return True
    return placed.action.status != "planned" and not _ends_with(words.deadlines, before)


def _is_of_cited(before: str, words: DateWords) -> bool:
    """«ตามคำสั่งที่ ๘๔/๒๕๖๑ ลงวันที่», «ตามมติคณะรัฐมนตรีเมื่อวันที่»: not of an order that the office has just issued."""
    if _ends_with(words.decided, before, at_most=40):
        return True
    order = _last(_order(words), before) if _ends_with(words.dated, before) else None
    if order is None:
        return False
    return order["by"] is not None or not _tells(words.issued, before[max(0, order.start() - NEAR) : order.start()])


def _is_past(found: FoundDate, period: Period) -> bool:
    return found.mention.start is not None and found.mention.start <= period.before


def _tells(phrases: tuple[str, ...], text: str) -> bool:
    return any(phrase in text for phrase in phrases)


def _ends_with(phrases: tuple[str, ...], text: str, at_most: int = 0) -> bool:
    """A phrase stands right before the date, or before the words that lead to it; `at_most` letters between."""
    lead = rf"[ก-๎]{{0,{at_most}}}\s*(?:เมื่อ|วัน[ก-๎]*ที่|เดือน|สิ้น|ใน|\s)*$"
    return re.search(any_of(phrases) + lead, text) is not None


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for match in pattern.finditer(text):
        found = match
    return found


@cache
def _order(words: DateWords) -> re.Pattern[str]:
    return re.compile(rf"(?P<by>{any_of(words.by)}\s*)?(?P<what>{any_of(words.cited)})")
