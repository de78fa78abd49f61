"""The pages of the site: none fails, all are in Thai, names stand for ids, nothing runs that a report contains."""

import asyncio
import re
import sqlite3
import tomllib
from collections import Counter
from contextlib import closing
from html import unescape
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from urllib.parse import parse_qsl, urljoin, urlsplit

import httpx
import pytest
from datasette.app import app_root
from made_site import text_of
from sqlite_utils import Database

from db.search_tables import register_functions
from db.tables import tables
from extractors.thai.text import fold
from pipeline.site.application import make_site
from pipeline.site.wording import wording_in
from pipeline.site.words import DATABASE, plan, words

LINK = re.compile(r'(?:href|formaction)="([^"#]+)')
# Links of one shape (a table's rows; a page with the same arguments) that are followed, and arguments that they have.
OF_ONE_SHAPE = 1
MOST_ARGUMENTS = 1
# Where findings are listed.
FINDINGS = (f"/{DATABASE}/findings", f"/{DATABASE}/findings_list")


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


def test_a_record_of_a_pdf_file_opens_its_pages_at_the_line(client: httpx.Client, rows: Database) -> None:
    action = next(rows.query("select record_id, report_id from evidence where record_table = 'actions' and page = 2"))
    page = unescape(client.get(f"/{DATABASE}/actions/{action['record_id']}").text)
    assert f'<a href="/{DATABASE}/pages/{action["report_id"]},1#L4">หน้า 1</a>' in page
    assert f'<a href="/{DATABASE}/pages/{action["report_id"]},2#L2">หน้า 2</a>' in page


def test_a_page_tells_what_was_put_right_on_it(client: httpx.Client, rows: Database) -> None:
    repair = next(rows.query("select * from page_repairs"))
    page = unescape(client.get(f"/{DATABASE}/pages/{repair['report_id']},{repair['page']}").text)
    assert f"{wording_in('th').value('damage', repair['damage'])} {repair['count']} แห่ง" in page
    table = unescape(client.get(f"/{DATABASE}/page_repairs").text)
    assert f'<a href="/{DATABASE}/pages/{repair["report_id"]},{repair["page"]}">{repair["page"]}</a>' in table


def test_the_home_page_tells_what_is_in_the_database(client: httpx.Client, rows: Database) -> None:
    page = client.get("/").text
    for table in ("reports", "measures", "actions"):
        assert f"<b>{rows.table(table).count}</b>" in page
    for (label,) in rows.execute("select label from reports"):
        assert label in page
    for query in plan().query:
        assert words().queries[query.name].title in page


def test_a_report_page_shows_its_measures_and_actions_in_printed_order(client: httpx.Client, rows: Database) -> None:
    report = next(rows.query("select id from reports where format = 'docx'"))["id"]
    page = unescape(client.get(f"/{DATABASE}/reports/{report}").text)
    texts = [
        text for (text,) in rows.execute("select text from measures where report_id = ? order by position", [report])
    ]
    places = [page.index(text) for text in texts]
    assert len(texts) > 5
    assert places == sorted(places)
    shown = text_of(page)
    for (text,) in rows.execute("select text from actions where report_id = ?", [report]):
        assert " ".join(text.split()) in shown


def test_a_record_page_shows_where_it_stands_in_the_document(client: httpx.Client, rows: Database) -> None:
    place = next(rows.query("select record_id, line, text from evidence where record_table = 'actions' limit 1"))
    page = unescape(client.get(f"/{DATABASE}/actions/{place['record_id']}").text)
    report = rows.execute("select report_id from actions where id = ?", [place["record_id"]]).fetchone()[0]
    assert f'<a href="/{DATABASE}/pages/{report},1#L{place["line"]}">บรรทัด {place["line"]}</a>' in page
    assert place["text"] in page


@pytest.mark.parametrize("form", ["text", "html", "docx"])
def test_the_line_that_evidence_names_holds_its_text(client: httpx.Client, rows: Database, form: str) -> None:
    report = next(rows.query("select id from reports where format = ?", [form]))["id"]
    page = unescape(client.get(f"/{DATABASE}/pages/{report},1").text)
    lines = dict(re.findall(r'<li id="L(\d+)">(.*?)</li>', page, re.DOTALL))
    places = list(rows.query("select line, text from evidence where report_id = ?", [report]))
    assert places
    for place in places:
        assert fold(place["text"]) in fold(lines[str(place["line"])])


def test_a_record_page_names_its_report_and_its_source_file(client: httpx.Client, rows: Database) -> None:
    action = next(rows.query("select id, report_id, text from actions where text like 'นายก%'"))
    label = rows.execute("select label from reports where id = ?", [action["report_id"]]).fetchone()[0]
    path = rows.execute("select path_or_url from sources where report_id = ?", [action["report_id"]]).fetchone()[0]
    for address in (f"actions/{action['id']}", f"pages/{action['report_id']},1", f"reports/{action['report_id']}"):
        page = unescape(client.get(f"/{DATABASE}/{address}").text)
        assert f'<b title="{path}">{Path(path).name}</b>' in page
        assert label in page[page.index("<title>") : page.index("</title>")]
    page = unescape(client.get(f"/{DATABASE}/actions/{action['id']}").text)
    assert f"<title>การดำเนินการ: {action['text'][:60]}" in page
    assert f">การดำเนินการ: {action['text'][:60]}" in page[page.index("<h1") : page.index("</h1>")]


def test_reports_are_told_apart_by_their_titles(client: httpx.Client, rows: Database) -> None:
    titles = set()
    for report, label in rows.execute("select id, label from reports"):
        page = unescape(client.get(f"/{DATABASE}/reports/{report}").text)
        titles.add(re.search("<title>(.*?)</title>", page, re.DOTALL)[1].strip())  # type: ignore[index]
        assert label in page[page.index("<h1") : page.index("</h1>")]
        assert f"{label} · {words().title}" in titles
    assert len(titles) == rows.table("reports").count


def test_a_measure_lists_its_actions(client: httpx.Client, rows: Database) -> None:
    measure = next(rows.query("select measure_id as id from actions group by 1 order by count(*) desc"))["id"]
    page = unescape(client.get(f"/{DATABASE}/measures/{measure}").text)
    listed = [
        page.index(f"/{DATABASE}/actions/{row_id}")
        for (row_id,) in rows.execute("select id from actions where measure_id = ? order by position", [measure])
    ]
    assert len(listed) > 1
    assert listed == sorted(listed)


def test_the_latest_reports_are_those_of_the_latest_years(client: httpx.Client, rows: Database) -> None:
    page = client.get("/").text
    labels = [label for (label,) in rows.execute("select label from reports order by fiscal_year desc, label")]
    places = [page.index(label) for label in labels]
    assert places == sorted(places)
    assert "· ปี 2565" in labels[0]


def test_without_a_check_the_site_says_so_and_counts_no_findings(tmp_path: Path, database: Path) -> None:
    unchecked = tmp_path / "unchecked.db"
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(unchecked)) as copy:
        source.backup(copy)
        register_functions(copy)
        copy.execute("delete from findings")
        copy.execute("update reports set checked_by = null")
        copy.commit()
    site = make_site(unchecked)

    async def ask() -> list[str]:
        return [(await site.client.get(path)).text for path in ("/", *FINDINGS)]

    for page in asyncio.run(ask()):
        assert words().say["site"]["unchecked"] in page
        assert "</b> ข้อค้นพบ" not in page
        assert '<th scope="col">ข้อค้นพบ</th>' not in page
    with closing(sqlite3.connect(unchecked)) as copy:
        register_functions(copy)
        copy.execute("update reports set checked_by = '1'")
        copy.commit()
    for page in asyncio.run(ask()):
        assert words().say["site"]["unchecked"] not in page


def test_findings_are_counted_where_there_are_any(client: httpx.Client) -> None:
    assert "<b>1</b> ข้อค้นพบ" in client.get("/").text
    for path in ("/", *FINDINGS):
        assert words().say["site"]["unchecked"] not in client.get(path).text


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


# Datasette leaves the facets unasked that stand behind the one that fails.
@pytest.mark.filterwarnings("ignore:coroutine:RuntimeWarning")
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/assets/" + "a" * 6000, 404),
        (f"/{DATABASE}/findings?_facet=%00", 400),
        (f"/{DATABASE}/findings?_facet={{{{7*7}}}}", 400),
        (f"/{DATABASE}/findings?%00=1", 400),
        (f"/{DATABASE}/findings.json?_facet=%00", 400),
    ],
)
def test_an_address_that_nobody_follows_is_refused_and_no_fault(client: httpx.Client, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert "sqlite" not in answer.text.lower()
    assert "Errno" not in answer.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_than_to_read_and_to_send_a_form_are_refused(client: httpx.Client, method: str) -> None:
    assert client.request(method, "/search?q=ก").status_code == 405


def test_sql_can_read_and_cannot_write(client: httpx.Client, rows: Database) -> None:
    count = rows.table("actions").count
    assert client.get(f"/{DATABASE}.json?sql=select count(*) as n from actions").json()["rows"] == [[count]]
    assert client.get(f"/{DATABASE}?sql=delete from actions").status_code == 400
    assert rows.table("actions").count == count


def test_the_wording_put_in_place_is_that_of_the_datasette_at_hand() -> None:
    """Of 1.0: what is put into it alone; the rest has in part no place there, and is passed over."""
    folder = Path(app_root) / "datasette" / "templates"
    name = "templates.toml" if version("datasette").startswith("0.") else "templates_1.toml"
    for template in tomllib.loads((files("pipeline.site") / name).read_text(encoding="utf-8"))["template"]:
        source = (folder / template["file"]).read_text(encoding="utf-8")
        assert [theirs for theirs, _ in template["replace"] if theirs not in source] == []


def test_the_plan_names_columns_that_exist(rows: Database) -> None:
    assert [table.name for table in plan().table] != []
    for table in plan().table:
        columns = set(rows.table(table.name).columns_dict)
        assert {*table.show, *table.facets} <= columns
        assert set(table.related) <= {related.name for related in plan().related}
    assert {table.name for table in plan().table} == {table.name for table in tables()}
