"""Lines as printed become the paragraphs that their writer ended. Text and places are invented."""

import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.report.printed_lines import begins_item, join, joined_cells, joined_lines
from schemas.document import Box, Cell, Line, Table

HEIGHT, PITCH, LEFT, RIGHT = 16.0, 20.0, 72.0, 522.0
FULL = RIGHT


def never(_above: Sequence[Line], _line: Line) -> bool:
    return False


def line(text: str, row: int = 0, x0: float = LEFT, x1: float = FULL, page: int = 1) -> Line:
    """A line that ends at `x1`, in the given row of its page."""
    top = 100 + PITCH * row
    return Line(text=text, page=page, box=Box(x0=x0, top=top, x1=x1, bottom=top + HEIGHT))


def paragraphs(*lines: Line) -> list[str]:
    return [joined.text for joined in joined_lines(lines, never)]


def items(*texts: str) -> list[Line]:
    return [Line(text=text) for text in texts]


def test_a_full_line_goes_on_without_a_blank_between_thai_letters() -> None:
    assert paragraphs(line("จัดทำแผนปฏิบัติการป้องกันการทุจ"), line("ริตประจำปี", 1, x1=200)) == [
        "จัดทำแผนปฏิบัติการป้องกันการทุจริตประจำปี"
    ]


def test_a_full_line_goes_on_with_a_blank_before_a_figure_and_after_latin_letters() -> None:
    assert paragraphs(line("ประชุมเมื่อวันที่"), line("๑๒ มกราคม", 1, x1=200)) == ["ประชุมเมื่อวันที่ ๑๒ มกราคม"]
    assert paragraphs(line("ตามแบบ OIT"), line("ข้อ ๑๒", 1, x1=200)) == ["ตามแบบ OIT ข้อ ๑๒"]


def test_a_line_that_left_room_for_the_next_word_was_ended_by_its_writer() -> None:
    assert len(paragraphs(line("ดำเนินการแล้ว", x1=250), line("ประกาศเจตจำนง", 1))) == 2


def test_an_indented_line_begins_a_paragraph() -> None:
    assert len(paragraphs(line("ดำเนินการแล้วทุกข้อ"), line("ทั้งนี้ ประกาศ", 1, x0=LEFT + 2 * HEIGHT))) == 2


def test_a_line_after_a_gap_begins_a_paragraph() -> None:
    assert len(paragraphs(line("ดำเนินการแล้วทุกข้อ"), line("ทั้งนี้ ประกาศ", 4))) == 2


def test_a_paragraph_goes_on_over_a_page_end_and_keeps_its_lines_of_both_pages() -> None:
    first, second = line("จัดทำแผนปฏิบัติการ", 30, page=1), line("ป้องกันการทุจริต", 0, page=2)
    (joined,) = joined_lines([first, second], never)
    assert joined.text == "จัดทำแผนปฏิบัติการป้องกันการทุจริต"
    assert [part.page for part in joined.parts] == [1, 2]


def test_a_full_line_does_not_go_on_where_something_begins() -> None:
    lines = [line("ดำเนินการแล้วทุกข้อ"), line("ตัวชี้วัดที่ ๒", 1)]
    assert len(joined_lines(lines, lambda above, below: below.text.startswith("ตัวชี้วัด"))) == 2


@given(cuts=st.sets(st.integers(1, 40), max_size=6))
def test_a_paragraph_of_thai_letters_is_the_same_wherever_its_lines_end(cuts: set[int]) -> None:
    text = "จัดทำแผนปฏิบัติการป้องกันการทุจริตและรายงานผลการดำเนินงานตามแผน"
    ends = [0, *sorted(cuts), len(text)]
    lines = [line(text[start:end], row) for row, (start, end) in enumerate(itertools.pairwise(ends))]
    joined = lines[0]
    for below in lines[1:]:
        joined = join(joined, below)
    assert joined.text == text
    assert "".join(part.text for part in joined.parts or (joined,)) == text


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (["ได้คะแนนเพิ่มขึ้นร้อยละ"], "6.5 จากปีก่อน"),
        (["ระหว่างเดือนเมษายน"], "– มิถุนายน ๒๕๖๕"),
        (["- ประชุม", "วันที่ ๑๕"], "- ๑๘ มกราคม"),
        (["สมาชิกสภา อบ"], "ต. ทุกคน"),
        (["ใช้งบประมาณ"], "- บาท"),
        (["จำนวนผู้เข้าร่วม"], "๔๕. คน"),
    ],
    ids=["figure", "months", "days", "abbreviation", "dash", "number"],
)
def test_what_only_looks_like_a_list_mark_begins_no_item(above: list[str], below: str) -> None:
    assert not begins_item(items(*above), Line(text=below))


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (["ดำเนินการ"], "๑. ประกาศ"),
        (["๑. ประกาศ", "เจตจำนง"], "๒. อบรม"),
        (["๑. ประกาศ"], "๑.๑ ติดป้าย"),
        (["(๑) ประกาศ"], "(๒) อบรม"),
        (["- ประกาศ"], "- อบรม"),
        (["มีดังนี้"], "- ประกาศ"),
        (["ประกาศ"], "• อบรม"),
    ],
)
def test_a_list_mark_begins_an_item(above: list[str], below: str) -> None:
    assert begins_item(items(*above), Line(text=below))


def test_wrapped_lines_of_a_cell_are_joined_and_its_list_is_kept() -> None:
    cell = Cell(
        row=0,
        column=0,
        box=Box(x0=LEFT - 4, top=90, x1=RIGHT + 4, bottom=300),
        lines=(line("๑. จัดทำแผนป้องกัน"), line("การทุจริต", 1, x1=150), line("๒. อบรม", 2, x1=150)),
    )
    (joined,) = joined_cells(Table(rows=1, columns=1, cells=(cell,), page=1)).cells
    assert [part.text for part in joined.lines] == ["๑. จัดทำแผนป้องกันการทุจริต", "๒. อบรม"]


def test_short_lines_of_a_cell_stay_apart() -> None:
    cell = Cell(
        row=0,
        column=0,
        box=Box(x0=LEFT - 4, top=90, x1=RIGHT + 4, bottom=300),
        lines=(line("สำนักปลัด", x1=150), line("กองคลัง", 1, x1=140)),
    )
    assert joined_cells(Table(rows=1, columns=1, cells=(cell,), page=1)).cells == (cell,)
