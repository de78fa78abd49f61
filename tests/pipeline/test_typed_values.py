"""What people type into a field is understood as they write it, or refused in a sentence."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reading import reference
from pipeline.typed_values import Days, Kind, NotUnderstood, normal_form, read_value

FACTS = reference()


@pytest.mark.parametrize(
    ("kind", "typed", "normal"),
    [
        ("dates", "๑๒ มกราคม ๒๕๖๒", "2019-01-12"),
        ("dates", "เมื่อวันที่ 12 ม.ค. 62", "2019-01-12"),
        ("dates", "วันเสาร์ที่ ๑๒ มกราคม ๒๕๖๒", "2019-01-12"),
        ("dates", "12/1/2562", "2019-01-12"),
        ("dates", "2019-01-12", "2019-01-12"),
        ("dates", "๑๒–๑๕ มกราคม ๒๕๖๒", "2019-01-12/2019-01-15"),
        ("dates", "2019-01-15/2019-01-12", "2019-01-15/2019-01-12"),
        ("dates", "มกราคม ๒๕๖๒", "2019-01-01/2019-01-31"),
        ("year", "ปีงบประมาณ ๒๕๖๓", "2563"),
        ("year", "2020", "2563"),
        ("points", "๘๑.๒๕", "81.25"),
        ("points", "ร้อยละ 90", "90"),
        ("baht", "๑๕,๐๐๐ บาท", "15000"),
        ("baht", "1,234.50", "1234.5"),
        ("count", "๓", "3"),
        ("indicator", "๑๐", "10"),
        ("list-number", "๑.๒)", "1.2"),
        ("status", "ยังไม่ได้ดำเนินการ", "not_done"),
        ("status", "planned", "planned"),
        ("grade", "aa", "AA"),
        ("yes-no", "ใช่", "true"),
        ("yes-no", "0", "false"),
        ("text", "  ประกาศ\n เจตจำนง ", "ประกาศ เจตจำนง"),
        ("office", "สพป.ภูเก็ต", "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาภูเก็ต"),
        ("office", "ทต.หนองบัว จ.อุดรธานี", "เทศบาลตำบลหนองบัว จังหวัดอุดรธานี"),
    ],
)
def test_what_is_typed_has_a_normal_form_that_stands_for_itself(kind: Kind, typed: str, normal: str) -> None:
    value = read_value(kind, typed, FACTS)
    assert normal_form(value, FACTS) == normal
    assert normal_form(read_value(kind, normal, FACTS), FACTS) == normal


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("dates", "๓๑ กุมภาพันธ์ ๒๕๖๒"),
        ("dates", "12 มกราคม"),
        ("dates", "๑๒ มกราคม ๒๕๖๒ และ ๑๓ มกราคม ๒๕๖๒"),
        ("dates", "2019-13-01"),
        ("year", "99999"),
        ("points", "101"),
        ("points", "-1"),
        ("points", "nan"),
        ("baht", "มาก"),
        ("count", "1.5"),
        ("indicator", "11"),
        ("list-number", "..."),
        ("status", "เสร็จหรือยัง"),
        ("grade", "Z"),
        ("yes-no", "อาจจะ"),
        ("office", "เทศบาล"),
        ("office", "อบต.บางพูด"),
        ("office", "โรงเรียนบ้านหนองบัว"),
        ("office", "สำนักงานจังหวัดภูเก็ท"),
        ("text", "ก" * 20_001),
    ],
)
def test_what_is_not_understood_is_refused_in_two_languages(kind: Kind, typed: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_value(kind, typed, FACTS)
    assert any("ก" <= letter <= "๙" for letter in refused.value.message_th)
    assert refused.value.message_en.isascii() or typed[:5] in refused.value.message_en


DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2199, 12, 31))


@given(DAYS, DAYS)
def test_any_days_survive_being_written_down(start: datetime.date, end: datetime.date) -> None:
    days = Days(start, end)
    assert read_value("dates", normal_form(days, FACTS) or "", FACTS) == days


@given(st.floats(min_value=0, max_value=100).map(lambda points: round(points, 4)))
def test_any_points_survive_being_written_down(points: float) -> None:
    assert read_value("points", normal_form(points, FACTS) or "", FACTS) == points


@pytest.mark.parametrize("kind", ["text", "office", "year", "dates", "points", "baht", "grade"])
def test_nothing_typed_is_no_value(kind: Kind) -> None:
    assert read_value(kind, "  ", FACTS) is None


def test_an_office_that_may_be_in_several_provinces_is_refused_with_their_names() -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_value("office", "อบต.บางพูด", reference())
    assert "นนทบุรี, ปทุมธานี" in refused.value.message_th
    assert "จังหวัดนนทบุรี" in refused.value.message_en
