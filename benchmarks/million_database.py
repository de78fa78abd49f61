"""Fills a database with invented reports by the ten thousand, quicker than loading them one by one.

    python benchmarks/million_database.py FILE [ACTIONS]

The rows are of the kinds that loading writes: offices, reports with their sources, pages, assessments, indicators,
measures, actions with dates, and evidence. The search tables are filled at the end.
"""

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from made_up import MadeUp, Place, places
from sqlite_utils import Database

from db.schema import open_database
from db.search_tables import indexed_at_the_end
from schemas.offices import office_id
from schemas.reference import IndicatorFact, load_reference

FIRST_YEAR = 2562
YEARS = 6
ACTIONS_A_REPORT = 24
MEASURES_A_REPORT = 8
LINES_A_PAGE = 12
_KINDS = (("subdistrict-organisation", "องค์การบริหารส่วนตำบล", "อบต."), ("subdistrict-municipality", "เทศบาลตำบล", "ทต."))
_BATCH = 500
_COLUMNS = {
    "offices": "id, name, abbreviation, kind, province, listed",
    "reports": "id, label, office_id, office_as_written, office_score, title, fiscal_year, fiscal_year_basis, format, "
    "pages, read_by, characters, unrecorded_characters, extracted_at, extractor_version",
    "sources": "path_or_url, report_id, sha256, format, size_bytes",
    "pages": "report_id, number, text, read_by, quality, width, height",
    "assessments": "id, report_id, office_id, office_as_written, year, score, grade, iit, eit, oit",
    "indicators": "id, assessment_id, report_id, position, sort_key, number, name, score, weak",
    "measures": "id, report_id, position, sort_key, indicator_number, indicator_name, number, text, responsible",
    "actions": "id, report_id, measure_id, position, sort_key, number, text, status",
    "action_dates": "action_id, position, raw, start",
    "evidence": "record_id, position, record_table, report_id, page, x0, top, x1, bottom, text",
}

Cell = str | int | float | None
Rows = dict[str, list[tuple[Cell, ...]]]


class MadeOffice(NamedTuple):
    """An office of the database."""

    id: str
    name: str
    abbreviation: str
    kind: str
    province: str


def fill(db: Database, actions: int, seed: int = 2562) -> None:
    """Puts about so many actions into an empty database, and what belongs to them."""
    made_up = MadeUp(seed)
    wanted = max(1, actions // ACTIONS_A_REPORT)
    offices = list(islice(_offices(), max(1, -(-wanted // YEARS))))
    indicators = load_reference().indicators
    numbers = iter(range(wanted))
    with indexed_at_the_end(db):
        _insert(db, {"offices": [(*office, 1) for office in offices]})
        while batch := list(islice(numbers, _BATCH)):
            _insert(db, _reports(batch, offices, indicators, made_up))


def _reports(
    numbers: Iterable[int], offices: Sequence[MadeOffice], indicators: Sequence[IndicatorFact], made_up: MadeUp
) -> Rows:
    rows: Rows = {}
    for number in numbers:
        for table, row in _report(number, offices[number // YEARS], indicators, made_up):
            rows.setdefault(table, []).append(row)
    return rows


def _offices() -> Iterator[MadeOffice]:
    for kind, long, short in _KINDS:
        for place in dict.fromkeys(places()):
            yield _office(kind, long, short, place)


def _office(kind: str, long: str, short: str, place: Place) -> MadeOffice:
    name = long + place.name
    return MadeOffice(office_id(name, place.province), name, short + place.name, kind, place.province)


def _report(
    number: int, office: MadeOffice, indicators: Sequence[IndicatorFact], made_up: MadeUp
) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """The rows of a report, with their tables."""
    report, year = f"{number:012x}", FIRST_YEAR + number % YEARS
    texts = [made_up.action() for _ in range(ACTIONS_A_REPORT)]
    measures = [made_up.action() for _ in range(MEASURES_A_REPORT)]
    yield from _document(report, year, office, [office.name, *measures, *texts])
    yield from _assessment(report, year, office, indicators, made_up)
    for place, text in enumerate(measures, 1):
        about = (indicators[place].number, indicators[place].name, str(place), text, "สำนักปลัด")
        yield "measures", (f"{report}-m{place}", report, place, f"{report}-{place:06}", *about)
    for place, text in enumerate(texts, 1):
        yield from _action(report, year, place, text, made_up)


def _document(
    report: str, year: int, office: MadeOffice, lines: Sequence[str]
) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """The report with its source and pages."""
    pages = [lines[start : start + LINES_A_PAGE] for start in range(0, len(lines), LINES_A_PAGE)]
    title = f"รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. {year}"
    named = (report, f"{office.name} · ปี {year}", office.id, office.name, 1.0, title, year, "stated")
    read = ("pdf", len(pages), "layer", sum(map(len, lines)), 0, "2024-01-01T00:00:00+00:00", "made-up")
    yield "reports", (*named, *read)
    yield "sources", (f"/{report}.pdf", report, report.zfill(64), "pdf", 1000)
    for place, page in enumerate(pages, 1):
        yield "pages", (report, place, "\n".join(page), "layer", 1.0, 595.0, 842.0)


def _assessment(
    report: str, year: int, office: MadeOffice, indicators: Sequence[IndicatorFact], made_up: MadeUp
) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """The assessment with the scores of its indicators."""
    key, score = f"{report}-s", made_up.number(6000, 9900) / 100
    yield "assessments", (key, report, office.id, office.name, year - 1, score, "A", score, score, score)
    for place, indicator in enumerate(indicators, 1):
        named = (indicator.number, indicator.name, made_up.number(5000, 9990) / 100, 0)
        yield "indicators", (f"{report}-i{place}", key, report, place, f"{report}-{place:06}", *named)


def _action(report: str, year: int, place: int, text: str, made_up: MadeUp) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """An action of one of the measures, with its evidence; every other one has a date."""
    key, measure = f"{report}-a{place}", (place - 1) * MEASURES_A_REPORT // ACTIONS_A_REPORT + 1
    where = (report, f"{report}-m{measure}", place, f"{report}-{place:06}")
    yield "actions", (key, *where, str(place), text, "reported")
    page, line = divmod(MEASURES_A_REPORT + place, LINES_A_PAGE)
    box = (70.0, 60.0 * line, 520.0, 60.0 * line + 14)
    yield "evidence", (key, 1, "actions", report, page + 1, *box, text)
    if place % 2:
        yield "action_dates", (key, 1, made_up.day(), f"{year - 543}-01-{place:02}")


def _insert(db: Database, rows: Rows) -> None:
    for table, values in rows.items():
        marks = ", ".join("?" * len(values[0]))
        db.conn.executemany(f"insert into {table} ({_COLUMNS[table]}) values ({marks})", values)


def main(arguments: Iterable[str]) -> None:
    path, actions, *_ = (*arguments, "1000000")
    started = time.perf_counter()
    db = open_database(Path(path))
    fill(db, int(actions))
    print(f"{actions} actions in {time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
