"""A table's columns are known by the meaning of their headings, in any order, wording and depth."""

import pytest

from extractors.read import read_bytes
from extractors.report.columns import find_header
from extractors.report.grid import rows_of
from schemas.document import Table
from schemas.reference import Reference


def meanings(html_rows: str, reference: Reference) -> list[str | None]:
    page = f"<html><body><p>ตารางมาตรการส่งเสริมความโปร่งใส</p><table>{html_rows}</table></body></html>"
    (table,) = (block for block in read_bytes(page.encode()).blocks if isinstance(block, Table))
    header = find_header(rows_of(table), reference)
    return [column.meaning for column in header.columns] if header else []


def row(*cells: str) -> str:
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (
            ("ที่", "ประเด็นตัวชี้วัดที่เป็นจุดอ่อน", "มาตรการในการพัฒนา", "การดำเนินการตามมาตรการ"),
            ["running_number", "indicator", "measure", "action"],
        ),
        (
            ("ลำดับ", "ตัวชี้วัด", "มาตรการ/แนวทาง", "วิธีการดำเนินการ", "ผู้รับผิดชอบ", "ระยะเวลา", "หมายเหตุ"),
            ["running_number", "indicator", "measure", "action", "responsible", "period", "other"],
        ),
        (
            ("ผู้รับผิดชอบ", "แนวทางยกระดับ", "จุดอ่อน", "ขั้นตอน", "ผลที่ได้รับ", "งบประมาณ (บาท)"),
            ["responsible", "measure", "indicator", "action", "result", "budget"],
        ),
        (("มาตรการ", "โครงการ/กิจกรรม", "ระยะเวลาดำเนินการ"), ["measure", "action", "period"]),
        (("ประเด็นการประเมิน", "ตัวชี้วัด", "มาตรการ", "ผลการดำเนินงาน"), ["other", "indicator", "measure", "action"]),
        (("มาตรการ", "การดำเนินการ", "ตัวชี้วัดความสำเร็จ"), ["measure", "action", "other"]),
    ],
)
def test_headings_are_told_by_their_meaning(
    headings: tuple[str, ...], expected: list[str], reference: Reference
) -> None:
    assert meanings(row(*headings) + row(*("เนื้อหา" for _ in headings)), reference) == expected


def test_a_misspelt_heading_is_still_known(reference: Reference) -> None:
    assert meanings(row("มาตรการ", "การดำเนินการ", "ผู้รับผิดชอป") + row("ก", "ข", "ค"), reference)[2] == "responsible"


def test_of_headings_one_above_the_other_the_lower_tells_the_column(reference: Reference) -> None:
    head = "<tr><td rowspan=2>มาตรการ</td><td colspan=2>การดำเนินงาน</td></tr>" + row("ขั้นตอน", "สถานะ")
    assert meanings(head + row("ก", "ข", "ค"), reference) == ["measure", "action", "status"]


def test_a_column_that_holds_indicators_is_theirs_whatever_its_heading(reference: Reference) -> None:
    body = row("การใช้งบประมาณ", "ก", "ข") + row("การใช้อำนาจ", "ค", "ง")
    assert meanings(row("สิ่งที่พบ", "มาตรการ", "การดำเนินการ") + body, reference)[0] == "indicator"


def test_ticked_columns_are_statuses(reference: Reference) -> None:
    head = row("มาตรการ", "การดำเนินการ", "ดำเนินการแล้ว", "อยู่ระหว่างดำเนินการ")
    assert meanings(head + row("ก", "ข", "✓", ""), reference) == ["measure", "action", "status", "status"]


def test_a_table_without_known_headings_has_no_header(reference: Reference) -> None:
    assert meanings(row("ชื่อ", "นามสกุล") + row("สมชาย", "ใจดี"), reference) == []
