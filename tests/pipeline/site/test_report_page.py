"""A report's page: laid out as a person would, with findings and corrections beside the records that they concern."""

import datetime
import itertools
import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from made_site import OFFICE, OTHER, Promises, dated, get, made_database, made_finding, made_report, text_of

from db.schema import open_database
from extractors.report.identity import with_ids
from pipeline.site.reports import marked, nested, runs
from schemas.finding import Finding
from schemas.report import Action, AgencyAssessment, Assessment, DateMention, Indicator, Note, OfficeMention, Report

PAGE = "/prongsai/reports/a"
DAY = datetime.date(2019, 1, 12)
HOSTILE = "<script>alert('ข้อความ')</script>"


def _page(tmp_path: Path, report: Report, *findings: Finding, language: str = "th") -> str:
    page = get(made_database(tmp_path / "x.db", report, findings={report.id: findings}), PAGE, language)
    assert page.status_code == 200
    return page.text


def _element(html: str, record_id: str, tag: str) -> str:
    """What stands in the element of a record, up to the end of the first of its tag."""
    return html.partition(f'id="{record_id}"')[2].partition(f"</{tag}>")[0]


def test_a_finding_stands_beside_its_record_and_those_of_the_report_at_the_top(tmp_path: Path) -> None:
    report = made_report("a", 2562, {"ประกาศเจตจำนง": ["จัดประชุม", "อบรม"]}, scores={2: 78.45}, total=80)
    measure = report.measures[0]
    assert report.assessment
    findings = (
        made_finding("a-1", measure.actions[1].id, message="ของการดำเนินการ"),
        made_finding("a-2", measure.id, measure.actions[0].id, message="ของมาตรการ"),
        made_finding("a-3", report.assessment.indicators[0].id, message="ของตัวชี้วัด"),
        made_finding("a-4", "a", message="ของรายงาน"),
        made_finding("a-5", message="จากก่อนหน้านี้"),
    )
    html = _page(tmp_path, report, *findings)
    top = html.partition('id="findings"')[2].partition('id="assessment"')[0]
    assert [message in top for message in ("ของรายงาน", "จากก่อนหน้านี้", "ของการดำเนินการ")] == [True, True, False]
    assert "ของการดำเนินการ" in _element(html, measure.actions[1].id, "li")
    assert "ของการดำเนินการ" not in _element(html, measure.actions[0].id, "div")
    assert "ของมาตรการ" in _element(html, measure.id, "ol")
    assert "ของตัวชี้วัด" in _element(html, report.assessment.indicators[0].id, "tr")
    assert f'href="#{measure.actions[1].id}"' in top
    assert html.count('href="/evidence/a-1"') == 1


def test_every_record_leads_to_its_evidence_and_the_report_to_its_file(tmp_path: Path) -> None:
    report = made_report("a", 2562, {"ประกาศเจตจำนง": ["จัดประชุม"]}, scores={2: 78.45}, total=80)
    html = _page(tmp_path, report)
    assert report.assessment
    measure = report.measures[0]
    for record_id in (report.assessment.id, report.assessment.indicators[0].id, measure.id, measure.actions[0].id, "a"):
        assert f'href="/evidence/{record_id}"' in html
    assert 'href="/original/a"' in html


def test_items_stand_in_their_action(tmp_path: Path) -> None:
    actions = [
        Action(number="1", text="จัดกิจกรรม"),
        Action(number="1.1", parent="1", text="ประกวดคำขวัญ"),
        Action(number="2", text="สรุปผล"),
    ]
    report = made_report("a", 2562, {"สร้างวัฒนธรรม": actions})
    html = _page(tmp_path, report)
    first = _element(html, report.measures[0].actions[0].id, "ol")
    assert "ประกวดคำขวัญ" in first
    assert "สรุปผล" not in first


@given(st.lists(st.sampled_from("0123456789"), max_size=12))
def test_every_action_stands_once_whatever_it_is_said_to_be_an_item_of(above: list[str]) -> None:
    actions = [Action(id=str(n), number=None, text=f"ข้อ {n}") for n in range(len(above))]
    parents = {str(n): parent for n, parent in enumerate(above)}
    shown, waiting = [], list(nested(actions, parents))
    while waiting:
        each = waiting.pop()
        shown.append(each.action.id)
        waiting += each.items
    assert sorted(shown) == sorted(parents)


def test_dates_and_offices_are_marked_in_the_text(tmp_path: Path) -> None:
    action = dated("1", "ประชุมกับ ทต.ใกล้เคียง เมื่อวันที่ ๑๒ มกราคม ๒๕๖๒", "๑๒ มกราคม ๒๕๖๒", DAY)
    action = action.model_copy(update={"office_mentions": (OTHER,)})
    impossible = dated("2", "ลงนามเมื่อวันที่ 31 เมษายน 2562", "31 เมษายน 2562", None)
    html = _page(tmp_path, made_report("a", 2562, {"ประสานงาน": [action, impossible]}))
    assert '<time class="date" datetime="2019-01-12" title="12 ม.ค. 2562">๑๒ มกราคม ๒๕๖๒</time>' in html
    assert (
        f'<a class="office" href="/prongsai/offices/{OTHER.office_id}" title="หน่วยงาน: {OTHER.name}">ทต.ใกล้เคียง</a>'
        in html
    )
    assert '<span class="date impossible" title="วันที่ไม่มีจริง">31 เมษายน 2562</span>' in html


RAW = st.text(alphabet="กข1 ", max_size=3)


@given(text=st.text(alphabet="กข1 ", max_size=20), dates=st.lists(RAW, max_size=3), offices=st.lists(RAW, max_size=3))
def test_marking_leaves_the_text_as_it_is(text: str, dates: list[str], offices: list[str]) -> None:
    action = Action(
        number=None,
        text=text,
        dates=tuple(DateMention(raw=raw) for raw in dates),
        office_mentions=tuple(OfficeMention(raw=r, name=r, office_id=r, listed=False, score=1) for r in offices),
    )
    pieces = marked(action)
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text == mention.raw for piece in pieces for mention in (piece.date, piece.office) if mention)


def test_a_report_is_compared_with_the_year_before_it_else_after_it(tmp_path: Path) -> None:
    reports = [made_report(name, year) for name, year in (("b", 2564), ("a", 2562), ("c", 2565))]
    path = made_database(tmp_path / "x.db", *reports)
    assert 'href="/compare?left=a&amp;right=b"' in get(path, "/prongsai/reports/a").text
    assert 'href="/compare?left=a&amp;right=b"' in get(path, "/prongsai/reports/b").text
    assert 'href="/compare?left=b&amp;right=c"' in get(path, "/prongsai/reports/c").text


def test_what_is_not_simply_told_as_done_is_tagged(tmp_path: Path) -> None:
    told: Promises = {"ปรับปรุงบริการ": ["เปิดจุดบริการ", Action(number="2", text="ติดตั้งป้าย", status="planned")]}
    report = made_report("a", 2562, told)
    html = _page(tmp_path, report)
    done, planned = (_element(html, action.id, "li") for action in report.measures[0].actions)
    assert ("เป็นแผน" in planned, "รายงานว่าทำแล้ว" in done) == (True, False)


def test_notes_tell_in_words_what_could_not_be_read(tmp_path: Path) -> None:
    report = made_report("a", 2562).model_copy(
        update={
            "notes": (Note(code="column-unknown", text="หมายเหตุ"), Note(code="no-measures", text="")),
            "characters": 400,
            "unrecorded_characters": 100,
        }
    )
    shown = text_of(_page(tmp_path, report))
    assert "คอลัมน์ที่ไม่รู้จัก หมายเหตุ" in shown
    assert "ข้อความ 400 อักขระ อยู่นอกรายการ 100 อักขระ (25.0%)" in shown
    assert "column-unknown" not in shown


def test_results_of_several_offices_are_a_table(tmp_path: Path) -> None:
    assessment = Assessment(
        year=2561, score=71.5, grade="C", indicators=(Indicator(number=2, name="การใช้งบประมาณ", score=60, weak=True),)
    )
    row = AgencyAssessment(name="ทต.ใกล้เคียง", is_total=False, office_mention=OTHER, assessment=assessment)
    total = AgencyAssessment(
        name="ค่าเฉลี่ย", is_total=True, office_mention=None, assessment=Assessment(year=2561, score=70)
    )
    report = with_ids(made_report("a", 2562).model_copy(update={"agencies": (row, total)}), "a")
    html = _page(tmp_path, report)
    assert f'href="/prongsai/offices/{OTHER.office_id}" lang="th">ทต.ใกล้เคียง</a>' in html
    assert re.search(r'<td class="number weak">60\.00</td>', html)
    assert "ค่าเฉลี่ย รวมหรือเฉลี่ย" in text_of(html)


def test_corrected_fields_are_marked(tmp_path: Path) -> None:
    report = made_report("a", 2562, {"ประกาศเจตจำนง": ["จัดประชุม"]})
    path = made_database(tmp_path / "x.db", report)
    db = open_database(path)
    row = {"line": 1, "kind": "field-correction", "record_id": report.measures[0].actions[0].id, "field": "status"}
    row |= {"as_read": "reported", "as_corrected": "planned", "reason": "ดูหน้า 3", "who": "ก<b>", "state": "applied"}
    db.table("corrections").insert({**row, "made_at": "2024-01-15T12:00:00+00:00"})
    db.close()
    item = _element(get(path, PAGE).text, report.measures[0].actions[0].id, "li")
    assert "อ่านได้ว่า “รายงานว่าทำแล้ว” แก้เป็น “เป็นแผน”" in item
    assert "โดย ก&lt;b&gt; เมื่อ 15 ม.ค. 2567" in item
    assert "ดูหน้า 3" in item


def test_a_report_without_anything_reads_well(tmp_path: Path) -> None:
    shown = text_of(_page(tmp_path, made_report("a", None, office=None, title="")))
    for sentence in ("ไม่พบชื่อหน่วยงาน", "ไม่พบผลการประเมินในรายงานนี้", "ไม่พบมาตรการในรายงานนี้"):
        assert sentence in shown
    assert "ไม่มีข้อมูลให้ตรวจ (ไม่พบผลประเมินหรือมาตรการในเอกสารนี้)" in shown
    assert "ไม่พบสิ่งที่ไม่สอดคล้องกัน" not in shown
    assert "None" not in shown


def test_a_report_without_findings_tells_how_much_of_its_text_was_not_checked(tmp_path: Path) -> None:
    report = made_report("a", 2562, {"ประกาศเจตจำนง": ["จัดประชุม"]})
    report = report.model_copy(update={"characters": 1000, "unrecorded_characters": 940})
    shown = text_of(_page(tmp_path, report))
    assert "ตรวจแล้ว ไม่พบสิ่งที่ไม่สอดคล้องกัน ข้อความร้อยละ 94 ของเอกสารไม่ได้อยู่ในรายการใด" in shown


def test_other_documents_of_the_office_are_named_by_title_or_file_under_their_years(tmp_path: Path) -> None:
    reports = [
        made_report("a", 2562, title="รายงานผล"),
        made_report("b", 2562, title="ประกาศ"),
        made_report("c", 2562, title="ประกาศ"),
        made_report("d", 2563, title="แผน"),
        made_report("e", None, title=""),
    ]
    html = get(made_database(tmp_path / "x.db", *reports), PAGE).text
    others = text_of("<main>" + html.partition('<div class="others">')[2].partition("</dl>")[0])
    assert others == "เอกสารอื่นของหน่วยงาน 2562: b.txt · c.txt 2563: แผน ไม่ทราบปี: e.txt"
    assert "left=a&amp;right=d" in html
    assert f"<title>{OFFICE.name} · ปี 2562 · รายงานผล ·" in html


def test_a_finding_about_an_agency_has_a_row_as_wide_as_the_table(tmp_path: Path) -> None:
    agency = AgencyAssessment(
        name="กองคลัง", is_total=False, office_mention=None, assessment=Assessment(year=2561, score=70)
    )
    report = with_ids(made_report("a", 2562).model_copy(update={"agencies": (agency,)}), "a")
    html = _page(tmp_path, report, made_finding("a-1", report.agencies[0].assessment.id, message="คะแนนไม่ตรง"))
    assert "คะแนนไม่ตรง" not in _element(html, report.agencies[0].assessment.id, "tr")
    assert '<tr class="beside"><td colspan="6">' in html
    assert "คะแนนไม่ตรง" in html.partition('<tr class="beside">')[2].partition("</tr>")[0]


def _with_pages(tmp_path: Path, *read_by: str) -> Path:
    """A database of a report without anything, its pages read in these ways."""
    path = made_database(tmp_path / "x.db", made_report("a", None, office=None, title=""))
    db = open_database(path)
    db.execute("delete from pages")
    db.table("pages").insert_all(
        {"report_id": "a", "number": number, "text": "", "read_by": way, "quality": 1.0}
        for number, way in enumerate(read_by, 1)
    )
    db.execute("update reports set pages = ?", [len(read_by)])
    db.conn.commit()
    db.close()
    return path


def test_a_report_of_pictures_is_told_to_be_unchecked_and_not_to_be_clean(tmp_path: Path) -> None:
    shown = text_of(get(_with_pages(tmp_path, "needs-ocr", "needs-ocr"), PAGE).text)
    assert "ยังไม่ได้ตรวจสิ่งใด ทั้ง 2 หน้าเป็นภาพ" in shown
    for claim in ("ตรวจแล้ว", "ไม่พบผลการประเมิน", "ไม่พบมาตรการ", "อ่านได้ครบ"):
        assert claim not in shown


def test_pages_that_could_not_be_read_are_told_not_to_have_been_checked(tmp_path: Path) -> None:
    ways = ["needs-ocr", "needs-ocr", "needs-ocr", "layer", "needs-ocr"]
    shown = text_of(get(_with_pages(tmp_path, *ways), PAGE).text)
    assert "ตรวจไม่ได้ 4 หน้า" in shown
    assert "หน้า 1–3, 5" in shown
    assert "ไม่พบผลประเมินหรือมาตรการในหน้าที่อ่านได้" in shown
    assert "อ่านได้ครบ" not in shown


@given(st.sets(st.integers(1, 40)))
def test_runs_of_pages_hold_every_page_once_and_touch_no_other_run(numbers: set[int]) -> None:
    found = list(runs(sorted(numbers)))
    assert [number for first, last in found for number in range(first, last + 1)] == sorted(numbers)
    assert all(after[0] > before[1] + 1 for before, after in itertools.pairwise(found))


def test_a_report_without_office_and_title_has_its_files_name(tmp_path: Path) -> None:
    path = made_database(tmp_path / "x.db", made_report("a", 2562, office=None, title=""))
    assert '<h1 lang="th">a.txt · ปี 2562</h1>' in get(path, PAGE).text
    assert ">a.txt · ปี 2562</a>" in get(path, "/prongsai/reports").text
    assert ">a.txt · ปี 2562</a>" in get(path, "/prongsai/pages").text
    assert "a.txt · ปี 2562" in get(path, "/evidence/a").text
    found = text_of(get(path, "/search?q=ปี:2562&table=reports").text)
    assert "a.txt · ปี 2562" in found


def test_hits_name_the_document_where_others_have_its_office_and_year(tmp_path: Path) -> None:
    reports = [
        made_report(name, 2562, {"ประกาศเจตจำนง": []}, title=title) for name, title in (("a", "แผน"), ("b", "รายงานผล"))
    ]
    found = text_of(get(made_database(tmp_path / "x.db", *reports), "/search?q=เจตจำนง&table=measures").text)
    assert all(f"{OFFICE.name} · ปี 2562 · {title}" in found for title in ("แผน", "รายงานผล"))


def test_findings_elsewhere_are_named_by_their_place_in_words(tmp_path: Path) -> None:
    report = made_report("a", 2562, {"ประกาศเจตจำนง": ["จัดประชุม"]})
    found = made_finding("a-1", report.measures[0].actions[0].id).model_copy(update={"at": "10/1/1"})
    path = made_database(tmp_path / "x.db", report, findings={"a": (found,)})
    for address in (PAGE, "/evidence/a-1", "/prongsai/findings?_col=at", "/prongsai/findings/a-1"):
        shown = text_of(get(path, address).text)
        assert "ตัวชี้วัดที่ 10 มาตรการที่ 1 การดำเนินการที่ 1" in shown, address
        assert "10/1/1" not in shown, address
    assert "10/1/1" in get(path, "/prongsai/findings.json?_shape=array").text


def test_nothing_runs_that_a_report_contains(tmp_path: Path) -> None:
    action = Action(
        number=HOSTILE, text=HOSTILE, office_mentions=(OTHER.model_copy(update={"raw": "alert", "name": HOSTILE}),)
    )
    report = made_report(
        "a", 2562, {HOSTILE: [action]}, title=HOSTILE, office=OFFICE.model_copy(update={"name": HOSTILE})
    )
    html = _page(tmp_path, report, made_finding("a-1", message=HOSTILE))
    assert "<script>alert" not in html
    assert html.count("&lt;script&gt;") > 5


def test_the_page_is_told_in_english_and_its_data_stay_at_its_address(tmp_path: Path) -> None:
    report = made_report("a", 2562, {"ประกาศเจตจำนง": ["จัดประชุม"]}, total=80)
    shown = text_of(_page(tmp_path, report, made_finding("a-1", "a"), language="en"))
    assert "Measures and actions" in shown
    assert "ไม่สอดคล้อง (in English)" in shown
    path = tmp_path / "x.db"
    assert get(path, f"{PAGE}.json?_shape=objects").json()["rows"][0]["id"] == "a"
    assert get(path, "/prongsai/reports/none").status_code == 404
