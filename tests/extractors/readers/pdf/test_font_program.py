"""Fonts made here with fontTools, read as a PDF would hold them."""

import io
from collections.abc import Mapping
from typing import Any

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from playa.font import CIDFont, Font, TrueTypeFont, Type1Font, Type3Font
from playa.pdftypes import LIT, ContentStream

from extractors.readers.pdf.font_program import FontProgram, program_of
from extractors.readers.pdf.glyph_shapes import read_font
from extractors.readers.pdf.outlines import CURVE
from extractors.readers.pdf.sfnt import Damaged, Sfnt

Box = tuple[int, int, int, int]
BOXES: Mapping[str, Box] = {"uni0E01": (50, 0, 300, 400), "uni0E48.low": (-90, 500, -60, 610), "g3": (10, 0, 40, 700)}
SYMBOLIC, NONSYMBOLIC = 4, 32


def draw(pen: Any, box: Box) -> None:
    left, bottom, right, top = box
    pen.moveTo((left, bottom))
    for corner in ((left, top), (right, top), (right, bottom)):
        pen.lineTo(corner)
    pen.closePath()


def glyph(box: Box) -> Any:
    pen = TTGlyphPen(None)
    draw(pen, box)
    return pen.glyph()


def saved(builder: FontBuilder) -> bytes:
    stream = io.BytesIO()
    builder.save(stream)
    return stream.getvalue()


def truetype(cmap: Mapping[int, str], glyphs: Mapping[str, Any] | None = None, *, names: bool = True) -> bytes:
    glyphs = glyphs or {name: glyph(box) for name, box in BOXES.items()}
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *glyphs])
    builder.setupCharacterMap(dict(cmap))
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), **glyphs})
    builder.setupHorizontalMetrics(
        {name: (0 if name.startswith("uni0E48") else 350, 0) for name in [".notdef", *glyphs]}
    )
    builder.setupHorizontalHeader()
    builder.setupPost(keepGlyphNames=names)
    return saved(builder)


def compact() -> bytes:
    builder = FontBuilder(1000, isTTF=False)
    programs = {}
    for name, box in {".notdef": (0, 0, 1, 1), **BOXES}.items():
        pen = T2CharStringPen(350, None)
        draw(pen, box)
        programs[name] = pen.getCharString()
    builder.setupGlyphOrder(list(programs))
    builder.setupCharacterMap({0x0E01: "uni0E01"})
    builder.setupCFF("Test", {}, programs, {})
    builder.setupHorizontalMetrics(dict.fromkeys(programs, (350, 0)))
    builder.setupHorizontalHeader()
    builder.setupPost()
    return saved(builder)


def descriptor(data: bytes, key: str, flags: int = SYMBOLIC) -> dict[str, Any]:
    return {"FontName": LIT("ABCDEF+Test"), "Flags": flags, key: ContentStream({"Length1": len(data)}, data)}


def cid_font(data: bytes, key: str = "FontFile2", cid_map: bytes | None = None) -> Font:
    spec: dict[str, Any] = {"BaseFont": LIT("Test"), "Encoding": LIT("Identity-H")}
    if cid_map is not None:
        spec["CIDToGIDMap"] = ContentStream({}, cid_map)
    # With a ToUnicode, so that the engine does not look into the font first.
    spec["ToUnicode"] = LIT("Identity-H")
    return CIDFont({**spec, "FontDescriptor": descriptor(data, key)})


def simple_font(data: bytes, flags: int, **spec: Any) -> Font:
    return TrueTypeFont({"BaseFont": LIT("Test"), "FontDescriptor": descriptor(data, "FontFile2", flags), **spec})


def program(font: Font) -> FontProgram:
    found = program_of(font)
    assert found is not None
    return found


def extent(font: Font, code: int) -> tuple[float, ...] | None:
    outline = program(font).outline(code)
    return None if outline is None else tuple(outline.extent)


def symbol_cmap(data: bytes, codes: Mapping[int, str]) -> bytes:
    """The font with a symbol cmap (3, 0) in the place of its Unicode one."""
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(data))
    table = font["cmap"].tables[0]
    table.platformID, table.platEncID, table.cmap = 3, 0, dict(codes)
    font["cmap"].tables = [table]
    stream = io.BytesIO()
    font.save(stream)
    return stream.getvalue()


def test_a_cid_is_the_glyph_number_where_no_map_is_given() -> None:
    assert extent(cid_font(truetype({0x0E01: "uni0E01"})), 2) == BOXES["uni0E48.low"]


def test_a_cid_goes_through_the_map() -> None:
    font = cid_font(truetype({}), cid_map=b"\0\0" * 5 + b"\0\1")
    assert extent(font, 5) == BOXES["uni0E01"]
    assert extent(font, 4) is None
    assert extent(font, 900) is None


def test_a_byte_goes_through_the_symbol_table() -> None:
    font = simple_font(symbol_cmap(truetype({0x0E01: "uni0E01"}), {0xF005: "g3"}), SYMBOLIC)
    assert extent(font, 5) == BOXES["g3"]
    assert extent(font, 6) is None


def test_a_byte_goes_through_the_encoding_s_name_and_the_unicode_table() -> None:
    encoding = {"Type": LIT("Encoding"), "Differences": [65, LIT("uni0E01")]}
    font = simple_font(truetype({0x0E01: "uni0E01"}), NONSYMBOLIC, Encoding=encoding)
    assert extent(font, 65) == BOXES["uni0E01"]


def test_a_font_says_what_its_code_points_and_names_say() -> None:
    said = program(cid_font(truetype({0x0E01: "uni0E01", 0xF70A: "g3"})))
    assert said.stated(1) == ("ก", False)
    assert said.stated(2) == ("่", True)
    assert said.stated(3) == ("่", False), "a private code point of the Windows fonts"
    assert program(cid_font(truetype({}))).stated(3) is None, "g3 is a number, no name"


def test_advances_come_from_the_font() -> None:
    font = program(cid_font(truetype({})))
    assert (font.advance(1), font.advance(2)) == (350, 0)


@pytest.mark.parametrize("bare", [False, True], ids=["in an OpenType font", "bare"])
def test_compact_fonts_are_read(bare: bool) -> None:
    data = compact()
    if bare:
        data = Sfnt(data).compact or b""
    font = cid_font(data, "FontFile3")
    assert extent(font, 1) == BOXES["uni0E01"]
    assert program(font).stated(2) == ("่", True)
    assert extent(font, 77) is None


def test_type_1_fonts_are_read() -> None:
    font = Type1Font(
        {
            "BaseFont": LIT("Test"),
            "Encoding": {"Type": LIT("Encoding"), "Differences": [1, LIT("uni0E01")]},
            "FontDescriptor": descriptor(type1(), "FontFile"),
        }
    )
    assert extent(font, 1) == (50, 0, 300, 400)
    assert program(font).stated(1) == ("ก", True)
    assert extent(font, 2) is None


def type1() -> bytes:
    """A Type 1 font with one glyph, a box drawn partly by a subroutine."""
    from fontTools.misc.eexec import encrypt
    from fontTools.misc.psCharStrings import T1CharString

    def code(*program: int | str) -> bytes:
        string = T1CharString(program=list(program))
        string.compile()
        return bytes(encrypt(b"\0" * 4 + string.bytecode, 4330)[0])

    subroutine = code(400, "vlineto", "return")
    drawing = code(
        50, 350, "hsbw", 0, 0, "rmoveto", 0, "callsubr", 250, "hlineto", -400, "vlineto", "closepath", "endchar"
    )
    private = (
        b"/lenIV 4 def /Subrs 1 array dup 0 %d RD %s NP /CharStrings 1 dict dup begin /uni0E01 %d RD %s ND end"
        % (
            len(subroutine),
            subroutine,
            len(drawing),
            drawing,
        )
    )
    cipher = bytes(encrypt(b"\0" * 4 + private, 55665)[0])
    return b"%!PS-AdobeFont-1.0: Test\n/FontMatrix [0.001 0 0 0.001 0 0] def\ncurrentfile eexec\n" + cipher


def drawn_font(program_text: bytes, matrix: tuple[float, ...] = (0.001, 0, 0, 0.001, 0, 0)) -> Font:
    return Type3Font(
        {
            "FontMatrix": list(matrix),
            "FontBBox": [0, 0, 1000, 1000],
            "FirstChar": 1,
            "Widths": [500],
            "Encoding": {"Type": LIT("Encoding"), "Differences": [1, LIT("uni0E01")]},
            "CharProcs": {"uni0E01": ContentStream({}, program_text)},
        }
    )


def test_drawn_glyphs_have_the_outline_of_their_paths() -> None:
    font = drawn_font(b"500 0 0 0 600 700 d1 1 0 0 1 10 0 cm 40 0 250 400 re f 5 5 m 6 5 l 7 9 9 9 9 5 c h f")
    assert extent(font, 1) == (15, 0, 300, 400)
    assert program(font).stated(1) == ("ก", True)
    assert extent(font, 2) is None


def test_drawn_glyphs_stand_upright_where_the_matrix_turns_them_over() -> None:
    assert extent(drawn_font(b"0 -400 250 400 re f", (0.001, 0, 0, -0.001, 0, 0)), 1) == (0, 0, 250, 400)


def test_glyphs_that_are_pictures_have_no_outline() -> None:
    assert extent(drawn_font(b"500 0 0 0 9 9 d1 9 0 0 9 0 0 cm BI /W 8 /H 1 /IM true ID x EI"), 1) is None


def test_a_font_that_is_not_embedded_has_no_program() -> None:
    assert program_of(Type1Font({"BaseFont": LIT("Helvetica")})) is None
    assert read_font(Type1Font({"BaseFont": LIT("Helvetica")}), [65]).text_of(65) is None


def test_parts_of_a_glyph_are_put_in_place_and_scaled() -> None:
    pen = TTGlyphPen(dict.fromkeys(BOXES))
    pen.addComponent("uni0E01", (1, 0, 0, 1, 100, 200))
    pen.addComponent("g3", (0.5, 0, 0, 1.5, 0, 0))
    glyphs = {name: glyph(box) for name, box in BOXES.items()}
    outline = Sfnt(truetype({}, {**glyphs, "uni0E33": pen.glyph()})).outline(4)
    first, second = ([point[:2] for point in contour] for contour in outline.contours)
    assert (min(first), max(first)) == ((150, 200), (400, 600))
    assert (min(second), max(second)) == ((5, 0), (20, 1050))


def test_curves_keep_their_control_points() -> None:
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.qCurveTo((0, 100), (100, 100), (100, 0))
    pen.closePath()
    (contour,) = Sfnt(truetype({}, {"a": pen.glyph()})).outline(1).contours
    assert [kind for *_, kind in contour].count(CURVE) == 2


def nested(depth: int, times: int) -> bytes:
    """A glyph of so many parts, each again of so many parts, and so on."""
    glyphs: dict[str, Any] = {"n0": glyph((0, 0, 9, 9))}
    for level in range(1, depth):
        pen = TTGlyphPen(dict.fromkeys(glyphs))
        for _ in range(times):
            pen.addComponent(f"n{level - 1}", (1, 0, 0, 1, 1, 1))
        glyphs[f"n{level}"] = pen.glyph()
    return truetype({}, glyphs)


def test_glyphs_of_glyphs_without_end_are_refused() -> None:
    with pytest.raises(Damaged, match="too deep"):
        Sfnt(nested(depth=9, times=1)).outline(9)
    with pytest.raises(Damaged, match="too many points"):
        Sfnt(nested(depth=3, times=60)).outline(3)


def test_a_code_table_that_claims_all_numbers_is_read_to_a_limit() -> None:
    from extractors.readers.pdf.sfnt import _code_table

    groups = b"\0\14\0\0" + b"\0" * 8 + (1).to_bytes(4, "big") + b"\0\0\0\0" + b"\xff" * 4 + b"\0\0\0\1"
    assert 0 < len(_code_table(groups, 0xFFFF)) <= 65_536


@pytest.mark.parametrize("kind", ["truetype", "compact", "type1"])
def test_a_damaged_font_leaves_glyphs_unread_and_never_fails(kind: str) -> None:
    whole = {"truetype": truetype({0x0E01: "uni0E01"}), "compact": compact(), "type1": type1()}[kind]
    key = {"truetype": "FontFile2", "compact": "FontFile3", "type1": "FontFile"}[kind]
    for place in range(0, len(whole), 7):
        cut, changed = whole[:place], whole[:place] + b"\xff\xff\xff" + whole[place + 3 :]
        for data in (cut, changed):
            font = Type1Font({"FontDescriptor": {}, "BaseFont": LIT("T")}) if kind == "type1" else cid_font(data, key)
            font.descriptor = descriptor(data, key)
            font.encoding = {1: "uni0E01"}
            assert read_font(font, range(6)).text_of(999) is None


@pytest.mark.parametrize("data", [b"", b"\0\1\0\0", b"OTTO" + b"\xff" * 200, b"%!PS", b"\1\0\4\1" + b"\0" * 50])
def test_bytes_that_are_no_font_give_no_readings(data: bytes) -> None:
    for key in ("FontFile2", "FontFile3", "FontFile"):
        assert read_font(cid_font(data, key), [1, 2]).text_of(1) is None


@pytest.mark.parametrize(
    "program_text",
    [b"9" * 400 + b" 0 250 400 re f", b"0 0 1" + b"0" * 300 + b" 400 re f", b"1 0 0 1 0 0 cm " * 3000 + b"0 0 m 1 1 l"],
    ids=["no number", "beyond all bounds", "many operators"],
)
def test_drawings_out_of_all_proportion_never_fail(program_text: bytes) -> None:
    assert read_font(drawn_font(program_text), [1]).text_of(2) is None


def test_programs_that_call_each_other_without_end_stop() -> None:
    from fontTools.misc.psCharStrings import T1CharString

    from extractors.readers.pdf.postscript import PostScriptFont, TooMuch

    # Ten levels, each calling the next ten times: 10,000 million calls.
    subroutines = [T1CharString(program=[level + 1, "callsubr"] * 10 + ["return"]) for level in range(10)]
    subroutines.append(T1CharString(program=["return"]))
    for subroutine in subroutines:
        subroutine.subrs = subroutines
    with pytest.raises(TooMuch):
        PostScriptFont({"a": subroutines[0]}, ["a"], 1000, keyed=False).outline("a")
