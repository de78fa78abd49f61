"""The arithmetic of a table of several agencies is checked row by row, and in the row of the total."""

from collections.abc import Callable
from pathlib import Path

from db.read import read_report, report_ids
from db.schema import open_database
from extractors.read import read_bytes
from pipeline.check import check_loaded
from pipeline.reading import reference, report_in

TABLE = """ผลการประเมิน ITA ของหน่วยงานในสังกัด ประจำปีงบประมาณ พ.ศ. 2565

ลำดับ\tหน่วยงาน\tเฉลี่ย\tIIT\tEIT\tOIT\tการปฏิบัติหน้าที่\tการใช้งบประมาณ\tการใช้อำนาจ\tการใช้ทรัพย์สินของราชการ\tการแก้ไขปัญหาการทุจริต\tคุณภาพการดำเนินงาน\tประสิทธิภาพการสื่อสาร\tการปรับปรุงระบบการทำงาน\tการเปิดเผยข้อมูล\tการป้องกันการทุจริต
1\tกรมทางหลวง\t{first}
2\tกรมชลประทาน\t86.00\t80.00\t90.00\t87.50\t80\t80\t80\t80\t80\t90\t90\t90\t100\t75
3\tกรมการแพทย์\t86.00\t80.00\t90.00\t87.50\t80\t80\t80\t80\t80\t90\t90\t90\t100\t75
\tรวม\t86.00\t80.00\t90.00\t87.50\t80\t80\t80\t80\t80\t90\t90\t90\t100\t75
"""
RIGHT = "86.00\t80.00\t90.00\t87.50\t80\t80\t80\t80\t80\t90\t90\t90\t100\t75"
SWAPPED = "86.00\t80.00\t87.50\t90.00\t80\t80\t80\t80\t80\t90\t90\t90\t100\t75"


def found(first: str) -> list[tuple[str, str, str]]:
    findings = report_in(read_bytes(TABLE.format(first=first).encode())).findings
    return [(each.check, each.at, each.message_en) for each in findings]


def test_rows_that_add_up_raise_nothing() -> None:
    assert found(RIGHT) == []


def test_swapped_columns_of_one_agency_are_found_in_its_row() -> None:
    ((check, at, message),) = found(SWAPPED)
    assert (check, at) == ("score-total", "agency/1")
    assert message.startswith("กรมทางหลวง: EIT–OIT are swapped")


def test_a_part_that_its_indicators_do_not_give_is_found_in_its_row() -> None:
    assert [(check, at) for check, at, _ in found(RIGHT.replace("80.00", "81.00"))] == [("score-total", "agency/1")]


def test_the_agencies_come_back_from_the_database_as_they_were_read(
    folder: Path, database: Path, load: Callable[..., object]
) -> None:
    (folder / "table.txt").write_text(TABLE.format(first=SWAPPED), encoding="utf-8")
    load(folder)
    read = report_in(read_bytes((folder / "table.txt").read_bytes()))
    db = open_database(database)
    (report_id,) = report_ids(db)
    assert read_report(db, report_id) == read.report
    assert check_loaded(db, report_id, reference()) == read.findings
    db.close()
