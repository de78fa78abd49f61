"""The page of evidence in a real browser: boxes over the right words, steps, sizes, a phone."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import LATE, follow, late
from evidence_site import PDF, make_database
from PIL import Image
from playwright.sync_api import Browser, Locator, Page
from serving import served
from sqlite_utils import Database

from pipeline.site.application import make_site

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_database(tmp_path_factory.mktemp("evidence"))


@pytest.fixture(scope="module")
def evidence_address(database: Path) -> Iterator[str]:
    with served(late(make_site(database).app())) as address:
        yield address


@pytest.fixture
def page(browser: Browser, evidence_address: str) -> Iterator[Page]:
    """A page that no dialog passes unseen on."""
    opened = browser.new_page(base_url=evidence_address, viewport={"width": 1400, "height": 1000})
    opened.on("dialog", lambda dialog: pytest.fail(f"a script of a report ran: {dialog.message}"))
    opened.on("pageerror", lambda error: pytest.fail(f"a script failed: {error}"))
    yield opened
    opened.close()


def _open(page: Page, path: str) -> None:
    page.goto(path)
    page.wait_for_function("(document.querySelector('.sheet-paper img') || {}).naturalWidth > 0")


def _dark_share(page: Page, x: float, y: float, width: float, height: float) -> float:
    shot = page.screenshot(clip={"x": x, "y": y, "width": width, "height": height})
    image = Image.open(io.BytesIO(shot)).convert("L")
    return sum(image.histogram()[:128]) / (image.width * image.height)


def _place(element: Locator) -> tuple[float, float, float, float]:
    box = element.bounding_box()
    assert box is not None
    return box["x"], box["y"], box["width"], box["height"]


@pytest.mark.parametrize("width", [1400, 390], ids=["desk", "phone"])
def test_a_finding_leads_to_its_page_with_the_box_over_the_words(page: Page, database: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 1000})
    page.goto("/prongsai/findings/finding-1")
    follow(page, "main a[href^='/evidence/finding-1']")
    page.wait_for_function("document.querySelector('.sheet-paper img').naturalWidth > 0")
    report, number = page.locator(".sheet-paper img").get_attribute("src").split("/")[2:4]  # type: ignore[union-attr]
    db = Database(database)
    size = next(
        db.query("select width, height from pages where report_id = ? and number = ?", [report, number.split(".")[0]])
    )
    places = list(db.query("select * from evidence where record_id = 'finding-1' and page = ?", [number.split(".")[0]]))
    db.close()
    left, top, across, down = _place(page.locator(".sheet-paper img"))
    assert page.locator("rect.own").count() == len(places)
    for rect, place in zip(page.locator("rect.own").all(), places, strict=True):
        x, y, wide, high = page.evaluate(
            "e => { const b = e.getBBox(), s = e.ownerSVGElement.getBoundingClientRect(), v = e.ownerSVGElement.viewBox"
            ".baseVal; return [s.left + b.x / v.width * s.width, s.top + b.y / v.height * s.height,"
            " b.width / v.width * s.width, b.height / v.height * s.height] }",
            rect.element_handle(),
        )
        assert x == pytest.approx(left + place["x0"] / size["width"] * across, abs=1)
        assert y == pytest.approx(top + place["top"] / size["height"] * down, abs=1)
        assert wide == pytest.approx((place["x1"] - place["x0"]) / size["width"] * across, abs=1)
        assert high == pytest.approx((place["bottom"] - place["top"]) / size["height"] * down, abs=1)
    page.check(".hide-boxes")
    assert not page.locator("svg.boxes").is_visible()
    rect = places[0]
    x, y = left + rect["x0"] / size["width"] * across, top + rect["top"] / size["height"] * down
    wide = (rect["x1"] - rect["x0"]) / size["width"] * across
    high = (rect["bottom"] - rect["top"]) / size["height"] * down
    assert _place(page.locator(".sheet-frame"))[1] <= y, "the box is in sight"
    margin = (left + 0.01 * across, y, 0.05 * across, high)
    assert _dark_share(page, x, y, wide, high) > 0.03
    assert _dark_share(page, *margin) == 0


def test_the_box_is_in_sight_where_the_page_opens_and_after_zooming(page: Page) -> None:
    _open(page, "/evidence/finding-2")
    for size in (".sheet-tools input[name=zoom] >> nth=0", ".zoom-more", ".zoom-most"):
        page.check(size)
        frame = _place(page.locator(".sheet-frame"))
        _, top, _, high = _place(page.locator("rect.own").first)
        assert frame[1] <= top and top + high <= frame[1] + frame[3]
    paper, frame = _place(page.locator(".sheet-paper")), _place(page.locator(".sheet-frame"))
    assert paper[2] == pytest.approx(2.5 * frame[2], rel=0.03)


def test_another_record_on_the_page_is_opened_by_its_box(page: Page) -> None:
    _open(page, "/evidence/finding-1")
    link = page.locator("svg.boxes a").first
    target = link.get_attribute("href")
    page.locator("svg.boxes a rect").first.click(position={"x": 3, "y": 3})
    page.wait_for_url(f"**{target}")
    assert page.locator("h1").count() == 1


def test_keys_step_to_other_records_but_not_out_of_a_field(page: Page) -> None:
    _open(page, "/evidence/finding-1")
    page.evaluate("document.querySelector('.hide-boxes').focus()")
    page.keyboard.press("j")
    page.keyboard.press("Control+j")
    page.wait_for_timeout(5000 * LATE)
    assert page.url.endswith("/evidence/finding-1")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    page.wait_for_url("**/evidence/finding-2")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/evidence/finding-1")


def test_an_image_that_fails_is_told_and_the_text_stays(page: Page) -> None:
    page.route("**/page-image/**", lambda route: route.fulfill(status=503, body="busy"))
    page.goto("/evidence/finding-1")
    page.locator(".no-image").wait_for(state="visible")
    assert not page.locator(".sheet-frame").is_visible()
    assert page.locator("ol.lines").first.is_visible()


def test_the_page_works_without_scripts(browser: Browser, evidence_address: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=evidence_address)
    plain = context.new_page()
    plain.goto("/evidence/finding-1")
    assert plain.locator("rect.own").first.is_visible()
    plain.check(".hide-boxes")
    assert not plain.locator("svg.boxes").is_visible()
    follow(plain, "a[rel=next]")
    assert plain.url.endswith("/evidence/finding-2")
    context.close()


def test_markup_in_a_report_does_not_run(page: Page, database: Path) -> None:
    db = Database(database)
    action = db.execute("select id from actions where text like '%<script>%'").fetchone()[0]
    db.close()
    page.goto(f"/evidence/{action}")
    page.wait_for_load_state("networkidle")
    assert page.locator("script", has_text="alert").count() == 0
    assert "<script>alert('งบ')</script>" in page.locator(".full").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_it_without_scrolling_sideways(page: Page, scheme: str, database: Path) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": 390, "height": 800})
    db = Database(database)
    report = db.execute("select id from reports where format = 'pdf'").fetchone()[0]
    db.close()
    for path in ("/evidence/finding-1", "/evidence/old", f"/prongsai/pages/{report},1"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_another_page_of_the_document_is_gone_to_by_its_number(page: Page) -> None:
    _open(page, "/evidence/finding-1?page=1")
    page.fill("#go-to-page", "2")
    page.press("#go-to-page", "Enter")
    page.wait_for_url("**/evidence/finding-1?page=2")
    assert "/2.png" in (page.locator(".sheet-paper img").get_attribute("src") or "")


def test_on_a_phone_the_image_stands_in_the_upper_half(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    _open(page, "/evidence/finding-1")
    assert _place(page.locator(".sheet-frame"))[1] < 422


def test_on_paper_stand_image_and_facts_without_what_is_to_be_clicked(page: Page) -> None:
    page.emulate_media(media="print")
    _open(page, "/evidence/finding-1")
    assert page.locator(".printed-head").is_visible()
    assert page.locator("rect.own").first.is_visible()
    assert page.locator(".evidence-told mark").first.is_visible()
    for hidden in ("a[href^='/original/']", ".sheet-tools", ".sheet-pages form", ".steps", "details:not([open])"):
        assert not any(each.is_visible() for each in page.locator(f"main {hidden}").all()), hidden


def test_the_original_is_saved_and_not_opened(page: Page, database: Path) -> None:
    _open(page, "/evidence/finding-1")
    with page.expect_download() as saved:
        page.click("a[href^='/original/']")
    assert saved.value.suggested_filename == PDF
