"""Running the checks: on a report just read, on one in the database, and on all of them."""

import datetime
from collections.abc import Callable, Iterable, Sequence

from sqlite_utils import Database

from db.load import load_findings, record_run
from db.read import read_document_pages, read_report, report_ids
from db.transactions import transaction
from pipeline.checks.case import Case
from pipeline.checks.registry import check_report
from pipeline.checks.text import PlainPage, text_lines
from pipeline.checks.words import load_check_words
from pipeline.compare import compare_reports
from pipeline.version import checks_version, extractor_version
from schemas.document import Document
from schemas.finding import Finding
from schemas.reference import Reference
from schemas.report import Report
from schemas.run import Run

# Told of every report dealt with: its id, and how many of how many are done.
Progress = Callable[[str, int, int], None]


def check_document(report: Report, document: Document, facts: Reference) -> tuple[Finding, ...]:
    """What the checks of a single report find in one just read."""
    return _check(report, (PlainPage(page.number, page.text, page.width is not None) for page in document.pages), facts)


def check_loaded(db: Database, report_id: str, facts: Reference) -> tuple[Finding, ...]:
    """The same of a report in the database; raises `UnknownReport`."""
    pages = read_document_pages(db, report_id)
    plain = (PlainPage(page.number, page.text, page.width is not None) for page in pages)
    return _check(read_report(db, report_id), plain, facts)


def _check(report: Report, pages: Iterable[PlainPage], facts: Reference) -> tuple[Finding, ...]:
    return check_report(Case(report, text_lines(pages, report, facts), facts, load_check_words()))


def check_all(db: Database, facts: Reference, progress: Progress) -> Run:
    """Checks every report of the database anew; what a report's findings were before is replaced."""
    started = _now()
    ids = report_ids(db)
    for done, report_id in enumerate(ids, 1):
        with transaction(db):
            store_findings(db, report_id, check_loaded(db, report_id, facts))
        progress(report_id, done, len(ids))
    compare_reports(db)
    run = Run(
        command="check",
        started_at=started,
        finished_at=_now(),
        extractor_version=extractor_version(),
        found=len(ids),
        loaded=len(ids),
        unchanged=0,
        failed=0,
    )
    record_run(db, run)
    return run


def store_findings(db: Database, report_id: str, findings: Sequence[Finding]) -> None:
    """Put the findings in place of the report's, and note by which version of the checks."""
    load_findings(db, report_id, findings, checked_by=checks_version())


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC).replace(microsecond=0)
