"""Title and years: which lines are the heading, and whose year a year is."""

import pytest

from extractors.extract import extract
from extractors.read import read_bytes
from schemas.document import Box, Document, Line, Page
from schemas.reference import Reference
from schemas.report import Report

HEADING = "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน"
OFFICE = "องค์การบริหารส่วนตำบลทุ่งสมมติ อำเภอสมมติ จังหวัดน่าน"
BODY = "องค์การบริหารส่วนตำบลทุ่งสมมติ ได้ดำเนินการวิเคราะห์ผลการประเมิน พบว่ามีจุดที่ต้องพัฒนาหลายด้าน"


def read_text(text: str, reference: Reference) -> Report:
    return extract(read_bytes(text.encode()), reference)


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ((HEADING, OFFICE, "", BODY), HEADING),
        ((HEADING, "ประจำปีงบประมาณ พ.ศ. ๒๕๖๔", OFFICE, "", BODY), f"{HEADING} ประจำปีงบประมาณ พ.ศ. ๒๕๖๔"),
        (
            (HEADING, "องค์การบริหารส่วนตำบลทุ่งสมมติ", "ประจำปีงบประมาณ พ.ศ. ๒๕๖๔", "", BODY),
            f"{HEADING} องค์การบริหารส่วนตำบลทุ่งสมมติ ประจำปีงบประมาณ พ.ศ. ๒๕๖๔",
        ),
        (("หน้าแรก » ข่าว", "- ๑ -", HEADING, OFFICE, "", BODY), HEADING),
        (("นายสมมติ ใจงาม", "นายกองค์การบริหารส่วนตำบล", HEADING, OFFICE, "", BODY), HEADING),
        (("๐๙.๑๕ น.", HEADING, OFFICE, "", BODY), HEADING),
        (("เรื่อง\tเดือน\tผล", HEADING, OFFICE, "", BODY), HEADING),
        (("บันทึกข้อความ", "ส่วนราชการ สำนักปลัด", f"เรื่อง {HEADING}", "เรียน นายก", BODY), HEADING),
    ],
)
def test_the_heading_without_office_and_page_furniture_is_the_title(
    lines: tuple[str, ...], title: str, reference: Reference
) -> None:
    assert read_text("\n".join(lines), reference).title == title


@pytest.mark.parametrize("heading", ["คำนำ", "สารบัญ"])
def test_a_heading_of_the_front_matter_is_no_title(heading: str, reference: Reference) -> None:
    assert read_text(f"{heading}\n{BODY}", reference).title is None


def test_a_title_ends_with_its_page_and_its_page_letter_is_none_of_it(reference: Reference) -> None:
    printed = ((HEADING, 1, 60, 400), ("ก", 2, 30, 300), ("เรื่องเล่าจากชุมชน", 2, 60, 200), (BODY, 2, 90, 520))
    lines = tuple(
        Line(text=text, page=page, bold=text == "ก", box=Box(x0=72, top=top, x1=right, bottom=top + 18))
        for text, page, top, right in printed
    )
    pages = tuple(Page(number=n, blocks=tuple(line for line in lines if line.page == n)) for n in (1, 2))
    assert extract(Document(sha256="0" * 64, format="pdf", pages=pages), reference).title == HEADING


@pytest.mark.parametrize("year", ["ปีงบประมาณ พ.ศ. ๒๕๖๓", "ประจำปีงบประมาณ พ.ศ. ๒๕๖๓"])
def test_an_office_set_as_a_smaller_heading_is_of_the_title_and_the_year_below_it_too(
    year: str, reference: Reference
) -> None:
    page = f"<h1>{HEADING}</h1><h2>สำนักงานเขตพื้นที่การศึกษาประถมศึกษากระบี่</h2><p>{year}</p><p>{BODY}</p>"
    report = read_text(f"<html><body>{page}</body></html>", reference)
    assert (report.fiscal_year, report.fiscal_year_basis) == (2563, "stated")


def test_a_year_of_the_measures_is_stated(reference: Reference) -> None:
    report = read_text(f"{HEADING}\nประจำปีงบประมาณ พ.ศ. ๒๕๖๔\n\n{BODY}", reference)
    assert (report.fiscal_year, report.fiscal_year_basis) == (2564, "stated")


def test_a_year_named_only_as_the_assessments_is_followed_by_the_year_of_the_measures(reference: Reference) -> None:
    report = read_text(f"{HEADING}\nจากผลการประเมิน ITA ประจำปี ๒๕๖๒\n\n{BODY} ได้คะแนน ๘๒.๒๒ คะแนน", reference)
    assert (report.fiscal_year, report.fiscal_year_basis) == (2563, "inferred")


def test_without_any_year_the_fiscal_year_is_unknown_and_noted(reference: Reference) -> None:
    report = read_text(f"{HEADING}\n\n{BODY}", reference)
    assert (report.fiscal_year, report.fiscal_year_basis) == (None, None)
    assert "year-unknown" in {note.code for note in report.notes}


def test_an_assessment_of_risk_is_not_the_integrity_assessment(reference: Reference) -> None:
    title = "แนวทางการประเมินความเสี่ยงเพื่อการป้องกันการทุจริต\nประจำปีงบประมาณ พ.ศ. ๒๕๖๒\n\n"
    report = read_text(title + BODY, reference)
    assert (report.fiscal_year, report.fiscal_year_basis) == (2562, "stated")
