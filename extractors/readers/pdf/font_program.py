"""The font program inside a PDF file: from the codes that a page shows to outlines, and to what the font says of them.

Codes are those of playa-pdf's `glyph.cid`: the byte for a simple font, the CID for a composite one. How they lead to a
glyph: ISO 32000-2, 9.6.5.4 (TrueType), 9.6.2 (Type 1), 9.7.4.2 (CIDs), 9.6.4 (Type 3).
"""

from collections.abc import Iterator
from typing import Any, Protocol

from playa.encodings import MAC_ROMAN_ENCODING
from playa.font import CIDFont, Font, Type3Font
from playa.pdftypes import ContentStream, resolve1

from extractors.readers.pdf.glyph_names import Stated, stated_by_name, text_of_code, text_of_name
from extractors.readers.pdf.outlines import Outline
from extractors.readers.pdf.sfnt import CodeTable, Sfnt

_SYMBOLIC, _NONSYMBOLIC = 4, 32
_SYMBOL_PAGES = (0xF000, 0, 0xF100, 0xF200)
_MAX_FONT_BYTES = 30_000_000


class FontProgram(Protocol):
    """An embedded font. Every method may raise anything on a damaged font; the caller knows."""

    def outline(self, code: int) -> Outline | None:
        """The contours drawn for a code; None where the font has no such glyph."""

    def advance(self, code: int) -> float:
        """How far the pen moves, in the outline's units."""

    def stated(self, code: int) -> Stated | None:
        """What the font says of the code's glyph, if anything."""


def program_of(font: Font) -> FontProgram | None:
    """The program embedded for a font of a PDF; None where none is. May raise anything on a damaged font."""
    if isinstance(font, Type3Font):
        from extractors.readers.pdf.drawn_font import DrawnFont

        return DrawnFont(font)
    for key in ("FontFile2", "FontFile3", "FontFile"):
        stream = resolve1(font.descriptor.get(key))
        if isinstance(stream, ContentStream):
            return _program(font, stream.buffer[:_MAX_FONT_BYTES], key)
    return None


def _program(font: Font, data: bytes, key: str) -> FontProgram:
    # What the key promises is not always what is there: OpenType fonts stand under all three.
    if data[:4] in (b"\0\1\0\0", b"true", b"ttcf", b"OTTO"):
        sfnt = Sfnt(data)
        return TrueTypeProgram(font, sfnt) if sfnt.compact is None else PostScriptProgram(font, sfnt.compact, key)
    return PostScriptProgram(font, data, key)


class TrueTypeProgram:
    """A TrueType font, in a simple font or under CIDs."""

    def __init__(self, font: Font, sfnt: Sfnt) -> None:
        """Find out how codes lead to glyphs."""
        self._font, self._sfnt = font, sfnt
        self._tables = sfnt.codes()
        self._cid_map = _cid_map(font)
        self._texts = _texts_by_glyph(self._tables)
        self._names = sfnt.names()

    def outline(self, code: int) -> Outline | None:
        """The contours drawn for a code."""
        glyph = self._glyph(code)
        return None if glyph is None else self._sfnt.outline(glyph)

    def advance(self, code: int) -> float:
        """How far the pen moves; by the font's own table, as Word states 0 for some marks and 1 for others."""
        glyph = self._glyph(code)
        return 0 if glyph is None else self._sfnt.advance(glyph)

    def stated(self, code: int) -> Stated | None:
        """The character whose code point has the glyph, else what the glyph's name says."""
        glyph = self._glyph(code)
        if glyph is None:
            return None
        if glyph in self._texts:
            return Stated(self._texts[glyph], by_name=False)
        return stated_by_name(self._names.get(glyph, ""))

    def _glyph(self, code: int) -> int | None:
        if isinstance(self._font, CIDFont):
            if self._cid_map is None:
                return code
            glyph = int.from_bytes(self._cid_map[2 * code : 2 * code + 2], "big")
            return glyph or None
        return next(self._simple_glyphs(code), None)

    def _simple_glyphs(self, code: int) -> Iterator[int]:
        """The glyphs of a byte, by the ways of the standard in its order; readers are lax, and so is this."""
        symbolic = bool(self._font.flags & _SYMBOLIC) or not self._font.flags & _NONSYMBOLIC
        ways = (self._by_symbol, self._by_encoding) if symbolic else (self._by_encoding, self._by_symbol)
        for way in ways:
            yield from (glyph for glyph in way(code) if glyph)

    def _by_symbol(self, code: int) -> Iterator[int]:
        for table in self._tables:
            if (table.platform, table.encoding) == (3, 0):
                yield from (table.glyphs.get(page + code, 0) for page in _SYMBOL_PAGES)
        for table in self._tables:
            if table.platform == 1:
                yield table.glyphs.get(code, 0)

    def _by_encoding(self, code: int) -> Iterator[int]:
        name = self._font.encoding.get(code, "")
        text = text_of_name(name)
        for table in self._tables:
            if table.is_unicode and text is not None and len(text) == 1:
                yield table.glyphs.get(ord(text), 0)
            elif table.platform == 1:
                yield table.glyphs.get(_mac_code(name), 0)
        yield from (glyph for glyph, own in self._names.items() if own == name)


class PostScriptProgram:
    """A CFF or Type 1 font, in a simple font or under CIDs."""

    def __init__(self, font: Font, data: bytes, key: str) -> None:
        """Read the font."""
        from extractors.readers.pdf.postscript import cff_font, type1_font

        self._font = font
        self._program = type1_font(data) if key == "FontFile" else cff_font(data)
        self._cid_map = _cid_map(font)

    def outline(self, code: int) -> Outline | None:
        """The contours drawn for a code."""
        return self._program.outline(self._name(code))

    def advance(self, code: int) -> float:
        """How far the pen moves, as the PDF states it."""
        return self._font.hdisp(code) * self._program.units_per_em

    def stated(self, code: int) -> Stated | None:
        """What the glyph's name says."""
        return stated_by_name(self._name(code))

    def _name(self, code: int) -> str:
        if not isinstance(self._font, CIDFont):
            return self._font.encoding.get(code, "")
        if self._program.is_cid_keyed:
            return f"cid{code:05d}"
        glyph = code if self._cid_map is None else int.from_bytes(self._cid_map[2 * code : 2 * code + 2], "big")
        return self._program.order[glyph] if glyph < len(self._program.order) else ""


def _cid_map(font: Font) -> bytes | None:
    spec: dict[str, Any] = getattr(font, "spec", {})
    stream = resolve1(spec.get("CIDToGIDMap"))
    return stream.buffer if isinstance(stream, ContentStream) else None


def _mac_code(name: str) -> int:
    return next((code for code, own in MAC_ROMAN_ENCODING.items() if own == name), -1)


def _texts_by_glyph(tables: list[CodeTable]) -> dict[int, str]:
    """Glyph → the character of its code points; Thai before the rest, then the lowest."""
    codes = sorted(
        (
            (not 0xE00 < code < 0xE80, code, glyph)
            for table in tables
            if table.is_unicode
            for code, glyph in table.glyphs.items()
        ),
        reverse=True,
    )
    texts = ((glyph, text_of_code(code)) for _, code, glyph in codes)
    return {glyph: text for glyph, text in texts if text is not None}
