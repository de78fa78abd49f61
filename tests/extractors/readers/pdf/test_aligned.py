"""Tables without rules are told by headings and the places of their text. Text and places are invented."""

from collections.abc import Mapping, Sequence

import pytest

from extractors.readers.pdf.aligned import Piece, TextLine, aligned_grids
from extractors.readers.pdf.content import Rule
from extractors.readers.pdf.grid import Grid

LEADING, HEIGHT, LETTER = 22.0, 17.0, 6.0
HEADER = {70: "ตัวชี้วัด", 300: "ปี ๒๕๖๔", 420: "ปี ๒๕๖๕"}
ROWS = (
    {70: "การปฏิบัติหน้าที่", 300: "๘๗.๒๐", 420: "๙๐.๑๑"},
    {70: "การใช้งบประมาณ", 300: "๗๙.๔๕", 420: "๘๓.๐๐"},
    {70: "การใช้อำนาจ", 300: "๘๕.๖๖", 420: "๘๘.๗๒"},
)
Content = Mapping[int, str]


def page(*lines: Content, top: float = 100.0) -> list[TextLine]:
    """Lines one below the other, each a text for the place where it begins; a line without texts is blank."""
    return [
        TextLine(
            top + LEADING * index,
            top + LEADING * index + HEIGHT,
            tuple(Piece(text, x0, x0 + LETTER * len(text)) for x0, text in sorted(line.items())),
        )
        for index, line in enumerate(lines)
        if line
    ]


def texts(grid: Grid, lines: Sequence[TextLine]) -> list[list[str]]:
    """The grid's cells, each with the pieces whose middle lies in it."""
    cells = [["" for _ in range(grid.columns)] for _ in range(grid.rows)]
    for line in lines:
        for piece in line.pieces:
            cell = grid.cell_at((piece.x0 + piece.x1) / 2, (line.top + line.bottom) / 2)
            if cell is not None:
                cells[cell.row][cell.column] = f"{cells[cell.row][cell.column]} {piece.text}".strip()
    return cells


def read(lines: Sequence[TextLine], rules: Sequence[Rule] = ()) -> list[list[str]]:
    (grid,) = aligned_grids(lines, rules)
    return texts(grid, lines)


def values(*lines: Content) -> list[list[str]]:
    return [list(line.values()) for line in lines]


def test_rows_below_headings_are_a_table() -> None:
    assert read(page(HEADER, *ROWS)) == values(HEADER, *ROWS)


def test_a_paragraph_above_and_one_below_are_no_part_of_it() -> None:
    paragraph = {70: "ผลการประเมินคุณธรรมและความโปร่งใสของหน่วยงานแยกตามตัวชี้วัดเป็นดังนี้"}
    assert read(page(paragraph, paragraph, HEADER, *ROWS, paragraph)) == values(HEADER, *ROWS)


@pytest.mark.parametrize(
    "below",
    [
        pytest.param([{}, {310: "๑๒"}], id="page number"),
        pytest.param([{}, {70: "หมายเหตุ ข้อมูล"}, {70: "ณ วันที่รายงาน"}], id="remark"),
        pytest.param([{350: "ผู้รายงาน"}], id="signature"),
    ],
)
def test_what_stands_below_is_no_part_of_it(below: Sequence[Content]) -> None:
    rows = [*ROWS, {70: "รวม", 420: "๘๗.๒๗"}]
    assert [row[0] for row in read(page(HEADER, *rows, *below))] == [row[70] for row in (HEADER, *rows)]


def test_a_row_with_one_cell_within_a_table_is_kept() -> None:
    rows = [HEADER, {70: "แบบวัดภายใน"}, ROWS[0], {70: "แบบวัดภายนอก"}, *ROWS[1:]]
    spaced = [line for row in rows for line in (row, {})]
    assert [row[0] for row in read(page(*spaced))] == [row[70] for row in rows]


def test_headings_set_in_the_middle_of_wide_columns() -> None:
    header = {40: "ที่", 120: "มาตรการ", 330: "การดำเนินการ"}
    rows = [
        {40: "๑", 60: "จัดทำประกาศเจตนารมณ์ของผู้บริหาร", 270: "เผยแพร่บนเว็บไซต์ของสำนักงานแล้ว"},
        {40: "๒", 60: "ประเมินความเสี่ยงการทุจริตประจำปี", 270: "แต่งตั้งคณะทำงานและประชุมสองครั้ง"},
    ]
    assert read(page(header, *rows)) == values(header, *rows)


def test_cells_that_wrap_stay_in_their_row() -> None:
    header = {40: "ที่", 70: "มาตรการ", 300: "ผู้รับผิดชอบ"}
    lines = page(
        header,
        {40: "๑", 70: "ประกาศเจตนารมณ์ต่อต้าน", 300: "กลุ่มอำนวยการ"},
        {70: "การทุจริต"},
        {40: "๒", 70: "ประเมินความเสี่ยง", 300: "กลุ่มกฎหมาย"},
        {70: "การทุจริตประจำปี", 300: "และคดี"},
    )
    assert read(lines)[1:] == [
        ["๑", "ประกาศเจตนารมณ์ต่อต้าน การทุจริต", "กลุ่มอำนวยการ"],
        ["๒", "ประเมินความเสี่ยง การทุจริตประจำปี", "กลุ่มกฎหมาย และคดี"],
    ]


def test_rules_across_part_rows_that_nothing_else_parts() -> None:
    header = {70: "มาตรการ", 240: "การดำเนินการ", 400: "ผู้รับผิดชอบ"}
    lines = page(
        header,
        {70: "ปรับปรุงคู่มือ", 240: "จัดพิมพ์คู่มือ", 400: "กองคลัง"},
        {70: "การให้บริการ", 240: "แจกประชาชน", 400: "และพัสดุ"},
        {70: "เพิ่มช่องทาง", 240: "เปิดเว็บไซต์", 400: "สำนักปลัด"},
        {70: "ร้องเรียน", 240: "และสายด่วน"},
    )
    rules = [Rule(60, 98 + LEADING * line, 500, 98 + LEADING * line, True) for line in (0, 1, 3, 5)]
    assert [row[0] for row in read(lines, rules)] == ["มาตรการ", "ปรับปรุงคู่มือ การให้บริการ", "เพิ่มช่องทาง ร้องเรียน"]


def test_two_tables_are_two() -> None:
    lines = page(HEADER, *ROWS, {}, {}, {}, {}, HEADER, *ROWS)
    assert [grid.rows for grid in aligned_grids(lines, ())] == [4, 4]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([{70: "ตัวชี้วัด", 300: "คะแนน"}, *({70: r[70], 300: r[300]} for r in ROWS)], id="two columns"),
        pytest.param([HEADER, ROWS[0]], id="one row"),
        pytest.param([HEADER, ROWS[0], *({70: row[70], 300: row[300]} for row in ROWS[1:])], id="a column of one cell"),
        pytest.param([{70: "บุคลากร", 300: "บุคลากร", 420: "สังคม"}, *ROWS], id="headings that are the same"),
        pytest.param(
            [HEADER, *({70 + 19 * n: "จากนั้น", 300 + 23 * n: "จึง", 420 + 15 * n: "แล้ว"} for n in range(5))],
            id="text at no common place",
        ),
        pytest.param(
            [{70: f"4.{n} นายสมชาย ใจดี{n}", 250: f"ครู{n}", 420: f"กรรมการ {n}"} for n in range(21, 27)],
            id="persons of a numbered list",
        ),
        pytest.param(
            [{70: name, 250: "ครูผู้ช่วย", 420: "กรรมการ"} for name in ("นายดำ", "นางสาวเขียว", "นายแดง", "นางขาว")],
            id="persons with the same office",
        ),
        pytest.param(
            [{70: "หน่วยงาน", 300: "รอบแรก", 420: "รอบหลัง"}]
            + [{70: "กองคลัง", 300: "๑", 340: "๒", 420: "๓", 460: "๔"} for _ in range(4)],
            id="more columns than headings",
        ),
        pytest.param([{70: "เรื่อง", 200: "........................", 480: "หน้า"}, *ROWS], id="leaders"),
    ],
)
def test_what_is_no_table(lines: Sequence[Content]) -> None:
    assert aligned_grids(page(*lines), ()) == ()


def test_boxes_of_text_side_by_side_are_no_table() -> None:
    lines = page(HEADER, *ROWS)
    side = Rule(290, 95, 290, 190, True)
    assert aligned_grids(lines, [side]) == ()
    assert len(aligned_grids(lines, [Rule(30, 95, 30, 190, True)])) == 1
