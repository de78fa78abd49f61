import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.readers.html import is_html, read_html
from schemas.document import Line, Table
from schemas.failure import UnreadableFile


def lines_of(body: str) -> list[Line]:
    return [
        block for block in read_html(f"<html><body>{body}</body></html>".encode()).blocks if isinstance(block, Line)
    ]


def texts_of(body: str) -> list[str]:
    return [line.text for line in lines_of(body)]


def table_of(body: str) -> Table:
    blocks = read_html(f"<html><body>{body}</body></html>".encode()).blocks
    return next(block for block in blocks if isinstance(block, Table))


def cells_of(table: Table) -> list[tuple[int, int, int, int, str]]:
    return [(cell.row, cell.column, cell.row_span, cell.column_span, cell.text) for cell in table.cells]


def test_paragraphs_breaks_and_divisions_are_lines_and_headings_have_levels() -> None:
    lines = lines_of("<h2>ผล\nประเมิน</h2><p>หนึ่ง<br>สอง</p><div>สาม<div>สี่</div>ห้า</div>")
    assert [(line.text, line.heading) for line in lines] == [
        ("ผล ประเมิน", 2),
        ("หนึ่ง", 0),
        ("สอง", 0),
        ("สาม", 0),
        ("สี่", 0),
        ("ห้า", 0),
    ]


def test_a_line_is_bold_only_where_all_of_it_is() -> None:
    lines = lines_of('<p><b>หนา</b></p><p><b>หนา</b> บาง</p><p style="font-weight:bold">หนา</p>')
    assert [line.bold for line in lines] == [True, False, True]


def test_scripts_navigation_site_header_and_hidden_parts_are_left_out() -> None:
    body = (
        "<header>เว็บไซต์เทศบาล</header><nav>เมนู</nav><script>var ก</script><style>ข</style><aside>ค</aside>"
        '<p style="display: none">ง</p><p hidden>จ</p><!-- ฉ --><p>เนื้อหา</p><footer>ติดต่อ</footer>'
    )
    assert texts_of(body) == ["เนื้อหา"]


def test_the_header_of_an_article_is_its_own_text() -> None:
    assert texts_of("<article><header><h1>รายงาน</h1></header><p>ผล</p></article>") == ["รายงาน", "ผล"]


@pytest.mark.parametrize(
    ("attributes", "markers"),
    [
        ("", ["1.", "2.", "3."]),
        ('start="9"', ["9.", "10.", "11."]),
        ('type="a" start="26"', ["z.", "aa.", "ab."]),
        ('type="A"', ["A.", "B.", "C."]),
        ('type="i" start="4"', ["iv.", "v.", "vi."]),
        ('type="I" start="8"', ["VIII.", "IX.", "X."]),
        ("reversed", ["3.", "2.", "1."]),
        ('style="list-style-type: thai" start="9"', ["๙.", "๑๐.", "๑๑."]),
        ('style="list-style: decimal-leading-zero inside"', ["01.", "02.", "03."]),
    ],
)
def test_numbered_lists_print_the_numbers_that_a_browser_prints(attributes: str, markers: list[str]) -> None:
    texts = texts_of(f"<ol {attributes}><li>ก</li><li><p>ข</p></li><li>ค</li></ol>")
    assert texts == [f"{marker} {text}" for marker, text in zip(markers, "กขค", strict=True)]


def test_a_value_restarts_the_count_and_a_list_without_style_prints_no_marker() -> None:
    assert texts_of("<ol><li>ก<li value=7>ข<li>ค</ol>") == ["1. ก", "7. ข", "8. ค"]
    assert texts_of('<ol style="list-style:none"><li>๑. ก<li>๒. ข</ol>') == ["๑. ก", "๒. ข"]


def test_nested_lists_are_indented_and_bullets_printed() -> None:
    lines = lines_of("<ol><li>ก<ul><li>ข<li>ค</ul><li>ง</ol>")
    assert [(line.text, line.indent) for line in lines] == [("1. ก", 0), ("• ข", 1), ("• ค", 1), ("2. ง", 0)]


def test_merged_cells_stand_once_with_their_spans() -> None:
    table = table_of("<table><tr><th>ที่<th colspan=2>มาตรการ<tr><td rowspan=2>๑<td>ก<td>ข<tr><td>ค<td>ง<br>จ</table>")
    assert table.merges_stated
    assert cells_of(table) == [
        (0, 0, 1, 1, "ที่"),
        (0, 1, 1, 2, "มาตรการ"),
        (1, 0, 2, 1, "๑"),
        (1, 1, 1, 1, "ก"),
        (1, 2, 1, 1, "ข"),
        (2, 1, 1, 1, "ค"),
        (2, 2, 1, 1, "ง จ"),
    ]


def test_row_spans_end_with_their_group_and_the_foot_is_printed_last() -> None:
    table = table_of(
        "<table><tfoot><tr><td>รวม<td>๓</tfoot><thead><tr><td rowspan=9>ที่<td>ผล</thead>"
        "<tbody><tr><td rowspan=0>๑<td>ก<tr><td>ข</tbody></table>"
    )
    assert [(cell.row, cell.column, cell.row_span, cell.text) for cell in table.cells if cell.column == 0] == [
        (0, 0, 1, "ที่"),
        (1, 0, 2, "๑"),
        (3, 0, 1, "รวม"),
    ]


def test_a_caption_stands_before_its_table() -> None:
    assert texts_of("<table><caption>ตารางที่ ๑</caption><tr><td>ก<td>ข</table>") == ["ตารางที่ ๑"]


def test_a_layout_table_is_unwrapped_and_a_small_nested_table_belongs_to_its_cell() -> None:
    data = "<table><tr><td>ก<td>ข<tr><td>ค<td>ง</table>"
    assert table_of(f"<table><tr><td><p>กรอบ</p>{data}</td></tr></table>").columns == 2
    table = table_of(f"<table><tr><td>มาตรการที่ยาวกว่าตารางใน<td>{data}</table>")
    assert [line.text for line in table.cells[1].lines] == ["ก ข", "ค ง"]


def test_gigantic_spans_are_cut_to_the_table() -> None:
    table = table_of("<table><tr><td colspan=99999999999>ก<tr><td rowspan=99999999999>ข<td>ค</table>")
    assert cells_of(table) == [(0, 0, 1, 2, "ก"), (1, 0, 1, 1, "ข"), (1, 1, 1, 1, "ค")]


def test_a_table_of_a_hundred_thousand_columns_and_more_rows_is_refused() -> None:
    with pytest.raises(UnreadableFile) as failure:
        table_of("<table><tr>" + "<td>ก" * 100_000 + "<tr><td>ข<tr><td>ค</table>")
    assert failure.value.code == "too-large"


@pytest.mark.parametrize("depth", [300, 100_000])
def test_elements_nested_too_deeply_are_refused_and_not_cut_off(depth: int) -> None:
    with pytest.raises(UnreadableFile) as failure:
        lines_of("<div>" * depth + "ลึก")
    assert failure.value.code == "damaged"


def test_deep_but_honest_nesting_is_read() -> None:
    assert texts_of("<table><tr><td>" * 60 + "ลึก") == ["ลึก"]


@pytest.mark.parametrize(
    ("codec", "meta"),
    [
        ("cp874", '<meta charset="windows-874">'),
        ("tis-620", '<meta http-equiv="Content-Type" content="text/html; charset=TIS-620">'),
        ("utf-8", '<meta charset="utf-8">'),
        ("utf-16", ""),
        ("cp874", ""),
        ("cp874", '<meta charset="iso-8859-1">'),
        ("utf-8", '<meta charset="tis-620">'),
        ("utf-8", '<meta charset="no-such-charset">'),
    ],
)
def test_the_charset_is_that_of_mark_or_meta_or_guessed(codec: str, meta: str) -> None:
    data = f"<html><head>{meta}</head><body><p>เทศบาลตำบลทุ่งทอง</p></body></html>".encode(codec)
    assert is_html(data)
    assert read_html(data).text == "เทศบาลตำบลทุ่งทอง"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<!-- หน้า --><!DOCTYPE html><p>ก", True),
        ("<p>มาตรการ</p>\n<table><tr><td>ก</table>", True),
        ("<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>", True),
        ("ที่\tมาตรการ\n๑\t<p>ก</p> <p>ข</p>", False),
        ("<มาตรการ> ตามประกาศ", False),
    ],
)
def test_a_page_is_told_from_text_with_tags_in_it(text: str, expected: bool) -> None:
    assert is_html(text.encode()) is expected


TAGS = ("<p>", "</p>", "<br>", "<ol>", "<li>", "</ol>", "<b>", "<pre>", "ก", "ข ค")
TABLE_TAGS = ("<table>", "<tr>", "<td>", "<td rowspan=2>", "<td colspan=3>", "</table>")
FRAGMENT = st.sampled_from(TAGS + TABLE_TAGS)


@given(parts=st.lists(FRAGMENT, max_size=30))
def test_every_line_stands_at_its_number_in_the_text_as_read(parts: list[str]) -> None:
    document = read_html(("<html><body>ต้น " + " ".join(parts)).encode())
    printed = document.text.split("\n")
    for block in document.blocks:
        for line in [block] if isinstance(block, Line) else [line for cell in block.cells for line in cell.lines]:
            assert line.number is not None
            assert line.text in printed[line.number - 1]
