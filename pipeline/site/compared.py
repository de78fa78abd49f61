"""A report's measures and actions as they are compared with those of another: by indicator, in printed order."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, TypeVar

from extractors.thai.text import fold
from pipeline.site.aligning import Change, comparable, latest, likeness, threads
from pipeline.site.differences import Piece, differences


class ComparedAction(NamedTuple):
    """An action, and its text as it is compared."""

    id: str
    number: str | None
    text: str
    status: str
    key: str


class ComparedMeasure(NamedTuple):
    """A measure with its actions, and its text as it is compared."""

    id: str
    number: str | None
    text: str
    indicator_number: int | None
    indicator_name: str | None
    responsible: str | None
    period: str | None
    budget_baht: float | None
    key: str
    actions: tuple[ComparedAction, ...]

    @property
    def indicator(self) -> tuple[int, str]:
        """What brings measures of one indicator together: the official number, else the name."""
        if self.indicator_number is not None:
            return self.indicator_number, ""
        return _UNNUMBERED, fold(self.indicator_name or "")


# Why it cannot be told what is new or dropped: what is not there may stand on a page that was not read, in a document
# of the same year, or in one of a year that is not known.
Obstacle = Literal["no_year", "same_year", "elsewhere", "unread", "no_measures", "no_actions"]


class Column(NamedTuple):
    """A report as a column; `year`: fiscal, Buddhist era; `is_read`: whether all of its pages were."""

    measures: tuple[ComparedMeasure, ...]
    year: int | None
    is_read: bool

    @property
    def has_actions(self) -> bool:
        """Whether any measure has an action."""
        return any(measure.actions for measure in self.measures)


class Standing(NamedTuple):
    """What a column is compared with, by places of columns, and why nothing is told of its measures, or actions."""

    own: tuple[int, ...]
    """The columns of its year."""
    before: tuple[int, ...]
    """Those of the year before that has any; empty: there is none."""
    measures: Obstacle | None
    actions: Obstacle | None


class Cell(NamedTuple):
    """A text in one report, and how it stands to the one of the year before; null change: that is not told."""

    record: ComparedMeasure | ComparedAction | None
    change: Change | None
    pieces: tuple[Piece, ...]


Compared = TypeVar("Compared", ComparedMeasure, ComparedAction)


class Row(NamedTuple):
    """What is the same in several reports: a cell a report, null where it neither stands nor stood before."""

    cells: tuple[Cell | None, ...]
    actions: tuple["Row", ...] = ()

    def actions_changed(self, column: int, change: Change) -> int:
        """How many actions of the row have changed so in a column."""
        return sum(cell is not None and cell.change == change for cell in (row.cells[column] for row in self.actions))


class IndicatorRows(NamedTuple):
    """The measures of one indicator, side by side."""

    number: int | None
    name: str | None
    rows: tuple[Row, ...]


# Indicators without an official number stand behind the ten.
_UNNUMBERED = 99
# Rows of actions on a page beyond which they are folded up.
SHOWN_AT_ONCE = 80

_MEASURES = """
    select id, number, text, indicator_number, indicator_name, responsible, period, budget_baht
    from measures where report_id = ? order by position
"""
_ACTIONS = "select measure_id, id, number, text, status from actions where report_id = ? order by position"
_NAMES = """
    select action_id, raw from action_offices join actions on actions.id = action_id where report_id = :report
    union all
    select action_id, raw from action_dates join actions on actions.id = action_id where report_id = :report
"""


def headings(reports: Sequence[tuple[str, int | None]], unknown: str) -> tuple[str, ...]:
    """What columns of reports (document's name, fiscal year) are called: their years, with names where need be."""
    years = [year for _, year in reports]
    return tuple(
        str(year or unknown) if years.count(year) == 1 else f"{year or unknown} · {name}" for name, year in reports
    )


def is_short(indicators: Sequence[IndicatorRows]) -> bool:
    """Whether the actions are few enough to be shown at once."""
    return sum(len(row.actions) for indicator in indicators for row in indicator.rows) <= SHOWN_AT_ONCE


def read_compared(connection: sqlite3.Connection, report_id: str) -> tuple[ComparedMeasure, ...]:
    """A report's measures with their actions; none where there is no such report."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    for action_id, raw in connection.execute(_NAMES, {"report": report_id}):
        names[action_id].append(raw)
    actions: defaultdict[str, list[ComparedAction]] = defaultdict(list)
    for measure_id, action_id, number, text, status in connection.execute(_ACTIONS, (report_id,)):
        key = comparable(text, names[action_id])
        actions[measure_id].append(ComparedAction(action_id, number, text, status, key))
    return tuple(
        ComparedMeasure._make((*row, comparable(row[2]), tuple(actions[row[0]])))
        for row in connection.execute(_MEASURES, (report_id,))
    )


def standings_by_year(
    columns: Sequence[Column], *, goes_before: bool = False, goes_on: bool = False
) -> tuple[Standing, ...]:
    """What columns of one office are compared with; by year, those of unknown years last.

    `goes_before`, `goes_on`: whether the first, or last, column's year has documents that are no columns here.
    """
    years = list(_years(columns))
    found = []
    for number, own in enumerate(years):
        is_cut = (goes_before and number == 1) or (goes_on and own[-1] == len(columns) - 1)
        before = years[number - 1] if number and columns[own[0]].year is not None else ()
        found += [_standing(columns, place, own, before, is_cut=is_cut) for place in own]
    return tuple(found)


def standings_of_pair(left: Column, right: Column) -> tuple[Standing, Standing]:
    """What the two columns of a pair are compared with: the right one with the left one, whatever their years."""
    obstacle, of_actions = _obstacle([left], [right]), _actions_obstacle([left], [right])
    compared = Standing((1,), (0,), obstacle, obstacle or of_actions)
    return Standing((0,), (), None, None), compared


def side_by_side(columns: Sequence[Column], standings: Sequence[Standing]) -> tuple[IndicatorRows, ...]:
    """The measures of several reports by indicator, the same in one row, each row with its actions likewise."""
    by_indicator: defaultdict[tuple[int, str], list[list[ComparedMeasure]]] = defaultdict(lambda: [[] for _ in columns])
    for place, column in enumerate(columns):
        for measure in column.measures:
            by_indicator[measure.indicator][place].append(measure)
    return tuple(_indicator(found, standings) for _, found in sorted(by_indicator.items()))


def _years(columns: Sequence[Column]) -> Iterator[tuple[int, ...]]:
    """The columns of each year, by their places; one of an unknown year by itself."""
    start = 0
    for place, column in enumerate(columns):
        follows = columns[place + 1].year if place + 1 < len(columns) else None
        if column.year is None or column.year != follows:
            yield tuple(range(start, place + 1))
            start = place + 1


def _standing(
    columns: Sequence[Column], place: int, own: tuple[int, ...], before: tuple[int, ...], *, is_cut: bool
) -> Standing:
    obstacle: Obstacle | None
    if not before:
        obstacle = "no_year" if columns[place].year is None else "same_year"
        return Standing(own, before, *(obstacle if place else None,) * 2)
    earlier, of_year = ([columns[each] for each in year] for year in (before, own))
    obstacle = "elsewhere" if is_cut else _obstacle(earlier, of_year)
    return Standing(own, before, obstacle, obstacle or _actions_obstacle(earlier, of_year))


def _obstacle(before: Sequence[Column], after: Sequence[Column]) -> Obstacle | None:
    """What hinders the comparison of measures."""
    if not all(column.measures for column in (*before, *after)):
        return "no_measures"
    return None if all(column.is_read for column in (*before, *after)) else "unread"


def _actions_obstacle(before: Sequence[Column], after: Sequence[Column]) -> Obstacle | None:
    """What hinders the comparison of actions beside that: documents that only promise measures have none."""
    return None if all(any(column.has_actions for column in each) for each in (before, after)) else "no_actions"


def _indicator(columns: Sequence[Sequence[ComparedMeasure]], standings: Sequence[Standing]) -> IndicatorRows:
    named = [measure for measures in columns for measure in measures]
    rows = threads(columns, lambda measure: measure.key, _goes_on_from(standings))
    told = [standing.measures is None for standing in standings]
    return IndicatorRows(
        number=named[0].indicator_number,
        name=next((measure.indicator_name for measure in named if measure.indicator_name), None),
        rows=tuple(Row(tuple(_cells(row, standings, told)), tuple(_action_rows(row, standings))) for row in rows),
    )


def _action_rows(measures: Sequence[ComparedMeasure | None], standings: Sequence[Standing]) -> Iterator[Row]:
    columns = [each.actions if each else () for each in measures]
    told = [standing.actions is None for standing in standings]
    for row in threads(columns, lambda action: action.key, _goes_on_from(standings)):
        yield Row(tuple(_cells(row, standings, told)))


def _goes_on_from(standings: Sequence[Standing]) -> list[int]:
    """For `threads`: the first column of the year before, else of its own year, else the column before."""
    return [
        standing.before[0] if standing.before else min(standing.own[0], max(0, place - 1))
        for place, standing in enumerate(standings)
    ]


def _cells(
    row: Sequence[Compared | None], standings: Sequence[Standing], told: Sequence[bool]
) -> Iterator[Cell | None]:
    for record, standing, is_told in zip(row, standings, told, strict=True):
        before = latest(row, standing.before)
        is_told &= bool(standing.before)
        if record is None:
            is_gone = before is not None and latest(row, standing.own) is None
            yield Cell(None, "dropped", ()) if is_gone and is_told else None
        elif before is None:
            yield Cell(record, "new" if is_told else None, ())
        else:
            change = likeness(before.key, record.key) if is_told else None
            yield Cell(record, change, differences(before.text, record.text))
