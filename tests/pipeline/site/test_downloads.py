"""Lists and the whole database can be taken along: all rows, as they were filtered, safe to open."""

import asyncio
import csv
import datetime
import io
import json
import re
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import evidence_site
import httpx
import openpyxl
import pytest
from pyarrow import parquet
from sqlite_utils import Database

from db.schema import open_database
from pipeline.site import downloads
from pipeline.site.application import make_site
from pipeline.site.downloads import ENDINGS, ListDownloads, words_of
from pipeline.site.list_files import Bounds, Gathered, Query, TooLong, gathered, write_list
from pipeline.site.whole_downloads import DOWNLOADS, Download, WholeDownloads
from pipeline.site.wording import wording
from pipeline.site.words import DATABASE

Rows = list[dict[str, Any]]


def _from_csv(content: bytes) -> Rows:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def _from_xlsx(content: bytes) -> Rows:
    headings, *rows = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in rows]


READERS: dict[str, Callable[[bytes], Rows]] = {
    "csvall": _from_csv,
    "xlsx": _from_xlsx,
    "jsonall": json.loads,
    "parquet": lambda content: parquet.read_table(io.BytesIO(content)).to_pylist(),
}
TEXT = {"xlsx": "การดำเนินการ"}


def _texts(client: httpx.Client, ending: str, asked: str = "") -> list[str]:
    answer = client.get(f"/{DATABASE}/actions.{ending}{asked}")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith('attachment; filename="actions.')
    assert int(answer.headers["content-length"]) == len(answer.content)
    return [row[TEXT.get(ending, "text")] for row in READERS[ending](answer.content)]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_list_has_all_rows_whatever_page_of_it_was_shown(client: httpx.Client, rows: Database, ending: str) -> None:
    expected = [row["text"] for row in rows.query("select text from actions order by sort_key")]
    assert len(expected) > 8
    found = _texts(client, ending, "?_size=3")
    assert [text.removeprefix("'") for text in found] == expected
    second = client.get(f"/{DATABASE}/actions.json?_size=3").json()["next"]
    assert _texts(client, ending, f"?_size=3&_next={second}") == found


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_list_keeps_search_filters_and_order(client: httpx.Client, rows: Database, ending: str) -> None:
    asked = "?_search=ประชุม&status=reported&_sort_desc=id"
    query = "select text from actions where text like '%ประชุม%' and status = 'reported' order by id desc"
    expected = [row["text"] for row in rows.query(query)]
    assert expected
    assert [text.removeprefix("'") for text in _texts(client, ending, asked)] == expected
    assert _texts(client, ending, "?_search=ไม่มีคำนี้ในรายงาน") == []


@pytest.mark.parametrize("ending", ENDINGS)
def test_facets_of_what_a_row_belongs_to_filter_the_list(client: httpx.Client, rows: Database, ending: str) -> None:
    query = "select count(*) from actions join reports on reports.id = report_id where fiscal_year = 2564"
    assert len(_texts(client, ending, "?_year=๒๕๖๔")) == next(iter(rows.query(query)))["count(*)"] > 0


def test_a_page_of_a_list_has_buttons_that_keep_its_filters(client: httpx.Client) -> None:
    page = client.get(f"/{DATABASE}/actions?status=reported&_search=ประชุม&_size=3").text
    for ending in ENDINGS:
        assert f'href="/{DATABASE}/actions.{ending}?status=reported&amp;_search=%E0%B8%9B' in page
    question = client.get(f"/{DATABASE}/actions_over_years?office=ดอนตะเคียน&indicator=").text
    assert f'href="/{DATABASE}/actions_over_years.xlsx?office=%E0%B8%94' in question


def test_a_list_tells_the_names_of_what_ids_stand_for_and_codes_in_words(client: httpx.Client) -> None:
    found = _from_xlsx(client.get(f"/{DATABASE}/actions.xlsx?_year=2564").content)[0]
    assert found["รายงาน"].startswith("องค์การบริหารส่วนตำบลดอนตะเคียนแก้ว")
    assert (found["สถานะ"], len(found["รายงาน (รหัส)"])) == ("รายงานว่าทำแล้ว", 12)
    coded = client.get(f"/{DATABASE}/actions.jsonall?_year=2564").json()[0]
    assert (coded["status"], coded["report_id_label"]) == ("reported", found["รายงาน"])


def test_days_are_days_and_numbers_are_numbers(client: httpx.Client, rows: Database) -> None:
    first = next(iter(rows.query("select start from action_dates where start is not null order by start")))["start"]
    asked = f"/{DATABASE}/action_dates.{{}}?_sort=start&start__notblank=1"
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(asked.format("xlsx")).content)).worksheets[0]
    column = [cell.value for cell in sheet[1]].index("วันเริ่ม (ค.ศ.)")
    assert sheet[2][column].is_date
    assert sheet[2][column].value == datetime.datetime.fromisoformat(first)
    table = parquet.read_table(io.BytesIO(client.get(asked.format("parquet")).content))
    assert table["start"][0].as_py() == datetime.date.fromisoformat(first)
    scores = _from_xlsx(client.get(f"/{DATABASE}/indicators.xlsx?score__notblank=1").content)
    assert all(isinstance(row["คะแนน"], float | int) for row in scores)


def test_a_text_that_looks_like_a_formula_is_a_text(client: httpx.Client) -> None:
    asked = f"/{DATABASE}/actions.{{}}?text__startswith=%3DHYPERLINK"
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(asked.format("xlsx")).content)).worksheets[0]
    cells = [cell for cell in sheet[2] if str(cell.value).startswith("=HYPERLINK")]
    assert [(cell.data_type, cell.quotePrefix) for cell in cells] == [("s", True)]
    assert _from_csv(client.get(asked.format("csvall")).content)[0]["text"].startswith("'=HYPERLINK")


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_question_has_all_its_answers_also_more_than_a_page_may_show(database: Path, ending: str) -> None:
    site = make_site(database)
    site.max_returned_rows = 2
    asked = f"/{DATABASE}/actions_over_years.{ending}?office=&indicator="
    answer = asyncio.run(_get(site, asked))
    shown = asyncio.run(_get(site, f"/{DATABASE}/actions_over_years.json?office=&indicator=&_shape=array")).json()
    assert len(READERS[ending](answer.content)) > 2 == len(shown)


async def _get(site: Any, path: str) -> httpx.Response:
    await site.invoke_startup()
    answer: httpx.Response = await site.client.get(path, follow_redirects=True)
    return answer


def test_a_question_with_a_parameter_asks_with_it(client: httpx.Client) -> None:
    found = client.get(f"/{DATABASE}/not_yet_done.jsonall", params={"office": "ไม่มีหน่วยงานนี้", "year": ""}).json()
    assert found == []
    drop = client.get(f"/{DATABASE}/findings_list.jsonall", params={"office": "'; drop table findings --", "year": ""})
    assert drop.json() == []


@pytest.mark.parametrize("path", ["reports.xlsx?_sort=nothing", "nothing.xlsx", "reports/nothing.xlsx"])
def test_what_is_no_list_is_a_page_that_says_so(client: httpx.Client, path: str) -> None:
    answer = client.get(f"/{DATABASE}/{path}")
    assert answer.status_code in (400, 404)
    assert "Traceback" not in answer.text


def test_nothing_is_sent_when_only_the_head_is_asked_for(client: httpx.Client) -> None:
    answer = client.head(f"/{DATABASE}/actions.xlsx?_extra=query")
    assert (answer.status_code, answer.content) == (200, b"")


def _connection(rows: int) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("create table t (n integer, day text, mixed, word text)")
    made = [(n, "2021-01-02", n if n % 2 else 0.5, "2021-13-01") for n in range(rows)]
    connection.executemany("insert into t values (?, ?, ?, ?)", made)
    return connection


def test_a_list_of_too_many_rows_is_cut_and_says_so(tmp_path: Path) -> None:
    words = words_of(wording(), None, "t")
    query = Query("select * from t", {})
    with gathered(_connection(9), query, Bounds(rows=4)) as rows:
        write_list(rows, "xlsx", words, tmp_path / "a.xlsx")
        assert len(list(rows.rows())) == 4
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["t", "!"]
    assert "1,048,575" in book["!"]["A2"].value or "1048575" in book["!"]["A2"].value
    for bounds, cut in ((Bounds(rows=9), False), (Bounds(rows=8), True), (Bounds(size=10), True)):
        with gathered(_connection(9), query, bounds) as rows:
            assert rows.cut is cut


def test_what_columns_hold_is_told_by_all_their_cells() -> None:
    with gathered(_connection(5), Query("select *, null as empty from t", {}), Bounds()) as rows:
        assert rows.kinds == ("integer", "date", "number", "text", "text")


def test_a_query_that_takes_too_long_is_broken_off() -> None:
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n"
    with pytest.raises(TooLong), gathered(_connection(1), Query(endless, {}), Bounds(seconds=0.01)):
        pass


def test_lists_are_made_one_at_a_time_and_the_ninth_in_line_is_told_to_come_again(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    running, most = 0, 0

    def slow(*_: Any) -> Path:
        nonlocal running, most
        running += 1
        most = max(most, running)
        time.sleep(0.01)
        running -= 1
        return database

    monkeypatch.setattr(downloads, "_written", slow)
    lists = ListDownloads(make_site(database))
    query, words = Query("select 1", {}), words_of(wording(), None, "t")

    async def ask() -> list[Any]:
        asked = (lists.make(query, "csv", words) for _ in range(9))
        return await asyncio.gather(*asked, return_exceptions=True)

    answers = asyncio.run(ask())
    assert most == 1
    assert [getattr(answer, "status", None) for answer in answers] == [None] * 8 + [503]
    assert asyncio.run(lists.make(query, "csv", words)) == database


def test_no_file_of_a_list_stays_behind(client: httpx.Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert client.get(f"/{DATABASE}/actions.xlsx").status_code == 200
    assert client.get(f"/{DATABASE}/actions.xlsx?_sort=nothing").status_code == 400
    assert list(tmp_path.iterdir()) == []


def test_the_page_of_downloads_leads_to_files_that_open(client: httpx.Client, rows: Database, tmp_path: Path) -> None:
    page = client.get("/downloads").text
    files = {}
    for download in DOWNLOADS:
        assert f'href="/download/{download.name}"' in page
        answer = client.get(f"/download/{download.name}", timeout=60)
        while answer.status_code == 202:
            answer = client.get(f"/download/{download.name}", timeout=60)
        assert answer.headers["content-disposition"] == f'attachment; filename="{download.name}"'
        files[download.name] = answer.content
    count = rows.table("actions").count
    assert len(_from_xlsx(files["prongsai.xlsx"])) == count
    assert len(json.loads(files["reports.json"])) == rows.table("reports").count
    with ZipFile(io.BytesIO(files["datapackage.zip"])) as package:
        assert {"datapackage.json", "actions.csv"} <= set(package.namelist())
    with ZipFile(io.BytesIO(files["parquet.zip"])) as package:
        assert parquet.read_table(io.BytesIO(package.read("actions.parquet"))).num_rows == count
    with ZipFile(io.BytesIO(files["csv.zip"])) as package:
        assert package.read("actions.csv").startswith(b"\xef\xbb\xbf")
    (tmp_path / "copy.db").write_bytes(files["prongsai.db"])
    copy = sqlite3.connect(tmp_path / "copy.db")
    assert copy.execute("select count(*) from actions").fetchone() == (count,)
    copy.close()


@pytest.mark.parametrize("name", ["nothing.zip", "..%2Fprongsai.db", "any%20name.db", "prongsai.db.zip"])
def test_no_other_file_can_be_downloaded(client: httpx.Client, name: str) -> None:
    assert client.get(f"/download/{name}").status_code == 404


def test_a_file_of_the_whole_database_is_kept_until_the_database_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.db"
    open_database(path).close()
    whole = WholeDownloads(make_site(path))
    download = Download("prongsai.db", None)

    async def twice_and_again() -> tuple[Path | None, Path | None, Path | None]:
        first, second = await whole.file(download, 30), await whole.file(download, 30)
        db = open_database(path)
        db.execute("insert into failures (source, code, message_th, message_en) values ('a', 'b', 'c', 'd')")
        db.conn.commit()
        db.close()
        return first, second, await whole.file(download, 30)

    first, second, third = asyncio.run(twice_and_again())
    assert first and third
    assert first == second != third
    assert [each.name for each in third.parent.iterdir()] == [third.name]
    connection = sqlite3.connect(third)
    assert connection.execute("select source from failures").fetchall() == [("a",)]
    connection.close()


def test_a_file_that_takes_long_is_waited_for_on_a_page(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(*_: Any) -> None:
        return None

    monkeypatch.setattr(WholeDownloads, "file", never)
    answer = client.get("/download/prongsai.xlsx")
    assert answer.status_code == 202
    assert '<meta http-equiv="refresh"' in answer.text
    assert "prongsai.xlsx" in answer.text


def test_rows_can_be_gone_through_more_than_once() -> None:
    with gathered(_connection(3), Query("select n from t", {}), Bounds()) as rows:
        assert isinstance(rows, Gathered)
        assert list(rows.rows()) == list(rows.rows()) == [(0,), (1,), (2,)]


def test_what_a_search_found_can_be_taken_along(client: httpx.Client) -> None:
    asked = "?q=ประชุม&table=actions"
    shown = _from_csv(client.get(f"/search.csv{asked}").content)
    assert shown
    page = client.get(f"/search{asked}").text
    for ending in ("xlsx", "parquet"):
        assert f"/search.{ending}?q=" in page
        answer = client.get(f"/search.{ending}{asked}")
        assert answer.headers["content-disposition"] == f'attachment; filename="search-actions.{ending}"'
        assert len(READERS[ending](answer.content)) == len(shown)
    assert client.get(f"/search.xlsx{asked}&after=zzz").status_code == 400


@pytest.mark.parametrize("path", ["findings", "findings_list"])
@pytest.mark.parametrize("ending", ["xlsx", "csvall"])
def test_a_list_of_findings_tells_where_each_stands(tmp_path: Path, path: str, ending: str) -> None:
    """In words, by page or line and file, and with an address that whoever has only the file can open."""
    database = evidence_site.make_database(tmp_path)
    asked = f"/{DATABASE}/{path}.{ending}" + ("?office=&year=" if path == "findings_list" else "")
    told = READERS[ending](evidence_site.get(database, asked, follow_redirects=True).content)
    names = ("place", "pages", "lines", "file", "address")
    titles = [wording().query_column(name) for name in names] if ending == "xlsx" else names
    found = {str(row[titles[-1]]): [row[title] or "" for title in titles[:-1]] for row in told}
    place = "ตัวชี้วัดที่ 10 มาตรการที่ 1 การดำเนินการที่ 1"
    assert found["http://localhost/evidence/finding-1"] == [place, "1", "", evidence_site.PDF]
    assert found["http://localhost/evidence/old"] == [place, "", "6", "hostile.txt"]
    if ending == "xlsx":
        english = evidence_site.get(database, asked, follow_redirects=True, cookies={"prongsai_language": "en"})
        assert "indicator 10, measure 1, action 1" in [
            row["Place in the report"] for row in _from_xlsx(english.content)
        ]


def test_the_list_of_findings_on_the_site_is_in_the_readers_language_and_leads_to_the_evidence(tmp_path: Path) -> None:
    database = evidence_site.make_database(tmp_path)
    for language, message, place in (
        ("th", "วันที่อยู่นอกช่วงเวลา 1", "ตัวชี้วัดที่ 10 มาตรการที่ 1 การดำเนินการที่ 1"),
        ("en", "The date is out of the period 1", "indicator 10, measure 1, action 1"),
    ):
        for path in ("findings_list", "findings"):
            shown = evidence_site.get(database, f"/{DATABASE}/{path}", cookies={"prongsai_language": language}).text
            (row,) = (part for part in re.split(r"<tr\b[^>]*>", shown) if "/findings/finding-1" in part)
            assert re.search(rf'<a href="/{DATABASE}/findings/finding-1">{message}</a>', row)
            other = "The date is" if language == "th" else "วันที่อยู่นอกช่วงเวลา 1"
            assert other not in row
            assert place in row
            assert path == "findings" or '<a href="/evidence/finding-1">1</a>' in row


def test_a_question_of_ones_own_is_taken_along_as_it_is(client: httpx.Client) -> None:
    sql = "select id as finding_id from findings"
    assert "address" not in client.get(f"/{DATABASE}.csvall", params={"sql": sql}).text
    assert client.get(f"/{DATABASE}.csvall", params={"sql": sql}).status_code == 200
