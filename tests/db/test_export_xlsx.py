"""A workbook opens in a spreadsheet with texts as texts, numbers as numbers and days as days."""

import datetime
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from db import export_xlsx as module
from db.export_xlsx import CUT, MOST_CHARACTERS, export_xlsx, safe_text, workbook, write_listing
from db.listings import Cell, Column, Kind, Listing
from db.load import add_source
from db.sheet import actions_in_full
from db.tables import tables
from schemas.report import DateMention, OfficeMention, Report
from schemas.source import Source

Load = Callable[..., None]
MakeReport = Callable[..., Report]


def _book(path: Path, columns: dict[str, Kind], rows: Iterable[tuple[Cell, ...]]) -> Any:
    """A workbook of one listing, as openpyxl reads it."""
    with workbook(path) as book:
        write_listing(book, Listing("t", tuple(Column(name, name, kind) for name, kind in columns.items()), rows))
    return openpyxl.load_workbook(path)


def _cell(path: Path, kind: Kind, cell: Cell) -> Any:
    return _book(path, {"a": kind}, [(cell,)])["t"]["A2"]


def test_the_first_sheet_has_all_actions_in_full_with_thai_headings_and_days_that_are_days(
    db: Database, tmp_path: Path, make_report: MakeReport, load: Load
) -> None:
    office = OfficeMention(raw="อบต.ก", name="องค์การบริหารส่วนตำบลก", office_id="o1", listed=False, score=1)
    report = make_report("a", "จัดประชุม", "- ทำประกาศ", office=office)
    day = DateMention(raw="๒ ม.ค. ๖๔", start=datetime.date(2021, 1, 2), end=datetime.date(2021, 1, 3))
    measure = report.measures[0]
    first = measure.actions[0].model_copy(update={"dates": (day,)})
    measure = measure.model_copy(update={"actions": (first, *measure.actions[1:]), "budget_baht": 1500.5})
    load(db, report.model_copy(update={"measures": (measure,)}))
    export_xlsx(db, tmp_path / "all.xlsx")
    book = openpyxl.load_workbook(tmp_path / "all.xlsx")
    assert book.sheetnames == ["การดำเนินการ", "คำอธิบาย", *(table.name for table in tables())]
    headings, *rows = book["การดำเนินการ"].iter_rows(values_only=True)
    told = dict(zip(headings, rows[0], strict=True))
    assert told["หน่วยงาน"] == "องค์การบริหารส่วนตำบลก"
    assert (told["ปีงบประมาณ (พ.ศ.)"], told["งบประมาณ (บาท)"]) == (2566, 1500.5)
    assert told["วันแรก (ค.ศ.)"] == datetime.datetime(2021, 1, 2)
    assert [row[headings.index("การดำเนินการ")] for row in rows] == ["จัดประชุม", "- ทำประกาศ"]
    dates = book["action_dates"]
    assert dates["D2"].is_date
    assert dates["D2"].number_format == "yyyy-mm-dd"
    assert dates["D1"].value == "วันเริ่ม (ค.ศ.)"
    meanings = {row[2]: row[4] for row in book["คำอธิบาย"].iter_rows(values_only=True) if row[0] == "runs"}
    assert meanings["found"] == "จำนวนไฟล์ที่พบ"


def test_the_sheet_names_the_file_whose_pages_it_tells(db: Database, make_report: MakeReport, load: Load) -> None:
    """A report may have been seen in several files of other pages; only one was read into its records."""
    load(db, make_report("z", "จัดประชุม"))
    (read,) = (str(row["path_or_url"]) for row in db["sources"].rows)
    add_source(db, "z", Source(path_or_url="../a.docx", sha256="e" * 64, format="docx"))
    listing = actions_in_full(db)
    (row,) = listing.rows
    assert dict(zip((column.name for column in listing.columns), row, strict=True))["source"] == read > "../a.docx"


def test_headings_are_frozen_and_have_filters_and_columns_are_as_wide_as_their_texts(tmp_path: Path) -> None:
    sheet = _book(tmp_path / "a.xlsx", {"a": "text", "b": "text"}, [("ก" * 30, "ข"), ("ก" * 500, None)])["t"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B3"
    assert (sheet.column_dimensions["A"].width > 55) and (sheet.column_dimensions["B"].width < 12)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\n", "＝"])
def test_a_text_that_begins_like_a_formula_is_a_text_and_stays_one_when_edited(tmp_path: Path, start: str) -> None:
    text = f'{start}HYPERLINK("http://example.com", "คำสั่ง")'
    cell = _cell(tmp_path / "a.xlsx", "text", text)
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", text, True)
    assert cell.hyperlink is None
    with ZipFile(tmp_path / "a.xlsx") as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")


def test_addresses_are_no_links_and_numbers_in_texts_stay_texts(tmp_path: Path) -> None:
    sheet = _book(tmp_path / "a.xlsx", {"a": "text"}, [("http://example.com",), ("0012",), ("<r><t>x</t></r>",)])["t"]
    assert [cell.value.strip() for cell in sheet["A"][1:]] == ["http://example.com", "0012", "<r><t>x</t></r>"]
    assert sheet["A2"].hyperlink is None


def test_a_text_that_is_too_long_for_a_cell_is_cut_with_a_note(tmp_path: Path) -> None:
    cut = _cell(tmp_path / "a.xlsx", "text", "กำ" * 20_000).value
    assert len(cut) == MOST_CHARACTERS
    assert cut.endswith(CUT)
    assert safe_text("ก" * MOST_CHARACTERS) == "ก" * MOST_CHARACTERS
    assert len(safe_text("😀" * 20_000).encode("utf-16-le")) <= 2 * MOST_CHARACTERS


@settings(max_examples=30, deadline=None)
@given(texts=st.lists(st.text(max_size=30) | st.sampled_from(["\x01ก", "a\r\nb", "_x0041_", "\ufffe"]), min_size=1))
def test_any_text_gives_a_file_that_opens_with_the_text_in_it(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    path = tmp_path_factory.mktemp("any") / "a.xlsx"
    sheet = _book(path, {"a": "text"}, [(text,) for text in texts])["t"]
    assert [_unescaped(cell.value or "") for cell in sheet["A"][1:]] == [safe_text(text) for text in texts]


def _unescaped(text: str) -> str:
    """As Excel reads a text in which XlsxWriter has escaped what looks like an escape; openpyxl leaves it."""
    return re.sub("_x005F(_x[0-9a-fA-F]{4}_)", r"\1", text)


@pytest.mark.parametrize("day", ["1457-01-01", "ไม่มีวันนี้", "2021-02-30"])
def test_a_day_that_excel_does_not_know_stays_as_it_is(tmp_path: Path, day: str) -> None:
    assert _cell(tmp_path / "a.xlsx", "date", day).value == day


def test_a_time_is_a_time_in_utc(tmp_path: Path) -> None:
    cell = _cell(tmp_path / "a.xlsx", "time", "2024-01-15T19:00:00+07:00")
    assert cell.value == datetime.datetime(2024, 1, 15, 12)


def test_a_number_of_more_digits_than_excel_keeps_is_a_text(tmp_path: Path) -> None:
    assert _cell(tmp_path / "a.xlsx", "integer", 12345678901234567).value == "12345678901234567"
    assert _cell(tmp_path / "b.xlsx", "number", float("inf")).value == "inf"
    assert _cell(tmp_path / "c.xlsx", "number", -2.5).value == -2.5


def test_rows_that_a_sheet_cannot_hold_go_on_in_a_second_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_ROWS", 4)
    book = _book(tmp_path / "a.xlsx", {"a": "integer"}, [(n,) for n in range(7)])
    assert book.sheetnames == ["t", "t (2)", "t (3)"]
    assert [[cell.value for cell in sheet["A"]] for sheet in book] == [["a", 0, 1, 2], ["a", 3, 4, 5], ["a", 6]]


def test_a_full_sheet_has_no_empty_one_after_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_ROWS", 4)
    assert _book(tmp_path / "a.xlsx", {"a": "integer"}, [(1,), (2,), (3,)]).sheetnames == ["t"]


def test_a_workbook_that_is_broken_off_leaves_the_former_one(tmp_path: Path) -> None:
    _book(tmp_path / "a.xlsx", {"a": "integer"}, [(1,)])
    former = (tmp_path / "a.xlsx").read_bytes()
    with pytest.raises(KeyboardInterrupt), workbook(tmp_path / "a.xlsx"):
        raise KeyboardInterrupt
    assert (tmp_path / "a.xlsx").read_bytes() == former
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]
