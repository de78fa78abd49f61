"""Characters from a font's glyph names and code points.

Source of the names: Adobe Glyph List Specification; the list itself comes with playa-pdf.
"""

import re
from typing import NamedTuple

from playa.glyphlist import glyphname2unicode

from extractors.thai.private_use import letters_for_private_use

_HEXADECIMAL = re.compile("uni((?:[0-9A-Fa-f]{4})+)|u([0-9A-Fa-f]{4,6})")
_MAX_NAME = 64


class Stated(NamedTuple):
    """What a font itself says that a glyph stands for, and whether the glyph's name says so or a code point."""

    text: str
    by_name: bool


def stated_by_name(name: str) -> Stated | None:
    """What a glyph's name says, if anything (see `text_of_name`)."""
    text = text_of_name(name)
    return None if text is None else Stated(text, by_name=True)


def text_of_code(code: int) -> str | None:
    """The character of a Unicode code point, Thai private ones put right; None for what is no printed character."""
    text, _ = letters_for_private_use(chr(code) if 0 <= code < 0x110000 else "")
    return text if text and text.isprintable() else None


def text_of_name(name: str) -> str | None:
    """The characters that a glyph's name says (uni0E48.low, maiek, f_i); None for a mere number (g123, cid45)."""
    stem = name[:_MAX_NAME].partition(".")[0]
    parts = [_of_part(part) for part in stem.split("_")] if stem else []
    return "".join(part for part in parts if part) if parts and all(parts) else None


def _of_part(part: str) -> str | None:
    if match := _HEXADECIMAL.fullmatch(part):
        digits = match[1] or match[2]
        codes = [digits[i : i + 4] for i in range(0, len(digits), 4)] if match[1] else [digits]
        texts = [text_of_code(int(code, 16)) for code in codes]
        return "".join(text for text in texts if text) if all(texts) else None
    # The list names Thai characters «kokaithai»; TLWG's fonts say «kokai».
    known = glyphname2unicode.get(part) or glyphname2unicode.get(part + "thai")
    return "".join(text_of_code(ord(character)) or "" for character in known) or None if known else None
