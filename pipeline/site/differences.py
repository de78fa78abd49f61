"""Where two texts differ, word by word: Thai has no spaces between words, so a dictionary parts them."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from rapidfuzz.distance import Indel, Opcodes

from extractors.thai.known_words import thai_tokens
from extractors.thai.text import search_fold

# A longer text is parted at its blanks only: parting it into words would take longer than the page may.
_LONGEST_PARTED = 3000
_STRETCH = re.compile(r"(?P<thai>[\u0e01-\u0e2f\u0e30-\u0e3a\u0e40-\u0e4e]+)|[0-9๐-๙]+|[A-Za-z]+|\s+|.", re.DOTALL)


class Piece(NamedTuple):
    """A stretch of words that both texts have, each as printed there, or that stands in one of them only."""

    change: Literal["same", "del", "ins"]
    before: str
    after: str


def differences(before: str, after: str) -> tuple[Piece, ...]:
    """The two texts in pieces, in order; Thai and Arabic digits, case and white space make no difference."""
    if before == after:
        return (Piece("same", before, after),) if before else ()
    left, right = _words(before), _words(after)
    found = Indel.opcodes([_folded(word) for word in left], [_folded(word) for word in right])
    return tuple(_joined(list(_pieces(left, right, found))))


def _pieces(left: Sequence[str], right: Sequence[str], found: Opcodes) -> Iterator[Piece]:
    for code in found:
        gone, come = "".join(left[code.src_start : code.src_end]), "".join(right[code.dest_start : code.dest_end])
        if code.tag == "equal":
            yield Piece("same", gone, come)
        else:
            yield from (Piece("del", gone, ""),) if gone else ()
            yield from (Piece("ins", "", come),) if come else ()


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Changes that only a blank parts are one change: what was taken out, then what came in."""
    bridged = [
        piece.change == "same" and not piece.after.strip() and 0 < place < len(pieces) - 1
        for place, piece in enumerate(pieces)
    ]
    numbered = zip(pieces, bridged, strict=True)
    for same, group in groupby(numbered, key=lambda each: each[0].change == "same" and not each[1]):
        members = [piece for piece, _ in group]
        gone, come = "".join(piece.before for piece in members), "".join(piece.after for piece in members)
        if same:
            yield Piece("same", gone, come)
        else:
            yield from (Piece("del", gone, ""),) if gone else ()
            yield from (Piece("ins", "", come),) if come else ()


def _words(text: str) -> list[str]:
    if len(text) > _LONGEST_PARTED:
        return re.findall(r"\s+|\S+", text)
    return [
        word
        for stretch in _STRETCH.finditer(text)
        for word in (thai_tokens(stretch[0]) if stretch["thai"] else (stretch[0],))
    ]


def _folded(word: str) -> str:
    return search_fold(word) or " "
