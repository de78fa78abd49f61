"""A Run: one piece of work over many files, and what came of it."""

import datetime

from pydantic import AwareDatetime, Field

from schemas.base import Record


class Run(Record):
    """One run of a command that writes to the database; a file counts in one of `loaded`, `unchanged`, `failed`."""

    command: str = Field(description="name of the command, such as ingest")
    started_at: AwareDatetime
    finished_at: AwareDatetime
    extractor_version: str
    found: int = Field(ge=0, description="files found")
    loaded: int = Field(ge=0, description="files read and loaded")
    unchanged: int = Field(ge=0, description="files known already, left as they are")
    failed: int = Field(ge=0, description="files that could not be read")

    @property
    def duration(self) -> datetime.timedelta:
        """How long the run took."""
        return self.finished_at - self.started_at
