"""Thai glyphs that fonts keep in Unicode's private use area, and the letters they draw.

A mark has several glyphs, raised, lowered or moved left to suit its consonant, and old fonts give those glyphs code
points of their own; programs that write PDF pass these on as text. Three tables are in use: Windows' (U+F700–F71A,
Adobe's glyph list and Microsoft's Thai fonts), its extension by the fonts of the Thai Linux Working Group
(U+F71B–F720, glyph names of Laksaman and its kin) and Apple's (U+F884–F89E).
"""

import re

_WINDOWS = "ฐิีึื่้๊๋์่้๊๋์ญัํ็่้๊๋์ฺุู"
_LINUX = "ฎฏฬํ็๎"
_APPLE = "ัิีึื็่่่้้้๊๊๊๋๋๋์์์ํญฺุูฐ"

_LETTERS: dict[int, str] = {
    **dict(enumerate(_WINDOWS + _LINUX, start=0xF700)),
    **dict(enumerate(_APPLE, start=0xF884)),
}
_PRIVATE = re.compile("[\uf700-\uf720\uf884-\uf89e]")


def letters_for_private_use(text: str) -> tuple[str, int]:
    """The text with private-use glyphs as the letters they draw, and how many there were."""
    count = len(_PRIVATE.findall(text))
    return (text.translate(_LETTERS), count) if count else (text, 0)
