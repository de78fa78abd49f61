"""Judging findings and correcting records on the site: whoever is signed in writes, everyone else reads."""

import re
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from datasette import hookimpl
from datasette.plugins import pm
from playwright.sync_api import Browser

from db.schema import open_database
from pipeline.acts import correct_field, judge_finding, mark_checked
from pipeline.files import walk
from pipeline.ingest import ingest
from pipeline.settings import Settings
from pipeline.site.application import make_site
from pipeline.site.server import address_of, listen, sign_in_link
from pipeline.site.words import DATABASE

REPORT = """รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. 2564

องค์การบริหารส่วนตำบลหนองบัวทอง

ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2563 คะแนน 81.25 ระดับ B

ที่\tตัวชี้วัด\tมาตรการ\tการดำเนินการตามมาตรการ
๑\tการใช้งบประมาณ\t๑. เผยแพร่แผนการใช้จ่ายงบประมาณ\t๑. ปิดประกาศแผน เมื่อวันที่ ๑๒ มกราคม ๒๕๕๙ ๒. ติดป้าย <b>งบ</b> (ยังไม่ได้ดำเนินการ)
๒\tการป้องกันการทุจริต\t๑. ประกาศเจตจำนงสุจริต\t๑. ผู้บริหารลงนามประกาศ และอ่านต่อที่ประชุมพนักงานทุกส่วนราชการ
"""


class Served(NamedTuple):
    """A site over a database that may be written to, and what is in it."""

    database: Path
    folder: Path
    address: str
    sign_in: str
    action: str
    finding: str
    site: Any = None

    @contextmanager
    def signed_in(self) -> Iterator[httpx.Client]:
        with httpx.Client(base_url=self.address, follow_redirects=True, timeout=40) as client:
            assert client.get(self.sign_in).status_code == 200
            yield client

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        connection = sqlite3.connect(self.database)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def load(self) -> None:
        db = open_database(self.database)
        try:
            with ThreadPoolExecutor(1) as pool:
                ingest(db, self.database, walk([self.folder]), Settings(), pool, lambda *_: None)
        finally:
            db.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "a.txt").write_text(REPORT, encoding="utf-8")
    database = tmp_path / "any.db"
    made = Served(database, folder, "", "", "", "")
    made.load()
    ((action,),) = made.rows("select id from actions where text like '%ปิดประกาศ%'")
    ((finding,),) = made.rows("""select id from findings where "check" = 'action-not-done'""")
    site = make_site(database)
    listening = listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(site.app(), log_level="warning", lifespan="on"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    address = address_of(listening)
    yield made._replace(
        address=address.rstrip("/"),
        sign_in=sign_in_link(site, address),
        action=str(action),
        finding=str(finding),
        site=site,
    )
    server.should_exit = True
    thread.join()


def send(client: httpx.Client, path: str, page: str, **form: str) -> httpx.Response:
    """Sends a form as the page that holds it does, with its token."""
    token = re.search(r'name="csrftoken" value="([^"]+)"', client.get(page).text)
    assert token
    return client.post(path, data={"csrftoken": token[1], "next": page, **form})


def test_one_who_is_not_signed_in_sees_no_form_and_writes_nothing(served: Served) -> None:
    with httpx.Client(base_url=served.address) as client:
        for page in (
            f"/evidence/{served.finding}",
            f"/prongsai/findings/{served.finding}",
            f"/evidence/{served.action}",
        ):
            shown = client.get(page)
            assert shown.status_code == 200
            assert 'method="post"' not in shown.text
        for path, form in (
            ("/judge", {"finding_id": served.finding, "judgement": "confirmed"}),
            ("/correct", {"record_id": served.action, "field": "text", "value": "ก", "reason": "ก"}),
            ("/checked", {"record_id": served.action}),
        ):
            assert client.post(path, data=form).status_code == 403
    assert not (served.database.parent / "corrections.jsonl").exists()


def test_a_form_from_another_site_is_refused(served: Served) -> None:
    with served.signed_in() as client:
        form = {"finding_id": served.finding, "judgement": "confirmed"}
        headers = {"origin": "https://elsewhere.example", "sec-fetch-site": "cross-site"}
        assert client.post("/judge", data=form, headers=headers).status_code == 403
        assert client.get("/judge", params=form).status_code == 400
    assert served.rows("select judgement from findings where judgement is not null") == []


def test_the_link_signs_in_once(served: Served) -> None:
    with served.signed_in() as client:
        assert "root" in client.get("/").text
    assert httpx.get(served.sign_in).status_code == 403


def test_a_finding_is_dismissed_with_a_reason_and_the_judgement_withdrawn(served: Served) -> None:
    page = f"/evidence/{served.finding}"
    with served.signed_in() as client:
        refused = send(client, "/judge", page, finding_id=served.finding, judgement="dismissed")
        assert (refused.status_code, "โปรดระบุเหตุผล" in refused.text) == (400, True)
        done = send(client, "/judge", page, finding_id=served.finding, judgement="dismissed", reason="<i>ทำแล้ว</i>")
        assert (done.status_code, done.url.path) == (200, page)
        assert "&lt;i&gt;ทำแล้ว&lt;/i&gt;" in done.text
        assert served.rows("select judgement from findings where judgement is not null") == [("dismissed",)]
        assert send(client, "/judge", page, finding_id=served.finding, judgement="withdrawn").status_code == 200
        assert send(client, "/judge", page, finding_id="nowhere", judgement="confirmed").status_code == 404
        assert send(client, "/judge", page, finding_id=served.finding, judgement="maybe").status_code == 400
    assert served.rows("select judgement from findings where judgement is not null") == []
    assert served.rows("select who, state from corrections") == [("root", "withdrawn"), ("root", "applied")]


def test_a_correction_is_shown_beside_what_was_read_and_what_is_printed(served: Served) -> None:
    page = f"/prongsai/actions/{served.action}"
    with served.signed_in() as client:
        form = {"record_id": served.action, "field": "dates.1", "reason": "พิมพ์ปีผิด"}
        refused = send(client, "/correct", page, **form, value="เมื่อวาน")
        assert refused.status_code == 400
        assert 'value="เมื่อวาน"' in refused.text  # to be mended
        shown = send(client, "/correct", page, **form, value="๑๒ มกราคม ๒๕๖๔")
        assert "อ่านได้ว่า “12 ม.ค. 2559” แก้เป็น “12 ม.ค. 2564”" in shown.text
        assert "พิมพ์ปีผิด" in shown.text
        assert "๑๒ มกราคม ๒๕๕๙" in shown.text
        with httpx.Client(base_url=served.address) as reader:
            assert "แก้เป็น “12 ม.ค. 2564”" in reader.get(page).text
            english = reader.get(page, headers={"cookie": "prongsai_language=en"}).text
            assert "corrected to “12 Jan 2021”" in english
        assert served.rows("select start from action_dates") == [("2021-01-12",)]
        assert send(client, "/correct", page, record_id=served.action, field="dates.1", withdraw="1").status_code == 200
        assert send(client, "/correct", page, **(form | {"record_id": "nowhere"}), value="1").status_code == 404
    assert served.rows("select start from action_dates") == [("2016-01-12",)]


def test_a_record_is_marked_as_checked(served: Served) -> None:
    page = f"/evidence/{served.action}"
    with served.signed_in() as client:
        assert "มีผู้ตรวจกับต้นฉบับแล้ว" in send(client, "/checked", page, record_id=served.action).text
        assert "มีผู้ตรวจกับต้นฉบับแล้ว" not in send(client, "/checked", page, record_id=served.action, withdraw="1").text


@pytest.mark.parametrize(
    "to", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:0"]
)
def test_no_form_leads_to_another_site(served: Served, to: str) -> None:
    with served.signed_in() as client:
        client.follow_redirects = False
        answer = send(client, "/checked", f"/evidence/{served.action}", record_id=served.action, next=to)
        assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_a_corrections_file_that_cannot_be_written_is_told(served: Served) -> None:
    (served.database.parent / "corrections.jsonl").mkdir()
    page = f"/evidence/{served.action}"
    with served.signed_in() as client:
        shown = client.get(page).text
        assert 'action="/checked"' not in shown
        assert "เปิดไฟล์ corrections.jsonl ไม่ได้" in shown
        answer = send(client, "/checked", page, record_id=served.action)
        assert (answer.status_code, "corrections.jsonl" in answer.text) == (503, True)


def test_a_damaged_line_is_told_with_its_number_and_no_form_is_offered(served: Served) -> None:
    with served.signed_in() as client:
        assert 'class="damage"' not in client.get("/corrections").text
        (served.database.parent / "corrections.jsonl").write_text("\n\n{\n", encoding="utf-8")
        for page in (f"/evidence/{served.finding}", f"/prongsai/actions/{served.action}"):
            shown = client.get(page).text
            assert "อ่านบรรทัดที่ 3 ไม่ได้" in shown
            assert not re.search('action="/(judge|correct|checked)"', shown)
    listed = httpx.get(f"{served.address}/corrections").text
    assert "อ่านบรรทัดที่ 3 ไม่ได้" in listed
    assert str(served.database.parent) not in listed


@pytest.mark.parametrize("which", ["any.db", "corrections.jsonl", "."])
def test_no_form_is_offered_where_nothing_can_be_written(
    served: Served, monkeypatch: pytest.MonkeyPatch, which: str
) -> None:
    shut = served.database.parent / which
    (served.database.parent / "corrections.jsonl").touch()
    monkeypatch.setattr("pipeline.site.judging_page.os.access", lambda path, _: Path(path) != shut)
    with served.signed_in() as client:
        for page in (f"/evidence/{served.finding}", f"/evidence/{served.action}"):
            shown = client.get(page).text
            assert f"ไม่มีสิทธิ์เขียน “{shut.name}”" in shown
            assert not re.search('action="/(judge|correct|checked)"', shown)


def test_one_who_is_not_signed_in_is_told_how_at_a_finding_only(served: Served) -> None:
    assert "ลิงก์เข้าสู่ระบบ" in httpx.get(f"{served.address}/evidence/{served.finding}").text
    assert "ลิงก์เข้าสู่ระบบ" not in httpx.get(f"{served.address}/evidence/{served.action}").text
    with served.signed_in() as client:
        assert "ลิงก์เข้าสู่ระบบ" not in client.get(f"/evidence/{served.finding}").text
    served.site.get_database(DATABASE).is_mutable = False
    assert "ลิงก์เข้าสู่ระบบ" not in httpx.get(f"{served.address}/evidence/{served.finding}").text


def test_the_list_says_what_was_judged_also_of_judgements_that_hold_no_more(served: Served) -> None:
    page = f"/evidence/{served.finding}"
    with served.signed_in() as client:
        send(client, "/judge", page, finding_id=served.finding, judgement="confirmed")
        send(client, "/judge", page, finding_id=served.finding, judgement="dismissed", reason="ทำแล้ว")
        listed = client.get("/corrections").text
        assert re.findall(r'<tr class="(\w+)">', listed) == ["dismissed", "superseded"]
        assert re.findall("<b>([^<]+)</b>", listed) == ["ไม่ใช่ปัญหา", "ยืนยันว่าเป็นปัญหา"]
        assert "ยืนยันว่าเป็นปัญหา" in client.get(page).text.partition("<details>")[2]


def test_a_date_that_could_not_be_read_is_said_to_be_none(served: Served) -> None:
    (served.folder / "a.txt").write_text(REPORT.replace("๑๒ มกราคม ๒๕๕๙", "๓๑ มิถุนายน ๒๕๖๔"), encoding="utf-8")
    served.load()
    page = f"/evidence/{served.action}"
    with served.signed_in() as client:
        assert 'วันที่ที่ 1 ในข้อความ: <span lang="th">อ่านเป็นวันที่ไม่ได้</span>' in client.get(page).text
        form = {"record_id": served.action, "field": "dates.1", "reason": "พิมพ์ผิด"}
        shown = send(client, "/correct", page, **form, value="๓๐ มิถุนายน ๒๕๖๔").text
        assert "อ่านเป็นวันที่ไม่ได้ แก้เป็น “30 มิ.ย. 2564”" in shown


def test_a_corrected_year_is_shown_as_corrected_and_not_as_stated(served: Served) -> None:
    ((report,),) = served.rows("select id from reports")
    page = f"/prongsai/reports/{report}"
    with served.signed_in() as client:
        assert "ระบุในเอกสาร" in client.get(page).text
        form = {"record_id": str(report), "field": "fiscal_year", "reason": "พิมพ์ผิด"}
        shown = send(client, "/correct", page, **form, value="2563").text
        assert "ระบุในเอกสาร" not in shown
        assert "อ่านได้ว่า “2564” แก้เป็น “2563”" in shown


def test_one_who_comes_while_reports_are_loaded_is_told_to_try_again(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.schema._PATIENCE", 0.1)
    loading = sqlite3.connect(served.database, isolation_level=None)
    loading.execute("begin immediate")
    with served.signed_in() as client:
        answer = send(client, "/checked", f"/evidence/{served.action}", record_id=served.action)
        assert (answer.status_code, "กำลังมีการนำเข้ารายงาน" in answer.text) == (503, True)
    loading.close()
    assert not (served.database.parent / "corrections.jsonl").exists()


def test_an_immutable_database_takes_no_forms(served: Served) -> None:
    page = f"/evidence/{served.action}"
    with served.signed_in() as client:
        token = re.search(r'name="csrftoken" value="([^"]+)"', client.get(page).text)
        assert token
        served.site.get_database(DATABASE).is_mutable = False
        assert "/checked" not in client.get(page).text
        answer = client.post("/checked", data={"csrftoken": token[1], "record_id": served.action})
        assert (answer.status_code, "อ่านได้อย่างเดียว" in answer.text) == (403, True)


def test_the_list_has_what_no_longer_fits_first(served: Served) -> None:
    with served.signed_in() as client:
        page = f"/evidence/{served.action}"
        form = {"record_id": served.action, "field": "dates.1", "reason": "<b>งบ</b>"}
        send(client, "/correct", page, **form, value="๑๒ มกราคม ๒๕๖๔")
        send(client, "/checked", page, record_id=served.action)
        send(client, "/judge", f"/evidence/{served.finding}", finding_id=served.finding, judgement="confirmed")
        (served.folder / "a.txt").write_text(REPORT.replace("๒๕๕๙", "๒๕๖๐"), encoding="utf-8")
        served.load()
        shown = client.get("/corrections").text
        states = re.findall(r'<tr class="(\w+)">', shown)
        assert states == ["stale", "stale", "confirmed"]
        assert "&lt;b&gt;งบ&lt;/b&gt;" in shown
        only = client.get("/corrections?state=confirmed&page=99").text
        assert re.findall(r'<tr class="(\w+)">', only) == ["confirmed"]
        assert client.get("/corrections?state=%27;drop&page=x").status_code == 200


class SignIn:
    """A plugin that signs people in by a way of its own."""

    @hookimpl
    def actor_from_request(self, request: Any) -> dict[str, str] | None:
        return {"id": "สมชาย"} if request.headers.get("x-signed-in") else None


def test_whoever_a_plugin_signs_in_may_write_under_their_own_id(served: Served) -> None:
    pm.register(SignIn(), name="test-sign-in")
    try:
        answer = httpx.post(
            f"{served.address}/checked", data={"record_id": served.action}, headers={"x-signed-in": "1"}, timeout=40
        )
    finally:
        pm.unregister(name="test-sign-in")
    assert answer.status_code == 303
    assert served.rows("select who, state from corrections") == [("สมชาย", "checked")]


@pytest.mark.browser
def test_the_forms_and_the_list_can_be_used_by_everyone(served: Served, browser: Browser) -> None:
    page = browser.new_page(base_url=served.address)
    page.goto(served.sign_in)
    with_judgements(served)
    for path, part in (
        (f"/evidence/{served.finding}", ".judging"),
        (f"/prongsai/actions/{served.action}", ".correcting"),
        ("/corrections", "main"),
    ):
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        found = Axe().run(page, part)
        grave = [each["id"] for each in found.response["violations"] if each["impact"] in ("serious", "critical")]
        assert grave == [], found.generate_report()
    page.close()


def with_judgements(served: Served) -> None:
    """A correction, a mark and a judgement."""
    db = open_database(served.database)
    correct_field(db, served.database, served.action, "dates.1", "๑๒ มกราคม ๒๕๖๔", "ก", "ข")
    mark_checked(db, served.database, served.action, "ข")
    judge_finding(db, served.database, served.finding, "confirmed", None, "ข")
    db.close()


@pytest.mark.browser
def test_what_a_person_dismisses_and_corrects_in_a_browser_is_kept_when_reports_are_loaded_again(
    served: Served, browser: Browser
) -> None:
    page = browser.new_page(base_url=served.address, viewport={"width": 390, "height": 800})
    page.goto(served.sign_in)
    page.goto(f"/evidence/{served.finding}")
    page.get_by_label("เหตุผล (ต้องระบุเมื่อไม่ใช่ปัญหา)").fill("ทำแล้วในไตรมาสถัดไป")
    page.get_by_role("button", name="ไม่ใช่ปัญหา").click()
    page.wait_for_url(f"**/evidence/{served.finding}*")
    assert page.locator(".judging .tag.dismissed").count() == 1
    page.goto(f"/evidence/{served.action}")
    page.locator("#correct-dates-1 summary").click()
    page.locator("#value-dates-1").fill("๑๒ มกราคม ๒๕๖๔")
    page.locator("#reason-dates-1").fill("พิมพ์ปีผิด")
    page.locator("#correct-dates-1").get_by_role("button", name="บันทึกการแก้ไข").click()
    page.wait_for_url(f"**/evidence/{served.action}*")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    (served.folder / "a.txt").write_text(REPORT.replace("ผู้บริหารลงนาม", "นายกลงนาม"), encoding="utf-8")
    served.load()
    page.goto(f"/evidence/{served.action}")
    assert "แก้เป็น “12 ม.ค. 2564”" in page.locator(".correcting").inner_text()
    page.goto(f"/evidence/{served.finding}")
    assert "ทำแล้วในไตรมาสถัดไป" in page.locator(".judging").inner_text()
    page.close()
    assert served.rows("select start from action_dates") == [("2021-01-12",)]
    assert served.rows("select judgement from findings where judgement is not null") == [("dismissed",)]
