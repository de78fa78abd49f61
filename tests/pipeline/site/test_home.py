"""The home page counts everything once, and each bar leads to what it counts."""

import asyncio
import re
import sqlite3
from html import unescape
from pathlib import Path

import httpx
import pytest
from made_site import made_database, made_report
from sqlite_utils import Database

from db.read import TableCount
from db.schema import open_database
from db.search_tables import register_functions
from pipeline.site.application import make_site
from pipeline.site.home_page import home_charts
from pipeline.site.overview import KeptOverview, Overview, Share, read_overview
from pipeline.site.wording import wording_in
from pipeline.site.words import DATABASE

UI = wording_in("th")


def test_every_report_page_and_open_finding_is_counted_once(rows: Database) -> None:
    overview = read_overview(rows.conn)
    reports = rows.table("reports").count
    assert sum(share.count for share in overview.by_year) == reports
    assert sum(share.count for share in overview.by_kind) == reports
    assert sum(share.count for share in overview.by_reading) == rows.table("pages").count
    assert sum(share.count for share in overview.open_findings) == rows.table("findings").count


def test_bars_lead_to_what_they_count(client: httpx.Client) -> None:
    page = client.get("/").text
    bars = [(unescape(href), label) for href, label in re.findall(r'<a href="([^"]+)" aria-label="([^"]+)">', page)]
    assert len(bars) > 4
    for href, label in bars:
        if href.startswith(f"/{DATABASE}/offices"):
            continue  # a kind's offices; a report's bar counts reports
        count = int(label.rpartition(": ")[2].replace(",", ""))
        path, _, arguments = href.partition("?")
        listed = client.get(f"{path}.json?{arguments}&_size=max&_shape=array").json()
        assert len(listed) == count, href


def test_what_has_no_year_or_kind_is_told_so_and_small_kinds_are_taken_together(database: Path) -> None:
    kinds = tuple(Share(of=kind, count=1) for kind in [None, *UI.words.values["kind"]][:15])
    overview = Overview(
        counts=(TableCount(table="reports", rows=18),),
        by_year=(Share(of="2565", count=15), Share(of=None, count=3)),
        by_kind=kinds,
        by_reading=(Share(of="needs-ocr", count=1),),
        open_findings=(),
        latest=(),
    )
    charts = home_charts(make_site(database), UI, overview)
    assert [bar.label for bar in charts.years] == ["2565", UI.say("site.no_year")]
    assert charts.years[1].href == f"/{DATABASE}/reports?fiscal_year__isnull=1"
    assert charts.kinds[0].label == UI.say("home.kind_unknown")
    assert charts.kinds[-1].label == UI.say("home.other_kinds")
    assert sum(bar.value for bar in charts.kinds) == 15
    assert charts.readings[0].label == "ยังอ่านไม่ได้"


@pytest.mark.parametrize("mode", ["wal", "delete"])
def test_a_kept_overview_is_read_again_when_anyone_has_written(tmp_path: Path, mode: str) -> None:
    path = made_database(tmp_path / "x.db", made_report("a", 2562), made_report("b", 2563))
    mine, other = sqlite3.connect(path), sqlite3.connect(path)
    mine.execute(f"pragma journal_mode = {mode}")
    register_functions(mine)
    register_functions(other)
    kept = KeptOverview()
    read: list[str] = []
    mine.set_trace_callback(read.append)
    assert [share.of for share in kept.read(mine).by_year] == ["2562", "2563"]
    first = len(read)
    assert kept.read(mine).rows("reports") == 2
    assert len(read) == first + 1, "only whether anything has changed is asked"
    for connection in (other, mine, other):
        year = int(kept.read(mine).by_year[0].of or 0) + 1
        with connection:
            connection.execute("update reports set fiscal_year = ?", [year])
        assert [share.of for share in kept.read(mine).by_year] == [str(year)]
    mine.close()
    other.close()


def test_each_reader_is_told_of_what_is_written(tmp_path: Path) -> None:
    path = made_database(tmp_path / "x.db", made_report("a", 2562, title="ก่อนแก้", office=None))
    site = make_site(path)
    for title in ("แก้ครั้งที่หนึ่ง", "แก้ครั้งที่สอง"):
        assert title not in asyncio.run(site.client.get("/")).text
        other = sqlite3.connect(path)
        register_functions(other)
        with other:
            other.execute("update reports set label = ?", [title])
        other.close()
        assert title in asyncio.run(site.client.get("/")).text


def test_a_report_in_which_nothing_could_be_checked_is_not_listed_with_no_findings(tmp_path: Path) -> None:
    path = made_database(tmp_path / "x.db", made_report("a", 2562, {"ม": []}), made_report("b", 2563))
    with sqlite3.connect(path) as connection:
        latest = read_overview(connection).latest
    assert [(report.id, report.findings) for report in latest] == [("b", None), ("a", 0)]
    connection.close()


def test_a_database_without_reports_says_how_to_load_some(tmp_path: Path) -> None:
    empty = tmp_path / "empty.db"
    open_database(empty).close()
    page = asyncio.run(make_site(empty).client.get("/"))
    assert page.status_code == 200
    assert "prongsai ingest" in page.text
