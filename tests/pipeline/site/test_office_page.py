"""An office's page: its results and promises over the years, and what reads well where something is missing."""

import re
from pathlib import Path

from made_site import OFFICE, OTHER, dated, get, made_database, made_finding, made_report, text_of

from db.schema import open_database
from extractors.report.identity import with_ids
from pipeline.site.words import words
from schemas.report import Action, AgencyAssessment, Assessment, Report

PAGE = f"/prongsai/offices/{OFFICE.office_id}"
PROMISE = "เปิดเผยแผนการใช้จ่ายงบประมาณประจำปีให้บุคลากรรับทราบ ประจำปี {}"
OTHERS_TABLE = AgencyAssessment(
    name="อบต.สมมุติ", is_total=False, office_mention=OFFICE, assessment=Assessment(year=2560, score=71.5)
)


def _rows(html: str, cells: str = "t[dh]") -> list[list[str]]:
    """The rows of the table of scores, cell by cell, as text."""
    table = html.partition('<table class="scores over-years">')[2].partition("</table>")[0]
    rows = re.findall(r"<tr.*?</tr>", table, re.DOTALL)
    return [
        [text_of(f"<main{cell}") for cell in re.findall(rf"<{cells}\b.*?</{cells}>", row, re.DOTALL)] for row in rows
    ]


def _change(path: Path, sql: str) -> None:
    db = open_database(path)
    db.execute(sql)
    db.conn.commit()
    db.close()


def _with_agencies(report: Report) -> Report:
    """The report with a row about the office in a table of several."""
    return with_ids(report.model_copy(update={"agencies": (OTHERS_TABLE,)}), report.id)


def test_scores_stand_year_by_year_with_their_change_and_weak_ones_marked(tmp_path: Path) -> None:
    reports = [
        made_report("a", 2562, scores={2: 78.45, 10: 91.0}, total=80.0),
        made_report("b", 2563, scores={2: 86.77}, total=82.5),
        made_report("c", 2565, scores={2: 90.0}, total=85.0),
    ]
    html = get(made_database(tmp_path / "x.db", *reports), PAGE).text
    rows = {row[0]: row[1:] for row in _rows(html)}
    assert rows[""] == ["2561", "2562", "2564"]
    assert rows["คะแนนรวม"] == ["80.00", "82.50 เพิ่มขึ้น +2.50", "85.00"]
    assert rows["2. การใช้งบประมาณ"] == ["จุดอ่อน 78.45", "86.77 เพิ่มขึ้น +8.32", "90.00"]
    assert rows["10. การป้องกันการทุจริต"] == ["91.00", "–", "–"]
    assert "2561 80.00, 2562 82.50, 2563 –, 2564 85.00" in html


def test_figures_of_a_year_leave_the_same_room_for_a_change_with_or_without_one(tmp_path: Path) -> None:
    reports = [
        made_report("a", 2562, scores={2: 78.45}, total=80.0),
        made_report("b", 2563, scores={2: 86.77, 10: 91.0}, total=82.5),
    ]
    html = get(made_database(tmp_path / "x.db", *reports), PAGE).text
    table = html.partition('<table class="scores over-years">')[2].partition("</table>")[0].partition("<tbody>")[2]
    cells = [re.findall(r"<td.*?</td>", row, re.DOTALL) for row in re.findall(r"<tr.*?</tr>", table, re.DOTALL)]
    assert [['class="change' in cell for cell in row] for row in cells] == [[False, True]] * 4


def test_an_office_is_not_said_to_be_without_findings_where_pages_could_not_be_read(tmp_path: Path) -> None:
    path = made_database(tmp_path / "x.db", made_report("a", 2562), made_report("b", 2563))
    assert "ไม่พบสิ่งที่ไม่สอดคล้องกันในรายงานของหน่วยงานนี้" in get(path, PAGE).text
    _change(path, "update pages set read_by = 'needs-ocr' where report_id = 'a'")
    shown = text_of(get(path, PAGE).text)
    assert "ยังอ่านและตรวจไม่ได้ 1 หน้า" in shown
    assert "อ่านไม่ได้ 1 จาก 1 หน้า" in shown
    assert "ไม่พบสิ่งที่ไม่สอดคล้องกันในรายงานของหน่วยงานนี้" not in shown


def test_an_office_is_not_said_to_be_without_findings_before_its_reports_are_checked(tmp_path: Path) -> None:
    path = made_database(tmp_path / "x.db", made_report("a", 2562))
    _change(path, "update reports set checked_by = null")
    shown = text_of(get(path, PAGE).text)
    assert "ยังไม่ได้ตรวจรายงาน 1 ฉบับ" in shown
    assert "ไม่พบสิ่งที่ไม่สอดคล้องกันในรายงานของหน่วยงานนี้" not in shown


def test_two_reports_of_one_year_stand_side_by_side_and_equal_results_once(tmp_path: Path) -> None:
    twice = [made_report(name, 2563, {PROMISE.format(2563): []}, total=82.5) for name in "ab"]
    other = made_report("c", 2563, {PROMISE.format(2563): []}, total=83.0)
    html = get(made_database(tmp_path / "x.db", *twice, other), PAGE).text
    assert _rows(html)[0] == ["", "2562", "2562"]
    assert _rows(html)[1] == ["คะแนนรวม", "82.50", "83.00"]
    shown = text_of(html)
    assert all(f"{OFFICE.name} · ปี 2563 ({n})" in shown for n in (1, 2, 3))


def test_a_result_that_another_office_tells_is_shown_as_such(tmp_path: Path) -> None:
    told = _with_agencies(made_report("a", 2561, office=OTHER))
    html = get(made_database(tmp_path / "x.db", told, made_report("b", 2562, total=75.0)), PAGE).text
    assert _rows(html)[0] == ["", "2560 จากรายงานของหน่วยงานอื่น", "2561"]
    assert _rows(html)[1] == ["คะแนนรวม", "71.50", "75.00 เพิ่มขึ้น +3.50"]


def test_measures_are_kept_reworded_new_or_dropped(tmp_path: Path) -> None:
    reports = [
        made_report("a", 2562, {PROMISE.format("๒๕๖๒"): ["จัดประชุมผู้ปกครองทุกภาคเรียน"], "ประกาศนโยบายไม่รับของขวัญ": []}),
        made_report("b", 2563, {PROMISE.format("2563"): ["อบรมผู้ดูแลเว็บไซต์ของโรงเรียน"], "ลดขั้นตอนการขออนุญาต": []}),
        made_report("c", 2564, {PROMISE.format("2564").replace("บุคลากร", "ประชาชนทุกคน"): []}),
    ]
    shown = text_of(get(made_database(tmp_path / "x.db", *reports), PAGE).text)
    kept = "1. เปิดเผยแผนการใช้จ่ายงบประมาณประจำปีให้บุคลากรรับทราบ ประจำปี ข้อความที่ตัดออก: ๒๕๖๒ จบ ข้อความที่เพิ่ม: 2563 จบ คงเดิม"
    reworded = "ให้ข้อความที่ตัดออก: บุคลากร จบ ข้อความที่เพิ่ม: ประชาชนทุกคน จบ รับทราบ"
    assert kept in shown
    assert reworded in shown
    assert "แก้ถ้อยคำ" in shown
    assert "2. ลดขั้นตอนการขออนุญาต ใหม่" in shown
    assert "1. อบรมผู้ดูแลเว็บไซต์ของโรงเรียน ใหม่" in shown
    assert "จากปีก่อนเลิกไป 1 ข้อ" in shown


def test_many_years_are_shown_by_four_with_links_to_the_others(tmp_path: Path) -> None:
    reports = [made_report(f"r{year}", year, {"ประกาศเจตจำนงสุจริต": []}) for year in range(2560, 2567)]
    path = made_database(tmp_path / "x.db", *reports)
    latest = get(path, PAGE).text
    assert re.findall(r'<th scope="col">(25\d\d)</th>', latest) == ["2563", "2564", "2565", "2566"]
    assert 'href="?until=r2562#measures"' in latest
    earlier = get(path, f"{PAGE}?until=r2562").text
    assert re.findall(r'<th scope="col">(25\d\d)</th>', earlier) == ["2560", "2561", "2562"]
    assert 'href="?until=r2566#measures"' in earlier
    assert get(path, f"{PAGE}?until=nothing").status_code == 200


def test_open_findings_stand_before_dismissed_ones_and_the_gravest_first(tmp_path: Path) -> None:
    findings = [made_finding(f"a-{n}", message=f"ข้อ{n}", severity=s) for n, s in enumerate(("info", "error", "error"))]
    path = made_database(tmp_path / "x.db", made_report("a", 2562), findings={"a": findings})
    db = open_database(path)
    with db.conn:
        db.execute("update findings set judgement = 'dismissed' where id = 'a-1'")
    db.close()
    shown = text_of(get(path, PAGE).text)
    assert shown.index("ข้อ2") < shown.index("ข้อ0") < shown.index("ข้อ1 ไม่ใช่ปัญหา")
    assert f"{'ข้อ2'} (in English)" in get(path, PAGE, "en").text


def test_an_office_that_others_only_name_lists_who_names_it(tmp_path: Path) -> None:
    text = "ประชุมร่วมกับ ทต.ใกล้เคียง ทุกเดือน ณ ทต.ใกล้เคียง"
    action = Action(number="1", text=text, office_mentions=(OTHER, OTHER))
    path = made_database(tmp_path / "x.db", made_report("a", 2562, {"ประสานงาน": [action]}))
    page = get(path, f"/prongsai/offices/{OTHER.office_id}")
    assert page.status_code == 200
    shown = text_of(page.text)
    assert "ยังไม่มีรายงานของหน่วยงานนี้เอง" in shown
    assert shown.count(text) == 1
    assert "พบในการดำเนินการ 1 ข้อ" in shown
    assert words().say["office"]["results"] not in shown
    assert words().say["office"]["mentions"] not in text_of(get(path, PAGE).text)


def test_without_results_measures_or_a_year_the_page_says_so(tmp_path: Path) -> None:
    shown = text_of(get(made_database(tmp_path / "x.db", made_report("a", None, title="<b>ไม่มีปี</b>")), PAGE).text)
    assert "ยังไม่พบผลการประเมินของหน่วยงานนี้ในรายงานที่นำเข้า" in shown
    assert "ไม่พบสิ่งที่ไม่สอดคล้องกันในรายงานของหน่วยงานนี้" in shown
    assert "ไม่ทราบปีงบประมาณ" in shown
    assert "&lt;b&gt;ไม่มีปี&lt;/b&gt;" in shown


def test_the_data_of_an_office_stay_at_its_address(tmp_path: Path) -> None:
    path = made_database(tmp_path / "x.db", made_report("a", 2562, {"ม": [dated("1", "ประชุม", "", None)]}))
    assert get(path, f"{PAGE}.json?_shape=objects").json()["rows"][0]["name"] == OFFICE.name
    assert get(path, "/prongsai/offices/none").status_code == 404
