"""What the database holds of the corrections file: each line with its state, and what was read in corrected fields.

The file is what counts (`pipeline.corrections`); these rows follow it. Every function is one transaction of its own and
may be called inside a larger one.
"""

import json
from collections.abc import Iterable, Mapping, Sequence

from sqlite_utils import Database

from db.transactions import transaction
from schemas.correction import AsRead, Correction
from schemas.finding import Verdict


def read_corrections(db: Database) -> tuple[Correction, ...]:
    """All lines, in order."""
    return tuple(Correction(**row) for row in db.query(f"{_CORRECTIONS} order by line"))


def read_corrections_of(db: Database, record_id: str) -> tuple[Correction, ...]:
    """The lines about a record or a finding, in order."""
    return tuple(
        Correction(**row) for row in db.query(f"{_CORRECTIONS} where record_id = ? order by line", (record_id,))
    )


def store_corrections(db: Database, corrections: Iterable[Correction]) -> None:
    """Put the lines in place of all that are held; only what differs is written."""
    with transaction(db):
        held = {each.line: each for each in read_corrections(db)}
        wanted = {each.line: each for each in corrections}
        for line in held.keys() - wanted.keys():
            db.execute("delete from corrections where line = ?", (line,))
        changed = [each.model_dump() for line, each in wanted.items() if held.get(line) != each]
        db.table("corrections").insert_all(changed, replace=True)


def forget_corrections(db: Database, report_id: str) -> None:
    """Forget the lines about a report's records and what was read there, until they are looked at anew."""
    with transaction(db):
        db.execute(
            f"delete from corrections where kind in ({_ABOUT_RECORDS}) "
            "and (record_id = :report or record_id >= :report || '-' and record_id < :report || '.')",
            {"report": report_id},
        )
        db.execute("delete from _as_read where report_id = ?", (report_id,))


def store_as_read(db: Database, report_id: str, as_read: Sequence[AsRead]) -> None:
    """Put what was read in the corrected fields of a report in place of what is held."""
    with transaction(db):
        db.execute("delete from _as_read where report_id = ?", (report_id,))
        db.table("_as_read").insert_all({**each.model_dump(), "report_id": report_id} for each in as_read)


def read_as_read(db: Database, report_id: str) -> tuple[AsRead, ...]:
    """What was read in the corrected fields of a report; none where nothing is corrected."""
    rows = db.query("select record_id, fields from _as_read where report_id = ? order by record_id", (report_id,))
    return tuple(AsRead(**row) for row in rows)


def corrected_reports(db: Database) -> tuple[str, ...]:
    """The reports whose own fields (title, office, year) are corrected."""
    return tuple(row[0] for row in db.execute("select report_id from _as_read where record_id = report_id order by 1"))


def existing_findings(db: Database, finding_ids: Iterable[str]) -> frozenset[str]:
    """Those of the ids that are of findings."""
    given = (json.dumps(sorted(finding_ids)),)
    return frozenset(
        row[0] for row in db.execute("select id from findings where id in (select value from json_each(?))", given)
    )


def store_judgements(db: Database, judgements: Mapping[str, Verdict]) -> None:
    """Put what people judged beside the findings, by the findings' ids; others are judged by nobody."""
    with transaction(db):
        held = dict(db.execute("select id, judgement from findings where judgement is not null").fetchall())
        for finding_id in held.keys() - judgements.keys():
            db.execute("update findings set judgement = null where id = ?", (finding_id,))
        for finding_id, judgement in judgements.items():
            if held.get(finding_id) != judgement:
                db.execute("update findings set judgement = ? where id = ?", (judgement, finding_id))


_ABOUT_RECORDS = "'field-correction', 'record-checked', 'correction-withdrawn', 'check-withdrawn'"

_CORRECTIONS = (
    "select line, kind, record_id, field, as_read, as_corrected, reason, who, made_at, state, "
    '"check", message_th, message_en from corrections'
)
