"""A record and where it stands: its page, what else stands there, what comes before and after it in its report."""

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from pydantic import Field

from db.sources import PATH_READ
from extractors.thai.text import fold
from pipeline.site.evidence_places import MOST_PRINTED, Place, PrintedPage, box_of, places_of, printed_pages
from pipeline.site.evidence_text import Spot, TextLine, marked_lines
from pipeline.site.naming import file_name, report_name
from schemas.base import Record
from schemas.document import Box, Repair

# Letters at the end of a line that tell whether it is of a text; list marks stand at its head.
_TELLING = 8
# Boxes of other records drawn on one page; no printed page has as many.
MOST_BOXES = 600


class NamedRecord(Record):
    """A record as a link names it."""

    table: str
    id: str
    report_id: str
    number: str | None = Field(description="as printed; of a finding its check, of a note its code")
    text: str
    english: str | None = Field(default=None, description="a finding's message in English")
    severity: str | None = Field(default=None, description="of a finding")


class Detail(Record):
    """A column of the record's row that is not empty."""

    column: str
    value: str | int | float


class OnPage(Record):
    """A record that stands on the page, too, and where."""

    record: NamedRecord
    boxes: tuple[Box, ...]


class DocumentPages(Record):
    """The ways to other pages of the report's document."""

    own: tuple[int, ...] = Field(description="numbers of the pages on which the record stands")
    before: int | None = Field(description="the page before the one shown")
    after: int | None = Field(description="the page after the one shown")
    last: int = Field(description="how many pages the document has")


class PageRead(Record):
    """A page as it was read."""

    report_id: str
    number: int
    width: float | None = Field(description="points; null in formats without pages")
    height: float | None = Field(description="points; null in formats without pages")
    read_by: str
    quality: float | None = Field(description="share, 0 to 1; null where the page could not be read")
    repairs: tuple[Repair, ...] = Field(description="the most first")
    lines: tuple[TextLine, ...]
    boxes: tuple[Box, ...] = Field(description="where the record stands on it")
    others: tuple[OnPage, ...] = Field(description="the other records on it, from the top")


class Origin(Record):
    """The report that a record is from."""

    id: str
    label: str
    fiscal_year: int | None
    office_id: str | None
    office: str | None = Field(description="its name; null where it is not known")
    format: str
    file: str | None = Field(description="name of the file that it was read from; null where that is not known")


class Shown(Record):
    """All that the page of a record's evidence tells."""

    record: NamedRecord
    report: Origin
    details: tuple[Detail, ...]
    above: tuple[NamedRecord, ...] = Field(description="what it belongs to: an action's measure, and so on")
    places: tuple[Place, ...]
    page: PageRead | None = Field(description="the page shown; null where the record stands nowhere")
    pages: DocumentPages
    printed: tuple[PrintedPage, ...] = Field(
        description="where the page shown is one of the record's: its other pages, at most `MOST_PRINTED`"
    )
    concerned: tuple[NamedRecord, ...] = Field(description="of a finding: the records that it is about")
    findings: tuple[NamedRecord, ...] = Field(description="the findings about the record")
    previous: NamedRecord | None
    next: NamedRecord | None

    @property
    def unprinted(self) -> tuple[int, ...]:
        """The record's pages that paper does not have."""
        on_paper = {page.number for page in (*((self.page,) if self.page else ()), *self.printed)}
        return tuple(number for number in self.pages.own if number not in on_paper)


def read_shown(connection: sqlite3.Connection, record_id: str, number: int | None = None) -> Shown | None:
    """A record or finding with its evidence, on the page of that number, else on the first where it stands.

    Null where there is no such record, or no such page in its report.
    """
    record = read_named(connection, record_id)
    if record is None:
        return None
    places = places_of(connection, record.id)
    wanted = number if number is not None else _first_page(record, places)
    page = None if wanted is None else _page(connection, record.report_id, wanted, record.id, places)
    if number is not None and page is None:
        return None
    previous, following = _neighbours(connection, record)
    return Shown(
        record=record,
        report=origin_of(connection, record.report_id),
        details=_details(connection, record),
        above=_above(connection, record),
        places=places,
        page=page,
        pages=_pages(connection, record.report_id, places, wanted or 1),
        printed=tuple(islice(printed_pages(connection, record.report_id, places, wanted), MOST_PRINTED)),
        concerned=_concerned(connection, record) if record.table == "findings" else (),
        findings=() if record.table == "findings" else _findings(connection, record.id),
        previous=previous,
        next=following,
    )


def read_page(connection: sqlite3.Connection, report_id: str, number: int) -> PageRead | None:
    """A page with all records on it and none marked; null where there is no such page."""
    return _page(connection, report_id, number, None, ())


def read_named(connection: sqlite3.Connection, record_id: str) -> NamedRecord | None:
    """A record or finding by its name; null where there is none of that id."""
    for table, named in _NAMED.items():
        found = _named(connection, f"{named} where {table}.id = ?", (record_id,))
        if found:
            return found[0]
    return None


def _named(connection: sqlite3.Connection, sql: str, values: Sequence[str]) -> tuple[NamedRecord, ...]:
    return tuple(_with_report_name(connection, NamedRecord(**row)) for row in _rows(connection, sql, values))


def _with_report_name(connection: sqlite3.Connection, record: NamedRecord) -> NamedRecord:
    """The record; of a report, and of a result named by its report, under the report's name."""
    if record.table not in ("reports", "assessments"):
        return record
    return record.model_copy(update={"text": report_name(connection, record.report_id, record.text)})


def origin_of(connection: sqlite3.Connection, report_id: str) -> Origin:
    """What is told of a report beside what is from it; `IndexError` where there is no such report."""
    row = _rows(connection, _ORIGIN, (report_id,))[0]
    path = row.pop("path_or_url")
    label = report_name(connection, report_id, row.pop("label"))
    return Origin(**row, label=label, file=file_name(path) if path else None)


def _details(connection: sqlite3.Connection, record: NamedRecord) -> tuple[Detail, ...]:
    row = _rows(connection, f"select * from {record.table} where id = ?", (record.id,))[0]
    told = (Detail(column=name, value=value) for name, value in row.items() if _is_told(record, name, value))
    return tuple(told)


def _is_told(record: NamedRecord, name: str, value: object) -> bool:
    return name not in _NOT_TOLD and value not in (None, "", record.text) and not name.endswith("_id")


def _above(connection: sqlite3.Connection, record: NamedRecord) -> tuple[NamedRecord, ...]:
    """What the record belongs to in its report, the widest first."""
    found: list[NamedRecord] = []
    for table, column in _ABOVE.get(record.table, ()):
        sql = f"{_NAMED[table]} where {table}.id = (select {column} from {record.table} where id = ?)"
        found += _named(connection, sql, (record.id,))
    return tuple(found)


def _first_page(record: NamedRecord, places: Sequence[Place]) -> int | None:
    """The page where the record's own text begins: a measure's places begin with its indicator's name.

    Of a report of which nothing was read: its first page.
    """
    text = fold(record.text)
    own = [place for place in places if record.table != "findings" and fold(place.text)[-_TELLING:] in text] or places
    return next((place.page or 1 for place in own), 1 if record.table == "reports" else None)


def _page(
    connection: sqlite3.Connection, report_id: str, number: int, record_id: str | None, places: Sequence[Place]
) -> PageRead | None:
    rows = _rows(connection, _PAGE, (report_id, number))
    if not rows:
        return None
    row = rows[0]
    here = [place for place in places if (place.page or 1) == number]
    on_page = _rows(connection, _ON_PAGE, (report_id, number))
    return PageRead(
        report_id=report_id,
        number=number,
        lines=marked_lines(
            row.pop("text"),
            [Spot(text=place.text, line=place.line, top=place.box.top if place.box else None) for place in here],
            [Spot(text=other["text"], top=other["top"]) for other in on_page[:MOST_BOXES]],
        ),
        **row,
        repairs=tuple(Repair(**repair) for repair in _rows(connection, _REPAIRS, (report_id, number))),
        boxes=tuple(place.box for place in here if place.box),
        others=_others(connection, on_page, record_id),
    )


def _others(
    connection: sqlite3.Connection, on_page: Sequence[dict[str, Any]], record_id: str | None
) -> tuple[OnPage, ...]:
    """The records with boxes on the page, apart from findings, whose places are those of records."""
    boxes: dict[tuple[str, str], list[Box]] = {}
    for row in on_page[:MOST_BOXES]:
        box = box_of(row)
        if box and row["record_id"] != record_id and row["record_table"] != "findings":
            boxes.setdefault((row["record_table"], row["record_id"]), []).append(box)
    found = [
        OnPage(record=record, boxes=tuple(placed))
        for (table, each), placed in boxes.items()
        for record in _named(connection, f"{_NAMED[table]} where {table}.id = ?", (each,))
    ]
    return tuple(sorted(found, key=lambda each: (each.boxes[0].top, each.boxes[0].x0, each.record.id)))


def _pages(connection: sqlite3.Connection, report_id: str, places: Iterable[Place], number: int) -> DocumentPages:
    numbers = [row["number"] for row in _rows(connection, _PAGES, (report_id,))]
    return DocumentPages(
        own=tuple(sorted({place.page for place in places if place.page is not None})),
        before=number - 1 if number - 1 in numbers else None,
        after=number + 1 if number + 1 in numbers else None,
        last=max(numbers, default=0),
    )


def _concerned(connection: sqlite3.Connection, finding: NamedRecord) -> tuple[NamedRecord, ...]:
    """The records that the finding names; of one checked before they were kept, those that stand where it does."""
    rows = _rows(connection, _CONCERNED, (finding.id,)) or _rows(connection, _AT_THE_SAME_PLACE, (finding.id,))
    found = (read_named(connection, row["record_id"]) for row in rows)
    return tuple(record for record in found if record is not None)


def _findings(connection: sqlite3.Connection, record_id: str) -> tuple[NamedRecord, ...]:
    return _named(connection, f"{_NAMED['findings']} where id in ({_FINDINGS}) order by sort_key", (record_id,) * 2)


def _neighbours(connection: sqlite3.Connection, record: NamedRecord) -> tuple[NamedRecord | None, NamedRecord | None]:
    """The records before and after it in printed order; of a finding the findings, of a note the notes."""
    of_own_kind = record.table in ("findings", "notes")
    sql = f"select id from {record.table} where report_id = ? order by position" if of_own_kind else _IN_ORDER
    ids = [row["id"] for row in _rows(connection, sql, (record.report_id,) * sql.count("?"))]
    place = ids.index(record.id)
    before = read_named(connection, ids[place - 1]) if place > 0 else None
    after = read_named(connection, ids[place + 1]) if place + 1 < len(ids) else None
    return before, after


def _rows(connection: sqlite3.Connection, sql: str, values: Sequence[object]) -> list[dict[str, Any]]:
    cursor = connection.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


# How each kind of record is named; in the order in which an id is looked for.
_NAMED = {
    "actions": """select 'actions' as "table", id, report_id, number, text from actions""",
    "measures": """select 'measures' as "table", id, report_id, number, text from measures""",
    "indicators": """select 'indicators' as "table", id, report_id, cast(number as text) as number, name as text
        from indicators""",
    "findings": """select 'findings' as "table", id, report_id, "check" as number, message_th as text,
        message_en as english, severity from findings""",
    "assessments": """select 'assessments' as "table", assessments.id, report_id, cast(year as text) as number,
        coalesce(assessments.office_as_written, label) as text
        from assessments join reports on reports.id = report_id""",
    "reports": """select 'reports' as "table", id, id as report_id, null as number, label as text from reports""",
    "notes": """select 'notes' as "table", id, report_id, code as number, text from notes""",
}
_ABOVE = {
    "actions": (("measures", "measure_id"), ("actions", "parent_id")),
    "indicators": (("assessments", "assessment_id"),),
}
# Columns that order rows, or whose values stand elsewhere on the page.
_NOT_TOLD = {
    *("id", "position", "sort_key", "label", "number", "check", "code", "severity", "message_th", "message_en"),
    *("parent_number", "office_score", "judgement", "is_total", "source_sha256", "extracted_at", "extractor_version"),
    "checked_by",
}

_ORIGIN = f"""
    select reports.id, label, fiscal_year, office_id, coalesce(offices.name, office_as_written) as office, format,
      {PATH_READ} as path_or_url
    from reports left join offices on offices.id = office_id where reports.id = ?
"""

# The quality of a page that could not be read tells of its few letters, not of the page.
_PAGE = """
    select width, height, read_by, case when read_by <> 'needs-ocr' then quality end as quality, text
    from pages where report_id = ? and number = ?
"""

_REPAIRS = "select damage, count from page_repairs where report_id = ? and page = ? order by count desc, damage"

_ON_PAGE = """
    select record_id, record_table, x0, top, x1, bottom, text from evidence
    where report_id = ? and page = ? order by record_id, position
"""

_PAGES = "select number from pages where report_id = ?"

_CONCERNED = "select record_id from finding_records where finding_id = ? order by position"

_SAME_PLACE = """
    theirs.report_id = own.report_id and theirs.page is own.page and theirs.line is own.line
    and theirs.x0 is own.x0 and theirs.top is own.top
"""

_AT_THE_SAME_PLACE = f"""
    select distinct theirs.record_id from evidence as own join evidence as theirs on {_SAME_PLACE}
    where own.record_id = ? and theirs.record_table not in ('findings', 'reports') order by own.position
"""

_FINDINGS = f"""
    select finding_id from finding_records where record_id = ?
    union
    select theirs.record_id from evidence as own join evidence as theirs on {_SAME_PLACE}
    where own.record_id = ? and theirs.record_table = 'findings' and own.record_table <> 'reports'
      and not exists (select 1 from finding_records where finding_id = theirs.record_id)
"""

_IN_ORDER = """
    select id, 0 as part, 0 as place, 0 as below from reports where id = ?
    union all select id, 1, position, 0 from assessments where report_id = ?
    union all select indicators.id, 1, assessments.position, indicators.position
        from indicators join assessments on assessments.id = assessment_id where indicators.report_id = ?
    union all select id, 2, position, 0 from measures where report_id = ?
    union all select actions.id, 2, measures.position, actions.position
        from actions join measures on measures.id = measure_id where actions.report_id = ?
    order by 2, 3, 4
"""
