"""Of several results that a document tells, the one that is its own.

The figures of one result stand together. Where passages contradict each other in most of what they tell, they are of
several subjects (the country, a goal, another year): the fullest, of as full ones the first, is the office's own, and
those that contradict it are left out as a whole. Where none does, all is of one result.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from extractors.report.results import Told

# One or two figures that differ are misprints, to be seen; three are another subject's.
FEWEST_CONTRADICTIONS = 3
# Points: sentences round to one decimal what tables print with two.
ROUNDING = 0.0501

Key = str | int
Figures = Mapping[Key, frozenset[float]]
_PARTS = ("iit", "eit", "oit")


class OneResult(NamedTuple):
    """What is told of the report's own result, and what was left out.

    `main` is the passage that tells most of it where others contradict it; null where none does.
    """

    told: tuple[Told, ...]
    left_out: tuple[Told, ...]
    main: int | None

    def main_first(self, told: Sequence[Told]) -> list[Told]:
        """What is told: that of the main passage first, and what may be others' last."""
        return sorted(told, key=lambda item: (self.main is not None and item.passage != self.main, item.near_others))


class _Passage(NamedTuple):
    """What a passage tells of the result."""

    number: int
    figures: Figures
    near_others: bool

    @property
    def rank(self) -> tuple[bool, int, int]:
        """The greatest is most likely the office's own."""
        return not self.near_others, len(self.figures), -self.number


def one_result(told: Sequence[Told], year: int | None) -> OneResult:
    """The result of the assessed `year` (Buddhist era), or of no year named; others' results are left out."""
    own = [item for item in told if not item.others]
    passages = [
        _read(number, [item for item in items if item.year in (None, year) or year is None])
        for number, items in groupby(sorted(own, key=_number), _number)
    ]
    main = max(passages, key=lambda passage: passage.rank, default=None)
    aliens = {each.number for each in passages if main and _contradicts(each.figures, main.figures)}
    return OneResult(
        told=tuple(item for item in own if item.passage not in aliens),
        left_out=tuple(item for item in told if item.others or item.passage in aliens),
        main=main.number if main and aliens else None,
    )


def _number(told: Told) -> int:
    return told.passage


def _read(number: int, told: Sequence[Told]) -> _Passage:
    """The values of each indicator, of each part and of the named total."""
    values: dict[Key, set[float]] = {}
    for item in told:
        for key in _key(item):
            values.setdefault(key, set()).add(item.value or 0.0)
    figures = {key: frozenset(each) for key, each in values.items()}
    return _Passage(number, figures, any(item.near_others for item in told))


def _key(told: Told) -> Iterator[Key]:
    if told.value is None:
        return
    if told.indicator is not None:
        yield told.indicator.number or told.indicator.name
    elif told.kind in _PARTS or (told.kind == "total" and told.word == "total"):
        yield told.kind


def _contradicts(figures: Figures, main: Figures) -> bool:
    shared = [key for key in figures if key in main]
    differing = sum(not _agree(figures[key], main[key]) for key in shared)
    return differing >= FEWEST_CONTRADICTIONS and differing > len(shared) - differing


def _agree(values: frozenset[float], others: frozenset[float]) -> bool:
    return any(abs(value - other) < ROUNDING for value in values for other in others)
