"""What the database was made from: files read, files gone, files that failed, and the last runs."""

from collections.abc import Iterable
from pathlib import Path

from pydantic import Field, computed_field
from sqlite_utils import Database

from db.read import TableCount, count_rows, read_failures, read_runs, read_sources
from pipeline.files import source_path
from schemas.base import Record
from schemas.failure import Failure
from schemas.run import Run
from schemas.source import KnownSource

COUNTED = ("reports", "assessments", "indicators", "measures", "actions", "notes", "findings")
_LAST_RUNS = 5

_WITHOUT_MEASURES = "select id from reports where id not in (select report_id from measures)"


class SourceStatus(Record):
    """A file that a report was read from."""

    source: str
    report_id: str
    present: bool = Field(description="false: it is there no more, its report stays")
    has_measures: bool = Field(description="false: it was read, and neither measures nor actions were found in it")


class RunStatus(Run):
    """A run, and whether it dealt with all files that it found."""

    @computed_field  # type: ignore[prop-decorator]
    @property
    def complete(self) -> bool:
        """False of a run that was stopped or killed, and of one that is still at work."""
        return self.loaded + self.unchanged + self.failed >= self.found


class Status(Record):
    """What `prongsai status --json` prints."""

    counts: tuple[TableCount, ...]
    sources: tuple[SourceStatus, ...]
    failures: tuple[Failure, ...]
    last_runs: tuple[RunStatus, ...]

    @property
    def without_measures(self) -> tuple[str, ...]:
        """The files that were read and have no measures."""
        return tuple(source.source for source in self.sources if not source.has_measures)


def status_of(db: Database, database: Path) -> Status:
    """The status of the database `db`, which is the file `database`."""
    without = _reports_without_measures(db)
    return Status(
        counts=count_rows(db, COUNTED),
        sources=tuple(_source_status(known, without, database) for known in read_sources(db)),
        failures=read_failures(db),
        last_runs=tuple(RunStatus(**dict(run)) for run in read_runs(db)[-_LAST_RUNS:]),
    )


def without_measures(db: Database, sources: Iterable[str]) -> tuple[str, ...]:
    """Those of the files called so in the database that were read and have no measures, and so no actions."""
    without, named = _reports_without_measures(db), frozenset(sources)
    known = ((each.source.path_or_url, each.report_id) for each in read_sources(db))
    return tuple(source for source, report_id in known if source in named and report_id in without)


def _source_status(known: KnownSource, without: frozenset[str], database: Path) -> SourceStatus:
    return SourceStatus(
        source=known.source.path_or_url,
        report_id=known.report_id,
        present=source_path(known.source.path_or_url, database).exists(),
        has_measures=known.report_id not in without,
    )


def _reports_without_measures(db: Database) -> frozenset[str]:
    return frozenset(report_id for (report_id,) in db.execute(_WITHOUT_MEASURES))
