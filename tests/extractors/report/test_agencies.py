"""A table of several agencies' scores is read as assessments of those agencies, and is not the report's own result."""

import pytest

from extractors.extract import extract
from extractors.read import read_bytes
from schemas.reference import Reference
from schemas.report import Report

HEAD = "ผลการประเมิน ITA ของหน่วยงานในสังกัดกระทรวงตัวอย่าง ประจำปีงบประมาณ พ.ศ. 2565\n\n"
PARTS = """ลำดับ\tชื่อหน่วยงาน\tIIT\tEIT\tOIT\tคะแนนรวม\tระดับ
1\tกรมทางหลวง\t90.00\t80.00\t70.00\t79.00\tB
2\tกรมชลประทาน\t80.00\t80.00\t80.00\t80.00\tB
3\tกรมตัวอย่างงาม\t95.00\t90.00\t100.00\t95.50\tAA
\tเฉลี่ย\t88.33\t83.33\t83.33\t84.83\tB
"""


def read(text: str, reference: Reference) -> Report:
    return extract(read_bytes(text.encode()), reference)


def test_each_row_is_an_agency_with_its_figures_and_its_place(reference: Reference) -> None:
    report = read(HEAD + PARTS, reference)
    assert [(each.name, each.is_total) for each in report.agencies] == [
        ("กรมทางหลวง", False),
        ("กรมชลประทาน", False),
        ("กรมตัวอย่างงาม", False),
        ("เฉลี่ย", True),
    ]
    first = report.agencies[0]
    assert first.office_mention is not None
    assert first.office_mention.name == "กรมทางหลวง"
    figures = first.assessment
    assert (figures.iit, figures.eit, figures.oit, figures.score, figures.grade) == (90, 80, 70, 79, "B")
    assert figures.evidence[0].line == 4
    assert report.assessment is None


def test_columns_of_indicators_are_read_as_the_agencies_indicators(reference: Reference) -> None:
    table = (
        "หน่วยงาน\tเฉลี่ย\tIIT\tการเปิดเผยข้อมูล\tการป้องกันการทุจริต\tการใช้อำนาจ\n"
        "กรมทางหลวง\t80.00\t81.00\t90.00\t70.00\t60.00\nกรมชลประทาน\t81.00\t82.00\t91.00\t71.00\t61.00\n"
        "กรมการแพทย์\t82.00\t83.00\t92.00\t72.00\t62.00\n"
    )
    report = read(HEAD + table, reference)
    assert [[(i.number, i.score) for i in each.assessment.indicators] for each in report.agencies] == [
        [(9, 90), (10, 70), (3, 60)],
        [(9, 91), (10, 71), (3, 61)],
        [(9, 92), (10, 72), (3, 62)],
    ]
    assert len({each.assessment.id for each in report.agencies}) == 3


@pytest.mark.parametrize(
    "table",
    [
        "ตัวชี้วัด\tคะแนน\nการใช้อำนาจ\t80.00\nการเปิดเผยข้อมูล\t90.00\nการป้องกันการทุจริต\t70.00\n",
        "หน่วยงาน\tIIT\tEIT\tOIT\nกรมทางหลวง\t80.00\t81.00\t82.00\n",
        "หน่วยงาน\tโครงการ\tงบประมาณ\nกรมทางหลวง\t80.00\t81.00\nกรมชลประทาน\t1.00\t2.00\nกรมการแพทย์\t1.00\t2.00\n",
    ],
)
def test_other_tables_are_none_of_agencies(table: str, reference: Reference) -> None:
    assert read(HEAD + table, reference).agencies == ()
