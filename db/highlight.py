"""Where a query's terms stand in a text as it is written, for marking hits on a page or in a terminal."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from db.query import fold_text, query_terms
from schemas.base import Record

# A piece folds apart from its neighbours: white space, or a character with what may join it (marks, sara aa and sara
# am, invisible characters; เเ, which folds to แ).
_PIECE = re.compile("\\s+|เ+|[^\\s][\u0300-\u036f\u0e31-\u0e3a\u0e47-\u0e4e\u00ad\u200b-\u200f\u2060\ufeff]*")
# Vowels and tone marks that belong to the letter before them, and vowels that belong to the letter after them.
_MARKS = frozenset(map(chr, (*range(0x300, 0x370), *range(0xE31, 0xE3B), *range(0xE47, 0xE4F))))
_LEADING = frozenset("เแโใไ")


class Segment(Record):
    """A part of a text, and whether a term stands there."""

    text: str
    hit: bool


def highlight(text: str, query: str) -> tuple[Segment, ...]:
    """The text in parts; together they are the text. A sign that folds with a hit's signs is marked with them."""
    return _segments(text, _marked(text, query_terms(query)))


def excerpt(text: str, query: str, length: int = 160) -> tuple[Segment, ...]:
    """About `length` characters of the text on one line, with the first hit in them, marked; … where text was cut."""
    line = " ".join(text.split())
    marked = _marked(line, query_terms(query))
    before = marked.index(True) if True in marked else 0
    around = max(0, min(before - length // 4, len(line) - length))
    start = cut_place(line, around)
    end = cut_place(line, min(len(line), max(start, around) + length))
    head, tail = "…" * (start > 0), "…" * (end < len(line))
    return _segments(head + line[start:end] + tail, [*[False] * len(head), *marked[start:end], *[False] * len(tail)])


def cut_place(text: str, place: int) -> int:
    """The place, or one near it, where the text can be cut: no mark is parted from its letter, nor a leading vowel."""
    while place < len(text) and text[place] in _MARKS:
        place += 1
    if place < len(text) and place > 0 and text[place - 1] in _LEADING:
        place -= 2 if text[max(0, place - 2) : place] == "เเ" else 1
    return place


def _segments(text: str, marked: Sequence[bool]) -> tuple[Segment, ...]:
    return tuple(
        Segment(text="".join(text[place] for place in places), hit=hit)
        for hit, places in groupby(range(len(text)), marked.__getitem__)
    )


def _marked(text: str, terms: tuple[str, ...]) -> list[bool]:
    marked = [False] * len(text)
    if not terms:
        return marked
    folded, spans = _folded_with_spans(text)
    for term in terms:
        for place in _places(folded, term):
            start, end = spans[place][0], spans[place + len(term) - 1][1]
            marked[start:end] = [True] * (end - start)
    return marked


def _places(folded: str, term: str) -> Iterator[int]:
    place = folded.find(term)
    while place >= 0:
        yield place
        place = folded.find(term, place + 1)


def _folded_with_spans(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The folded text, and for each of its characters the span of the text (start, end) that it stands for."""
    characters: list[str] = []
    spans: list[tuple[int, int]] = []
    for piece in _PIECE.finditer(text):
        folded = _fold_piece(piece[0])
        if not folded or (folded == " " and characters[-1:] in ([], [" "])):
            continue
        characters.append(folded)
        spans.extend(_piece_spans(piece, folded))
    joined = "".join(characters).rstrip(" ")
    if joined == (whole := fold_text(text)):
        return joined, spans[: len(joined)]
    # Rare scripts whose letters join over pieces: the whole text is one piece.
    return whole, [(0, len(text))] * len(whole)


def _piece_spans(piece: re.Match[str], folded: str) -> list[tuple[int, int]]:
    start, end = piece.span()
    if folded == "".join(map(_fold_piece, piece[0])):
        lengths = [len(_fold_piece(sign)) for sign in piece[0]]
        return [(start + at, start + at + 1) for at, length in enumerate(lengths) for _ in range(length)]
    return [(start, end)] * len(folded)


@lru_cache(maxsize=20_000)
def _fold_piece(piece: str) -> str:
    return " " if piece.isspace() else fold_text(piece)
