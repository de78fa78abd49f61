"""What leaves the database is whole, and safe to open in a spreadsheet."""

import csv
import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from sqlite_utils import Database

from db.export import ACTIONS_IN_FULL, export_csv, export_json, harmless
from db.load import load_findings
from db.sheet import sheet_words
from db.tables import tables
from schemas.finding import CheckedReport, Finding, with_findings
from schemas.report import DateMention, Evidence, OfficeMention, Report, Status

Load = Callable[..., None]
MakeReport = Callable[..., Report]


def test_json_holds_every_report_with_its_findings_in_the_public_shape(
    db: Database, tmp_path: Path, make_report: MakeReport, load: Load
) -> None:
    first, second = make_report("a", "จัดประชุม"), make_report("b", "ทำประกาศ")
    finding = Finding(id="f", check="numbering", severity="info", at="report", message_th="ก", message_en="a")
    load(db, second)
    load(db, first)
    load_findings(db, "b", (finding,), checked_by="1")
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
    assert [path.name for path in written] == [*(f"{table.name}.csv" for table in tables()), ACTIONS_IN_FULL]
    actions = tmp_path / "ออก" / "csv" / "actions.csv"
    assert actions.read_bytes().startswith(b"\xef\xbb\xbf")
    with actions.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["text"] for row in rows] == ["จัดประชุม", "'- ข้อหนึ่ง\nข้อสอง", 'ว่า "ดี", แล้ว']
    assert rows[0]["parent_id"] == ""


def test_the_sheet_of_actions_tells_each_in_words_with_its_office_measure_dates_and_place(
    db: Database, tmp_path: Path, make_report: MakeReport, load: Load
) -> None:
    office = OfficeMention(raw="อบต.ก", name="องค์การบริหารส่วนตำบลก", office_id="o1", listed=False, score=1)
    other = OfficeMention(raw="สพป.", name="สำนักงานเขตพื้นที่", office_id="o2", listed=False, score=1)
    report = make_report("a", "จัดประชุม", "-ทำประกาศ", office=office, mentions=(other, office, other))
    dates = (
        DateMention(raw="๒ ม.ค. ๖๔", start=datetime.date(2021, 1, 2), end=datetime.date(2021, 1, 2)),
        DateMention(raw="๑ ม.ค. ๖๔", start=datetime.date(2021, 1, 1), end=datetime.date(2021, 1, 1)),
    )
    places = (Evidence(line=7, text="๑. จัดประชุม"), Evidence(line=9, text="ต่อ"))
    measure = report.measures[0]
    first = measure.actions[0].model_copy(update={"dates": dates, "evidence": places, "status": "not_done"})
    measure = measure.model_copy(update={"actions": (first, *measure.actions[1:])})
    load(db, report.model_copy(update={"measures": (measure,)}), name="b.docx")
    export_csv(db, tmp_path)
    with (tmp_path / ACTIONS_IN_FULL).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["การดำเนินการ"] for row in rows] == ["จัดประชุม", "'-ทำประกาศ"]
    told = {name: value for name, value in rows[0].items() if value}
    assert told == {
        "หน่วยงาน": "องค์การบริหารส่วนตำบลก",
        "ปีงบประมาณ (พ.ศ.)": "2566",
        "ตัวชี้วัดที่": "10",
        "ตัวชี้วัด": "การป้องกันการทุจริต",
        "มาตรการที่": "1",
        "มาตรการ": "มาตรการ",
        "การดำเนินการข้อที่": "1",
        "การดำเนินการ": "จัดประชุม",
        "สถานะ": "ยังไม่ได้ทำ",
        "วันที่ตามต้นฉบับ": "๒ ม.ค. ๖๔; ๑ ม.ค. ๖๔",
        "วันแรก (ค.ศ.)": "2021-01-01",
        "วันสุดท้าย (ค.ศ.)": "2021-01-02",
        "หน่วยงานที่กล่าวถึง": "สำนักงานเขตพื้นที่; องค์การบริหารส่วนตำบลก",
        "บรรทัด": "7",
        "ข้อความต้นฉบับ": "๑. จัดประชุม",
        "ไฟล์": "b.docx",
        "รหัสการดำเนินการ": "a-a1",
    }


def test_every_status_has_a_word() -> None:
    assert set(sheet_words().status) == set(get_args(Status))


def test_an_export_that_is_broken_off_leaves_the_former_file(
    db: Database, tmp_path: Path, make_report: MakeReport, load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(db, make_report("a", "จัดประชุม"))
    export_json(db, tmp_path / "reports.json")
    former = (tmp_path / "reports.json").read_bytes()

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("db.export.read_findings", interrupt)
    with pytest.raises(KeyboardInterrupt):
        export_json(db, tmp_path / "reports.json")
    assert (tmp_path / "reports.json").read_bytes() == former
    assert [path.name for path in tmp_path.glob("*.json*")] == ["reports.json"]
    assert list(tmp_path.glob(".*")) == []


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "\0=", "\ufeff=", "\u200b="])
def test_a_text_that_a_spreadsheet_would_run_is_made_harmless(start: str) -> None:
    assert harmless(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("cell", ["จัดประชุม", "1=1", "", None, -5, 2.5])
def test_other_cells_are_left_as_they_are(cell: str | int | float | None) -> None:
    assert harmless(cell) == cell
