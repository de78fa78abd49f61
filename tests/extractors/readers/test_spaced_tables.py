import unicodedata
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.readers.text import read_text
from schemas.document import Line, Table

SYLLABLES = st.sampled_from(("การ", "ที่", "น้ำ", "เมื่อ", "แล้ว", "ปู่", "ครั้ง", "ทุ่ง", "ITA"))
CELL = st.lists(SYLLABLES, min_size=1, max_size=5).map("".join)
COLUMNS = st.integers(3, 5)

HEADER = ("ประเด็น", "มาตรการ", "ผลการดำเนินการ")


def display_width(text: str) -> int:
    return sum(unicodedata.category(character) != "Mn" for character in text)


def laid_out(lines: Sequence[Sequence[str]], width: Callable[[str], int] = display_width) -> str:
    """The lines, each a text for every column, in columns that are two blanks apart; a line without texts is blank."""
    columns = list(zip(*(line for line in lines if line), strict=True))
    widths = [max(map(width, column)) for column in columns]
    padded = (
        "  ".join(text + " " * (wide - width(text)) for text, wide in zip(line, widths, strict=False)) for line in lines
    )
    return "\n".join(line.rstrip() for line in padded)


def header_of(columns: int) -> list[str]:
    return [f"หัวข้อ {letter}" for letter in "กขคงจ"[:columns]]


def tables_of(text: str) -> list[Table]:
    return [block for block in read_text(text.encode()).blocks if isinstance(block, Table)]


def prose_of(text: str) -> list[str]:
    return [block.text for block in read_text(text.encode()).blocks if isinstance(block, Line) and block.text]


def grid_of(table: Table) -> list[list[list[str]]]:
    rows: list[list[list[str]]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row].append([line.text for line in cell.lines])
    return rows


def texts_of(table: Table) -> list[list[str]]:
    return [[" ".join(lines) for lines in row] for row in grid_of(table)]


WRAPPED = laid_out(
    [
        HEADER,
        (),
        ("การใช้พัสดุ", "1. จัดทำทะเบียนคุมรถ", "1) ทำสมุดคุมกุญแจรถทุกคัน"),
        ("(ตัวชี้วัดที่ 4)", "ของส่วนกลางให้ครบ", "เมื่อ 3 ม.ค. 66"),
        ("", "", "2) ตรวจนับทุกไตรมาส"),
        (),
        ("", "2. ติดป้ายครุภัณฑ์", "ติดแล้ว 212 รายการ"),
        (),
        ("การเปิดเผยข้อมูล", "3. ปรับปรุงเว็บไซต์", "เพิ่มเมนูแผนงาน"),
    ]
)


def test_wrapped_cells_between_blank_lines_are_rows_with_merged_cells_left_blank() -> None:
    (table,) = tables_of(WRAPPED)
    assert not table.merges_stated
    assert grid_of(table) == [
        [["ประเด็น"], ["มาตรการ"], ["ผลการดำเนินการ"]],
        [
            ["การใช้พัสดุ", "(ตัวชี้วัดที่ 4)"],
            ["1. จัดทำทะเบียนคุมรถของส่วนกลางให้ครบ"],
            ["1) ทำสมุดคุมกุญแจรถทุกคันเมื่อ 3 ม.ค. 66", "2) ตรวจนับทุกไตรมาส"],
        ],
        [[], ["2. ติดป้ายครุภัณฑ์"], ["ติดแล้ว 212 รายการ"]],
        [["การเปิดเผยข้อมูล"], ["3. ปรับปรุงเว็บไซต์"], ["เพิ่มเมนูแผนงาน"]],
    ]


def test_running_numbers_begin_rows_where_no_blank_lines_part_them() -> None:
    text = laid_out(
        [
            ("ที่", *HEADER),
            ("๑", "การใช้พัสดุ", "จัดทำทะเบียนคุมรถ", "ทำสมุดคุมกุญแจ"),
            ("", "ของส่วนกลาง", "ให้ครบทุกคัน", ""),
            ("๒", "การเปิดเผยข้อมูล", "ปรับปรุงเว็บไซต์", "เพิ่มเมนูแผนงาน"),
            ("", "", "ให้ใช้งานง่าย", "และงบประมาณ"),
        ]
    )
    assert texts_of(tables_of(text)[0])[1:] == [
        ["๑", "การใช้พัสดุของส่วนกลาง", "จัดทำทะเบียนคุมรถให้ครบทุกคัน", "ทำสมุดคุมกุญแจ"],
        ["๒", "การเปิดเผยข้อมูล", "ปรับปรุงเว็บไซต์ให้ใช้งานง่าย", "เพิ่มเมนูแผนงานและงบประมาณ"],
    ]


def test_a_first_column_that_fills_again_begins_a_row() -> None:
    text = laid_out(
        [
            HEADER,
            ("การใช้พัสดุ", "จัดทำทะเบียนคุมรถ", "ทำสมุดคุมกุญแจ"),
            ("", "ให้ครบทุกคัน", "ครบทุกสำนัก"),
            ("การเปิดเผยข้อมูล", "ปรับปรุงเว็บไซต์", "เพิ่มเมนูแผนงาน"),
            ("", "ให้ใช้งานง่ายขึ้น", ""),
        ]
    )
    assert [row[0] for row in texts_of(tables_of(text)[0])] == ["ประเด็น", "การใช้พัสดุ", "การเปิดเผยข้อมูล"]


def test_list_marks_in_every_cell_begin_a_row_below_a_merged_cell() -> None:
    text = laid_out(
        [
            HEADER,
            (),
            ("การใช้พัสดุ", "1. จัดทำทะเบียนคุมรถ", "1) ทำสมุดคุมกุญแจ"),
            ("", "2. ติดป้ายครุภัณฑ์", "1) ติดแล้วทุกรายการ"),
            ("", "", "2) ตรวจนับซ้ำ"),
        ]
    )
    assert grid_of(tables_of(text)[0])[2] == [[], ["2. ติดป้ายครุภัณฑ์"], ["1) ติดแล้วทุกรายการ", "2) ตรวจนับซ้ำ"]]


def test_a_header_of_two_lines_is_one_row() -> None:
    text = laid_out(
        [
            ("ที่", "ตัวชี้วัดที่", "มาตรการ", "ผลการ"),
            ("", "ต้องพัฒนา", "", "ดำเนินการ"),
            ("1", "การใช้พัสดุ", "จัดทำทะเบียนคุมรถ", "ทำสมุดคุมกุญแจ"),
            ("2", "การเปิดเผยข้อมูล", "ปรับปรุงเว็บไซต์", "เพิ่มเมนู"),
        ]
    )
    (table,) = tables_of(text)
    assert table.rows == 3
    assert texts_of(table)[0] == ["ที่", "ตัวชี้วัดที่ต้องพัฒนา", "มาตรการ", "ผลการดำเนินการ"]


def test_figures_set_to_the_right_and_headings_in_the_middle_stand_in_their_columns() -> None:
    text = (
        "        ตัวชี้วัด             คะแนน     ระดับ\n"
        "การปฏิบัติหน้าที่              100.00      AA\n"
        "การใช้งบประมาณ                 9.50       F\n"
        "การแก้ไขปัญหาการทุจริต        85.25       A"
    )
    assert texts_of(tables_of(text)[0])[1:] == [
        ["การปฏิบัติหน้าที่", "100.00", "AA"],
        ["การใช้งบประมาณ", "9.50", "F"],
        ["การแก้ไขปัญหาการทุจริต", "85.25", "A"],
    ]


def test_a_table_goes_on_below_a_page_number_and_its_header_printed_again() -> None:
    text = f"{WRAPPED}\n\n\n                 - 2 -\n                   เทศบาลตำบลทุ่งทอง\n\n{WRAPPED}"
    first, second = tables_of(text)
    assert grid_of(second) == grid_of(first)
    assert prose_of(text) == ["- 2 -", "เทศบาลตำบลทุ่งทอง"]


def test_a_table_goes_on_below_a_page_number_without_its_header() -> None:
    lines = WRAPPED.split("\n")
    text = "\n".join([*lines[:7], "\f                 - 2 -", "", *lines[7:]])
    first, second = tables_of(text)
    assert grid_of(first) + grid_of(second) == grid_of(tables_of(WRAPPED)[0])
    assert first.columns == second.columns


def test_a_heading_across_the_table_parts_it() -> None:
    lines = WRAPPED.split("\n")
    heading = "ตัวชี้วัดที่ 7 การเปิดเผยข้อมูลต่อสาธารณะของหน่วยงาน"
    text = "\n".join([*lines[:7], heading, *lines[7:]])
    first, second = tables_of(text)
    assert (first.rows, second.rows) == (3, 1)
    assert prose_of(text) == [heading]


def test_a_cell_that_overruns_its_column_stays_in_one_piece() -> None:
    text = (
        "ประเด็น      มาตรการ            ผล\n"
        "พัสดุ        ทำทะเบียนคุมรถ     ทำแล้ว\n"
        "การเปิดเผยข้อมูล ปรับเว็บไซต์       เพิ่มเมนู\n"
        "คุณภาพงาน    จัดลำดับคิว        ติดเครื่อง"
    )
    assert texts_of(tables_of(text)[0])[2] == ["การเปิดเผยข้อมูล", "ปรับเว็บไซต์", "เพิ่มเมนู"]


def test_columns_padded_by_characters_as_pdftotext_does_are_found() -> None:
    rows = [HEADER, ("ที่ดิน", "ก", "ปี่"), ("น้ำ", "ตั้งคณะทำงานที่ปรึกษา", "ทำ"), ("ฝน", "กก", "มี")]
    assert texts_of(tables_of(laid_out(rows, len))[0]) == [list(row) for row in rows]


def test_a_signature_and_a_remark_below_the_table_are_lines() -> None:
    text = f"{WRAPPED}\n\nหมายเหตุ ณ สิ้นปี\n\n                        (นายสมคิด ใจดี)\n                         นายกเทศมนตรี"
    assert grid_of(tables_of(text)[0]) == grid_of(tables_of(WRAPPED)[0])
    assert prose_of(text) == ["หมายเหตุ ณ สิ้นปี", "(นายสมคิด ใจดี)", "นายกเทศมนตรี"]


@pytest.mark.parametrize(
    "text",
    [
        "            รายงานผล  การดำเนินการ  ประจำปี\n              เทศบาลตำบลทุ่งทอง\n              อำเภอนาดี  จังหวัดตาก",
        "ส่วนราชการ  สำนักปลัด เทศบาลตำบลทุ่งทอง   โทร. ๐ ๔๔๐๐ ๐๐๐๐\n"
        "ที่          ทท ๕๒๐๐๑/๑๒              วันที่  ๒๘ กันยายน ๒๕๖๖\n"
        "เรื่อง        รายงานผลการดำเนินการ",
        "ตัวชี้วัด  ........................  คะแนน\n"
        "การใช้อำนาจ  ...................  ๘๖.๑๐\n"
        "การใช้งบประมาณ  ..............  ๘๑.๒๐\n"
        "คุณภาพ  .......................  ๘๔.๐๐",
        "๑. นายสมคิด ใจดี      ปลัดเทศบาล     ประธานกรรมการ\n"
        "๒. นางสาวมาลี ดีใจ     รองปลัด        กรรมการ\n"
        "๓. นายสมาน ทองดี      หัวหน้าสำนัก     เลขานุการ",
        "ITA  ประจำปี  พ.ศ. 2565\nเพื่อให้หน่วยงานภาครัฐ  ได้รับทราบ  ถึงสถานการณ์\nและความโปร่งใส  พร้อมทั้งส่งเสริม  และพัฒนา",
        "ตัวชี้วัด   คะแนน   ระดับ\nการใช้พัสดุ   80.10   B",
    ],
    ids=["centred title", "memo head", "dotted leaders", "list of persons", "wide blanks in prose", "one row"],
)
def test_text_with_gaps_that_is_no_table_stays_lines(text: str) -> None:
    assert tables_of(text) == []
    assert prose_of(text) == [line.strip() for line in text.split("\n")]


def test_a_line_of_very_many_gaps_is_read_as_text() -> None:
    assert tables_of("\n".join(["ก  " * 5_000] * 20)) == []


@given(data=st.data(), columns=COLUMNS)
def test_any_table_of_short_cells_is_read_back_cell_by_cell(data: st.DataObject, columns: int) -> None:
    cells = st.lists(CELL, min_size=columns, max_size=columns)
    rows = [header_of(columns), *data.draw(st.lists(cells, min_size=2, max_size=8))]
    (table,) = tables_of(laid_out(rows))
    assert texts_of(table) == rows


@given(data=st.data(), columns=COLUMNS)
def test_any_table_of_wrapped_cells_between_blank_lines_is_read_back(data: st.DataObject, columns: int) -> None:
    cell = st.lists(CELL.map("- {}".format), min_size=1, max_size=4)
    rows = data.draw(st.lists(st.lists(cell, min_size=columns, max_size=columns), min_size=2, max_size=5))
    lines: list[Sequence[str]] = [header_of(columns)]
    for row in rows:
        height = max(map(len, row))
        lines += [(), *zip(*([*texts, *[""] * (height - len(texts))] for texts in row), strict=True)]
    assert grid_of(tables_of(laid_out(lines))[0])[1:] == rows


@given(lines=st.lists(st.text(alphabet="กขา่ที \t|1.)", max_size=40), max_size=12))
def test_every_line_of_spaced_text_stands_at_its_number_and_no_letter_is_lost(lines: list[str]) -> None:
    text = f"{WRAPPED}\n" + "\n".join(lines)
    document = read_text(text.encode())
    printed = document.text.split("\n")
    for block in document.blocks:
        for line in [block] if isinstance(block, Line) else [line for cell in block.cells for line in cell.lines]:
            assert line.number is not None
            assert line.text in printed[line.number - 1]
    assert [document.text.count(letter) for letter in "กขท1"] == [text.count(letter) for letter in "กขท1"]
