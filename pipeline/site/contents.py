"""What pages show beside Datasette's own: the home page's overview, a whole report, a record's evidence."""

import sqlite3

from pydantic import Field
from sqlite_utils import Database

from db.read import TableCount, UnknownReport, count_rows, read_findings, read_report
from db.tables import tables
from schemas.base import Record
from schemas.finding import CheckedReport, with_findings

LATEST = 12


class LatestReport(Record):
    """A line of the home page's list."""

    id: str
    label: str
    score: float | None = Field(description="of 100, as printed")
    grade: str | None
    measures: int
    actions: int
    findings: int


class Overview(Record):
    """What the database holds."""

    counts: tuple[TableCount, ...] = Field(description="all tables, in the order of db/tables.toml")
    latest: tuple[LatestReport, ...] = Field(description="the reports read last, latest first")

    def rows(self, table: str) -> int:
        """How many rows a table holds."""
        return sum(count.rows for count in self.counts if count.table == table)


class Place(Record):
    """One place in a document that a record was read from."""

    page: int | None
    line: int | None
    text: str


def read_overview(connection: sqlite3.Connection) -> Overview:
    """The home page's figures and list."""
    names = tuple(table.name for table in tables())
    latest = connection.execute(_LATEST, (LATEST,))
    columns = [column[0] for column in latest.description]
    return Overview(
        counts=count_rows(Database(connection), names),
        latest=tuple(LatestReport(**dict(zip(columns, row, strict=True))) for row in latest),
    )


def read_whole_report(connection: sqlite3.Connection, report_id: str) -> CheckedReport | None:
    """The report with its measures, actions, notes and findings; null where there is none of that id."""
    db = Database(connection)
    try:
        return with_findings(read_report(db, report_id), read_findings(db, report_id))
    except UnknownReport:
        return None


def read_evidence(connection: sqlite3.Connection, record_id: str) -> tuple[Place, ...]:
    """Where a record stands in its document, in order."""
    rows = connection.execute(_PLACES, (record_id,))
    return tuple(Place(page=page, line=line, text=text) for page, line, text in rows)


_PLACES = "select page, line, text from evidence where record_id = ? order by position"

_LATEST = """
    select reports.id, label, score, grade,
      (select count(*) from measures where measures.report_id = reports.id) as measures,
      (select count(*) from actions where actions.report_id = reports.id) as actions,
      (select count(*) from findings where findings.report_id = reports.id) as findings
    from reports left join assessments on assessments.report_id = reports.id
    order by extracted_at desc, label, reports.id limit ?
"""
