"""Actions whose text stands in another report: names and dates aside, near-equal texts are found by MinHash and LSH.

Texts are compared masked: without dates and names of offices, digits as 0. Equal masked texts are one; of the others,
those whose MinHash signatures agree in a band are candidates, and their exact similarity decides.
"""

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from datasketch import MinHash
from numpy.typing import NDArray
from rapidfuzz import fuzz

from db.copies import SignedAction
from extractors.thai.text import fold

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


class Copy(NamedTuple):
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


def band_keys(signatures: Sequence[bytes]) -> Iterator[NDArray[np.uint64]]:
    """Band by band a key of each signature: those with the same agree in the band (or, rarely, seem to)."""
    pairs = np.frombuffer(b"".join(signatures), dtype=np.uint64).reshape(len(signatures), PERMUTATIONS // 2)
    for first in range(0, PERMUTATIONS // 2, ROWS_OF_A_BAND // 2):
        yield pairs[:, first : first + ROWS_OF_A_BAND // 2].sum(axis=1, dtype=np.uint64)


class Bands:
    """Which of many signatures agree in a band with some, so that only those actions need be looked at."""

    def __init__(self, actions: Sequence[SignedAction]) -> None:
        """The actions whose like are looked for."""
        signatures = [action.signature for action in actions if len(action.masked) >= SHORTEST]
        self._wanted = [np.unique(keys) for keys in band_keys(signatures)] if signatures else []

    def agreeing(self, signatures: Sequence[bytes]) -> NDArray[np.bool_]:
        """For each signature whether it does."""
        agree = np.zeros(len(signatures), dtype=bool)
        for wanted, keys in zip(self._wanted, band_keys(signatures) if self._wanted else (), strict=True):
            places = np.minimum(np.searchsorted(wanted, keys), len(wanted) - 1)
            agree |= wanted[places] == keys
        return agree


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
        if (one, other) in tried:
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
    is_wanted = np.fromiter((name in wanted for name in names), dtype=bool, count=len(names))
    for keys in band_keys([texts[name][0].signature for name in names]):
        near = np.flatnonzero(np.isin(keys, keys[is_wanted]))
        order = near[np.argsort(keys[near], kind="stable")]
        for step in range(1, NEIGHBOURS + 1):
            one, other = order[:-step], order[step:]
            pairs = (keys[one] == keys[other]) & (is_wanted[one] | is_wanted[other])
            yield from zip(one[pairs].tolist(), other[pairs].tolist(), strict=True)
