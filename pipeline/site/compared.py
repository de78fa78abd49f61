"""A report's measures and actions as they are compared with those of another: by indicator, in printed order."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from extractors.thai.text import fold
from pipeline.site.aligning import Change, comparable, threads
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


class Cell(NamedTuple):
    """A text in one report, and how it stands to the one before; null change: there is none before."""

    record: ComparedMeasure | ComparedAction | None
    change: Change | None
    pieces: tuple[Piece, ...]


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
    """What the columns of reports (label, fiscal year) are called: their years, or labels where years do not tell."""
    years = [year for _, year in reports]
    if len(set(years)) == len(years):
        return tuple(unknown if year is None else str(year) for year in years)
    labels = [label for label, _ in reports]
    return tuple(
        label if labels.count(label) == 1 else f"{label} ({labels[: place + 1].count(label)})"
        for place, label in enumerate(labels)
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


def side_by_side(reports: Sequence[Sequence[ComparedMeasure]]) -> tuple[IndicatorRows, ...]:
    """The measures of several reports by indicator, the same in one row, each row with its actions likewise."""
    by_indicator: defaultdict[tuple[int, str], list[list[ComparedMeasure]]] = defaultdict(lambda: [[] for _ in reports])
    for place, measures in enumerate(reports):
        for measure in measures:
            by_indicator[measure.indicator][place].append(measure)
    return tuple(_indicator(columns) for _, columns in sorted(by_indicator.items()))


def _indicator(columns: Sequence[Sequence[ComparedMeasure]]) -> IndicatorRows:
    named = [measure for measures in columns for measure in measures]
    rows = threads(columns, lambda measure: measure.key)
    return IndicatorRows(
        number=named[0].indicator_number,
        name=next((measure.indicator_name for measure in named if measure.indicator_name), None),
        rows=tuple(Row(tuple(_cells(row)), tuple(_action_rows(row))) for row in rows),
    )


def _action_rows(measures: Sequence[tuple[ComparedMeasure, Change] | None]) -> Iterator[Row]:
    columns = [each[0].actions if each else () for each in measures]
    yield from (Row(tuple(_cells(row))) for row in threads(columns, lambda action: action.key))


def _cells(row: Iterable[tuple[ComparedMeasure | ComparedAction, Change] | None]) -> Iterator[Cell | None]:
    before: ComparedMeasure | ComparedAction | None = None
    for place, each in enumerate(row):
        if each is None:
            yield Cell(None, "dropped", ()) if before else None
            before = None
            continue
        record, change = each
        pieces = differences(before.text, record.text) if before else ()
        yield Cell(record, change if place else None, pieces)
        before = record
