"""Pages of hits: ranked, counted, by year; operators; the newest first where hits are many."""

import datetime
from collections.abc import Callable, Sequence

import pytest
from sqlite_utils import Database

from db import search as search_module
from db.load import record_run
from db.query import parse_query
from db.search import BadMark, count_table, count_years, found_rows, search_page
from db.search_tables import SearchTable, indexed_at_the_end, rebuild_search
from schemas.offices import Office
from schemas.report import OfficeMention, Report
from schemas.run import Run

Load = Callable[..., None]
MakeReport = Callable[..., Report]

PHUKET = Office(id="o-1", name="เทศบาลเมืองสมมุติ เขต 2", abbreviation="ทม.สมมุติ")
OTHER = Office(id="o-2", name="องค์การบริหารส่วนตำบลตัวอย่าง")


def mention(office: Office) -> OfficeMention:
    return OfficeMention(raw=office.name, name=office.name, office_id=office.id, listed=True, score=1)


@pytest.fixture
def years(db: Database, make_report: MakeReport, load: Load) -> Database:
    """Four reports: of two offices, of three years, the oldest loaded last, and one without office and year."""
    for report_id, year, office in (("a", 2564, PHUKET), ("b", 2566, OTHER), ("c", 2562, PHUKET)):
        report = make_report(report_id, "จัดอบรม", "จัดอบรมเรื่องจัดซื้อ", "ประกาศ", office=mention(office))
        load(db, report.model_copy(update={"fiscal_year": year}), offices=(PHUKET, OTHER))
    load(db, make_report("d", "จัดอบรม").model_copy(update={"fiscal_year": None}))
    return db


def found(db: Database, query: str, table: SearchTable = "actions", **asked: bool) -> list[str]:
    page = search_page(db.conn, parse_query(query), table, size=1000, **asked)  # type: ignore[arg-type]
    return [hit.record_id for hit in page.hits]


def over_pages(db: Database, query: str, size: int) -> list[str]:
    ids: list[str] = []
    after: str | None = None
    while True:
        page = search_page(db.conn, parse_query(query), "actions", size=size, after=after)
        ids += [hit.record_id for hit in page.hits]
        after = page.next
        if after is None:
            return ids


def test_the_more_of_a_text_the_terms_are_the_better_and_of_equals_the_newest_is_first(years: Database) -> None:
    assert found(years, "อบรม") == ["b-a1", "a-a1", "c-a1", "d-a1", "b-a2", "a-a2", "c-a2"]


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_pages_hold_every_hit_once_in_order(years: Database, size: int) -> None:
    assert over_pages(years, "อบรม", size) == found(years, "อบรม")
    assert over_pages(years, "-ประกาศ", size) == found(years, "-ประกาศ")


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_more_hits_than_are_ranked_come_newest_first_uncounted_and_once(
    years: Database, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_module, "RANKED", 3)
    assert over_pages(years, "อบรม", size) == ["b-a1", "b-a2", "a-a1", "a-a2", "c-a1", "c-a2", "d-a1"]
    page = search_page(years.conn, parse_query("อบรม"), "actions")
    assert (page.found.count, page.found.more, page.years) == (3, True, None)
    behind = search_page(years.conn, parse_query("อบรม"), "actions", size=2, after="-1.1")
    assert (behind.found, behind.years) == (page.found, None)


@pytest.mark.parametrize(
    ("query", "reports"),
    [
        ("office:สมมุติ", "ac"),
        ("หน่วยงาน:ทม.", "ac"),
        ('office:"เขต ๒" office:เทศบาล', "ac"),
        ("office:สมมุติ office:ตัวอย่าง", ""),
        ("year:2564", "a"),
        ("ปี:๒๕๖๒-๒๕๖๔", "ac"),
        ("year:2562 year:2566", "bc"),
        ("office:สมมุติ year:2560-2563 อบรม", "c"),
        ("year:9999", ""),
        ("office:เทศบาล -อบรม ประกาศ", "ac"),
        ("-office:สมมุติ", "bd"),
        ("-office:สมมุติ -office:ตัวอย่าง อบรม", "d"),
        ("-year:2564", "bcd"),
        ("year:2562-2566 -year:2564", "bc"),
        ("year:none", "d"),
        ("-year:none -office:ตัวอย่าง", "ac"),
        (" ".join(f"year:{year}" for year in range(2300, 2564)) + " year:2300-2500" * 4000, "c"),
    ],
)
def test_offices_and_years_choose_reports(years: Database, query: str, reports: str) -> None:
    assert {row_id[0] for row_id in found(years, query)} == set(reports)
    about_reports = query.replace("-อบรม", "").replace("อบรม", "").replace("ประกาศ", "")
    assert set(found(years, about_reports, "reports")) == set(reports)
    rebuild_search(years)
    assert {row_id[0] for row_id in found(years, query)} == set(reports)


def test_offices_are_found_by_their_names_and_the_years_of_their_reports(years: Database) -> None:
    assert found(years, "office:สมมุติ", "offices") == ["o-1"]
    assert found(years, "year:2566", "offices") == ["o-2"]
    assert found(years, "-office:สมมุติ", "offices") == ["o-2"]
    assert found(years, "-year:2566", "offices") == ["o-1"]
    assert found(years, "year:none", "offices") == []
    assert found(years, "เทศบาล year:2562-2564", "offices") == found(years, "year:2564", "offices") == ["o-1"]
    assert found(years, " ".join(f"year:{year}" for year in range(2300, 2700)), "offices") == ["o-1", "o-2"]


def test_an_office_that_is_in_no_list_is_asked_for_as_it_is_written(
    db: Database, make_report: MakeReport, load: Load
) -> None:
    load(db, make_report("a", "จัดอบรม"))
    db.execute("update reports set office_as_written = 'โรงเรียนบ้าน  ตัวอย่าง'")
    assert found(db, 'office:"บ้าน ตัวอย่าง"') == ["a-a1"]


def test_hits_are_counted_by_year(years: Database) -> None:
    counts = [(None, 1), (2562, 2), (2564, 2), (2566, 2)]
    page = search_page(years.conn, parse_query("อบรม"), "actions")
    assert [(each.year, each.count) for each in page.years or ()] == counts
    assert [(each.year, each.count) for each in count_years(years.conn, parse_query("อบรม"), "actions")] == counts


def test_counting_stops_at_its_limit(years: Database) -> None:
    query = parse_query("อบรม")
    counted = count_table(years.conn, query, "actions", limit=5)
    assert (counted.count, counted.more) == (5, True)
    assert found_rows(years.conn, query, "actions", limit=6) is None
    assert len(found_rows(years.conn, query, "actions", limit=7) or ()) == 7


def test_a_report_whose_year_is_put_right_is_found_by_it(years: Database) -> None:
    years.execute("update reports set fiscal_year = 2570 where id = 'c'")
    assert found(years, "year:2562") == []
    assert found(years, "year:2570") == ["c-a1", "c-a2", "c-a3"]
    assert found(years, "อบรม")[0] == "c-a1"
    assert found(years, "year:2570", "reports") == ["c"]


def test_years_beyond_all_bounds_do_no_harm(db: Database, make_report: MakeReport, load: Load) -> None:
    for report_id, year in (("a", -5), ("b", 2**40), ("c", 0)):
        load(db, make_report(report_id, "จัดอบรม").model_copy(update={"fiscal_year": year}))
    assert set(found(db, "อบรม")) == {"a-a1", "b-a1", "c-a1"}


def test_whole_words_are_found_apart_from_parts_of_words(db: Database, make_report: MakeReport, load: Load) -> None:
    load(db, make_report("a", "เผยแพร่ข้อมูล", "สำนักงานจังหวัดแพร่"))
    assert set(found(db, "แพร่")) == {"a-a1", "a-a2"}
    assert found(db, "แพร่", whole_words=True) == ["a-a2"]
    assert count_table(db.conn, parse_query("แพร่"), "actions", whole_words=True).count == 1


@pytest.mark.parametrize("mark", ["x", "1", "1.2.3", "-2.1", "1.-1", "๑.๑", f"1.{10**20}"])
def test_a_mark_that_is_none_is_refused(years: Database, mark: str) -> None:
    with pytest.raises(BadMark):
        search_page(years.conn, parse_query("ก"), "actions", after=mark)


def test_a_run_that_has_loaded_much_counts_the_grams_and_finds_the_same(years: Database) -> None:
    def grams() -> Sequence[tuple[str, int]]:
        rows = years.execute("select gram, rows from _search_grams where of_table = 'actions'")
        return rows.fetchall()

    before = found(years, "อบรม")
    now = datetime.datetime.now(datetime.UTC)
    run = Run(
        command="x", started_at=now, finished_at=now, extractor_version="1", found=4, loaded=4, unchanged=0, failed=0
    )
    assert grams() == [("", 0)]
    record_run(years, run)
    assert ("อบร", 7) in grams()
    assert ("", 10) in grams()
    assert found(years, "อบรม") == before


def test_an_index_that_is_filled_at_the_end_finds_the_same_and_is_kept_true(years: Database) -> None:
    before = found(years, "อบรม")
    with indexed_at_the_end(years):
        years.execute("update actions set text = 'จัดสัมมนา' where id = 'a-a3'")
    assert found(years, "สัมมนา") == ["a-a3"]
    assert found(years, "อบรม") == before
    years.execute("delete from reports where id = 'a'")
    assert found(years, "สัมมนา") == []


def test_a_stop_in_the_middle_of_filling_leaves_all_as_it_was(years: Database) -> None:
    with pytest.raises(KeyboardInterrupt), indexed_at_the_end(years):
        years.execute("update actions set text = 'จัดสัมมนา'")
        raise KeyboardInterrupt
    years.execute("update actions set text = 'ประชุม' where id = 'a-a3'")
    assert (found(years, "สัมมนา"), found(years, "ประชุม")) == ([], ["a-a3"])
