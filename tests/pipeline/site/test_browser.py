"""The site in a real browser."""

from collections.abc import Iterator

import pytest
from browsing import follow
from playwright.sync_api import Browser, Page, expect
from sqlite_utils import Database

from extractors.thai.text import search_fold
from pipeline.site.wording import wording_in
from pipeline.site.words import DATABASE

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page that no error or dialog passes unseen on."""
    opened = browser.new_page(base_url=address)
    opened.on("dialog", lambda dialog: pytest.fail(f"a script of a report ran: {dialog.message}"))
    opened.on("pageerror", lambda error: pytest.fail(f"a script failed: {error}"))
    yield opened
    opened.close()


# One letter, two, and twenty; both kinds of digits.
@pytest.mark.parametrize("query", ["ภ", "งบ", "ภูเก็ต", "๒๕๖๑", "2561", "องค์การบริหารส่วนตำบ"])
def test_searching_from_the_home_page_finds_what_a_substring_search_finds(
    page: Page, rows: Database, query: str
) -> None:
    texts = [text for (text,) in rows.execute("select text from actions")]
    page.goto("/")
    page.fill("#q", f'"{query}"')
    follow(page, "form.search input[type=submit]")
    follow(page, f"nav.tabs li:has-text('{wording_in('th').table('actions')}') a")
    expected = [text for text in texts if search_fold(query) in search_fold(text)]
    assert expected
    assert page.locator("nav.tabs a[aria-current]").inner_text().endswith(f"{len(expected):,}")
    shown = page.locator(".found-text")
    assert shown.count() == min(len(expected), 20)
    assert all(each.locator("mark").count() for each in shown.all())


def test_thai_is_set_in_the_bundled_font(page: Page) -> None:
    page.goto(f"/{DATABASE}/actions")
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.fonts.check('16px \"Noto Sans Thai\"', 'ที่ปั้น')")
    loaded = page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)")
    assert any("Noto Sans Thai" in family for family in loaded)
    assert page.evaluate("document.documentElement.lang") == "th"


def test_lines_are_tall_enough_for_marks_above_and_below(page: Page) -> None:
    page.goto(f"/{DATABASE}/actions")
    assert page.evaluate(
        "[...document.querySelectorAll('h1, td, p, li, dd')].every(e => "
        "parseFloat(getComputedStyle(e).lineHeight) >= 1.45 * parseFloat(getComputedStyle(e).fontSize))"
    )


@pytest.mark.parametrize("path", ["/", f"/{DATABASE}", f"/{DATABASE}/actions", f"/{DATABASE}/not_yet_done"])
def test_a_phone_shows_pages_without_scrolling_sideways(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("path", ["not_yet_done", "actions_over_years", "actions", "measures", "assessments"])
def test_a_wide_screen_shows_all_columns(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"/{DATABASE}/{path}")
    assert page.evaluate("(e => e.scrollWidth <= e.clientWidth)(document.querySelector('.table-wrapper'))")


def test_evidence_leads_to_its_line_marked(page: Page, rows: Database) -> None:
    place = next(rows.query("select record_id, line from evidence where record_table = 'actions' and line > 20"))
    page.goto(f"/{DATABASE}/actions/{place['record_id']}")
    follow(page, f".evidence a[href$='#L{place['line']}']")
    line = page.locator(f"#L{place['line']}:target")
    expect(line).to_be_in_viewport()
    expect(line).to_have_css("background-color", "rgb(255, 229, 138)")


def test_the_menu_of_a_column_is_in_thai(page: Page) -> None:
    page.goto(f"/{DATABASE}/actions")
    page.click("th[data-column=status] svg")
    assert page.locator(".dropdown-sort-asc").inner_text() == "เรียงน้อยไปมาก"


def test_markup_in_a_report_does_not_run(page: Page, rows: Database) -> None:
    report = next(rows.query("select id from reports where title like '%<script>%'"))["id"]
    for path in (f"/{DATABASE}/reports/{report}", f"/{DATABASE}/actions?_search=<script>", "/"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
    assert page.locator("script", has_text="alert").count() == 0
