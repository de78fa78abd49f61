"""A page's text is put in its cells and lines, and what belongs to the page is told from the text."""

from collections.abc import Sequence

import pytest
from pdf_files import HEIGHT, SIZE, Rule, Text, pdf_file, shown, table

from extractors.readers.pdf.furniture import with_furniture
from extractors.readers.pdf.reader import read_pdf
from schemas.document import Box, Line, Page, Table

EDGES = (60, 130, 330, 540)
ROWS = (("ที่", "มาตรการ", "การดำเนินการ"), ("๑", "เผยแพร่แผนงบประมาณ", "ปิดประกาศแผน ณ ที่ทำการ"), ("๒", "ประกาศเจตจำนง", ""))


def read(*items: Text | Rule | str, letters: str = "") -> Page:
    (page,) = read_pdf(pdf_file([items], letters=letters)).pages
    return page


def table_of(page: Page) -> Table:
    (found,) = (block for block in page.blocks if isinstance(block, Table))
    return found


def texts(found: Table) -> list[list[str]]:
    cells = {(cell.row, cell.column): cell.text for cell in found.cells}
    return [[cells.get((row, column), "") for column in range(found.columns)] for row in range(found.rows)]


def test_text_in_ruled_cells_is_a_table_and_an_empty_cell_stays_empty() -> None:
    found = table_of(read(*table(ROWS, EDGES, top=100)))
    assert texts(found) == [list(row) for row in ROWS]
    assert next(cell for cell in found.cells if (cell.row, cell.column) == (2, 2)).lines == ()


def test_lines_above_and_below_a_table_keep_their_order() -> None:
    page = read(Text(72, 300, "ลงชื่อ ผู้รายงาน"), *table(ROWS, EDGES, top=100), Text(72, 60, "ผลการดำเนินการ ดังนี้"))
    kinds = [block.text if isinstance(block, Line) else "table" for block in page.blocks]
    assert kinds == ["ผลการดำเนินการ ดังนี้", "table", "ลงชื่อ ผู้รายงาน"]


def test_a_frame_around_text_is_no_table() -> None:
    page = read(*table([("ประกาศเจตจำนงสุจริต", "")], (60, 300, 500), top=100))
    assert [type(block) for block in page.blocks] == [Line]
    assert page.text == "ประกาศเจตจำนงสุจริต"


def test_turned_heads_of_columns_stand_in_their_cells() -> None:
    edges, word = (60, 200, 240, 280), "ดำเนินการ"
    turned = [f"BT /F1 {SIZE} Tf 0 1 -1 0 {x} {HEIGHT - 190} Tm {shown(word)} Tj ET" for x in (225, 265)]
    rules = [Rule(60, y, 280, y) for y in (100, 200, 230)] + [Rule(x, 100, x, 230) for x in edges]
    cells = [Text(70, 150, "มาตรการ"), Text(70, 220, "ประกาศ"), Text(210, 220, "๑"), Text(250, 220, "๒")]
    found = table_of(read(*rules, *cells, *turned, letters=word))
    assert texts(found) == [["มาตรการ", word, word], ["ประกาศ", "๑", "๒"]]


def test_a_mark_at_a_cells_edge_stays_with_its_letter() -> None:
    cells = [("ลำดับ", "มาตรการ"), ("๑", "ประกาศเจตจำนง")]
    page = read(*table(cells, (60, 130, 300), top=100), Text(122, 141, "ที่"))
    assert [row[0] for row in texts(table_of(page))] == ["ลำดับ", "๑ ที่"]


def test_a_cells_lines_have_their_places_inside_of_its_box() -> None:
    for cell in table_of(read(*table(ROWS, EDGES, top=100))).cells:
        for line in cell.lines:
            assert cell.box is not None
            assert line.box is not None
            assert cell.box.x0 <= line.box.x0
            assert cell.box.bottom >= line.box.bottom - 4


def line(text: str, top: float, size: float = 16, bold: bool = False, page: int = 1) -> Line:
    return Line(text=text, page=page, box=Box(x0=72, top=top, x1=300, bottom=top + size), bold=bold)


def pages(*blocks: Sequence[Line]) -> tuple[Page, ...]:
    return tuple(
        Page(number=number, width=595, height=842, blocks=tuple(lines)) for number, lines in enumerate(blocks, 1)
    )


def furniture(*blocks: Sequence[Line]) -> list[str]:
    return [
        block.text
        for page in with_furniture(pages(*blocks))
        for block in page.blocks
        if isinstance(block, Line) and block.furniture
    ]


BODY = [line("มาตรการที่ ๑ ประกาศเจตจำนง", 200), line("ดำเนินการแล้ว", 230)]


@pytest.mark.parametrize("number", ["๓", "- 3 -", "หน้า ๓", "หน้า 3 จาก 12", "หน้าที่ ๓", "3/12", "Page 3 of 12"])
def test_a_page_number_at_the_foot_belongs_to_the_page(number: str) -> None:
    assert furniture([*BODY, line(number, 800)]) == [number]


@pytest.mark.parametrize("text", ["ลงชื่อ ผู้รายงาน", "๑. ประกาศเจตจำนง", "จำนวน ๓ ตัวชี้วัด"])
def test_a_last_line_that_stands_once_belongs_to_the_text(text: str) -> None:
    assert furniture([*BODY, line(text, 800)], BODY) == []


def test_a_figure_in_the_middle_of_a_page_is_no_page_number() -> None:
    assert furniture([*BODY, line("๓", 400)]) == []


def test_a_running_head_belongs_to_every_page_though_it_counts_them() -> None:
    heads = [f"รายงาน ITA หน้า {number}" for number in (1, 2, 3)]
    assert furniture(*([line(head, 30), *BODY] for head in heads)) == heads


def test_a_bold_title_at_the_head_of_the_first_page_is_text_though_repeated() -> None:
    title = "รายงานผลการดำเนินการ"
    assert furniture([line(title, 30, bold=True), *BODY], [line(title, 30), *BODY]) == [title]


def test_a_table_at_the_head_of_a_page_belongs_to_the_text() -> None:
    head = Table(rows=1, columns=1, page=1, box=Box(x0=60, top=10, x1=500, bottom=40))
    (page,) = with_furniture((Page(number=1, width=595, height=842, blocks=(head, *BODY)),))
    assert page.blocks[0] == head


def test_a_table_without_rules_is_told_by_its_headings() -> None:
    rows = (
        ("ลำดับ", "ตัวชี้วัด", "คะแนน"),
        ("๑", "การปฏิบัติหน้าที่", "๙๑.๒๕"),
        ("๒", "การใช้งบประมาณ", "๘๐.๑๒"),
        ("๓", "การใช้อำนาจ", "๘๕.๐๐"),
        ("๔", "การใช้ทรัพย์สินของราชการ", "๗๘.๔๐"),
    )
    lines = [
        Text(x, 100 + 24 * row, text)
        for row, cells in enumerate(rows)
        for x, text in zip((72, 140, 420), cells, strict=True)
    ]
    page = read(Text(72, 60, "ผลการประเมินรายตัวชี้วัด มีดังนี้"), *lines)
    found = table_of(page)
    assert texts(found) == [list(row) for row in rows]
    assert not found.merges_stated
    assert isinstance(page.blocks[0], Line)
