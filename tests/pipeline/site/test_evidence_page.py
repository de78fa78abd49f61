"""The addresses of evidence, images and files: what they answer, and that they give nothing else away."""

import io
import re
from html import unescape
from pathlib import Path

import pytest
from evidence_site import PDF, get, make_database
from PIL import Image
from sqlite_utils import Database

from db.schema import open_database
from pipeline.site import evidence_page
from pipeline.site.evidence_places import MOST_PRINTED
from pipeline.site.originals import find_original
from pipeline.site.page_images import RESOLUTIONS, PageImage
from pipeline.site.words import LANGUAGES, words

SAY = words("th").say["evidence"]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for the module; tests that change files make their own."""
    return make_database(tmp_path_factory.mktemp("evidence"))


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return make_database(tmp_path)


def _one(database: Path, sql: str) -> str:
    return str(Database(database).execute(sql).fetchone()[0])


def _report(database: Path, kind: str = "pdf") -> str:
    return _one(database, f"select id from reports where format = '{kind}'")


def _image(database: Path) -> str:
    return f"/page-image/{_report(database)}/1.png"


def test_a_record_of_a_pdf_file_is_shown_on_its_pages_image(database: Path) -> None:
    record = _one(database, "select record_id from evidence where record_table = 'actions' and page = 1")
    answer = get(database, f"/evidence/{record}")
    page = unescape(answer.text)
    assert answer.status_code == 200
    assert f'src="{_image(database)}?resolution=144"' in page
    assert page.count('class="own"') >= 1
    assert _one(database, f"select text from actions where id = '{record}'") in page
    assert f'href="/original/{_report(database)}"' in page
    assert words("th").values["read_by"][_one(database, "select read_by from pages where width > 0")] in page


def test_a_record_of_a_text_is_shown_at_its_line(database: Path) -> None:
    record = _one(database, "select record_id from evidence where record_table = 'actions' and line is not null")
    page = get(database, f"/evidence/{record}").text
    assert "page-image" not in page
    assert '<li value="6" class="marked">' in page


def test_a_finding_is_shown_with_its_record_in_the_readers_language(database: Path) -> None:
    page = unescape(get(database, "/evidence/finding-1").text)
    assert "วันที่อยู่นอกช่วงเวลา 1" in page
    assert 'href="/evidence/finding-2"' in page
    assert SAY["concerned"] in page
    english = unescape(get(database, "/evidence/finding-1", cookies={"prongsai_language": "en"}).text)
    assert "The date is out of the period 1" in english
    assert words("en").say["evidence"]["concerned"] in english


def test_repairs_of_a_page_are_told_in_words(own: Path) -> None:
    db = open_database(own)
    repair = {"report_id": _report(own), "page": 1, "damage": "lost-sara-am", "count": 1234}
    db.table("page_repairs").upsert(repair, pk=("report_id", "page", "damage"))
    db.close()
    page = get(own, "/evidence/finding-1").text
    assert "สระอำหาย" in page
    assert "1,234" in page


def test_another_way_of_reading_and_its_confidence_need_no_change(own: Path) -> None:
    db = open_database(own)
    db.execute("update pages set read_by = 'some-later-ocr', quality = 0.61 where width > 0")
    db.conn.commit()
    db.close()
    page = get(own, "/evidence/finding-1").text
    assert "some-later-ocr" in page
    assert "61%" in page


def test_of_a_page_that_could_not_be_read_no_quality_is_told(own: Path) -> None:
    path = f"/prongsai/pages/{_report(own)},1"
    db = open_database(own)
    db.execute("update pages set quality = 1.0 where width > 0")
    db.conn.commit()
    assert "100%" in get(own, "/evidence/finding-1").text
    db.execute("update pages set read_by = 'needs-ocr' where width > 0")
    db.conn.commit()
    db.close()
    page = get(own, "/evidence/finding-1").text
    assert "100%" not in page
    assert SAY["page_unread"] in page
    assert '<dd class="col-quality">–</dd>' in get(own, path).text


def test_what_is_printed_tells_file_report_page_and_address(database: Path) -> None:
    page = unescape(get(database, "/evidence/finding-1").text)
    head = page.partition('<p class="printed-head">')[2].partition("</p>")[0]
    label = _one(database, "select label from reports where format = 'pdf'")
    number = _one(database, "select page from evidence where record_id = 'finding-1'")
    assert all(told in head for told in (PDF, label, f"หน้า {number}", f"/evidence/finding-1?page={number}", "http://"))


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/evidence/nothing", "unknown"),
        ("/evidence/finding-1?page=999", "unknown_page"),
        ("/evidence/finding-1?page=0", "unknown_page"),
        ("/evidence/finding-1?page=-1", "unknown_page"),
        ("/evidence/finding-1?page=๑", "unknown_page"),
        ("/evidence/finding-1?page=99999999999999999999999", "unknown_page"),
        ("/original/nothing", "no_original"),
    ],
)
def test_what_is_not_there_is_told_in_words(database: Path, path: str, told: str) -> None:
    answer = get(database, path)
    assert answer.status_code == 404
    assert SAY[told] in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/page-image/nothing/1.png",
        "/page-image/{report}/0.png",
        "/page-image/{report}/-1.png",
        "/page-image/{report}/01.png",
        "/page-image/{report}/๑.png",
        "/page-image/{report}/999.png",
        "/page-image/{report}/99999999999999999999999.png",
        "/page-image/{report}/1%00.png",
        "/page-image/..%2f..%2f..%2fetc%2fpasswd/1.png",
        "/page-image/%2e%2e%2f%2e%2e/1.png",
        "/page-image/%2fetc%2fpasswd/1.png",
        "/page-image/{report}/..%2f..%2fevidence.db.png",
        "/page-image/{text}/1.png",
    ],
)
def test_there_is_no_image_of_anything_but_a_page_of_a_pdf_report(database: Path, path: str) -> None:
    answer = get(database, path.format(report=_report(database), text=_report(database, "text")))
    assert (answer.status_code, answer.text) == (404, SAY["no_image"])


@pytest.mark.parametrize(
    "path",
    [
        "/evidence/..%2f..%2fetc%2fpasswd",
        "/original/..%2f..%2fetc%2fpasswd",
        "/original/%2e%2e%2fevidence.db",
        "/original/%2fetc%2fpasswd",
        "/original/a%00b",
        "/original/../x",
        "/page-image/../../etc/passwd",
        "/page-image//etc/passwd/1.png",
    ],
)
def test_an_address_that_climbs_leads_nowhere(database: Path, path: str) -> None:
    assert get(database, path, follow_redirects=True).status_code == 404


def test_an_image_is_a_png_that_browsers_keep_as_long_as_it_is_the_same(database: Path) -> None:
    answer = get(database, _image(database))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "private" in answer.headers["cache-control"]
    again = get(database, _image(database), headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = get(database, _image(database) + "?resolution=96", headers={"if-none-match": answer.headers["etag"]})
    assert other.status_code == 200


def test_images_can_be_had_in_a_few_resolutions_only(database: Path) -> None:
    widths = [
        Image.open(io.BytesIO(get(database, f"{_image(database)}?resolution={step}").content)).width
        for step in RESOLUTIONS
    ]
    assert widths == sorted(set(widths))
    for asked in ("1", "97", "100000", "-96", "abc", "96;", ""):
        assert get(database, f"{_image(database)}?resolution={asked}").status_code == 400


@pytest.mark.parametrize("kind", ["pdf", "text"])
def test_the_file_is_sent_to_be_saved_and_never_shown(database: Path, kind: str) -> None:
    answer = get(database, f"/original/{_report(database, kind)}")
    name = PDF if kind == "pdf" else "hostile.txt"
    assert answer.content == (database.parent / name).read_bytes()
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert name in answer.headers["content-disposition"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["content-type"] == {"pdf": "application/pdf", "text": "text/plain"}[kind]


def test_a_file_that_was_changed_since_is_neither_drawn_nor_sent(own: Path) -> None:
    assert get(own, _image(own)).status_code == 200
    (own.parent / PDF).write_bytes(b"%PDF-1.7 something else")
    image, file, page = (get(own, path) for path in (_image(own), f"/original/{_report(own)}", "/evidence/finding-1"))
    assert (image.status_code, image.text) == (404, SAY["changed"])
    assert file.status_code == 404
    assert page.status_code == 200
    assert SAY["changed"] in page.text
    assert 'class="lines"' in page.text


def test_a_file_that_is_gone_or_a_link_to_another_is_neither_drawn_nor_sent(own: Path) -> None:
    path = own.parent / PDF
    path.unlink()
    assert SAY["gone"] in get(own, "/evidence/finding-1").text
    path.symlink_to("/etc/passwd")
    for address in (_image(own), f"/original/{_report(own)}"):
        answer = get(own, address)
        assert answer.status_code == 404
        assert "root:" not in answer.text


def test_a_page_that_cannot_be_drawn_is_told_and_its_text_shown(own: Path) -> None:
    """The text was read, and PDFium draws nothing: as of a page beyond those that it finds."""
    db = open_database(own)
    report = _report(own)
    page = next(db.query("select * from pages where report_id = ? and number = 1", [report]))
    db.table("pages").insert({**page, "number": 500})
    db.execute("update evidence set page = 500 where record_id = 'finding-1'")
    db.conn.commit()
    db.close()
    answer = get(own, f"/page-image/{report}/500.png")
    assert answer.status_code == 404
    assert answer.text == SAY["failed"].format(why=words("th").values["code"]["damaged"])
    shown = get(own, "/evidence/finding-1")
    assert shown.status_code == 200
    assert answer.text in shown.text
    assert page["text"].split("\n")[0][:10] in unescape(shown.text)


def test_a_site_with_too_many_wishes_says_when_to_come_back(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def busy(*_: object) -> PageImage:
        return PageImage(state="busy")

    monkeypatch.setattr(evidence_page, "_drawn", busy)
    answer = get(own, _image(own))
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")


def test_markup_in_a_report_is_shown_and_does_not_run(database: Path) -> None:
    action = _one(database, "select id from actions where text like '%<script>%'")
    for record in (action, _one(database, f"select measure_id from actions where id = '{action}'"), "old"):
        page = get(database, f"/evidence/{record}").text
        assert "<script>alert" not in page
        assert "งบ<i" not in page
        assert 'href="javascript:' not in page
    assert "&lt;script&gt;" in page


def test_pages_of_records_and_of_pages_lead_to_the_evidence(database: Path) -> None:
    action = _one(database, "select record_id from evidence where record_table = 'actions' and page = 1")
    assert f'href="/evidence/{action}"' in get(database, f"/prongsai/actions/{action}").text
    assert f'href="/evidence/{action}?page=1"' in get(database, f"/prongsai/evidence?record_id={action}").text
    page = get(database, f"/prongsai/pages/{_report(database)},1").text
    assert f'src="{_image(database)}?resolution=144"' in page
    assert f'href="/evidence/{action}?page=1"' in page
    text = get(database, f"/prongsai/pages/{_report(database, 'text')},1")
    assert (text.status_code, "page-image" in text.text) == (200, False)


def test_every_kind_of_record_has_a_title_in_both_languages(database: Path) -> None:
    for table in ("reports", "assessments", "indicators", "measures", "actions", "findings", "notes"):
        record = _one(database, f"select id from {table}")
        for language in LANGUAGES:
            page = unescape(get(database, f"/evidence/{record}", cookies={"prongsai_language": language}).text)
            assert f"<h1>{words(language).one[table]}" in page


def test_the_file_that_is_sent_is_found_by_the_database_alone(database: Path) -> None:
    assert find_original((), database) is None
    assert get(database, f"/original/{_report(database)}?path=/etc/passwd").content.startswith(b"%PDF")


def test_paper_has_all_pages_of_a_record_and_names_those_that_it_has_not(own: Path) -> None:
    db = open_database(own)
    report = _report(own)
    for number in range(2, MOST_PRINTED + 4):
        page = {"report_id": report, "number": number, "width": 100, "height": 200, "read_by": "text-layer", "text": ""}
        db.table("pages").upsert(page, pk=("report_id", "number"))
        place = {"record_id": "finding-1", "position": 100 + number, "page": number, "text": "ก", "x0": 1, "top": 1}
        db.table("evidence").insert({**place, "x1": 9, "bottom": 9, "record_table": "findings", "report_id": report})
    db.close()
    page_1 = get(own, "/evidence/finding-1").text
    on_paper = re.findall(rf'src="/page-image/{report}/(\d+).png', page_1)
    assert on_paper == [str(number) for number in range(1, MOST_PRINTED + 2)]
    last = ", ".join(map(str, range(MOST_PRINTED + 2, MOST_PRINTED + 4)))
    assert SAY["not_printed"].format(pages=last) in page_1
    elsewhere = get(own, "/evidence/finding-2?page=3").text  # a page on which it does not stand
    assert re.findall(rf'src="/page-image/{report}/(\d+).png', elsewhere) == ["3"]


def test_records_of_findings_lead_to_their_evidence_by_name(database: Path) -> None:
    record = _one(database, "select record_id from finding_records where finding_id = 'finding-1'")
    shown = unescape(get(database, "/prongsai/finding_records").text)
    text = _one(database, f"select text from actions where id = '{record}'")
    assert f'<a href="/evidence/{record}">การดำเนินการ 1: {text[:40]}' in shown
