"""The home page counts everything once, and each bar leads to what it counts."""

import asyncio
import re
from html import unescape
from pathlib import Path

import httpx
from sqlite_utils import Database

from db.read import TableCount
from db.schema import open_database
from pipeline.site.application import make_site
from pipeline.site.home_page import home_charts
from pipeline.site.overview import Overview, Share, read_overview
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


def test_a_database_without_reports_says_how_to_load_some(tmp_path: Path) -> None:
    empty = tmp_path / "empty.db"
    open_database(empty).close()
    page = asyncio.run(make_site(empty).client.get("/"))
    assert page.status_code == 200
    assert "prongsai ingest" in page.text
