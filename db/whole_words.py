"""Whole words: whether a term begins and ends where words do.

Thai is written without spaces between words. Where they are is what pythainlp's newmm says of the letters between two
blanks: แพร่ is a word of «จังหวัดแพร่» and none of «เผยแพร่».
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from pythainlp.tokenize import word_tokenize

_BLANKS = " \n"


def all_stand_whole(text: str, terms: Iterable[str]) -> bool:
    """Whether every one of the folded terms stands in a folded text as whole words."""
    return all(stands_whole(text, term) for term in terms)


def stands_whole(text: str, term: str) -> bool:
    """Whether a folded term stands in a folded text as one or more whole words, anywhere."""
    return any(_is_whole(text, place, place + len(term)) for place in _places(text, term))


def word_places(line: str) -> tuple[int, ...]:
    """Where words begin in a line, and where the last of them ends; a blank is a word."""
    return (*sorted(_boundaries(line)), len(line))


def _places(text: str, term: str) -> Iterator[int]:
    place = text.find(term)
    while place >= 0:
        yield place
        place = text.find(term, place + 1)


def _is_whole(text: str, start: int, end: int) -> bool:
    return _is_boundary(text, start) and _is_boundary(text, end)


def _is_boundary(text: str, place: int) -> bool:
    if place in (0, len(text)) or text[place] in _BLANKS or text[place - 1] in _BLANKS:
        return True
    begin = max(text.rfind(blank, 0, place) for blank in _BLANKS) + 1
    ends = [end for blank in _BLANKS if (end := text.find(blank, place)) >= 0]
    return place - begin in _boundaries(text[begin : min(ends, default=len(text))])


@lru_cache(maxsize=50_000)
def _boundaries(letters: str) -> frozenset[int]:
    """Where words begin in letters without blanks."""
    places, place = [], 0
    for word in word_tokenize(letters, engine="newmm"):
        places.append(place)
        place += len(word)
    return frozenset(places)
