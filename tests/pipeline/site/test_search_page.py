"""The search page: what people see, the same as JSON and CSV, and the ordinary box of the tables."""

import csv
import io
import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from browsing import follow
from playwright.sync_api import Browser
from sqlite_utils import Database

from db.query import parse_query
from db.search_tables import SEARCH_TABLES
from extractors.thai.text import search_fold
from pipeline.site.words import DATABASE


def actions_with(rows: Database, *terms: str) -> set[str]:
    """The truth, by plain substring tests."""
    folded = [search_fold(term) for term in terms]
    texts = rows.execute("select id, text from actions")
    return {row_id for row_id, text in texts if all(term in search_fold(text) for term in folded)}


def ids_of(client: httpx.Client, query: str, **arguments: str) -> list[str]:
    """The ids of the actions found, page by page."""
    found: list[str] = []
    url: str | None = str(httpx.URL("/search.json", params={"q": query, "table": "actions", "size": "3", **arguments}))
    while url:
        answer = client.get(url).json()
        found += [hit["record_id"] for hit in answer["hits"]]
        url = answer["next_url"]
    return found


@pytest.mark.parametrize("query", ["ก", "งบ", "๒๕๖๒", "2562", '"พ.ศ. 2562"', "ประชุม เมื่อ", '"', "<script>"])
def test_every_row_is_found_once_over_the_pages(client: httpx.Client, rows: Database, query: str) -> None:
    found = ids_of(client, query)
    assert len(found) == len(set(found))
    assert set(found) == actions_with(rows, *parse_query(query).terms)


def test_operators_choose_offices_and_years(client: httpx.Client, rows: Database) -> None:
    report, year = rows.execute("select id, fiscal_year from reports where fiscal_year is not null limit 1").fetchone()
    of_report = {row_id for (row_id,) in rows.execute("select id from actions where report_id = ?", (report,))}
    assert of_report <= set(ids_of(client, f"ปี:{year}"))
    hostile = ids_of(client, "office:ภูเก็ต")
    assert hostile
    assert set(ids_of(client, "หน่วยงาน:ภูเก็ต -ศาลากลาง")) < set(hostile)


def test_the_page_shows_marked_hits_that_lead_to_their_evidence(client: httpx.Client) -> None:
    page = client.get("/search", params={"q": "ศาลากลาง", "table": "actions"}).text
    hit = client.get("/search.json", params={"q": "ศาลากลาง", "table": "actions"}).json()["hits"][0]
    assert "<mark>ศาลากลาง</mark>" in page
    assert f'href="/evidence/{hit["record_id"]}"' in page
    assert f'href="/{DATABASE}/reports/{hit["report_id"]}"' in page
    assert client.get(f"/evidence/{hit['record_id']}").status_code == 200


@pytest.mark.parametrize("table", SEARCH_TABLES)
def test_hits_of_every_table_lead_to_a_page_that_is_there(client: httpx.Client, table: str) -> None:
    page = client.get("/search", params={"q": "า", "table": table}).text
    links = re.findall(r'class="found-text"><a href="([^"]+)"', page)
    assert links
    assert client.get(unescape(links[0])).status_code == 200


def test_each_table_has_its_count_and_without_one_the_first_with_hits_is_shown(client: httpx.Client) -> None:
    answer = client.get("/search.json", params={"q": "บึงสมมุติ"}).json()
    counts = {each["table"]: each["count"] for each in answer["tables"]}
    assert counts["actions"] == 0
    assert counts["reports"] == 1
    assert answer["table"] == next(table for table in SEARCH_TABLES if counts[table])


def test_bars_lead_to_the_hits_of_their_year(client: httpx.Client) -> None:
    asked = {"q": "เมื่อวันที่ year:2560-2570", "table": "actions"}
    years = client.get("/search.json", params=asked).json()["years"]
    links = re.findall(r'<a href="(/search\?[^"]+)" aria-label', client.get("/search", params=asked).text)
    assert len(links) == len([year for year in years if year["year"]])
    for link, year in zip(links, years, strict=False):
        arguments = parse_qs(urlsplit(unescape(link)).query)
        assert arguments["q"] == [f"เมื่อวันที่ year:{year['year']}"]
        assert client.get("/search.json", params=arguments).json()["found"]["count"] == year["count"]


def test_a_misspelt_word_is_put_right_from_what_the_database_holds(client: httpx.Client) -> None:
    answer = client.get("/search.json", params={"q": "ภูเก็ท"}).json()
    assert (answer["found"]["count"], answer["suggestion"]) == (0, "ภูเก็ต")
    assert "ภูเก็ต</a>" in client.get("/search", params={"q": "ภูเก็ท"}).text


def test_whole_words_are_told_from_parts_of_words(client: httpx.Client) -> None:
    found = client.get("/search.json", params={"q": "แพร่", "table": "actions"}).json()["found"]["count"]
    whole = client.get("/search.json", params={"q": "แพร่", "table": "actions", "whole": "1"}).json()["found"]["count"]
    assert found > whole == 0


def test_a_file_for_spreadsheets_holds_every_hit_and_runs_no_formula(client: httpx.Client, rows: Database) -> None:
    answer = client.get("/search.csv", params={"q": "คำสั่ง", "table": "actions"})
    assert answer.content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {line["table"] for line in lines} == {"actions"}
    assert {line["id"] for line in lines} == actions_with(rows, "คำสั่ง")
    assert any(line["text"].startswith("'=HYPERLINK") for line in lines)


def test_a_file_holds_whole_texts(client: httpx.Client, rows: Database) -> None:
    answer = client.get("/search.csv", params={"q": "หมู่บ้าน", "table": "pages"})
    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    texts = dict(rows.execute("select report_id || ',' || number, text from pages where length(text) > 300").fetchall())
    assert [line for line in lines if line["id"] in texts]
    for line in lines:
        assert line["text"].removeprefix("'").split() == texts.get(line["id"], line["text"]).split()


@pytest.mark.parametrize("path", ["/search", "/search.json", "/search.csv", "/search.xlsx", f"/{DATABASE}/actions?"])
def test_a_query_longer_than_anyone_types_is_refused_and_not_cut(client: httpx.Client, path: str) -> None:
    answer = client.get(path, params={"q": "ก " * 1001, "_search": "ก " * 1001})
    assert answer.status_code == 400
    assert "2000" in answer.text


@pytest.mark.parametrize("path", ["/search", "/search.json", "/search.csv"])
def test_a_wrong_mark_is_told_and_no_fault(client: httpx.Client, path: str) -> None:
    for mark in ("x", "1.x", "9" * 40 + ".1", f"1.{10**30}", "1"):
        assert client.get(path, params={"q": "ก", "after": mark}).status_code == 400


def test_wrong_arguments_are_passed_over(client: httpx.Client) -> None:
    wrong = {"q": "ก", "table": "sqlite_master", "size": "-1", "years": "x"}
    assert client.get("/search", params=wrong).status_code == 200
    assert client.get("/search").status_code == 200
    assert client.get("/search.json").json()["ok"]


@pytest.mark.parametrize(
    "query", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "javascript:alert(1)", "' or 1=1 --"]
)
def test_what_is_typed_stays_text(client: httpx.Client, query: str) -> None:
    page = client.get("/search", params={"q": query}).text
    assert query not in page or not query.startswith(("<", '"'))
    assert "<script>alert(" not in page
    assert "<img" not in page


@pytest.mark.parametrize(
    "query", ["ก", "๒๕๖๒", '"พ.ศ. 2562"', "เมื่อ -ประชุม", "office:ภูเก็ต", "ปี:2562-2563 ก", "-", '"', "'"]
)
@pytest.mark.parametrize("form", ["json", "csv"])
def test_the_ordinary_box_of_a_table_finds_the_same(client: httpx.Client, query: str, form: str) -> None:
    asked = {"_search": query, "_size": "max"}
    answer = client.get(f"/{DATABASE}/actions.{form}", params=asked)
    assert answer.status_code == 200
    if form == "json":
        found = [row[0] for row in answer.json()["rows"]]
    else:
        found = [row["id"] for row in csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff")))]
    assert sorted(found) == sorted(ids_of(client, query))


def test_a_table_page_has_the_box_with_what_was_typed(client: httpx.Client) -> None:
    page = client.get(f"/{DATABASE}/actions", params={"_search": 'ก "ข'}).text
    assert re.search(r'<input[^>]*name="_search"[^>]*value="ก &#34;ข"', page)
    assert 'name="_search"' not in client.get(f"/{DATABASE}/runs").text


@pytest.mark.parametrize("argument", ["_search_text", "_searchmode", "_fts_table"])
def test_datasettes_other_ways_to_search_are_refused(client: httpx.Client, argument: str) -> None:
    assert client.get(f"/{DATABASE}/actions.json", params={argument: "raw", "_search": "ก"}).status_code == 400


@pytest.mark.browser
@pytest.mark.parametrize("query", ["ก", "งบ", "๒๕๖๒", "2562", "ปิดประกาศ <script>alert"])
def test_people_search_and_turn_pages_in_a_browser(browser: Browser, address: str, rows: Database, query: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(f"{address}/search?table=actions")
    page.fill("#q", query)
    follow(page, "form.search input[type=submit]")
    seen = page.locator("ol.hits > li").count()
    while page.locator("a[rel=next]").count():
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        follow(page, "a[rel=next]")
        seen += page.locator("ol.hits > li").count()
    assert seen == len(actions_with(rows, *parse_query(query).terms))
    page.close()
