from collections.abc import Callable

import pytest

from extractors.readers.docx import read_docx

WordFile = Callable[..., bytes]


def level(index: int, text: str, number_format: str = "decimal", start: int = 1, more: str = "") -> str:
    return (
        f"<w:lvl w:ilvl='{index}'><w:start w:val='{start}'/><w:numFmt w:val='{number_format}'/>{more}"
        f"<w:lvlText w:val='{text}'/></w:lvl>"
    )


def definition(*levels: str, key: int = 1, more: str = "") -> str:
    return f"<w:abstractNum w:abstractNumId='{key}'>{more}{''.join(levels)}</w:abstractNum>"


def instance(key: int = 1, of: int = 1, overrides: str = "") -> str:
    return f"<w:num w:numId='{key}'><w:abstractNumId w:val='{of}'/>{overrides}</w:num>"


def item(index: int = 0, key: int = 1, text: str = "ก") -> str:
    number = f"<w:numPr><w:ilvl w:val='{index}'/><w:numId w:val='{key}'/></w:numPr>"
    return f"<w:p><w:pPr>{number}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def markers(data: bytes) -> list[str]:
    return [line.removesuffix("ก").strip() for line in read_docx(data).text.split("\n")]


@pytest.mark.parametrize(
    ("number_format", "start", "expected"),
    [
        ("decimal", 9, ["9.", "10."]),
        ("decimalZero", 9, ["09.", "10."]),
        ("thaiNumbers", 9, ["๙.", "๑๐."]),
        ("thaiLetters", 3, ["ค.", "ง."]),
        ("thaiCounting", 10, ["สิบ.", "สิบเอ็ด."]),
        ("lowerLetter", 26, ["z.", "aa."]),
        ("upperLetter", 27, ["AA.", "BB."]),
        ("lowerRoman", 4, ["iv.", "v."]),
        ("upperRoman", 9, ["IX.", "X."]),
        ("ordinal", 11, ["11th.", "12th."]),
        ("ideographDigital", 1, ["1.", "2."]),
    ],
)
def test_numbers_are_printed_in_their_format(
    word_file: WordFile, number_format: str, start: int, expected: list[str]
) -> None:
    lists = definition(level(0, "%1.", number_format, start)) + instance()
    assert markers(word_file(item() + item(), lists)) == expected


def test_numbers_of_levels_are_joined_and_deeper_ones_restart(word_file: WordFile) -> None:
    lists = definition(level(0, "%1.", "thaiNumbers"), level(1, "%1.%2)", "thaiNumbers")) + instance()
    body = item() + item(1) + item(1) + item() + item(1)
    assert markers(word_file(body, lists)) == ["๑.", "๑.๑)", "๑.๒)", "๒.", "๒.๑)"]


def test_a_level_that_never_restarts_counts_on(word_file: WordFile) -> None:
    lists = definition(level(0, "%1."), level(1, "(%2)", more="<w:lvlRestart w:val='0'/>")) + instance()
    assert markers(word_file(item() + item(1) + item() + item(1), lists)) == ["1.", "(1)", "2.", "(2)"]


def test_legal_numbering_prints_all_levels_in_digits(word_file: WordFile) -> None:
    lists = definition(level(0, "%1.", "upperRoman"), level(1, "%1.%2", more="<w:isLgl/>")) + instance()
    assert markers(word_file(item() + item(1), lists)) == ["I.", "1.1"]


def test_lists_of_one_definition_count_on_and_an_override_starts_anew_once(word_file: WordFile) -> None:
    override = "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/></w:lvlOverride>"
    lists = definition(level(0, "%1.")) + instance(1) + instance(2) + instance(3, overrides=override)
    body = item(key=1) + item(key=2) + item(key=3) + item(key=3) + item(key=1)
    assert markers(word_file(body, lists)) == ["1.", "2.", "1.", "2.", "3."]


def test_an_override_can_replace_a_level(word_file: WordFile) -> None:
    override = f"<w:lvlOverride w:ilvl='0'>{level(0, '(%1)', 'thaiNumbers', 5)}</w:lvlOverride>"
    lists = definition(level(0, "%1.")) + instance(overrides=override)
    assert markers(word_file(item() + item(), lists)) == ["(๕)", "(๖)"]


def test_numbering_by_style_is_inherited_and_number_zero_takes_it_away(word_file: WordFile) -> None:
    lists = definition(level(0, "ข้อ %1"), level(1, "%1.%2", more="<w:pStyle w:val='S2'/>")) + instance()
    styles = (
        "<w:style w:type='paragraph' w:styleId='S1'><w:name w:val='s1'/><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr>"
        "</w:pPr></w:style><w:style w:type='paragraph' w:styleId='S2'><w:name w:val='s2'/><w:pPr><w:numPr>"
        "<w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
        "<w:style w:type='paragraph' w:styleId='S3'><w:name w:val='s3'/><w:basedOn w:val='S1'/></w:style>"
    )
    paragraph = "<w:p><w:pPr><w:pStyle w:val='{}'/>{}</w:pPr><w:r><w:t>ก</w:t></w:r></w:p>"
    off = "<w:numPr><w:numId w:val='0'/></w:numPr>"
    body = "".join(paragraph.format(*s) for s in [("S1", ""), ("S2", ""), ("S3", ""), ("S1", off)])
    assert markers(word_file(body, lists, styles)) == ["ข้อ 1", "1.1", "ข้อ 2", ""]


def test_a_definition_may_be_that_of_a_list_style(word_file: WordFile) -> None:
    linked = definition(key=2, more="<w:numStyleLink w:val='L'/>")
    lists = definition(level(0, "%1)")) + linked + instance(1, 1) + instance(2, 2)
    styles = (
        "<w:style w:type='numbering' w:styleId='L'><w:name w:val='l'/><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr>"
        "</w:pPr></w:style>"
    )
    assert markers(word_file(item(key=2) + item(key=2), lists, styles)) == ["1)", "2)"]


@pytest.mark.parametrize(
    ("text", "font", "expected"),
    [("\uf0b7", "Symbol", "•"), ("§", "Wingdings", "•"), ("o", "Courier New", "•"), ("-", "TH SarabunIT๙", "-")],
)
def test_bullets_of_symbol_fonts_become_bullets_and_dashes_stay(
    word_file: WordFile, text: str, font: str, expected: str
) -> None:
    bullet = level(0, text, "bullet").replace("</w:lvl>", f"<w:rPr><w:rFonts w:ascii='{font}'/></w:rPr></w:lvl>")
    assert markers(word_file(item(), definition(bullet) + instance())) == [expected]


def test_nothing_may_part_the_number_from_the_text(word_file: WordFile) -> None:
    lists = definition(level(0, "%1.", "thaiNumbers", more="<w:suff w:val='nothing'/>")) + instance()
    assert read_docx(word_file(item(text="จัดทำแผน"), lists)).text == "๑.จัดทำแผน"


def test_an_empty_numbered_cell_prints_its_number_an_empty_bullet_nothing(word_file: WordFile) -> None:
    lists = definition(level(0, "%1", "thaiNumbers"), level(1, "•", "bullet")) + instance()
    rows = "".join(f"<w:tr><w:tc>{item(text='')}</w:tc><w:tc>{item(text='ข้อ', index=1)}</w:tc></w:tr>" for _ in "กข")
    document = read_docx(word_file(f"<w:tbl>{rows}</w:tbl>{item(1, text='')}", lists))
    assert document.text == "๑\t• ข้อ\n๒\t• ข้อ"


def test_a_deleted_item_is_not_counted(word_file: WordFile) -> None:
    deleted = (
        "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr>"
        "<w:del><w:r><w:delText>ก</w:delText></w:r></w:del></w:p>"
    )
    lists = definition(level(0, "%1.")) + instance()
    assert markers(word_file(item() + deleted + item(), lists)) == ["1.", "2."]


def test_nesting_is_the_indent(word_file: WordFile) -> None:
    lists = definition(level(0, "%1."), level(1, "%2)")) + instance()
    document = read_docx(word_file(item() + item(1), lists))
    assert [getattr(block, "indent", None) for block in document.blocks] == [0, 1]
