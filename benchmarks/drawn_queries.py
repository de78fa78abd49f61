"""Queries drawn from texts, with the terms that they mean: for the truth of a search, and for its speed.

A query is 1 to 30 characters of a text on one line: unquoted, so that each of its words is a term, or quoted, as one
term; perhaps with the other kind of digits, or with a quote that has no partner and is a letter. What an unquoted query
would take as an operator is quoted.
"""

import random
import re
from collections.abc import Sequence
from typing import NamedTuple

LONGEST = 30
_OTHER_DIGITS = str.maketrans("0123456789๐๑๒๓๔๕๖๗๘๙", "๐๑๒๓๔๕๖๗๘๙0123456789")
_OPERATOR = re.compile(r"-|(office|year|หน่วยงาน|ปี):", re.IGNORECASE)


class DrawnQuery(NamedTuple):
    """A query, and the terms that all must stand in a text that it finds."""

    text: str
    terms: tuple[str, ...]


def draw_query(chance: random.Random, texts: Sequence[str]) -> DrawnQuery:
    """A query out of one of the texts, which are not all blank."""
    while True:
        text = chance.choice(texts)
        start = chance.randrange(len(text)) if text else 0
        cut = " ".join(text[start : start + chance.randint(1, LONGEST)].replace('"', " ").split())
        if cut:
            break
    if chance.random() < 0.3:
        cut = cut.translate(_OTHER_DIGITS)
    if chance.random() < 0.4:
        return DrawnQuery(f'"{cut}"', (cut,))
    words = cut.split()
    if chance.random() < 0.1:
        place = chance.randrange(len(words))
        words[place] += '"'
        return DrawnQuery(" ".join(words), tuple(words)) if not any(map(_OPERATOR.match, words)) else _quoted(words)
    return _quoted(words)


def _quoted(words: Sequence[str]) -> DrawnQuery:
    """The words, those in quotes that would be operators; a quote within a word is left out."""
    plain = [word.replace('"', "") or "-" for word in words]
    shown = (f'"{word}"' if _OPERATOR.match(word) else word for word in plain)
    return DrawnQuery(" ".join(shown), tuple(plain))
