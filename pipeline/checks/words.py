"""The words that checks rest on (`words.toml`): which words before or after a name or date say what it is."""

import tomllib
from functools import cache
from importlib.resources import files

from schemas.base import Record
from schemas.wording import Phrases


class OfficeWords(Record):
    """Words around the name of another office that tell why it is named."""

    right_before: Phrases
    addressed: Phrases
    somewhere_before: Phrases
    right_after: Phrases
    holders: Phrases
    own_things: Phrases
    acts: Phrases
    joins: Phrases
    programmes: Phrases
    whole_kinds: Phrases
    overseers: Phrases


class PlaceWords(Record):
    """Words before a name that make it another thing's than the office's place."""

    other_things: Phrases
    place_words: Phrases


class DateWords(Record):
    """Words around a date that tell that it is not the day of the doing."""

    dated: Phrases
    decided: Phrases
    cited: Phrases
    by: Phrases
    issued: Phrases
    history: Phrases
    since_then: Phrases
    deadlines: Phrases
    between: Phrases
    ordinals: Phrases


class ResultWords(Record):
    """Words around results and weak indicators."""

    choices: Phrases
    colleges: Phrases


class SectionWords(Record):
    """Words of headings that announce what must follow, and of lines that cannot be it."""

    announce_figures: Phrases
    announce_text: Phrases
    no_headings: Phrases
    none_there: Phrases
    closings: Phrases
    leads_to_measures: Phrases
    no_measures: Phrases
    common: Phrases


class CheckWords(Record):
    """All words of the checks."""

    offices: OfficeWords
    places: PlaceWords
    dates: DateWords
    results: ResultWords
    sections: SectionWords


@cache
def load_check_words() -> CheckWords:
    """The words of `words.toml`; `pydantic.ValidationError` where the file does not fit."""
    text = (files("pipeline.checks") / "words.toml").read_text(encoding="utf-8")
    return CheckWords.model_validate(tomllib.loads(text))
