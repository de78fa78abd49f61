"""The page that is sent to an office has every finding of a report with its printed words, and nothing dismissed."""

import re
from html import unescape
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import late
from evidence_site import PDF, get, make_database
from made_site import get as get_made
from made_site import made_database, made_finding, made_report
from playwright.sync_api import Browser
from serving import served
from sqlite_utils import Database

from db.schema import open_database
from pipeline.site.application import make_site
from pipeline.site.evidence import origin_of
from pipeline.site.letter import LONGEST_QUOTE, MOST_IMAGES, ON_A_PAGE, read_letter
from pipeline.site.naming import report_name
from pipeline.site.words import words

SAY = words("th").say["letter"]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return make_database(tmp_path)


def _one(database: Path, sql: str) -> str:
    return str(Database(database).execute(sql).fetchone()[0])


def _judge(database: Path, finding: str, judgement: str) -> None:
    db = open_database(database)
    db.table("findings").update(finding, {"judgement": judgement})
    db.close()


def _letter(database: Path) -> str:
    return "/letter/" + _one(database, "select id from reports where format = 'pdf'")


def _add_rendering(database: Path, name: str) -> None:
    """Another file of the PDF's report, of the same text, which was not kept."""
    db = open_database(database)
    report = _one(database, "select id from reports where format = 'pdf'")
    db.table("sources").insert({"report_id": report, "path_or_url": name, "sha256": "0" * 64, "format": "docx"})
    db.close()


def test_a_letter_has_what_an_office_needs_to_find_each_place(database: Path) -> None:
    report = _one(database, "select id from reports where format = 'pdf'")
    page = unescape(get(database, f"/letter/{report}").text)
    for said in (
        _one(database, "select name from offices join reports on office_id = offices.id where format = 'pdf'"),
        PDF,
        SAY["about"],
        f"http://localhost/letter/{report}",
        "วันที่อยู่นอกช่วงเวลา 1",
        "ตัวชี้วัดที่ 10 มาตรการที่ 1 การดำเนินการที่ 1",
        "หน้า 1",
        "http://localhost/evidence/finding-1",
        "http://localhost/evidence/finding-2",
        _one(database, "select text from evidence where record_id = 'finding-1' order by position"),
    ):
        assert said in page
    assert f'href="/page-image/{report}/1.png?resolution=144"' in page
    english = unescape(get(database, f"/letter/{report}", cookies={"prongsai_language": "en"}).text)
    assert "The date is out of the period 1" in english
    assert "indicator 10, measure 1, action 1" in english
    assert f'href="/letter/{report}"' in get(database, f"/prongsai/reports/{report}").text


def test_dismissed_findings_are_left_out_and_confirmed_ones_can_be_chosen(database: Path) -> None:
    report = _one(database, "select id from reports where format = 'pdf'")
    assert SAY["none_confirmed"] in get(database, f"/letter/{report}?confirmed=1").text
    _judge(database, "finding-2", "dismissed")
    assert re.findall("/evidence/(finding-.)<", get(database, f"/letter/{report}").text) == ["finding-1"]
    _judge(database, "finding-2", "confirmed")
    assert re.findall("/evidence/(finding-.)<", get(database, f"/letter/{report}?confirmed=1").text) == ["finding-2"]


def test_without_the_file_and_without_pages_the_words_stand_alone(database: Path) -> None:
    report = _one(database, "select id from reports where format = 'pdf'")
    (database.parent / PDF).unlink()
    page = get(database, f"/letter/{report}").text
    assert "page-image" not in page
    assert words("th").say["evidence"]["gone"] in page
    text = _one(database, "select id from reports where format = 'text'")
    page = get(database, f"/letter/{text}").text
    assert "<script>alert" not in page
    assert "บรรทัด 6" in page


def test_many_findings_come_in_parts_that_say_so(tmp_path: Path) -> None:
    findings = [made_finding(f"f{number:03}") for number in range(2 * ON_A_PAGE + 1)]
    made = made_database(tmp_path / "a.db", made_report("r1", 2565), findings={"r1": findings})
    found = [re.findall("/evidence/(f...)<", get_made(made, f"/letter/r1?page={page}").text) for page in (1, 2, 3)]
    assert [each for part in found for each in part] == [each.id for each in findings]
    assert SAY["part"].format(first=1, last=ON_A_PAGE, page=1, pages=3) in get_made(made, "/letter/r1").text
    assert f'href="/letter/r1?page={2}"' in get_made(made, "/letter/r1").text


def test_long_words_and_many_pages_of_one_finding_are_bounded(database: Path) -> None:
    db = open_database(database)
    report = _one(database, "select id from reports where format = 'pdf'")
    box = {"x0": 10, "top": 10, "x1": 90, "bottom": 20}
    for number in range(2, 2 * MOST_IMAGES + 2):
        page = {"report_id": report, "number": number, "width": 100, "height": 200, "read_by": "text-layer", "text": ""}
        db.table("pages").upsert(page, pk=("report_id", "number"))
        place = {"record_id": "finding-1", "position": 100 + number, "page": number, "text": "ก" * 2 * LONGEST_QUOTE}
        db.table("evidence").insert({**place, "record_table": "findings", "report_id": report, **box})
    letter = read_letter(db.conn, report, confirmed=False, page=1)
    db.close()
    assert letter is not None
    quotes = letter.findings[0].quotes
    assert [quote.page for quote in quotes] == list(range(1, 2 * MOST_IMAGES + 2))
    assert sum(quote.image is not None for quote in quotes) == MOST_IMAGES
    assert max(len(quote.text) for quote in quotes) == LONGEST_QUOTE + 1
    assert all(quote.image is None or quote.image.top >= 0 for quote in quotes)


@pytest.mark.parametrize("path", ["zzz", "zzz?confirmed=1&page=2"])
def test_a_report_that_is_not_there_has_no_letter(database: Path, path: str) -> None:
    assert get(database, f"/letter/{path}").status_code == 404


def test_of_several_files_of_a_report_the_one_that_was_read_is_named(database: Path) -> None:
    """Whoever gets the letter looks up its pages in that file."""
    report = _one(database, "select id from reports where format = 'pdf'")
    _add_rendering(database, "another.docx")
    for address in (f"/letter/{report}", "/evidence/finding-1", "/prongsai/findings.csvall"):
        answer = get(database, address, follow_redirects=True)
        assert answer.status_code == 200
        assert PDF in answer.text
        assert "another.docx" not in answer.text
    db = open_database(database)
    db.table("reports").update(report, {"office_id": None})
    assert report_name(db.conn, report, "รายงาน").endswith(PDF)
    db.table("reports").update(report, {"source_sha256": None, "format": "html"})
    assert origin_of(db.conn, report).file is None
    db.close()


def test_a_letter_tells_its_own_address_with_what_was_chosen(tmp_path: Path) -> None:
    findings = [made_finding(f"f{number:03}") for number in range(ON_A_PAGE + 1)]
    made = made_database(tmp_path / "a.db", made_report("r1", 2565), findings={"r1": findings})
    db = open_database(made)
    db.execute("update findings set judgement = 'confirmed'")
    db.conn.commit()
    db.close()
    for asked, told in (
        ("?confirmed=1&page=2", "?confirmed=1&page=2"),
        ("?confirmed=1", "?confirmed=1"),
        ("?page=9", "?page=2"),
        ("?page=1&other=<b>", ""),
    ):
        assert f">http://localhost/letter/r1{told}<" in get_made(made, f"/letter/r1{asked}").text.replace("&amp;", "&")


@pytest.mark.parametrize("host", ["127.0.0.1:8001", "127.8.9.1", "localhost:8001", "[::1]:8001"])
def test_an_address_of_this_computer_is_told_to_be_one(database: Path, host: str) -> None:
    page = get(database, _letter(database), headers={"host": host}).text
    assert SAY["local"] in page
    assert page.count('<p class="by address not-printed">') == 2


@pytest.mark.parametrize("host", ["ita.example.go.th", "10.0.0.5:8001", "[::2]"])
def test_an_address_that_others_can_open_is_printed(database: Path, host: str) -> None:
    page = get(database, _letter(database), headers={"host": host}).text
    assert SAY["local"] not in page
    assert page.count('<p class="by address">') == 2


def test_words_of_a_text_are_quoted_in_the_order_of_its_lines(database: Path) -> None:
    report = _one(database, "select id from reports where format = 'text'")
    db = open_database(database)
    db.execute("delete from evidence where record_id = 'old'")
    for position, (line, text) in enumerate([(9, "ท้าย"), (2, "ต้นก่อน"), (2, "ต้นหลัง")], 1):
        row = {"record_id": "old", "position": position, "line": line, "text": text, "report_id": report}
        db.table("evidence").insert({**row, "record_table": "findings"})
    letter = read_letter(db.conn, report, confirmed=False, page=1)
    db.close()
    assert letter is not None
    (quote,) = letter.findings[0].quotes
    assert (quote.lines, quote.text) == ((2, 9), "ต้นก่อน\nต้นหลัง\nท้าย")


@pytest.mark.browser
@pytest.mark.parametrize("width", [1100, 390])
def test_a_letter_shows_the_boxed_words_from_the_page(database: Path, browser: Browser, width: int) -> None:
    report = _one(database, "select id from reports where format = 'pdf'")
    with served(late(make_site(database).app())) as address:
        page = browser.new_page(viewport={"width": width, "height": 900})
        with page.expect_response(lambda answer: "/page-image/" in answer.url) as image:
            page.goto(f"{address}/letter/{report}")
        assert image.value.status == 200
        svg, box = page.locator("svg").first.bounding_box(), page.locator("svg rect").first.bounding_box()
        assert svg is not None and box is not None
        assert svg["y"] <= box["y"] and box["y"] + box["height"] <= svg["y"] + svg["height"]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        violations = Axe().run(page).response["violations"]
        assert [each["id"] for each in violations if each["impact"] in ("serious", "critical")] == []
        page.emulate_media(media="print")
        assert not page.locator(".letter-choice").is_visible()
        page.close()


@pytest.mark.browser
def test_on_paper_the_head_of_a_finding_stays_with_its_image(database: Path, browser: Browser) -> None:
    """Whatever stands above it: the text before the first finding is made longer, from nothing to a page."""
    english = words("en").say["letter"]
    with served(late(make_site(database).app())) as address:
        page = browser.new_page(extra_http_headers={"Cookie": "prongsai_language=en"})
        page.goto(f"{address}{_letter(database)}", wait_until="networkidle")
        for above in range(0, 1000, 90):
            page.evaluate("above => { document.querySelector('article').style.marginTop = `${above}px` }", above)
            with pdfium.PdfDocument(page.pdf(format="A4")) as paper:
                heads = [number for number, text in enumerate(_texts(paper)) if english["place"] in text]
                images = [number for number, sheet in enumerate(paper) if _has_image(sheet)]
            assert heads == images
        page.close()


def _texts(paper: pdfium.PdfDocument) -> list[str]:
    return [sheet.get_textpage().get_text_range() for sheet in paper]


def _has_image(sheet: pdfium.PdfPage) -> bool:
    return any(True for _ in sheet.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=9))
