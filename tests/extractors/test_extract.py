"""A whole document to a whole report: evidence everywhere, nothing dropped in silence, stable ids."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.extract import extract, is_plan
from extractors.read import read, read_bytes
from extractors.report.identity import with_ids
from extractors.report.leftovers import letters
from schemas.document import Document, Line, Page, Table
from schemas.reference import Reference, load_reference
from schemas.report import Evidence, Report

EXAMPLES = sorted(
    path for path in (Path(__file__).parents[2] / "examples").iterdir() if path.suffix in (".txt", ".html", ".docx")
)
PDF_EXAMPLE = Path(__file__).parents[2] / "examples" / "wiang-khram-2-2565.pdf"
TEXT = """รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน
องค์การบริหารส่วนตำบลทุ่งสมมติ

ผลการประเมิน ITA ปี ๒๕๖๒ ได้คะแนนรวม ๘๒.๒๒ คะแนน ระดับ B
เอกสารนี้จัดพิมพ์บนกระดาษรีไซเคิล

ที่\tตัวชี้วัด\tมาตรการ\tการดำเนินการ\tภาพประกอบ
๑\tการใช้อำนาจ\t๑. วางระบบมอบหมายงาน\t๑. ประชุมเมื่อวันที่ ๓๑ เมษายน ๒๕๖๓\tภาพถ่ายการประชุม
"""


def every_evidence(report: Report) -> list[Evidence]:
    found = list(report.evidence)
    if report.assessment:
        found += [*report.assessment.evidence, *(e for i in report.assessment.indicators for e in i.evidence)]
    for measure in report.measures:
        found += [*measure.evidence, *(e for action in measure.actions for e in action.evidence)]
    return found


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_record_points_to_a_line_that_says_it(path: Path, reference: Reference) -> None:
    document = read(path)
    report = extract(document, reference)
    lines = document.text.split("\n")
    assert all(measure.evidence for measure in report.measures)
    assert all(action.evidence for measure in report.measures for action in measure.actions)
    for evidence in every_evidence(report):
        assert evidence.line is not None
        assert "".join(evidence.text.split()) in "".join(lines[evidence.line - 1].split())


def printed_lines(document: Document) -> list[Line]:
    cells = [cell for block in document.blocks if isinstance(block, Table) for cell in block.cells]
    return [
        *(block for block in document.blocks if isinstance(block, Line)),
        *(line for cell in cells for line in cell.lines),
    ]


def test_every_record_of_a_pdf_file_points_to_printed_lines_that_say_it(reference: Reference) -> None:
    document = read(PDF_EXAMPLE)
    printed = {(line.page, line.box.x0, line.box.top): line.text for line in printed_lines(document) if line.box}
    report = extract(document, reference)
    assert all(measure.evidence for measure in report.measures)
    assert all(action.evidence for measure in report.measures for action in measure.actions)
    for evidence in every_evidence(report):
        assert evidence.x0 is not None
        assert evidence.top is not None
        assert evidence.text in printed[evidence.page, evidence.x0, evidence.top]


def test_an_action_that_a_page_end_broke_points_to_both_pages(reference: Reference) -> None:
    report = extract(read(PDF_EXAMPLE), reference)
    broken = report.measures[0].actions[1]
    assert broken.text.endswith("พร้อมแผนภูมิเปรียบเทียบกับเป้าหมาย")
    assert {evidence.page for evidence in broken.evidence} == {1, 2}


def test_what_goes_to_no_record_is_noted_and_counted(reference: Reference) -> None:
    report = extract(read_bytes(TEXT.encode()), reference)
    left = {note.text: note.characters for note in report.notes if note.code == "text-unassigned"}
    assert left["เอกสารนี้จัดพิมพ์บนกระดาษรีไซเคิล"] == letters("เอกสารนี้จัดพิมพ์บนกระดาษรีไซเคิล")
    assert "ภาพถ่ายการประชุม" in left
    assert not [text for text in left if "ทุ่งสมมติ" in text]
    assert report.unrecorded_characters >= sum(left.values())
    assert report.characters == letters(TEXT)


def test_an_impossible_date_is_kept_and_noted(reference: Reference) -> None:
    report = extract(read_bytes(TEXT.encode()), reference)
    (date,) = report.measures[0].actions[0].dates
    assert (date.raw, date.start, date.end) == ("๓๑ เมษายน ๒๕๖๓", None, None)
    assert "๓๑ เมษายน ๒๕๖๓" in {note.text for note in report.notes if note.code == "date-impossible"}


def test_a_misspelt_office_is_told_with_its_likeness_and_noted(reference: Reference) -> None:
    text = TEXT.replace("ประชุมเมื่อ", "องค์การบริหารส่วนตำบลทุ่งสมมดิประชุมเมื่อ")
    report = extract(read_bytes(text.encode()), reference)
    (mention,) = report.measures[0].actions[0].office_mentions
    assert mention.name == "องค์การบริหารส่วนตำบลทุ่งสมมติ"
    assert mention.score < 1
    assert mention.raw in {note.text for note in report.notes if note.code == "office-unsure"}


def test_ids_stay_when_the_same_report_is_read_again_and_differ_between_records(reference: Reference) -> None:
    first, again = (extract(read_bytes(TEXT.encode()), reference) for _ in range(2))
    assert first == again
    ids = [record.id for measure in first.measures for record in (measure, *measure.actions)]
    assert len(ids) == len(set(ids))
    assert all(record_id.startswith(first.id) for record_id in ids)


def test_a_changed_report_that_keeps_its_id_keeps_the_ids_of_unchanged_records(reference: Reference) -> None:
    more = TEXT + "๒\tการใช้งบประมาณ\t๑. เผยแพร่แผน\t๑. ลงเว็บไซต์\t\n"
    before, after = (with_ids(extract(read_bytes(text.encode()), reference), "0123456789ab") for text in (TEXT, more))
    assert before.measures == after.measures[:1]
    assert len(after.measures) == 2


@pytest.mark.parametrize(
    ("title", "plan"),
    [
        ("แผนปฏิบัติการป้องกันการทุจริต", True),
        ("แผนการดำเนินการตามมาตรการส่งเสริมคุณธรรม", True),
        ("มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน", True),
        ("การดำเนินการตามมาตรการส่งเสริมคุณธรรม", False),
        ("รายงานผลตามแผนปฏิบัติการ", False),
        ("มาตรการส่งเสริมความโปร่งใสและผลการดำเนินงาน", False),
    ],
)
def test_a_plan_is_told_by_its_title(title: str, plan: bool, reference: Reference) -> None:
    assert is_plan(title, reference.wording.title) is plan


REFERENCE = load_reference()
WORDS = """ที่|มาตรการ|การดำเนินการ|ตัวชี้วัดที่ ๒ การใช้งบประมาณ|ผู้รับผิดชอบ :|๑. ประชุม|(๑) อบรม|- เผยแพร่|คะแนน ๘๒.๒๒
ระดับ B|ปี ๒๕๖๓|จำนวน ๓ ตัวชี้วัด|สพป.ภูเก็ต|๓๑ เมษายน ๒๕๖๓|| |มาตรการที่ ๑|มาตรการ : วางระบบ|IIT|รวม"""
PHRASES = st.sampled_from(WORDS.replace("\n", "|").split("|"))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Documents of lines and tables of the genre's words, in any order."""
    lines = [Line(text=text, number=n + 1) for n, text in enumerate(draw(st.lists(PHRASES, max_size=12)))]
    table_rows = draw(st.lists(st.lists(PHRASES, min_size=1, max_size=5), max_size=5))
    html = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>" for cells in table_rows)
    page = read_bytes(f"<html><body><p>มาตรการส่งเสริมความโปร่งใส</p><table>{html}</table></body></html>".encode())
    tables = [block for block in page.blocks if isinstance(block, Table)]
    return Document(sha256="0" * 64, format="html", pages=(Page(number=1, blocks=(*lines, *tables)),))


@given(documents())
@settings(max_examples=60, deadline=None)
def test_no_document_makes_extraction_fail_or_count_more_than_it_holds(document: Document) -> None:
    report = extract(document, REFERENCE)
    assert 0 <= report.unrecorded_characters <= report.characters
