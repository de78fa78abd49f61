"""Names of the ten indicators in a text, as printed, and the official numbers they stand for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from extractors.thai.enumeration import marker_at_head
from extractors.thai.text import fold, fold_digits
from schemas.reference import Reference

# A printed name may differ from the official one by about one letter in eight.
ALIKE = 88.0
# What may stand around the name in a heading or cell that names an indicator and nothing else.
LONGEST_REST = 40
# A name that is no official one is shorter than this.
_LONGEST_BARE = 80

_STATED_NUMBER = re.compile(r"(?:ตัวชี้วัดที่|ตัวชี้วัด|ตชว\.?)\s*\(?\s*([0-9]{1,2})(?![0-9]|\.[0-9])\s*[).:]?\s*")
_LEAD = re.compile(r"^\s*(?:ตัวชี้วัด(?:ที่)?|(?:ประเด็น|ด้าน|เรื่อง|หัวข้อ)(?:ที่\s*[0-9]{1,2})?|จุดอ่อน)?\s*[:：]?\s*")
# The characters that it can begin with stand first: without them it is tried in full at every letter.
_SCORE_TAIL = re.compile(
    r"(?=[\s(\[ซโมไรผคเ=:\-–.…·_0-9])(?:"
    r"\s*[(\[]?\s*(?:ซึ่ง|โดย)?(?:มี|ได้)?(?:รับ)?(?:ผล)?(?:คะแนน|ร้อยละ|ค่าคะแนน|ได้|เท่ากับ|=|:|-|–)"
    r"[^ก-ฮ]*?[0-9]{1,3}\.?[0-9]*.*$"
    r"|[\s.…·_]*[(\[]?\s*[0-9]{1,3}\.[0-9]+.*$)"
)
_DIGIT = re.compile("[0-9]")


@dataclass(frozen=True)
class IndicatorName:
    """An indicator named in a text: the official number, the name as printed, and its place."""

    number: int | None
    name: str
    start: int
    end: int


@lru_cache(maxsize=4)
def _names(reference: Reference) -> re.Pattern[str]:
    """Any of the names, white space between letters allowed; the longest first."""
    names = (name for fact in reference.indicators for name in fact.names)
    return re.compile("|".join(r"\s*".join(map(re.escape, name)) for name in sorted(names, key=len, reverse=True)))


@lru_cache(maxsize=4)
def _numbers(reference: Reference) -> dict[str, int]:
    """The official number of each name, folded; the highest first, for of names equally alike that one holds."""
    facts = sorted(reference.indicators, key=lambda fact: -fact.number)
    return {fold(name): fact.number for fact in facts for name in fact.names}


def find_indicator_names(text: str, reference: Reference) -> tuple[IndicatorName, ...]:
    """Every indicator that the text names by an official name or a known variant, in order."""
    numbers = _numbers(reference)
    found = []
    for match in _names(reference).finditer(text):
        stated = _number_before(text, match.start())
        found.append(
            IndicatorName(stated or numbers[fold(match[0])], " ".join(match[0].split()), match.start(), match.end())
        )
    return tuple(found)


def indicator_in(text: str, reference: Reference, *, whole: bool = False) -> IndicatorName | None:
    """The indicator that a cell or heading names; with `whole`, only where the text says little besides.

    A stated number (ตัวชี้วัดที่ ๑๐) holds also where the name is no official one.
    """
    names = find_indicator_names(text, reference)
    if names and (not whole or len(fold(_rest(text, names[0]))) <= LONGEST_REST) and len(names) == 1:
        return names[0]
    if names and not whole:
        return names[0]
    bare = bare_name(text)
    return _unofficial(text, bare, reference) if bare and len(bare) < _LONGEST_BARE else None


def _unofficial(text: str, bare: str, reference: Reference) -> IndicatorName | None:
    """The indicator that a text of one name names by a misspelt name, or by its number alone."""
    alike = _alike(bare, reference)
    stated = _stated(_STATED_NUMBER.search(fold_digits(text)))
    if alike is None and not (stated and text.strip().startswith(("ตัวชี้วัด", "ตชว"))):
        return None
    return IndicatorName(stated or alike, bare, 0, len(text))


def tells_score(text: str) -> bool:
    """Whether a line ends with a score: «การใช้งบประมาณ ๘๐.๔๘ คะแนน»."""
    return _score_tail(fold_digits(text)) is not None


def _score_tail(folded: str, start: int = 0) -> re.Match[str] | None:
    """The score that a text ends with; looked for only where there is a digit, for that takes long."""
    return _SCORE_TAIL.search(folded, start) if _DIGIT.search(folded, start) else None


def bare_name(text: str) -> str:
    """The indicator's name as printed in a cell or heading: without list mark, number words and score."""
    marker = marker_at_head(text)
    rest = text[marker.end :] if marker else text
    folded = fold_digits(rest)
    stated = _STATED_NUMBER.match(folded.lstrip())
    start = len(folded) - len(folded.lstrip()) + stated.end() if stated else _LEAD.match(folded).end()  # type: ignore[union-attr]
    tail = _score_tail(folded, start)
    return rest[start : tail.start() if tail else None].strip(" \t:：()–-")


def bare_number(text: str) -> int | None:
    """The official number in a cell or heading that names an indicator by its number alone: «ตัวชี้วัดที่ ๘»."""
    return _stated(_STATED_NUMBER.fullmatch(fold_digits(text).strip()))


def number_by_name(name: str, reference: Reference, known: Sequence[tuple[str, int]] = ()) -> int | None:
    """The official number of a name: by the report's own list (`known`) first, then by the official names."""
    folded = fold(name)
    for own, number in known:
        if fold(own) == folded:
            return number
    return _alike(name, reference)


def _alike(name: str, reference: Reference) -> int | None:
    numbers = _numbers(reference)
    best = process.extractOne(fold(name), numbers.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return numbers[best[0]] if best else None


def _stated(match: re.Match[str] | None) -> int | None:
    return int(match[1]) if match and 1 <= int(match[1]) <= 10 else None


def _number_before(text: str, start: int) -> int | None:
    """The number that stands right before a name: «ตัวชี้วัดที่ ๑๐ การป้องกันการทุจริต»."""
    before = fold_digits(text[max(0, start - 30) : start])
    last = None
    for match in _STATED_NUMBER.finditer(before):
        if not before[match.end() :].strip(" \"“'("):
            last = match
    return _stated(last)


def _rest(text: str, name: IndicatorName) -> str:
    rest = text[: name.start] + text[name.end :]
    return _SCORE_TAIL.sub("", fold_digits(rest))
