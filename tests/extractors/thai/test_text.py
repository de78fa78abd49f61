"""One spelling for the same print; comparing and searching forms are stable."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extractors.thai.text import fold, fold_digits, normalise, search_fold

THAI_AND_TROUBLE = st.text(
    st.one_of(
        st.characters(min_codepoint=0x0E00, max_codepoint=0x0E5F),
        st.sampled_from(" \t\n\r\u00a0\u200b\u00ad\ufeff\u2003\u0301\u0334“”–—Aaß"),
        st.characters(codec="utf-8"),
    )
)


@given(THAI_AND_TROUBLE)
def test_folding_digits_keeps_every_character_in_its_place(text: str) -> None:
    folded = fold_digits(text)
    assert len(folded) == len(text)
    assert not set(folded) & set("๐๑๒๓๔๕๖๗๘๙")


@given(THAI_AND_TROUBLE)
@example("เ\u200bเ")
@example("\u0e48\u0e34\u0334")
@example("น\u0e49\u0e4d\u0e48\u0e32")
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(THAI_AND_TROUBLE)
@example("เ เ")
@example("น\u0e4d \u0e32")
@example("ΐ İ")
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert search_fold(search_fold(text)) == search_fold(text)


@given(THAI_AND_TROUBLE)
def test_texts_equal_for_search_are_equal_for_comparing(text: str) -> None:
    assert fold(search_fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("typed", "spelt"),
    [
        ("ดํา", "ดำ"),
        ("น\u0e4d\u0e49า", "น้ำ"),
        ("น\u0e49\u0e4dา", "น้ำ"),
        ("น\u0e33\u0e49", "น้ำ"),
        ("เเผน", "แผน"),
        ("ท\u0e48\u0e35", "ที่"),
        ("ผ\u0e49\u0e39", "ผู้"),
        ("สิทธ\u0e4c\u0e34", "สิทธิ์"),
        ("\ufeffคุณ\u200bธรรม\u00ad", "คุณธรรม"),
        ("ข้อ\u00a0๑\u3000ก", "ข้อ ๑ ก"),
        ("หนึ่ง\n\tสอง\r\n", "หนึ่ง\n\tสอง\r\n"),
    ],
)
def test_the_same_print_has_one_spelling(typed: str, spelt: str) -> None:
    assert normalise(typed) == spelt


def test_comparing_ignores_digits_spaces_quotes_dashes_and_case() -> None:
    assert fold("ปี ๒๕61 –\n“ITA”") == fold('ปี2561-"ita"')


def test_searching_keeps_one_space_between_words() -> None:
    assert search_fold("  งบ\n ประมาณ\u00a0๒๕๖๑ ITA ") == "งบ ประมาณ 2561 ita"


def test_damaged_text_takes_time_by_its_length_only() -> None:
    assert normalise("น" + "ำ้" * 100_000) == "น" + "้" * 100_000 + "ำ" * 100_000
