"""What the home page tells of the database: how much of what there is, how it was read, what is open, what is new."""

import sqlite3
import threading
from typing import Any

from pydantic import Field
from sqlite_utils import Database

from db.read import TableCount, count_rows
from pipeline.site.naming import report_name
from schemas.base import Record

LATEST = 12
# The tables whose rows people count; the others, several rows a record, take long to count.
COUNTED = ("reports", "offices", "measures", "actions", "findings")


class Share(Record):
    """How many there are of one kind."""

    of: str | None = Field(description="a year, a code of a kind; null where it is not known")
    count: int


class LatestReport(Record):
    """A line of the home page's list."""

    id: str
    name: str = Field(description="how lists name the report, with what tells it apart from others")
    score: float | None = Field(description="of 100, as printed")
    grade: str | None
    measures: int
    actions: int
    findings: int | None = Field(description="null where there was nothing to check, or no check was run")


class Overview(Record):
    """What the database holds."""

    counts: tuple[TableCount, ...]
    by_year: tuple[Share, ...] = Field(description="reports by fiscal year (Buddhist era), in order, null last")
    by_kind: tuple[Share, ...] = Field(description="reports by kind of office, the most first")
    by_reading: tuple[Share, ...] = Field(description="pages by how they were read, the most first")
    open_findings: tuple[Share, ...] = Field(
        description="findings that nobody has judged, by severity, the gravest first"
    )
    latest: tuple[LatestReport, ...] = Field(description="the reports of the latest years, by office")

    def rows(self, table: str) -> int:
        """How many rows a table holds."""
        return sum(count.rows for count in self.counts if count.table == table)


def read_overview(connection: sqlite3.Connection) -> Overview:
    """The home page's figures and list."""
    db = Database(connection)
    return Overview(
        counts=count_rows(db, COUNTED),
        by_year=_shares(connection, _BY_YEAR),
        by_kind=_shares(connection, _BY_KIND),
        by_reading=_shares(connection, _BY_READING),
        open_findings=_shares(connection, _OPEN_FINDINGS),
        latest=tuple(_latest(connection, row) for row in db.query(_LATEST, (LATEST,))),
    )


class KeptOverview:
    """The last overview that each thread's connection read; it is read again when the database was changed since.

    SQLite tells a connection of the changes of others by its `data_version`, and counts the connection's own.
    """

    def __init__(self) -> None:
        self._kept = threading.local()

    def read(self, connection: sqlite3.Connection) -> Overview:
        """`read_overview` of the database as it is now."""
        state = connection, connection.execute("pragma data_version").fetchone()[0], connection.total_changes
        if getattr(self._kept, "state", None) != state:
            self._kept.overview = read_overview(connection)
            self._kept.state = state
        overview: Overview = self._kept.overview
        return overview


def _latest(connection: sqlite3.Connection, row: dict[str, Any]) -> LatestReport:
    label = row.pop("label")
    return LatestReport(**row, name=report_name(connection, row["id"], label))


def _shares(connection: sqlite3.Connection, query: str) -> tuple[Share, ...]:
    return tuple(Share(of=of, count=count) for of, count in connection.execute(query))


_BY_YEAR = """
    select cast(fiscal_year as text), count(*) from reports group by 1 order by 1 nulls last
"""

_BY_KIND = """
    select kind, count(*) from reports left join offices on offices.id = office_id
    group by 1 order by 2 desc, 1
"""

_BY_READING = "select read_by, count(*) from pages group by 1 order by 2 desc, 1"

_OPEN_FINDINGS = """
    select severity, count(*) from findings where judgement is null
    group by 1 order by instr('error warning info', severity)
"""

_LATEST = """
    select reports.id, label, score, grade,
      (select count(*) from measures where measures.report_id = reports.id) as measures,
      (select count(*) from actions where actions.report_id = reports.id) as actions,
      case when checked_by is not null and exists (
        select 1 from measures where measures.report_id = reports.id
        union all select 1 from assessments where assessments.report_id = reports.id
      ) then (select count(*) from findings where findings.report_id = reports.id) end as findings
    from reports left join assessments on assessments.report_id = reports.id and assessments.position = 0
    order by fiscal_year desc nulls last, label, reports.id limit ?
"""
