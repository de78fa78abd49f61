"""What an office's page tells: who it is, its reports and files, its findings, and who names it."""

import sqlite3
from typing import Any, TypeVar

from pydantic import Field
from sqlite_utils import Database

from pipeline.site.compared import Column, IndicatorRows, Standing, read_compared, side_by_side, standings_by_year
from pipeline.site.naming import document_name, report_name
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
    name: str = Field(description="its title, else its file's name")
    title: str | None
    fiscal_year: int | None
    fiscal_year_basis: str | None
    format: str
    pages: int
    measures: int
    actions: int
    results: int = Field(description="the office's assessment and those of other agencies")
    open_findings: int = Field(description="findings that nobody has dismissed")
    unread: int = Field(description="pages that could not be read")
    checked: bool = Field(description="whether the checks have looked at it")
    files: tuple[ReportFile, ...] = ()

    @property
    def is_checked(self) -> bool:
        """Whether the checks have looked at it and found something to look at."""
        return self.checked and bool(self.measures or self.results)


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
    shown: tuple[OfficeReport, ...] = Field(description="reports with measures, side by side by year")
    standings: tuple[Standing, ...] = Field(description="what each of them is compared with")
    earlier: str | None = Field(description="id of the last report of the columns before")
    later: str | None = Field(description="id of the last report of the columns after")
    indicators: tuple[IndicatorRows, ...]

    @property
    def without_measures(self) -> tuple[OfficeReport, ...]:
        """The reports that are not side by side with any, as no measure was read in them."""
        return tuple(report for report in self.reports if not report.measures)


class _Window(Record):
    """The reports with measures that stand side by side."""

    shown: tuple[OfficeReport, ...]
    earlier: tuple[OfficeReport, ...]
    later: tuple[OfficeReport, ...]


def read_office(connection: sqlite3.Connection, office_id: str, until: str | None = None) -> OfficePage | None:
    """An office's page, the reports up to that of id `until` side by side, else the latest; null: no such office."""
    db = Database(connection)
    office = next(db.query(_OFFICE, (office_id,)), None)
    if office is None:
        return None
    reports = _reports(db, office_id)
    window = _window(reports, until)
    columns = [
        Column(read_compared(connection, report.id), report.fiscal_year, is_read=not report.unread)
        for report in window.shown
    ]
    standings = standings_by_year(
        columns,
        goes_before=_same_year(window.earlier[-1:], window.shown[:1]),
        goes_on=_same_year(window.shown[-1:], window.later[:1]),
    )
    mentions = _listed(db, Mention, _MENTIONS, (office_id, office_id, LISTED))
    return OfficePage(
        office=OfficeFacts(**office),
        reports=reports,
        results=read_results(db, office_id),
        findings=_listed(db, OfficeFinding, _FINDINGS, (office_id, LISTED)),
        findings_count=_count(db, _FINDINGS_COUNT, (office_id,)),
        mentions=tuple(
            each.model_copy(update={"label": report_name(connection, each.report_id, each.label)}) for each in mentions
        ),
        mentions_count=_count(db, _MENTIONS_COUNT, (office_id, office_id, COUNTED + 1)) if mentions else 0,
        subordinates=_listed(db, OfficeName, _SUBORDINATES, (office_id, LISTED)),
        shown=window.shown,
        standings=standings,
        earlier=window.earlier[-1].id if window.earlier else None,
        later=window.later[:COLUMNS][-1].id if window.later else None,
        indicators=side_by_side(columns, standings),
    )


def _window(reports: tuple[OfficeReport, ...], until: str | None) -> _Window:
    """Of the reports with measures, by year, unknown years last, the ones up to `until`, else to the latest year."""
    told = sorted(
        (report for report in reports if report.measures),
        key=lambda report: (report.fiscal_year is None, report.fiscal_year, report.id),
    )
    ids = [report.id for report in told]
    years = sum(report.fiscal_year is not None for report in told)
    end = ids.index(until) + 1 if until in ids else max(years, min(COLUMNS, len(ids)))
    start = max(0, end - COLUMNS)
    return _Window(shown=tuple(told[start:end]), earlier=tuple(told[:start]), later=tuple(told[end:]))


def _same_year(one: tuple[OfficeReport, ...], other: tuple[OfficeReport, ...]) -> bool:
    """Whether the two, if there are two, are of one year."""
    years = [report.fiscal_year for report in (*one, *other)]
    return len(years) > 1 and years[0] is not None and years[0] == years[1]


def _reports(db: Database, office_id: str) -> tuple[OfficeReport, ...]:
    files = _listed(db, ReportFile, _FILES, (office_id,))
    return tuple(
        OfficeReport(
            **row,
            name=document_name(db.conn, row["id"]),
            files=tuple(file for file in files if file.report_id == row["id"]),
        )
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
    select id, title, fiscal_year, fiscal_year_basis, format, pages,
      (select count(*) from measures where report_id = reports.id) as measures,
      (select count(*) from actions where report_id = reports.id) as actions,
      (select count(*) from assessments where report_id = reports.id) as results,
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
