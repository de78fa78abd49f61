"""The database follows the corrections file: corrections applied, checks run anew, judgements beside their findings.

What people judge, correct and check is written to the file first, and then applied here, from what the database holds:
the files of the reports are not needed. `ingest` and `check` do the same, so that a rebuild gives the same database.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlite_utils import Database

from db.corrections import (
    existing_findings,
    read_as_read,
    read_corrections,
    store_corrections,
    store_judgements,
)
from db.load import change_report
from db.read import UnknownReport, read_report
from db.transactions import transaction
from pipeline.check import check_loaded, store_findings
from pipeline.compare import compare_again, compare_reports, touched_with
from pipeline.correcting import apply_corrections, judgement_states, report_as_read, without_report
from pipeline.corrections import corrections_path, read_lines
from pipeline.reading import offices_of, reference
from schemas.base import Record
from schemas.correction import Correction, FindingJudgement, Kind, NumberedLine, report_of, shown, subject_of
from schemas.report import Report

_ABOUT_RECORDS: tuple[Kind, ...] = ("field-correction", "record-checked", "correction-withdrawn", "check-withdrawn")


class InStep(Record):
    """Reports brought in step with the file: the lines about their records, and which reports have to be compared."""

    corrections: tuple[Correction, ...] = ()
    changed: frozenset[str] = frozenset()
    texts_changed: bool = False


def read_as_first_read(db: Database, report_id: str) -> Report:
    """A report without what people corrected; raises `UnknownReport`."""
    return report_as_read(read_report(db, report_id), read_as_read(db, report_id))


def bring_in_step(db: Database, database: Path) -> tuple[Correction, ...]:
    """Does all that a change of the corrections file asks for; all its lines with their states."""
    with transaction(db):
        lines = read_lines(corrections_path(database))
        step = correct_reports(db, lines)
        if step.texts_changed:
            compare_reports(db, step.changed)
        elif step.changed:
            compare_again(db, step.changed)
        return note_states(db, lines, step)


def correct_reports(db: Database, lines: Sequence[NumberedLine]) -> InStep:
    """Applies corrections to the reports whose lines are not those that the database knows, and checks these anew."""
    held: defaultdict[str, list[Correction]] = defaultdict(list)
    for correction in read_corrections(db):
        if correction.kind in _ABOUT_RECORDS:
            held[report_of(correction.record_id)].append(correction)
    given = about_records(lines)
    steps = [
        _step(db, report_id, given.get(report_id, ()), tuple(held[report_id]))
        for report_id in sorted(given.keys() | held.keys())
    ]
    return InStep(
        corrections=tuple(each for step in steps for each in step.corrections),
        changed=frozenset[str]().union(*(step.changed for step in steps)),
        texts_changed=any(step.texts_changed for step in steps),
    )


def note_states(db: Database, lines: Sequence[NumberedLine], step: InStep) -> tuple[Correction, ...]:
    """Puts judgements beside their findings, and all lines with their states into the table; these, in order.

    Lines that tell which report a file belongs to are no one's judgement, and have no place there.
    """
    judged = [line for line in lines if subject_of(line.line).kind == "finding-judgement"]
    with transaction(db):
        known = existing_findings(db, {subject_of(line.line).record_id for line in judged})
        judgements = judgement_states(judged, known)
        standing = {each.line for each in judgements if each.state in ("confirmed", "dismissed")}
        store_judgements(
            db,
            {
                line.finding_id: line.judgement
                for number, line in judged
                if number in standing and isinstance(line, FindingJudgement)
            },
        )
        corrections = tuple(sorted((*step.corrections, *judgements), key=lambda each: each.line))
        store_corrections(db, corrections)
    return corrections


def about_records(lines: Sequence[NumberedLine]) -> Mapping[str, tuple[NumberedLine, ...]]:
    """The lines about records, by the report of the record."""
    groups: defaultdict[str, list[NumberedLine]] = defaultdict(list)
    for line in lines:
        if line.line.kind in _ABOUT_RECORDS:
            groups[report_of(subject_of(line.line).record_id)].append(line)
    return {report_id: tuple(group) for report_id, group in groups.items()}


def _step(db: Database, report_id: str, lines: tuple[NumberedLine, ...], held: tuple[Correction, ...]) -> InStep:
    """One report in step with the lines about its records; what is `held` holds where the lines are the same."""
    if len(lines) == len(held) and all(
        shown(line, known.state) == known for line, known in zip(lines, held, strict=True)
    ):
        return InStep(corrections=held)
    try:
        standing = read_report(db, report_id)
    except UnknownReport:
        return InStep(corrections=without_report(lines))
    facts = reference()
    corrected = apply_corrections(report_as_read(standing, read_as_read(db, report_id)), lines, facts)
    if corrected.report == standing:
        return InStep(corrections=corrected.corrections)
    touched = touched_with(db, report_id)
    with transaction(db):
        change_report(db, standing, corrected.report, offices_of(corrected.report), corrected.as_read)
        store_findings(db, report_id, check_loaded(db, report_id, facts))
    texts_changed = _compared_by(standing) != _compared_by(corrected.report)
    return InStep(corrections=corrected.corrections, changed=touched, texts_changed=texts_changed)


def _compared_by(report: Report) -> tuple[object, ...]:
    """What decides which actions are copies of others."""
    office = report.office_mention.office_id if report.office_mention else None
    return office, report.fiscal_year, *(action.text for measure in report.measures for action in measure.actions)
