"""The pages of the site: none fails, all are in Thai, names stand for ids, nothing runs that a report contains."""

import re
from collections import Counter
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urljoin, urlsplit

import httpx
import pytest
from datasette.app import app_root
from sqlite_utils import Database

from db.tables import tables
from pipeline.site.words import DATABASE, plan, words

LINK = re.compile(r'(?:href|formaction)="([^"#]+)')
# Links of one shape (a table's rows; a page with the same arguments) that are followed, and arguments that they have.
OF_ONE_SHAPE = 1
MOST_ARGUMENTS = 1


def _shape(url: str) -> tuple[str, ...]:
    """What addresses of pages of one kind have in common."""
    parts = urlsplit(url)
    path = parts.path.split("/")
    arguments = sorted({name for name, _ in parse_qsl(parts.query)})
    return (*path[:3], str(len(path)), Path(parts.path).suffix, *arguments)


def _is_followed(link: str) -> bool:
    """Whether the page shows something of its own: no search index, no further choice on top of others."""
    return "_fts" not in link and len(parse_qsl(urlsplit(link).query)) <= MOST_ARGUMENTS


def _links(page: httpx.Response) -> set[str]:
    found = (urljoin(str(page.url), unescape(link)) for link in LINK.findall(page.text))
    return {link for link in found if urlsplit(link).netloc == page.url.netloc.decode()}


def test_every_link_of_the_site_leads_to_a_page(client: httpx.Client) -> None:
    waiting, seen, failed = [str(client.base_url)], {str(client.base_url)}, {}
    shapes: Counter[tuple[str, ...]] = Counter()
    while waiting:
        page = client.get(waiting.pop(0))
        if page.status_code != 200:
            failed[str(page.url)] = page.status_code
        if "html" not in page.headers.get("content-type", ""):
            continue
        for link in sorted(_links(page) - seen):
            seen.add(link)
            shapes[_shape(link)] += 1
            if _is_followed(link) and shapes[_shape(link)] <= OF_ONE_SHAPE:
                waiting.append(link)
    assert failed == {}
    assert {f"/{DATABASE}/{table.name}" for table in tables()} <= {urlsplit(link).path for link in seen}


@pytest.mark.parametrize("table", [table.name for table in tables()])
def test_a_table_and_its_columns_have_thai_titles_and_descriptions(client: httpx.Client, table: str) -> None:
    page = client.get(f"/{DATABASE}/{table}").text
    about = next(each for each in tables() if each.name == table)
    assert '<html lang="th">' in page
    assert f"<h1>{about.title_th}</h1>" in page
    assert about.description_th in page
    for column in about.columns.values():
        assert column.title_th in page
        assert column.th in unescape(page)


def test_a_foreign_key_is_shown_by_the_name_of_what_it_points_to(client: httpx.Client, rows: Database) -> None:
    action = next(rows.query("select id, report_id, measure_id from actions limit 1"))
    label = rows.execute("select label from reports where id = ?", [action["report_id"]]).fetchone()[0]
    measure = rows.execute("select text from measures where id = ?", [action["measure_id"]]).fetchone()[0]
    for address in (f"/{DATABASE}/actions?id={action['id']}", f"/{DATABASE}/actions/{action['id']}"):
        page = unescape(client.get(address).text)
        assert f'<a href="/{DATABASE}/reports/{action["report_id"]}">{label}</a>' in page
        assert f'<a href="/{DATABASE}/measures/{action["measure_id"]}">{measure}</a>' in page


def test_the_home_page_tells_what_is_in_the_database(client: httpx.Client, rows: Database) -> None:
    page = client.get("/").text
    for table in ("reports", "measures", "actions"):
        assert f"<b>{rows.table(table).count}</b>" in page
    for (label,) in rows.execute("select label from reports"):
        assert label in page
    for query in plan().query:
        assert query.title in page


def test_a_report_page_shows_its_measures_and_actions_in_printed_order(client: httpx.Client, rows: Database) -> None:
    report = next(rows.query("select id from reports where format = 'docx'"))["id"]
    page = unescape(client.get(f"/{DATABASE}/reports/{report}").text)
    texts = [
        text for (text,) in rows.execute("select text from measures where report_id = ? order by position", [report])
    ]
    places = [page.index(text) for text in texts]
    assert len(texts) > 5
    assert places == sorted(places)
    for (text,) in rows.execute("select text from actions where report_id = ?", [report]):
        assert text in page


def test_a_record_page_shows_where_it_stands_in_the_document(client: httpx.Client, rows: Database) -> None:
    place = next(rows.query("select record_id, line, text from evidence where record_table = 'actions' limit 1"))
    page = unescape(client.get(f"/{DATABASE}/actions/{place['record_id']}").text)
    assert f"บรรทัด {place['line']}" in page
    assert place["text"] in page


def test_markup_in_a_report_is_shown_and_does_not_run(client: httpx.Client, rows: Database) -> None:
    report = next(rows.query("select id from reports where title like '%<script>%'"))["id"]
    action = next(rows.query("select id from actions where text like '%<script>%'"))["id"]
    measure = next(rows.query("select id from measures where text like '%แผน%&%'"))["id"]
    pages = (
        "/", f"/{DATABASE}/reports", f"/{DATABASE}/reports/{report}", f"/{DATABASE}/actions?_search=<script>",
        f"/{DATABASE}/actions/{action}", f"/{DATABASE}/measures/{measure}", f"/{DATABASE}/findings/f1",
        f"/{DATABASE}/actions_over_years?office=ภูเก็ต", f"/{DATABASE}/findings_list", f"/{DATABASE}/pages",
        f"/{DATABASE}/evidence?report_id={report}", f"/{DATABASE}/actions?_search=<script>alert(1)</script>&status=<b>",
        f'/{DATABASE}/actions_over_years?office="><script>alert(1)</script>', "/<script>alert(1)</script>",
    )  # fmt: skip
    for address in pages:
        page = client.get(address).text
        assert "<script>alert" not in page, address
        assert "<img" not in page, address
        assert "<i>ชื่อ" not in page, address
    assert "&lt;script&gt;" in client.get(pages[2]).text


def test_pages_ask_not_to_be_indexed(client: httpx.Client) -> None:
    for address in ("/", f"/{DATABASE}/actions", f"/{DATABASE}/actions.json", f"/{DATABASE}/actions.csv", "/nowhere"):
        page = client.get(address)
        assert page.headers["x-robots-tag"] == "noindex, nofollow"
        if "html" in page.headers["content-type"]:
            assert '<meta name="robots" content="noindex, nofollow">' in page.text


def test_an_unknown_page_tells_so_in_thai(client: httpx.Client, capfd: pytest.CaptureFixture[str]) -> None:
    page = client.get(f"/{DATABASE}/nothing")
    assert page.status_code == 404
    assert words().errors[404] in page.text
    assert client.get(f"/{DATABASE}/nothing.json").json()["ok"] is False
    assert capfd.readouterr().out == ""


def test_sql_can_read_and_cannot_write(client: httpx.Client, rows: Database) -> None:
    count = rows.table("actions").count
    assert client.get(f"/{DATABASE}.json?sql=select count(*) as n from actions").json()["rows"] == [[count]]
    assert client.get(f"/{DATABASE}?sql=delete from actions").status_code == 400
    assert rows.table("actions").count == count


def test_the_wording_put_in_place_is_that_of_the_pinned_datasette() -> None:
    folder = Path(app_root) / "datasette" / "templates"
    for template in words().template:
        source = (folder / template.file).read_text(encoding="utf-8")
        unknown = [english for english, _ in template.replace if english not in source]
        assert unknown in ([], ['<html lang="en">'])  # what Datasette 1.0 has instead


def test_the_plan_names_columns_that_exist(rows: Database) -> None:
    assert [table.name for table in plan().table] != []
    for table in plan().table:
        columns = set(rows.table(table.name).columns_dict)
        assert {*table.show, *table.facets} <= columns
        assert set(table.related) <= {related.name for related in plan().related}
    assert {table.name for table in plan().table} == {table.name for table in tables()}
