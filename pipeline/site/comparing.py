"""Two reports side by side: their figures, their measures and actions aligned; and which there are to choose from."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from pydantic import Field
from sqlite_utils import Database

from db.read import UnknownReport
from db.search import search
from pipeline.site.aligning import Change
from pipeline.site.compared import Column, IndicatorRows, Obstacle, Row, read_compared, side_by_side, standings_of_pair
from pipeline.site.naming import document_name, report_name
from pipeline.site.office_scores import IndicatorScore
from pipeline.site.offices import OfficeName
from schemas.base import Record

# Offices suggested in the field, of these those listed, and offices found by a name.
SUGGESTED, LISTED, FOUND = 300, 12, 20


class ReportChoice(Record):
    """A report to choose."""

    id: str
    label: str
    name: str = Field(description="the label, with what tells the document apart from others of that label")
    document: str = Field(description="its title, else its file's name")
    title: str | None
    office_id: str | None
    fiscal_year: int | None


class ComparedReport(ReportChoice):
    """One of the two reports, with the figures of its assessment."""

    office: str | None
    unread: int = Field(description="pages that could not be read")
    assessed: int | None = Field(description="Buddhist-era year of the assessment")
    score: float | None
    grade: str | None
    threshold: float | None
    weak_count: int | None
    iit: float | None
    eit: float | None
    oit: float | None
    indicators: tuple[IndicatorScore, ...] = ()


class Figure(NamedTuple):
    """One figure of both reports; `name` as the column is called."""

    name: str
    left: float | None
    right: float | None

    @property
    def difference(self) -> float | None:
        """The right one less the left one; null where one is not told."""
        return None if self.left is None or self.right is None else round(self.right - self.left, 2)


class IndicatorPair(NamedTuple):
    """One indicator's scores in both reports."""

    number: int | None
    name: str
    left: IndicatorScore | None
    right: IndicatorScore | None

    @property
    def figure(self) -> Figure:
        """The two scores."""
        return Figure("score", *(each.score if each else None for each in (self.left, self.right)))


class Changes(NamedTuple):
    """How many measures, or actions, are the same and how many are not."""

    kept: int
    reworded: int
    new: int
    dropped: int


class Comparison(Record):
    """Two reports side by side."""

    left: ComparedReport
    right: ComparedReport
    rows: tuple[IndicatorRows, ...]
    obstacle: Obstacle | None = Field(description="why it is not told which measures are the same")
    actions_obstacle: Obstacle | None

    @property
    def same_office(self) -> bool:
        """Whether the two are reports of one office."""
        return self.left.office_id is not None and self.left.office_id == self.right.office_id

    @property
    def in_time(self) -> bool:
        """Whether the right one is of a later year of the same office, so that what it has besides is new."""
        left, right = self.left.fiscal_year, self.right.fiscal_year
        return self.same_office and left is not None and right is not None and left < right

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of the assessments that at least one report tells."""
        names = ("score", "iit", "eit", "oit", "threshold", "weak_count")
        figures = (Figure(name, getattr(self.left, name), getattr(self.right, name)) for name in names)
        return tuple(each for each in figures if each.left is not None or each.right is not None)

    @property
    def indicators(self) -> tuple[IndicatorPair, ...]:
        """The indicators of both, by number; those without a number last."""
        left, right = ({each.key: each for each in one.indicators} for one in (self.left, self.right))
        known = sorted((right | left).values(), key=lambda each: (each.number is None, each.number or 0, each.name))
        return tuple(IndicatorPair(each.number, each.name, left.get(each.key), right.get(each.key)) for each in known)

    @property
    def measures(self) -> Changes:
        """How the measures have changed."""
        return _changes(row for indicator in self.rows for row in indicator.rows)

    @property
    def actions(self) -> Changes:
        """How the actions have changed."""
        return _changes(action for indicator in self.rows for row in indicator.rows for action in row.actions)


class SuggestedOffice(OfficeName):
    """An office that has reports."""

    reports: int


def read_comparison(connection: sqlite3.Connection, left: str, right: str) -> Comparison:
    """The two reports side by side; `UnknownReport`, with its id, for one that the database does not hold."""
    db = Database(connection)
    reports = _compared_report(db, left), _compared_report(db, right)
    columns = [
        Column(read_compared(connection, report.id), report.fiscal_year, is_read=not report.unread)
        for report in reports
    ]
    standings = standings_of_pair(*columns)
    return Comparison(
        left=reports[0],
        right=reports[1],
        rows=side_by_side(columns, standings),
        obstacle=standings[1].measures,
        actions_obstacle=standings[1].actions,
    )


def read_office_name(connection: sqlite3.Connection, office_id: str) -> OfficeName | None:
    """The office of an id; null where there is none."""
    rows = Database(connection).query("select id, name from offices where id = ?", (office_id,))
    return next((OfficeName(**row) for row in rows), None)


def read_choice(connection: sqlite3.Connection, report_id: str) -> ReportChoice:
    """One report; raises `UnknownReport`."""
    row = next(Database(connection).query(f"{_CHOICE} where id = ?", (report_id,)), None)
    if row is None:
        raise UnknownReport(report_id)
    return ReportChoice(**row, **_names(connection, row))


def read_office_reports(connection: sqlite3.Connection, office_id: str | None) -> tuple[ReportChoice, ...]:
    """The reports of an office, the latest first; none where the office is not known."""
    rows = Database(connection).query(f"{_CHOICE} where office_id = ? order by fiscal_year desc, id", (office_id,))
    return tuple(ReportChoice(**row, **_names(connection, row)) for row in rows)


def read_pair(connection: sqlite3.Connection, office_id: str) -> tuple[str, str] | None:
    """An office's two latest reports, of two years and with measures if there are such; the earlier one first."""
    rows = connection.execute(_LATEST, (office_id,)).fetchall()
    years = {year: report_id for report_id, year, has_measures in reversed(rows) if year is not None and has_measures}
    ids = sorted(years, reverse=True)[:2] if len(years) > 1 else ()
    pair = [years[year] for year in ids] or [report_id for report_id, _, _ in rows[:2]]
    return (pair[1], pair[0]) if len(pair) > 1 else None


def find_reports(connection: sqlite3.Connection, query: str) -> tuple[tuple[ReportChoice, ...], ...]:
    """Reports of the offices whose name or abbreviation holds the words, office by office; at most `FOUND` offices."""
    hits = search(Database(connection), query, tables=("offices",), limit=FOUND)
    found = (read_office_reports(connection, hit.record_id) for hit in hits)
    return tuple(reports for reports in found if reports)


def suggested_offices(connection: sqlite3.Connection) -> tuple[SuggestedOffice, ...]:
    """The offices with the most reports."""
    return tuple(SuggestedOffice(**row) for row in Database(connection).query(_SUGGESTED, (SUGGESTED,)))


def _compared_report(db: Database, report_id: str) -> ComparedReport:
    row = next(db.query(_REPORT, (report_id,)), None)
    if row is None:
        raise UnknownReport(report_id)
    scores = tuple(IndicatorScore(**score) for score in db.query(_INDICATORS, (report_id,)))
    return ComparedReport(**row, **_names(db.conn, row), indicators=scores)


def _names(connection: sqlite3.Connection, row: Mapping[str, Any]) -> dict[str, str]:
    """The `name` and `document` of a report."""
    name = report_name(connection, row["id"], row["label"])
    return {"name": name, "document": document_name(connection, row["id"])}


def _changes(rows: Iterable[Row]) -> Changes:
    changes = list(_changes_of(rows))
    return Changes(*(changes.count(name) for name in ("kept", "reworded", "new", "dropped")))


def _changes_of(rows: Iterable[Row]) -> Iterator[Change]:
    for row in rows:
        cell = row.cells[-1]
        if cell and cell.change:
            yield cell.change


_CHOICE = "select id, label, title, office_id, fiscal_year from reports"

_LATEST = """
    select id, fiscal_year, exists (select 1 from measures where report_id = reports.id)
    from reports where office_id = ? order by fiscal_year desc, id
"""

_REPORT = """
    select reports.id, label, title, reports.office_id, offices.name as office, fiscal_year,
      (select count(*) from pages where report_id = reports.id and read_by = 'needs-ocr') as unread,
      year as assessed, score, grade, threshold, weak_count, iit, eit, oit
    from reports left join offices on offices.id = reports.office_id
    left join assessments on assessments.report_id = reports.id and assessments.position = 0 where reports.id = ?
"""

_INDICATORS = """
    select indicators.id, assessment_id, number, name, indicators.score, weak
    from assessments join indicators on assessment_id = assessments.id
    where assessments.report_id = ? and assessments.position = 0 order by indicators.position
"""

_SUGGESTED = """
    select id, name, reports from (select office_id, count(*) as reports from reports group by office_id)
    join offices on offices.id = office_id order by reports desc, name limit ?
"""
