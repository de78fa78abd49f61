"""Every date with a year that a text names is found as printed, with its days; nothing else is."""

import datetime
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.thai.dates import find_dates
from schemas.calendar import load_calendar

MONTHS = load_calendar().months
BUDDHIST = 543
THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"


def named(text: str) -> list[tuple[str, str | None, str | None]]:
    return [
        (date.mention.raw, *(day and day.isoformat() for day in (date.mention.start, date.mention.end)))
        for date in find_dates(text)
    ]


def days(text: str) -> list[tuple[str | None, str | None]]:
    return [(start, end) for _, start, end in named(text)]


@st.composite
def with_thai_digits(draw: st.DrawFn, text: str) -> str:
    """The same text, each digit printed as a Thai or an Arabic one."""
    return "".join(THAI_DIGITS[int(c)] if c in "0123456789" and draw(st.booleans()) else c for c in text)


@st.composite
def printed_months(draw: st.DrawFn, number: int) -> str:
    month = MONTHS[number - 1]
    dotless = month.abbreviation.replace(".", "")
    spaced = month.abbreviation.replace(".", ". ").strip()
    return draw(
        st.sampled_from([month.name, *month.variants, month.abbreviation, month.abbreviation[:-1], dotless, spaced])
    )


@st.composite
def printed_days(draw: st.DrawFn, date: datetime.date) -> str:
    """A date in one of the forms that are printed, in any mix of digits."""
    buddhist = date.year + BUDDHIST
    month = draw(printed_months(date.month))
    forms = [
        f"{date.day} {month} {buddhist}",
        f"{date.day}  {month} พ.ศ. {buddhist}",
        f"{date.day} เดือน {month}  พ.ศ.{buddhist}",
        f"{date.day} {month} ค.ศ. {date.year}",
        f"{date.day} {month} {date.year}",
        f"{date.day} {month} {buddhist % 100:02}",
        f"{date.day}/{date.month}/{buddhist}",
        f"{date.day:02}/{date.month:02}/{buddhist % 100:02}",
        f"{date.day}-{date.month}-{buddhist}",
        f"{date.day}.{date.month}.{buddhist}",
        f"{date.day}/{date.month}/{date.year}",
        date.isoformat(),
        f"{buddhist}-{date.month:02}-{date.day:02}",
    ]
    return draw(with_thai_digits(draw(st.sampled_from(forms))))


DATES = st.dates(datetime.date(1997, 1, 1), datetime.date(2056, 12, 31))
BEFORE = st.sampled_from(["", "เมื่อวันที่ ", "ประชุมครั้งที่ 2/2562 วันที่", "๑. ", "ลงวันที่ ", "(", "ประจำปี ๒๕๖๒ วันที่ "])
AFTER = st.sampled_from(["", " ณ ห้องประชุม", ")", " เวลา 09.30 น.", "\n๒. กิจกรรม", " จำนวน ๓๐ คน"])


@settings(deadline=None)  # the first call reads the calendar and compiles its patterns
@given(DATES, st.data(), BEFORE, AFTER)
def test_a_date_in_any_printed_form_is_found_as_printed(
    date: datetime.date, data: st.DataObject, before: str, after: str
) -> None:
    printed = data.draw(printed_days(date))
    text = before + printed + after
    (found,) = find_dates(text)
    assert found.mention.raw == printed == text[found.start : found.end]
    assert (found.mention.start, found.mention.end, found.kind) == (date, date, "day")


@settings(deadline=None)
@given(DATES, DATES, st.data(), st.sampled_from([" - ", " – ", "-", " ถึง ", " ถึงวันที่ "]))
def test_two_full_dates_make_one_range_that_may_run_backwards(
    first: datetime.date, last: datetime.date, data: st.DataObject, dash: str
) -> None:
    ends = [f"{date.day} {data.draw(printed_months(date.month))} {date.year + BUDDHIST}" for date in (first, last)]
    assert named(f"ระหว่างวันที่ {dash.join(ends)} นั้น") == [(dash.join(ends), first.isoformat(), last.isoformat())]


@settings(deadline=None)
@given(st.text(st.sampled_from("๐๑๒345 /.-–,()\n\tวันที่เดือนปีงบประมาณพ.ศไตรมาสรอบมิถุนายน")), st.text())
def test_no_text_breaks_the_finder_and_places_hold(text: str, other: str) -> None:
    for date in find_dates(text + other):
        assert (text + other)[date.start : date.end] == date.mention.raw
        assert (date.mention.start is None) == (date.mention.reason is not None)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("วันที่ ๑ - ๓ มิถุนายน ๒๕๖๓", ("๑ - ๓ มิถุนายน ๒๕๖๓", "2020-06-01", "2020-06-03")),
        ("๒๘ พฤษภาคม – ๒ มิถุนายน ๒๕๖๓", ("๒๘ พฤษภาคม – ๒ มิถุนายน ๒๕๖๓", "2020-05-28", "2020-06-02")),
        ("ระหว่างเดือนมกราคม - มีนาคม 2563", ("มกราคม - มีนาคม 2563", "2020-01-01", "2020-03-31")),
        ("(ต.ค. ๖๒ – มี.ค. ๖๓)", ("ต.ค. ๖๒ – มี.ค. ๖๓", "2019-10-01", "2020-03-31")),
        ("เดือนตุลาคม ๒๕๖๒ ถึงเดือนมีนาคม ๒๕๖๓", ("ตุลาคม ๒๕๖๒ ถึงเดือนมีนาคม ๒๕๖๓", "2019-10-01", "2020-03-31")),
        ("08/06/2563 - 10/06/2563", ("08/06/2563 - 10/06/2563", "2020-06-08", "2020-06-10")),
        ("๘-๑๐/๖/๒๕๖๓", ("๘-๑๐/๖/๒๕๖๓", "2020-06-08", "2020-06-10")),
        ("๕ – ๓ มิถุนายน ๒๕๖๓", ("๕ – ๓ มิถุนายน ๒๕๖๓", "2020-06-05", "2020-06-03")),
        ("๒๘ ธันวาคม - ๓ มกราคม ๒๕๖๓", ("๒๘ ธันวาคม - ๓ มกราคม ๒๕๖๓", "2019-12-28", "2020-01-03")),
        ("ตุลาคม - มีนาคม ๒๕๖๓", ("ตุลาคม - มีนาคม ๒๕๖๓", "2019-10-01", "2020-03-31")),
        ("ตุลาคม ๒๕๖๓ - มีนาคม ๒๕๖๓", ("ตุลาคม ๒๕๖๓ - มีนาคม ๒๕๖๓", "2020-10-01", "2020-03-31")),
    ],
)
def test_a_dash_or_until_makes_one_range(text: str, found: tuple[str, str, str]) -> None:
    assert named(text) == [found]
    assert find_dates(text)[0].kind == "range"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("๑๕ และ ๑๖ มิถุนายน ๒๕๖๓", ["๑๕", "๑๖ มิถุนายน ๒๕๖๓"]),
        ("๑, ๒ และวันที่ ๓ มิถุนายน ๒๕๖๓", ["๑", "๒", "๓ มิถุนายน ๒๕๖๓"]),
        ("๑ - ๓ และ ๕ มิ.ย. ๖๓", ["๑ - ๓", "๕ มิ.ย. ๖๓"]),
        ("๓๑ ก.ค. และ ๓๑ ส.ค. ๖๓", ["๓๑ ก.ค.", "๓๑ ส.ค. ๖๓"]),
        ("มกราคม, กุมภาพันธ์ และมีนาคม ๒๕๖๓", ["มกราคม", "กุมภาพันธ์", "มีนาคม ๒๕๖๓"]),
        ("ไตรมาสที่ ๑ และ ๒ ของปีงบประมาณ พ.ศ. ๒๕๖๓", ["ไตรมาสที่ ๑", "๒ ของปีงบประมาณ พ.ศ. ๒๕๖๓"]),
        ("ปีงบประมาณ ๒๕๖๓ ไตรมาสที่ ๑ และ ๒", ["ปีงบประมาณ ๒๕๖๓ ไตรมาสที่ ๑", "๒"]),
    ],
)
def test_a_list_is_a_date_each_and_shares_what_is_printed_once(text: str, found: list[str]) -> None:
    assert [raw for raw, _, _ in named(text)] == found


def test_items_of_a_list_take_month_and_year_from_the_last() -> None:
    assert days("๑๕ และ ๑๖ มิถุนายน ๒๕๖๓") == [("2020-06-15", "2020-06-15"), ("2020-06-16", "2020-06-16")]


@pytest.mark.parametrize(
    ("text", "start", "end", "kind"),
    [
        ("เดือนกุมภาพันธ์ ๒๕๖๓", "2020-02-01", "2020-02-29", "month"),
        ("ประจำปีงบประมาณ พ.ศ. ๒๕๖๓", "2019-10-01", "2020-09-30", "fiscal_year"),
        ("ปี งบประมาณ ๖๓", "2019-10-01", "2020-09-30", "fiscal_year"),
        ("ปีงบประมาณ ๒๕๖๑ – ๒๕๖๔", "2017-10-01", "2021-09-30", "range"),
        ("ไตรมาสที่ ๑ ปีงบประมาณ ๒๕๖๓", "2019-10-01", "2019-12-31", "quarter"),
        ("ไตรมาส 2/2563", "2020-01-01", "2020-03-31", "quarter"),
        ("ไตรมาสที่ ๔ ปี ๒๕๖๓", "2020-07-01", "2020-09-30", "quarter"),
        ("ไตรมาส 1-2/2563", "2019-10-01", "2020-03-31", "range"),
        ("ไตรมาสที่ ๑ - ไตรมาสที่ ๔ ปีงบประมาณ ๒๕๖๓", "2019-10-01", "2020-09-30", "range"),
        ("ไตรมาส ๑ (ตุลาคม – ธันวาคม ๒๕๖๒)", "2019-10-01", "2019-12-31", "range"),
        ("ตุลาคม – ธันวาคม ปีงบประมาณ ๒๕๖๓", "2019-10-01", "2019-12-31", "range"),
        ("รอบ ๖ เดือน ปีงบประมาณ ๒๕๖๓", "2019-10-01", "2020-03-31", "round"),
        ("รอบ ๖ เดือน (หลัง) ของปีงบประมาณ พ.ศ. ๒๕๖๓", "2020-04-01", "2020-09-30", "round"),
        ("ปีงบประมาณ พ.ศ. 2563 รอบ 12 เดือน", "2019-10-01", "2020-09-30", "round"),
        ("ครึ่งปีแรก ปีงบประมาณ ๒๕๖๓", "2019-10-01", "2020-03-31", "round"),
        ("1-ต.ค.-62", "2019-10-01", "2019-10-01", "day"),
        ("15 June 2020", "2020-06-15", "2020-06-15", "day"),
        ("ครั้งที่ ๒ มิถุนายน ๒๕๖๓", "2020-06-01", "2020-06-30", "month"),
    ],
)
def test_months_and_fiscal_periods_cover_their_days(text: str, start: str, end: str, kind: str) -> None:
    (found,) = find_dates(text)
    assert (str(found.mention.start), str(found.mention.end), found.kind) == (start, end, kind)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("๓๑ เมษายน ๒๕๖๓", "30 วัน"),
        ("๓๐ กุมภาพันธ์ ๒๕๖๓", "29 วัน"),
        ("29 ก.พ. 2562", "28 วัน"),
        ("๑๑๒ มกราคม ๒๕๖๓", "112"),
        ("31/04/2563", "30 วัน"),
        ("06/25/2563", "เดือนที่ 25"),
        ("8 พฤศจิกายน 3105", "543"),
        ("8 มิถุนายน 25633", "25633"),
        ("๘ มิถุนายน พ.ศ. ๒๐๒๐", "ค.ศ."),
        ("๘ มิถุนายน ค.ศ. ๒๕๖๓", "พ.ศ."),
        ("ไตรมาสที่ ๕ ปีงบประมาณ ๒๕๖๓", "ไม่มีช่วง"),
    ],
)
def test_an_impossible_date_is_kept_as_printed_with_a_reason(text: str, said: str) -> None:
    (found,) = find_dates(text)
    assert found.mention.raw == text
    assert (found.mention.start, found.mention.end) == (None, None)
    assert found.mention.reason is not None
    assert said in found.mention.reason


@pytest.mark.parametrize(
    "text",
    [
        "พระราชบัญญัติข้อมูลข่าวสารของราชการ พ.ศ. ๒๕๔๐",
        "คำสั่งที่ ๘๔/๒๕๖๑",
        "ที่ ศธ ๐๔๐๐๑/๒๕๖๓",
        "หนังสือ ที่ กค 0405.2/ว 119",
        "การประชุมครั้งที่ ๒/๒๕๖๓",
        "ไวรัสโคโรนา 2019 และ COVID-19",
        "ISO 9001:2015",
        "แผนปฏิบัติการ ๔ ปี (พ.ศ. ๒๕๖๑ – ๒๕๖๔)",
        "ประจำปี ๒๕๖๓",
        "เดือนเมษายน – มิถุนายน",
        "ทุกวันที่ ๘ มิถุนายน",
        "เดือนมิถุนายน ๒๐ คน",
        "วันที่ ๘ มิถุนายน ๐๙.๓๐ น.",
        "๑.๒.๑๐ กิจกรรม",
        "โทร. 0-7621-1234",
        "ทุกไตรมาส รอบ ๖ เดือน",
        "ภาคเรียนที่ ๑/๒๕๖๓",
        "ตลอดปี งบประมาณ 2500 บาท",
        "มิถุนายน\t๒๕๖๓",
    ],
)
def test_names_numbers_and_dates_without_a_year_are_no_dates(text: str) -> None:
    assert find_dates(text) == ()


def test_the_fiscal_year_of_a_budget_is_a_date_though_a_law_sets_it() -> None:
    (found,) = find_dates("ประกาศใช้ข้อบัญญัติงบประมาณรายจ่าย ประจำปีงบประมาณ พ.ศ. 2563")
    assert found.mention.raw == "ปีงบประมาณ พ.ศ. 2563"


def test_the_day_on_which_an_order_is_dated_is_a_date() -> None:
    assert named("คำสั่งที่ ๘๔/๒๕๖๑ ลงวันที่ ๒๘ พฤษภาคม ๒๕๖๑") == [("๒๘ พฤษภาคม ๒๕๖๑", "2018-05-28", "2018-05-28")]


def test_a_name_that_ends_in_a_number_gives_no_day() -> None:
    assert named("โควิด-19 มิถุนายน ๒๕๖๓") == [("มิถุนายน ๒๕๖๓", "2020-06-01", "2020-06-30")]


def test_dashes_at_the_head_of_lines_are_bullets() -> None:
    assert len(find_dates("- ๘ มิถุนายน ๒๕๖๓\n- ๙ มิถุนายน ๒๕๖๓")) == 2


def test_what_follows_a_year_does_not_hide_it() -> None:
    assert len(find_dates("๘ มิ.ย. ๖๓ โรงเรียน ๙ มิถุนายน ๒๕๖๓ กิจกรรม ปีงบประมาณ ๒๕๖๓ โครงการ")) == 3


def test_weekdays_are_kept_as_printed_apart_from_the_date() -> None:
    (found,) = find_dates("วันจันทร์ที่ ๑ - วันพุธที่ ๓ มิถุนายน ๒๕๖๓")
    assert (found.weekday, found.end_weekday) == ("จันทร์", "พุธ")
    assert found.mention.raw.startswith("๑ - ")


@pytest.mark.parametrize("piece", ["1", "ก", "วันที่ ", "1, ", "ปีงบประมาณ ", "1 - ", "๘ มิถุนายน "])
def test_a_long_text_takes_time_by_its_length_only(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        started = time.perf_counter()
        find_dates(text)
        return time.perf_counter() - started

    assert seconds(80_000) < 12 * seconds(20_000) + 0.5
