"""Checks of dates: impossible days, weekdays that are not the date's, dates that run backwards or lie outside."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from extractors.thai.dates import FoundDate, find_dates
from extractors.thai.text import fold_digits
from pipeline.checks.case import Case, Passage, PlacedAction
from pipeline.checks.contradiction import Contradiction, Value, listed, told_value
from pipeline.checks.date_contexts import is_day_of_doing
from pipeline.checks.period import Period, period_of
from pipeline.checks.phrases import Told, listed_phrases, phrase, reason_in_words
from pipeline.checks.words import DateWords
from schemas.calendar import load_calendar
from schemas.report import Action, DateMention
from schemas.wording import any_of

# A date joined to the one before by no more letters than these is in a list with it («และครั้งที่ ๒ เมื่อวันพุธที่»).
LONGEST_JOINT = 40
_WEEKDAY_AFTER = re.compile(r"\s*\(?\s*(?:ซึ่ง)?(?:ตรงกับ)?วัน(?!ที่)\s*([ก-๎ฯ]{3,8})\s*[)\s]")
_MONTH_LETTERS = re.compile("[ก-ฮA-Za-z]")


@dataclass(frozen=True)
class Dated:
    """A date found in a text, with the values of its record (which a person may have corrected)."""

    found: FoundDate
    mention: DateMention


def impossible_dates(case: Case) -> Iterator[Contradiction]:
    """Days that no calendar has, and years that none gives."""
    for passage, dates in _dated_passages(case):
        wrong = [each for each in dates if each.mention.reason is not None]
        if wrong:
            reasons = listed_phrases(reason_in_words(each.mention.reason or "") for each in wrong)
            yield _told("date-impossible", passage, wrong, told_value("reason", reasons))


def wrong_weekdays(case: Case) -> Iterator[Contradiction]:
    """Weekdays printed beside a date that are not that date's."""
    for passage, dates in _dated_passages(case):
        wrong = [(each, *pair) for each in dates for pair in _wrong_weekdays(passage.text, each)]
        if wrong:
            printed = told_value("printed", listed_phrases(_as_printed(name) for _, name, _ in wrong))
            right = told_value("right", listed_phrases(_weekday(day.weekday()) for _, _, day in wrong))
            yield _told("date-weekday", passage, [each for each, _, _ in wrong], printed, right)


def backward_dates(case: Case) -> Iterator[Contradiction]:
    """Ranges whose end lies before their start, and lists of dates of one doing that run backwards."""
    for passage, dates in _dated_passages(case):
        ranges = [each for each in dates if _runs_backwards(each.mention)]
        pairs = [] if ranges else list(_backward_pairs(passage.text, dates, case.words.dates))
        wrong = ranges or [each for pair in pairs for each in pair]
        if wrong:
            yield _told("date-order", passage, wrong, message="range" if ranges else "list")


def dates_out_of_period(case: Case) -> Iterator[Contradiction]:
    """Days of doings before the assessed year has ended, or after the report's fiscal year."""
    period = period_of(case.report)
    if period is None or case.is_half_read:
        return
    for placed in case.actions:
        text = placed.action.text
        wrong = [
            each
            for each in dates_in(placed.action)
            if period.excludes(each.mention) and is_day_of_doing(each.found, text, placed, case, period)
        ]
        if wrong:
            yield _out_of_period(placed, wrong, period)


def dates_in(action: Action) -> tuple[Dated, ...]:
    """The dates of an action with their places in its text."""
    found = find_dates(action.text)
    if len(found) == len(action.dates):
        return tuple(Dated(f, mention) for f, mention in zip(found, action.dates, strict=True))
    return tuple(Dated(f, f.mention) for f in found)


def _out_of_period(placed: PlacedAction, wrong: list[Dated], period: Period) -> Contradiction:
    before = all(each.mention.end is not None and each.mention.end <= period.before for each in wrong)
    return Contradiction(
        check="date-out-of-period",
        message="before" if before else "after",
        at=placed.at,
        records=(placed.action.id,),
        values=(
            Value(name="dates", text=listed(each.mention.raw for each in wrong)),
            Value(name="assessed", text=str(period.assessed or period.fiscal - 1)),
            Value(name="fiscal", text=str(period.fiscal)),
        ),
        evidence=placed.action.evidence,
    )


def _dated_passages(case: Case) -> Iterator[tuple[Passage, tuple[Dated, ...]]]:
    actions = {placed.action.id: placed.action for placed in case.actions}
    for passage in case.passages:
        dates = dates_in(actions[passage.record]) if passage.is_action else _beside(passage)
        if dates:
            yield passage, dates


def _beside(passage: Passage) -> tuple[Dated, ...]:
    """Outside of actions only dates with a month in letters: «๓๑/๑๓/๒๕๖๓» may be a number of another kind."""
    return tuple(Dated(f, f.mention) for f in find_dates(passage.text) if _MONTH_LETTERS.search(f.mention.raw))


def _runs_backwards(mention: DateMention) -> bool:
    return mention.start is not None and mention.end is not None and mention.start > mention.end


def _wrong_weekdays(text: str, dated: Dated) -> Iterator[tuple[str, datetime.date]]:
    """Weekdays as printed that are not those of the days beside them, with the days."""
    found, mention = dated.found, dated.mention
    after = _WEEKDAY_AFTER.match(text, found.end)
    printed = [(found.weekday, mention.start), (found.end_weekday, mention.end)]
    printed += [(after[1], mention.start)] if after and found.weekday is None and found.kind == "day" else []
    for name, day in printed:
        number = load_calendar().weekday_number(name) if name else None
        if name and day and number is not None and day.weekday() != number and found.kind in ("day", "range"):
            yield name, day


def _backward_pairs(text: str, dates: tuple[Dated, ...], words: DateWords) -> Iterator[tuple[Dated, Dated]]:
    for one, other in pairwise(dates):
        first, second = one.mention.start, other.mention.start
        if first and second and second < first and _are_of_one_doing(text, one.found, other.found, words):
            yield one, other


def _are_of_one_doing(text: str, one: FoundDate, other: FoundDate, words: DateWords) -> bool:
    """Nothing stands between two dates but words that join them; where both are numbered, the numbers rise."""
    between = fold_digits(text[one.end : other.start])
    joint = re.compile(rf"[\s,]*(?:{any_of(words.between)}[\s,]*|{any_of(words.ordinals)}\s*[0-9]{{1,2}}\s*)*")
    if len(between) > LONGEST_JOINT or one.kind != other.kind or not joint.fullmatch(between):
        return False
    if not re.search(r"และ|,|กับ", between):
        return False
    ordinal = re.compile(rf"{any_of(words.ordinals)}\s*([0-9]{{1,2}})")
    later = ordinal.search(between)
    earlier = ordinal.findall(fold_digits(text[max(0, one.start - LONGEST_JOINT) : one.start]))
    return later is None or not earlier or int(earlier[-1]) < int(later[1])


def _told(check: str, passage: Passage, wrong: list[Dated], *values: Value, message: str = "default") -> Contradiction:
    dates = Value(name="dates", text=listed(each.mention.raw for each in wrong))
    return Contradiction(
        check=check,
        message=message,
        at=passage.at,
        records=(passage.record,),
        values=(dates, *values),
        evidence=passage.evidence,
    )


def _weekday(number: int) -> Told:
    return phrase(f"weekday_{number}")


def _as_printed(name: str) -> Told:
    """A weekday that stands in the document, perhaps spelt in another way."""
    number = load_calendar().weekday_number(name)
    return Told(f"วัน{name}", name if number is None else _weekday(number).english)
