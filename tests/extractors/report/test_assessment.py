"""The assessment's result from sentences, lists and score tables."""

import pytest

from extractors.extract import extract
from extractors.read import read_bytes
from schemas.reference import Reference
from schemas.report import Assessment, Report

TITLE = "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน\n\n"


OFFICE = "องค์การบริหารส่วนตำบลทุ่งสมมติ"


def left_out(report: Report) -> list[str]:
    return [note.text for note in report.notes if note.code == "result-left-out"]


def assessment(body: str, reference: Reference) -> Assessment:
    found = extract(read_bytes((TITLE + body).encode()), reference).assessment
    assert found is not None
    return found


def scores(found: Assessment) -> list[tuple[int | None, float | None, bool]]:
    return [(indicator.number, indicator.score, indicator.weak) for indicator in found.indicators]


def test_total_grade_parts_and_year_of_one_sentence(reference: Reference) -> None:
    found = assessment(
        "ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. ๒๕๖๔ ได้คะแนนรวม ๘๗.๔๖ คะแนน อยู่ในระดับ A "
        "(IIT ๙๐.๑๒ EIT ๘๘.๓๕ และ OIT ๘๔.๘๐)",
        reference,
    )
    assert (found.year, found.score, found.grade) == (2564, 87.46, "A")
    assert (found.iit, found.eit, found.oit) == (90.12, 88.35, 84.8)


def test_weak_indicators_of_a_list_with_pass_mark_and_stated_number(reference: Reference) -> None:
    found = assessment(
        "ผลการประเมินปี ๒๕๖๒ มีตัวชี้วัดที่ได้คะแนนน้อยกว่าร้อยละ ๘๕ จำนวน ๓ ตัวชี้วัด ได้แก่\n"
        "- ตัวชี้วัดที่ ๑๐ การป้องกันการทุจริต ได้คะแนน ๖๒.๕๕\n- การใช้งบประมาณ (๘๐)\n- ตัวชี้วัดที่ ๗ ประสิทธิภาพการสื่อสาร ๘๔.๑๒ คะแนน\n",
        reference,
    )
    assert (found.threshold, found.weak_count) == (85, 3)
    assert scores(found) == [(10, 62.55, True), (7, 84.12, True)]


def test_an_earlier_years_result_told_in_passing_is_left_out(reference: Reference) -> None:
    found = assessment("ผลการประเมิน ITA ปี ๒๕๖๓ ได้คะแนนรวม ๘๒.๒๒ คะแนน เพิ่มขึ้นจากปี ๒๕๖๒ ที่ได้ ๗๙.๑๐ คะแนน ระดับ B", reference)
    assert (found.year, found.score) == (2563, 82.22)


def test_a_goal_is_no_result(reference: Reference) -> None:
    found = assessment("ผลการประเมิน ITA ปี ๒๕๖๓ ได้คะแนนรวม ๘๒.๒๒ คะแนน ตั้งเป้าหมาย ๙๐.๐๐ คะแนน ระดับ AA", reference)
    assert (found.score, found.grade) == (82.22, None)


def test_rows_of_parts_total_and_grade_are_no_indicators(reference: Reference) -> None:
    table = (
        "ตัวชี้วัด\tคะแนน\nการปฏิบัติหน้าที่\t๙๑.๐๐\nการใช้งบประมาณ\t๗๙.๐๐\n"
        "คะแนนเฉลี่ย IIT\t๘๕.๐๐\nคะแนนรวม\t๘๖.๑๐\nระดับผลการประเมิน\tA\n"
    )
    found = assessment("เกณฑ์ผ่านร้อยละ ๘๕ ผลการประเมินปี ๒๕๖๔ ดังตาราง\n\n" + table, reference)
    assert scores(found) == [(1, 91.0, False), (2, 79.0, True)]
    assert (found.iit, found.score, found.grade) == (85.0, 86.1, "A")


def test_of_two_years_in_a_score_table_the_later_is_the_assessments(reference: Reference) -> None:
    table = "ตัวชี้วัด\tคะแนน ปี ๒๕๖๓\tคะแนน ปี ๒๕๖๔\nการปฏิบัติหน้าที่\t๙๑.๐๐\t๙๒.๐๐\nการใช้งบประมาณ\t๗๙.๐๐\t๘๐.๐๐\n"
    found = assessment(table, reference)
    assert found.year == 2564
    assert [indicator.score for indicator in found.indicators] == [92.0, 80.0]


def test_a_document_without_a_result_has_no_assessment(reference: Reference) -> None:
    report = extract(read_bytes((TITLE + "มาตรการที่ ๑ วางระบบ\nการดำเนินการ : ประชุม ๓ ครั้ง\n").encode()), reference)
    assert report.assessment is None
    assert "no-assessment" in {note.code for note in report.notes}


def test_parts_and_total_named_in_one_row_and_given_in_the_next(reference: Reference) -> None:
    table = "IIT (30)\tEIT (30)\tOIT (40)\tรวม (100)\tระดับผลการประเมิน\n28.36\t29.65\t35.68\t93.69\tผ่านดี\n"
    found = assessment("ผลการประเมิน ประจำปีงบประมาณ พ.ศ. 2568 มีดังนี้\n\n" + table, reference)
    assert (found.iit, found.eit, found.oit, found.score, found.grade) == (28.36, 29.65, 35.68, 93.69, "ผ่านดี")


def test_a_table_of_several_agencies_is_no_result_of_the_report(reference: Reference) -> None:
    table = "หน่วยงาน\tIIT\tEIT\tOIT\tรวม\nกรมสมมติ\t28.36\t29.65\t35.68\t93.69\nกรมทดลอง\t27.36\t28.65\t34.68\t90.69\n"
    report = extract(read_bytes((TITLE + "ผลการประเมินปี 2568\n\n" + table).encode()), reference)
    assert report.assessment is None or report.assessment.score is None


def test_words_of_a_pass_mark_claim_its_number(reference: Reference) -> None:
    found = assessment("เกณฑ์การผ่านกำหนดไว้ที่ร้อยละ ๘๕ มีผลคะแนนรวมถ่วงน้ำหนัก ๘๔.๒๖ คะแนน (เต็ม ๑๐๐)", reference)
    assert (found.threshold, found.score) == (85, 84.26)


def test_figures_merged_over_the_indicators_of_a_part_are_the_parts(reference: Reference) -> None:
    head = "<tr><td>ตัวชี้วัด</td><td>คะแนน</td><td>คะแนนถ่วงน้ำหนัก</td></tr>"
    rows = "<tr><td>๑. การปฏิบัติหน้าที่</td><td>๙๐.๐๐</td><td rowspan=2>๒๖.๑๐</td></tr>"
    rows += "<tr><td>๒. การใช้งบประมาณ</td><td>๘๔.๐๐</td></tr>"
    rows += "<tr><td colspan=2>คะแนนรวม (ระดับ B)</td><td>๗๙.๘๘</td></tr>"
    page = f"<html><body><h1>{TITLE}</h1><p>ผลการประเมินปี ๒๕๖๒</p><table>{head}{rows}</table></body></html>"
    found = extract(read_bytes(page.encode()), reference).assessment
    assert found is not None
    assert (found.iit, found.score, found.grade) == (26.1, 79.88, "B")


def test_a_printed_number_holds_where_the_table_numbers_all_indicators_officially(reference: Reference) -> None:
    names = [fact.name for fact in reference.indicators]
    names[5], names[6] = names[6], names[5]
    rows = "\n".join(f"{number}. {name}\t8{number % 10}.00" for number, name in enumerate(names, start=1))
    found = assessment(f"ผลการประเมินปี ๒๕๖๒\n\nตัวชี้วัด\tคะแนน\n{rows}\n", reference)
    assert [(i.number, i.name) for i in found.indicators][5:7] == [(6, names[5]), (7, names[6])]


def test_indicators_of_a_table_announced_as_weak_are_weak(reference: Reference) -> None:
    table = "ตัวชี้วัด\tคะแนน\nการใช้อำนาจ\t84.06\nการเปิดเผยข้อมูล\t89.26\n"
    found = assessment("ผลการประเมินปี 2566 เห็นควรพัฒนาตัวชี้วัดที่มีคะแนนต่ำสุด 2 ลำดับ ดังนี้\n\n" + table, reference)
    assert [indicator.weak for indicator in found.indicators] == [True, True]


def test_the_number_of_weak_indicators_may_be_told_in_words(reference: Reference) -> None:
    found = assessment("ผลการประเมินปี ๒๕๖๓ ได้คะแนนรวม ๘๒.๒๒ คะแนน มีตัวชี้วัดที่ต่ำกว่าเกณฑ์รวมสามตัวชี้วัด", reference)
    assert found.weak_count == 3


def test_the_parts_after_an_earlier_years_total_are_this_years(reference: Reference) -> None:
    found = assessment(
        "ผลการประเมิน ITA ปี ๒๕๖๖ ได้คะแนนรวม ๘๔.๑๗ คะแนน เพิ่มขึ้นจากปีงบประมาณ พ.ศ. ๒๕๖๕ ซึ่งได้ ๗๙.๙๕ คะแนน "
        "จำแนกเป็นส่วน IIT ๙๒.๔๐ คะแนน ส่วน EIT ๗๘.๖๖ คะแนน และส่วน OIT ๘๒.๑๓ คะแนน",
        reference,
    )
    assert (found.year, found.score) == (2566, 84.17)
    assert (found.iit, found.eit, found.oit) == (92.4, 78.66, 82.13)


def test_a_pass_mark_that_the_office_sets_itself(reference: Reference) -> None:
    found = assessment("ผลการประเมินปี ๒๕๖๒ ได้คะแนน ๗๘.๕๖ โดยกำหนดเกณฑ์ผ่านของแต่ละตัวชี้วัดไว้ที่ ๘๐ คะแนน", reference)
    assert found.threshold == 80


def test_a_score_table_with_its_headings_twice_side_by_side(reference: Reference) -> None:
    table = (
        "ที่\tตัวชี้วัด\tคะแนน\tที่\tตัวชี้วัด\tคะแนน\n"
        "๑\tการปฏิบัติหน้าที่\t๙๓.๓๑\t๖\tคุณภาพการดำเนินงาน\t๙๐.๒๔\n"
        "๒\tการใช้งบประมาณ\t๘๖.๐๕\t๗\tประสิทธิภาพการสื่อสาร\t๘๑.๙๒\n"
    )
    found = assessment("ผลการประเมินปี ๒๕๖๘ ดังตาราง\n\n" + table, reference)
    assert [(number, score) for number, score, _ in scores(found)] == [(1, 93.31), (2, 86.05), (6, 90.24), (7, 81.92)]


def test_a_heading_over_the_numbers_and_the_names_of_indicators(reference: Reference) -> None:
    rows = (("ตัวชี้วัดที่ ๑", "การปฏิบัติหน้าที่", "๙๑.๒๒"), ("ตัวชี้วัดที่ ๖", "การให้บริการที่ดี", "๘๘.๘๐"))
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    table = f"<table><tr><th colspan=2>ตัวชี้วัด</th><th>คะแนน</th></tr>{body}</table>"
    page = f"<html><body><p>{TITLE}</p><p>ผลการประเมินปี ๒๕๖๒</p>{table}</body></html>"
    found = extract(read_bytes(page.encode()), reference).assessment
    assert found is not None
    assert [(i.number, i.name, i.score) for i in found.indicators] == [
        (1, "การปฏิบัติหน้าที่", 91.22),
        (6, "การให้บริการที่ดี", 88.8),
    ]


def test_scores_listed_below_indicator_names_are_no_measures(reference: Reference) -> None:
    body = "ผลการประเมินปี ๒๕๖๓\n\nการปรับปรุงระบบการทำงาน\n• ๘๐.๒๒\nการปฏิบัติหน้าที่\n• ๙๑.๒๗\n"
    assert extract(read_bytes((TITLE + body).encode()), reference).measures == ()


@pytest.mark.parametrize(
    "aside",
    [
        "อยู่ในระดับ A (๘๕.๐๐-๙๔.๙๙)",
        "ดังแสดงในตาราง ๔.๑๖ คะแนนรายตัวชี้วัด",
        "ทุกด้านมีคะแนนตากว่า ๘๕ คะแนน",
    ],
)
def test_bands_table_numbers_and_comparisons_are_no_total(aside: str, reference: Reference) -> None:
    found = extract(read_bytes(f"{TITLE}ผลการประเมิน ITA ปี ๒๕๖๕ {aside}\n".encode()), reference).assessment
    assert found is None or found.score is None


def test_a_share_of_something_else_is_no_result(reference: Reference) -> None:
    body = "สามารถประหยัดงบประมาณได้ ๑๓,๐๑๓.๕๖ บาท คิดเป็นร้อยละ ๑.๔๙\n"
    assert extract(read_bytes((TITLE + body).encode()), reference).assessment is None


def test_a_heading_of_two_digits_names_no_year(reference: Reference) -> None:
    table = "ตัวชี้วัด\tคะแนน\t๑๕\nการปฏิบัติหน้าที่\t๙๒.๐๐\t๙๑.๐๐\nการใช้งบประมาณ\t๘๐.๐๐\t๘๑.๐๐\n"
    assert assessment(table, reference).year is None


def test_the_result_of_the_whole_country_is_not_the_offices_own(reference: Reference) -> None:
    body = (
        f"หน่วยงาน : {OFFICE}\n\nผลการประเมิน ITA ปี ๒๕๖๕ มีคะแนนเฉลี่ยในภาพรวมของประเทศ เท่ากับ ๘๗.๕๗ คะแนน ระดับ A\n"
        "ตัวชี้วัดที่ ๑๐ การป้องกันการทุจริต ได้คะแนน ๘๒.๖๒\n"
        f"ผลการประเมิน ITA ของ{OFFICE} ปี ๒๕๖๕ ได้คะแนนรวม ๗๙.๑๐ คะแนน ระดับ B\n"
        "ตัวชี้วัดที่ ๑๐ การป้องกันการทุจริต ได้คะแนน ๖๑.๒๐\n"
    )
    report = extract(read_bytes((TITLE + body).encode()), reference)
    assert report.assessment is not None
    assert (report.assessment.score, report.assessment.grade) == (79.1, "B")
    assert scores(report.assessment) == [(10, 61.2, False)]
    assert left_out(report) == ["87.57"]


@pytest.mark.parametrize(
    "above",
    [
        "ผลคะแนนของหน่วยงานและค่าเฉลี่ยระดับประเทศ ปรากฏดังตาราง",
        f"{OFFICE} มีคะแนนเฉลี่ยสูงกว่าคะแนนเฉลี่ยภาพรวมระดับประเทศ รายละเอียดดังตาราง",
        f"ภาพรวมระดับประเทศมีคะแนนเฉลี่ย ๙๐.๐๐ คะแนน ส่วน{OFFICE} มีผลการประเมินดังนี้",
        "โดยค่าเฉลี่ยระดับประเทศอยู่ที่ ๘๒.๕๐ คะแนน",
    ],
)
def test_an_own_table_below_a_line_that_names_the_countrys_mean_is_the_result(reference: Reference, above: str) -> None:
    table = "ตัวชี้วัด\tคะแนน\nการปฏิบัติหน้าที่\t๙๒.๐๐\nการใช้งบประมาณ\t๘๐.๐๐\nคะแนนรวม\t๘๖.๐๐\n"
    found = assessment(f"หน่วยงาน : {OFFICE}\n\nผลการประเมิน ITA ปี ๒๕๖๖\n{above}\n\n{table}", reference)
    assert found.score == 86.0
    assert scores(found) == [(1, 92.0, False), (2, 80.0, False)]


@pytest.mark.parametrize(
    "told",
    [
        "สูงกว่าค่าเฉลี่ย\nระดับประเทศ ซึ่งมีคะแนนเฉลี่ย ๗๙.๑๐ คะแนน\n",
        "คะแนนเฉลี่ยระดับประเทศ ๗๙.๑๐ คะแนน\nหน่วยงานได้คะแนนรวม ๘๗.๔๖ คะแนน ระดับ A\n",
        "คะแนนเฉลี่ยระดับประเทศ ๗๙.๑๐ คะแนน ส่วนหน่วยงานได้คะแนนรวม ๘๗.๔๖ คะแนน ระดับ A\n",
        "ในภาพรวมของหน่วยงานทั้งหมด ๑๐ ตัวชี้วัด ได้คะแนนเฉลี่ย ๘๗.๔๖ คะแนน ระดับ A\n",
    ],
)
def test_figures_after_the_countrys_mean_are_the_own_again(reference: Reference, told: str) -> None:
    found = assessment(
        f"ผลการประเมิน ITA ปี ๒๕๖๖ ได้คะแนนรวม ๘๗.๔๖ คะแนน ระดับ A\n{told}IIT ๙๐.๑๒ EIT ๘๘.๓๕ OIT ๘๔.๘๐\n", reference
    )
    assert (found.score, found.grade, found.iit, found.eit, found.oit) == (87.46, "A", 90.12, 88.35, 84.8)


THREE = "การปฏิบัติหน้าที่\t{}\nการใช้งบประมาณ\t{}\nการใช้อำนาจ\t{}\nคะแนนรวม\t{}\n"


@pytest.mark.parametrize("caption", ["เป้าหมายปี ๒๕๖๗", "ผลการประเมินของหน่วยงานภาครัฐทั่วประเทศ"])
def test_a_table_of_goals_or_of_the_country_after_the_own_one_is_left_out(reference: Reference, caption: str) -> None:
    own = "ตัวชี้วัด\tคะแนน\n" + THREE.format("๘๒.๐๐", "๘๐.๐๐", "๘๑.๐๐", "๘๑.๕๐")
    other = "ตัวชี้วัด\tคะแนน\n" + THREE.format("๙๐.๐๐", "๙๐.๐๐", "๙๐.๐๐", "๙๐.๐๐")
    report = extract(read_bytes(f"{TITLE}ผลการประเมิน ITA ปี ๒๕๖๖\n\n{own}\n{caption}\n\n{other}".encode()), reference)
    assert report.assessment is not None
    assert report.assessment.score == 81.5
    assert scores(report.assessment) == [(1, 82.0, False), (2, 80.0, False), (3, 81.0, False)]
    assert left_out(report) == ["90.00"]


def test_what_a_sentence_rounds_contradicts_no_table(reference: Reference) -> None:
    table = "ตัวชี้วัด\tคะแนน\n" + THREE.format("๘๒.๔๖", "๘๐.๓๓", "๘๑.๑๒", "๘๑.๕๐")
    weak = (
        "จุดอ่อน ได้แก่\nตัวชี้วัดที่ ๑ การปฏิบัติหน้าที่ ๘๒.๕ คะแนน\nตัวชี้วัดที่ ๒ การใช้งบประมาณ ๘๐.๓ คะแนน\n"
        "ตัวชี้วัดที่ ๓ การใช้อำนาจ ๘๑.๑ คะแนน\n"
    )
    report = extract(read_bytes(f"{TITLE}ผลการประเมิน ITA ปี ๒๕๖๖\n\n{table}\n{weak}".encode()), reference)
    assert report.assessment is not None
    assert all(indicator.weak for indicator in report.assessment.indicators)
    assert left_out(report) == []


def test_a_line_of_one_word_over_and_over_is_read_at_once(reference: Reference) -> None:
    line = "ตัวชี้วัดที่ ๑ การปฏิบัติหน้าที่\n" + "ได้คะแนน" * 400 + "ก ๘๐.๐๐ คะแนน\n"
    assert extract(read_bytes((TITLE + line).encode()), reference) is not None


def test_one_year_alone_over_the_result_is_not_its_year(reference: Reference) -> None:
    told = "<p>ปีงบประมาณ ๒๕๖๗</p><p>จากผลการประเมิน ITA ที่ผ่านมา ได้คะแนนรวม ๘๑.๕๐ คะแนน</p>"
    page = f"<html><body><h1>{TITLE}</h1>{told}</body></html>"
    found = extract(read_bytes(page.encode()), reference).assessment
    assert found is not None
    assert (found.year, found.score) == (None, 81.5)


def test_a_report_that_tells_only_of_the_country_has_no_result(reference: Reference) -> None:
    body = "ผลการประเมิน ITA ปี ๒๕๖๕ ค่าเฉลี่ยระดับประเทศ ได้คะแนน ๘๗.๕๗ คะแนน\n"
    report = extract(read_bytes((TITLE + body).encode()), reference)
    assert report.assessment is None
    assert {"no-assessment", "result-left-out"} <= {note.code for note in report.notes}


def test_a_mean_of_the_country_that_is_compared_with_has_one_figure(reference: Reference) -> None:
    found = assessment(
        "ผลการประเมิน ITA ปี ๒๕๖๕ ได้คะแนนรวม ๙๐.๑๕ คะแนน สูงกว่าค่าเฉลี่ยระดับประเทศ (๘๗.๕๗ คะแนน) อยู่ในระดับ A", reference
    )
    assert (found.score, found.grade) == (90.15, "A")


def test_the_rank_in_the_country_is_the_offices_own(reference: Reference) -> None:
    found = assessment("ผลการประเมินปี ๒๕๖๕ ในภาพรวม เป็นอันดับ ๑ ของประเทศ ได้คะแนนรวม ๙๘.๒๐ คะแนน ระดับ AA", reference)
    assert (found.score, found.grade) == (98.2, "AA")


SECTION_OF_OTHERS = (
    "<h2>สถานการณ์</h2><p>คะแนนรวม ๘๗.๕๗ คะแนน ต่ำกว่าร้อยละ ๙๐ จำนวน ๑ ตัวชี้วัด</p>"
    "<p>ตัวชี้วัดที่ ๑ การปฏิบัติหน้าที่ ได้คะแนน ๙๔.๔๕ ตัวชี้วัดที่ ๒ การใช้งบประมาณ ได้คะแนน ๘๙.๔๕</p>"
)
SECTION_OF_OWN = (
    "<h2>ผลการประเมิน</h2><p>คะแนนรวม ๘๘.๖๑ คะแนน ต่ำกว่าร้อยละ ๘๕ จำนวน ๒ ตัวชี้วัด</p>"
    "<p>ตัวชี้วัดที่ ๑ การปฏิบัติหน้าที่ ได้คะแนน ๙๐.๙๖ ตัวชี้วัดที่ ๒ การใช้งบประมาณ ได้คะแนน ๘๓.๖๓ "
    "ตัวชี้วัดที่ ๓ การใช้อำนาจ ได้คะแนน ๘๖.๓๒</p>"
)


def test_of_two_sections_that_contradict_each_other_the_one_that_tells_more_is_the_result(
    reference: Reference,
) -> None:
    page = f"<html><body><h1>{TITLE}</h1>{SECTION_OF_OTHERS}{SECTION_OF_OWN}</body></html>"
    report = extract(read_bytes(page.encode()), reference)
    found = report.assessment
    assert found is not None
    assert (found.score, found.threshold, found.weak_count) == (88.61, 85, 2)
    assert scores(found) == [(1, 90.96, False), (2, 83.63, True), (3, 86.32, False)]
    assert left_out(report) == ["87.57, 90.00, 1.00, 94.45, 89.45"]


def test_of_years_that_stand_alone_each_heads_the_figures_below_it(reference: Reference) -> None:
    sections = (
        "<p>หน่วยงานเข้ารับการประเมินมาแล้วสองปี และได้รับผลการประเมินตามลำดับปีดังต่อไปนี้</p>"
        "<p>ปีงบประมาณ พ.ศ. ๒๕๖๔</p><p>ผลการประเมินได้คะแนนรวม ๙๑.๑๗ คะแนน ระดับ A</p>"
        "<p>ปีงบประมาณ พ.ศ. ๒๕๖๕</p><p>ผลการประเมินได้คะแนนรวม ๗๘.๖๑ คะแนน ระดับ B</p>"
    )
    page = f"<html><body><h1>{TITLE}</h1>{sections}</body></html>"
    found = extract(read_bytes(page.encode()), reference).assessment
    assert found is not None
    assert (found.year, found.score, found.grade) == (2565, 78.61, "B")


def test_a_score_in_the_next_line_is_that_of_the_indicator_that_ends_a_line(reference: Reference) -> None:
    found = assessment(
        "ผลการประเมินปี ๒๕๖๕\nตัวชี้วัดที่ ๖ คุณภาพการดำเนินงาน คะแนน\nเท่ากับ ๘๙.๘๐ ตัวชี้วัดที่ ๘ การปรับปรุงระบบการทำงาน คะแนน ๘๕.๐๕\n",
        reference,
    )
    assert scores(found) == [(6, 89.8, False), (8, 85.05, False)]


def test_a_share_of_offices_and_a_lower_bound_are_no_score(reference: Reference) -> None:
    found = assessment(
        "ผลการประเมิน ITA ปี ๒๕๖๕ (ร้อยละ ๘๕ ขึ้นไป) ผ่านจำนวน ๑๓ หน่วยงาน คิดเป็นร้อยละ ๗๖.๔๗ ได้คะแนนเฉลี่ยเท่ากับร้อยละ ๘๘.๖๑",
        reference,
    )
    assert found.score == 88.61


def test_the_total_of_a_table_that_is_not_of_the_assessment_is_no_score(reference: Reference) -> None:
    table = "วิธีจัดซื้อ\tจำนวนเงิน\tร้อยละ\nเฉพาะเจาะจง\t๘๖๐,๗๔๖.๔๔\t๑๐๐.๐๐\nรวม\t๘๖๐,๗๔๖.๔๔\t๑๐๐.๐๐\n"
    body = "ส่วนที่ ๒\nงบประมาณจำแนกตามวิธีจัดซื้อจัดจ้าง\nหน่วย : บาท\nดังตาราง\n\n"
    report = extract(read_bytes((TITLE + body + table).encode()), reference)
    assert report.assessment is None


def test_the_lowest_mean_is_an_indicators_and_not_the_total(reference: Reference) -> None:
    found = assessment(
        "ผลการประเมินปี ๒๕๖๔\nตัวชี้วัดที่ ๔ การใช้ทรัพย์สินของราชการ ได้คะแนนเฉลี่ยน้อยที่สุดเพียง ๘๑.๑๑ คะแนน\n", reference
    )
    assert found.score is None
    assert [(indicator.number, indicator.score) for indicator in found.indicators] == [(4, 81.11)]


def test_the_evidence_of_a_tables_score_holds_the_score(reference: Reference) -> None:
    found = assessment(
        "ตัวชี้วัด\tคะแนน\nการปฏิบัติหน้าที่\t๙๒.๐๐\nการใช้งบประมาณ\t๘๔.๕๘\n",
        reference,
    )
    assert [[place.text for place in indicator.evidence] for indicator in found.indicators] == [
        ["การปฏิบัติหน้าที่", "๙๒.๐๐"],
        ["การใช้งบประมาณ", "๘๔.๕๘"],
    ]
