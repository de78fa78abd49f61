"""A font's codes: the string of a text object as codes, the text that the file states for each, and advances."""

from collections.abc import Iterator
from typing import NamedTuple

from playa.font import CIDFont, Font, SimpleFont

_CACHED_BYTES = 8
"""Strings up to this length are remembered: Chromium and Word write a few glyphs a string, and the same ones again."""
_MAX_CACHED = 20_000


class Coded(NamedTuple):
    """A code of a font, the text that the file states for it («» for none), and its advance in ems."""

    code: int
    text: str
    advance: float


class CodedFont:
    """A font, with what was looked up in it so far; `seen` has every code that was shown, by itself."""

    def __init__(self, font: Font) -> None:
        self.font = font
        self.seen: dict[int, Coded] = {}
        self.is_bold = "bold" in font.fontname.lower()
        self._known: dict[bytes, tuple[Coded, ...]] = {}

    def codes(self, data: bytes) -> tuple[Coded, ...]:
        """The glyphs of a string as the content stream shows it."""
        known = self._known.get(data)
        if known is None:
            known = tuple(self._decode(data))
            self.seen.update((coded.code, coded) for coded in known)
            if len(data) <= _CACHED_BYTES and len(self._known) < _MAX_CACHED:
                self._known[data] = known
        return known

    def _decode(self, data: bytes) -> Iterator[Coded]:
        font = self.font
        if isinstance(font, CIDFont):
            for raw, cid in font.cmap.decode(data):
                yield Coded(cid, _stated_for_cid(font, raw, cid), font.hdisp(cid))
        else:
            for code in data:
                yield Coded(code, _stated_for_byte(font, code), font.hdisp(code))


def _stated_for_cid(font: CIDFont, raw: bytes, cid: int) -> str:
    if font.tounicode is not None:
        return font.tounicode.bytes2unicode.get(raw, "")
    return font.unicode_map.get_unichr(cid) if font.unicode_map is not None else ""


def _stated_for_byte(font: Font, code: int) -> str:
    raw = bytes((code,))
    if not isinstance(font, SimpleFont):
        return "".join(text for _, text in font.decode(raw))
    if font.tounicode is not None and raw in font.tounicode.bytes2unicode:
        return font.tounicode.bytes2unicode[raw]
    return font._cid2unicode.get(code, "")


def states_text(font: Font) -> bool:
    """Whether the file says in so many words which characters the font's codes stand for (a ToUnicode map)."""
    return "ToUnicode" in getattr(font, "spec", {}) or getattr(font, "tounicode", None) is not None


class DocumentFonts:
    """The fonts of a document, each with an ordinal by which glyphs refer to it."""

    def __init__(self) -> None:
        self._fonts: list[CodedFont] = []
        self._ordinals: dict[int, int] = {}

    def ordinal(self, font: Font) -> int:
        """The ordinal of a font; a font met for the first time is added."""
        known = self._ordinals.get(id(font))
        if known is None:
            known = self._ordinals[id(font)] = len(self._fonts)
            self._fonts.append(CodedFont(font))
        return known

    def __getitem__(self, ordinal: int) -> CodedFont:
        return self._fonts[ordinal]

    def __len__(self) -> int:
        return len(self._fonts)
