"""List marks are found where lists have them, and numbers in sentences are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.thai.enumeration import Item, list_items, marker_at_head

THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def texts(lines: list[str], items: tuple[Item, ...]) -> list[str]:
    return [" ".join(lines[span.line][span.start : span.end].strip() for span in item.spans) for item in items]


def numbers(lines: list[str], indents: tuple[int, ...] = ()) -> list[tuple[str | None, str | None]]:
    return [(item.number, item.parent) for item in list_items(lines, indents)]


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("๑. จัดทำแผน", "1", "จัดทำแผน"),
        ("๑.จัดทำแผน", "1", "จัดทำแผน"),
        ("12) จัดทำแผน", "12", "จัดทำแผน"),
        ("(๓) จัดทำแผน", "3", "จัดทำแผน"),
        ("๔.๑ จัดทำแผน", "4.1", "จัดทำแผน"),
        ("(๑.๒) จัดทำแผน", "1.2", "จัดทำแผน"),
        ("๒.๑.๓. จัดทำแผน", "2.1.3", "จัดทำแผน"),
        ("ก. จัดทำแผน", "ก", "จัดทำแผน"),
        ("(ข) จัดทำแผน", "ข", "จัดทำแผน"),
        ("ข้อ ๑ จัดทำแผน", "1", "จัดทำแผน"),
        ("มาตรการที่ ๒ : จัดทำแผน", "2", "จัดทำแผน"),
        ("- จัดทำแผน", None, "จัดทำแผน"),
        ("• จัดทำแผน", None, "จัดทำแผน"),
    ],
)
def test_a_list_mark_is_taken_off_and_told_in_arabic_digits(text: str, number: str | None, rest: str) -> None:
    marker = marker_at_head(text)
    assert marker is not None
    assert marker.number == number
    assert text[marker.end :] == rest


@pytest.mark.parametrize(
    "text",
    [
        "๒ รอบ คือ รอบที่ ๒",
        "2 ภาษา",
        "๒๕๖๓. เป็นปีที่",
        "ข้อ ๓ ของระเบียบกระทรวงการคลัง",
        "82.22 คะแนน",
        "๔.๕ ล้านบาท",
        "๐๙.๓๐ น.",
        "พ.ศ. ๒๕๖๓",
        "ก.พ. แจ้งเวียน",
        "-๕ องศา",
        "กิจกรรม 5 ส",
    ],
)
def test_a_number_that_belongs_to_the_sentence_is_no_list_mark(text: str) -> None:
    assert marker_at_head(text) is None


def test_items_that_run_on_in_one_line_are_told_apart() -> None:
    lines = ["๑. ประชุม ๒ รอบ คือ รอบที่ ๒ ปี ๒๕๖๓. ครบ ๒. เผยแพร่ตามข้อ ๓. ของระเบียบ ๓.สรุปผล"]
    assert texts(lines, list_items(lines)) == [
        "ประชุม ๒ รอบ คือ รอบที่ ๒ ปี ๒๕๖๓. ครบ",
        "เผยแพร่ตามข้อ ๓. ของระเบียบ",
        "สรุปผล",
    ]


def test_a_skipped_number_still_begins_an_item() -> None:
    assert numbers(["๑. ประชุมแผน ๓. สรุปผล"]) == [("1", None), ("3", None)]


def test_a_list_within_a_sentence_stays_in_it() -> None:
    assert numbers(["ประกอบด้วย (๑) แผน (๒) ผล และ (๓) การติดตาม"]) == [(None, None)]


def test_an_introducing_text_with_a_list_behind_it_is_an_item_of_its_own() -> None:
    lines = ["ดำเนินการดังนี้ ๑) แผน ๒) ผล"]
    assert texts(lines, list_items(lines)) == ["ดำเนินการดังนี้", "แผน", "ผล"]


def test_sub_items_name_the_item_they_stand_under() -> None:
    lines = ["๔. กิจกรรม ดังนี้", "๔.๑ ค่าย", "(๑) ค่ายเล็ก", "๔.๒ ประกวด", "- วาดภาพ", "๕. สรุป"]
    assert numbers(lines) == [("4", None), ("4.1", "4"), ("1", "4.1"), ("4.2", "4"), (None, "4.2"), ("5", None)]


def test_a_sub_number_whose_item_is_not_printed_has_no_parent() -> None:
    assert numbers(["๑.๑ ค่าย", "๑.๒ ประกวด"]) == [("1.1", None), ("1.2", None)]


def test_text_without_a_mark_belongs_to_the_item_before_it() -> None:
    lines = ["๑. ค่าย", "โดยมีวิทยากร", "๒. ประกวด"]
    assert texts(lines, list_items(lines)) == ["ค่าย โดยมีวิทยากร", "ประกวด"]


def test_a_new_cell_without_a_mark_is_an_item_of_its_own() -> None:
    lines = ["ประชุมแผน", "ติดตามผล"]
    assert texts(lines, list_items(lines, breaks={1})) == ["ประชุมแผน", "ติดตามผล"]


def test_stated_indents_tell_a_list_of_the_same_marks_inside_another() -> None:
    assert numbers(["1. ค่าย", "1. วันแรก", "2. วันที่สอง", "2. ประกวด"], (0, 1, 1, 0)) == [
        ("1", None),
        ("1", "1"),
        ("2", "1"),
        ("2", None),
    ]


def test_a_dash_between_dates_is_no_bullet() -> None:
    lines = ["- ประชุมเดือน เมษายน - มิถุนายน ๒๕๖๓ - จัดอบรม"]
    assert texts(lines, list_items(lines)) == ["ประชุมเดือน เมษายน - มิถุนายน ๒๕๖๓", "จัดอบรม"]


WORDS = st.text(alphabet="กขคงจดตนบปมรลวสหอ", min_size=3, max_size=12)


@given(st.lists(WORDS, min_size=1, max_size=9), st.booleans(), st.sampled_from(["{}. ", "{}) ", "({}) ", "{}."]))
def test_any_list_is_read_back_item_by_item_on_lines_or_run_on(items: list[str], thai: bool, form: str) -> None:
    marked = [form.format(n + 1) + word for n, word in enumerate(items)]
    marked = [mark.translate(THAI_DIGITS) for mark in marked] if thai else marked
    for lines in (marked, [" ".join(marked)]):
        found = list_items(lines)
        assert [item.number for item in found] == [str(n + 1) for n in range(len(items))]
        assert texts(lines, found) == items


@given(st.lists(st.text(max_size=60), max_size=6))
def test_no_letter_of_any_text_is_lost_or_told_twice(lines: list[str]) -> None:
    told = [
        (span.line, place) for item in list_items(lines) for span in item.spans for place in range(span.start, span.end)
    ]
    assert len(told) == len(set(told))
    kept = {index for item in list_items(lines) for index in (span.line for span in item.spans)}
    assert all(index in kept for index, line in enumerate(lines) if line.strip())
