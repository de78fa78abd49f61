"""Measures and actions of tables: merged cells, rows that go on over pages, several measures in a cell, statuses."""

from extractors.extract import extract
from extractors.read import read_bytes
from schemas.reference import Reference
from schemas.report import Measure, Report

TITLE = "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน\n\n"
HEAD = "ที่\tตัวชี้วัด\tมาตรการ\tการดำเนินการ"


def read_text(body: str, reference: Reference) -> Report:
    return extract(read_bytes((TITLE + body).encode()), reference)


def read_table(html_rows: str, reference: Reference) -> tuple[Measure, ...]:
    page = f"<html><body><h1>{TITLE}</h1><table>{html_rows}</table></body></html>"
    return extract(read_bytes(page.encode()), reference).measures


def row(*cells: str) -> str:
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def outline(measures: tuple[Measure, ...]) -> list[tuple[str | None, str, list[str]]]:
    return [(m.number, m.text, [a.text for a in m.actions]) for m in measures]


def test_a_row_with_a_blank_measure_cell_continues_the_measure_above(reference: Reference) -> None:
    report = read_text(f"{HEAD}\n๑\tการใช้อำนาจ\t๑. วางระบบ\t๑. ประชุม\n\t\t\t๒. สรุป\n", reference)
    assert outline(report.measures) == [("1", "วางระบบ", ["ประชุม", "สรุป"])]


def test_a_measure_with_a_blank_action_cell_has_no_action(reference: Reference) -> None:
    report = read_text(f"{HEAD}\n๑\tการใช้อำนาจ\t๑. วางระบบ\t๑. ประชุม\n\t\t๒. อบรม\t\n", reference)
    assert outline(report.measures)[1] == ("2", "อบรม", [])


def test_a_row_goes_on_over_the_page_end_where_no_mark_stands_at_its_head(reference: Reference) -> None:
    report = read_text(f"{HEAD}\n๑\tการใช้อำนาจ\t๑. วางระบบ\t๑. ประชุม\n\n{HEAD}\n\t\tมอบหมายงาน\tครบทุกกลุ่ม\n", reference)
    assert outline(report.measures) == [("1", "วางระบบ มอบหมายงาน", ["ประชุม ครบทุกกลุ่ม"])]


def test_a_merged_cell_holds_for_all_its_rows_but_a_budget_for_the_first_measure_only(reference: Reference) -> None:
    rows = row("ตัวชี้วัด", "มาตรการ", "การดำเนินการ", "ผู้รับผิดชอบ", "งบประมาณ")
    rows += (
        "<tr><td rowspan=2>การใช้อำนาจ</td><td>๑. วางระบบ</td><td>ประชุม</td>"
        "<td rowspan=2>สำนักปลัด</td><td rowspan=2>๑๒,๕๐๐</td></tr>"
    )
    first, second = read_table(rows + row("๒. อบรม", "จัดอบรม"), reference)
    assert (first.responsible, second.responsible) == ("สำนักปลัด", "สำนักปลัด")
    assert (first.budget_baht, second.budget_baht) == (12500, None)
    assert second.indicator_number == 3


def test_a_blank_cell_of_plain_text_holds_what_stands_above_and_a_dash_holds_nothing(reference: Reference) -> None:
    head = "มาตรการ\tการดำเนินการ\tผู้รับผิดชอบ"
    report = read_text(f"{head}\n๑. วางระบบ\tประชุม\tกองคลัง\n๒. อบรม\tจัดอบรม\t\n๓. เผยแพร่\tลงเว็บไซต์\t-\n", reference)
    assert [m.responsible for m in report.measures] == ["กองคลัง", "กองคลัง", None]


def test_measures_listed_in_one_cell_share_out_the_actions_by_their_numbers(reference: Reference) -> None:
    cells = row("<p>๑. วางระบบ</p><p>๒. อบรม</p>", "<p>๑. ประชุม</p><p>๒. จัดอบรม</p>")
    measures = read_table(row("มาตรการ", "การดำเนินการ") + cells, reference)
    assert outline(measures) == [("1", "วางระบบ", ["ประชุม"]), ("2", "อบรม", ["จัดอบรม"])]


def test_a_full_width_row_names_the_indicator_of_the_rows_below(reference: Reference) -> None:
    group = "<tr><td colspan=2>ตัวชี้วัดที่ ๗ ประสิทธิภาพการสื่อสาร</td></tr>"
    (measure,) = read_table(row("มาตรการ", "การดำเนินการ") + group + row("๑. เพิ่มช่องทาง", "เปิดเพจ"), reference)
    assert (measure.indicator_number, measure.indicator_name) == (7, "ประสิทธิภาพการสื่อสาร")


def test_the_running_number_is_no_indicator_number(reference: Reference) -> None:
    report = read_text(f"{HEAD}\n๑\tการป้องกันการทุจริต\tวางระบบ\tประชุม\n๒\tการใช้งบประมาณ\tเผยแพร่\tลงเว็บไซต์\n", reference)
    assert [(m.indicator_number, m.number) for m in report.measures] == [(10, None), (2, None)]


def test_a_status_column_decides_and_is_no_part_of_the_text(reference: Reference) -> None:
    head = row("มาตรการ", "การดำเนินการ", "สถานะ")
    rows = row("๑. วางระบบ", "ประชุม", "ดำเนินการแล้ว") + row("๒. อบรม", "จัดอบรม", "ยังไม่ได้ดำเนินการ")
    measures = read_table(head + rows, reference)
    assert [(a.text, a.status) for m in measures for a in m.actions] == [("ประชุม", "reported"), ("จัดอบรม", "not_done")]


def test_a_form_of_labels_and_values_is_a_measure(reference: Reference) -> None:
    form = row("มาตรการ", "วางระบบ") + row("การดำเนินการ", "ประชุม") + row("ผู้รับผิดชอบ", "กองคลัง")
    (measure,) = read_table(form, reference)
    assert (measure.text, measure.responsible, measure.actions[0].text) == ("วางระบบ", "กองคลัง", "ประชุม")


def test_a_form_that_names_its_indicator_and_number(reference: Reference) -> None:
    form = "<tr><td colspan=2>มาตรการที่ 3</td></tr>" + row("มาตรการ", "วางระบบ")
    form += row("สอดคล้องกับ", "ตัวชี้วัดที่ 9 การเปิดเผยข้อมูล") + row("กิจกรรมที่ดำเนินการ", "1) ประชุม<br>2) สรุป")
    (measure,) = read_table(form, reference)
    assert (measure.number, measure.indicator_number) == ("3", 9)
    assert [action.number for action in measure.actions] == ["1", "2"]


def test_results_in_a_table_of_their_own_go_to_the_measures_they_name(reference: Reference) -> None:
    first = row("มาตรการที่", "ตัวชี้วัด", "มาตรการ", "ผู้รับผิดชอบ")
    first += row("1", "การใช้อำนาจ", "วางระบบ", "กองคลัง") + row("2", "การใช้งบประมาณ", "เผยแพร่", "กองช่าง")
    second = row("มาตรการ", "ผลที่เกิดขึ้น", "สถานะ")
    second += row("มาตรการที่ 1", "ประชุมแล้ว", "แล้วเสร็จ") + row("มาตรการที่ 2", "ลงเว็บไซต์", "อยู่ระหว่างดำเนินการ")
    page = f"<html><body><h1>{TITLE}</h1><table>{first}</table><p>ผล</p><table>{second}</table></body></html>"
    measures = extract(read_bytes(page.encode()), reference).measures
    assert outline(measures) == [("1", "วางระบบ", ["ประชุมแล้ว"]), ("2", "เผยแพร่", ["ลงเว็บไซต์"])]
    assert [m.actions[0].status for m in measures] == ["reported", "partly_done"]


def two_measures(second: int) -> str:
    """Rows of two measures without actions; the first is number 1."""
    table = row("ตัวชี้วัด", "มาตรการ", "ผู้รับผิดชอบ") + row("การใช้อำนาจ", "มาตรการที่ ๑ วางระบบ", "กองคลัง")
    return table + row("การใช้งบประมาณ", f"มาตรการที่ {second} เผยแพร่", "กองช่าง")


def test_results_in_sections_of_text_go_to_the_measures_they_name(reference: Reference) -> None:
    table = two_measures(second=2)
    text = "<h3>ผลตามมาตรการที่ ๑</h3><p>๑. ประชุม</p><p>๒. สรุป</p><h3>ผลตามมาตรการที่ ๒</h3><p>ลงเว็บไซต์</p>"
    page = f"<html><body><h1>{TITLE}</h1><table>{table}</table>{text}</body></html>"
    measures = extract(read_bytes(page.encode()), reference).measures
    assert outline(measures) == [("1", "วางระบบ", ["ประชุม", "สรุป"]), ("2", "เผยแพร่", ["ลงเว็บไซต์"])]


def test_a_section_above_the_measures_is_anothers_and_answers_none(reference: Reference) -> None:
    table = two_measures(second=2)
    cited = "<h3>มาตรการที่ ๑</h3><p>ให้คณะรัฐมนตรีสั่งการ</p>"
    page = f"<html><body><h1>{TITLE}</h1>{cited}<table>{table}</table><p>ลงชื่อ</p></body></html>"
    report = extract(read_bytes(page.encode()), reference)
    assert outline(report.measures) == [("1", "วางระบบ", []), ("2", "เผยแพร่", [])]
    assert "ให้คณะรัฐมนตรีสั่งการ" in {note.text for note in report.notes}


def test_a_number_that_several_measures_bear_answers_none_of_them(reference: Reference) -> None:
    table = two_measures(second=1)
    text = "<h3>ผลตามมาตรการที่ ๑</h3><p>ประชุมชี้แจง</p>"
    page = f"<html><body><h1>{TITLE}</h1><table>{table}</table>{text}</body></html>"
    report = extract(read_bytes(page.encode()), reference)
    assert outline(report.measures) == [("1", "วางระบบ", []), ("1", "เผยแพร่", [])]
    assert "ประชุมชี้แจง" in {note.text for note in report.notes}


def test_measures_that_span_columns_have_the_rows_below_as_actions(reference: Reference) -> None:
    rows = row("ที่", "มาตรการ / การปฏิบัติ", "แล้วเสร็จ", "ยังไม่ได้ทำ", "ผู้รับผิดชอบ")
    rows += "<tr><td colspan=4>มาตรการที่ ๑ วางระบบ</td><td rowspan=3>กองคลัง</td></tr>"
    rows += row("๑.๑", "ประชุม", "✓", "") + row("๑.๒", "สรุป", "", "✓")
    (measure,) = read_table(rows, reference)
    assert (measure.number, measure.text, measure.responsible) == ("1", "วางระบบ", "กองคลัง")
    assert [(a.number, a.text, a.status) for a in measure.actions] == [
        ("1.1", "ประชุม", "reported"),
        ("1.2", "สรุป", "not_done"),
    ]


def test_a_row_that_sums_up_is_no_measure(reference: Reference) -> None:
    rows = row("มาตรการ", "การดำเนินการ", "งบประมาณ") + row("วางระบบ", "ประชุม", "๕,๐๐๐")
    (measure,) = read_table(rows + "<tr><td colspan=2>รวม</td><td>๕,๐๐๐</td></tr>", reference)
    assert measure.budget_baht == 5000


def test_a_number_without_a_mark_numbers_a_measure_but_a_quantity_does_not(reference: Reference) -> None:
    rows = row("มาตรการ", "การดำเนินการ") + row("1 สื่อสารแผน", "ประชุม") + row("2 ช่องทางร้องเรียนใหม่", "เปิดเพจ")
    assert [(m.number, m.text) for m in read_table(rows, reference)] == [
        ("1", "สื่อสารแผน"),
        (None, "2 ช่องทางร้องเรียนใหม่"),
    ]


def test_a_form_whose_first_label_counts_the_measure(reference: Reference) -> None:
    form = row("มาตรการที่ ๔", "กำหนดแนวทางการเบิกจ่าย") + row("ตัวชี้วัด", "การใช้งบประมาณ") + row("ผลการดำเนินการ", "ประชุม")
    (measure,) = read_table(form, reference)
    assert (measure.number, measure.text, measure.indicator_number) == ("4", "กำหนดแนวทางการเบิกจ่าย", 2)


def test_a_heading_that_names_no_indicator_takes_the_table_below_out_of_it(reference: Reference) -> None:
    table = "<table>" + row("มาตรการ", "การดำเนินการ") + row("วางระบบ", "ประชุม") + "</table>"
    body = f"<h3>ตัวชี้วัดที่ ๓ การใช้อำนาจ</h3>{table}<h3>มาตรการเสริมด้านธรรมาภิบาล</h3>{table}"
    measures = extract(read_bytes(f"<html><body><h1>{TITLE}</h1>{body}</body></html>".encode()), reference).measures
    assert [m.indicator_number for m in measures] == [3, None]


def test_an_indicator_told_by_its_number_alone(reference: Reference) -> None:
    table = "ตอบตัวชี้วัด\tมาตรการ\tงบฯ ที่ใช้ (บาท)\tกิจกรรมที่จะดำเนินการ\nตัวชี้วัดที่ ๘\t๑. ปรับปรุงขั้นตอน\t๘,๕๐๐.-\tทบทวนคู่มือ\n"
    text = "แผนการขับเคลื่อนมาตรการส่งเสริมคุณธรรมและความโปร่งใส\n\n" + table
    (measure,) = extract(read_bytes(text.encode()), reference).measures
    assert (measure.indicator_number, measure.indicator_name, measure.budget_baht) == (8, None, 8500)


def test_a_table_of_scores_below_indicator_names_holds_no_measures(reference: Reference) -> None:
    table = (
        "ลำดับ\tหน่วยงาน\tเฉลี่ย\tการปฏิบัติหน้าที่\tการใช้งบประมาณ\tการแก้ไขปัญหาการทุจริต\n"
        "1\tกรมสมมติ\t96.85\t98.70\t98.17\t98.63\n2\tกรมทดสอบ\t92.63\t88.74\t78.03\t80.47\n"
    )
    assert read_text(table, reference).measures == ()


def test_a_table_of_purchases_holds_no_measures(reference: Reference) -> None:
    table = "ที่\tงบประมาณ\tจำนวนโครงการ\tวิธีการ\n๑\t๕,๐๐๐\t๑,๓๗๖\tวิธีเฉพาะเจาะจง\n๒\t๐\t๐\tวิธีคัดเลือก\n"
    assert read_text(table, reference).measures == ()
