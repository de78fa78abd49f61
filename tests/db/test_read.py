"""What is read back is what was loaded."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from db.load import add_source, load_findings, record_failure, record_run, remove_report
from db.migrations import migrate
from db.read import (
    UnknownReport,
    known_source,
    read_document_pages,
    read_failures,
    read_findings,
    read_report,
    read_reports,
    read_runs,
    read_sources,
    report_id_of_bytes,
)
from db.search_tables import register_functions
from schemas.document import Cell, Line, Page, Repair, Table
from schemas.failure import Failure
from schemas.finding import Finding
from schemas.report import Action, Evidence, Measure, Report
from schemas.run import Run
from schemas.source import Source


@pytest.fixture(scope="module")
def memory_db() -> Database:
    database = Database(memory=True)
    database.execute("pragma foreign_keys = on")
    register_functions(database.conn)
    migrate(database)
    return database


@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_report_is_read_back_as_it_was_loaded(
    memory_db: Database, any_report: st.SearchStrategy[Report], load: Callable[..., None], data: st.DataObject
) -> None:
    report = data.draw(any_report)
    load(memory_db, report)
    assert read_report(memory_db, report.id) == report
    assert not memory_db.execute("pragma foreign_key_check").fetchall()


def test_reports_are_read_in_the_order_of_their_ids(
    db: Database, make_report: Callable[..., Report], load: Callable[..., None]
) -> None:
    for report_id in ("b", "a"):
        load(db, make_report(report_id, "จัดทำประกาศ"))
    assert [report.id for report in read_reports(db)] == ["a", "b"]


def test_an_unknown_report_is_an_error(db: Database) -> None:
    with pytest.raises(UnknownReport, match="nowhere"):
        read_report(db, "nowhere")


def test_an_item_points_to_the_last_action_before_it_with_its_parents_number(
    db: Database, load: Callable[..., None]
) -> None:
    printed = [("1", None), ("1.1", "1"), ("1", None), ("1.2", "1"), ("2.1", "2"), ("2", None), ("9.1", "9")]
    actions = tuple(
        Action(id=f"a{n}", number=number, parent=parent, text="ข้อ") for n, (number, parent) in enumerate(printed)
    )
    measure = Measure(id="m", indicator_number=None, indicator_name=None, number=None, text="", actions=actions)
    load(db, Report(id="r", title=None, fiscal_year=None, fiscal_year_basis=None, measures=(measure,)))
    parents = [parent for (parent,) in db.execute("select parent_id from actions order by position")]
    assert parents == [None, "a0", None, "a2", "a5", None, None]


def test_the_text_of_the_pages_is_kept(
    db: Database, make_report: Callable[..., Report], load: Callable[..., None]
) -> None:
    table = Table(
        rows=1, columns=2, cells=tuple(Cell(row=0, column=n, lines=(Line(text=t),)) for n, t in enumerate("กข"))
    )
    pages = (
        Page(number=1, blocks=(Line(text="หัวเรื่อง"), table), width=595.0, height=842.0, read_by="layer", quality=0.5),
        Page(number=2, read_by="needs-ocr"),
    )
    load(db, make_report("a"), pages=pages)
    first, second = read_document_pages(db, "a")
    assert (first.text, first.width, first.quality, first.read_by) == ("หัวเรื่อง\nก\tข", 595.0, 0.5, "layer")
    assert (second.number, second.text, second.read_by) == (2, "", "needs-ocr")
    assert db.execute("select pages, read_by from reports").fetchone() == (2, "layer, needs-ocr")


def test_repairs_are_kept_by_page_and_class_of_damage_and_go_with_the_report(
    db: Database, make_report: Callable[..., Report], load: Callable[..., None]
) -> None:
    repairs = (Repair(damage="lost-sara-am", count=21), Repair(damage="private-use", count=3))
    pages = (
        Page(number=1, read_by="repaired", repairs=repairs),
        Page(number=2, read_by="repaired", repairs=repairs[1:]),
        Page(number=3, read_by="layer"),
    )
    load(db, make_report("a"), pages=pages)
    assert [page.repairs for page in read_document_pages(db, "a")] == [repairs, repairs[1:], ()]
    assert db.execute("select sum(count) from page_repairs where damage = 'private-use'").fetchone() == (6,)
    load(db, make_report("a"), pages=pages[2:])
    assert db.table("page_repairs").count == 0
    load(db, make_report("a"), pages=pages)
    remove_report(db, "a")
    assert db.table("page_repairs").count == 0


def test_findings_are_read_back_with_their_records_and_evidence(
    db: Database, make_report: Callable[..., Report], load: Callable[..., None]
) -> None:
    load(db, make_report("a", "จัดทำประกาศ"))
    findings = tuple(
        Finding(
            id=f"f{n}",
            check="numbering",
            severity="warning",
            at=f"10/1/{n}",
            message_th="เลขข้อข้าม",
            message_en="A number is skipped.",
            records=("a-m", f"a-a{n}"),
            evidence=(Evidence(line=n, text="3."),),
        )
        for n in (2, 1)
    )
    load_findings(db, "a", findings, checked_by="1")
    load_findings(db, "a", findings, checked_by="1")
    assert read_findings(db, "a") == findings
    assert read_report(db, "a") == make_report("a", "จัดทำประกาศ")


def test_sources_are_known_by_name_and_by_bytes(
    db: Database, make_report: Callable[..., Report], load: Callable[..., None]
) -> None:
    load(db, make_report("a"), name="ก.txt")
    copy = Source(path_or_url="สำเนา.pdf", sha256="f" * 64, format="pdf", size_bytes=12)
    add_source(db, "a", copy)
    found = known_source(db, "สำเนา.pdf")
    assert found is not None
    assert (found.report_id, found.source, found.extractor_version) == ("a", copy, "1.0")
    assert [known.source.path_or_url for known in read_sources(db)] == ["ก.txt", "สำเนา.pdf"]
    assert report_id_of_bytes(db, "f" * 64) == "a"
    assert report_id_of_bytes(db, "e" * 64) is None
    assert known_source(db, "ข.txt") is None


def test_failures_and_runs_are_read_back(db: Database) -> None:
    failure = Failure(source="เสีย.pdf", code="damaged", message_th="ไฟล์เสีย", message_en="Damaged.")
    run = Run.model_validate(
        {
            "command": "ingest",
            "started_at": "2024-01-15T12:00:00Z",
            "finished_at": "2024-01-15T12:00:09Z",
            "extractor_version": "1.0",
            "found": 3,
            "loaded": 1,
            "unchanged": 1,
            "failed": 1,
        }
    )
    record_failure(db, failure)
    record_failure(db, failure, sha256="0" * 64)
    assert (record_run(db, run), record_run(db, run)) == (1, 2)
    assert read_failures(db) == (failure,)
    assert read_runs(db) == (run, run)
    assert run.duration.total_seconds() == 9
