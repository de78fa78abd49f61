"""Damaged stretches of Thai put right by the words they must have been; stretches of known words stay as they are.

What is looked at: in a document that is known to be damaged, or a string that stands alone, each stretch; else only
stretches with a sign of damage (`has_sign`), a spelling that no Thai syllable can have. What is changed: only stretches
that as read are no run of known words, or where the document's own damage says that such runs deceive («สา นัก งาน»).
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, zip_longest
from operator import itemgetter
from typing import Literal

from extractors.thai.known_words import is_run_of_known_words
from extractors.thai.mark_damage import MAI_THO, SARA_AM, UNKNOWN_MARK, MarkDamage, costs_where, take_marks_off
from extractors.thai.misplaced_marks import Piece, Stretch, cheapest_reading
from extractors.thai.word_list import MARKS, NIKHAHIT, SARA_AA, is_only_a_place, times_met

WordDamage = Literal[MarkDamage, "letter-spaced"]

_MARK = "[ัิ-ฺ็-๎]"
_THAI = re.compile("[ก-ฺเ-๎](?:[ก-ฺเ-๎\ufffd ]|\\(cid:[0-9]+\\))*")
_UNREAD = re.compile("\\(cid:[0-9]+\\)|\ufffd")
_NIKHAHIT_AA = re.compile("([่-๋]?)ํ([่-๋]?)า")
_VOWEL_AFTER_BLANK = re.compile("[ก-ฮ][่-๋]? +[่-๋]?[ะา]")
# No damage known heaps so many marks on a letter; and the search takes time by the square of the heap.
_TOO_MANY_MARKS = re.compile("[ัิ-ฺ็-๎\ufffd]{8}")
_CHUNK = re.compile("[^ ]+")

# Spellings that no Thai syllable has. Any of them may be a slip of the writer's: the words decide.
_SIGN = re.compile(
    f"[ะาำเแโใไๅๆฯ]{_MARK}"  # a mark on a letter that bears none
    f"|[ัิ-ู็ํ][่-๋]?[ัิ-ู็ําำะ]"  # two vowels on one consonant
    f"|[่-๋]{{2}}|({_MARK})\\1"  # two tone marks, a mark twice
    "|[ัื](?![ก-ฮ่-๋])|[ัื][่-๋](?![ก-ฮ])"  # vowels that want a consonant behind them
    "|ั[ก-ฮ](?:[ัาำะ]|[ิ-ู]?[่-๋])(?<!ัวะ)"  # mai han-akat whose consonant begins a syllable of its own
    "|์[ะาำัิ-ู็่-๋]"  # a silent consonant with a vowel
    "|เ[ก-ฮ]{1,2}(?:ยี|อื)"  # the vowels of «เรียน» and «เมือง», on the letter behind theirs
    "|[ก-ฮ][่-๋]? +[าะำ]|[ก-ฮ] +[ัิ-ฺ็-๎]|^[ะาำ]"  # a vowel or mark behind a blank
    "|[\ufffd]|\\(cid:"
)


# A shorter or rarer word may fit a proper name by chance; where the print is impossible it may be shorter.
_FEWEST_LETTERS = 3
_FEWEST_LETTERS_SIGNED = 2
_FEWEST_LETTERS_UNSEEN = 4
_FEWEST_MET = 50
_COMMON = 3000
_FEWEST_LETTERS_UNMET = 5
_REPEATED = 3
# Damage that leaves no sign, so that a run of known words may hide it («สา นัก งาน»), and the letters it leaves.
_UNSEEN: dict[WordDamage, str] = {
    "lost-sara-am": SARA_AA,
    "mai-tho-for-nikhahit": MAI_THO + SARA_AA,
    "sara-am-for-sara-aa": SARA_AM,
}
_FEWEST_SPACED = 4
_SPACED_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class WordRepair:
    """A text put right, with the kinds of damage met, one entry each."""

    text: str
    damage: tuple[WordDamage, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """How a text is looked at: whether stretches without a sign are, and which damage the document is full of."""

    look_everywhere: bool
    systematic: frozenset[WordDamage]


def has_sign(text: str) -> bool:
    """The text has a spelling that no Thai syllable has."""
    return _SIGN.search(text) is not None


def repair_by_words(text: str, policy: Policy) -> WordRepair:
    """The text with its damaged stretches put right."""
    parts: list[str] = []
    damage: tuple[WordDamage, ...] = ()
    last = 0
    for found in _THAI.finditer(text):
        stretch = found[0].rstrip(" ")
        if not policy.look_everywhere and not has_sign(stretch):
            continue
        repaired = _repair_stretch(stretch, policy)
        parts += [text[last : found.start()], repaired.text]
        damage += repaired.damage
        last = found.start() + len(stretch)
    return WordRepair("".join(parts) + text[last:], damage) if damage else WordRepair(text, ())


def _repair_stretch(text: str, policy: Policy) -> WordRepair:
    """Region by region: unknown parts between blanks, with their neighbours, into which a word may go on."""
    parts: list[str] = []
    damage: tuple[WordDamage, ...] = ()
    last = 0
    for start, end in _regions(text, policy):
        repaired = _repair_region(text[start:end], policy)
        parts += [text[last:start], repaired.text]
        damage += repaired.damage
        last = end
    return WordRepair("".join(parts) + text[last:], damage)


def _regions(text: str, policy: Policy) -> Iterator[tuple[int, int]]:
    chunks = [found.span() for found in _CHUNK.finditer(text)]
    doubtful = [_is_doubtful(text[start:end], policy) for start, end in chunks]
    near = [any(doubtful[max(0, place - 1) : place + 2]) for place in range(len(chunks))]
    for inside, group in groupby(zip(near, chunks, strict=True), key=itemgetter(0)):
        if inside:
            spans = [span for _, span in group]
            yield spans[0][0], spans[-1][1]


def _is_doubtful(chunk: str, policy: Policy) -> bool:
    deceives = any(letters in chunk for kind, letters in _UNSEEN.items() if kind in policy.systematic)
    return deceives or not is_run_of_known_words(chunk)


@lru_cache(maxsize=4096)
def _repair_region(text: str, policy: Policy) -> WordRepair:
    if _TOO_MANY_MARKS.search(text):
        return WordRepair(text, ())
    stretch = _stretch(text)
    expected: frozenset[WordDamage] = policy.systematic | ({"letter-spaced"} if stretch.letter_spaced else frozenset())
    pieces = cheapest_reading(stretch, costs_where(expected))
    repeated = expected | {kind for kind, count in Counter(_damage(pieces)).items() if count >= _REPEATED}
    if repeated != expected:
        pieces = cheapest_reading(stretch, costs_where(repeated))
    written = _written(stretch, pieces)
    if written == text or UNKNOWN_MARK in written or not _is_repair(text, stretch, pieces, repeated):
        return WordRepair(text, ())
    return WordRepair(written, _damage(pieces) or ("letter-spaced",))


def _damage(pieces: tuple[Piece, ...]) -> tuple[MarkDamage, ...]:
    return tuple(kind for piece in pieces for kind in piece.damage)


def _is_repair(text: str, stretch: Stretch, pieces: tuple[Piece, ...], expected: frozenset[WordDamage]) -> bool:
    signed = has_sign(text)
    if not _damage(pieces) and not stretch.letter_spaced and not _VOWEL_AFTER_BLANK.search(text):
        return False
    return all(_is_believable(piece, signed, expected) for piece in pieces)


def _is_believable(piece: Piece, signed: bool, expected: frozenset[WordDamage]) -> bool:
    """What the document or the region does again and again is believed; else the word must be long enough."""
    unexpected = [kind for kind in piece.damage if kind not in expected and kind != "doubled-mark"]
    if not unexpected or not piece.is_word:
        return True
    letters = piece.end - piece.start
    if signed:
        is_common = times_met(piece.written) >= _COMMON and "unread-mark" not in unexpected
        return letters >= _FEWEST_LETTERS_SIGNED or is_common
    unseen = any(kind in _UNSEEN for kind in unexpected)
    fewest = _FEWEST_LETTERS_UNSEEN if unseen else _FEWEST_LETTERS
    return letters >= fewest and (times_met(piece.written) >= _FEWEST_MET or _is_long_word(piece.written, letters))


def _is_long_word(written: str, letters: int) -> bool:
    return letters >= _FEWEST_LETTERS_UNMET and not is_only_a_place(written)


def _stretch(text: str) -> Stretch:
    bare = text.replace(" ", "")
    letters, marks = take_marks_off(_UNREAD.sub(UNKNOWN_MARK, bare))
    gaps: list[int] = []
    for sign in _UNREAD.sub(UNKNOWN_MARK, text).replace(SARA_AM, NIKHAHIT + SARA_AA):
        if sign == " ":
            gaps[-1] += 1
        elif not gaps or sign not in MARKS + UNKNOWN_MARK:
            gaps.append(0)
    return Stretch(letters, marks, tuple(gaps), _is_letter_spaced(letters, gaps))


def _is_letter_spaced(letters: str, gaps: list[int]) -> bool:
    return len(letters) >= _FEWEST_SPACED and sum(map(bool, gaps)) > len(letters) * _SPACED_SHARE


def _written(stretch: Stretch, pieces: tuple[Piece, ...]) -> str:
    """The pieces with the blanks between them, but for blanks that the damage left."""
    written: list[str] = []
    for piece, following in zip_longest(pieces, pieces[1:]):
        written.append(piece.written)
        gap = stretch.gaps[piece.end - 1]
        if following is not None and not _is_gap_of_damage(stretch, piece, following):
            written.append(" " * gap)
    return _NIKHAHIT_AA.sub("\\1\\2ำ", "".join(written))


def _is_gap_of_damage(stretch: Stretch, piece: Piece, following: Piece) -> bool:
    gap = stretch.gaps[piece.end - 1]
    before_aa = stretch.letters[piece.end] == SARA_AA
    return before_aa or (gap == 1 and (stretch.letter_spaced or piece.late))
