import io
import zipfile
from collections.abc import Callable

import pytest

from extractors.readers.docx import read_docx
from extractors.readers.docx_package import MAX_XML_BYTES
from schemas.document import Line, Table
from schemas.failure import UnreadableFile

BOLD = "<w:rPr><w:b/><w:bCs/></w:rPr>"


def p(text: str, properties: str = "", run_properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r>{run_properties}<w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def tc(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def tbl(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def texts_of(data: bytes) -> list[str]:
    return [block.text for block in read_docx(data).blocks if isinstance(block, Line)]


def table_of(data: bytes) -> Table:
    return next(block for block in read_docx(data).blocks if isinstance(block, Table))


def cells_of(table: Table) -> list[tuple[int, int, int, int, str]]:
    return [(cell.row, cell.column, cell.row_span, cell.column_span, cell.text) for cell in table.cells]


def test_paragraphs_and_tables_come_in_the_order_of_the_body(word_file: Callable[..., bytes]) -> None:
    document = read_docx(word_file(p("ก่อน") + tbl(tc(p("ก")) + tc(p("ข"))) + p("หลัง")))
    assert document.text == "ก่อน\nก\tข\nหลัง"


def test_hard_line_breaks_part_lines_and_tabs_stay(word_file: Callable[..., bytes]) -> None:
    body = "<w:p><w:r><w:t>ก</w:t><w:br/><w:t>ข</w:t><w:tab/><w:t>ค</w:t><w:noBreakHyphen/><w:t>ง</w:t></w:r></w:p>"
    assert texts_of(word_file(body)) == ["ก", "ข\tค-ง"]


def test_text_split_over_runs_joins_without_spaces(word_file: Callable[..., bytes]) -> None:
    body = "<w:p><w:r><w:t>เท</w:t></w:r><w:proofErr w:type='spellStart'/><w:r><w:t>ศบาล</w:t></w:r></w:p>"
    assert texts_of(word_file(body)) == ["เทศบาล"]


def test_inserted_text_is_kept_and_deleted_moved_and_hidden_text_left_out(word_file: Callable[..., bytes]) -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = (
        f"<w:p><w:ins>{run.format('ก')}</w:ins><w:del><w:r><w:delText>ข</w:delText></w:r></w:del>"
        f"<w:moveFrom>{run.format('ค')}</w:moveFrom><w:moveTo>{run.format('ง')}</w:moveTo>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>จ</w:t></w:r></w:p>"
    )
    assert texts_of(word_file(body)) == ["กง"]


def test_links_fields_and_content_controls_are_read(word_file: Callable[..., bytes]) -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = (
        f"<w:p><w:hyperlink>{run.format('ก')}</w:hyperlink><w:sdt><w:sdtPr><w:alias w:val='ชื่อ'/></w:sdtPr>"
        f"<w:sdtContent>{run.format('ข')}</w:sdtContent></w:sdt><w:smartTag>{run.format('ค')}</w:smartTag>"
        f"<w:r><w:instrText>DATE</w:instrText></w:r><w:fldSimple w:instr='DATE'>{run.format('ง')}</w:fldSimple></w:p>"
        f"<w:sdt><w:sdtContent>{p('จ')}</w:sdtContent></w:sdt>"
    )
    assert texts_of(word_file(body)) == ["กขคง", "จ"]


def test_a_text_box_is_read_once_after_its_paragraph(word_file: Callable[..., bytes]) -> None:
    box = f"<w:txbxContent>{p('ในกล่อง')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>นอกกล่อง</w:t></w:r><w:r><mc:AlternateContent>"
        f"<mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert texts_of(word_file(body)) == ["นอกกล่อง", "ในกล่อง"]


def test_bold_is_that_of_the_whole_line_also_by_the_style(word_file: Callable[..., bytes]) -> None:
    styles = "<w:style w:type='paragraph' w:styleId='B'><w:name w:val='B'/><w:rPr><w:bCs/></w:rPr></w:style>"
    style = "<w:pStyle w:val='B'/>"
    body = (
        p("ก", run_properties=BOLD)
        + f"<w:p><w:r>{BOLD}<w:t>ข</w:t></w:r><w:r><w:t>ค</w:t></w:r></w:p>"
        + p("ง", style)
        + p("จ", style, "<w:rPr><w:b w:val='0'/></w:rPr>")
    )
    lines = [block for block in read_docx(word_file(body, styles=styles)).blocks if isinstance(block, Line)]
    assert [line.bold for line in lines] == [True, False, True, False]


def test_headings_are_known_by_style_based_style_title_and_outline_level(word_file: Callable[..., bytes]) -> None:
    styles = "<w:style w:type='paragraph' w:styleId='H'><w:name w:val='หัวข้อ'/><w:basedOn w:val='Heading2'/></w:style>"
    body = (
        p("ก", "<w:pStyle w:val='Heading1'/>")
        + p("ข", "<w:pStyle w:val='H'/>")
        + p("ค", "<w:pStyle w:val='Title'/>")
        + p("ง", "<w:outlineLvl w:val='2'/>")
        + p("จ")
    )
    lines = [block for block in read_docx(word_file(body, styles=styles)).blocks if isinstance(block, Line)]
    assert [line.heading for line in lines] == [1, 2, 1, 3, 0]


def test_a_table_of_contents_is_left_out(word_file: Callable[..., bytes]) -> None:
    styles = "<w:style w:type='paragraph' w:styleId='TOC1'><w:name w:val='toc 1'/></w:style>"
    assert texts_of(word_file(p("บทนำ ๑", "<w:pStyle w:val='TOC1'/>") + p("บทนำ"), styles=styles)) == ["บทนำ"]


def test_cells_merged_across_and_down_stand_once(word_file: Callable[..., bytes]) -> None:
    start, on = "<w:vMerge w:val='restart'/>", "<w:vMerge/>"
    table = table_of(
        word_file(
            tbl(
                tc(p("ที่")) + tc(p("มาตรการ"), "<w:gridSpan w:val='2'/>"),
                tc(p("๑"), start) + tc(p("ก")) + tc(p("ข")),
                tc(p(""), on) + tc(p("ค")) + tc(p("ง")),
                tc(p("๒"), start) + tc(p("จ")) + tc(p("ฉ")),
            )
        )
    )
    assert table.merges_stated
    assert cells_of(table)[:3] == [(0, 0, 1, 1, "ที่"), (0, 1, 1, 2, "มาตรการ"), (1, 0, 2, 1, "๑")]
    assert cells_of(table)[5:] == [
        (2, 1, 1, 1, "ค"),
        (2, 2, 1, 1, "ง"),
        (3, 0, 1, 1, "๒"),
        (3, 1, 1, 1, "จ"),
        (3, 2, 1, 1, "ฉ"),
    ]


def test_deleted_rows_are_left_out_and_rows_in_content_controls_read(word_file: Callable[..., bytes]) -> None:
    rows = (
        f"<w:tr>{tc(p('ก'))}{tc(p('ข'))}</w:tr>"
        f"<w:tr><w:trPr><w:del/></w:trPr>{tc(p('ลบ'))}{tc(p('ลบ'))}</w:tr>"
        f"<w:sdt><w:sdtContent><w:tr>{tc(p('ค'))}<w:sdt><w:sdtContent>{tc(p('ง'))}</w:sdtContent></w:sdt></w:tr>"
        "</w:sdtContent></w:sdt>"
    )
    assert read_docx(word_file(f"<w:tbl>{rows}</w:tbl>")).text == "ก\tข\nค\tง"


def test_a_frame_around_text_is_unwrapped_and_a_nested_table_joins_its_cell(word_file: Callable[..., bytes]) -> None:
    inner = tbl(tc(p("ใน")) + tc(p("๒")))
    assert texts_of(word_file(tbl(tc(p("กรอบ") + p("ข้อความ"))))) == ["กรอบ", "ข้อความ"]
    table = table_of(word_file(tbl(tc(p("มาตรการที่ยาว")) + tc(p("ผล") + inner + p("")))))
    assert [line.text for line in table.cells[1].lines] == ["ผล", "ใน ๒"]


def test_every_line_stands_at_its_number_in_the_text_as_read(word_file: Callable[..., bytes]) -> None:
    body = p("ก") + tbl(tc(p("ข") + p("ค")) + tc(p("ง")), tc(p("จ")) + tc(p("ฉ"))) + p("") + p("ช")
    document = read_docx(word_file(body))
    printed = document.text.split("\n")
    lines = [
        line for block in document.blocks if isinstance(block, Table) for cell in block.cells for line in cell.lines
    ]
    assert [line.number for line in lines] == [2, 2, 2, 3, 3]
    assert all(line.text in printed[(line.number or 0) - 1] for line in lines)
    assert document.blocks[-1] == Line(text="ช", number=4)


def packed(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def members_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_zip_bomb_is_refused_before_it_is_unpacked(word_file: Callable[..., bytes]) -> None:
    bomb = packed(members_of(word_file(p("ก"))) | {"word/huge.xml": b" " * (MAX_XML_BYTES + 1)})
    assert len(bomb) < 200_000
    with pytest.raises(UnreadableFile) as failure:
        read_docx(bomb)
    assert failure.value.code == "too-large"


def test_a_word_file_that_declares_xml_entities_is_refused(word_file: Callable[..., bytes]) -> None:
    members = members_of(word_file(p("หนึ่งและอีก")))
    entities = b"<!DOCTYPE w:document [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]>"
    body = members["word/document.xml"].replace("อีก".encode(), b"&b;")
    members["word/document.xml"] = body.replace(b"<w:document", entities + b"<w:document", 1)
    with pytest.raises(UnreadableFile) as failure:
        read_docx(packed(members))
    assert failure.value.code == "damaged"


def test_a_word_file_with_macros_is_read(word_file: Callable[..., bytes]) -> None:
    members = members_of(word_file(p("เทศบาล")))
    members["[Content_Types].xml"] = members["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    assert texts_of(packed(members)) == ["เทศบาล"]


@pytest.mark.parametrize("missing", ["word/document.xml", "_rels/.rels"])
def test_a_word_file_without_its_main_parts_is_damaged(word_file: Callable[..., bytes], missing: str) -> None:
    members = members_of(word_file(p("ก")))
    del members[missing]
    with pytest.raises(UnreadableFile) as failure:
        read_docx(packed(members))
    assert failure.value.code == "damaged"
