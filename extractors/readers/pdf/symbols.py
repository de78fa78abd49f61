"""Fonts of signs (Symbol, Wingdings): their glyphs are boxes, ticks and bullets, not the letters of their codes.

Source: Unicode's mapping tables for Symbol and the annotations of the Wingdings characters added in Unicode 7.
"""

import csv
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from extractors.readers.pdf.fonts import Coded

_NAME = re.compile("[^a-z0-9]")


def is_symbol_font(fontname: str) -> bool:
    """Whether a font of this name draws signs instead of letters."""
    return _family(fontname) in _signs()


def sign_of(fontname: str, coded: Coded) -> str | None:
    """The sign that a code of a symbol font draws; None for another font, or a sign that is not listed."""
    private = len(coded.text) == 1 and "\uf000" <= coded.text <= "\uf0ff"
    code = ord(coded.text) & 0xFF if private else coded.code
    return _signs().get(_family(fontname), {}).get(code)


def _family(fontname: str) -> str:
    """«BCEBEE+Wingdings2» and «Wingdings-Regular» by their family."""
    return _NAME.sub("", fontname.rpartition("+")[2].lower()).removesuffix("regular").removesuffix("mt")


@cache
def _signs() -> Mapping[str, Mapping[int, str]]:
    text = (files(__package__) / "data" / "symbols.csv").read_text(encoding="utf-8")
    signs: dict[str, dict[int, str]] = {}
    for row in csv.DictReader(text.splitlines()):
        signs.setdefault(row["font"], {})[int(row["code"], 16)] = row["character"]
    return signs
