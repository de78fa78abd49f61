"""Loading files into the database: what is new or changed is read, each file in a process of its own; one writes.

A file that is known with the same bytes, read by the same version, is not read again. A report of which one file has
changed is read anew from all its files, so that the best of the present readings stands in the database.
"""

import datetime
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from sqlite_utils import Database

from db.load import add_source, load_report, record_failure, record_run, remove_source
from db.read import read_failures, read_sources
from db.transactions import transaction
from extractors.readers import refusals
from extractors.report.identity import with_ids
from pipeline import failures
from pipeline.check import check_document, store_findings
from pipeline.compare import compare_reports, touched_with
from pipeline.correcting import apply_corrections
from pipeline.corrections import append_identity, corrections_path, identities, read_lines
from pipeline.executors import Executor, in_order
from pipeline.files import FileFacts, Walk, examine, source_name, source_path
from pipeline.identity import identify, quality_of_loaded, quality_of_reading
from pipeline.interrupts import uninterrupted
from pipeline.judgements import about_records, correct_reports, note_states
from pipeline.limits import run_limited
from pipeline.reading import Reading, offices_of, read_report, reference
from pipeline.settings import Settings
from pipeline.version import extractor_version
from schemas.base import Record
from schemas.failure import Failure
from schemas.report import Report
from schemas.run import Run
from schemas.source import KnownSource, Source

# Told of every file dealt with: its name, and how many of how many are done.
Progress = Callable[[str, int, int], None]


class Plan(Record):
    """What is to be done about the files that were found."""

    to_read: tuple[FileFacts, ...]
    unchanged: int
    failed: tuple[Failure, ...]
    stale: frozenset[str]

    @property
    def found(self) -> int:
        """The number of files."""
        return len(self.to_read) + self.unchanged + len(self.failed)


class Outcome(Record):
    """What became of the files."""

    run: Run
    failed: tuple[Failure, ...]


def ingest(
    db: Database, database: Path, found: Walk, settings: Settings, executor: Executor, progress: Progress
) -> Outcome:
    """Loads the files that were found into the database `db`, which is the file `database`.

    One that cannot be read is noted and does not stop the others. What is loaded stays when the work is interrupted:
    each report stands there as a whole or not at all. Raises `UnusableCorrections`.
    """
    started = _now()
    loader = Loader(db, database)
    with uninterrupted():
        _forget_vanished_failures(db, database)
    plan = make_plan(db, database, found, settings)
    failed = list(plan.failed)
    for failure in failed:
        record_failure(db, failure)
    loaded = 0
    # Written down at the beginning, too: of a run that is killed it stands there that its files are not all dealt with.
    number = record_run(db, _run(started, plan, loaded, len(failed)))
    try:
        for facts, reading in in_order(executor, read_limited, plan.to_read, settings):
            with uninterrupted():
                refusal = loader.load(facts, reading, plan.stale)
                failed += [refusal] if refusal else []
                loaded += refusal is None
            progress(facts.source, plan.unchanged + loaded + len(failed), plan.found)
    finally:
        run = _run(started, plan, loaded, len(failed))
        with uninterrupted():
            _follow_corrections(db, database, frozenset(loader.touched))
            _end_run(db, number, run)
    return Outcome(run=run, failed=tuple(failed))


def make_plan(db: Database, database: Path, found: Walk, settings: Settings) -> Plan:
    """Which of the files are new or changed, and which reports are to be read anew."""
    known = {each.source.path_or_url: each for each in read_sources(db)}
    examined = [examine(path, source_name(path, database), settings) for path in found.files]
    facts = [each for each in examined if isinstance(each, FileFacts)]
    changed = {known[each.source].report_id for each in facts if _has_new_bytes(each, known)}
    facts += _other_files(changed, known, {each.source for each in facts}, database, settings)
    stale = changed | {each.report_id for each in known.values() if each.extractor_version != extractor_version()}
    again = {failure.source for failure in read_failures(db)}
    to_read = [
        each
        for each in facts
        if each.source not in known or each.source in again or known[each.source].report_id in stale
    ]
    failed = [each for each in examined if isinstance(each, Failure)]
    failed += [refusals.not_permitted().failure(source_name(path, database)) for path in found.unreadable]
    return Plan(
        to_read=tuple(to_read),
        unchanged=len(facts) - len(to_read),
        failed=tuple(failed),
        stale=frozenset(stale),
    )


def read_limited(facts: FileFacts, settings: Settings) -> Reading | Failure:
    """The report in a file, read in a process of its own."""
    return run_limited(read_report, facts.path, facts.source, settings)


class Loader:
    """Puts readings into the database, one at a time, each under the id of its report."""

    def __init__(self, db: Database, database: Path) -> None:
        self._db = db
        self._corrections = corrections_path(database)
        lines = read_lines(self._corrections)
        self._judged = identities(lines)
        self._corrected = about_records(lines)
        self._loaded: set[str] = set()
        self.touched: set[str] = set()

    def load(self, facts: FileFacts, reading: Reading | Failure, stale: frozenset[str]) -> Failure | None:
        """Loads one reading, or notes why there is none; what stands under a `stale` id does not count."""
        if isinstance(reading, Reading):
            try:
                with transaction(self._db):  # so that no other program loads the same report meanwhile
                    self._load(facts, reading, stale)
                return None
            except (ValueError, sqlite3.IntegrityError) as error:
                reading = failures.crashed(f"{type(error).__name__}: {error}").failure(facts.source)
        record_failure(self._db, reading, sha256=facts.sha256)
        return reading

    def _load(self, facts: FileFacts, reading: Reading, stale: frozenset[str]) -> None:
        document = reading.document
        identity = identify(self._db, reading, facts.source, self._judged)
        source = Source(
            path_or_url=facts.source,
            sha256=document.sha256,
            format=document.format,
            size_bytes=facts.size_bytes,
        )
        if identity.reason:
            append_identity(self._corrections, document.sha256, identity.report_id, facts.source, identity.reason)
        if self._stands_better(identity.report_id, reading, stale):
            add_source(self._db, identity.report_id, source)
        else:
            self._put(with_ids(reading.report, identity.report_id), reading, source)
        self._loaded.add(identity.report_id)

    def _put(self, report: Report, reading: Reading, source: Source) -> None:
        """Loads the report with what people corrected in it, and what the checks find in that."""
        self.touched |= touched_with(self._db, report.id)
        corrected = apply_corrections(report, self._corrected.get(report.id, ()), reference())
        load_report(
            self._db,
            corrected.report,
            reading.document,
            source,
            offices=offices_of(corrected.report) if corrected.as_read else reading.offices,
            extractor_version=extractor_version(),
            extracted_at=_now(),
            as_read=corrected.as_read,
        )
        # The findings are those of the report as read, with the ids of new bytes.
        same = corrected.report == reading.report
        findings = reading.findings if same else check_document(corrected.report, reading.document, reference())
        store_findings(self._db, report.id, findings)

    def _stands_better(self, report_id: str, reading: Reading, stale: frozenset[str]) -> bool:
        """The database holds the report, from a present file and version, read at least as well."""
        if report_id in stale and report_id not in self._loaded:
            return False
        standing = quality_of_loaded(self._db, report_id)
        return standing is not None and standing.rank >= quality_of_reading(reading).rank


def _follow_corrections(db: Database, database: Path, touched: frozenset[str]) -> None:
    """Reports that were not read anew follow the corrections file, too; then what several reports show together."""
    lines = read_lines(corrections_path(database))
    step = correct_reports(db, lines)
    compare_reports(db, touched | step.changed)
    note_states(db, lines, step)


def _has_new_bytes(facts: FileFacts, known: Mapping[str, KnownSource]) -> bool:
    return facts.source in known and known[facts.source].source.sha256 != facts.sha256


def _other_files(
    report_ids: set[str], known: Mapping[str, KnownSource], found: set[str], database: Path, settings: Settings
) -> Iterator[FileFacts]:
    """The files of these reports that were not found among the named ones, as far as they are there."""
    for source, each in known.items():
        if each.report_id in report_ids and source not in found:
            facts = examine(source_path(source, database), source, settings)
            if isinstance(facts, FileFacts):
                yield facts


def _forget_vanished_failures(db: Database, database: Path) -> None:
    """A file that was never read and is there no more has nothing to tell."""
    known = {each.source.path_or_url for each in read_sources(db)}
    for failure in read_failures(db):
        if failure.source not in known and not source_path(failure.source, database).exists():
            remove_source(db, failure.source)


def _end_run(db: Database, number: int, run: Run) -> None:
    with transaction(db):
        db.table("runs").update(number, run.model_dump(mode="json"))


def _run(started: datetime.datetime, plan: Plan, loaded: int, failed: int) -> Run:
    return Run(
        command="ingest",
        started_at=started,
        finished_at=_now(),
        extractor_version=extractor_version(),
        found=plan.found,
        loaded=loaded,
        unchanged=plan.unchanged,
        failed=failed,
    )


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC).replace(microsecond=0)
