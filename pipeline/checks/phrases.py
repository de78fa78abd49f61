"""Words that the checks themselves put into messages, in two languages (`phrases.toml`)."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from schemas.base import Record


class Phrase(Record):
    """Words in two languages; {name} stands for a value."""

    th: str
    en: str


class Phrases(Record):
    """What the file holds."""

    phrase: dict[str, Phrase]
    reason: tuple[Phrase, ...]


class Told(NamedTuple):
    """The same in Thai and in English."""

    thai: str
    english: str


def phrase(name: str, **values: object) -> Told:
    """The phrase of that name, with values in their places; `KeyError` for one that is not there."""
    words = load_phrases().phrase[name]
    return Told(words.th.format_map(values), words.en.format_map(values))


def listed_phrases(told: Iterable[Told]) -> Told:
    """Several in one place of a message, each once."""
    every = tuple(dict.fromkeys(told))
    return Told(", ".join(each.thai for each in every), ", ".join(each.english for each in every))


def reason_in_words(thai: str) -> Told:
    """Why a date is impossible (`DateMention.reason`, which is Thai) in both languages."""
    for reason in load_phrases().reason:
        parts = re.split(r"\{(\w+)\}", reason.th)
        if found := re.fullmatch("(.+?)".join(map(re.escape, parts[::2])), thai):
            return Told(thai, reason.en.format_map(dict(zip(parts[1::2], found.groups(), strict=True))))
    return Told(thai, phrase("no_such_day").english)


@cache
def load_phrases() -> Phrases:
    """All of them; `pydantic.ValidationError` where the file does not fit."""
    text = (files("pipeline.checks") / "phrases.toml").read_text(encoding="utf-8")
    return Phrases.model_validate(tomllib.loads(text))
