"""What a letter to an office tells: a report's findings, each with its place and the printed words."""

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import groupby

from pydantic import Field
from sqlite_utils import Database

from pipeline.site.evidence import Origin, origin_of
from pipeline.site.evidence_places import Place, page_size, places_of
from pipeline.site.wording import beginning
from schemas.base import Record
from schemas.document import Box
from schemas.finding import Finding

# Findings on a page: with their images about as much as an office reads, and a browser prints.
ON_A_PAGE = 30
# Images of one finding, letters of the printed words that are quoted from a page; the rest is told by page.
MOST_IMAGES = 3
LONGEST_QUOTE = 600
# Points of the page shown above and below the boxes.
_AROUND = 24.0


class CutOut(Record):
    """A strip of a page, in points from its top, over its whole width, with the boxes in it."""

    page: int
    width: float = Field(description="of the page")
    height: float = Field(description="of the page")
    top: float
    bottom: float
    boxes: tuple[Box, ...]


class Quote(Record):
    """The printed words of one page, or of the lines of a document without pages."""

    page: int | None
    lines: tuple[int, ...] = Field(description="1-based; none in formats with pages")
    text: str
    image: CutOut | None = Field(description="null where there is none, or too many others before it")


class LetterFinding(Finding):
    """A finding, what a person judged, and the printed words."""

    judgement: str | None
    quotes: tuple[Quote, ...]


class Letter(Record):
    """A page of a report's findings as they are shown to its office."""

    report: Origin
    findings: tuple[LetterFinding, ...]
    first: int = Field(description="number of the first of them, from 1")
    count: int = Field(description="how many findings were chosen")
    confirmed: bool = Field(description="whether only those were chosen that a person confirmed")
    page: int
    pages: int


def read_letter(connection: sqlite3.Connection, report_id: str, *, confirmed: bool, page: int) -> Letter | None:
    """The findings of a report that nobody dismissed, or those confirmed; a page after the last is the last.

    Null where there is no such report.
    """
    db = Database(connection)
    if db.execute("select 1 from reports where id = ?", (report_id,)).fetchone() is None:
        return None
    chosen = "judgement = 'confirmed'" if confirmed else "judgement is not 'dismissed'"
    ((count,),) = db.execute(f"select count(*) from findings where report_id = ? and {chosen}", (report_id,)).fetchall()
    pages = max(1, -(-count // ON_A_PAGE))
    shown = min(max(page, 1), pages)
    before = (shown - 1) * ON_A_PAGE
    rows = db.query(_FINDINGS.format(chosen=chosen), (report_id, ON_A_PAGE, before))
    return Letter(
        report=origin_of(connection, report_id),
        findings=tuple(
            LetterFinding.model_validate({**row, "quotes": tuple(_quotes(connection, report_id, str(row["id"])))})
            for row in rows
        ),
        first=before + 1,
        count=count,
        confirmed=confirmed,
        page=shown,
        pages=pages,
    )


def _quotes(connection: sqlite3.Connection, report_id: str, finding_id: str) -> Iterator[Quote]:
    """The finding's printed words as they stand in the document, page by page.

    On pages, printed lines and cells of a row follow one another with a blank.
    """
    places = sorted(places_of(connection, finding_id), key=lambda place: (place.page or 0, place.line or 0))
    for number, (page, group) in enumerate(groupby(places, lambda place: place.page)):
        here = list(group)
        yield Quote(
            page=page,
            lines=tuple(sorted({place.line for place in here if place.line is not None and page is None})),
            text=beginning((" " if page else "\n").join(place.text for place in here), LONGEST_QUOTE),
            image=_cut_out(connection, report_id, page, here) if page and number < MOST_IMAGES else None,
        )


def _cut_out(connection: sqlite3.Connection, report_id: str, page: int, places: Sequence[Place]) -> CutOut | None:
    size = page_size(connection, report_id, page)
    boxes = tuple(place.box for place in places if place.box)
    if size is None or not boxes:
        return None
    width, height = size
    top = max(0.0, min(box.top for box in boxes) - _AROUND)
    bottom = min(height, max(box.bottom for box in boxes) + _AROUND)
    if bottom <= top:  # boxes beyond the page, as a damaged file may have them
        return None
    return CutOut(page=page, width=width, height=height, top=top, bottom=bottom, boxes=boxes)


_FINDINGS = """
    select id, "check", severity, at, message_th, message_en, judgement from findings
    where report_id = ? and {chosen} order by position limit ? offset ?
"""
