"""The fonts under given folders, and the text that each glyph of a font stands for. Used by the other tools here.

A glyph's text comes from the font's cmap (private Thai code points put right), else from its name, else from the glyph
of which it is a substitute (GSUB, one for one). Fonts whose licence does not let them be passed on are left out.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from fontTools.ttLib import TTFont

from extractors.readers.pdf.glyph_names import text_of_code, text_of_name
from extractors.readers.pdf.outlines import Outline
from extractors.readers.pdf.postscript import PostScriptFont, cff_font
from extractors.readers.pdf.sfnt import Damaged, Sfnt

_THAI = range(0x0E01, 0x0E5C)
_LATIN = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0xC0), 0xD7, 0xF7]
_MARKS = "–—‘’‚“”„†‡•…‰′″‹›€™−√≈≠≤≥■□▪▫▲►▼◄○●★☆☐☑☒✓✔✗✘❑❖➢→←↑↓⇒"
WANTED = frozenset(map(chr, [*_THAI, *_LATIN])) | frozenset(_MARKS)
"""The characters of the table: what Thai office papers are written in."""
_PROPRIETARY = ("EULA", "Microsoft supplied font", "Monotype")
_SIGNS_FOR_LETTERS = ("D050000L", "Standard Symbols PS")
"""Families that draw signs at the code points of letters."""


_STYLES = ("Regular", "Book", "Roman", "Bold", "Italic", "Bold Italic", "Oblique", "Bold Oblique")


class Source(NamedTuple):
    """A font file with the names of its family and its style."""

    path: Path
    family: str
    style: str

    @property
    def is_usual(self) -> bool:
        """Whether the style is one of the four that office programs offer."""
        return self.style.replace("BoldItalic", "Bold Italic").replace("BoldOblique", "Bold Oblique") in _STYLES


class Glyph(NamedTuple):
    """A glyph that stands for a wanted character."""

    text: str
    outline: Outline
    advance: float
    encoded: bool


def font_sources(folders: list[Path]) -> list[Source]:
    """The free fonts with Thai or Latin letters under the folders, each bytes once, in order of their names."""
    paths = sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in (".ttf", ".otf"))
    seen: set[bytes] = set()
    found = []
    for path in paths:
        data = path.read_bytes()
        if data not in seen and (names := _free_names(path)):
            seen.add(data)
            found.append(Source(path, *names))
    return found


def glyphs_of(source: Source) -> Iterator[Glyph]:
    """The glyphs of a font that stand for wanted characters."""
    data = source.path.read_bytes()
    sfnt = Sfnt(data)
    outline_of = sfnt.outline if sfnt.compact is None else _outlines_of(cff_font(sfnt.compact))
    for glyph, (text, encoded) in sorted(_texts(source.path).items()):
        try:
            outline = outline_of(glyph)
        except Damaged:
            continue
        if text in WANTED and not outline.is_blank:
            yield Glyph(text, outline, sfnt.advance(glyph), encoded)


def _outlines_of(font: PostScriptFont) -> Callable[[int], Outline]:
    return lambda glyph: font.outline(font.order[glyph]) or Outline((), font.units_per_em)


def _free_names(path: Path) -> tuple[str, str] | None:
    font = TTFont(path, lazy=True)
    names = " ".join(str(font["name"].getDebugName(number) or "") for number in (0, 7, 13))
    codes = font.getBestCmap() or {}
    if any(word in names for word in _PROPRIETARY) or not {0x41, 0x0E01} & codes.keys():
        return None
    family, style = (
        font["name"].getDebugName(more) or font["name"].getDebugName(old) for more, old in ((16, 1), (17, 2))
    )
    return None if family in _SIGNS_FOR_LETTERS else (str(family), str(style))


def _texts(path: Path) -> dict[int, tuple[str, bool]]:
    """Glyph number → its text, and whether a code point of its own says so."""
    font = TTFont(path, lazy=True)
    order = {name: number for number, name in enumerate(font.getGlyphOrder())}
    texts: dict[int, tuple[str, bool]] = {}
    for code, name in sorted((font.getBestCmap() or {}).items(), key=lambda item: (item[0] not in _THAI, item[0])):
        if text := text_of_code(code):
            texts.setdefault(order[name], (text, True))
    for name, number in order.items():
        if number not in texts and (text := text_of_name(name)):
            texts[number] = (text, False)
    for name, base in _substitutes(font):
        if name in order and order[name] not in texts and order.get(base) in texts:
            texts[order[name]] = (texts[order[base]][0], False)
    return texts


def _substitutes(font: TTFont) -> Iterator[tuple[str, str]]:
    if "GSUB" not in font or font["GSUB"].table.LookupList is None:
        return
    tables = [table for lookup in font["GSUB"].table.LookupList.Lookup for table in lookup.SubTable]
    for table in (_unwrapped(table) for table in tables):
        for base, name in getattr(table, "mapping", {}).items():
            if isinstance(name, str):
                yield name, base


def _unwrapped(table: Any) -> Any:
    return getattr(table, "ExtSubTable", table)
