"""Which parts of a Thai text are words of the dictionary."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from extractors.thai.word_list import dictionary_index, times_met, without_marks, word_list

if TYPE_CHECKING:
    from pythainlp.util import Trie

_SIGNS = re.compile("[ๆฯ]+")


# The list has many abbreviations and interjections; damaged text falls apart into them («กร มก จิ การ»). A word of one
# or two letters counts only if the corpus has it this often (of 33.5 million words).
_SHORT = 2
# Longer stretches are cut in windows: on ambiguous ones, looking at all at once takes time out of proportion.
_LONGEST_WHOLE = 300
_FEWEST_MET = 3000


@lru_cache(maxsize=16384)
def thai_tokens(stretch: str) -> tuple[str, ...]:
    """The words of a stretch of Thai letters without blanks (longest matching, pythainlp's newmm).

    newmm asks its dictionary only for the words at a place. pythainlp's own `Trie` takes 60 MB, the index 2 MB.
    """
    from pythainlp.tokenize import word_tokenize

    engine = "newmm" if len(stretch) <= _LONGEST_WHOLE else "newmm-safe"
    return tuple(word_tokenize(stretch, custom_dict=cast("Trie", dictionary_index()), engine=engine))


def is_run_of_known_words(stretch: str) -> bool:
    """The stretch is a word, or falls into known words without a rest."""
    return stretch in word_list().written or all(map(_is_known, thai_tokens(stretch)))


def known_letters(stretch: str) -> int:
    """How many of the stretch's characters belong to known words."""
    return sum(len(token) for token in thai_tokens(stretch) if _is_known(token))


@lru_cache(maxsize=16384)
def _is_known(token: str) -> bool:
    if _SIGNS.fullmatch(token):
        return True
    if token not in word_list().written:
        return False
    return len(without_marks(token)) > _SHORT or times_met(token) >= _FEWEST_MET
