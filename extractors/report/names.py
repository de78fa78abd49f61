"""Names of the ten indicators in a text, as printed, and the official numbers they stand for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from extractors.thai.enumeration import marker_at_head
from extractors.thai.text import fold, fold_digits, fold_phrase
from schemas.reference import Reference

# A printed name may differ from the official one by about one letter in eight.
ALIKE = 88.0
# What may stand around the name in a heading or cell that names an indicator and nothing else.
LONGEST_REST = 40

_STATED_NUMBER = re.compile(r"(?:ตัวชี้วัดที่|ตัวชี้วัด|ตชว\.?)\s*\(?\s*([0-9]{1,2})(?![0-9]|\.[0-9])\s*[).:]?\s*")
_LEAD = re.compile(r"^\s*(?:ตัวชี้วัด(?:ที่)?|(?:ประเด็น|ด้าน|เรื่อง|หัวข้อ)(?:ที่\s*[0-9]{1,2})?|จุดอ่อน)?\s*[:：]?\s*")
_SCORE_TAIL = re.compile(
    r"\s*[(\[]?\s*(?:ซึ่ง|โดย)?(?:มี|ได้)?(?:รับ)?(?:ผล)?(?:คะแนน|ร้อยละ|ค่าคะแนน|ได้|เท่ากับ|=|:|-|–)"
    r"[^ก-ฮ]*?[0-9]{1,3}\.?[0-9]*.*$"
    r"|[\s.…·_]*[(\[]?\s*[0-9]{1,3}\.[0-9]+.*$"
)


@dataclass(frozen=True)
class IndicatorName:
    """An indicator named in a text: the official number, the name as printed, and its place."""

    number: int | None
    name: str
    start: int
    end: int


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the names, white space between letters allowed; the longest first."""
    spaced = (r"\s*".join(map(re.escape, name)) for name in sorted(names, key=len, reverse=True))
    return re.compile("|".join(f"({name})" for name in spaced))


def find_indicator_names(text: str, reference: Reference) -> tuple[IndicatorName, ...]:
    """Every indicator that the text names by an official name or a known variant, in order."""
    numbers = {fold_phrase(name): fact.number for fact in reference.indicators for name in fact.names}
    names = tuple(name for fact in reference.indicators for name in fact.names)
    found = []
    for match in _pattern(names).finditer(text):
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
    stated = _STATED_NUMBER.search(fold_digits(text))
    alike = _alike(bare, reference) if bare and len(bare) < 80 else None
    if alike:
        return IndicatorName(_stated(stated) or alike, bare, 0, len(text))
    if stated and bare and 1 <= int(stated[1]) <= 10 and text.strip().startswith(("ตัวชี้วัด", "ตชว")) and len(bare) < 80:
        return IndicatorName(int(stated[1]), bare, 0, len(text))
    return None


def tells_score(text: str) -> bool:
    """Whether a line ends with a score: «การใช้งบประมาณ ๘๐.๔๘ คะแนน»."""
    return _SCORE_TAIL.search(fold_digits(text)) is not None


def bare_name(text: str) -> str:
    """The indicator's name as printed in a cell or heading: without list mark, number words and score."""
    marker = marker_at_head(text)
    rest = text[marker.end :] if marker else text
    folded = fold_digits(rest)
    stated = _STATED_NUMBER.match(folded.lstrip())
    start = len(folded) - len(folded.lstrip()) + stated.end() if stated else _LEAD.match(folded).end()  # type: ignore[union-attr]
    tail = _SCORE_TAIL.search(folded, start)
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
    folded = fold(name)
    best = max(
        (
            (fuzz.ratio(folded, fold_phrase(known)), fact.number)
            for fact in reference.indicators
            for known in fact.names
        ),
        default=(0.0, 0),
    )
    return best[1] if best[0] >= ALIKE else None


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
