"""Comparing two reports: what is the same, what differs, and how to choose."""

import re
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from made_site import OFFICE, OTHER, get, made_database, made_report, text_of

from db.schema import open_database
from pipeline.site.words import words
from schemas.report import Report

Ask = Callable[..., httpx.Response]

FIRST = {
    "ประกาศเจตจำนงสุจริตของผู้บริหาร ประจำปี ๒๕๖๒": ["ผู้บริหารลงนามในประกาศเมื่อเดือนมกราคม ๒๕๖๒", "อ่านประกาศต่อที่ประชุม"],
    "ลดขั้นตอนการขออนุญาตก่อสร้าง": [],
}
SECOND = {
    "ประกาศเจตจำนงสุจริตของผู้บริหาร ประจำปี 2563": ["ผู้บริหารลงนามในประกาศเมื่อเดือนมิถุนายน 2563", "แจกคู่มือประชาชน"],
    "เปิดช่องทางร้องเรียนทางเว็บไซต์": [],
}


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """Asks a site over two years of one office and one of another."""
    path = made_database(
        tmp_path_factory.mktemp("compare") / "x.db",
        made_report("a", 2562, FIRST, scores={2: 78.45, 10: 91}, total=80),
        made_report("b", 2563, SECOND, scores={2: 86.77}, total=78.5),
        made_report("c", 2563, SECOND, office=OTHER),
    )

    def asked(address: str, language: str = "th") -> httpx.Response:
        return get(path, address, language)

    return asked


def _shown(page: httpx.Response) -> str:
    assert page.status_code == 200
    return text_of(page.text)


def test_figures_stand_side_by_side_with_their_difference(ask: Ask) -> None:
    shown = _shown(ask("/compare?left=a&right=b"))
    assert "คะแนน 80.00 78.50 ลดลง -1.50" in shown
    assert "2. การใช้งบประมาณ 78.45 จุดอ่อน 86.77 เพิ่มขึ้น +8.32" in shown
    assert "10. การป้องกันการทุจริต 91.00 – –" in shown


def test_what_differs_is_marked_on_its_side_in_words_too(ask: Ask) -> None:
    page = ask("/compare?left=a&right=b")
    shown = _shown(page)
    assert "มาตรการ: คงเดิม 1 ใหม่ 1 เลิก 1" in shown
    assert "การดำเนินการ: คงเดิม 1 ใหม่ 1 เลิก 1" in shown
    left, right = re.findall(r"<td data-label=\"256[23]\">.*?</td>", page.text, re.DOTALL)[:2]
    assert ("<del>" in left, "<ins>" in left, "<del>" in right, "<ins>" in right) == (True, False, False, True)
    assert "ประจำปี ข้อความที่ตัดออก: ๒๕๖๒ จบ" in text_of(f"<main>{left}")
    assert "ประจำปี ข้อความที่เพิ่ม: 2563 จบ คงเดิม" in text_of(f"<main>{right}")
    assert "2. ลดขั้นตอนการขออนุญาตก่อสร้าง เลิก" in shown
    assert "2. เปิดช่องทางร้องเรียนทางเว็บไซต์ ใหม่" in shown


def test_the_sides_can_be_swapped(ask: Ask) -> None:
    assert 'href="/compare?left=b&amp;right=a"' in ask("/compare?left=a&right=b").text
    shown = _shown(ask("/compare?left=b&right=a"))
    assert "คะแนน 78.50 80.00 เพิ่มขึ้น +1.50" in shown
    assert "2. ลดขั้นตอนการขออนุญาตก่อสร้าง เฉพาะฝั่งขวา" in shown
    assert "ฉบับขวามาก่อน" in shown


def test_two_offices_of_a_year_have_words_of_their_own(ask: Ask) -> None:
    shown = _shown(ask("/compare?left=b&right=c"))
    assert "มาตรการ: เหมือนกัน 2" in shown
    assert "คงเดิม" not in shown
    assert f"{OFFICE.name} · ปี 2563 {OTHER.name} · ปี 2563" in shown


def _two(tmp_path: Path, *reports: Report, sql: str = "") -> str:
    path = made_database(tmp_path / "x.db", *reports)
    db = open_database(path)
    with db.conn:
        db.conn.executescript(sql)
    db.close()
    return _shown(get(path, "/compare?left=a&right=b"))


@pytest.mark.parametrize("years", [(2562, 2562), (2562, None)])
def test_two_documents_that_are_not_of_two_years_are_told_apart_by_side(
    tmp_path: Path, years: tuple[int | None, int | None]
) -> None:
    shown = _two(tmp_path, made_report("a", years[0], FIRST), made_report("b", years[1], SECOND))
    assert "เหมือนกัน 1 เฉพาะฝั่งขวา 1 เฉพาะฝั่งซ้าย 1" in shown
    assert "เปิดช่องทางร้องเรียนทางเว็บไซต์ ใหม่" not in shown


def test_a_document_that_was_not_read_in_full_or_has_no_measures_is_not_compared(tmp_path: Path) -> None:
    unread = "update pages set read_by = 'needs-ocr' where report_id = 'b'"
    shown = _two(tmp_path, made_report("a", 2562, FIRST), made_report("b", 2563, SECOND), sql=unread)
    assert "เทียบไม่ได้ว่าสิ่งใดใหม่หรือเลิก เพราะมีหน้าที่ยังอ่านไม่ได้" in shown
    assert "เปิดช่องทางร้องเรียนทางเว็บไซต์ ใหม่" not in shown
    (tmp_path / "x.db").unlink()
    shown = _two(tmp_path, made_report("a", 2562, FIRST), made_report("b", 2563))
    assert "เพราะไม่พบมาตรการในเอกสาร" in shown
    assert "ลดขั้นตอนการขออนุญาตก่อสร้าง เลิก" not in shown


def test_documents_of_one_year_are_chosen_by_title_or_file_and_years_with_measures_come_first(tmp_path: Path) -> None:
    reports = [
        made_report("a", 2562, FIRST),
        made_report("b", 2563, SECOND),
        made_report("c", 2563, title="ประกาศ"),
        made_report("d", 2563, title="คำสั่ง"),
        made_report("e", 2563, title="คำสั่ง"),
    ]
    page = get(made_database(tmp_path / "x.db", *reports), f"/compare?office={OFFICE.office_id}")
    options = re.findall(r'<option value="(\w)"[^>]*>([^<]+)', page.text.partition('id="right"')[2])
    assert dict(options) == {
        "a": "2562",
        "b": "2563 · รายงานผล",
        "c": "2563 · ประกาศ",
        "d": "2563 · d.txt",
        "e": "2563 · e.txt",
    }
    assert _shown(page).startswith(f"เปรียบเทียบรายงาน {OFFICE.name} · ปี 2562 รายงานผล")


def test_an_offices_two_latest_reports_are_compared(ask: Ask) -> None:
    assert _shown(ask(f"/compare?office={OFFICE.office_id}")) == _shown(ask("/compare?left=a&right=b"))


def test_an_office_with_one_report_is_compared_with_others(ask: Ask) -> None:
    shown = _shown(ask(f"/compare?office={OTHER.office_id}"))
    assert f"{OTHER.name}มีรายงานฉบับเดียว" in shown
    found = ask("/compare?left=c&q=อบต")
    assert 'href="/compare?left=c&amp;right=a"' not in found.text
    assert 'href="/compare?left=c&amp;right=a"' in ask("/compare?left=c&q=สมมุติ").text


def test_reports_are_found_by_a_part_of_the_offices_name_and_chosen_in_a_form(ask: Ask) -> None:
    page = ask("/compare?q=ตำบลสมมุติ")
    form = page.text.partition('<form class="choose"')[2].partition("</form>")[0]
    assert re.findall(r'<option value="(\w)"( selected)?>(\d+)', form) == [
        ("b", "", "2563"), ("a", " selected", "2562"),
        ("b", " selected", "2563"), ("a", "", "2562"),
    ]  # fmt: skip
    assert set(re.findall(r'<select id="([^"]+)"', form)) == set(re.findall(r'<label for="([^"]+)"', form))
    assert OTHER.name not in text_of(page.text)
    assert "ไม่พบหน่วยงานที่มีรายงานและมีชื่อว่า “&lt;b&gt;”" in text_of(ask("/compare?q=<b>").text)


def test_one_report_leads_to_the_other_years_of_its_office(ask: Ask) -> None:
    assert 'href="/compare?left=a&amp;right=b"' in ask("/compare?left=a").text
    assert _shown(ask("/compare?right=b")).count("ปี 2562") == 1


@pytest.mark.parametrize(
    ("address", "status", "key"),
    [
        ("/compare?left=a&right=none", 404, "unknown_report"),
        ("/compare?left=none", 404, "unknown_report"),
        ("/compare?office=none", 404, "unknown_office"),
        ("/compare?left=a&right=a", 400, "same_report"),
    ],
)
def test_what_cannot_be_compared_is_told_in_a_sentence(ask: Ask, address: str, status: int, key: str) -> None:
    for language in ("th", "en"):
        page = ask(address, language)
        assert page.status_code == status
        assert words(language).say["compare"][key].format(id="none") in text_of(page.text)


def test_the_page_without_anything_chosen_offers_offices(ask: Ask) -> None:
    page = ask("/compare")
    assert page.status_code == 200
    assert f'<option value="{OFFICE.name}">' in page.text
    assert f'href="/compare?office={OFFICE.office_id}"' in page.text
    assert f'href="/compare?office={OTHER.office_id}"' not in page.text
