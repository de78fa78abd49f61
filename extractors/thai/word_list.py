"""Known Thai words, found by their letters without marks: what a damaged stretch of text may have been.

Words: pythainlp's word list (62,106) and the names of provinces, districts and subdistricts in `schemas/facts`. How
common a word is comes from the Thai National Corpus (pythainlp's `tnc`, 33.5 million words).

Each part is loaded at its first use, once a process; the index by letters only for damaged text. All lie in sorted
tuples and arrays, for a process that reads a long file may take 200 MB: words and counts take 13 MB, the tokenizer's
index 2 MB, the index by letters 7 MB. As sets, dicts and pythainlp's `Trie` the same took 47, 60 and 27 MB (resident,
Linux, CPython 3.11).
"""

import csv
import io
import math
import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from extractors.thai.text import normalise

MARKS = "ัิีึืฺุู็่้๊๋์ํ๎"
NIKHAHIT = "ํ"
SARA_AA = "า"

_CLUSTER = re.compile(f".[{MARKS}]*")
_WORD = re.compile("[ก-๎]+")
_FACTS = ("provinces.csv", "districts.csv", "subdistricts.csv")
# Words that the corpus does not count are as costly as one met once in ten million words; place names a little less.
_UNCOUNTED_COST = 7.0
_PLACE_COST = 6.0
# One or two letters match by chance: without this, damaged words fall apart into initials and interjections.
_SHORT_COST = (2.5, 1.0)


@dataclass(frozen=True, slots=True)
class Word:
    """A word as letters with their marks; sara am counts as nikhahit and sara aa."""

    written: str
    letters: str
    marks: tuple[str, ...]
    cost: float


class WordIndex:
    """Words in their order, each with the place of the longest other one that it begins with.

    Of the words that a text begins with, the longest is the last word not behind the text in that order, or one that
    this word begins with; so all are found by one search and no table of beginnings is held.
    """

    __slots__ = ("_begins_with", "_words", "longest")

    def __init__(self, words: Iterable[str]) -> None:
        self._words = tuple(sorted(set(words)))
        self._begins_with = _beginnings(self._words)
        self.longest = max(map(len, self._words), default=0)

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)

    def __getitem__(self, place: int) -> str:
        return self._words[place]

    def __contains__(self, word: str) -> bool:
        return self.place_of(word) is not None

    def place_of(self, word: str) -> int | None:
        """The word's place in the order; none for a word that is not there."""
        place = bisect_left(self._words, word)
        return place if place < len(self._words) and self._words[place] == word else None

    def prefixes(self, text: str, start: int = 0) -> list[str]:
        """The words that stand at `start` of the text, the shortest first (the name is that of pythainlp's `Trie`)."""
        words, begins_with = self._words, self._begins_with
        place = bisect_right(words, text[start : start + self.longest]) - 1
        while place >= 0 and not text.startswith(words[place], start):
            place = begins_with[place]
        found: list[str] = []
        while place >= 0:
            found.append(words[place])
            place = begins_with[place]
        return found[::-1]


def _beginnings(words: tuple[str, ...]) -> "array[int]":
    """For each of the sorted words the place of the longest other one that it begins with, or -1."""
    places = array("i")
    begun: list[int] = []
    for place, word in enumerate(words):
        while begun and not word.startswith(words[begun[-1]]):
            begun.pop()
        places.append(begun[-1] if begun else -1)
        begun.append(place)
    return places


@dataclass(frozen=True, slots=True)
class WordList:
    """All known words, and how often the corpus has each; `total` counts all words of the corpus."""

    written: WordIndex
    counts: "array[int]"
    total: int


@dataclass(frozen=True, slots=True)
class _ByLetters:
    """The places of the words of the same letters, `order[starts[n]:starts[n + 1]]` for the letters at place n."""

    letters: WordIndex
    starts: "array[int]"
    order: "array[int]"


@cache
def word_list() -> WordList:
    """The known words, loaded at the first call."""
    written = WordIndex(word for word in (*_dictionary(), *_place_names()) if _is_plain(word))
    counts, total = _counts(written)
    return WordList(written, counts, total)


@cache
def dictionary_index() -> WordIndex:
    """The words of pythainlp's list alone, for its tokenizer."""
    return WordIndex(map(str.strip, _dictionary()))


def is_only_a_place(word: str) -> bool:
    """The word is a place's name and nothing else that pythainlp's list knows."""
    return word in _place_names() and word not in _dictionary()


def letters_beginning(text: str) -> list[str]:
    """The letters of known words that the text begins with, the shortest first."""
    return _by_letters().letters.prefixes(text)


def longest_letters() -> int:
    """How many letters the longest known word has."""
    return _by_letters().letters.longest


@lru_cache(maxsize=8192)
def words_with_letters(letters: str) -> tuple[Word, ...]:
    """The known words of exactly these letters, whatever their marks."""
    known = _by_letters()
    place = known.letters.place_of(letters)
    if place is None:
        return ()
    places = known.order[known.starts[place] : known.starts[place + 1]]
    return tuple(_word(word_list().written[place]) for place in places)


@cache
def _by_letters() -> _ByLetters:
    written = word_list().written
    letters = [_letters_of(word) for word in written]
    order = array("i", sorted(range(len(letters)), key=letters.__getitem__))
    starts = array("i", (at for at, place in enumerate(order) if not at or letters[place] != letters[order[at - 1]]))
    starts.append(len(order))
    return _ByLetters(WordIndex(letters), starts, order)


def _letters_of(word: str) -> str:
    """The word's letters; the word itself where it has no marks, so that none is held twice."""
    letters = without_marks(word)
    return word if letters == word else letters


def _word(written: str) -> Word:
    clusters = _CLUSTER.findall(written.replace("ำ", NIKHAHIT + SARA_AA))
    letters = "".join(cluster[0] for cluster in clusters)
    marks = tuple("".join(sorted(cluster[1:])) for cluster in clusters)
    return Word(written=written, letters=letters, marks=marks, cost=_cost(written, len(letters)))


def _cost(written: str, letters: int) -> float:
    count = times_met(written)
    cost = math.log10(word_list().total / count) if count else _UNCOUNTED_COST
    if written in _place_names():
        cost = min(cost, _PLACE_COST)
    return cost + (_SHORT_COST[letters - 1] if letters <= len(_SHORT_COST) else 0)


def _dictionary() -> frozenset[str]:
    from pythainlp.corpus import thai_words

    return thai_words()


def times_met(word: str) -> int:
    """How often the Thai National Corpus has the known word; 0 for others."""
    known = word_list()
    place = known.written.place_of(word)
    return 0 if place is None else known.counts[place]


def _counts(words: WordIndex) -> tuple["array[int]", int]:
    """How often the corpus has each of the words, and all of its words together.

    Read from pythainlp's file line by line: its `unigram_word_freqs` holds the lines of all 106,000 words for good.
    """
    counts = array("i", bytes(4 * len(words)))
    total = 0
    with (files("pythainlp.corpus") / "tnc_freq.txt").open(encoding="utf-8-sig") as lines:
        for line in lines:
            word, _, count = line.strip().partition("\t")
            if not count:  # the count of a blank
                continue
            total += int(count)
            place = words.place_of(word)
            if place is not None:
                counts[place] = int(count)
    return counts, total


@cache
def _place_names() -> frozenset[str]:
    return frozenset(normalise(row["name"]) for name in _FACTS for row in _rows(name) if _WORD.fullmatch(row["name"]))


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((files("schemas.facts") / name).read_text(encoding="utf-8"), newline="")))


_TAKE_OFF = str.maketrans({**dict.fromkeys(MARKS, ""), "ำ": SARA_AA})


def without_marks(word: str) -> str:
    """The word's letters; sara am is sara aa."""
    return word.translate(_TAKE_OFF)


def _is_plain(word: str) -> bool:
    return _WORD.fullmatch(word) is not None and word[0] not in MARKS
