"""Which texts of two lists are the same promise: kept, reworded, new or dropped.

Reports are copied from the year before with years and dates changed. So texts are compared folded, without digits and
names of months, and without the names and dates that are known to stand in them.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Literal, NamedTuple, TypeVar

import numpy as np
from rapidfuzz import fuzz, process

from extractors.thai.text import fold
from schemas.calendar import load_calendar

Change = Literal["kept", "reworded", "new", "dropped"]
Item = TypeVar("Item")

# Percent of alike letters. Of 20,000 pairs of different measures and actions of the examples none is over 64; what is
# over 65 is the same promise in other words; from 95 on, single letters differ.
REWORDED = 65.0
KEPT = 95.0
# Beyond so many pairs only equal texts are found: a page must not take seconds for one report of thousands of items.
MOST_PAIRS = 60_000


class Pair(NamedTuple):
    """Places in the two lists (from 0) of texts that are the same, or of one that stands in one list only."""

    before: int | None
    after: int | None
    change: Change


def comparable(text: str, names: Iterable[str] = ()) -> str:
    """The text as it is compared: folded, without the names, digits and months in it."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, " ")
    return _passing().sub("", fold(text))


def align(before: Sequence[str], after: Sequence[str]) -> tuple[Pair, ...]:
    """Pairs of comparable texts, each text in one, in the order of `after`; dropped ones behind their neighbour."""
    found = _equal(before, after)
    left = [place for place in range(len(before)) if place not in found]
    taken = set(found.values())
    right = [place for place in range(len(after)) if place not in taken]
    alike: dict[int, tuple[int, Change]] = {place: (other, "kept") for place, other in found.items()}
    alike |= _alike(before, after, left, right)
    return tuple(_in_order(len(before), len(after), alike))


def likeness(before: str, after: str) -> Change:
    """How a comparable text of a pair stands to the one before: kept or reworded."""
    return "kept" if fuzz.ratio(before, after) >= KEPT else "reworded"


def threads(
    columns: Sequence[Sequence[Item]], key: Callable[[Item], str], goes_on_from: Sequence[int] | None = None
) -> list[list[Item | None]]:
    """Items of several reports as rows, a row for what is the same: in each column the item, or null.

    A column goes on with the rows that have an item in one of the columns before it, from that column on whose place
    `goes_on_from` tells; as it is left out, in the one before it.
    """
    rows: list[list[Item | None]] = []
    for width, items in enumerate(columns):
        start = goes_on_from[width] if goes_on_from else max(0, width - 1)
        rows = _with_column(rows, width, items, start, key)
    return rows


def latest(row: Sequence[Item | None], columns: Sequence[int]) -> Item | None:
    """The row's last item in the columns; null where it has none in them."""
    return next((item for place in reversed(columns) if (item := row[place]) is not None), None)


def _with_column(
    rows: list[list[Item | None]], width: int, items: Sequence[Item], start: int, key: Callable[[Item], str]
) -> list[list[Item | None]]:
    before = [latest(row, range(start, width)) for row in rows]
    last = [(place, item) for place, item in enumerate(before) if item is not None]
    ordered: list[tuple[int | None, list[Item | None]]] = []
    for pair in align([key(item) for _, item in last], [key(item) for item in items]):
        place = None if pair.before is None else last[pair.before][0]
        item = None if pair.after is None else items[pair.after]
        ordered.append((place, [*(rows[place] if place is not None else [None] * width), item]))
    # Rows that ended earlier stay behind the row that they stood behind.
    for place, row in enumerate(rows):
        if before[place] is None:
            at = next((n for n, (known, _) in enumerate(ordered) if known == place - 1), -1)
            ordered.insert(at + 1, (place, [*row, None]))
    return [row for _, row in ordered]


def _equal(before: Sequence[str], after: Sequence[str]) -> dict[int, int]:
    """Places of equal texts, in order among themselves."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, text in reversed(list(enumerate(after))):
        places[text].append(place)
    return {place: places[text].pop() for place, text in enumerate(before) if places[text]}


def _alike(
    before: Sequence[str], after: Sequence[str], left: Sequence[int], right: Sequence[int]
) -> dict[int, tuple[int, Change]]:
    """Places of near-equal texts, the most alike paired first."""
    if not left or not right or len(left) * len(right) > MOST_PAIRS:
        return {}
    ratios = process.cdist(
        [before[place] for place in left],
        [after[place] for place in right],
        scorer=fuzz.ratio,
        score_cutoff=REWORDED,
    )
    paired: dict[int, tuple[int, Change]] = {}
    taken: set[int] = set()
    candidates = [(-ratios[row, column], int(row), int(column)) for row, column in np.argwhere(ratios)]
    for opposite, row, column in sorted(candidates):
        if left[row] not in paired and right[column] not in taken:
            taken.add(right[column])
            paired[left[row]] = right[column], "kept" if -opposite >= KEPT else "reworded"
    return paired


def _in_order(befores: int, afters: int, alike: dict[int, tuple[int, Change]]) -> Iterable[Pair]:
    by_after = {other: Pair(place, other, change) for place, (other, change) in alike.items()}
    behind: defaultdict[int, list[Pair]] = defaultdict(list)
    neighbour = -1
    for place in range(befores):
        if place in alike:
            neighbour = alike[place][0]
        else:
            behind[neighbour].append(Pair(place, None, "dropped"))
    yield from behind[-1]
    for other in range(afters):
        yield by_after.get(other) or Pair(None, other, "new")
        yield from behind[other]


@cache
def _passing() -> re.Pattern[str]:
    """What changes from year to year in a copied text: digits and months."""
    names = {fold(name) for month in load_calendar().months for name in (month.name, month.abbreviation)}
    return re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))) + "|[0-9]+")
