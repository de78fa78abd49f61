"""What rows' pages show beside Datasette's own: a record's origin and evidence."""

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import groupby

from pydantic import Field
from sqlite_utils import Database
from sqlite_utils.db import NotFoundError

from pipeline.site.naming import report_name
from schemas.base import Record
from schemas.document import Repair


class Place(Record):
    """One place in a document that a record was read from."""

    report_id: str
    page: int | None
    line: int | None = Field(description="of the document's text; of its page's text in formats with pages, if sure")
    text: str


class Origin(Record):
    """The report that a record is from, and the files and addresses that the report was read from."""

    report_id: str
    label: str
    sources: tuple[str, ...]


class ListedAction(Record):
    """A line of a measure's list of actions."""

    id: str
    parent_id: str | None
    number: str | None
    text: str
    status: str


def read_origin(connection: sqlite3.Connection, table: str, key: Sequence[str]) -> Origin | None:
    """Where a row of a table comes from; null for one that belongs to no report."""
    db = Database(connection)
    try:
        row = db.table(table).get(tuple(key))
        report = db.table("reports").get(row["id"] if table == "reports" else row["report_id"])
    except (NotFoundError, KeyError):
        return None
    sources = connection.execute("select path_or_url from sources where report_id = ? order by 1", (report["id"],))
    label = report_name(connection, report["id"], report["label"])
    return Origin(report_id=report["id"], label=label, sources=tuple(path for (path,) in sources))


def read_actions(connection: sqlite3.Connection, measure_id: str) -> tuple[ListedAction, ...]:
    """A measure's actions, in printed order."""
    rows = Database(connection).query(_ACTIONS, (measure_id,))
    return tuple(ListedAction(**row) for row in rows)


def is_unchecked(connection: sqlite3.Connection) -> bool:
    """Whether no check has been run yet, so that no finding means nothing."""
    return connection.execute(_CHECKED).fetchone() is None


def read_evidence(connection: sqlite3.Connection, record_id: str) -> tuple[Place, ...]:
    """Where a record stands in its document, in order; printed lines of a page that follow one another as one place."""
    places = tuple(Place(**row) for row in Database(connection).query(_PLACES, (record_id,)))
    pages = {(place.report_id, place.page) for place in places}
    texts = {key: connection.execute(_PAGE_TEXT, key).fetchone() for key in pages}
    found = (_in_page(place, texts[place.report_id, place.page]) for place in places)
    return tuple(place for _, run in groupby(found, _shown_together) for place in _as_one(list(run)))


def read_repairs(connection: sqlite3.Connection, report_id: str, page: int) -> tuple[Repair, ...]:
    """What was put right on a page, the most first."""
    rows = Database(connection).query(_REPAIRS, (report_id, page))
    return tuple(Repair(**row) for row in rows)


def _shown_together(place: Place) -> tuple[bool, int | None, int | None]:
    return place.page is not None, place.page, place.line


def _as_one(places: list[Place]) -> Iterator[Place]:
    if places[0].page is None:
        yield from places
    else:
        yield places[0].model_copy(update={"text": "\n".join(place.text for place in places)})


def _in_page(place: Place, text: tuple[str] | None) -> Place:
    """The place with the line of its page's text, where only one line holds what was read there."""
    lines = [number for number, line in enumerate(text[0].split("\n"), 1) if place.text in line] if text else []
    return place.model_copy(update={"line": lines[0]}) if len(lines) == 1 else place


_PAGE_TEXT = "select text from pages where report_id = ? and number = ?"

_REPAIRS = "select damage, count from page_repairs where report_id = ? and page = ? order by count desc, damage"

_PLACES = "select report_id, page, line, text from evidence where record_id = ? order by position"

_ACTIONS = "select id, parent_id, number, text, status from actions where measure_id = ? order by position"

_CHECKED = (
    "select 1 where exists (select 1 from findings) or exists (select 1 from reports where checked_by is not null)"
)
