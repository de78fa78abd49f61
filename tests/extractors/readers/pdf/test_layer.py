"""A text layer is put right where it is damaged, and left as it is where it is right. All text is invented."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_files import HEIGHT, SIZE, Text, pdf_file, shown

from extractors.readers.pdf.damage import damage_of, is_doubtful, is_suspect
from extractors.readers.pdf.fonts import Coded
from extractors.readers.pdf.reader import read_pdf
from extractors.readers.pdf.symbols import is_symbol_font, sign_of
from extractors.readers.pdf.text_repair import with_repaired_text
from schemas.document import Line, Page, Repair

SENTENCES = (
    "สำนักปลัดจัดทำคำสั่งแต่งตั้งคณะทำงานประจำปี",
    "นำเสนอผลการดำเนินงานต่อที่ประชุมสภาท้องถิ่น",
    "กำหนดแนวทางการทำงานและสำรวจความพึงพอใจ",
    "ประชาชนร่วมประชุมรับฟังความคิดเห็นที่ศาลากลางบ้าน",
    "ปิดประกาศ ณ ที่ทำการ เมื่อวันที่ ๑๒ มกราคม ๒๕๖๔",
    "ผู้บริหารลงนามประกาศเจตจำนงสุจริตต่อหน้าพนักงานทุกคน",
)
NIKHAHIT, AA, AM = "ํ", "า", "ำ"


def as_drawn(text: str) -> str:
    """Sara am as most programs draw it: nikhahit and sara aa."""
    return text.replace(AM, NIKHAHIT + AA)


def page(stated: dict[str, str] | None = None, sentences: tuple[str, ...] = SENTENCES, fontname: str = "Own") -> Page:
    """The sentences drawn in a font that states other text for some of its letters, as read."""
    lines = [Text(72, 80 + 24 * n, as_drawn(sentence)) for n, sentence in enumerate(sentences)]
    (only,) = read_pdf(pdf_file([lines], stated=stated, fontname=fontname)).pages
    return only


@given(sentences=st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6, unique=True))
@settings(max_examples=25, deadline=None)
def test_text_that_is_right_comes_back_letter_for_letter(sentences: list[str]) -> None:
    read = page(sentences=tuple(sentences))
    assert read.text.splitlines() == sentences
    assert (read.read_by, read.repairs) == ("layer", ())


@pytest.mark.parametrize(
    ("stated", "damage"),
    [
        ({NIKHAHIT: " "}, "lost-sara-am"),
        ({NIKHAHIT: ""}, "lost-sara-am"),
        ({NIKHAHIT: "\x05"}, "control-character"),
        ({NIKHAHIT: "\uf711"}, "private-use"),
        ({AA: AM, NIKHAHIT: ""}, "sara-am-for-sara-aa"),
        ({NIKHAHIT: AM}, "sara-am-for-sara-aa"),
        ({"่": "\uf70a", "้": "\uf70b", "ี": "\uf702"}, "private-use"),
    ],
    ids=["blank", "nothing", "control", "private", "aa as am", "nikhahit as am", "shifted marks"],
)
def test_damage_of_a_font_that_is_not_embedded_is_put_right_and_counted(stated: dict[str, str], damage: str) -> None:
    read = page(stated)
    assert read.text.splitlines() == list(SENTENCES)
    assert read.read_by == "repaired"
    assert damage in {repair.damage for repair in read.repairs}


def test_every_lost_sara_am_is_counted_on_its_page() -> None:
    (repair,) = page({NIKHAHIT: " "}).repairs
    assert (repair.damage, repair.count) == ("lost-sara-am", sum(sentence.count(AM) for sentence in SENTENCES))


def test_text_that_the_document_spells_out_is_not_looked_at() -> None:
    line = f"/Span << /ActualText <FEFF{'สำนัก'.encode('utf-16-be').hex()}> >> BDC "
    line += f"BT /F1 {SIZE} Tf 72 {HEIGHT - 40} Td {shown('สขนัก')} Tj ET EMC"
    lines = [line, *(Text(72, 80 + 24 * n, sentence) for n, sentence in enumerate(SENTENCES))]
    (read,) = read_pdf(pdf_file([lines], letters="สขนัก")).pages
    assert read.text.splitlines()[0] == "สำนัก"


def test_letters_of_a_font_of_signs_are_the_signs_that_it_draws() -> None:
    (read,) = read_pdf(
        pdf_file([[Text(72, 80, "\uf0fc\uf06c")]], fontname="ABCDEF+Wingdings-Regular"),
    ).pages
    assert read.text == "✓●"


@pytest.mark.parametrize("name", ["Wingdings", "BCEBEE+Wingdings2", "SymbolMT"])
def test_fonts_of_signs_are_known_by_their_names(name: str) -> None:
    assert is_symbol_font(name)


def test_a_font_of_letters_has_no_signs() -> None:
    assert not is_symbol_font("THSarabunNew")
    assert sign_of("THSarabunNew", Coded(0xFC, "ü", 0.5)) is None


@pytest.mark.parametrize(
    ("text", "advance", "repeated"),
    [
        ("", 0.5, False),
        ("\uf70a", 0.0, False),
        ("\x05", 0.4, False),
        (" ", 0.0, False),
        ("ก", 0.5, True),
        ("่", 0.5, False),
    ],
    ids=["nothing", "private", "control", "blank without width", "stated twice", "mark with width"],
)
def test_text_that_cannot_be_what_is_drawn_is_suspect(text: str, advance: float, repeated: bool) -> None:
    assert is_suspect(Coded(1, text, advance), repeated)


@pytest.mark.parametrize(("text", "advance"), [("ก", 0.5), (" ", 0.25), ("่", 0.0), ("ำ", 0.4), ("A", 0.6)])
def test_plain_text_is_not_suspect(text: str, advance: float) -> None:
    assert not is_suspect(Coded(1, text, advance), repeated=False)


def test_sara_am_and_a_mark_stated_twice_are_doubtful() -> None:
    assert is_doubtful(Coded(1, AM, 0.4), repeated=False)
    assert is_doubtful(Coded(1, "้", 0.0), repeated=True)
    assert not is_doubtful(Coded(1, "้", 0.0), repeated=False)


@pytest.mark.parametrize(
    ("stated", "drawn", "damage"),
    [
        (" ", NIKHAHIT, "lost-sara-am"),
        ("", NIKHAHIT, "lost-sara-am"),
        ("", "่", "unmapped"),
        ("\uf70a", "่", "private-use"),
        ("\x1d", "ก", "control-character"),
        ("้", NIKHAHIT, "mai-tho-for-nikhahit"),
        (AM, AA, "sara-am-for-sara-aa"),
        ("ม", "น", "wrong-letter"),
    ],
)
def test_damage_has_the_name_of_its_class(stated: str, drawn: str, damage: str) -> None:
    assert damage_of(stated, drawn) == damage


def lines_of(*texts: str) -> Page:
    return Page(number=1, blocks=tuple(Line(text=text, page=1) for text in texts))


def test_what_is_put_right_in_a_lines_text_is_added_to_what_was_put_right_in_its_glyphs() -> None:
    before = lines_of(*SENTENCES, "จัดท าแผนปฏิบัติการ").model_copy(
        update={"repairs": (Repair(damage="private-use", count=2),)}
    )
    (after,) = with_repaired_text((before,))
    assert after.text.splitlines()[-1] == "จัดทำแผนปฏิบัติการ"
    assert [(repair.damage, repair.count) for repair in after.repairs if repair.damage == "private-use"] == [
        ("private-use", 2)
    ]
    assert len(after.repairs) == 2


@given(
    text=st.sampled_from(SENTENCES),
    noise=st.lists(st.tuples(st.integers(0, 40), st.sampled_from([" ", NIKHAHIT, "้", "่", "ิ"])), max_size=3),
)
@settings(max_examples=50, deadline=None)
def test_text_put_right_once_stays_as_it_is(text: str, noise: list[tuple[int, str]]) -> None:
    for place, letter in noise:
        text = text[:place] + letter + text[place:]
    once = with_repaired_text((lines_of(unicodedata.normalize("NFC", text)),))
    assert with_repaired_text(once)[0].text == once[0].text
