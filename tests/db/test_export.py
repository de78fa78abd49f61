"""What leaves the database is whole, and safe to open in a spreadsheet."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlite_utils import Database

from db.export import export_csv, export_json, harmless
from db.load import load_findings
from db.tables import tables
from schemas.finding import CheckedReport, Finding, with_findings
from schemas.report import Report

Load = Callable[..., None]
MakeReport = Callable[..., Report]


def test_json_holds_every_report_with_its_findings_in_the_public_shape(
    db: Database, tmp_path: Path, make_report: MakeReport, load: Load
) -> None:
    first, second = make_report("a", "จัดประชุม"), make_report("b", "ทำประกาศ")
    finding = Finding(id="f", check="numbering", severity="info", at="report", message_th="ก", message_en="a")
    load(db, second)
    load(db, first)
    load_findings(db, "b", (finding,))
    assert export_json(db, tmp_path / "reports.json") == 2
    written = json.loads((tmp_path / "reports.json").read_text(encoding="utf-8"))
    assert written == [
        with_findings(report, findings).model_dump(mode="json")
        for report, findings in ((first, ()), (second, (finding,)))
    ]
    assert "จัดประชุม" in (tmp_path / "reports.json").read_text(encoding="utf-8")
    assert set(written[0]) >= set(CheckedReport.model_fields)


def test_json_of_an_empty_database_is_an_empty_list(db: Database, tmp_path: Path) -> None:
    assert export_json(db, tmp_path / "reports.json") == 0
    assert json.loads((tmp_path / "reports.json").read_text(encoding="utf-8")) == []


def test_csv_has_a_file_for_each_table_with_all_rows(
    db: Database, tmp_path: Path, make_report: MakeReport, load: Load
) -> None:
    load(db, make_report("a", "จัดประชุม", "- ข้อหนึ่ง\nข้อสอง", 'ว่า "ดี", แล้ว'))
    written = export_csv(db, tmp_path / "ออก" / "csv")
    assert [path.name for path in written] == [f"{table.name}.csv" for table in tables()]
    actions = tmp_path / "ออก" / "csv" / "actions.csv"
    assert actions.read_bytes().startswith(b"\xef\xbb\xbf")
    with actions.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["text"] for row in rows] == ["จัดประชุม", "'- ข้อหนึ่ง\nข้อสอง", 'ว่า "ดี", แล้ว']
    assert rows[0]["parent_id"] == ""


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_a_text_that_a_spreadsheet_would_run_is_made_harmless(start: str) -> None:
    assert harmless(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("cell", ["จัดประชุม", "1=1", "", None, -5, 2.5])
def test_other_cells_are_left_as_they_are(cell: str | int | float | None) -> None:
    assert harmless(cell) == cell
