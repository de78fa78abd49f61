"""Where in its document a record stands: its places, and its pages for paper."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import Field

from schemas.base import Record
from schemas.document import Box

# Pages of a record that are printed beside the one shown; that there are more is told.
MOST_PRINTED = 3


class Place(Record):
    """One place that a record was read from: on a page, or at a line."""

    page: int | None
    line: int | None
    box: Box | None = Field(description="points, from the page's top left; null in formats without pages")
    text: str


class PrintedPage(Record):
    """A page of the record beside the one shown, which only paper has."""

    number: int
    width: float = Field(description="points")
    height: float = Field(description="points")
    boxes: tuple[Box, ...]


def places_of(connection: sqlite3.Connection, record_id: str) -> tuple[Place, ...]:
    """The places that a record or finding was read from, in order."""
    cursor = connection.execute(_PLACES, (record_id,))
    names = [column[0] for column in cursor.description]
    rows = (dict(zip(names, row, strict=True)) for row in cursor)
    return tuple(Place(page=row["page"], line=row["line"], box=box_of(row), text=row["text"]) for row in rows)


def box_of(row: Mapping[str, Any]) -> Box | None:
    """The box of a row of evidence; null in formats without pages."""
    if row["x0"] is None:
        return None
    return Box(x0=row["x0"], top=row["top"], x1=row["x1"], bottom=row["bottom"])


def printed_pages(
    connection: sqlite3.Connection, report_id: str, places: Sequence[Place], shown: int | None
) -> Iterator[PrintedPage]:
    """The pages beside the one shown that the record stands on; none where it does not stand on that one."""
    own = {place.page for place in places if place.page is not None}
    for number in sorted(own - {shown}) if shown in own else ():
        size = page_size(connection, report_id, number)
        boxes = tuple(place.box for place in places if place.box and place.page == number)
        if size and boxes:
            yield PrintedPage(number=number, width=size[0], height=size[1], boxes=boxes)


def page_size(connection: sqlite3.Connection, report_id: str, number: int) -> tuple[float, float] | None:
    """Width and height of a page in points; null where it has none, or is not there."""
    row = connection.execute(_SIZE, (report_id, number)).fetchone()
    return (row[0], row[1]) if row else None


_PLACES = "select page, line, x0, top, x1, bottom, text from evidence where record_id = ? order by position"

_SIZE = "select width, height from pages where report_id = ? and number = ? and width is not null"
