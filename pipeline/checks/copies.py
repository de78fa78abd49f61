"""Actions whose text stands in another report: names and dates aside, near-equal texts are found by MinHash and LSH.

Texts are compared masked: without dates and names of offices, digits as 0. Equal masked texts are one; of the others,
those whose MinHash signatures agree in a band are candidates, and their exact similarity decides.
"""

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from datasketch import MinHash
from rapidfuzz import fuzz

from extractors.thai.text import fold
from schemas.base import Record

PERMUTATIONS = 128
ROWS_OF_A_BAND = 4
SHINGLE = 3
# Percent of alike letters from which two masked texts are nearly the same.
NEARLY_SAME = 88.0
# A shorter text is a phrase that anyone would use.
SHORTEST = 40
# A text that stands in more offices' reports is common phrasing of the genre, no copy of one.
MOST_OFFICES = 3
# Of texts in one band, sorted, each is compared with so many that follow: near-equal ones stand near each other.
NEIGHBOURS = 12
_DIGITS = re.compile("[0-9]+")


class SignedAction(Record):
    """An action as it is compared."""

    action_id: str
    report_id: str
    office_id: str | None
    fiscal_year: int | None
    masked: str
    dates: str
    signature: bytes


class Copy(Record):
    """Two actions whose texts are nearly the same, and how alike they are (0 to 1)."""

    action: SignedAction
    other: SignedAction
    similarity: float


def masked(text: str, names: Iterable[str]) -> str:
    """The text without the names (of offices, dates) in it, folded, digits as 0."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, " ")
    return _DIGITS.sub("0", fold(text))


def signature(text: str) -> bytes:
    """The MinHash signature of a masked text; the same for the same text."""
    made = MinHash(num_perm=PERMUTATIONS, hashfunc=zlib.crc32)
    made.update_batch({text[at : at + SHINGLE].encode() for at in range(max(1, len(text) - SHINGLE + 1))})
    return np.asarray(made.hashvalues, dtype=np.uint32).tobytes()


def find_copies(actions: Sequence[SignedAction], reports: frozenset[str] | None = None) -> tuple[Copy, ...]:
    """The copies among all actions, or of those in `reports` only: each pair once, the later report's action first."""
    texts: defaultdict[str, list[SignedAction]] = defaultdict(list)
    for action in actions:
        if len(action.masked) >= SHORTEST:
            texts[action.masked].append(action)
    wanted = {text for text, same in texts.items() if reports is None or any(a.report_id in reports for a in same)}
    alike = _alike(texts, wanted)
    return tuple(copy for text in texts if text in wanted for copy in _copies_of(text, texts, alike, reports))


def _copies_of(
    text: str,
    texts: Mapping[str, list[SignedAction]],
    alike: Mapping[str, dict[str, float]],
    reports: frozenset[str] | None,
) -> Iterator[Copy]:
    near = {text: 1.0, **alike.get(text, {})}
    found = [(other, similarity) for name, similarity in near.items() for other in texts[name]]
    if len({other.office_id for other, _ in found}) > MOST_OFFICES:
        return
    for action in texts[text]:
        for other, similarity in found:
            if _is_later(action, other) and (reports is None or {action.report_id, other.report_id} & reports):
                yield Copy(action=action, other=other, similarity=round(similarity, 4))


def _is_later(action: SignedAction, other: SignedAction) -> bool:
    """The action may be a copy of the other: of an earlier year, or of the same year and another office.

    An office that does the same every year prints a new date; with the old one, or none, the text was taken over.
    """
    if action.report_id == other.report_id:
        return False
    if action.office_id == other.office_id:
        return (action.fiscal_year or 0) > (other.fiscal_year or 0) and action.dates == other.dates
    return (action.fiscal_year or 0) >= (other.fiscal_year or 0)


def _alike(texts: Mapping[str, list[SignedAction]], wanted: set[str]) -> Mapping[str, dict[str, float]]:
    """For each wanted text the others that are nearly the same, with their similarity."""
    names = sorted(texts)
    alike: defaultdict[str, dict[str, float]] = defaultdict(dict)
    tried: set[tuple[int, int]] = set()
    for one, other in _candidates(names, texts):
        if (one, other) in tried or not (names[one] in wanted or names[other] in wanted):
            continue
        tried.add((one, other))
        similarity = fuzz.ratio(names[one], names[other], score_cutoff=NEARLY_SAME) / 100
        if similarity:
            alike[names[one]][names[other]] = alike[names[other]][names[one]] = similarity
    return alike


def _candidates(names: Sequence[str], texts: Mapping[str, list[SignedAction]]) -> Iterator[tuple[int, int]]:
    """Pairs of texts whose signatures agree in a band; of many in one band, each with those that follow it."""
    if not names:
        return
    signatures = np.frombuffer(b"".join(texts[name][0].signature for name in names), dtype=np.uint32)
    rows = signatures.reshape(len(names), PERMUTATIONS)
    for first in range(0, PERMUTATIONS, ROWS_OF_A_BAND):
        band = np.ascontiguousarray(rows[:, first : first + ROWS_OF_A_BAND]).view(
            np.dtype((np.void, ROWS_OF_A_BAND * 4))
        )
        _, group, counts = np.unique(band.ravel(), return_inverse=True, return_counts=True)
        order = np.argsort(group, kind="stable")
        for members in np.split(order, np.cumsum(counts)[:-1]):
            yield from _neighbours(members.tolist())


def _neighbours(members: list[int]) -> Iterator[tuple[int, int]]:
    for place, one in enumerate(members):
        for other in members[place + 1 : place + 1 + NEIGHBOURS]:
            yield one, other
