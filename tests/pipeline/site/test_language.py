"""The switch between Thai and English: kept in a cookie, on every page, and leading nowhere else."""

import re

import httpx
import pytest
from browsing import follow
from playwright.sync_api import Browser

from pipeline.site.addresses import local_path
from pipeline.site.application import make_site
from pipeline.site.language import COOKIE
from pipeline.site.wording import wording_in
from pipeline.site.words import DATABASE, words

THAI = re.compile("[ก-๛]")
PAGES = ("/", f"/{DATABASE}", f"/{DATABASE}/actions", f"/{DATABASE}/findings_list", f"/{DATABASE}/no_such_table")


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_in_thai_unless_english_is_asked_for(client: httpx.Client, path: str) -> None:
    assert '<html lang="th">' in client.get(path).text
    page = client.get(path, headers={"cookie": f"{COOKIE}=en"}).text
    assert '<html lang="en">' in page
    assert words("en").say["site"]["home"] in page or words("en").say["site"]["search"] in page


def test_english_is_kept_once_it_is_chosen(address: str) -> None:
    with httpx.Client(base_url=address, follow_redirects=True) as reader:
        page = reader.get("/language", params={"to": "en", "next": f"/{DATABASE}/actions?_search=งบ"})
        assert page.url.path == f"/{DATABASE}/actions"
        assert page.url.params["_search"] == "งบ"
        assert wording_in("en").table("actions") in page.text
        assert '<html lang="en">' in reader.get("/").text
        reader.get("/language", params={"to": "th", "next": "/"})
        assert '<html lang="th">' in reader.get("/").text


def test_the_words_of_tables_and_codes_are_english_too(client: httpx.Client) -> None:
    page = client.get(f"/{DATABASE}/actions", headers={"cookie": f"{COOKIE}=en"}).text
    ui = wording_in("en")
    assert f"<h1>{ui.table('actions')}" in page
    assert ui.column_meaning("actions", "status") in page
    assert ui.value("status", "reported") in page


@pytest.mark.parametrize("cookie", ["", "xx", "\x22", "<script>"])
def test_a_language_that_is_none_is_thai(client: httpx.Client, cookie: str) -> None:
    page = client.get("/", headers={"cookie": f"{COOKIE}={cookie}"})
    assert page.status_code == 200
    assert '<html lang="th">' in page.text


@pytest.mark.parametrize(
    "asked",
    [
        None,
        "",
        "http://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\/evil",
        "javascript:alert(1)",
        "/a\r\nb: c",
        "/a b",
    ],
)
def test_a_page_leads_back_to_this_site_only(database: object, asked: str | None) -> None:
    assert local_path(make_site(database), asked) == "/"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "led"),
    [("/a?b=c&d=%E0%B8%81", "/a?b=c&d=%E0%B8%81"), ("/ค้น?q=ก", "/%E0%B8%84%E0%B9%89%E0%B8%99?q=%E0%B8%81")],
)
def test_a_path_of_this_site_is_kept(database: object, asked: str, led: str) -> None:
    assert local_path(make_site(database), asked) == led  # type: ignore[arg-type]


@pytest.mark.browser
def test_a_reader_switches_to_english_and_stays_there(browser: Browser, address: str) -> None:
    page = browser.new_page(base_url=address)
    page.goto(f"/{DATABASE}/measures")
    follow(page, "a.language")
    assert page.url.endswith(f"/{DATABASE}/measures")
    assert page.locator("html").get_attribute("lang") == "en"
    follow(page, "nav.site-menu a.brand")
    assert page.locator("html").get_attribute("lang") == "en"
    follow(page, "a.language")
    assert page.locator("html").get_attribute("lang") == "th"
