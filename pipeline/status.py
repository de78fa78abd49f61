"""What the database was made from: files read, files gone, files that failed, and the last runs."""

from pathlib import Path

from sqlite_utils import Database

from db.read import TableCount, count_rows, read_failures, read_runs, read_sources
from pipeline.files import source_path
from schemas.base import Record
from schemas.failure import Failure
from schemas.run import Run

COUNTED = ("reports", "assessments", "indicators", "measures", "actions", "notes", "findings")
_LAST_RUNS = 5


class SourceStatus(Record):
    """A file that a report was read from; `present` is false when it is there no more (its report stays)."""

    source: str
    report_id: str
    present: bool


class Status(Record):
    """What `prongsai status --json` prints."""

    counts: tuple[TableCount, ...]
    sources: tuple[SourceStatus, ...]
    failures: tuple[Failure, ...]
    last_runs: tuple[Run, ...]


def status_of(db: Database, database: Path) -> Status:
    """The status of the database `db`, which is the file `database`."""
    return Status(
        counts=count_rows(db, COUNTED),
        sources=tuple(
            SourceStatus(
                source=known.source.path_or_url,
                report_id=known.report_id,
                present=source_path(known.source.path_or_url, database).exists(),
            )
            for known in read_sources(db)
        ),
        failures=read_failures(db),
        last_runs=read_runs(db)[-_LAST_RUNS:],
    )
