"""The pages for readers who use a screen reader, a keyboard, a phone or a dark screen, in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from sqlite_utils import Database

from pipeline.site.words import DATABASE

pytestmark = pytest.mark.browser

GRAVE = ("serious", "critical")
SIX = ("home", "search", "office", "report", "compare", "evidence")
OTHERS = ("help", "downloads", "table", "question", "record", "error")


@pytest.fixture(scope="module")
def addresses(rows: Database) -> dict[str, str]:
    """A page of each kind, with much on it."""
    office, report = rows.execute(
        "select office_id, max(id) from reports where office_id is not null "
        "group by 1 order by count(*) desc, 1 limit 1"
    ).fetchone()
    other = rows.execute("select min(id) from reports where office_id = ?", [office]).fetchone()[0]
    action = rows.execute("select min(record_id) from evidence where page = 2 and record_table = 'actions'").fetchone()[
        0
    ]
    return {
        "home": "/",
        "search": "/search?q=งบ",
        "office": f"/{DATABASE}/offices/{office}",
        "report": f"/{DATABASE}/reports/{report}",
        "compare": f"/compare?left={other}&right={report}",
        "evidence": f"/evidence/{action}",
        "help": "/help",
        "downloads": "/downloads",
        "table": f"/{DATABASE}/actions?_search=งบ",
        "question": f"/{DATABASE}/not_yet_done",
        "record": f"/{DATABASE}/actions/{action}",
        "error": f"/{DATABASE}/nothing",
    }


def _opened(page: Page, address: str) -> Page:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", SIX + OTHERS)
def test_axe_finds_nothing_serious(
    browser: Browser, address: str, addresses: dict[str, str], name: str, scheme: str
) -> None:
    page = browser.new_page(base_url=address, color_scheme=scheme)  # type: ignore[arg-type]
    found = Axe().run(_opened(page, addresses[name])).response["violations"]
    told = [
        f"{violation['id']}: {node['html'][:160]} ({node['failureSummary']})"
        for violation in found
        for node in violation["nodes"][:3]
        if violation["impact"] in GRAVE
    ]
    page.close()
    assert told == []


@pytest.mark.parametrize("name", SIX + OTHERS)
def test_a_phone_shows_the_page_without_scrolling_sideways(
    browser: Browser, address: str, addresses: dict[str, str], name: str
) -> None:
    page = browser.new_page(base_url=address, viewport={"width": 390, "height": 800})
    _opened(page, addresses[name])
    width = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert width <= 390


@pytest.mark.parametrize("name", SIX)
def test_the_first_tab_leads_to_the_content(
    browser: Browser, address: str, addresses: dict[str, str], name: str
) -> None:
    page = _opened(browser.new_page(base_url=address), addresses[name])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.close()


@pytest.mark.parametrize("name", SIX)
def test_the_page_works_without_scripts(browser: Browser, address: str, addresses: dict[str, str], name: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    answer = page.goto(addresses[name])
    assert answer is not None
    assert answer.status == 200
    assert page.locator("h1").count() == 1
    assert page.locator("main").inner_text().strip()
    context.close()
