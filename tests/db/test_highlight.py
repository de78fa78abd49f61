"""Hits are marked in the text as it is written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.highlight import excerpt, highlight
from db.query import fold_text


def marked(text: str, query: str) -> str:
    return "".join(f"[{segment.text}]" if segment.hit else segment.text for segment in highlight(text, query))


@pytest.mark.parametrize(
    ("text", "query", "shown"),
    [
        ("ปีงบประมาณ พ.ศ. ๒๕๖๒ และ 2562", "2562", "ปีงบประมาณ พ.ศ. [๒๕๖๒] และ [2562]"),
        ("ปี  \n พ.ศ.", '"ปี พ.ศ."', "[ปี  \n พ.ศ.]"),
        ("การประกาศ", "การ ประ", "[การประ]กาศ"),
        ("กกก", "กก", "[กกก]"),
        ("น้ํามัน", "น้ำ", "[น้ํา]มัน"),
        ("เเละ", "แ", "[เเ]ละ"),
        ("ที่\u200bทำ", "ที่ทำ", "[ที่\u200bทำ]"),
        ("ก \u200b ข", '"ก ข"', "[ก \u200b ข]"),
        ("Straße", "ss", "Stra[ß]e"),
        ("ไม่มี", "งบ", "ไม่มี"),
        ("", "งบ", ""),
        ("ทั้งหมด", "", "ทั้งหมด"),
    ],
)
def test_terms_are_marked_where_they_stand(text: str, query: str, shown: str) -> None:
    assert marked(text, query) == shown


@given(data=st.data())
@settings(max_examples=200, deadline=None)
def test_the_parts_are_the_text_and_something_is_marked_where_the_term_stands(
    any_text: st.SearchStrategy[str], data: st.DataObject
) -> None:
    text = data.draw(any_text | st.text())
    folded = fold_text(text)
    start = data.draw(st.integers(0, len(folded)))
    term = fold_text(folded[start : start + data.draw(st.integers(1, 6))].replace('"', ""))
    segments = highlight(text, f'"{term}"')
    assert "".join(segment.text for segment in segments) == text
    assert any(segment.hit for segment in segments) == (bool(term) and term in folded)


def test_an_excerpt_shows_the_first_hit_on_one_line() -> None:
    text = "ต้น " * 100 + "งบประมาณ\n๒๕๖๒ " + "ปลาย " * 100
    segments = excerpt(text, "งบประมาณ 2562", length=60)
    shown = "".join(segment.text for segment in segments)
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert 62 <= len(shown) <= 64  # no mark is cut from its letter
    assert [segment.text for segment in segments if segment.hit] == ["งบประมาณ", "๒๕๖๒"]


def test_a_short_text_is_its_own_excerpt() -> None:
    assert "".join(segment.text for segment in excerpt("จัดประชุม\nแล้ว", "ประชุม")) == "จัดประชุม แล้ว"
    assert "".join(segment.text for segment in excerpt("จัดประชุม", "งบ", length=5)) == "จัดปร…"


@given(st.text(alphabet="กขคเแัิี่้าำ ", min_size=30, max_size=200), st.integers(10, 40))
def test_an_excerpt_begins_with_a_letter_and_ends_with_a_whole_one(text: str, length: int) -> None:
    line = " ".join(text.split())
    shown = "".join(part.text for part in excerpt(text, "ข", length))
    inner = shown.strip("…")
    assert inner in line
    if shown.startswith("…"):
        assert not inner or inner[0] not in "ัิี่้าำ"
    if shown.endswith("…"):
        assert line[line.index(inner) + len(inner)] not in "ัิี่้าำ" or line.count(inner) > 1


@pytest.mark.parametrize(
    ("text", "length", "shown"),
    [
        ("กขคงจเป็นต้นไป พบ", 11, "…เป็นต้นไป พบ"),
        ("กขคงจเเปนต้นไป พบ", 11, "…เเปนต้นไป พบ"),
    ],
)
def test_an_excerpt_begins_with_a_whole_letter_and_its_vowels(text: str, length: int, shown: str) -> None:
    assert "".join(segment.text for segment in excerpt(text, "พบ", length)) == shown


def test_an_excerpt_does_not_end_with_a_vowel_whose_letter_is_cut_off() -> None:
    assert "".join(segment.text for segment in excerpt("พบกขคไปแล้วเป็น", "พบ", length=6)) == "พบกขค…"
