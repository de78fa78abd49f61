"""What was not understood is said: unknown columns, tables, numbers, indicators, and text in no record."""

from extractors.extract import extract
from extractors.read import read_bytes
from schemas.document import Box, Cell, Document, Line, Page, ReadBy, Table
from schemas.reference import Reference
from schemas.report import Evidence

TITLE = "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน\n\n"


def notes(body: str, reference: Reference) -> set[tuple[str, str]]:
    report = extract(read_bytes((TITLE + body).encode()), reference)
    return {(note.code, note.text) for note in report.notes}


def test_a_column_of_unknown_meaning_is_named(reference: Reference) -> None:
    body = "มาตรการ\tการดำเนินการ\tรหัสแฟ้ม\nวางระบบ\tประชุม\tก-๑๒\nอบรม\tจัดอบรม\tก-๑๓\n"
    assert ("column-unknown", "รหัสแฟ้ม") in notes(body, reference)
    assert ("text-unassigned", "ก-๑๒") in notes(body, reference)


def test_a_table_of_unknown_kind_is_named(reference: Reference) -> None:
    assert ("table-unrecognised", "ชื่อ | โทรศัพท์") in notes("ชื่อ\tโทรศัพท์\nสมชาย\t๑๒๓๔\nสมหญิง\t๕๖๗๘\n", reference)


def test_a_budget_without_a_number_is_named_and_none_is_not(reference: Reference) -> None:
    body = "มาตรการ\tการดำเนินการ\tงบประมาณ\nวางระบบ\tประชุม\tตามความเหมาะสม\nอบรม\tจัดอบรม\tไม่ใช้งบประมาณ\n"
    found = notes(body, reference)
    assert ("number-unreadable", "ตามความเหมาะสม") in found
    assert not [text for code, text in found if code == "number-unreadable" and "ไม่ใช้" in text]


def test_a_budget_of_several_amounts_is_no_number(reference: Reference) -> None:
    body = "มาตรการ\tการดำเนินการ\tงบประมาณ\nวางระบบ\tประชุม\t๕,๐๐๐ บาท และ ๗,๐๐๐ บาท\nอบรม\tจัดอบรม\t-\n"
    assert ("number-unreadable", "๕,๐๐๐ บาท และ ๗,๐๐๐ บาท") in notes(body, reference)


def test_a_score_that_is_told_twice_and_not_alike_is_named(reference: Reference) -> None:
    table = "ตัวชี้วัด\tคะแนน\nการใช้งบประมาณ\t๘๐.๐๐\nการใช้อำนาจ\t๙๐.๐๐\n"
    found = notes("ผลการประเมินปี ๒๕๖๓ การใช้งบประมาณ ได้ ๗๙.๕๐ คะแนน\n\n" + table, reference)
    assert ("score-differs", "การใช้งบประมาณ: 79.50, 80.00") in found


def test_results_beside_steps_are_in_no_record_and_noted(reference: Reference) -> None:
    body = (
        "มาตรการ\tขั้นตอน\tผลการดำเนินการ\nวางระบบ\tประชุม\tมีคำสั่งแต่งตั้งคณะทำงานแล้ว ๒ ฉบับ\nอบรม\tจัดอบรม\tบุคลากรเข้าร่วม ๔๐ คน\n"
    )
    assert ("text-unassigned", "มีคำสั่งแต่งตั้งคณะทำงานแล้ว ๒ ฉบับ") in notes(body, reference)


def test_an_indicator_without_official_name_or_number_is_named(reference: Reference) -> None:
    body = "ตัวชี้วัด\tมาตรการ\tการดำเนินการ\nการบริหารอาคารสถานที่\tวางระบบ\tประชุม\n"
    assert ("indicator-unknown", "การบริหารอาคารสถานที่") in notes(body, reference)


def test_pages_that_were_not_read_are_named_by_number_in_one_note(reference: Reference) -> None:
    read_by: tuple[ReadBy, ...] = ("needs-ocr", "layer", "needs-ocr", "needs-ocr", "repaired", "needs-ocr")
    pages = tuple(Page(number=number, read_by=each) for number, each in enumerate(read_by, 1))
    report = extract(Document(sha256="0" * 64, format="pdf", pages=pages), reference)
    told = [note for note in report.notes if note.code == "page-unread"]
    assert [note.text for note in told] == ["1, 3-4, 6"]
    assert [place.page for place in told[0].evidence] == [1, 3, 4, 6]
    assert "no-measures" in {note.code for note in report.notes}


def test_text_left_over_on_a_page_has_its_box(reference: Reference) -> None:
    box = Box(x0=72, top=60, x1=300, bottom=78)
    cells = tuple(
        Cell(row=row, column=column, lines=(Line(text=text, page=1, box=box),))
        for row, texts in enumerate((("ชื่อ", "โทรศัพท์"), ("สมชาย", "๑๒๓๔"), ("สมหญิง", "๕๖๗๘")))
        for column, text in enumerate(texts)
    )
    page = Page(number=1, blocks=(Table(rows=3, columns=2, cells=cells, page=1),), read_by="layer")
    report = extract(Document(sha256="0" * 64, format="pdf", pages=(page,)), reference)
    left = {place for note in report.notes if note.code == "text-unassigned" for place in note.evidence}
    assert Evidence(page=1, x0=72, top=60, x1=300, bottom=78, text="โทรศัพท์") in left


def test_a_document_of_another_kind_says_that_it_has_no_measures(reference: Reference) -> None:
    codes = {code for code, _ in notes("ขอเชิญประชุมผู้ปกครองในวันศุกร์ที่จะถึงนี้ที่หอประชุม", reference)}
    assert {"no-measures", "no-assessment", "no-office", "year-unknown"} <= codes
