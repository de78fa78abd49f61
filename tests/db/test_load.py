"""A report is loaded as a whole or not at all, and leaves everything else as it is."""

import sqlite3
from collections.abc import Callable

import pytest
from sqlite_utils import Database

from db.load import add_source, load_findings, record_failure, remove_report, remove_source
from db.read import read_failures, read_report, read_sources, report_ids
from db.schema import open_database
from db.search import search
from schemas.failure import Failure
from schemas.finding import Finding
from schemas.offices import Office
from schemas.report import OfficeMention, Report
from schemas.source import Source

Load = Callable[..., None]
MakeReport = Callable[..., Report]

MINISTRY = Office(id="o-1", name="สำนักงานกลาง", kind="central")
PROVINCIAL = Office(id="o-2", name="สำนักงานจังหวัดสมมุติ", abbreviation="สจ.สมมุติ", province="สมมุติ", parent_id="o-1")
OTHER = Office(id="o-3", name="สำนักงานอื่น")


def mention(office: Office, raw: str = "") -> OfficeMention:
    return OfficeMention(raw=raw or office.name, name=office.name, office_id=office.id, listed=True, score=1)


def content(db: Database) -> list[str]:
    """Everything in the database but the search tables, whose content the searches tell."""
    apart = ("_fts", "_search_", "_sqlite_migrations")
    return sorted(line for line in db.iterdump() if not any(name in line for name in apart))


def offices(db: Database) -> list[str]:
    return [name for (name,) in db.execute("select name from offices order by id")]


def test_loading_the_same_report_again_changes_nothing(db: Database, make_report: MakeReport, load: Load) -> None:
    report = make_report("a", "จัดประชุม", "ทำประกาศ", office=mention(PROVINCIAL), mentions=(mention(OTHER),))
    load(db, make_report("b", "จัดประชุม"))
    load(db, report, offices=(PROVINCIAL, MINISTRY))
    before = content(db), search(db, "ประ")
    load(db, report, offices=(PROVINCIAL, MINISTRY))
    assert content(db) == before[0]
    assert {(hit.table, hit.record_id) for hit in search(db, "ประ")} == {
        (hit.table, hit.record_id) for hit in before[1]
    }


def test_a_new_reading_takes_the_place_of_the_old_one_and_leaves_other_reports(
    db: Database, make_report: MakeReport, load: Load
) -> None:
    other = make_report("b", "อบรมพนักงาน", mentions=(mention(OTHER),))
    load(db, other)
    load(db, make_report("a", "จัดประชุม", "ทำประกาศ", mentions=(mention(OTHER),)))
    load(db, make_report("a", "จัดสัมมนา"))
    assert read_report(db, "a") == make_report("a", "จัดสัมมนา")
    assert read_report(db, "b") == other
    assert not search(db, "ทำประกาศ")
    assert [hit.record_id for hit in search(db, "สัมมนา")] == ["a-a1"]


def test_a_failure_in_the_middle_leaves_the_old_content(db: Database, make_report: MakeReport, load: Load) -> None:
    load(db, make_report("a", "จัดประชุม", office=mention(OTHER)))
    before = content(db)
    db.execute(
        "create trigger stop before insert on actions when new.text = 'หยุด' begin select raise(abort, 'full'); end"
    )
    with pytest.raises(sqlite3.IntegrityError, match="full"):
        load(db, make_report("a", "จัดสัมมนา", "หยุด", office=mention(PROVINCIAL)))
    db.execute("drop trigger stop")
    assert content(db) == before
    assert [hit.record_id for hit in search(db, "จัด")] == ["a-a1"]


def test_a_report_without_ids_is_refused(db: Database, make_report: MakeReport, load: Load) -> None:
    report = make_report("a", "จัดประชุม")
    nameless = report.measures[0].model_copy(update={"id": ""})
    for measures in ((nameless,), report.measures * 2):
        with pytest.raises(ValueError, match="missing or given twice"):
            load(db, report.model_copy(update={"measures": measures}))
    assert report_ids(db) == ()


def test_offices_come_with_their_superiors_and_go_with_the_last_report_that_names_them(
    db: Database, make_report: MakeReport, load: Load
) -> None:
    load(db, make_report("a", office=mention(PROVINCIAL)), offices=(PROVINCIAL, MINISTRY, OTHER))
    load(
        db,
        make_report("b", "ร่วมกับสำนักงานอื่น", office=mention(PROVINCIAL), mentions=(mention(OTHER),)),
        offices=(PROVINCIAL, MINISTRY),
    )
    assert offices(db) == ["สำนักงานกลาง", "สำนักงานจังหวัดสมมุติ", "สำนักงานอื่น"]
    load(db, make_report("b", "ทำเอง", office=mention(OTHER)), offices=(OTHER,))
    remove_report(db, "a")
    assert offices(db) == ["สำนักงานอื่น"]
    assert not db.execute("pragma foreign_key_check").fetchall()


def test_a_superior_that_the_facts_no_longer_name_is_removed(db: Database, make_report: MakeReport, load: Load) -> None:
    load(db, make_report("a", office=mention(PROVINCIAL)), offices=(PROVINCIAL, MINISTRY))
    moved = PROVINCIAL.model_copy(update={"parent_id": OTHER.id})
    load(db, make_report("b", office=mention(PROVINCIAL)), offices=(moved, OTHER))
    assert offices(db) == ["สำนักงานจังหวัดสมมุติ", "สำนักงานอื่น"]


def test_an_office_is_described_by_the_facts_and_named_as_mentioned(
    db: Database, make_report: MakeReport, load: Load
) -> None:
    load(db, make_report("a", office=mention(PROVINCIAL, "สจ.สมมุติ")), offices=(PROVINCIAL,))
    row = db.execute("select name, abbreviation, province, parent_id, listed from offices").fetchone()
    assert row == ("สำนักงานจังหวัดสมมุติ", "สจ.สมมุติ", "สมมุติ", None, 1)
    assert db.execute("select label, office_as_written from reports").fetchone() == (
        "สำนักงานจังหวัดสมมุติ · ปี 2566",
        "สจ.สมมุติ",
    )


def test_a_database_built_in_another_order_holds_the_same(
    tmp_path_factory: pytest.TempPathFactory, make_report: MakeReport, load: Load
) -> None:
    reports = [
        make_report("a", "จัดประชุม", office=mention(PROVINCIAL)),
        make_report("b", "ทำประกาศ", office=mention(OTHER), mentions=(mention(PROVINCIAL),)),
    ]
    contents = []
    for order in (reports, reports[::-1], [*reports, make_report("b", office=mention(MINISTRY)), *reports]):
        db = open_database(tmp_path_factory.mktemp("built") / "prongsai.db")
        for report in order:
            load(db, report, offices=(MINISTRY, PROVINCIAL, OTHER))
        contents.append(content(db))
    assert contents[0] == contents[1] == contents[2]


def test_a_report_goes_with_its_last_source(db: Database, make_report: MakeReport, load: Load) -> None:
    load(db, make_report("a", "จัดประชุม"), name="ก.txt")
    add_source(db, "a", Source(path_or_url="ข.txt", sha256="0" * 64, format="text"))
    remove_source(db, "ก.txt")
    assert report_ids(db) == ("a",)
    remove_source(db, "ข.txt")
    assert report_ids(db) == ()
    assert not search(db, "")


def test_a_file_that_now_holds_another_report_leaves_no_report_without_a_source(
    db: Database, make_report: MakeReport, load: Load
) -> None:
    load(db, make_report("a", "จัดประชุม"), name="ก.txt")
    load(db, make_report("b", "ทำประกาศ"), name="ก.txt")
    assert report_ids(db) == ("b",)
    assert [known.report_id for known in read_sources(db)] == ["b"]


def test_a_file_that_is_read_at_last_is_no_failure_any_more(db: Database, make_report: MakeReport, load: Load) -> None:
    for name in ("ก.txt", "ข.txt"):
        record_failure(db, Failure(source=name, code="too-slow", message_th="ช้าเกินไป", message_en="Too slow."))
    load(db, make_report("a"), name="ก.txt")
    assert [failure.source for failure in read_failures(db)] == ["ข.txt"]
    remove_source(db, "ข.txt")
    assert read_failures(db) == ()


def test_findings_go_when_their_report_is_read_anew(db: Database, make_report: MakeReport, load: Load) -> None:
    load(db, make_report("a", "จัดประชุม"))
    finding = Finding(id="f", check="numbering", severity="info", at="report", message_th="ก", message_en="a")
    load_findings(db, "a", (finding,), checked_by="1")
    load(db, make_report("a", "จัดสัมมนา"))
    assert db.table("findings").count == 0


def test_a_finding_of_an_unknown_report_is_refused(db: Database) -> None:
    finding = Finding(id="f", check="numbering", severity="info", at="report", message_th="ก", message_en="a")
    with pytest.raises(sqlite3.IntegrityError):
        load_findings(db, "nowhere", (finding,), checked_by="1")
    assert db.table("findings").count == 0
