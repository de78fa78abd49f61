"""Judging findings and correcting records on the site: whoever is signed in writes, everyone else reads."""

import json
import re
import sqlite3
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest
from datasette import hookimpl
from datasette.plugins import pm
from judged_site import REPORT, Served, send

from pipeline.site.words import DATABASE


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
    again = httpx.get(served.sign_in)
    assert (again.status_code, "ใช้ไปแล้ว" in again.text, "Forbidden" in again.text) == (403, True, False)


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


def test_what_changed_after_a_form_was_opened_is_neither_corrected_nor_marked(served: Served) -> None:
    page = f"/prongsai/actions/{served.action}"
    with served.signed_in() as client:
        opened = client.get(page).text
        (marked,) = re.findall(r'name="seen" value="([^"]+)">\s*<button>', opened)
        (served.folder / "a.txt").write_text(REPORT.replace("๑๒ มกราคม ๒๕๕๙", "๑๓ มกราคม ๒๕๖๐"), encoding="utf-8")
        served.load()
        form = {"record_id": served.action, "field": "dates.1", "value": "๑๒ มกราคม ๒๕๖๔", "reason": "ก"}
        refused = send(client, "/correct", page, **form, seen=seen_date(opened))
        assert refused.status_code == 409
        assert "เปลี่ยนไปหลังจากที่เปิดหน้านี้" in refused.text
        assert "๑๓ มกราคม ๒๕๖๐" in refused.text
        assert send(client, "/checked", page, record_id=served.action, seen=marked).status_code == 409
        again = seen_date(refused.text)
        assert send(client, "/correct", page, **form, seen=again).status_code == 200
        late = send(client, "/correct", page, **(form | {"value": "๑๕ มกราคม ๒๕๖๔"}), seen=again)
        assert late.status_code == 409  # of a second person, who did not see the first one's correction
        assert send(client, "/correct", page, **form, withdraw="1", seen=again).status_code == 409
    assert served.rows("select start from action_dates") == [("2021-01-12",)]


def seen_date(page: str) -> str:
    """What the form of the first date says that its reader saw."""
    return str(re.findall(r'name="field" value="dates.1">\s*<input type="hidden" name="seen" value="([^"]+)"', page)[0])


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


def test_a_judged_finding_that_is_no_more_is_still_told(served: Served) -> None:
    ((finding, message, english),) = served.rows(
        """select id, message_th, message_en from findings where "check" = 'date-out-of-period'"""
    )
    report = f'href="/prongsai/reports/{str(finding).partition("-")[0]}"'
    with served.signed_in() as client:
        send(client, "/judge", "/corrections", finding_id=str(finding), judgement="confirmed")
        correction = {"record_id": served.action, "field": "dates.1", "reason": "พิมพ์ปีผิด", "value": "๑๒ มกราคม ๒๕๖๔"}
        listed = unescape(send(client, "/correct", "/corrections", **correction).text)
    assert served.rows(f"select 1 from findings where id = '{finding}'") == []
    assert f'วันที่อยู่นอกช่วงเวลาของรายงาน: <span lang="th">{message}</span>' in listed
    assert report in listed
    shown = httpx.get(f"{served.address}/corrections", headers={"cookie": "prongsai_language=en"}).text
    assert unescape(shown).count(str(english)) == 1
    file = served.database.parent / "corrections.jsonl"
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert (lines[0]["check"], lines[0]["message_th"]) == ("date-out-of-period", message)
    for name in ("check", "message_th", "message_en"):  # a line of before
        del lines[0][name]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    served.load()
    older = unescape(httpx.get(f"{served.address}/corrections").text)
    assert "ไม่มีข้อค้นพบนี้แล้ว" in older
    assert str(message) not in older
    assert report in older


def test_a_refused_judgement_names_its_finding_and_leads_back_to_it(served: Served) -> None:
    ((message,),) = served.rows(f"select message_th from findings where id = '{served.finding}'")
    with served.signed_in() as client:
        refused = send(client, "/judge", "", finding_id=served.finding, judgement="dismissed", reason=" ")
    assert refused.status_code == 400
    assert str(message) in unescape(refused.text)
    assert refused.text.count(f'href="/evidence/{served.finding}"') == 2  # by its name, and back


def test_the_forms_stand_before_the_evidence_of_a_record(served: Served) -> None:
    with served.signed_in() as client:
        shown = client.get(f"/prongsai/actions/{served.action}").text
    assert 0 < shown.index('id="correcting"') < shown.index("หลักฐานในเอกสาร")


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
