"""Check of list numbers: one that is skipped, repeated or out of order."""

from collections.abc import Iterator, Sequence

from extractors.thai.enumeration import LETTERS
from pipeline.checks.case import Case, PlacedAction, at_measure
from pipeline.checks.contradiction import Contradiction, Value
from schemas.base import Record
from schemas.report import Evidence


class Item(Record):
    """A numbered record of a list: where it stands, and what the list belongs to."""

    at: str
    record: str
    number: str
    group: str
    evidence: tuple[Evidence, ...]


class Step(Record):
    """An item whose number does not follow, and the one before it."""

    before: Item
    item: Item
    repeats: bool


def broken_lists(case: Case) -> Iterator[Contradiction]:
    """Measures and actions whose list number does not follow the one before."""
    for items in (_measures(case), *_actions(case)):
        for step in _broken(items):
            yield Contradiction(
                check="numbering",
                message="repeated" if step.repeats else "default",
                at=step.item.at,
                records=(step.item.record,),
                values=(
                    Value(name="number", text=step.item.number),
                    Value(name="before", text=step.before.number),
                ),
                evidence=(*step.item.evidence, *step.before.evidence),
            )


def _measures(case: Case) -> list[Item]:
    return [
        Item(
            at=at_measure(each),
            record=each.id,
            number=each.number,
            group=f"{each.indicator_number}/{each.indicator_name}",
            evidence=each.evidence,
        )
        for each in case.report.measures
        if each.number is not None
    ]


def _actions(case: Case) -> Iterator[list[Item]]:
    """The lists of actions: those of one parent in one measure."""
    lists: dict[tuple[str, str | None], list[PlacedAction]] = {}
    for placed in case.actions:
        if placed.action.number is not None:
            lists.setdefault((placed.measure.id, placed.action.parent), []).append(placed)
    for placed_actions in lists.values():
        yield [
            Item(
                at=each.at,
                record=each.action.id,
                number=each.action.number or "",
                group=each.measure.id,
                evidence=each.action.evidence,
            )
            for each in placed_actions
        ]


def _broken(items: Sequence[Item]) -> Iterator[Step]:
    """The items that do not follow, level by level: «๒.๓» follows «๒.๒», whatever stands between."""
    last: dict[tuple[str, ...], _Run] = {}
    for index, item in enumerate(items):
        *prefix, end = item.number.split(".")
        value = _value(end)
        if value is None:
            continue
        key = (*prefix, _script(end))
        run = last.get(key)
        following = items[index + 1] if index + 1 < len(items) else None
        if run is not None and not run.goes_on(value, item, following):
            yield Step(before=run.item, item=item, repeats=value == run.value)
        last[key] = run.with_next(value, item) if run else _Run(item=item, value=value, highest=value, place=value)


class _Run(Record):
    """A list so far: its last item, the highest number, and the number that counting its items gives."""

    item: Item
    value: int
    highest: int
    place: int
    gaps: tuple[int, ...] = ()

    def goes_on(self, value: int, item: Item, following: Item | None) -> bool:
        """Whether a number follows: the next by the last, the highest or by counting, one left out, or a new list."""
        if value in (self.value + 1, self.highest + 1, self.place + 1) or value in self.gaps:
            return True
        if value != 1:
            return False
        if item.group != self.item.group or self.value > 1:
            return True
        return following is None or _value(following.number.split(".")[-1]) != 2

    def with_next(self, value: int, item: Item) -> "_Run":
        if value == 1:
            return _Run(item=item, value=1, highest=1, place=1)
        gaps = tuple(range(self.highest + 1, value))
        left = tuple(gap for gap in (*self.gaps, *gaps) if gap != value)
        return _Run(item=item, value=value, highest=max(self.highest, value), place=self.place + 1, gaps=left)


def _value(end: str) -> int | None:
    """The place of a list number in its order: digits, Thai or Latin letters."""
    if end.isdigit():
        return int(end)
    if len(end) == 1 and end in LETTERS:
        return LETTERS.index(end) + 1
    return ord(end.lower()) - ord("a") + 1 if len(end) == 1 and end.isascii() and end.isalpha() else None


def _script(end: str) -> str:
    if end.isdigit():
        return "digits"
    return "latin" if end.isascii() else "thai"
