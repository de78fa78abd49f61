"""Measures and actions told without a table: labels, counted measures, lists, headings."""

from extractors.extract import extract
from extractors.read import read_bytes
from schemas.reference import Reference
from schemas.report import Measure

TITLE = "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน\n\n"


def measures(body: str, reference: Reference) -> tuple[Measure, ...]:
    return extract(read_bytes((TITLE + body).encode()), reference).measures


def outline(found: tuple[Measure, ...]) -> list[tuple[int | None, str | None, str, list[str]]]:
    return [(m.indicator_number, m.number, m.text, [a.text for a in m.actions]) for m in found]


def test_labelled_lines_fill_the_fields_of_their_measure(reference: Reference) -> None:
    (measure,) = measures(
        "ตัวชี้วัดที่ ๓ การใช้อำนาจ\n\nมาตรการที่ ๑ วางระบบมอบหมายงาน\nผู้รับผิดชอบ : สำนักปลัด\nระยะเวลาดำเนินการ : ไตรมาสที่ ๑\n"
        "งบประมาณ : ๑๒,๐๐๐ บาท\nการดำเนินการ :\n๑) ประชุมทุกกลุ่ม\n๒) สรุปผล\n",
        reference,
    )
    assert (measure.responsible, measure.period, measure.budget_baht) == ("สำนักปลัด", "ไตรมาสที่ ๑", 12000)
    assert outline((measure,)) == [(3, "1", "วางระบบมอบหมายงาน", ["ประชุมทุกกลุ่ม", "สรุปผล"])]


def test_lists_inside_a_counted_measure_are_its_actions(reference: Reference) -> None:
    body = "ตัวชี้วัดที่ ๓ การใช้อำนาจ\n\nมาตรการที่ ๑ วางระบบ\n๑. ประชุม\n๒. สรุป\nมาตรการที่ ๒ อบรม\n- จัดอบรม\n"
    assert outline(measures(body, reference)) == [(3, "1", "วางระบบ", ["ประชุม", "สรุป"]), (3, "2", "อบรม", ["จัดอบรม"])]


def test_a_list_of_measures_and_a_list_of_actions_are_matched_by_their_numbers(reference: Reference) -> None:
    body = "ตัวชี้วัดที่ ๓ การใช้อำนาจ\n\nมาตรการ\n๑. วางระบบ\n๒. อบรม\nผลการดำเนินการ\n๑. ประชุมแล้ว\n๒. อบรมแล้ว\n"
    assert outline(measures(body, reference)) == [(3, "1", "วางระบบ", ["ประชุมแล้ว"]), (3, "2", "อบรม", ["อบรมแล้ว"])]


def test_a_section_without_marks_is_one_action(reference: Reference) -> None:
    body = "ตัวชี้วัดที่ ๓ การใช้อำนาจ\n\nมาตรการ : วางระบบ\nการดำเนินการ : ประชุมทุกกลุ่ม\nนอกจากนี้ ได้สรุปผลเสนอผู้บริหาร\n"
    assert outline(measures(body, reference))[0][3] == ["ประชุมทุกกลุ่ม นอกจากนี้ ได้สรุปผลเสนอผู้บริหาร"]


def test_a_heading_over_general_measures_takes_them_out_of_the_indicator(reference: Reference) -> None:
    body = (
        "ตัวชี้วัดที่ ๓ การใช้อำนาจ\n\nมาตรการที่ ๑ วางระบบ\nการดำเนินการ : ประชุม\n\n"
        "มาตรการเพิ่มเติมในภาพรวม\n\nมาตรการที่ ๑ ประกาศคนดี\nการดำเนินการ : มอบรางวัล\n"
    )
    assert [m.indicator_number for m in measures(body, reference)] == [3, None]


def test_the_signature_is_no_action(reference: Reference) -> None:
    body = (
        "ตัวชี้วัดที่ ๓ การใช้อำนาจ\n\nมาตรการที่ ๑ วางระบบ\nการดำเนินการ\n๑. ประชุม\n\n"
        "(นายสมมติ ใจงาม)\nผู้อำนวยการกองคลัง\n๓๐ กันยายน ๒๕๖๓\n"
    )
    assert outline(measures(body, reference))[0][3] == ["ประชุม"]


def test_a_summary_list_of_indicators_is_no_list_of_measures(reference: Reference) -> None:
    body = "ตัวชี้วัดที่ได้คะแนนน้อยกว่า ๘๕ ได้แก่\n- การใช้อำนาจ ๘๐.๑๒ คะแนน\n- การใช้งบประมาณ ๘๑.๐๐ คะแนน\n"
    assert measures(body, reference) == ()


def test_several_labels_on_one_line_fill_their_fields(reference: Reference) -> None:
    body = (
        "มาตรการที่ ๑ วางระบบ\nผู้รับผิดชอบ: งานอำนวยการ    ระยะเวลา: พ.ย. ๖๖    งบประมาณ: ๙,๕๐๐ บาท\nการดำเนินการ : ประชุม\n"
    )
    (measure,) = measures(body, reference)
    assert (measure.responsible, measure.period, measure.budget_baht) == ("งานอำนวยการ", "พ.ย. ๖๖", 9500)


def test_articles_of_an_announcement_are_measures_and_their_items_actions(reference: Reference) -> None:
    body = (
        "จึงกำหนดมาตรการ ดังนี้\n\nหมวด ๑ ตัวชี้วัดที่ ๗ ประสิทธิภาพการสื่อสาร\nข้อ ๑ เพิ่มช่องทาง\n    ๑.๑ จัดทำวารสาร\n"
        "    ๑.๒ เปิดบัญชีไลน์\n    ผู้รับผิดชอบ : กองคลัง\n                    /ข้อ ๒ จัดเวที...\n\n- ๒ -\n\nข้อ ๒ จัดเวทีรับฟัง\n"
        "    ๒.๑ จัดเทศบาลเคลื่อนที่\n\nหมวด ๒ บททั่วไป\nข้อ ๓ กำกับติดตาม\n    ๓.๑ ตั้งคณะทำงาน\n"
    )
    assert outline(measures(body, reference)) == [
        (7, "1", "เพิ่มช่องทาง", ["จัดทำวารสาร", "เปิดบัญชีไลน์"]),
        (7, "2", "จัดเวทีรับฟัง", ["จัดเทศบาลเคลื่อนที่"]),
        (None, "3", "กำกับติดตาม", ["ตั้งคณะทำงาน"]),
    ]


def test_a_measure_whose_answer_is_a_dash_has_no_action_and_takes_none_of_the_next(reference: Reference) -> None:
    body = "มาตรการที่ ๑ วางระบบ\nผลการดำเนินการ : -\nมาตรการที่ ๒ อบรม\nผลการดำเนินการ\n(๑) ประชุม\n(๒) สรุป\n"
    assert [actions for _, _, _, actions in outline(measures(body, reference))] == [[], ["ประชุม", "สรุป"]]


def test_numbers_that_go_on_after_an_answer_are_measures(reference: Reference) -> None:
    body = (
        "๑. ด้านการใช้งบประมาณ\n  ๑.๑ จัดทำแผน\n    ผลการดำเนินการ : ประชุมแล้ว\n"
        "  ๑.๓ เปิดเผยแผน\n    - ติดประกาศ\n  ๑.๔ สำรวจ\n    ผลการดำเนินการ : สำรวจแล้ว\n\nจึงรายงานมาเพื่อโปรดทราบ\n"
    )
    assert [(m.number, [a.text for a in m.actions]) for m in measures(body, reference)] == [
        ("1.1", ["ประชุมแล้ว"]),
        ("1.3", ["ติดประกาศ"]),
        ("1.4", ["สำรวจแล้ว"]),
    ]


def test_a_list_of_steps_that_repeats_the_measures_numbers_stays_the_measures(reference: Reference) -> None:
    body = "ตัวชี้วัดที่ ๓ การใช้อำนาจ\n\n๑. วางระบบ\nการดำเนินการ\n๑. ประชุม\n๒. สรุป\n๓. รายงาน\n"
    assert outline(measures(body, reference)) == [(3, "1", "วางระบบ", ["ประชุม", "สรุป", "รายงาน"])]


def test_the_foot_of_a_web_page_is_no_part_of_the_last_action(reference: Reference) -> None:
    body = "ตัวชี้วัดที่ ๓ การใช้อำนาจ\n\nมาตรการที่ ๑ วางระบบ\nการดำเนินการ : ประชุมทุกกลุ่ม\n\nปรับปรุงล่าสุด ๑๕ ส.ค. ๒๕๖๘\n"
    assert outline(measures(body, reference))[0][3] == ["ประชุมทุกกลุ่ม"]
