"""What the database was made from: files read, files gone, files that failed, and the last runs."""

from collections.abc import Iterable
from pathlib import Path

from pydantic import Field, computed_field
from sqlite_utils import Database

from db.read import TableCount, count_rows, read_failures, read_runs, read_sources
from pipeline.files import source_path
from schemas.base import Record
from schemas.document import ReadBy
from schemas.failure import Failure
from schemas.run import Run
from schemas.source import KnownSource

COUNTED = ("reports", "assessments", "indicators", "measures", "actions", "notes", "findings")
_LAST_RUNS = 5

_READ_BY = "select read_by, count(*) as pages from pages group by read_by order by read_by"
_UNREAD = """
    select report_id, sum(read_by = 'needs-ocr') as unread, count(*) as pages from pages
    group by report_id having unread > 0
"""
_WITHOUT_MEASURES = "select id from reports where id not in (select report_id from measures)"


class SourceStatus(Record):
    """A file that a report was read from."""

    source: str
    report_id: str
    present: bool = Field(description="false: it is there no more, its report stays")
    has_measures: bool = Field(description="false: it was read, and neither measures nor actions were found in it")


class PagesReadBy(Record):
    """How many pages were read in one way."""

    read_by: ReadBy
    pages: int


class UnreadPages(Record):
    """A file with pages that are pictures, or whose text layer is of no use."""

    source: str
    unread: int
    pages: int = Field(description="all pages of the file")


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
    pages: tuple[PagesReadBy, ...]
    sources: tuple[SourceStatus, ...]
    unread_pages: tuple[UnreadPages, ...]
    failures: tuple[Failure, ...]
    last_runs: tuple[RunStatus, ...]

    @property
    def without_measures(self) -> tuple[str, ...]:
        """The files that were read and have no measures."""
        return tuple(source.source for source in self.sources if not source.has_measures)

    @property
    def gone(self) -> tuple[str, ...]:
        """The files that were read and are there no more."""
        return tuple(source.source for source in self.sources if not source.present)


def status_of(db: Database, database: Path) -> Status:
    """The status of the database `db`, which is the file `database`."""
    without, known_sources = _reports_without_measures(db), read_sources(db)
    return Status(
        counts=count_rows(db, COUNTED),
        pages=tuple(PagesReadBy(**row) for row in db.query(_READ_BY)),
        sources=tuple(_source_status(known, without, database) for known in known_sources),
        unread_pages=unread_pages(db, (known.source.path_or_url for known in known_sources)),
        failures=read_failures(db),
        last_runs=tuple(RunStatus(**dict(run)) for run in read_runs(db)[-_LAST_RUNS:]),
    )


def without_measures(db: Database, sources: Iterable[str]) -> tuple[str, ...]:
    """Those of the files called so in the database that were read and have no measures, and so no actions."""
    without, named = _reports_without_measures(db), frozenset(sources)
    known = ((each.source.path_or_url, each.report_id) for each in read_sources(db))
    return tuple(source for source, report_id in known if source in named and report_id in without)


def unread_pages(db: Database, sources: Iterable[str]) -> tuple[UnreadPages, ...]:
    """Those of the files called so in the database that have pages that were not read."""
    unread, named = {row.pop("report_id"): row for row in db.query(_UNREAD)}, frozenset(sources)
    known = ((each.source.path_or_url, each.report_id) for each in read_sources(db))
    return tuple(
        UnreadPages(source=source, **unread[report_id])
        for source, report_id in known
        if source in named and report_id in unread
    )


def _source_status(known: KnownSource, without: frozenset[str], database: Path) -> SourceStatus:
    return SourceStatus(
        source=known.source.path_or_url,
        report_id=known.report_id,
        present=source_path(known.source.path_or_url, database).exists(),
        has_measures=known.report_id not in without,
    )


def _reports_without_measures(db: Database) -> frozenset[str]:
    return frozenset(report_id for (report_id,) in db.execute(_WITHOUT_MEASURES))
