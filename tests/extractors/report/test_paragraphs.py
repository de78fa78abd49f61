"""Text pasted from pages: page numbers, running heads and hard line ends are no part of what is told."""

from extractors.extract import extract
from extractors.read import read_bytes
from extractors.report.paragraphs import paragraphs
from schemas.document import Line
from schemas.reference import Reference

PASTED = """รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส
องค์การบริหารส่วนตำบลทุ่งสมมติ

ตัวชี้วัดที่ ๓ การใช้อำนาจ
มาตรการที่ ๑ วางระบบการมอบหมายงานให้ชัดเจนและเป็นธรรมแก่บุคลากรทุก
ฝ่ายในสำนักงาน
ผู้รับผิดชอบ : สำนักปลัด
การดำเนินการ
(๑) ประชุมชี้แจงหลักเกณฑ์การมอบหมายงานต่อหัวหน้าส่วนราชการ เมื่อวันที่ ๓๐
มิถุนายน ๒๕๖๓ ณ ห้องประชุมองค์การบริหารส่วนตำบลทุ่งสมมติ โดยมีผู้เข้า

- ๒ -

รายงานผลการดำเนินการตามมาตรการฯ
อบต.ทุ่งสมมติ

ร่วมประชุมจำนวนทั้งสิ้นสามสิบสี่คนจากทุกส่วนราชการในสังกัดและผู้แทนของ
ชุมชนในพื้นที่อีกสิบคน
(๒) จัดทำคู่มือการมอบหมายงานเผยแพร่ทางเว็บไซต์และติดประกาศไว้ที่สำนัก
งานให้ประชาชนทราบโดยทั่วกันพร้อมทั้งแจกจ่ายแก่ผู้นำชุมชนครบทุกหมู่บ้าน
(๓) ติดตามผลการมอบหมายงานทุกไตรมาสและรายงานต่อที่ประชุมประจำเดือนของ

- ๓ -

รายงานผลการดำเนินการตามมาตรการฯ
อบต.ทุ่งสมมติ

หัวหน้าส่วนราชการ
"""


def texts(body: str, reference: Reference) -> list[str]:
    blocks = paragraphs(read_bytes(body.encode()).blocks, reference)
    return [block.text for block in blocks if isinstance(block, Line) and block.text]


def test_page_numbers_and_running_heads_are_left_out(reference: Reference) -> None:
    told = texts(PASTED, reference)
    assert not [text for text in told if text.startswith(("-", "อบต.ทุ่งสมมติ")) or text.endswith("มาตรการฯ")]


def test_a_sentence_goes_on_over_line_and_page_ends(reference: Reference) -> None:
    first, second, third = extract(read_bytes(PASTED.encode()), reference).measures[0].actions
    assert first.text.startswith("ประชุมชี้แจง")
    assert first.text.endswith("ผู้แทนของชุมชนในพื้นที่อีกสิบคน")
    assert "ผู้เข้าร่วมประชุม" in first.text
    assert [date.raw for date in first.dates] == ["๓๐ มิถุนายน ๒๕๖๓"]
    assert "ที่สำนักงานให้ประชาชน" in second.text
    assert third.text.endswith("หัวหน้าส่วนราชการ")


def test_evidence_points_to_every_line_that_a_sentence_stands_on(reference: Reference) -> None:
    lines = PASTED.split("\n")
    action = extract(read_bytes(PASTED.encode()), reference).measures[0].actions[0]
    assert len(action.evidence) == 4
    for evidence in action.evidence:
        assert evidence.line is not None
        assert evidence.text in lines[evidence.line - 1]


def test_lines_that_end_with_their_paragraphs_stay_apart(reference: Reference) -> None:
    body = "มาตรการส่งเสริมความโปร่งใส\n" + "\n".join(f"วางระบบเรื่องที่ {n} ของสำนักงาน" for n in range(20))
    assert len(texts(body, reference)) == 21


def test_a_repeated_line_far_from_page_numbers_is_kept(reference: Reference) -> None:
    body = "มาตรการส่งเสริมความโปร่งใส\nดำเนินการแล้ว\nวางระบบ\nดำเนินการแล้ว\n"
    assert texts(body, reference).count("ดำเนินการแล้ว") == 2
