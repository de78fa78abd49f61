"""Readings of small fonts made here; where it matters, the table of outlines is one of these fonts' own glyphs."""

import io
from collections.abc import Mapping

import numpy as np
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from playa.font import CIDFont, Font
from playa.pdftypes import LIT, ContentStream

from extractors.readers.pdf import outlines
from extractors.readers.pdf.glyph_names import text_of_code, text_of_name
from extractors.readers.pdf.glyph_shapes import GlyphReading, read_font
from extractors.readers.pdf.outlines import CUBIC, CURVE, ON, Outline, OutlineTable, pack_table, shape_key
from extractors.readers.pdf.shape_network import SIDE, Drawn, letter_height, measures_of, picture_of, shape_network

Corners = tuple[tuple[int, int], ...]


def box(left: int, bottom: int, right: int, top: int) -> Corners:
    return ((left, bottom), (left, top), (right, top), (right, bottom))


def outline(*contours: Corners) -> Outline:
    return Outline(tuple(tuple((x, y, ON) for x, y in contour) for contour in contours), 1000)


# Letters of strokes as wide as the pen, in the size of TH Sarabun's.
L, T, H = (
    ((50, 0), (50, 450), (90, 450), (90, 40), (250, 40), (250, 0)),
    ((130, 0), (130, 410), (20, 410), (20, 450), (280, 450), (280, 410), (170, 410), (170, 0)),
    (
        *((50, 0), (50, 450), (90, 450), (90, 245), (250, 245), (250, 450), (290, 450), (290, 0), (250, 0), (250, 205)),
        *((90, 205), (90, 0)),
    ),
)
E = (
    *((50, 0), (50, 450), (250, 450), (250, 410), (90, 410), (90, 245), (230, 245), (230, 205), (90, 205), (90, 40)),
    *((250, 40), (250, 0)),
)
X = (
    *((20, 0), (130, 230), (20, 450), (70, 450), (155, 270), (240, 450), (290, 450), (180, 230), (290, 0), (240, 0)),
    *((155, 190), (70, 0)),
)


def font_of(drawn: Mapping[str, Corners], cmap: Mapping[int, str], blank: Mapping[str, int] | None = None) -> Font:
    """A font of these glyphs, by name; CID 1 is the first. `blank` has further ones without contours: their widths."""
    blank = blank or {}
    names = [*drawn, *blank]
    glyphs = {name: TTGlyphPen(None).glyph() for name in [".notdef", *blank]}
    for name, corners in drawn.items():
        pen = TTGlyphPen(None)
        pen.moveTo(corners[0])
        for corner in corners[1:]:
            pen.lineTo(corner)
        pen.closePath()
        glyphs[name] = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names])
    builder.setupCharacterMap(dict(cmap))
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics({name: (blank.get(name, 320), 0) for name in [".notdef", *names]})
    builder.setupHorizontalHeader()
    builder.setupPost()
    stream = io.BytesIO()
    builder.save(stream)
    descriptor = {"FontName": LIT("Test"), "Flags": 4, "FontFile2": ContentStream({}, stream.getvalue())}
    spec = {"BaseFont": LIT("Test"), "Encoding": LIT("Identity-H"), "ToUnicode": LIT("Identity-H")}
    return CIDFont({**spec, "FontDescriptor": descriptor})


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> dict[Corners, tuple[str, ...]]:
    """Outlines of a table in the place of the package's; fill it before the first reading."""
    entries: dict[Corners, tuple[str, ...]] = {}

    def table() -> OutlineTable:
        return OutlineTable(pack_table({shape_key(outline(corners)): texts for corners, texts in entries.items()}))

    monkeypatch.setattr(outlines, "outline_table", table)
    return entries


def test_a_known_outline_beats_what_the_font_says(known: dict[Corners, tuple[str, ...]]) -> None:
    known[L] = ("๑",)
    reading = read_font(font_of({"one": L}, {0x31: "one"}), [1]).text_of(1)
    assert reading is not None
    assert (reading.text, reading.how) == ("๑", "outline")
    assert reading.certainty > 0.95


def test_an_outline_of_several_characters_gives_the_others_too(known: dict[Corners, tuple[str, ...]]) -> None:
    known[L] = ("I", "l")
    reading = read_font(font_of({"g1": L}, {}), [1]).text_of(1)
    assert reading is not None
    assert (reading.text, [text for text, _ in reading.others]) == ("I", ["l"])
    assert reading.certainty < 0.85


def test_only_the_codes_asked_for_are_read() -> None:
    reading = read_font(font_of({"L": L, "T": T}, {}), [2])
    assert reading.text_of(1) is None
    assert reading.text_of(2) is not None


def test_blanks_are_spaces_where_they_have_a_width() -> None:
    font = font_of({"L": L}, {}, blank={"g2": 250, "g3": 0})
    readings = read_font(font, [2, 3])
    assert [reading.text for code in (2, 3) if (reading := readings.text_of(code))] == [" ", ""]


HONEST = {0x4C: "g1", 0x54: "g2", 0x48: "g3", 0x45: "g4"}
LYING = {0x41: "g1", 0x42: "g2", 0x43: "g3", 0x44: "g4"}
GLYPHS = {"g1": L, "g2": T, "g3": H, "g4": E}


def test_code_points_are_believed_where_the_shapes_bear_them_out() -> None:
    readings = read_font(font_of(GLYPHS, HONEST), range(1, 5))
    found = [readings.text_of(code) for code in range(1, 5)]
    assert "".join(reading.text for reading in found if reading) == "LTHE"
    assert {reading.how for reading in found if reading} == {"cmap"}


def test_code_points_that_the_shapes_contradict_are_dropped() -> None:
    readings = read_font(font_of(GLYPHS, LYING), range(1, 5))
    found = [readings.text_of(code) for code in range(1, 5)]
    assert "".join(reading.text for reading in found if reading) == "LTHE"
    assert {reading.how for reading in found if reading} == {"shape"}


def test_a_shape_that_nobody_knows_goes_by_a_font_found_honest(known: dict[Corners, tuple[str, ...]]) -> None:
    known.update({L: ("L",), T: ("T",), H: ("H",)})
    odd = ((0, 0), (300, 450), (310, 20), (20, 460), (10, 10), (200, 100))
    readings = read_font(font_of({"g1": L, "g2": T, "g3": H, "g4": odd}, {**HONEST, 0x0E0F: "g4"}), range(1, 5))
    reading = readings.text_of(4)
    assert reading is not None
    assert (reading.text, reading.how) == ("ฏ", "cmap")


def test_names_are_believed_as_code_points_are() -> None:
    readings = read_font(font_of({"uni004C": L, "uni0054.alt": T, "uni0048": H, "u0045": E}, {}), range(1, 5))
    found = [readings.text_of(code) for code in range(1, 5)]
    assert [(reading.text, reading.how) for reading in found if reading] == [(text, "name") for text in "LTHE"]


U = (
    *((40, 140), (40, 420), (90, 420), (90, 140), (110, 70), (150, 45), (200, 45), (240, 70), (260, 140), (260, 420)),
    *((310, 420), (310, 140), (290, 50), (230, 0), (120, 0), (60, 50)),
)


def reading_beside(letters: str, known: dict[Corners, tuple[str, ...]]) -> GlyphReading:
    """The reading of the shape that U and บ without a loop share, in a font with these letters."""
    boxes = {f"g{index}": box(10, 0, 100 + 10 * index, 420) for index in range(1, len(letters) + 1)}
    known.update({corners: (letter,) for corners, letter in zip(boxes.values(), letters, strict=True)})
    reading = read_font(font_of({"shared": U, **boxes}, {}), range(1, len(boxes) + 2)).text_of(1)
    assert reading is not None
    return reading


def test_a_shape_shared_by_two_scripts_goes_by_the_script_of_the_font(known: dict[Corners, tuple[str, ...]]) -> None:
    latin = reading_beside("BDEFHKQRTXYZ", known)
    assert latin.text in "uU"
    assert latin.certainty > 0.9
    thai = reading_beside("กขคงจฉชซฌญฎฏ", known)
    chances = {thai.text: thai.certainty, **dict(thai.others)}
    assert chances["บ"] > 10 * dict(latin.others).get("บ", 0)
    assert thai.text == "บ" or thai.certainty < 0.85


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *[("uni0E48.low", "่"), ("uni0E48", "่"), ("kokai", "ก"), ("maiek.narrow", "่"), ("uniF70A", "่"), ("f_i", "fi")],
        *[("uni0E4D0E32", "ํา"), ("u0E01", "ก"), ("A", "A"), ("g123", None), ("glyph45", None), ("cid00012", None)],
        *[(".notdef", None), ("", None), ("uniD800", None), ("_", None), ("x" * 10_000, None)],
    ],
)
def test_names_say_characters_or_nothing(name: str, text: str | None) -> None:
    assert text_of_name(name) == text


def test_private_code_points_are_the_letters_they_draw_and_others_nothing() -> None:
    assert [text_of_code(code) for code in (0xF70A, 0xF700, 0xF89A, 0xE000, 0x07, -1, 0x110000)] == [
        *("่", "ฐ", "ญ"),
        *(None, None, None, None),
    ]


def drawn(*contours: Corners, advance: int = 320) -> Drawn:
    return Drawn(outline(*contours), advance)


@pytest.mark.parametrize(
    ("text", "glyph"),
    [
        *[("L", drawn(L)), ("T", drawn(T)), ("E", drawn(E)), ("H", drawn(H)), ("X", drawn(X))],
        *[
            ("-", drawn(box(20, 170, 150, 205))),
            ("_", drawn(box(0, -110, 320, -85))),
            ("่", drawn(box(-60, 480, -30, 600), advance=0)),
        ],
        *[(".", drawn(box(40, 0, 90, 50))), ("=", drawn(box(20, 120, 300, 155), box(20, 240, 300, 275)))],
    ],
)
def test_the_network_reads_plain_shapes_by_form_size_and_place(text: str, glyph: Drawn) -> None:
    ((best, *_),) = shape_network().guesses([glyph], height=0.45)
    assert best.text == text


def test_chances_add_up_to_one() -> None:
    glyphs = [drawn(L), drawn(T)]
    pictures = np.stack([picture_of(glyph.outline) for glyph in glyphs])
    measures = np.stack([measures_of(glyph, 0.4) for glyph in glyphs])
    chances = shape_network().chances(pictures, measures)
    assert chances.shape == (2, len(shape_network().texts))
    assert np.allclose(chances.sum(axis=1), 1, atol=1e-5)
    assert shape_network().guesses([], 0.4) == []


def test_the_letter_height_is_that_of_what_stands_on_the_base_line() -> None:
    letters = [outline(box(0, 0, 200, height)) for height in (400, 420, 440)]
    marks = [outline(box(0, 600, 50, 700)), outline(box(0, 0, 40, 40)), Outline((), 1000)]
    assert letter_height([*letters, *marks]) == 0.42
    assert letter_height(marks) == 0.5


def test_a_picture_fills_the_square_by_the_longer_side_and_keeps_holes() -> None:
    ring = outline(box(0, 0, 100, 200), tuple(reversed(box(25, 50, 75, 150))))
    picture = picture_of(ring)
    assert picture.shape == (SIDE, SIDE)
    assert picture[:, :6].sum() == picture[:, -6:].sum() == 0
    assert picture[0, 12] == picture[-1, 12] == 1
    assert picture[12, 12] == 0
    assert picture.mean() == pytest.approx(0.5 * 0.75, abs=0.02)


def test_contours_one_over_the_other_stay_ink() -> None:
    assert picture_of(outline(box(0, 0, 100, 100), box(0, 0, 60, 60))).mean() == 1


def test_curves_of_both_kinds_are_drawn_round() -> None:
    corners = ((0, 50), (0, 100), (50, 100), (100, 100), (100, 50), (100, 0), (50, 0), (0, 0))
    quadratic = tuple((x, y, ON if index % 2 == 0 else CURVE) for index, (x, y) in enumerate(corners))
    controls = tuple((x, y, CURVE) for x, y in ((0, 0), (0, 100), (100, 100), (100, 0)))
    near = ((0, 50, ON), (0, 77, CUBIC), (23, 100, CUBIC), (50, 100, ON), (77, 100, CUBIC), (100, 77, CUBIC))
    cubic = (*near, (100, 50, ON), (100, 23, CUBIC), (77, 0, CUBIC), (50, 0, ON), (23, 0, CUBIC), (0, 23, CUBIC))
    shares = [float(picture_of(Outline((contour,), 1000)).mean()) for contour in (quadratic, controls, cubic)]
    # The quadratic round takes five sixths of its square, the cubic one is nearly a circle.
    assert shares == pytest.approx([5 / 6, 5 / 6, np.pi / 4], abs=0.02)


@pytest.mark.parametrize(
    "contour", [((5, 5, ON),), ((5, 5, CURVE),), ((1, 1, CUBIC), (2, 2, CUBIC)), ((3, 3, ON), (9, 1, CUBIC))]
)
def test_contours_that_are_no_areas_are_drawn_without_fail(contour: tuple[tuple[float, float, int], ...]) -> None:
    assert picture_of(Outline((contour,), 1000)).mean() < 0.2
