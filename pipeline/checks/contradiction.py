"""What a check tells: which values contradict each other, in which records, and where that stands."""

from collections.abc import Iterable

from pydantic import Field

from pipeline.checks.phrases import Told
from schemas.base import Record
from schemas.report import Evidence


class Value(Record):
    """One of the values that contradict, under its name in the message's template."""

    name: str
    text: str = Field(description="what the finding's id is made of; as shown in both messages, unless told otherwise")
    thai: str | None = Field(default=None, description="as shown in the Thai message, where it differs")
    english: str | None = Field(default=None, description="as shown in the English message, where it differs")


def told_value(name: str, told: Told, text: str | None = None) -> Value:
    """A value that is words of ours; `text` is what the id is made of, the Thai words unless told otherwise."""
    return Value(name=name, text=told.thai if text is None else text, thai=told.thai, english=told.english)


class Contradiction(Record):
    """What does not add up in one record."""

    check: str
    message: str = Field(default="default", description="name of the message's template")
    at: str = Field(description="as Finding.at")
    records: tuple[str, ...] = Field(description="ids of the records concerned, the one at fault first")
    values: tuple[Value, ...]
    evidence: tuple[Evidence, ...]


def merged(contradictions: Iterable[Contradiction]) -> list[Contradiction]:
    """One for each check and record: the first one's values, the evidence of all."""
    by_record: dict[tuple[str, str], Contradiction] = {}
    for each in contradictions:
        first = by_record.setdefault((each.check, each.records[0]), each)
        if first is not each:
            evidence = distinct((*first.evidence, *each.evidence))
            by_record[each.check, each.records[0]] = first.model_copy(update={"evidence": evidence})
    return list(by_record.values())


def distinct(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The places, each once, in order."""
    return tuple(dict.fromkeys(evidence))


def listed(texts: Iterable[str]) -> str:
    """Several values in one place of a message, each once."""
    return ", ".join(dict.fromkeys(texts))
