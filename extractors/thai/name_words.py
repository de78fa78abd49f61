"""The words of a name: how a stretch of Thai is cut into them, which are in the dictionary, which end a name."""

from functools import lru_cache

from pythainlp.corpus import thai_stopwords, thai_words
from pythainlp.tokenize import word_tokenize

from schemas.offices import NameLimits


def words(stretch: str) -> list[str]:
    """The words of a stretch of Thai text without blanks."""
    tokens: list[str] = word_tokenize(stretch, engine="newmm")
    return tokens


def is_limit(word: str, limits: NameLimits) -> bool:
    """The word stands in no proper name, nor does one that begins like it."""
    return is_limit_word(word, limits) or word.startswith(limits.begins)


def is_limit_word(word: str, limits: NameLimits) -> bool:
    """The word itself stands in no proper name."""
    return word in limits.ends or (word in _stop_words() and word not in limits.inside)


def is_thai_word(word: str) -> bool:
    """The word is in the dictionary."""
    return word in _dictionary()


@lru_cache(maxsize=1)
def _stop_words() -> frozenset[str]:
    return frozenset(thai_stopwords())


@lru_cache(maxsize=1)
def _dictionary() -> frozenset[str]:
    return frozenset(thai_words())
