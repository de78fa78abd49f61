"""What the site shows of people's judgements and corrections: of a finding, a record, a report, and all of them."""

import sqlite3
from collections.abc import Sequence
from typing import get_args

from pydantic import Field
from sqlite_utils import Database

from db.corrections import read_corrections_of
from pipeline.acts import Refused, find_record
from pipeline.correctable import FieldValue, table_of, values_of
from pipeline.correcting import digest_of
from pipeline.reading import reference
from pipeline.site.naming import report_name
from pipeline.typed_values import Kind
from schemas.base import Record
from schemas.correction import Correction, State
from schemas.report import Status

# States of a line that still counts for its subject.
_JUDGED: tuple[State, ...] = ("confirmed", "dismissed")
_CORRECTED: tuple[State, ...] = ("applied", "agreed", "stale")
# Lines on a page of the list.
ON_A_PAGE = 100


class Judging(Record):
    """A finding as people judge it."""

    finding_id: str
    standing: Correction | None = Field(description="the judgement that holds")
    earlier: tuple[Correction, ...] = Field(description="the lines before it, and withdrawals, the latest first")


class CorrectableValue(Record):
    """A field of a record, its value, and what a person made of it."""

    of: FieldValue
    column: str = Field(description="the column that the field is called after")
    table: str
    choices: tuple[str, ...] = Field(default=(), description="codes to choose from; none where the value is typed")
    correction: Correction | None = Field(description="the one that is applied, agrees by now, or no longer fits")


class Correcting(Record):
    """A record as people correct it and mark it."""

    record_id: str
    table: str
    seen: str = Field(description="digest of the record: a form tells by it what its reader saw")
    fields: tuple[CorrectableValue, ...]
    checked: Correction | None = Field(description="the mark that a person held the record against the document")
    lost: tuple[Correction, ...] = Field(description="corrections of fields that the record has no more")

    @property
    def corrected(self) -> tuple[CorrectableValue, ...]:
        """The fields that a person has corrected."""
        return tuple(field for field in self.fields if field.correction)


class ListedCorrection(Record):
    """A line of the corrections file, and what it is about."""

    correction: Correction
    table: str | None = Field(description="of the record or finding; null where it is gone")
    text: str | None = Field(description="of the finding or record; of one that is gone, what it said when judged")
    english: str | None = Field(description="of a finding")
    check: str | None = Field(description="of a finding")
    report_id: str | None = Field(description="null where the report is gone")
    report: str | None = Field(description="what the report is called; null where it is gone")


class CorrectionsPage(Record):
    """A page of the list of all judgements, those that no longer fit first."""

    lines: tuple[ListedCorrection, ...]
    counts: tuple[tuple[State, int], ...] = Field(description="how many lines are in each state")
    state: State | None
    page: int
    pages: int


def read_judging(connection: sqlite3.Connection, finding_id: str) -> Judging | None:
    """A finding's judgement; null where there is no finding of that id."""
    if connection.execute("select 1 from findings where id = ?", (finding_id,)).fetchone() is None:
        return None
    lines = read_corrections_of(Database(connection), finding_id)
    standing = next((each for each in lines if each.state in _JUDGED), None)
    return Judging(
        finding_id=finding_id,
        standing=standing,
        earlier=tuple(each for each in reversed(lines) if each is not standing),
    )


def read_correcting(connection: sqlite3.Connection, record_id: str) -> Correcting | None:
    """A record's fields with what people corrected; null where there is no record of that id that can be corrected."""
    db = Database(connection)
    try:
        record = find_record(db, record_id)
    except Refused:
        return None
    lines = read_corrections_of(db, record_id)
    held = {each.field: each for each in lines if each.kind == "field-correction" and each.state in _CORRECTED}
    values = values_of(record, reference())
    table = table_of(record)
    names = {value.name for value in values}
    return Correcting(
        record_id=record_id,
        table=table,
        seen=digest_of(record, reference()),
        fields=tuple(_value(table, value, held.get(value.name)) for value in values),
        checked=next((e for e in lines if e.kind == "record-checked" and e.state in ("checked", "stale")), None),
        lost=tuple(each for field, each in held.items() if field not in names),
    )


def read_corrections_in(connection: sqlite3.Connection, report_id: str) -> dict[str, tuple[Correction, ...]]:
    """The corrections and marks that hold or no longer fit in a whole report, by record."""
    rows = Database(connection).query(_IN_REPORT, {"report": report_id})
    found: dict[str, tuple[Correction, ...]] = {}
    for row in rows:
        correction = Correction(**row)
        found[correction.record_id] = (*found.get(correction.record_id, ()), correction)
    return found


def read_corrections_page(connection: sqlite3.Connection, state: str | None, page: int) -> CorrectionsPage:
    """The lines in a state, or all; a page after the last is the last."""
    db = Database(connection)
    counts = {row["state"]: row["count"] for row in db.query(_COUNTS)}
    known = next((each for each in get_args(State) if each == state), None)
    total = counts.get(known, 0) if known else sum(counts.values())
    pages = max(1, -(-total // ON_A_PAGE))
    shown = min(max(page, 1), pages)
    rows = db.query(_LISTED, {"state": known, "limit": ON_A_PAGE, "offset": (shown - 1) * ON_A_PAGE})
    return CorrectionsPage(
        lines=tuple(_listed(connection, row) for row in rows),
        counts=tuple((each, counts[each]) for each in get_args(State) if each in counts),
        state=known,
        page=shown,
        pages=pages,
    )


def _value(table: str, value: FieldValue, correction: Correction | None) -> CorrectableValue:
    return CorrectableValue(
        of=value,
        column=value.name.partition(".")[0],
        table=table,
        choices=tuple(_choices(value.kind)),
        correction=correction,
    )


def _choices(kind: Kind) -> Sequence[str]:
    if kind == "status":
        return get_args(Status)
    if kind == "grade":
        return sorted(reference().grades)
    return ("true", "false") if kind == "yes-no" else ()


def _listed(connection: sqlite3.Connection, row: dict[str, object]) -> ListedCorrection:
    about = {name: row.pop(name) for name in ("table", "text", "english", "check", "report_id", "report")}
    if about["report_id"]:
        about["report"] = report_name(connection, str(about["report_id"]), str(about["report"]))
    return ListedCorrection.model_validate({**about, "correction": Correction.model_validate(row)})


_COLUMNS = "line, kind, record_id, field, as_read, as_corrected, reason, who, made_at, state"

_IN_REPORT = f"""
    select {_COLUMNS} from corrections
    where (record_id = :report or record_id >= :report || '-' and record_id < :report || '.')
    and kind in ('field-correction', 'record-checked') and state in ('applied', 'agreed', 'stale', 'checked')
    order by line
"""

_COUNTS = "select state, count(*) as count from corrections group by state"

_LISTED_COLUMNS = ", ".join(f"listed.{column}" for column in _COLUMNS.split(", "))

# Of a finding that is gone: what it said when it was judged last.
_LISTED = f"""
    with listed as (
        select {_COLUMNS},
          case when instr(record_id, '-') then substr(record_id, 1, instr(record_id, '-') - 1) else record_id end as of
        from corrections where :state is null or state = :state
        order by state != 'stale', line desc limit :limit offset :offset
    )
    select {_LISTED_COLUMNS}, reports.id as report_id, reports.label as report,
      coalesce(findings.message_th, actions.text, measures.text, indicators.name,
        assessments.office_as_written, own.title, told.message_th) as text,
      coalesce(findings.message_en, told.message_en) as english, coalesce(findings."check", told."check") as "check",
      case when findings.id is not null then 'findings' when actions.id is not null then 'actions'
        when measures.id is not null then 'measures' when indicators.id is not null then 'indicators'
        when assessments.id is not null then 'assessments' when own.id is not null then 'reports' end as "table"
    from listed
    left join findings on findings.id = listed.record_id
    left join actions on actions.id = listed.record_id
    left join measures on measures.id = listed.record_id
    left join indicators on indicators.id = listed.record_id
    left join assessments on assessments.id = listed.record_id
    left join reports own on own.id = listed.record_id
    left join reports on reports.id = listed.of
    left join corrections as told on told.line = (
        select max(line) from corrections as each where each.record_id = listed.record_id and message_th is not null)
    order by listed.state != 'stale', listed.line desc
"""
