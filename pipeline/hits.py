"""What a search found, as a person wants it: the text around the hit, whose report, and where it is printed."""

from collections.abc import Iterator

from sqlite_utils import Database

from db.highlight import Segment, excerpt
from db.search import Hit, SearchTable, search
from schemas.base import Record

_BETWEEN = " · "


class FoundText(Record):
    """A record that a search found."""

    table: SearchTable
    record_id: str
    report_id: str | None
    report: str | None
    places: tuple[str, ...]
    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        """The text around the hit."""
        return "".join(segment.text for segment in self.segments)


def find(db: Database, query: str, tables: tuple[SearchTable, ...], limit: int) -> Iterator[FoundText]:
    """The records whose text holds every word of the query, at most `limit` of each table, best first."""
    for hit in search(db, query, tables=tables, limit=limit):
        yield FoundText(
            table=hit.table,
            record_id=hit.record_id,
            report_id=hit.report_id,
            report=_label(db, hit.report_id),
            places=(f"page {hit.page}",) if hit.page else tuple(_places(db, hit.record_id)),
            segments=excerpt(_text(hit), query),
        )


def _text(hit: Hit) -> str:
    """The text of a hit, the columns of a record held apart; the lines of a page run on."""
    return hit.text if hit.table == "pages" else _BETWEEN.join(hit.text.splitlines())


def _label(db: Database, report_id: str | None) -> str | None:
    row = db.execute("select label from reports where id = ?", (report_id,)).fetchone()
    return None if row is None else str(row[0])


def _places(db: Database, record_id: str) -> Iterator[str]:
    rows = db.execute("select page, line from evidence where record_id = ? order by position", (record_id,))
    places = dict.fromkeys(f"line {line}" if page is None else f"page {page}" for page, line in rows)
    yield from places
