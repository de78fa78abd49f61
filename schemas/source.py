"""A Source: the file or address that a report was read from."""

from pydantic import Field

from schemas.base import Record
from schemas.document import Format


class Source(Record):
    """One file or address with the bytes last seen there."""

    path_or_url: str = Field(min_length=1, description="path as given, or web address")
    sha256: str = Field(pattern="^[0-9a-f]{64}$", description="hex digest of the bytes last seen there")
    format: Format
    size_bytes: int | None = Field(default=None, ge=0, description="number of those bytes")


class KnownSource(Record):
    """A source in the database, the report it belongs to, and the version that read that report."""

    report_id: str
    source: Source
    extractor_version: str
