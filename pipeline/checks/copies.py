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


class SameTexts:
    """All actions by their masked texts, and which texts are nearly the same."""

    def __init__(self, actions: Sequence[SignedAction], reports: frozenset[str] | None = None) -> None:
        """Only texts of `reports` are compared with all; null: all are."""
        self._reports = reports
        self._texts: defaultdict[str, list[SignedAction]] = defaultdict(list)
        for action in actions:
            if len(action.masked) >= SHORTEST:
                self._texts[action.masked].append(action)
        self._wanted = {text for text, same in self._texts.items() if any(map(self._is_wanted, same))}
        self._alike = _alike(self._texts, self._wanted)

    def copies(self) -> tuple[Copy, ...]:
        """The copies, each pair once, the later report's action first; phrases of many offices are none."""
        return tuple(copy for text in self._texts if text in self._wanted for copy in self._copies_of(text))

    def reports_concerned(self) -> frozenset[str]:
        """The reports whose findings the wanted ones may change; what was common phrasing before stays so."""
        concerned: set[str] = set()
        for text in self._wanted:
            near = [other for other, _ in self._near(text)]
            offices = {each.office_id for each in near if not self._is_wanted(each)}
            if len(offices) <= MOST_OFFICES:
                concerned.update(each.report_id for each in near)
        return frozenset(concerned)

    def _is_wanted(self, action: SignedAction) -> bool:
        return self._reports is None or action.report_id in self._reports

    def _near(self, text: str) -> list[tuple[SignedAction, float]]:
        names = {text: 1.0, **self._alike.get(text, {})}
        return [(other, similarity) for name, similarity in names.items() for other in self._texts[name]]

    def _copies_of(self, text: str) -> Iterator[Copy]:
        near = self._near(text)
        if len({other.office_id for other, _ in near}) > MOST_OFFICES:
            return
        for action in self._texts[text]:
            for other, similarity in near:
                if _is_later(action, other) and (self._is_wanted(action) or self._is_wanted(other)):
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
    for one, other in _candidates(names, texts, wanted):
        if (one, other) in tried or not (names[one] in wanted or names[other] in wanted):
            continue
        tried.add((one, other))
        similarity = fuzz.ratio(names[one], names[other], score_cutoff=NEARLY_SAME) / 100
        if similarity:
            alike[names[one]][names[other]] = alike[names[other]][names[one]] = similarity
    return alike


def _candidates(
    names: Sequence[str], texts: Mapping[str, list[SignedAction]], wanted: set[str]
) -> Iterator[tuple[int, int]]:
    """Pairs of texts whose signatures agree in a band with a wanted one; of many in one band, each with its next."""
    if not names:
        return
    signatures = np.frombuffer(b"".join(texts[name][0].signature for name in names), dtype=np.uint32)
    rows = signatures.reshape(len(names), PERMUTATIONS)
    is_wanted = np.fromiter((name in wanted for name in names), dtype=bool, count=len(names))
    for first in range(0, PERMUTATIONS, ROWS_OF_A_BAND):
        band = np.ascontiguousarray(rows[:, first : first + ROWS_OF_A_BAND])
        keys = band.view(np.uint64).sum(axis=1, dtype=np.uint64)
        near = np.flatnonzero(np.isin(keys, keys[is_wanted]))
        order = near[np.argsort(keys[near], kind="stable")]
        starts = np.flatnonzero(np.diff(keys[order])) + 1
        for members in np.split(order, starts):
            yield from _neighbours(members.tolist())


def _neighbours(members: list[int]) -> Iterator[tuple[int, int]]:
    for place, one in enumerate(members):
        for other in members[place + 1 : place + 1 + NEIGHBOURS]:
            yield one, other
