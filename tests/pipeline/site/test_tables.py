"""Table pages: search, facets, ready-made queries, and order over pages."""

import csv
import io
import re
from html import unescape
from typing import Any

import httpx
import pytest
from sqlite_utils import Database

from db.tables import tables
from extractors.thai.text import search_fold
from pipeline.site.questions import names_office
from pipeline.site.words import DATABASE, words
from schemas.offices import load_office_kinds

FOUND = ["ภูเก็ต", "งบ", "๒๕๖๑", "2561", "ก", "๑", "ศาลากลางจังหวัดภูเก็ต", "<script>", "การเงิน"]
NOT_FOUND = ["ไม่มีคำนี้", "ภูเก็ท", "งบ*", "ก OR ข"]


def _facets(client: httpx.Client, table: str, asked: str = "") -> dict[str, dict[str, Any]]:
    """The facets of a table by name; Datasette 1.0 tells beside them which took too long."""
    told: dict[str, Any] = client.get(f"/{DATABASE}/{table}.json{asked}").json()["facet_results"]
    found: dict[str, dict[str, Any]] = told.get("results", told)
    return found


def _truth(rows: Database, table: str, columns: str, query: str) -> set[str]:
    """Ids of the rows that hold the query, by folding and comparing each."""
    found = rows.execute(f"select id, {columns} from {table}")
    return {row[0] for row in found if any(search_fold(query) in search_fold(text or "") for text in row[1:])}


@pytest.mark.parametrize("query", [*FOUND, *NOT_FOUND])
def test_the_search_box_finds_exactly_the_rows_that_hold_the_query(
    client: httpx.Client, rows: Database, query: str
) -> None:
    for table, columns in (("actions", "text"), ("measures", "text, indicator_name, responsible")):
        expected = _truth(rows, table, columns, query)
        assert bool(expected) == (query in FOUND) or table != "actions"
        asked = {"_search": query, "_size": "max"}
        as_json = client.get(f"/{DATABASE}/{table}.json", params=asked).json()
        as_csv = csv.DictReader(
            io.StringIO(client.get(f"/{DATABASE}/{table}.csv", params=asked).content.decode("utf-8-sig"))
        )
        page = client.get(f"/{DATABASE}/{table}", params=asked).text
        assert {row[0] for row in as_json["rows"]} == expected
        assert {row["id"] for row in as_csv} == expected
        assert {row for row in expected if f"/{DATABASE}/{table}/{row}" in page} == expected
        assert f"{len(expected):,} รายการ" in page


def test_hits_are_marked_whatever_their_digits(client: httpx.Client) -> None:
    page = client.get(f"/{DATABASE}/actions", params={"_search": "2561"}).text
    assert "<mark>๒๕๖๑</mark>" in page
    assert "<mark>2561</mark>" in page


@pytest.mark.parametrize(
    ("argument", "condition"),
    [
        ("_year", "report_id in (select id from reports where fiscal_year = ?)"),
        ("_office", "report_id in (select id from reports where office_id = ?)"),
        ("_indicator", "measure_id in (select id from measures where indicator_number = ?)"),
        ("status", "status = ?"),
    ],
)
def test_a_facet_counts_and_its_link_shows_the_rows_counted(
    client: httpx.Client, rows: Database, argument: str, condition: str
) -> None:
    facets = _facets(client, "actions")
    facet = facets[argument.lstrip("_")]
    assert len(facet["results"]) > 1
    for choice in facet["results"]:
        expected = rows.execute(f"select count(*) from actions where {condition}", [choice["value"]]).fetchone()[0]
        shown = client.get(choice["toggle_url"].replace("/actions.json", "/actions.json")).json()
        assert choice["count"] == shown.get("filtered_table_rows_count", shown.get("count")) == expected


def test_a_facet_of_offices_has_their_names(client: httpx.Client, rows: Database) -> None:
    facet = _facets(client, "actions")["office"]
    for choice in facet["results"]:
        assert choice["label"] == rows.execute("select name from offices where id = ?", [choice["value"]]).fetchone()[0]


def test_a_year_is_chosen_in_thai_digits_too(client: httpx.Client) -> None:
    asked = client.get(f"/{DATABASE}/actions.json?_year=๒๕๖๓").json()
    assert asked["rows"] == client.get(f"/{DATABASE}/actions.json?_year=2563").json()["rows"] != []
    (choice,) = _facets(client, "actions", "?_year=๒๕๖๓")["year"]["results"]
    assert choice["selected"]
    assert "_year" not in choice["toggle_url"]


def test_a_facet_of_indicators_has_their_names_and_counts_in_brackets(client: httpx.Client, rows: Database) -> None:
    count = rows.execute("select count(*) from measures where indicator_number = 10").fetchone()[0]
    for table in ("actions", "measures", "indicators"):
        assert ">10 การป้องกันการทุจริต</a>" in client.get(f"/{DATABASE}/{table}").text
    page = client.get(f"/{DATABASE}/measures").text
    assert f'>10 การป้องกันการทุจริต</a> <span class="by">({count})</span>' in page


def test_indicators_are_counted_by_the_year_that_was_assessed(client: httpx.Client, rows: Database) -> None:
    facets = _facets(client, "indicators")
    counted = rows.execute(
        "select year, count(*) from indicators join assessments on assessments.id = assessment_id group by year"
    )
    assert {choice["value"]: choice["count"] for choice in facets["assessed"]["results"]} == dict(counted)
    assert "ปีที่ประเมิน" in client.get(f"/{DATABASE}/indicators").text
    assert "year" not in facets


def test_points_have_two_decimals(client: httpx.Client, rows: Database) -> None:
    rows.execute("update indicators set score = 86.5 where position = 1")
    rows.conn.commit()
    report = rows.execute("select report_id from indicators where position = 1").fetchone()[0]
    for address in (f"/{DATABASE}/indicators", f"/{DATABASE}/reports/{report}"):
        assert re.search(r'<td class="[^"]*">86\.50</td>', client.get(address).text)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("actions?_sort=zzz", "เรียงตาม “zzz” ไม่ได้"),
        ("actions?_sort=text&_sort_desc=text", "เรียงจากน้อยไปมากและจากมากไปน้อยพร้อมกันไม่ได้"),
        ("sources?_year=2563", "กรองตารางนี้ตาม “ปีงบประมาณ” ไม่ได้"),
        ("actions?_size=x", "จำนวนแถวต่อหน้าต้องเป็นจำนวนเต็ม"),
    ],
)
def test_a_wrong_request_is_told_so_in_thai(client: httpx.Client, path: str, said: str) -> None:
    page = client.get(f"/{DATABASE}/{path}")
    assert page.status_code == 400
    assert said in page.text
    assert words().errors[400] in page.text


def test_the_name_of_a_row_opens_its_page(client: httpx.Client, rows: Database) -> None:
    for table, label in (("reports", "label"), ("measures", "text"), ("offices", "name")):
        page = unescape(client.get(f"/{DATABASE}/{table}").text)
        row_id, text = rows.execute(f"select id, {label} from {table} order by {label} limit 1").fetchone()
        assert f'<a href="/{DATABASE}/{table}/{row_id}">{text}</a>' in page
        assert "เปิดดู" not in page
    report = rows.execute("select report_id from pages order by 1").fetchone()[0]
    assert f'<a href="/{DATABASE}/pages/{report},1">1</a>' in client.get(f"/{DATABASE}/pages").text


def test_reports_and_offices_stand_by_name(client: httpx.Client, rows: Database) -> None:
    for table, name in (("reports", "label"), ("offices", "name")):
        expected = [row_id for (row_id,) in rows.execute(f"select id from {table} order by {name}, id")]
        assert _ids_over_pages(client, table, {"_size": "2"}) == expected


def test_kinds_of_offices_have_thai_names(client: httpx.Client) -> None:
    kinds = [kind.code for kind in load_office_kinds()]
    assert [code for code in kinds if code not in words().values["kind"]] == []
    page = client.get(f"/{DATABASE}/offices").text
    shown = [kind["value"] for kind in _facets(client, "offices")["kind"]["results"]]
    assert shown
    for code in shown:
        assert words().values["kind"][code] in page
        assert f">{code}<" not in page


def _ids_over_pages(client: httpx.Client, table: str, arguments: dict[str, str]) -> list[str]:
    ids: list[str] = []
    url: str | None = str(httpx.URL(f"/{DATABASE}/{table}.json", params={"_size": "7", **arguments}))
    while url:
        page = client.get(url).json()
        ids += [row[0] for row in page["rows"]]
        url = page["next_url"]
    return ids


SORTED_BY = ("status", "number", "position", "report_id", "measure_id", "parent_number", "text")
ORDERS = [{kind: column} for kind in ("_sort", "_sort_desc") for column in SORTED_BY]


@pytest.mark.parametrize("order", [{}, {"_col": "text"}, *ORDERS])
def test_no_row_is_lost_over_pages_in_any_order(client: httpx.Client, rows: Database, order: dict[str, str]) -> None:
    ids = _ids_over_pages(client, "actions", order)
    assert len(ids) == len(set(ids)) == rows.table("actions").count


@pytest.mark.parametrize("table", ["actions", "measures", "indicators", "notes"])
def test_a_table_stands_in_printed_order_report_by_report(client: httpx.Client, rows: Database, table: str) -> None:
    printed = rows.execute(f"select id from {table} order by report_id, position")
    assert _ids_over_pages(client, table, {}) == [row_id for (row_id,) in printed]


def test_rows_without_a_value_are_kept_when_sorting_numbers(client: httpx.Client, rows: Database) -> None:
    rows.execute("update measures set budget_baht = 10 where position = 1")
    rows.conn.commit()
    for kind in ("_sort", "_sort_desc"):
        ids = _ids_over_pages(client, "measures", {kind: "budget_baht"})
        assert len(ids) == len(set(ids)) == rows.table("measures").count


def test_actions_over_years_without_input_shows_the_office_with_most_years(client: httpx.Client) -> None:
    shown = client.get(f"/{DATABASE}/actions_over_years.json?_shape=objects").json()["rows"]
    assert {row["office"] for row in shown} == {"องค์การบริหารส่วนตำบลดอนตะเคียนแก้ว"}
    assert len({row["fiscal_year"] for row in shown}) == 3
    assert shown == sorted(shown, key=lambda row: (int(row["indicator"].split()[0]), row["fiscal_year"]))


@pytest.mark.parametrize("indicator", ["10", "๑๐", "ป้องกันการทุจริต"])
def test_actions_over_years_are_asked_for_by_office_and_indicator(client: httpx.Client, indicator: str) -> None:
    asked = {"office": "ดอนตะเคียน", "indicator": indicator, "_shape": "objects"}
    shown = client.get(f"/{DATABASE}/actions_over_years.json", params=asked).json()["rows"]
    assert shown
    assert {row["indicator"].split()[0] for row in shown} == {"10"}
    page = client.get(f"/{DATABASE}/actions_over_years", params=asked | {"_shape": ""}).text
    assert 'value="ดอนตะเคียน"' in page
    assert "ตัวชี้วัด (เลขหรือชื่อ)" in page


@pytest.mark.parametrize(
    "office", ["อบต.", "อบต.ดอนตะเคียนแก้ว", "อบต. ดอนตะเคียนแก้ว", "อบต ดอน", "องค์การบริหารส่วนตำบล ดอนตะเคียนแก้ว"]
)
def test_an_office_is_asked_for_by_its_abbreviation(client: httpx.Client, office: str) -> None:
    for query in ("actions_over_years", "not_yet_done"):
        asked = {"office": office, "_shape": "objects"}
        shown = client.get(f"/{DATABASE}/{query}.json", params=asked).json()["rows"]
        assert {row["office"] for row in shown} == {"องค์การบริหารส่วนตำบลดอนตะเคียนแก้ว"}


def test_digits_of_either_kind_name_an_office() -> None:
    names = ("สำนักงานเขตพื้นที่การศึกษาประถมศึกษาสมมุติ เขต 2", "สพป.สมมุติ เขต 2", None)
    assert names_office("สพป.สมมุติ เขต ๒", *names)
    assert names_office("สพป สมมุติเขต๒", *names)
    assert not names_office("สพป.สมมุติ เขต ๑", *names)
    assert names_office(" ", None)
    assert not names_office("สพป.", None)


def test_a_questions_texts_open_their_records_and_ids_are_not_shown(client: httpx.Client) -> None:
    asked = client.get(f"/{DATABASE}/not_yet_done.json?_shape=objects").json()["rows"]
    page = unescape(client.get(f"/{DATABASE}/not_yet_done").text)
    row = next(row for row in asked if row["action_id"])
    assert f'<a href="/{DATABASE}/actions/{row["action_id"]}">{row["action"]}</a>' in page
    assert f'<a href="/{DATABASE}/measures/{row["measure_id"]}">{row["measure"]}</a>' in page
    headings = re.findall(r'scope="col">([^<]+)<', page)
    assert len(headings) == len(set(headings)) == 7
    assert "เปิดดู" not in page


def test_what_is_not_yet_done_is_listed(client: httpx.Client, rows: Database) -> None:
    shown = client.get(f"/{DATABASE}/not_yet_done.json?_shape=objects").json()["rows"]
    expected = {key for (key,) in rows.execute("select id from actions where status <> 'reported'")}
    assert {row["action_id"] for row in shown if row["action_id"]} == expected
    for row in shown:
        assert (row["status"] == "no_action") == (row["action_id"] is None)


def test_findings_are_listed(client: httpx.Client) -> None:
    shown = client.get(f"/{DATABASE}/findings_list.json?_shape=objects").json()["rows"]
    assert [(row["finding_id"], row["severity"]) for row in shown] == [("f1", "warning")]
    assert "ควรตรวจสอบ" in client.get(f"/{DATABASE}/findings_list").text


def test_what_is_no_ones_to_look_at_is_not_shown(client: httpx.Client, rows: Database) -> None:
    shown = {table.name for table in tables()}
    for name in sorted(set(rows.table_names()) - shown - {"sqlite_sequence"}):
        assert client.get(f"/{DATABASE}/{name}").status_code == 403, name
    action = rows.execute("select id from actions limit 1").fetchone()[0]
    assert "_action_signatures" not in client.get(f"/{DATABASE}/actions/{action}").text
