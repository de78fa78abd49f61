"""The Thai calendar's words: months, weekdays, and the words that tell a count or a rank from a date."""

import tomllib
from functools import cache
from importlib.resources import files

from pydantic import Field, model_validator

from schemas.base import Record


class Month(Record):
    """A month and the ways it is printed."""

    number: int = Field(ge=1, le=12)
    name: str
    abbreviation: str = Field(description="with its dots, such as มิ.ย.")
    variants: tuple[str, ...] = Field(description="misspellings met in print")
    english: tuple[str, ...]


class Weekday(Record):
    """A day of the week and the ways it is printed, without วัน."""

    number: int = Field(ge=0, le=6, description="Monday is 0, as in date.weekday()")
    name: str
    variants: tuple[str, ...]


class Calendar(Record):
    """The words of `schemas/facts/calendar.toml`."""

    months: tuple[Month, ...]
    weekdays: tuple[Weekday, ...]
    counted: tuple[str, ...] = Field(description="words after a number that make it a count")
    ranked: tuple[str, ...] = Field(description="words before a number that make it a rank or a count")

    @model_validator(mode="after")
    def _is_whole(self) -> "Calendar":
        if [month.number for month in self.months] != list(range(1, 13)):
            raise ValueError("the calendar needs the months 1 to 12, in order")
        if [day.number for day in self.weekdays] != list(range(7)):
            raise ValueError("the calendar needs the weekdays 0 to 6, in order")
        return self

    def weekday_number(self, name: str) -> int | None:
        """The number (Monday is 0) of a weekday as printed, without วัน; None for a word that is no weekday."""
        for day in self.weekdays:
            if name == day.name or name in day.variants:
                return day.number
        return None


@cache
def load_calendar() -> Calendar:
    """The calendar's words, read once; pydantic.ValidationError where the file is not whole."""
    text = files("schemas.facts").joinpath("calendar.toml").read_text(encoding="utf-8")
    return Calendar.model_validate(tomllib.loads(text))
