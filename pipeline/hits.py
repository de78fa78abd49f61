"""What a search found, as a person wants it: the text around the hit, whose report, and where it is printed."""

import sqlite3
from collections.abc import Iterable, Iterator

from pydantic import Field

from db.highlight import Segment, excerpt
from db.search import Hit
from db.search_tables import SearchTable
from schemas.base import Record

_BETWEEN = " · "
# Characters of the text around the first hit.
EXCERPT = 240


class FoundText(Record):
    """A record that a search found."""

    table: SearchTable
    record_id: str
    report_id: str | None
    report: str | None = Field(description="the report's label")
    office_id: str | None
    office: str | None = Field(description="the office that issued the report, or the one that was found")
    year: int | None = Field(description="the report's fiscal year, Buddhist era")
    number: str | None = Field(description="the number that is printed before a measure, action or indicator")
    page: int | None = Field(description="the first page that it stands on")
    places: tuple[str, ...] = Field(description="pages, or lines in formats without pages, in order")
    segments: tuple[Segment, ...] = Field(description="the text around the first hit, in parts")

    @property
    def text(self) -> str:
        """The text around the hit."""
        return "".join(segment.text for segment in self.segments)


def found_texts(
    connection: sqlite3.Connection, hits: Iterable[Hit], query: str, length: int = EXCERPT
) -> Iterator[FoundText]:
    """The hits of a query with what a person wants to know of them, in their order."""
    for hit in hits:
        label, office_id, office, year = connection.execute(_REPORT, (hit.report_id,)).fetchone() or (None,) * 4
        if hit.table == "offices":
            office_id, office = hit.record_id, hit.text.splitlines()[0]
        pages = (hit.page,) if hit.page else tuple(_pages(connection, hit.record_id))
        yield FoundText(
            table=hit.table,
            record_id=hit.record_id,
            report_id=hit.report_id,
            report=label,
            office_id=office_id,
            office=office,
            year=year,
            number=_number(connection, hit),
            page=next(iter(pages), None),
            places=tuple(f"page {page}" for page in pages) or tuple(_lines(connection, hit.record_id)),
            segments=excerpt(_text(hit), query, length),
        )


_REPORT = """
    select label, office_id, coalesce(name, office_as_written), fiscal_year
    from reports left join offices on offices.id = reports.office_id where reports.id = ?
"""


def _text(hit: Hit) -> str:
    """The text of a hit, the columns of a record held apart; the lines of a page run on."""
    return hit.text if hit.table == "pages" else _BETWEEN.join(hit.text.splitlines())


def _number(connection: sqlite3.Connection, hit: Hit) -> str | None:
    if hit.table not in ("actions", "measures", "indicators"):
        return None
    row = connection.execute(f"select number from {hit.table} where id = ?", (hit.record_id,)).fetchone()
    return None if row is None or row[0] is None else str(row[0])


def _pages(connection: sqlite3.Connection, record_id: str) -> Iterator[int]:
    rows = connection.execute(
        "select page from evidence where record_id = ? and page is not null order by position", (record_id,)
    )
    yield from dict.fromkeys(page for (page,) in rows)


def _lines(connection: sqlite3.Connection, record_id: str) -> Iterator[str]:
    rows = connection.execute(
        "select line from evidence where record_id = ? and line is not null order by position", (record_id,)
    )
    yield from dict.fromkeys(f"line {line}" for (line,) in rows)
