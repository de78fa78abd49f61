import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.readers.text import read_text
from schemas.document import Line, Table
from schemas.failure import UnreadableFile

SYLLABLES = st.sampled_from(("การ", "ที่", "น้ำ", "เมื่อ", "แล้ว", "ปู่", "๑.", "๒๕๖๔", " ", "(1)", "-", "ITA"))
THAI_LINE = st.lists(SYLLABLES, min_size=1, max_size=12).map("".join)


def lines_of(text: str) -> list[Line]:
    return [block for block in read_text(text.encode()).blocks if isinstance(block, Line)]


def table_of(text: str) -> Table:
    return next(block for block in read_text(text.encode()).blocks if isinstance(block, Table))


def grid_of(table: Table) -> list[list[list[str]]]:
    rows: list[list[list[str]]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row].append([line.text for line in cell.lines])
    return rows


def test_a_bold_title_over_two_lines_loses_its_asterisks_and_both_lines_are_bold() -> None:
    title, rest, blank, plain = lines_of("**การดำเนินการตามมาตรการ\nของเทศบาล**\n\nเทศบาลตำบลทุ่งทอง")
    assert [title.text, rest.text, plain.text] == ["การดำเนินการตามมาตรการ", "ของเทศบาล", "เทศบาลตำบลทุ่งทอง"]
    assert [title.bold, rest.bold, blank.bold, plain.bold] == [True, True, False, False]


def test_bold_inside_a_line_is_read_without_its_asterisks_but_the_line_is_not_bold() -> None:
    (line,) = lines_of("ผลอยู่ในระดับ **A** ตามเกณฑ์")
    assert (line.text, line.bold) == ("ผลอยู่ในระดับ A ตามเกณฑ์", False)


def test_asterisks_without_a_partner_stay_as_printed() -> None:
    assert lines_of("** หมายเหตุ ข้อมูล ณ วันที่รายงาน")[0].text == "** หมายเหตุ ข้อมูล ณ วันที่รายงาน"


def test_bullets_stay_as_printed_and_nested_ones_are_indented() -> None:
    lines = lines_of("- ตัวชี้วัดที่ ๑\n  - ข้อย่อย\n\t- ข้อย่อย")
    assert [(line.text, line.indent) for line in lines] == [("- ตัวชี้วัดที่ ๑", 0), ("- ข้อย่อย", 1), ("- ข้อย่อย", 1)]


def test_markdown_headings_have_their_level() -> None:
    assert [(line.text, line.heading) for line in lines_of("## มาตรการ ##\nข้อความ")] == [("มาตรการ", 2), ("ข้อความ", 0)]


def test_rows_of_tabs_are_a_table_with_blank_cells_kept_and_short_rows_padded() -> None:
    table = table_of("ที่\tประเด็น\tมาตรการ\n๑\tการใช้งบประมาณ\t๑. เผยแพร่แผน\n\t\t๒. รายงานผล\n๒\tการให้บริการ")
    assert not table.merges_stated
    assert grid_of(table) == [
        [["ที่"], ["ประเด็น"], ["มาตรการ"]],
        [["๑"], ["การใช้งบประมาณ"], ["๑. เผยแพร่แผน"]],
        [[], [], ["๒. รายงานผล"]],
        [["๒"], ["การให้บริการ"], []],
    ]


def test_paragraph_tags_and_breaks_in_a_cell_part_its_lines() -> None:
    table = table_of("ที่\tผล\n๑\t<p>๑. จัดทำแผน &amp; คู่มือ</p> <p>๒. เผยแพร่<br/>แล้ว</p>")
    assert grid_of(table)[1][1] == ["๑. จัดทำแผน & คู่มือ", "๒. เผยแพร่", "แล้ว"]


def test_a_header_repeated_after_a_page_break_begins_a_table_of_its_own() -> None:
    tables = [b for b in read_text("ที่\tผล\n๑\tก\n\nที่\tผล\n๒\tข".encode()).blocks if isinstance(b, Table)]
    assert [table.rows for table in tables] == [2, 2]


def test_a_cell_that_excel_quoted_holds_its_line_ends_and_quotation_marks() -> None:
    table = table_of('ที่\tมาตรการ\tผล\n๑\t"๑. จัด ""ค่าย""\n๒. อบรม"\tเสร็จ\n๒\tอื่น\t"คำ" เดิม')
    assert grid_of(table)[1:] == [[["๑"], ['๑. จัด "ค่าย"', "๒. อบรม"], ["เสร็จ"]], [["๒"], ["อื่น"], ['"คำ" เดิม']]]


def test_a_quotation_mark_that_never_closes_swallows_no_rows() -> None:
    assert table_of('ที่\tผล\n๑\t"ค่าย\n๒\tอบรม').rows == 3


def test_lists_pasted_from_word_with_tabs_after_the_numbers_are_lines() -> None:
    lines = lines_of("๑.\tจัดทำแผน\n๒.\tเผยแพร่แผน\n\t๒.๑.\tทางเว็บไซต์")
    assert [line.text for line in lines] == ["๑. จัดทำแผน", "๒. เผยแพร่แผน", "๒.๑. ทางเว็บไซต์"]
    assert lines[2].indent == 1


def test_lines_indented_by_a_tab_are_lines() -> None:
    assert [line.text for line in lines_of("\tเทศบาลได้ดำเนินการ\n\tดังต่อไปนี้")] == ["เทศบาลได้ดำเนินการ", "ดังต่อไปนี้"]


def test_a_lone_letterhead_line_with_a_tab_is_no_table() -> None:
    assert len(lines_of("ที่ ทต ๑/๒๕๖๔\tสำนักงานเทศบาล\nเรื่อง รายงาน")) == 2


def test_markdown_pipe_tables_are_tables_without_their_rule() -> None:
    table = table_of("| ที่ | ผล |\n|---:|:---|\n| ๑ | **ก** \\| ข |\n| ๒ |")
    assert grid_of(table) == [[["ที่"], ["ผล"]], [["๑"], ["ก | ข"]], [["๒"], []]]


def test_a_bar_in_a_sentence_is_no_table() -> None:
    assert len(lines_of("หน้าแรก | ข่าว | ติดต่อ")) == 1


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\u2028", "\n\f", "\f"])
def test_every_kind_of_line_end_parts_lines(line_end: str) -> None:
    assert [line.text for line in lines_of(f"บรรทัดหนึ่ง{line_end}บรรทัดสอง")] == ["บรรทัดหนึ่ง", "บรรทัดสอง"]


def test_lines_are_numbered_as_in_the_file_blank_ones_counted() -> None:
    document = read_text("\n\nชื่อเรื่อง\n\nที่\tผล\n๑\tก\n\nท้าย\n".encode())
    lines = [
        line for block in document.blocks if isinstance(block, Table) for cell in block.cells for line in cell.lines
    ]
    assert [(line.number, line.text) for line in lines] == [(5, "ที่"), (5, "ผล"), (6, "๑"), (6, "ก")]
    assert document.blocks[-1] == Line(text="ท้าย", number=8)


@pytest.mark.parametrize(
    "codec",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp874", "tis-620"],
    ids=lambda codec: f"in {codec}",
)
@given(lines=st.lists(THAI_LINE, min_size=1, max_size=8))
def test_thai_text_reads_the_same_in_every_encoding(codec: str, lines: list[str]) -> None:
    text = "รายงานผลการดำเนินงาน ปี ๒๕๖๔\n" + "\n".join(lines)
    assert read_text(text.encode(codec)).text == read_text(text.encode("utf-8")).text


def test_a_few_broken_bytes_in_utf8_are_shown_not_hidden() -> None:
    data = "เทศบาลตำบลทุ่งทองรายงานผล ".encode() * 20 + b"\xe0\xb8"
    assert read_text(data).text.endswith("\ufffd")


@pytest.mark.parametrize("data", ["Déjà vu à l'école".encode("latin-1"), bytes(range(256)), b"\x00\x01\x02\x03"])
def test_bytes_that_are_no_thai_encoding_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile) as failure:
        read_text(data)
    assert failure.value.code == "unsupported-format"


def test_a_line_of_a_million_tabs_is_refused() -> None:
    with pytest.raises(UnreadableFile) as failure:
        read_text(("ก" + "\t" * 1_000_000 + "ข\nก\tข").encode())
    assert failure.value.code == "too-large"


@given(lines=st.lists(st.text(alphabet='กา\t|-*"<p>/ ๑.', max_size=30), max_size=12))
def test_every_line_stands_at_its_number_in_the_text_as_read(lines: list[str]) -> None:
    document = read_text(("ต้น\n" + "\n".join(lines)).encode())
    printed = document.text.split("\n")
    for block in document.blocks:
        for line in [block] if isinstance(block, Line) else [line for cell in block.cells for line in cell.lines]:
            assert line.number is not None
            assert line.text in printed[line.number - 1]


@given(lines=st.lists(st.text(alphabet='กขา\t|*"<p> ๑.', max_size=30), max_size=12))
def test_no_letter_of_the_text_is_lost(lines: list[str]) -> None:
    text = "ต้น\n" + "\n".join(lines)
    read = read_text(text.encode()).text
    assert [read.count(letter) for letter in "กขา๑"] == [text.count(letter) for letter in "กขา๑"]
