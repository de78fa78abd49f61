"""Findings in PDF files: headings and lists that go on over printed lines, and the boxes of what is found."""

from collections.abc import Callable
from pathlib import Path

from pdf_files import Text, pdf_file

from db.read import report_ids
from db.schema import open_database
from extractors.read import read_bytes
from pipeline.check import check_loaded
from pipeline.reading import reference, report_in

OPENING = (
    "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส",
    "เทศบาลตำบลบางเขน ปีงบประมาณ พ.ศ. ๒๕๖๓",
    "ผลการประเมิน ITA ประจำปี ๒๕๖๒ ได้คะแนน ๘๒.๒๒ ระดับ B",
)
HEADING = ("คะแนนตามดัชนีการรับรู้การทุจริตของประเทศไทย (Corruption Perceptions Index:", "CPI)")
MEASURES = (
    "เทศบาลตำบลบางเขนได้จัดทำมาตรการพัฒนาการดำเนินงาน ดังนี้",
    "ตัวชี้วัดที่ ๑๐ การป้องกันการทุจริต",
    "มาตรการที่ ๑ จัดทำแผนปฏิบัติการป้องกันการทุจริต",
    "๑. จัดประชุมชี้แจงแผนแก่บุคลากร เมื่อวันที่ ๘ มกราคม ๒๕๖๓",
)


def printed(*lines: str) -> bytes:
    return pdf_file([[Text(72, 90 + 22 * place, text) for place, text in enumerate(lines)]])


def test_an_empty_section_is_told_with_the_boxes_of_its_whole_heading() -> None:
    findings = report_in(read_bytes(printed(*OPENING, *HEADING, *MEASURES))).findings
    (empty,) = [each for each in findings if each.check == "section-empty"]
    assert [place.text for place in empty.evidence] == list(HEADING)
    assert all(place.page == 1 and place.x0 is not None for place in empty.evidence)


def test_the_end_of_a_sentence_on_a_line_of_its_own_is_no_heading() -> None:
    sentence = ("ทั้งนี้คณะกรรมการติดตามได้ประชุมกันและสรุปผลการดำเนินการของปีนี้ไว้ครบทุกเรื่องตาม", "ตารางต่อไปนี้")
    findings = report_in(read_bytes(printed(*OPENING, *sentence, *MEASURES))).findings
    assert [each.check for each in findings] == []


def test_the_database_gives_the_same_findings_as_the_file(
    folder: Path, database: Path, load: Callable[..., object]
) -> None:
    content = printed(*OPENING, *HEADING, *MEASURES)
    (folder / "report.pdf").write_bytes(content)
    load(folder)
    db = open_database(database)
    (report_id,) = report_ids(db)
    assert check_loaded(db, report_id, reference()) == report_in(read_bytes(content)).findings
    db.close()


def test_a_document_without_records_raises_nothing() -> None:
    assert report_in(read_bytes(printed("คู่มือการปฏิบัติงาน", "วัตถุประสงค์", "ข้อเสนอแนะ"))).findings == ()
