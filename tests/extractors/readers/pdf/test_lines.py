"""Glyphs become the lines that a reader sees, whatever order they are drawn in. Text and places are invented."""

import itertools
import unicodedata
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.readers.pdf.content import Glyph
from extractors.readers.pdf.lines import PrintedLine, printed_lines, writes_blanks

SIZE, ADVANCE = 16.0, 0.5
LINE = "ผู้บริหารประกาศเจตจำนงสุจริต เมื่อวันที่ ๑๒ มกราคม ๒๕๖๔ ณ ที่ทำการ"

MARKS_OF_LINE = [n for n, letter in enumerate(LINE) if unicodedata.category(letter) == "Mn"]


def drawn(text: str, x: float = 100, baseline: float = 200, turn: int = 0, size: float = SIZE) -> list[Glyph]:
    """The glyphs of a text from left to right; marks have no advance."""
    glyphs = []
    for code, letter in enumerate(text):
        end = x if unicodedata.category(letter) == "Mn" else x + ADVANCE * size
        glyphs.append(Glyph(letter, code, 0, x, end, baseline, size, turn, True))
        x = end
    return glyphs


def lines(glyphs: Iterable[Glyph], blanks: bool = True) -> tuple[PrintedLine, ...]:
    return printed_lines(glyphs, blanks)


def text(glyphs: Iterable[Glyph], blanks: bool = True) -> str:
    return "\n".join(line.text for line in lines(glyphs, blanks))


@st.composite
def scattered(draw: st.DrawFn) -> list[Glyph]:
    """A line cut into pieces that are drawn in any order, each of them letters with their marks and blanks."""
    glyphs = drawn(LINE)
    places = [n for n, glyph in enumerate(glyphs) if n and glyph.text != " " and glyph.x1 > glyph.x0]
    cuts = [0, *sorted(draw(st.sets(st.sampled_from(places), max_size=12))), len(glyphs)]
    pieces = [glyphs[start:end] for start, end in itertools.pairwise(cuts)]
    return [glyph for piece in draw(st.permutations(pieces)) for glyph in piece]


@given(glyphs=scattered())
def test_a_line_is_the_same_in_whatever_order_its_runs_are_drawn(glyphs: Sequence[Glyph]) -> None:
    assert text(glyphs) == LINE


@given(apart=st.sets(st.sampled_from(MARKS_OF_LINE)), before=st.booleans())
def test_marks_drawn_before_or_after_the_rest_of_their_line_land_on_their_letters(
    apart: set[int], before: bool
) -> None:
    glyphs = drawn(LINE)
    marks = [glyphs[n] for n in sorted(apart)]
    rest = [glyph for n, glyph in enumerate(glyphs) if n not in apart]
    assert text([*marks, *rest] if before else [*rest, *marks]) == LINE


def test_a_gap_is_a_blank_where_the_file_writes_none() -> None:
    glyphs = [*drawn("ประกาศ"), *drawn("ณ", x=148.0 + 0.25 * SIZE)]
    assert text(glyphs, blanks=False) == "ประกาศ ณ"


def test_letters_of_justified_text_stand_apart_without_a_blank_where_the_file_writes_blanks() -> None:
    glyphs = [*drawn("ประกาศ"), *drawn("ณ", x=148.0 + 0.25 * SIZE)]
    assert text(glyphs) == "ประกาศณ"


def test_a_tab_is_a_blank_in_every_file() -> None:
    assert text([*drawn("ลำดับ"), *drawn("คะแนน", x=300)]) == "ลำดับ คะแนน"


@pytest.mark.parametrize("offset", [0.0, 0.3, 0.8])
def test_text_drawn_twice_to_look_bold_is_read_once(offset: float) -> None:
    assert text([*drawn("รายงานผล"), *drawn("รายงานผล", x=100 + offset)]) == "รายงานผล"


def test_a_word_that_stands_twice_in_a_line_is_read_twice() -> None:
    assert text([*drawn("ต่าง"), *drawn("ต่าง", x=124)]) == "ต่างต่าง"


def test_a_raised_figure_belongs_to_its_line() -> None:
    assert text([*drawn("ตาราง"), *drawn("๑", x=140, baseline=195, size=9)]) == "ตาราง๑"


def test_lines_come_from_the_top_though_drawn_from_the_foot() -> None:
    assert text([*drawn("สอง", baseline=240), *drawn("หนึ่ง", baseline=220)]) == "หนึ่ง\nสอง"


def test_blanks_alone_are_no_line() -> None:
    assert lines(drawn("   ")) == ()


def test_turned_text_is_a_line_of_its_own_with_its_place_upright_on_the_page() -> None:
    (upright, turned) = lines([*drawn("มาตรการ", x=-300, baseline=50, turn=1), *drawn("ตัวชี้วัด")])
    assert (upright.text, turned.text, turned.turn) == ("ตัวชี้วัด", "มาตรการ", 1)
    assert turned.place.x0 < 50 < turned.place.x1
    assert (turned.place.top, turned.place.bottom) == (300 - 7 * ADVANCE * SIZE, 300)


def test_ligatures_are_spelt_out_and_blanks_of_all_kinds_are_one() -> None:
    assert text(drawn("oﬃce\xa0 ก")) == "office ก"


def test_a_file_with_hardly_a_blank_writes_none() -> None:
    assert writes_blanks(drawn("ประกาศ ณ วันที่"))
    assert not writes_blanks(drawn("ก" * 400 + " "))
