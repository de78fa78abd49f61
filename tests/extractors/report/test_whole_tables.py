"""Tables that page ends broke are whole again. Text and places are invented."""

from collections.abc import Sequence

import pytest

from extractors.report.whole_tables import whole_tables
from schemas.document import Box, Cell, Line, Table

EDGES = (60.0, 160.0, 320.0, 540.0)
HEAD = ("ตัวชี้วัด", "มาตรการ", "การดำเนินการ")
HEIGHT, PITCH, ROOMY = 16.0, 20.0, 100.0
Content = str | tuple[str, ...] | None
"""A cell's text; several lines fill its width; null where the cell above goes on."""


def never(_text: str) -> bool:
    return False


def table(page: int, *rows: Sequence[Content], room: float = 4, pitch: float = PITCH) -> Table:
    """A table of one page: rows below each other, `room` points left below the text of each."""
    cells: dict[tuple[int, int], Cell] = {}
    top = 60.0
    for number, row in enumerate(rows):
        lines = max(len(content) if isinstance(content, tuple) else 1 for content in row)
        bottom = top + pitch * lines + room
        for column, content in enumerate(row):
            if content is None:
                above = next(cells[r, column] for r in range(number - 1, -1, -1) if (r, column) in cells)
                box = above.box.model_copy(update={"bottom": bottom}) if above.box else None
                cells[above.row, column] = above.model_copy(update={"row_span": number - above.row + 1, "box": box})
            else:
                cells[number, column] = cell(page, number, column, content, top, bottom, pitch)
        top = bottom
    box = Box(x0=EDGES[0], top=60, x1=EDGES[-1], bottom=top)
    return Table(rows=len(rows), columns=len(EDGES) - 1, cells=tuple(cells.values()), page=page, box=box)


def cell(
    page: int, row: int, column: int, content: str | tuple[str, ...], top: float, bottom: float, pitch: float
) -> Cell:
    x0, x1 = EDGES[column], EDGES[column + 1]
    texts = content if isinstance(content, tuple) else (content,) if content else ()
    end = x1 - 4 if isinstance(content, tuple) else x0 + 20
    lines = tuple(
        Line(
            text=text,
            page=page,
            box=Box(x0=x0 + 4, top=top + pitch * n, x1=end, bottom=top + pitch * n + HEIGHT),
        )
        for n, text in enumerate(texts)
    )
    return Cell(row=row, column=column, lines=lines, box=Box(x0=x0, top=top, x1=x1, bottom=bottom))


def whole(*tables: Table) -> Table:
    (joined,) = whole_tables(tables, never)
    return joined


def texts(found: Table) -> list[list[str]]:
    cells = {(each.row, each.column): each.text for each in found.cells}
    return [[cells.get((row, column), "^") for column in range(found.columns)] for row in range(found.rows)]


def at(found: Table, row: int, column: int) -> Cell:
    return next(each for each in found.cells if (each.row, each.column) == (row, column))


ROW_1, ROW_2 = ("ก", "๑. ประกาศ", "ลงนามแล้ว"), ("ข", "๒. อบรม", "อบรมแล้ว")


def test_a_head_printed_again_is_dropped_and_the_rows_follow_each_other() -> None:
    assert texts(whole(table(1, HEAD, ROW_1), table(2, HEAD, ROW_2))) == [[*HEAD], [*ROW_1], [*ROW_2]]


def test_a_table_without_a_repeated_head_goes_on_too() -> None:
    assert texts(whole(table(1, HEAD, ROW_1), table(2, ROW_2))) == [[*HEAD], [*ROW_1], [*ROW_2]]


def test_a_table_goes_on_over_three_pages() -> None:
    found = whole(table(1, HEAD, ROW_1), table(2, HEAD, ROW_2), table(3, HEAD, ("ค", "๓. ตรวจ", "ตรวจแล้ว")))
    assert found.rows == 4


def test_a_row_broken_in_the_middle_is_one_row_with_its_lines_of_both_pages() -> None:
    first = table(1, HEAD, ("ก", "๑. ประกาศ", ("ผู้บริหารลงนาม", "ประกาศเจตจำ")))
    found = whole(first, table(2, HEAD, ("", "", ("นงสุจริต", "ณ ที่ทำการ")), ROW_2))
    assert found.rows == 3
    action = at(found, 1, 2)
    assert [line.page for line in action.lines] == [1, 1, 2, 2]
    assert texts(found)[2] == [*ROW_2]


def test_a_row_whose_last_two_lines_went_to_the_next_page_is_one_row_though_lines_stand_wide_apart() -> None:
    first = table(1, HEAD, ("ก", "๑. ประกาศ", ("ผู้บริหารลงนาม", "ประกาศเจตจำ")), room=1.6 * 28, pitch=28)
    assert whole(first, table(2, HEAD, ("", "", ("นงสุจริต", "ณ ที่ทำการ")))).rows == 2


def test_a_row_that_ended_far_above_the_foot_of_its_page_was_not_broken() -> None:
    first = table(1, HEAD, ("ก", "๑. ประกาศ", ("ลงนาม", "แล้ว")), room=ROOMY)
    assert whole(first, table(2, HEAD, ("", "", ("ณ ที่ทำการ", "แห่งใหม่")))).rows == 3


@pytest.mark.parametrize("text", ["๑๒.", "๑๒"])
def test_a_row_that_begins_with_a_number_is_a_new_one(text: str) -> None:
    first = table(1, HEAD, ("๑๑.", "ประกาศ", ("ลงนาม", "แล้ว")))
    assert whole(first, table(2, HEAD, (text, "", ("ณ ที่ทำการ", "แห่งใหม่")))).rows == 3


def test_a_year_broken_off_its_month_is_no_number_of_a_row() -> None:
    first = table(1, HEAD, (("ตุลาคม -", "ม.ค."), "ประกาศ", ("ลงนาม", "แล้ว")))
    assert whole(first, table(2, HEAD, ("๒๕๖๖", "", ("ณ ที่ทำการ", "แห่งใหม่")))).rows == 2


def test_a_row_that_begins_with_an_indicator_is_a_new_one() -> None:
    first = table(1, HEAD, (("การใช้", "อำนาจ"), "ประกาศ", ("ลงนาม", "แล้ว")))
    second = table(2, HEAD, (("การใช้งบประมาณ", ""), "", ("ณ ที่ทำการ", "แห่งใหม่")))
    (joined,) = whole_tables([first, second], lambda text: text.startswith("การใช้"))
    assert joined.rows == 3


def test_an_indicator_broken_behind_its_number_is_one_row() -> None:
    first = table(1, HEAD, (("ตัวชี้วัด", "ที่ ๒"), "ประกาศ", ("ลงนาม", "แล้ว")))
    second = table(2, HEAD, (("การใช้งบประมาณ", ""), "", ("ณ ที่ทำการ", "แห่งใหม่")))
    (joined,) = whole_tables([first, second], lambda text: text.startswith("การใช้"))
    assert joined.rows == 2


def test_a_merged_cell_holds_over_the_page_end() -> None:
    first = table(1, HEAD, ("ก", "๑. ประกาศ", "ลงนามแล้ว"), (None, "๒. อบรม", "อบรมแล้ว"))
    found = whole(first, table(2, HEAD, ("", "๓. ตรวจ", "ตรวจแล้ว"), (None, "๔. รายงาน", "รายงานแล้ว")))
    assert at(found, 1, 0).row_span == 4
    assert found.rows == 5


def test_an_empty_action_cell_at_the_head_of_a_page_stays_empty() -> None:
    found = whole(table(1, HEAD, ROW_1), table(2, HEAD, ("", "๒. อบรม", "")))
    assert at(found, 2, 2).lines == ()
    assert at(found, 1, 2).row_span == 1


@pytest.mark.xfail(strict=True, reason="a word as wide as its column passes for text that the page end cut")
def test_a_row_is_not_broken_because_a_status_fills_its_narrow_column() -> None:
    first = table(1, HEAD, ("ก", "- ประกาศ", ("ดำเนินการแล้ว",)))
    assert whole(first, table(2, HEAD, ("", "- อบรม", ("ดำเนินการแล้ว",)))).rows == 3


def test_tables_of_other_columns_or_of_a_later_page_stay_apart() -> None:
    first = table(1, HEAD, ROW_1)
    narrow = table(2, HEAD, ROW_2)
    moved = narrow.model_copy(update={"box": Box(x0=100, top=60, x1=580, bottom=200)})
    assert len(whole_tables([first, moved], never)) == 2
    assert len(whole_tables([first, table(3, HEAD, ROW_2)], never)) == 2
    assert len(whole_tables([first, table(1, HEAD, ROW_2)], never)) == 2


def test_a_page_that_holds_nothing_but_the_head_adds_nothing() -> None:
    first = table(1, HEAD, ROW_1)
    assert whole(first, table(2, HEAD)) == first
