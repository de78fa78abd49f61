"""Reading back: rows as the values that they were loaded from."""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from pydantic import Field
from sqlite_utils import Database

from schemas.base import Record
from schemas.document import ReadBy, Repair
from schemas.failure import Failure
from schemas.finding import Finding
from schemas.report import (
    Action,
    AgencyAssessment,
    Assessment,
    DateMention,
    Evidence,
    Indicator,
    Measure,
    Note,
    OfficeMention,
    Report,
)
from schemas.run import Run
from schemas.source import KnownSource, Source

_Row = dict[str, Any]
_EvidenceById = dict[str, tuple[Evidence, ...]]


class UnknownReport(LookupError):
    """The database holds no report of that id."""


class PageText(Record):
    """One page of a report's document, as text."""

    number: int = Field(description="from 1")
    text: str = Field(description="as read, a line a line; the cells of a table row are joined by tabs")
    read_by: ReadBy
    quality: float | None = Field(description="share of the text that is plausible Thai; null where not measured")
    width: float | None = Field(description="points; null in formats without pages")
    height: float | None = Field(description="points; null in formats without pages")
    repairs: tuple[Repair, ...] = Field(description="what was put right in the text layer, by class of damage")


class FoundIn(Finding):
    """A finding, the report that it is in, and what a person judged."""

    report_id: str
    report: str = Field(description="how lists name the report: office and fiscal year")
    judgement: str | None = Field(description="confirmed or dismissed; null where nobody has judged")


class TableCount(Record):
    """How many rows a table holds."""

    table: str
    rows: int


def read_report(db: Database, report_id: str) -> Report:
    """The report as it was loaded; `UnknownReport` where there is none of that id."""
    row = next(db.query(_REPORT, {"report": report_id}), None)
    if row is None:
        raise UnknownReport(report_id)
    evidence = _evidence(db, report_id)
    return Report(
        **row,
        office_mention=_issuing_office(db, report_id),
        assessment=_assessment(db, report_id, evidence),
        measures=_measures(db, report_id, evidence),
        agencies=_agencies(db, report_id, evidence),
        notes=_notes(db, report_id, evidence),
        evidence=evidence.get(report_id, ()),
    )


def read_reports(db: Database) -> Iterator[Report]:
    """All reports, by id."""
    return (read_report(db, report_id) for report_id in report_ids(db))


def report_ids(db: Database) -> tuple[str, ...]:
    """The ids of all reports, in order."""
    return tuple(report_id for (report_id,) in db.execute("select id from reports order by id"))


def read_document_pages(db: Database, report_id: str) -> tuple[PageText, ...]:
    """The pages of the report's document, in order; none where there is no such report."""
    repairs = _by(db.query(_REPAIRS, (report_id,)), "page")
    rows = db.query(
        "select number, text, read_by, quality, width, height from pages where report_id = ? order by number",
        (report_id,),
    )
    return tuple(
        PageText(**row, repairs=tuple(Repair(**repair) for repair in repairs.get(row["number"], ()))) for row in rows
    )


def read_findings(db: Database, report_id: str) -> tuple[Finding, ...]:
    """The findings of a report, in order."""
    evidence = _evidence(db, report_id)
    records = _by(db.query(_FINDING_RECORDS, (report_id,)), "finding_id")
    rows = db.query(
        'select id, "check", severity, at, message_th, message_en from findings where report_id = ? order by position',
        (report_id,),
    )
    return tuple(
        Finding(
            **row,
            records=tuple(record["record_id"] for record in records.get(row["id"], ())),
            evidence=evidence.get(row["id"], ()),
        )
        for row in rows
    )


def read_all_findings(db: Database) -> tuple[FoundIn, ...]:
    """The findings of all reports, by the report's name and in order."""
    rows = db.query(
        'select findings.id, "check", severity, at, message_th, message_en, judgement, report_id, label as report '
        "from findings join reports on reports.id = report_id order by label, report_id, position"
    )
    return tuple(FoundIn(**row) for row in rows)


def read_finding(db: Database, finding_id: str) -> Finding | None:
    """What the finding of that id says, without its records and evidence; null where there is none."""
    sql = 'select id, "check", severity, at, message_th, message_en from findings where id = ?'
    return next((Finding(**row) for row in db.query(sql, (finding_id,))), None)


def read_sources(db: Database) -> tuple[KnownSource, ...]:
    """All files and addresses that reports were read from, in order."""
    return tuple(map(_known_source, db.query(f"{_SOURCES} order by path_or_url")))


def known_source(db: Database, path_or_url: str) -> KnownSource | None:
    """What is known of a file or address; null where no report was read from it."""
    return next(map(_known_source, db.query(f"{_SOURCES} where path_or_url = ?", (path_or_url,))), None)


def report_id_of_bytes(db: Database, sha256: str) -> str | None:
    """The report that was read from these bytes, under whatever name; null where there is none."""
    row = db.execute("select min(report_id) from sources where sha256 = ?", (sha256,)).fetchone()
    return None if row[0] is None else str(row[0])


def read_failures(db: Database) -> tuple[Failure, ...]:
    """The files that could not be read, in order of their names."""
    rows = db.query("select source, code, message_th, message_en from failures order by source")
    return tuple(Failure(**row) for row in rows)


def read_runs(db: Database) -> tuple[Run, ...]:
    """All runs, oldest first."""
    rows = db.query("select * from runs order by id")
    return tuple(Run(**{name: value for name, value in row.items() if name != "id"}) for row in rows)


def count_rows(db: Database, tables: tuple[str, ...]) -> tuple[TableCount, ...]:
    """How many rows each of the tables holds."""
    return tuple(TableCount(table=table, rows=db.table(table).count) for table in tables)


_FIGURES = "id, year, score, grade, threshold, weak_count, iit, eit, oit"

_REPORT = """
    select id, title, fiscal_year, fiscal_year_basis, characters, unrecorded_characters
    from reports where id = :report
"""

_ISSUING_OFFICE = """
    select office_as_written as raw, name, office_id, listed, office_score as score
    from reports join offices on offices.id = office_id where reports.id = ?
"""

_SOURCES = """
    select path_or_url, sha256, sources.format, size_bytes, report_id, extractor_version
    from sources join reports on reports.id = report_id
"""

_REPAIRS = "select page, damage, count from page_repairs where report_id = ? order by damage"

_FINDING_RECORDS = """
    select finding_id, record_id from finding_records join findings on findings.id = finding_id
    where report_id = ? order by finding_id, finding_records.position
"""

_DATES = """
    select action_id, raw, start, "end", reason from action_dates join actions on actions.id = action_id
    where report_id = ? order by action_id, action_dates.position
"""

_OFFICES = """
    select action_id, raw, name, office_id, listed, score
    from action_offices join actions on actions.id = action_id join offices on offices.id = office_id
    where report_id = ? order by action_id, action_offices.position
"""


def _known_source(row: _Row) -> KnownSource:
    return KnownSource(
        report_id=row.pop("report_id"), extractor_version=row.pop("extractor_version"), source=Source(**row)
    )


def _evidence(db: Database, report_id: str) -> _EvidenceById:
    rows = db.query(
        "select record_id, page, x0, top, x1, bottom, line, text from evidence where report_id = ? order by position",
        (report_id,),
    )
    return {record_id: tuple(Evidence(**row) for row in group) for record_id, group in _by(rows, "record_id").items()}


def _by(rows: Iterator[_Row], key: str) -> dict[Any, list[_Row]]:
    """The rows in groups of equal `key`, which is taken out of them."""
    groups: defaultdict[Any, list[_Row]] = defaultdict(list)
    for row in rows:
        groups[row.pop(key)].append(row)
    return groups


def _issuing_office(db: Database, report_id: str) -> OfficeMention | None:
    return next((OfficeMention(**row) for row in db.query(_ISSUING_OFFICE, (report_id,))), None)


def _assessment(db: Database, report_id: str, evidence: _EvidenceById) -> Assessment | None:
    """The report's own result."""
    rows = db.query(f"select {_FIGURES} from assessments where report_id = ? and position = 0", (report_id,))
    row = next(rows, None)
    return None if row is None else _with_indicators(db, row, evidence)


def _agencies(db: Database, report_id: str, evidence: _EvidenceById) -> tuple[AgencyAssessment, ...]:
    """The results of other agencies, in printed order."""
    rows = db.query(
        f"select {_FIGURES}, office_as_written, office_id, is_total from assessments "
        "where report_id = ? and position > 0 order by position",
        (report_id,),
    )
    return tuple(_agency(db, row, evidence) for row in rows)


def _agency(db: Database, row: _Row, evidence: _EvidenceById) -> AgencyAssessment:
    name, office_id, is_total = (row.pop(column) for column in ("office_as_written", "office_id", "is_total"))
    office = next(db.query("select name, listed from offices where id = ?", (office_id,)), None)
    return AgencyAssessment(
        name=name,
        is_total=bool(is_total),
        office_mention=OfficeMention(raw=name, office_id=office_id, score=1, **office) if office else None,
        assessment=_with_indicators(db, row, evidence),
    )


def _with_indicators(db: Database, row: _Row, evidence: _EvidenceById) -> Assessment:
    indicators = db.query(
        "select id, number, name, score, weak from indicators where assessment_id = ? order by position", (row["id"],)
    )
    return Assessment(
        **row,
        indicators=tuple(Indicator(**one, evidence=evidence.get(one["id"], ())) for one in indicators),
        evidence=evidence.get(row["id"], ()),
    )


def _measures(db: Database, report_id: str, evidence: _EvidenceById) -> tuple[Measure, ...]:
    columns = "id, indicator_number, indicator_name, number, text, responsible, period, budget_baht"
    actions = _actions(db, report_id, evidence)
    rows = db.query(f"select {columns} from measures where report_id = ? order by position", (report_id,))
    return tuple(
        Measure(**row, actions=tuple(actions.get(row["id"], ())), evidence=evidence.get(row["id"], ())) for row in rows
    )


def _actions(db: Database, report_id: str, evidence: _EvidenceById) -> dict[str, list[Action]]:
    """The report's actions by the id of their measure."""
    dates = _by(db.query(_DATES, (report_id,)), "action_id")
    offices = _by(db.query(_OFFICES, (report_id,)), "action_id")
    rows = db.query(
        "select id, measure_id, number, parent_number as parent, text, status from actions "
        "where report_id = ? order by measure_id, position",
        (report_id,),
    )
    actions: defaultdict[str, list[Action]] = defaultdict(list)
    for row in rows:
        actions[row.pop("measure_id")].append(
            Action(
                **row,
                dates=tuple(map(_date, dates.get(row["id"], ()))),
                office_mentions=tuple(OfficeMention(**mention) for mention in offices.get(row["id"], ())),
                evidence=evidence.get(row["id"], ()),
            )
        )
    return actions


def _date(row: _Row) -> DateMention:
    start, end = (row[name] and datetime.date.fromisoformat(row[name]) for name in ("start", "end"))
    return DateMention(raw=row["raw"], start=start, end=end, reason=row["reason"])


def _notes(db: Database, report_id: str, evidence: _EvidenceById) -> tuple[Note, ...]:
    rows = db.query("select id, code, text, characters from notes where report_id = ? order by position", (report_id,))
    return tuple(
        Note(code=row["code"], text=row["text"], characters=row["characters"], evidence=evidence.get(row["id"], ()))
        for row in rows
    )
