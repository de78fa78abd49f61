"""What a person may do with the database's findings and records: judge, correct, mark as checked, and take it back.

Each act is written to the corrections file first and then applied, in one turn among all programs that write to the
database. Raises `Refused` where it makes no sense, `UnusableCorrections` where the file cannot be written.
"""

from pathlib import Path
from typing import Literal

from sqlite_utils import Database

from db.corrections import read_corrections_of
from db.read import UnknownReport, read_finding, read_report
from db.transactions import transaction
from pipeline.correctable import (
    CorrectableRecord,
    FieldOfRecord,
    field_of,
    fields_of,
    normal_value,
    printed_digest,
    read_typed,
    seen_digest,
)
from pipeline.correcting import digest_of, records_of
from pipeline.corrections import append, corrections_path, now
from pipeline.judgements import bring_in_step, read_as_first_read
from pipeline.reading import reference
from pipeline.typed_values import NotUnderstood, normal_form
from schemas.correction import (
    WITHDRAWN,
    FieldCorrection,
    FindingJudgement,
    Line,
    RecordChecked,
    Withdrawal,
    Withdrawing,
    report_of,
)
from schemas.finding import Verdict

# Lines about one record and field may stand in the way of a withdrawal only where they hold.
_HOLDING = ("confirmed", "dismissed", "applied", "agreed", "checked", "stale")
LONGEST_REASON = 2000
Why = Literal["no-record", "no-finding", "wrong", "changed"]


class Refused(Exception):
    """The act makes no sense; the messages are one sentence each and say what to do."""

    def __init__(self, why: Why, message_th: str, message_en: str) -> None:
        super().__init__(message_en)
        self.why = why
        self.message_th = message_th
        self.message_en = message_en


def judge_finding(
    db: Database, database: Path, finding_id: str, judgement: Verdict, reason: str | None, who: str | None
) -> None:
    """Confirm or dismiss a finding; to dismiss it, a reason is needed."""
    reason = _reason(reason, needed=judgement == "dismissed")
    with transaction(db):
        finding = read_finding(db, finding_id)
        if finding is None:
            raise Refused("no-finding", "ไม่มีข้อค้นพบรหัสนี้แล้ว", "There is no finding of that id.")
        line = FindingJudgement(
            finding_id=finding_id,
            judgement=judgement,
            reason=reason,
            who=_told(who),
            when=now(),
            check=finding.check,
            message_th=finding.message_th,
            message_en=finding.message_en,
        )
        _do(db, database, line)


def correct_field(
    db: Database,
    database: Path,
    record_id: str,
    name: str,
    typed: str,
    reason: str | None,
    who: str | None,
    seen: str | None = None,
) -> None:
    """Put what was typed in place of a field's value; what was read is written down beside it.

    `seen` is the field's digest as the person saw it (`FieldValue.seen`): what has changed since is not corrected.
    """
    reason = _reason(reason, needed=True)
    with transaction(db):
        read = find_record(db, record_id, as_read=True)
        field = find_field(read, name)
        _as_seen(seen, seen_digest(find_record(db, record_id), field, reference()))
        try:
            corrected = normal_form(read_typed(field, typed, reference()), reference())
        except NotUnderstood as error:
            raise Refused("wrong", error.message_th, error.message_en) from error
        if corrected == normal_value(find_record(db, record_id), field, reference()):
            raise Refused("wrong", "ค่านี้เหมือนค่าที่มีอยู่แล้ว", "That is the value it has.")
        as_read = normal_value(read, field, reference())
        if corrected == as_read:  # back to what was read: no correction any more
            line: Line = _withdrawal("correction-withdrawn", record_id, name, reason, who)
        else:
            line = FieldCorrection(
                record_id=record_id,
                field=name,
                as_read=as_read,
                as_printed=printed_digest(read, field, reference()),
                as_corrected=corrected,
                reason=reason or "",
                who=_told(who),
                when=now(),
            )
        _do(db, database, line)


def mark_checked(db: Database, database: Path, record_id: str, who: str | None, seen: str | None = None) -> None:
    """Note that a person held the record against the document; the note goes stale when it is read differently.

    `seen` is the digest of the record as the person saw it: what has changed since is not marked.
    """
    with transaction(db):
        _as_seen(seen, digest_of(find_record(db, record_id), reference()))
        digest = digest_of(find_record(db, record_id, as_read=True), reference())
        _do(db, database, RecordChecked(record_id=record_id, digest=digest, who=_told(who), when=now()))


def withdraw(
    db: Database,
    database: Path,
    kind: Withdrawing,
    record_id: str,
    field: str | None = None,
    reason: str | None = None,
    who: str | None = None,
    seen: str | None = None,
) -> None:
    """Take back what holds: the judgement of a finding, the correction of a field, the mark of a record.

    `seen` is, of a correction, the field's digest as the person saw it: one that has changed since is not taken back.
    """
    reason = _reason(reason, needed=False)
    with transaction(db):
        holding = [
            each
            for each in read_corrections_of(db, record_id)
            if each.kind == WITHDRAWN[kind] and each.field == field and each.state in _HOLDING
        ]
        if not holding:
            why: Why = "no-finding" if kind == "judgement-withdrawn" else "no-record"
            raise Refused(why, "ไม่มีอะไรให้ถอน", "There is nothing to withdraw.")
        if field is not None and seen is not None:
            record = find_record(db, record_id)
            _as_seen(seen, seen_digest(record, find_field(record, field), reference()))
        _do(db, database, _withdrawal(kind, record_id, field, reason, who))


def find_record(db: Database, record_id: str, *, as_read: bool = False) -> CorrectableRecord:
    """A record as corrected, or as it was read; raises `Refused`."""
    try:
        report = (read_as_first_read if as_read else read_report)(db, report_of(record_id))
    except UnknownReport:
        raise _no_record() from None
    record = next((record for record in records_of(report) if record.id == record_id), None)
    if record is None:
        raise _no_record()
    return record


def find_field(record: CorrectableRecord, name: str) -> FieldOfRecord:
    """The field of that name; raises `Refused`."""
    field = field_of(record, name)
    if field is None:
        names = ", ".join(each.name for each in fields_of(record))
        raise Refused(
            "wrong",
            f"ไม่มีช่อง “{name}” ให้แก้ไข ช่องที่แก้ไขได้: {names}",
            f"There is no field “{name}” to correct; there are: {names}.",
        )
    return field


def _as_seen(seen: str | None, now_seen: str) -> None:
    if seen not in (None, now_seen):
        raise Refused(
            "changed",
            "รายการนี้เปลี่ยนไปหลังจากที่เปิดหน้านี้ โปรดดูค่าใหม่ก่อน แล้วจึงบันทึกอีกครั้ง",
            "The record has changed since this page was opened: look at it again, then save.",
        )


def _do(db: Database, database: Path, line: Line) -> None:
    append(corrections_path(database), line)
    bring_in_step(db, database)


def _withdrawal(
    kind: Withdrawing, record_id: str, field: str | None, reason: str | None, who: str | None
) -> Withdrawal:
    return Withdrawal(kind=kind, record_id=record_id, field=field, reason=reason, who=_told(who), when=now())


def _reason(reason: str | None, *, needed: bool) -> str | None:
    given = _told(reason)
    if needed and not given:
        raise Refused("wrong", "โปรดระบุเหตุผล", "Say why: a reason is needed.")
    return given


def _told(text: str | None) -> str | None:
    """What a person wrote, on one line and without characters that cannot be seen; null where nothing is left."""
    spaced = " ".join((text or "").split())
    return "".join(letter for letter in spaced if letter.isprintable())[:LONGEST_REASON] or None


def _no_record() -> Refused:
    return Refused(
        "no-record",
        "ไม่มีรายการรหัสนี้ อาจถูกแทนที่เมื่อนำเข้ารายงานใหม่ โปรดดูรหัสในตารางหรือในเว็บไซต์",
        "There is no record of that id: look for ids in the tables or on the site.",
    )
