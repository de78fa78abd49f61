"""Thai text from damaged text layers put right, as far as the text itself shows how.

PDF keeps shapes, not letters, and each program writes the letters beside them in its own wrong way. Three strengths:

- spellings that are never right, and say what they stand for, are put right anywhere (`_ALWAYS`, in this order);
- where a line has a sign of damage, or stands alone, known words decide (`word_repair.py`);
- what leaves no sign in a line is put right where the document's other lines show it (`find_evidence`).

Measured: of 218 names of public offices as pdfplumber read them from the budget of 2565 BE, 0.986 are put right with
evidence, 0.977 each alone (the other three have mistakes of their own). Names of the lists damaged by a simulation
(`test_repair_of_names.py`): offices 0.96 to 1, schools 0.85 to 1. Lines of 14 printed pages that stand whole in
pdfplumber's text: 0.50 as read, 0.91 repaired. Text already right stays letter for letter: no change in 62,106 words of
pythainlp's list, the names in `schemas/facts` (but for slips in them, «ไผ ่») and the texts of `examples`; where the
evidence is wrong, 35 of 15,330 school names change.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from extractors.thai.mark_damage import CONSONANTS, SARA_AM, UNKNOWN_MARK, in_written_order, is_well_formed
from extractors.thai.plausibility import TRUSTED, plausibility
from extractors.thai.private_use import letters_for_private_use
from extractors.thai.word_list import SARA_AA
from extractors.thai.word_repair import Policy, WordDamage, has_sign, repair_by_words

DamageClass = Literal[
    WordDamage,
    "private-use",
    "invisible-character",
    "control-character",
    "decomposed-sara-am",
    "split-sara-am",
    "doubled-sara-am",
    "mark-after-blank",
    "mark-order",
    "doubled-sara-e",
]


@dataclass(frozen=True, slots=True)
class Damage:
    """How often a class of damage was put right."""

    kind: DamageClass
    count: int


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text put right, and what was wrong with it."""

    text: str
    damages: tuple[Damage, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a document's lines show of its damage: classes that are systematic in it."""

    systematic: frozenset[WordDamage] = frozenset()


NO_EVIDENCE = Evidence()

_INVISIBLE_SIGNS = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_CONTROL_SIGNS = "\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f"
_INVISIBLE = re.compile(f"[{_INVISIBLE_SIGNS}]")
_CONTROL = re.compile(f"[{_CONTROL_SIGNS}]")
_DECOMPOSED = re.compile("([่-๋]?)ํ([่-๋]?)า|(?<=[ก-ฮ])([่-๋]?)า([่-๋]?)ํ(?![่-๋]?า)")
_SPLIT = re.compile("(?<=[ก-ฮ])([่-๋]?) +ำ")
_DOUBLED_AM = re.compile(f"ำ(?:[าำ{_CONTROL_SIGNS}\ufffd]|\\(cid:[0-9]+\\))+")
_MARK_AFTER_BLANK = re.compile("([ก-ฮ])([ัิ-ฺ็-๎]?) +([ัิ-ฺ็-๎]+)(?=(.?))")
_TONE_FIRST = re.compile("(?<![่-์])([่-์]+)([ัิ-ฺ็]+)")
_AM_FIRST = re.compile("ำ([่-๋]+)")
_SARA_E_TWICE = re.compile("เเ")
# One look that tells whether any of the repairs that are always safe has work to do.
_WORK = re.compile(
    f"[{_INVISIBLE_SIGNS}{_CONTROL_SIGNS}\uf700-\uf720\uf884-\uf89e]"
    "|[ก-ฮ][่-๋]?ํ|า[่-๋]?ํ|เเ|ำ[าำ่-๋\ufffd(]|[ก-ฮ][ัิ-ฺ็-๎]? +[ำัิ-ฺ็-๎]|[่-์][ัิ-ฺ็]"
)


def repair(text: str, evidence: Evidence | None = None) -> Repaired:
    """The text put right; text without damage comes back as it is.

    With the document's `evidence`, lines without a sign of damage cost a look only, unless the evidence calls for more.
    Without, the text stands alone, and each of its words is held against the word list.
    """
    policy = _policy(evidence)
    counts: Counter[DamageClass] = Counter()
    for _ in range(_MOST_ROUNDS):
        repaired = _repair_once(text, policy, counts)
        if repaired == text:
            break
        text = repaired
    return Repaired(text, tuple(Damage(kind, count) for kind, count in sorted(counts.items())))


def repair_lines(lines: Sequence[str]) -> tuple[Repaired, ...]:
    """Every line of one document put right, with the evidence of all of them."""
    evidence = find_evidence(lines)
    return tuple(repair(line, evidence) for line in lines)


def find_evidence(lines: Sequence[str]) -> Evidence:
    """What is systematic in a document: damage that at least three lines, and one in fifty, show by themselves.

    Only documents that look damaged are searched for it: those with signs in one line of fifty, with words that are not
    known, or with sara am much rarer or more frequent than Thai has it (3 to 13 of 100 sara aa and sara am).
    """
    sample = _spread(lines)
    suspected = _suspected(lines, sample)
    if suspected is None:
        return NO_EVIDENCE
    fewest = max(_FEWEST_LINES, len(sample) * _LEAST_SHARE)
    counts = Counter(damage.kind for line in sample for damage in repair(line).damages)
    if suspected.systematic:
        counts.update(damage.kind for line in sample for damage in repair(line, suspected).damages)
    return Evidence(frozenset(kind for kind in _BY_WORDS if counts[kind] >= fewest))


def _suspected(lines: Sequence[str], sample: Sequence[str]) -> Evidence | None:
    """What to look for; nothing where the document looks whole."""
    aa, am = (sum(line.count(vowel) for line in lines) for vowel in (SARA_AA, SARA_AM))
    if aa + am >= _FEWEST_VOWELS and am < _LEAST_AM * (aa + am):
        return Evidence(frozenset({"lost-sara-am"}))
    if aa + am >= _FEWEST_VOWELS and am > _MOST_AM * (aa + am):
        return NO_EVIDENCE
    signs = sum(map(has_sign, lines))
    if signs >= max(_FEWEST_LINES, len(lines) * _LEAST_SHARE) or plausibility("\n".join(sample)) < TRUSTED:
        return NO_EVIDENCE
    return None


def _spread(lines: Sequence[str]) -> Sequence[str]:
    """Some lines from everywhere in the document."""
    return lines[:: max(1, len(lines) // _SAMPLE)]


def _repair_once(text: str, policy: Policy, counts: Counter[DamageClass]) -> str:
    if _WORK.search(text):
        for kind, put_right in _ALWAYS:
            text, count = put_right(text)
            if count:
                counts[kind] += count
    if policy.look_everywhere or has_sign(text):
        repaired = repair_by_words(text, policy)
        counts.update(repaired.damage)
        text = repaired.text
    return text


@lru_cache(maxsize=64)
def _policy(evidence: Evidence | None) -> Policy:
    systematic = evidence.systematic if evidence else frozenset[WordDamage]()
    return Policy(look_everywhere=evidence is None or bool(systematic), systematic=systematic)


def _remove_invisible(text: str) -> tuple[str, int]:
    return _INVISIBLE.subn("", text)


def _compose_sara_am(text: str) -> tuple[str, int]:
    return _DECOMPOSED.subn(lambda found: "".join(filter(None, found.groups())) + SARA_AM, text)


def _join_sara_am(text: str) -> tuple[str, int]:
    return _SPLIT.subn("\\1" + SARA_AM, text)


def _single_sara_am(text: str) -> tuple[str, int]:
    return _DOUBLED_AM.subn(SARA_AM, text)


def _show_control_characters(text: str) -> tuple[str, int]:
    return _CONTROL.subn(UNKNOWN_MARK, text)


def _join_marks(text: str) -> tuple[str, int]:
    joined, _ = _MARK_AFTER_BLANK.subn(_joined_mark, text)
    return joined, int(joined != text)


def _joined_mark(found: re.Match[str]) -> str:
    letter, mark, late, following = found.groups()
    if following == SARA_AA or not is_well_formed(letter, mark + late):
        return found[0]
    # The blank before the mark was printed behind it if what follows begins a word of its own: a number, a name.
    blank = " " if following.isalnum() and following not in CONSONANTS and following not in _LEADING_VOWELS else ""
    return letter + in_written_order(mark + late) + blank


def _order_marks(text: str) -> tuple[str, int]:
    text, count = _TONE_FIRST.subn("\\2\\1", text)
    text, more = _AM_FIRST.subn("\\1" + SARA_AM, text)
    return text, count + more


def _join_sara_ae(text: str) -> tuple[str, int]:
    return _SARA_E_TWICE.subn("แ", text)


_LEADING_VOWELS = "เแโใไ"
_MOST_ROUNDS = 8
_SAMPLE = 80
_FEWEST_LINES = 3
_LEAST_SHARE = 0.02
_FEWEST_VOWELS = 200
_LEAST_AM, _MOST_AM = 0.01, 0.3
_BY_WORDS: tuple[WordDamage, ...] = ("displaced-mark", "lost-sara-am", "sara-am-for-sara-aa", "mai-tho-for-nikhahit")

_ALWAYS: tuple[tuple[DamageClass, Callable[[str], tuple[str, int]]], ...] = (
    ("private-use", letters_for_private_use),
    ("invisible-character", _remove_invisible),
    ("doubled-sara-e", _join_sara_ae),
    ("decomposed-sara-am", _compose_sara_am),
    ("split-sara-am", _join_sara_am),
    ("doubled-sara-am", _single_sara_am),
    ("control-character", _show_control_characters),
    ("mark-order", _order_marks),
    ("mark-after-blank", _join_marks),
)
