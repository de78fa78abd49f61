"""Judging and correcting in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import follow
from judged_site import REPORT, Served, with_judgements
from playwright.sync_api import Browser


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


@pytest.mark.browser
def test_what_a_person_dismisses_and_corrects_in_a_browser_is_kept_when_reports_are_loaded_again(
    served: Served, browser: Browser
) -> None:
    page = browser.new_page(base_url=served.address, viewport={"width": 390, "height": 800})
    page.goto(served.sign_in)
    page.goto(f"/evidence/{served.finding}")
    page.get_by_label("เหตุผล (ต้องระบุเมื่อไม่ใช่ปัญหา)").fill("ทำแล้วในไตรมาสถัดไป")
    follow(page, page.get_by_role("button", name="ไม่ใช่ปัญหา"))
    assert page.locator(".judging .tag.dismissed").count() == 1
    page.goto(f"/evidence/{served.action}")
    page.locator("#correct-dates-1 summary").click()
    page.locator("#value-dates-1").fill("๑๒ มกราคม ๒๕๖๔")
    page.locator("#reason-dates-1").fill("พิมพ์ปีผิด")
    follow(page, page.locator("#correct-dates-1").get_by_role("button", name="บันทึกการแก้ไข"))
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
