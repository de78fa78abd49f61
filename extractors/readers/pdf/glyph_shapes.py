"""What the glyphs of a font stand for, told by the font itself: for text layers that state nothing, or the wrong thing.

The outline decides where it is known (`outlines`): it is what is printed, whatever codes and names say. TH SarabunIT๙
has the Thai ๑ at the code point of 1, producers number glyphs 1 to n and call them A, B, C. For unknown outlines the
font's own code points or names are taken if they stand the test on the other glyphs, else the network's reading of the
shape (`shape_network`). Nothing is loaded until a font is read; only the codes asked for are decoded.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from playa.font import Font

from extractors.readers.pdf.font_program import FontProgram, program_of
from extractors.readers.pdf.glyph_names import Stated
from extractors.readers.pdf.outlines import Outline, characters_of

How = Literal["cmap", "name", "outline", "shape"]

_MAX_CODES = 20_000
_MAX_POINTS, _COST_OF_FAILURE = 500_000, 1_000
"""All outlines of TH Sarabun New together have 17,000 points, which take 40 ms."""
_FARTHEST = 1e6
_KNOWN, _SEVERAL, _BLANK = 0.99, 0.75, 0.9
_TRUSTED, _UNTESTED = 0.95, 0.7
_AGREEING = 0.7
"""Share of tested glyphs whose stated text must be what is drawn. Lying fonts agree on next to none; honest ones on
all but look-alikes and the digits of TH SarabunIT๙."""
_FEWEST_TESTED = 3
_SHAPE_WITNESS = 0.8
_GUESSES = 5
_DOUBT = 0.3
"""Fonts in PDF files seldom mix scripts: Word writes Latin and Thai letters of one font as two."""
_SHARED_SHAPES = frozenset("uUnNsSwWoOmMaAcCiIlLjJgGpPvV")
_THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"


class GlyphReading(NamedTuple):
    """The text of a glyph («» for a blank without width), how it was found, how sure that is (0 to 1)."""

    text: str
    how: How
    certainty: float
    others: tuple[tuple[str, float], ...] = ()
    """Next best readings with their certainty, best first."""


class FontReading:
    """The readings of a font's glyphs, by code."""

    def __init__(self, readings: Mapping[int, GlyphReading]) -> None:
        """Take the readings."""
        self._readings = dict(readings)

    def text_of(self, code: int) -> GlyphReading | None:
        """The reading of a code (playa-pdf's `cid`); None where nothing is known, or it was not asked for."""
        return self._readings.get(code)


def read_font(font: Font, used_codes: Iterable[int]) -> FontReading:
    """Read the glyphs of the codes; a font that is not embedded or damaged gives no readings. Raises nothing.

    All codes of a font that a document uses belong in one call: they are witnesses for each other.
    """
    try:
        program = program_of(font)
    except Exception:  # As below: any damage is possible.
        program = None
    if program is None:
        return FontReading({})
    return FontReading(_readings(_glyphs(program, sorted(set(used_codes))[:_MAX_CODES])))


class _Glyph(NamedTuple):
    outline: Outline
    advance: float
    stated: Stated | None
    known: tuple[str, ...]


def _glyphs(program: FontProgram, codes: Iterable[int]) -> dict[int, _Glyph]:
    """What can be read of the codes, as far as the points allowed for a font reach; a failure costs many."""
    glyphs, left = {}, _MAX_POINTS
    for code in codes:
        glyph = _glyph(program, code)
        if glyph is not None:
            glyphs[code] = glyph
        left -= _COST_OF_FAILURE if glyph is None else sum(map(len, glyph.outline.contours))
        if left < 0:
            break
    return glyphs


def _glyph(program: FontProgram, code: int) -> _Glyph | None:
    try:
        outline = program.outline(code)
        if outline is None or max(map(abs, outline.extent)) > _FARTHEST:
            return None
        return _Glyph(outline, program.advance(code), program.stated(code), characters_of(outline))
    except Exception:  # Fonts come from files that anyone may have made; a glyph that cannot be read stays unread.
        return None


def _readings(glyphs: Mapping[int, _Glyph]) -> dict[int, GlyphReading]:
    readings = {code: reading for code, glyph in glyphs.items() if (reading := _plain_reading(glyph))}
    unknown = {code: glyph for code, glyph in glyphs.items() if code not in readings}
    if not unknown:
        return readings
    shapes = _shape_readings(glyphs, unknown)
    trust = {by_name: _trust(glyphs, shapes, by_name) for by_name in (False, True)}
    for code, glyph in unknown.items():
        readings[code] = _decided(glyph.stated, shapes[code], trust)
    return readings


def _plain_reading(glyph: _Glyph) -> GlyphReading | None:
    """The reading of a blank or of a known outline."""
    if glyph.outline.is_blank:
        return GlyphReading(" " if glyph.advance > 0 else "", "outline", _BLANK)
    if not glyph.known:
        return None
    first, *rest = glyph.known
    certainty = _SEVERAL if rest else _KNOWN
    return GlyphReading(first, "outline", certainty, tuple((text, (1 - certainty) / len(rest)) for text in rest))


def _shape_readings(glyphs: Mapping[int, _Glyph], unknown: Mapping[int, _Glyph]) -> dict[int, GlyphReading]:
    from extractors.readers.pdf.shape_network import Drawn, letter_height, shape_network

    height = letter_height([glyph.outline for glyph in glyphs.values()])
    drawn = [Drawn(glyph.outline, glyph.advance) for glyph in unknown.values()]
    guesses = shape_network().guesses(drawn, height, _GUESSES)
    sure = [glyph.known[0] for glyph in glyphs.values() if glyph.known]
    sure += [best.text for best, *_ in guesses if best.certainty >= _SHAPE_WITNESS]
    latin = _share_of_latin(sure)
    return {code: _weighed(found, latin) for code, found in zip(unknown, guesses, strict=True)}


def _share_of_latin(sure: Iterable[str]) -> float:
    """How likely a letter of the font is a Latin one, by the letters read for sure; a half where there are none.

    Thai letters without loops have the shapes of Latin ones (น u, ท n, ร s, บ U, พ w): these are no witnesses.
    """
    scripts = [_is_latin(text) for text in sure if text not in _SHARED_SHAPES and (_is_latin(text) or _is_thai(text))]
    return (sum(scripts) + _DOUBT) / (len(scripts) + 2 * _DOUBT)


def _weighed(guesses: Sequence[tuple[str, float]], latin: float) -> GlyphReading:
    """The guesses put in order once more, by how likely each script is in the font."""
    even = max(latin, 1 - latin)
    chances = [
        (text, chance * (latin if _is_latin(text) else 1 - latin if _is_thai(text) else even))
        for text, chance in guesses
    ]
    known = sum(chance for _, chance in guesses)
    scale = known / (sum(chance for _, chance in chances) or 1)
    (text, chance), *others = sorted(((text, chance * scale) for text, chance in chances), key=lambda pair: -pair[1])
    return GlyphReading(text, "shape", chance, tuple(others))


def _is_latin(text: str) -> bool:
    return text.isascii() and text.isalpha()


def _is_thai(text: str) -> bool:
    return "ก" <= text <= "๛"


def _trust(glyphs: Mapping[int, _Glyph], shapes: Mapping[int, GlyphReading], by_name: bool) -> float:
    """How far the font's own statements (of one sort) can be believed: 0 where they are caught lying."""
    tested = [
        (glyph.stated.text, drawn)
        for code, glyph in glyphs.items()
        if glyph.stated and glyph.stated.by_name == by_name and (drawn := _witnesses(glyph, shapes.get(code)))
    ]
    if len(tested) < _FEWEST_TESTED:
        return _UNTESTED
    share = sum(stated in drawn for stated, drawn in tested) / len(tested)
    return _TRUSTED if share >= _AGREEING else 0


def _witnesses(glyph: _Glyph, shape: GlyphReading | None) -> tuple[str, ...]:
    if glyph.known:
        return glyph.known
    return (shape.text,) if shape and shape.certainty >= _SHAPE_WITNESS else ()


def _decided(stated: Stated | None, shape: GlyphReading, trust: Mapping[bool, float]) -> GlyphReading:
    """The font's statement or the shape; where they agree, both."""
    if stated is None or not trust[stated.by_name] or _is_thai_digit_drawn(stated.text, shape):
        return shape
    how: How = "name" if stated.by_name else "cmap"
    if stated.text == shape.text:
        return GlyphReading(stated.text, how, max(trust[stated.by_name], shape.certainty), shape.others)
    if trust[stated.by_name] < shape.certainty:
        return shape
    others = ((shape.text, min(shape.certainty, 1 - trust[stated.by_name])), *shape.others)
    return GlyphReading(stated.text, how, trust[stated.by_name] * (1 - shape.certainty / 4), others)


def _is_thai_digit_drawn(stated: str, shape: GlyphReading) -> bool:
    """Whether a Thai digit stands at the code point of its Arabic one, as in TH SarabunIT๙."""
    return stated.isascii() and stated.isdigit() and shape.text == _THAI_DIGITS[int(stated)]
