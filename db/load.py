"""Loading: a report's rows are replaced as a whole or not at all, its search rows in the same transaction.

Every function is one transaction of its own and may be called inside a larger one (`with transaction(db):`). Rows of
offices come and go with the mentions that point to them, so that a database built anew holds the same.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlite_utils import Database

from db.corrections import forget_corrections, store_as_read
from db.rows import ReportRows, Row, field_rows, finding_rows, report_rows
from db.search_tables import count_grams_if_grown
from db.transactions import transaction
from schemas.correction import AsRead
from schemas.document import Document
from schemas.failure import Failure
from schemas.finding import Finding
from schemas.offices import Office
from schemas.report import OfficeMention, Report
from schemas.run import Run
from schemas.source import Source

# Tables whose rows are part of one report, in the order in which rows may be inserted; deleting takes the rest along.
_PARTS = ("pages", "page_repairs", "assessments", "indicators", "measures", "actions", "notes", "findings", "evidence")


def load_report(
    db: Database,
    report: Report,
    document: Document,
    source: Source,
    *,
    offices: Iterable[Office],
    extractor_version: str,
    extracted_at: datetime.datetime,
    as_read: Sequence[AsRead] = (),
) -> None:
    """Put a report in place of what the database holds under its id; its other sources and reports stay as they are.

    The report and its records have their ids (`ValueError` where one is missing or given twice). `offices` are
    those mentioned and their superiors as far as they are known, for kind, province and superior; others are passed
    over. `extracted_at` knows its time zone; `as_read` is what was read where people have corrected the report.
    A failure noted for the source is forgotten, and so are the report's findings: its records may have changed.
    """
    rows = report_rows(report, document, extractor_version=extractor_version, extracted_at=extracted_at)
    with transaction(db):
        mentions = {mention.office_id: mention for mention in _mentions(report)}
        before = _office_ids(db, report.id) | _superior_ids(db, mentions)
        _delete_parts(db, report.id)
        _upsert_offices(db, mentions, {office.id: office for office in offices})
        _insert_report(db, rows)
        forget_corrections(db, report.id)
        store_as_read(db, report.id, as_read)
        add_source(db, report.id, source)
        _remove_unused_offices(db, before)


def change_report(
    db: Database, before: Report, after: Report, offices: Iterable[Office], as_read: Sequence[AsRead]
) -> None:
    """Put the fields of `after` in place of those of `before`, which the database holds; records and ids are the same.

    `offices` and `as_read` are as in `load_report`. Findings stay as they are; an action of another text has to be
    signed anew for comparing it.
    """
    with transaction(db):
        mentions = {mention.office_id: mention for mention in _mentions(after)}
        used = _office_ids(db, before.id) | _superior_ids(db, mentions)
        _upsert_offices(db, mentions, {office.id: office for office in offices})
        for old, new in zip(field_rows(before), field_rows(after), strict=True):
            for row, changed in zip(old.rows, new.rows, strict=True):
                _update(db, old.table, old.key, row, changed)
        store_as_read(db, before.id, as_read)
        _remove_unused_offices(db, used)


def _update(db: Database, table: str, key: tuple[str, ...], row: Row, changed: Row) -> None:
    values = {name: value for name, value in changed.items() if row[name] != value}
    if values:
        db.table(table).update(tuple(row[name] for name in key), values)
        if table == "actions" and "text" in values:
            db.execute("delete from _action_signatures where action_id = ?", (row["id"],))


def add_source(db: Database, report_id: str, source: Source) -> None:
    """Note that the report was read from this file or address; one that it was taken away from may go with it."""
    with transaction(db):
        before = _report_of(db, source.path_or_url)
        db.table("sources").upsert({"report_id": report_id, **source.model_dump()}, pk="path_or_url")
        db.execute("delete from failures where source = ?", (source.path_or_url,))
        if before is not None:
            _remove_if_without_source(db, before)


def remove_source(db: Database, path_or_url: str) -> None:
    """Forget a file or address, what failed there, and the report if it was its last source."""
    with transaction(db):
        before = _report_of(db, path_or_url)
        db.execute("delete from sources where path_or_url = ?", (path_or_url,))
        db.execute("delete from failures where source = ?", (path_or_url,))
        if before is not None:
            _remove_if_without_source(db, before)


def remove_report(db: Database, report_id: str) -> None:
    """Delete a report with all that belongs to it; nothing happens where there is none of that id."""
    with transaction(db):
        before = _office_ids(db, report_id)
        forget_corrections(db, report_id)
        db.execute("delete from reports where id = ?", (report_id,))
        _remove_unused_offices(db, before)


def load_findings(db: Database, report_id: str, findings: Sequence[Finding], *, checked_by: str) -> None:
    """Put findings, in order, in place of the report's findings; `checked_by` is the version of the checks."""
    rows = finding_rows(report_id, findings)
    with transaction(db):
        db.execute("delete from evidence where report_id = ? and record_table = 'findings'", (report_id,))
        db.execute("delete from findings where report_id = ?", (report_id,))
        db.execute("update reports set checked_by = ? where id = ?", (checked_by, report_id))
        db.table("findings").insert_all(rows.findings)
        db.table("finding_records").insert_all(rows.records)
        db.table("evidence").insert_all(rows.evidence)


def record_failure(db: Database, failure: Failure, *, sha256: str | None = None) -> None:
    """Note that a file could not be read, in place of an earlier note; `sha256` is of its bytes, where there are any.

    A report read from that file before stays.
    """
    with transaction(db):
        db.table("failures").upsert({**failure.model_dump(), "sha256": sha256}, pk="source")


def record_run(db: Database, run: Run) -> int:
    """Note a run; its number. A run that has loaded much makes the search count its grams anew."""
    with transaction(db):
        count_grams_if_grown(db)
        return int(db.table("runs").insert(run.model_dump(mode="json")).last_pk or 0)


def _insert_report(db: Database, rows: ReportRows) -> None:
    db.table("reports").upsert(rows.report, pk="id")
    for table, table_rows in rows.parts:
        db.table(table).insert_all(table_rows)


def _delete_parts(db: Database, report_id: str) -> None:
    for table in reversed(_PARTS):
        db.execute(f"delete from {table} where report_id = ?", (report_id,))


def _report_of(db: Database, path_or_url: str) -> str | None:
    row = db.execute("select report_id from sources where path_or_url = ?", (path_or_url,)).fetchone()
    return None if row is None else str(row[0])


def _remove_if_without_source(db: Database, report_id: str) -> None:
    if db.execute("select 1 from sources where report_id = ?", (report_id,)).fetchone() is None:
        remove_report(db, report_id)


def _mentions(report: Report) -> Iterator[OfficeMention]:
    if report.office_mention:
        yield report.office_mention
    yield from (agency.office_mention for agency in report.agencies if agency.office_mention)
    for measure in report.measures:
        for action in measure.actions:
            yield from action.office_mentions


def _upsert_offices(db: Database, mentions: Mapping[str, OfficeMention], offices: Mapping[str, Office]) -> None:
    known = [office for office_id in mentions for office in _with_superiors(office_id, offices)]
    rows = {
        **{office.id: _office_row(office, offices) for office in known},
        **{office_id: _mentioned_row(mention, offices) for office_id, mention in mentions.items()},
    }
    db.table("offices").upsert_all(list(rows.values()), pk="id")


def _with_superiors(office_id: str, offices: Mapping[str, Office]) -> Iterator[Office]:
    seen: set[str] = set()
    above: str | None = office_id
    while above is not None and above in offices and above not in seen:
        seen.add(above)
        yield offices[above]
        above = offices[above].parent_id


def _office_row(office: Office, offices: Mapping[str, Office]) -> Row:
    return {
        "id": office.id,
        "name": office.name,
        "abbreviation": office.abbreviation,
        "kind": office.kind,
        "province": office.province,
        "parent_id": office.parent_id if office.parent_id in offices else None,
        "listed": True,
    }


def _mentioned_row(mention: OfficeMention, offices: Mapping[str, Office]) -> Row:
    office = offices.get(mention.office_id)
    unknown: Row = dict.fromkeys(("abbreviation", "kind", "province", "parent_id"))
    facts = _office_row(office, offices) if office else unknown
    return {**facts, "id": mention.office_id, "name": mention.name, "listed": mention.listed}


def _office_ids(db: Database, report_id: str) -> set[str]:
    """The offices that the report's rows point to, and their superiors."""
    rows = db.execute(
        """
        with recursive used(id) as (
            select office_id from reports where id = :report
            union select office_id from assessments where report_id = :report
            union select office_id from action_offices
                where action_id in (select id from actions where report_id = :report)
            union select parent_id from offices join used on offices.id = used.id
        )
        select id from used where id is not null
        """,
        {"report": report_id},
    )
    return {office_id for (office_id,) in rows}


def _superior_ids(db: Database, office_ids: Iterable[str]) -> set[str]:
    """The superiors that the offices have now; facts that have changed may leave one without any."""
    rows = [
        db.execute("select parent_id from offices where id = ?", (office_id,)).fetchone() for office_id in office_ids
    ]
    return {row[0] for row in rows if row is not None and row[0] is not None}


def _remove_unused_offices(db: Database, office_ids: set[str]) -> None:
    """Delete those of the offices that no row points to any more, then their superiors likewise."""
    while office_ids:
        removed = [row for office_id in office_ids for row in db.execute(_REMOVE_IF_UNUSED, {"id": office_id})]
        office_ids = {parent_id for (parent_id,) in removed if parent_id is not None}


_REMOVE_IF_UNUSED = """
    delete from offices where id = :id
    and not exists (select 1 from reports where office_id = :id)
    and not exists (select 1 from assessments where office_id = :id)
    and not exists (select 1 from action_offices where office_id = :id)
    and not exists (select 1 from offices where parent_id = :id)
    returning parent_id
"""
