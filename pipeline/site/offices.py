"""What an office's page tells: who it is, its reports and files, its findings, and who names it."""

import sqlite3
from typing import Any, TypeVar

from pydantic import Field
from sqlite_utils import Database

from pipeline.site.compared import IndicatorRows, read_compared, side_by_side
from pipeline.site.office_scores import YearResult, read_results
from schemas.base import Record
from schemas.finding import Severity

# Reports side by side on one page; findings, mentions and offices listed; mentions counted, beyond which «more than».
COLUMNS = 4
LISTED = 30
COUNTED = 1000

Listed = TypeVar("Listed", bound=Record)


class OfficeName(Record):
    """An office that another one's page names."""

    id: str
    name: str


class OfficeFacts(Record):
    """Who an office is."""

    id: str
    name: str
    abbreviation: str | None
    kind: str | None
    province: str | None
    listed: bool = Field(description="in the reference list")
    parent_id: str | None
    parent: str | None = Field(description="the superior office's name")


class ReportFile(Record):
    """A file or address that a report was read from."""

    report_id: str
    path_or_url: str
    format: str


class OfficeReport(Record):
    """A report of the office."""

    id: str
    label: str
    title: str | None
    fiscal_year: int | None
    fiscal_year_basis: str | None
    format: str
    pages: int
    measures: int
    actions: int
    open_findings: int = Field(description="findings that nobody has dismissed")
    unread: int = Field(description="pages that could not be read")
    checked: bool = Field(description="whether the checks have looked at it")
    files: tuple[ReportFile, ...] = ()


class OfficeFinding(Record):
    """A finding in one of the office's reports."""

    id: str
    report_id: str
    fiscal_year: int | None
    check: str
    severity: Severity
    at: str
    message_th: str
    message_en: str
    judgement: str | None


class Mention(Record):
    """An action of another office's report that names the office."""

    action_id: str
    raw: str = Field(description="the name as written, where it is named first")
    text: str
    report_id: str
    label: str


class OfficePage(Record):
    """All that the page of an office shows."""

    office: OfficeFacts
    reports: tuple[OfficeReport, ...] = Field(description="by fiscal year, those without one first")
    results: tuple[YearResult, ...]
    findings: tuple[OfficeFinding, ...] = Field(description="open ones first, the gravest first, the latest first")
    findings_count: int
    mentions: tuple[Mention, ...]
    mentions_count: int = Field(description=f"of actions, at most {COUNTED + 1}: more are not counted")
    subordinates: tuple[OfficeName, ...] = Field(description="offices under this one")
    shown: tuple[OfficeReport, ...] = Field(description="the reports side by side")
    earlier: str | None = Field(description="id of the last report of the columns before")
    later: str | None = Field(description="id of the last report of the columns after")
    indicators: tuple[IndicatorRows, ...]


def read_office(connection: sqlite3.Connection, office_id: str, until: str | None = None) -> OfficePage | None:
    """An office's page, the reports up to that of id `until` side by side, else the latest; null: no such office."""
    db = Database(connection)
    office = next(db.query(_OFFICE, (office_id,)), None)
    if office is None:
        return None
    reports = _reports(db, office_id)
    ids = [report.id for report in reports]
    end = ids.index(until) + 1 if until in ids else len(ids)
    start = max(0, end - COLUMNS)
    mentions = _listed(db, Mention, _MENTIONS, (office_id, office_id, LISTED))
    return OfficePage(
        office=OfficeFacts(**office),
        reports=reports,
        results=read_results(db, office_id),
        findings=_listed(db, OfficeFinding, _FINDINGS, (office_id, LISTED)),
        findings_count=_count(db, _FINDINGS_COUNT, (office_id,)),
        mentions=mentions,
        mentions_count=_count(db, _MENTIONS_COUNT, (office_id, office_id, COUNTED + 1)) if mentions else 0,
        subordinates=_listed(db, OfficeName, _SUBORDINATES, (office_id, LISTED)),
        shown=reports[start:end],
        earlier=ids[start - 1] if start else None,
        later=ids[min(end + COLUMNS, len(ids)) - 1] if end < len(ids) else None,
        indicators=side_by_side([read_compared(connection, report_id) for report_id in ids[start:end]]),
    )


def _reports(db: Database, office_id: str) -> tuple[OfficeReport, ...]:
    files = _listed(db, ReportFile, _FILES, (office_id,))
    return tuple(
        OfficeReport(**row, files=tuple(file for file in files if file.report_id == row["id"]))
        for row in db.query(_REPORTS, (office_id,))
    )


def _listed(db: Database, kind: type[Listed], sql: str, values: tuple[Any, ...]) -> tuple[Listed, ...]:
    return tuple(kind(**row) for row in db.query(sql, values))


def _count(db: Database, sql: str, values: tuple[Any, ...]) -> int:
    return int(db.execute(sql, values).fetchone()[0])


_OFFICE = """
    select offices.id, offices.name, offices.abbreviation, offices.kind, offices.province, offices.listed,
      offices.parent_id, parent.name as parent
    from offices left join offices as parent on parent.id = offices.parent_id where offices.id = ?
"""

_REPORTS = """
    select id, label, title, fiscal_year, fiscal_year_basis, format, pages,
      (select count(*) from measures where report_id = reports.id) as measures,
      (select count(*) from actions where report_id = reports.id) as actions,
      (select count(*) from findings where report_id = reports.id and judgement is not 'dismissed') as open_findings,
      (select count(*) from pages where report_id = reports.id and read_by = 'needs-ocr') as unread,
      checked_by is not null as checked
    from reports where office_id = ? order by fiscal_year, id
"""

_FILES = """
    select report_id, path_or_url, sources.format from sources join reports on reports.id = report_id
    where office_id = ? order by path_or_url
"""

_FINDINGS = """
    select findings.id, report_id, fiscal_year, "check", severity, at, message_th, message_en, judgement
    from findings join reports on reports.id = report_id where office_id = ?
    order by judgement is 'dismissed',
      case severity when 'error' then 0 when 'warning' then 1 else 2 end, fiscal_year desc, position limit ?
"""
_FINDINGS_COUNT = "select count(*) from findings join reports on reports.id = report_id where office_id = ?"

# An office that all others name has very many mentions: they are read as they come, and counted up to a bound.
_MENTIONS_FROM = """
    from action_offices join actions on actions.id = action_id join reports on reports.id = actions.report_id
    where action_offices.office_id = ? and reports.office_id is not ?
"""
_MENTIONS = f"""
    select distinct actions.id as action_id, text, actions.report_id, label,
      (select raw from action_offices as named where named.action_id = actions.id
        and named.office_id = action_offices.office_id order by position limit 1) as raw
    {_MENTIONS_FROM} limit ?
"""
_MENTIONS_COUNT = f"select count(*) from (select distinct actions.id {_MENTIONS_FROM} limit ?)"

_SUBORDINATES = "select id, name from offices where parent_id = ? limit ?"
