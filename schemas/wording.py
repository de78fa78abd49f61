"""Set phrases of the genre as data (`facts/wording.toml`), and patterns made of them."""

import re
from collections.abc import Sequence
from functools import cache

from pydantic import Field

from schemas.base import Record

Phrases = tuple[str, ...]


class TitleWording(Record):
    """What tells a title from the lines around it, and a plan's title from a report's."""

    sections: Phrases
    sentence_words: Phrases
    told_as_done: Phrases
    memo_heads: Phrases
    furniture: Phrases
    front_matter: Phrases
    address_words: Phrases
    plan_titles: Phrases
    report_titles: Phrases


class YearWording(Record):
    """Words that say whose year the next year is."""

    assessment: Phrases
    other_assessments: Phrases
    activity: Phrases


class ResultWording(Record):
    """Words around the figures of an assessment's result."""

    iit: Phrases
    eit: Phrases
    oit: Phrases
    total: Phrases
    score: Phrases
    pass_mark: Phrases
    pass_mark_fillers: Phrases
    full_marks: Phrases
    goals: Phrases
    earlier: Phrases
    comparisons: Phrases
    means: Phrases
    wholes: Phrases
    own: Phrases
    weak: Phrases
    strong: Phrases
    counted: Phrases
    announcements: Phrases
    grade_goals: Phrases
    total_rows: Phrases
    grade_rows: Phrases
    agencies: Phrases


class ProseWording(Record):
    """Words that structure measures told without a table, and that sign a report."""

    closings: Phrases
    closing_items: Phrases
    headings: Phrases
    person_titles: Phrases
    posts: Phrases
    units: Phrases
    signing: Phrases


class Wording(Record):
    """All set phrases."""

    family: Phrases = Field(description="names of the assessment, by which a document tells that it is about it")
    title: TitleWording
    years: YearWording
    results: ResultWording
    prose: ProseWording


def any_of(phrases: Sequence[str]) -> str:
    """A regular expression for any of the phrases, the longest first."""
    return "(?:" + "|".join(map(re.escape, sorted(phrases, key=len, reverse=True))) + ")"


@cache
def finds(phrases: Phrases) -> re.Pattern[str]:
    """The compiled pattern for any of the phrases."""
    return re.compile(any_of(phrases))
