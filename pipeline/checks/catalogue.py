"""The checks as people read of them (`checks.toml`): severity, rule, source, and the words of their messages."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import Field

from schemas.base import Record
from schemas.finding import Severity

Scope = Literal["report", "between"]


class Message(Record):
    """A message's template; {name} stands for the value of that name."""

    name: str = "default"
    th: str
    en: str


class CheckFacts(Record):
    """What is told of a check."""

    name: str
    scope: Scope = Field(description="report: one report shows it; between: it needs several")
    severity: Severity
    title_th: str
    title_en: str
    rule: str = Field(description="what is wrong, in one sentence")
    source: str = Field(description="the law, manual or practice that the rule follows from")
    messages: tuple[Message, ...]

    def message(self, name: str) -> Message:
        """The template of that name."""
        return next(message for message in self.messages if message.name == name)


@cache
def load_catalogue() -> Mapping[str, CheckFacts]:
    """All checks by name; `pydantic.ValidationError` where the file does not fit."""
    text = (files("pipeline.checks") / "checks.toml").read_text(encoding="utf-8")
    facts = [CheckFacts.model_validate(row) for row in tomllib.loads(text)["check"]]
    return {each.name: each for each in facts}
