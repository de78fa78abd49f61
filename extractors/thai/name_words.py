"""The words of a name: how a stretch of Thai is cut into them, which are in the dictionary, which end a name."""

from functools import lru_cache
from typing import TYPE_CHECKING, cast

from pythainlp.corpus import thai_stopwords, thai_words
from pythainlp.tokenize import word_tokenize

from extractors.thai.word_list import dictionary_index
from schemas.offices import NameLimits

if TYPE_CHECKING:
    from pythainlp.util import Trie


@lru_cache(maxsize=4096)
def words(stretch: str) -> tuple[str, ...]:
    """The words of a stretch of Thai text without blanks."""
    return tuple(word_tokenize(stretch, custom_dict=cast("Trie", dictionary_index()), engine="newmm"))


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
