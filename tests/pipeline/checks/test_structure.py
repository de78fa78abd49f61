"""Faults of results, lists, answers and headings in many settings; settings that are right raise nothing."""

import pytest

from extractors.read import read_bytes
from pipeline.reading import report_in

REPORT = """รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน
ประจำปีงบประมาณ พ.ศ. {year}
เทศบาลตำบลบ้านสวนกล้วย

{opening}

ที่\tตัวชี้วัด\tมาตรการ\tการดำเนินการ
{rows}{end}"""
BUDGET, PROPERTY = "การใช้งบประมาณ", "การใช้ทรัพย์สินของราชการ"
Row = tuple[str, str, str]
ROWS: tuple[Row, ...] = (
    (BUDGET, "๑. เปิดเผยแผนการใช้จ่าย", "๑. ปิดประกาศแผน ๒. รายงานผลรายไตรมาส"),
    (BUDGET, "๒. ให้มีส่วนร่วม", "๑. ประชุมประชาคม"),
    (PROPERTY, "๑. ทำทะเบียนคุม", "๑. ตรวจนับพัสดุ ๒. ติดเลขครุภัณฑ์"),
)
NAMES = (
    "การปฏิบัติหน้าที่",
    BUDGET,
    "การใช้อำนาจ",
    PROPERTY,
    "การแก้ไขปัญหาการทุจริต",
    "คุณภาพการดำเนินงาน",
    "ประสิทธิภาพการสื่อสาร",
    "การปรับปรุงระบบการทำงาน",
    "การเปิดเผยข้อมูล",
    "การป้องกันการทุจริต",
)
SCORES = (90.10, 80.20, 88.30, 79.40, 86.50, 89.10, 85.20, 86.30, 97.10, 93.75)
PARTS = "\tIIT\t๘๔.๙๐\n\tEIT\t๘๖.๘๗\n\tOIT\t๙๕.๔๓\n"
LISTED = "ตัวชี้วัดที่มีคะแนนต่ำกว่า ๘๕ มี ๒ ตัวชี้วัด คือ การใช้งบประมาณ และการใช้ทรัพย์สินของราชการ"


def result(total: str = "๘๙.๗๐", grade: str = "A", year: str = "๒๕๖๕") -> str:
    return f"ผลการประเมิน ITA ปีงบประมาณ {year} เทศบาลตำบลบ้านสวนกล้วยได้คะแนน {total} ระดับ {grade}"


def table(names: tuple[str, ...] = NAMES, scores: tuple[float, ...] = SCORES, parts: str = PARTS) -> str:
    rows = (f"{n}\t{name}\t{score:.2f}\n" for n, (name, score) in enumerate(zip(names, scores, strict=True), 1))
    return "ตัวชี้วัดที่\tตัวชี้วัด\tคะแนน\n" + "".join(rows) + parts


def replaced(values: tuple[str, ...], number: int, value: str) -> tuple[str, ...]:
    return (*values[: number - 1], value, *values[number:])


def found(opening: str, rows: tuple[Row, ...] = ROWS, year: str = "๒๕๖๖", end: str = "") -> list[tuple[str, str]]:
    lines = []
    before = None
    for running, (indicator, measure, actions) in enumerate(rows, 1):
        first = indicator != before
        lines.append(f"{running if first else ''}\t{indicator if first else ''}\t{measure}\t{actions}\n")
        before = indicator
    text = REPORT.format(opening=opening, rows="".join(lines), year=year, end=end)
    return sorted((finding.check, finding.at) for finding in report_in(read_bytes(text.encode())).findings)


RIGHT_OPENINGS = {
    "all is right": f"{result()}\n{table()}{LISTED}",
    "the lowest are chosen": f"{result()}\n{table()}จึงเลือกตัวชี้วัดที่ได้คะแนนต่ำสุด ๒ ลำดับ มากำหนดมาตรการ ได้แก่ {PROPERTY} และ{BUDGET}",
    "weak ones by number": f"{result()}\n{table()}ตัวชี้วัดที่ต่ำกว่า ๘๕ จำนวน ๒ ตัวชี้วัด ได้แก่ ตัวชี้วัดที่ ๒ และ ๔",
    "no pass mark": f"{result()}\n{table()}ตัวชี้วัดที่เห็นควรพัฒนา ได้แก่ {BUDGET} และ{PROPERTY}",
    "points of their weights": f"{result()} โดย IIT ๒๕.๔๗ EIT ๒๖.๐๖ OIT ๓๘.๑๗",
    "known variants of names": f"{result()}\n{table(replaced(NAMES, 4, 'การใช้ทรัพย์สินของทางราชการ'))}",
    "a misprint of a name": f"{result()}\n{table(replaced(NAMES, 6, 'คุณภาพการดำเนินการ'))}",
    "a list with numbers of its own": f"{result()}\nตัวชี้วัดที่ต้องพัฒนา ดังนี้\n- ตัวชี้วัดที่ ๑ {BUDGET} ๘๐.๒๐ คะแนน\n- ตัวชี้วัดที่ ๒ {PROPERTY} ๗๙.๔๐ คะแนน",
    "a goal beside the grade": f"{result('๘๓.๗๐', 'B')} และตั้งเป้าหมายให้ได้ระดับ A ในปีถัดไป",
    "the country's weak indicators": (
        f"ในภาพรวมระดับประเทศ ปีงบประมาณ ๒๕๖๕ ได้คะแนนเฉลี่ย ๘๗.๕๗ คะแนน ตัวชี้วัดที่ต่ำกว่า ๘๕ คือ การป้องกันการทุจริต\n"
        f"{result()}\n{table()}{LISTED}"
    ),
    "a part without its indicators": f"{result()} IIT ๘๔.๙๐",
}


@pytest.mark.parametrize("opening", RIGHT_OPENINGS.values(), ids=RIGHT_OPENINGS.keys())
def test_results_that_are_right_raise_nothing(opening: str) -> None:
    assert found(opening) == []


@pytest.mark.parametrize(
    "opening",
    [
        f"{result()}\n{table()}{LISTED.replace('๒', '๓')}",
        f"{result()}\n{table()}จากตาราง มีตัวชี้วัดที่ไม่ผ่านเกณฑ์ร้อยละ ๘๕ จำนวนสามตัวชี้วัด ซึ่งต้องได้รับการพัฒนา",
        f"{result()}\nตัวชี้วัดที่ต้องปรับปรุง จำนวน ๔ ตัวชี้วัด ดังนี้\n๑) {BUDGET} ๘๐.๒๐\n๒) {PROPERTY} ๗๙.๔๐",
    ],
)
def test_a_stated_count_that_is_not_the_lists_is_found(opening: str) -> None:
    assert found(opening) == [("weak-count", "assessment")]


@pytest.mark.parametrize(
    ("score", "stands"),
    [
        ("๘๖.๑๐", "ตัวชี้วัดที่ต่ำกว่าเกณฑ์ ๘๕ คะแนน ดังนี้"),
        ("๘๕.๐๐", "พบตัวชี้วัดที่ได้คะแนนน้อยกว่าร้อยละ ๘๕ ได้แก่"),
        ("๙๑.๒๕", "ตัวชี้วัดที่ไม่ถึง ๘๕ คะแนน ซึ่งต้องพัฒนา ได้แก่"),
    ],
)
def test_a_weak_indicator_that_reaches_the_pass_mark_is_found(score: str, stands: str) -> None:
    opening = f"{result()} {stands}\n- ตัวชี้วัดที่ ๒ {BUDGET} {score} คะแนน\n- ตัวชี้วัดที่ ๔ {PROPERTY} ๗๙.๔๐ คะแนน"
    assert found(opening) == [("weak-score", "indicator/2")]


def test_an_indicator_under_the_pass_mark_that_the_list_leaves_out_is_found() -> None:
    scores = (*SCORES[:6], 84.10, *SCORES[7:])
    opening = f"{result('๘๙.๕๙')}\n{table(scores=scores, parts=PARTS.replace('๘๖.๘๗', '๘๖.๕๐'))}{LISTED.replace('มี ๒ ตัวชี้วัด', '')}"
    assert found(opening) == [("indicator-unanswered", "indicator/7"), ("weak-score", "indicator/7")]
    chosen = opening.replace("ต่ำกว่า ๘๕", "ต่ำกว่า ๘๕ และน้อยที่สุด ๒ อันดับแรก")
    assert found(chosen) == []


@pytest.mark.parametrize(
    ("total", "grade", "assessed", "parts"),
    [
        ("๘๙.๗๐", "B", "๒๕๖๕", ""),
        ("๘๔.๙๙", "A", "๒๕๖๒", ""),
        ("๘๙.๗๐", "ผ่านดี", "๒๕๖๗", " (IIT ๘๔.๙๐ EIT ๘๖.๘๗ OIT ๙๕.๔๓)"),
        ("๖๙.๗๐", "ต้องปรับปรุง", "๒๕๖๗", ""),
        ("๘๖.๒๐", "ต้องปรับปรุง", "๒๕๖๖", ""),
    ],
)
def test_a_grade_that_is_not_the_scores_is_found(total: str, grade: str, assessed: str, parts: str) -> None:
    following = {"๒๕๖๒": "๒๕๖๓", "๒๕๖๕": "๒๕๖๖", "๒๕๖๖": "๒๕๖๗", "๒๕๖๗": "๒๕๖๘"}[assessed]
    opening = result(total, grade, assessed) + parts
    assert found(opening, year=following) == [("grade-band", "assessment")]


@pytest.mark.parametrize(
    ("total", "grade", "assessed", "parts"),
    [
        ("๘๕.๐๐", "A", "๒๕๖๕", ""),
        ("๘๙.๗๐", "A", "๒๕๖๖", ""),
        ("๘๙.๗๐", "ผ่าน", "๒๕๖๗", " (IIT ๘๔.๙๐ EIT ๘๖.๘๗ OIT ๙๕.๔๓)"),
        ("๘๙.๗๐", "ผ่านดี", "๒๕๖๗", ""),
        ("๗๐.๐๐", "ต้องปรับปรุง", "๒๕๖๗", ""),
    ],
)
def test_a_grade_that_may_be_the_scores_raises_nothing(total: str, grade: str, assessed: str, parts: str) -> None:
    following = {"๒๕๖๕": "๒๕๖๖", "๒๕๖๖": "๒๕๖๗", "๒๕๖๗": "๒๕๖๘"}[assessed]
    assert found(result(total, grade, assessed) + parts, year=following) == []


@pytest.mark.parametrize(
    "opening",
    [
        f"{result('๘๘.๗๐')}\n{table()}",
        f"{result()} โดย IIT ๒๕.๔๗ EIT ๒๖.๐๖ OIT ๓๖.๑๗",
        f"{result()} แบ่งเป็น IIT ร้อยละ ๘๔.๙๐ EIT ร้อยละ ๘๖.๘๗ และ OIT ร้อยละ ๙๑.๔๓",
        f"{result()}\n{table(parts=PARTS.replace('๘๔.๙๐', '๘๔.๐๙'))}",
        f"{result()}\n{table(parts=PARTS.replace('๘๖.๘๗', 'x').replace('๙๕.๔๓', '๘๖.๘๗').replace('x', '๙๕.๔๓'))}",
    ],
)
def test_a_total_or_part_that_the_figures_do_not_give_is_found(opening: str) -> None:
    assert found(opening) == [("score-total", "assessment")]


def test_two_parts_that_are_each_others_are_told_as_swapped() -> None:
    parts = PARTS.replace("๘๖.๘๗", "x").replace("๙๕.๔๓", "๘๖.๘๗").replace("x", "๙๕.๔๓")
    text = REPORT.format(opening=f"{result()}\n{table(parts=parts)}", rows="", year="๒๕๖๖", end="")
    (finding,) = report_in(read_bytes(text.encode())).findings
    assert "EIT–OIT" in finding.message_th
    assert "swapped" in finding.message_en


@pytest.mark.parametrize(
    ("opening", "number"),
    [
        (f"{result()}\n{table(replaced(NAMES, 6, 'การปรับปรุงระบบการทำงาน'))}", 6),
        (f"{result()} ต่ำกว่า ๘๕ คือ ตัวชี้วัดที่ ๒ การใช้อำนาจ ๘๐.๒๐ คะแนน และตัวชี้วัดที่ ๔ {PROPERTY} ๗๙.๔๐ คะแนน", 2),
        (f"{result()}\n{table(replaced(NAMES, 9, 'การบริหารงานบุคคล'))}", 9),
    ],
)
def test_a_name_that_is_not_the_numbers_is_found(opening: str, number: int) -> None:
    assert ("indicator-name", f"indicator/{number}") in found(opening)


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ((ROWS[0], (BUDGET, "๓. ให้มีส่วนร่วม", "๑. ประชุมประชาคม"), ROWS[2]), "2/3"),
        ((*ROWS[:2], (PROPERTY, "๔. ทำทะเบียนคุม", "๑. ตรวจนับพัสดุ")), "4/4"),
        (((BUDGET, "๑. เปิดเผยแผน", "๑.๑ ปิดประกาศ ๑.๓ รายงานผล"), ROWS[2]), "2/1/1.3"),
        (((BUDGET, "๑. เปิดเผยแผน", "๑) ปิดประกาศ ๒) รายงานผล ๒) สรุปผล ๓) ติดตาม"), ROWS[2]), "2/1/2"),
    ],
)
def test_a_list_number_that_does_not_follow_is_found(rows: tuple[Row, ...], place: str) -> None:
    assert found(result(), rows) == [("numbering", place)]


@pytest.mark.parametrize(
    "rows",
    [
        (*ROWS[:2], (PROPERTY, "๓. ทำทะเบียนคุม", "๑. ตรวจนับพัสดุ")),
        (
            (BUDGET, "๑. เปิดเผยแผน", "๑. ปิดประกาศ ดังนี้ (๑) บอร์ด (๒) เว็บไซต์ ๒. รายงานผล (๑) รายเดือน (๒) รายไตรมาส"),
            ROWS[2],
        ),
        ((BUDGET, "๑. เปิดเผยแผน", "๑. ปิดประกาศ ๓ จุด และรายงานรอบที่ ๒ ตามข้อ ๕. ของระเบียบ ๒. รายงานผล ๔ ครั้ง"), ROWS[2]),
        (ROWS[0], (BUDGET, "๒. ให้มีส่วนร่วม", "๒. ประชุมประชาคม"), ROWS[2]),
    ],
)
def test_lists_that_run_on_restart_or_nest_raise_nothing(rows: tuple[Row, ...]) -> None:
    assert found(result(), rows) == []


@pytest.mark.parametrize(
    "opening",
    [
        f"{result()}\n{table()}{LISTED}",
        f"{result()} ต่ำกว่า ๘๕ ได้แก่\n- {BUDGET} ๘๐.๒๐\n- {PROPERTY} ๗๙.๔๐",
        f"{result()} จุดอ่อนคือ ตัวชี้วัดที่ ๒ {BUDGET} ๘๐.๒๐ คะแนน และตัวชี้วัดที่ ๔ {PROPERTY} ๗๙.๔๐ คะแนน",
    ],
)
def test_a_weak_indicator_without_a_measure_is_found(opening: str) -> None:
    assert found(opening, ROWS[:2]) == [("indicator-unanswered", "indicator/4")]
    assert found(opening) == []


@pytest.mark.parametrize("cell", ["", "-", "–"])
def test_a_measure_without_an_action_is_found(cell: str) -> None:
    rows = (ROWS[0], (BUDGET, "๒. ให้มีส่วนร่วม", cell), ROWS[2])
    assert found(result(), rows) == [("measure-unanswered", "2/2")]


@pytest.mark.parametrize("cell", ["ประชุมประชาคม", "- ประชุมประชาคม", "๑. จะประชุมประชาคมในเดือนกันยายน ๒๕๖๖"])
def test_a_measure_with_any_action_raises_nothing(cell: str) -> None:
    assert found(result(), (ROWS[0], (BUDGET, "๒. ให้มีส่วนร่วม", cell), ROWS[2])) == []


LEAD = "\n\nเทศบาลตำบลบ้านสวนกล้วยได้กำหนดมาตรการเพื่อแก้ไขจุดอ่อน และได้ดำเนินการตามมาตรการดังกล่าวโดยมีรายละเอียด ดังนี้"
BEFORE_MEASURES = (
    "ผลคะแนนจำแนกตามแบบวัด",
    "ตารางที่ ๑ คะแนนเปรียบเทียบ ๓ ปี",
    "**สรุปคะแนนรายตัวชี้วัด**",
    "เปรียบเทียบผลคะแนนปี ๒๕๖๔ กับปี ๒๕๖๕",
)
AT_THE_END = (
    "\nปัญหาและอุปสรรค\n\nข้อเสนอแนะ\nควรเพิ่มงบประมาณด้านประชาสัมพันธ์\n",
    "\nปัญหา อุปสรรค\nไม่มี\n\nข้อเสนอแนะ\n",
    "\nสรุปงบประมาณที่ใช้ไป\n\nลงชื่อ นายสมชาย ใจดี ผู้รายงาน\n",
    "\n๓. ข้อเสนอแนะ\n\nลงชื่อ ....................\n",
    "\nสรุปผลการดำเนินงานในภาพรวม\n",
)


@pytest.mark.parametrize("heading", BEFORE_MEASURES)
def test_a_heading_whose_figures_do_not_follow_is_found(heading: str) -> None:
    assert found(f"{result()}\n\n{heading}{LEAD}") == [("section-empty", "report")]


@pytest.mark.parametrize("end", AT_THE_END)
def test_a_heading_at_the_end_with_nothing_under_it_is_found(end: str) -> None:
    assert found(result(), end=end) == [("section-empty", "report")]


@pytest.mark.parametrize(
    "section",
    [
        "ผลการประเมินรายตัวชี้วัด\nการปฏิบัติหน้าที่ ๘๘.๑๐ คะแนน\nการใช้อำนาจ ๘๙.๒๐ คะแนน",
        "การวิเคราะห์ผลการประเมิน\nเจ้าหน้าที่บางส่วนยังไม่ทราบแผนการใช้จ่าย และยังไม่มีแนวปฏิบัติการยืมพัสดุที่ชัดเจน",
        "วัตถุประสงค์\nเพื่อยกระดับคุณธรรม",
        "ตารางที่ ๑ คะแนน\nด้าน\tปี ๒๕๖๔\tปี ๒๕๖๕\nIIT\t๘๐.๑๐\t๘๒.๒๐\nEIT\t๘๑.๐๐\t๘๒.๐๐",
        "ผลการประเมิน ITA ของเทศบาล\nเทศบาลเข้ารับการประเมินเป็นปีที่สามติดต่อกันและมีผลการประเมินดีขึ้นทุกด้านเมื่อเทียบกับปีก่อนหน้าโดยเฉพาะด้านการเปิดเผยข้อมูล",
    ],
)
def test_a_heading_with_its_matter_raises_nothing(section: str) -> None:
    assert found(f"{result()}\n\n{section}{LEAD}") == []


@pytest.mark.parametrize(
    "end",
    [
        "\nปัญหาและอุปสรรค\nไม่มี\n",
        "\nปัญหาและอุปสรรค\n- บุคลากรมีน้อย\nข้อเสนอแนะ\n- ควรเพิ่มบุคลากร\n",
        "\nปัญหาและข้อเสนอแนะ\n๑. ปัญหา\nบุคลากรมีน้อย\n๒. ข้อเสนอแนะ\nควรเพิ่ม\n",
        "\nภาคผนวก\n",
        "\nลงชื่อ ................... ผู้รายงาน\n(นายมานะ ขยันยิ่ง)\nปลัดเทศบาลตำบลบ้านสวนกล้วย\n",
        "\nประมวลภาพกิจกรรม\n\nภาพที่ ๑ การประชุม\n",
    ],
)
def test_an_end_that_is_whole_raises_nothing(end: str) -> None:
    assert found(result(), end=end) == []
