"""What can happen to the marks of one Thai letter on the way through a PDF, and how likely it is held to be."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, NamedTuple

from extractors.thai.word_list import MARKS, NIKHAHIT

MarkDamage = Literal[
    "displaced-mark",
    "unread-mark",
    "doubled-mark",
    "blank-for-mark",
    "mai-tho-for-nikhahit",
    "lost-sara-am",
    "sara-am-for-sara-aa",
]

UNKNOWN_MARK = "\ufffd"
SARA_AM = "ำ"
MAI_THO = "้"
CONSONANTS = frozenset("กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮฤฦ")
_TONES = frozenset("่้๊๋")
_VOWEL_MARKS = frozenset("ัิีึืฺุู็ํ")
# The order in which the marks of a letter are written: vowel, nikhahit, tone mark or thanthakhat.
_RANK = {**dict.fromkeys("ัิีึืฺุู็", 1), NIKHAHIT: 2}


@dataclass(frozen=True, slots=True)
class Costs:
    """The cost of each kind of damage, on the scale of word costs: powers of ten of how rare it is held to be."""

    displaced: float = 3.0
    am_lost: float = 5.0
    am_added: float = 5.0
    mai_tho: float = 5.0
    doubled: float = 2.0
    blank_for_vowel: float = 3.0
    gap: float = 8.0


USUAL = Costs()
_EXPECTED = 1.5
_LETTER_SPACED_GAP = 0.3


@lru_cache(maxsize=64)
def costs_where(expected: frozenset[str]) -> Costs:
    """The costs where these kinds of damage are known to be frequent."""
    return replace(
        USUAL,
        displaced=_EXPECTED if "displaced-mark" in expected else USUAL.displaced,
        am_lost=_EXPECTED if "lost-sara-am" in expected else USUAL.am_lost,
        am_added=_EXPECTED if "sara-am-for-sara-aa" in expected else USUAL.am_added,
        mai_tho=_EXPECTED if "mai-tho-for-nikhahit" in expected else USUAL.mai_tho,
        gap=_LETTER_SPACED_GAP if "letter-spaced" in expected else USUAL.gap,
    )


class Explained(NamedTuple):
    """How a letter's marks came to be read as they were: marks that come with the next letter, cost, damage."""

    pending: str
    cost: float
    damage: tuple[MarkDamage, ...]


class _Fault(NamedTuple):
    """One mark that is missing, with what of it is read here and what later; or one too many."""

    kind: MarkDamage
    cost: float
    instead: str = ""
    later: str = ""


# A mark that is there but unread is almost surely the one the word wants; so is nikhahit where a blank stands for it.
_SIGNED_COST = 0.5
_SURPLUS_COST = 1.5


@lru_cache(maxsize=65536)
def explain_marks(costs: Costs, read: str, pending: str, marks: str, following: str, blank: str) -> Explained | None:
    """How a letter with `marks` came to be read with `read`; nothing if it cannot have.

    `pending` are marks of the letter before that are to be found here, `following` those read after the next letter;
    `blank` the marks that a blank here may stand for.
    """
    if less(pending, read):
        return None
    rest = less(read, pending)
    added = less(rest, marks)
    to_come, cost, damage = "", 0.0, list[MarkDamage]()
    for mark in less(marks, rest):
        missing = _missing(costs, mark, added, less(following, to_come), blank)
        if missing is None:
            return None
        added = less(added, missing.instead)
        to_come += missing.later
        cost += missing.cost
        damage.append(missing.kind)
    for mark in added:
        surplus = _surplus(costs, mark, marks)
        if surplus is None:
            return None
        cost += surplus.cost
        damage.append(surplus.kind)
    return Explained("".join(sorted(to_come)), cost, tuple(damage))


def _missing(costs: Costs, mark: str, added: str, following: str, blank: str) -> _Fault | None:
    if mark in following:
        return _Fault("displaced-mark", costs.displaced, later=mark)
    if UNKNOWN_MARK in added:
        return _Fault("unread-mark", _SIGNED_COST, instead=UNKNOWN_MARK)
    if UNKNOWN_MARK in following:
        return _Fault("unread-mark", _SIGNED_COST + costs.displaced, later=UNKNOWN_MARK)
    if mark == NIKHAHIT and MAI_THO in added:
        return _Fault("mai-tho-for-nikhahit", costs.mai_tho, instead=MAI_THO)
    if mark in blank:
        return _Fault("blank-for-mark", _SIGNED_COST if mark == NIKHAHIT else costs.blank_for_vowel)
    return _Fault("lost-sara-am", costs.am_lost) if mark == NIKHAHIT else None


def _surplus(costs: Costs, mark: str, marks: str) -> _Fault | None:
    if mark == UNKNOWN_MARK and NIKHAHIT in marks:
        # «ด\ufffdำเนิน»: some programs write sara am and, unread, the nikhahit that it is drawn with.
        return _Fault("unread-mark", _SURPLUS_COST)
    if mark == NIKHAHIT:
        return _Fault("sara-am-for-sara-aa", costs.am_added)
    return _Fault("doubled-mark", costs.doubled) if mark in marks else None


@lru_cache(maxsize=16384)
def less(marks: str, taken: str) -> str:
    """The marks without those taken, each once."""
    for mark in taken:
        marks = marks.replace(mark, "", 1)
    return marks


@lru_cache(maxsize=4096)
def is_well_formed(letter: str, marks: str) -> bool:
    """The marks may stand together on this letter: a consonant, with at most one vowel mark and one tone mark."""
    if not marks:
        return True
    vowels = sum(mark in _VOWEL_MARKS for mark in marks)
    tones = sum(mark in _TONES for mark in marks)
    others = len(marks) - vowels - tones
    return letter in CONSONANTS and vowels <= 1 and tones + others <= 1 and UNKNOWN_MARK not in marks


def in_written_order(marks: str) -> str:
    """The marks of one letter in Unicode's usual order."""
    return "".join(sorted(marks, key=lambda mark: _RANK.get(mark, 3)))


def take_marks_off(text: str) -> tuple[str, tuple[str, ...]]:
    """The letters of a text and the marks that stand after each; sara am as nikhahit and sara aa."""
    letters: list[str] = []
    marks: list[str] = []
    for sign in text.replace(SARA_AM, NIKHAHIT + "า"):
        if letters and (sign in MARKS or sign == UNKNOWN_MARK):
            marks[-1] += sign
        else:
            letters.append(sign)
            marks.append("")
    return "".join(letters), tuple("".join(sorted(each)) for each in marks)
