"""Scores an extracted report against its gold record.

Text is compared after folding: NFC, Thai digits to ASCII, quotes and dashes unified, all white space removed. A
measure or action is found when its folded text is at least 90 % alike (1 - edit distance / longer length) to a gold
record's; each record is matched once, best pairs first. Fields count on matched records only.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from rapidfuzz.distance import Levenshtein

from pipeline.gold import GoldAction, GoldAssessment, GoldIndicator, GoldMeasure, GoldReport
from schemas.base import Record

Kind = Literal["indicators", "measures", "actions", "findings"]
RECORD_KINDS: tuple[Kind, ...] = ("indicators", "measures", "actions")
ALL_KINDS: tuple[Kind, ...] = (*RECORD_KINDS, "findings")

_ALIKE = 0.90
_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_UNIFY = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "\u00a0": " ", "\u200b": ""})
_ASSESSMENT_NUMBERS = ("year", "score", "threshold", "weak_count", "iit", "eit", "oit")

# A field's value, ready to be compared.
_Value = str | int | float | bool | tuple[object, ...] | None


class Count(Record):
    """Records of one kind: how many gold has, how many were found, and how many of these are the same."""

    kind: Kind
    hit: int
    gold: int
    found: int


class Comparison(Record):
    """One field of a matched record."""

    field: str
    where: str
    agrees: bool
    gold: str
    found: str


class Score(Record):
    """What was compared, and what is missing or too much."""

    counts: tuple[Count, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    unmatched: tuple[str, ...] = ()

    @property
    def records_f1(self) -> float:
        """Harmonic mean of recall and precision over indicators, measures and actions; 1 where there are none."""
        counted = [count for count in self.counts if count.kind in RECORD_KINDS]
        size = sum(count.gold + count.found for count in counted)
        return 2 * sum(count.hit for count in counted) / size if size else 1.0

    @property
    def field_accuracy(self) -> float:
        """Share of the compared fields that agree; 1 where there are none."""
        return sum(item.agrees for item in self.comparisons) / len(self.comparisons) if self.comparisons else 1.0

    @property
    def misses(self) -> tuple[str, ...]:
        """Everything that is not as in gold, a sentence each."""
        wrong = (item for item in self.comparisons if not item.agrees)
        return (
            *(f"{item.where} {item.field}: gold {item.gold} found {item.found}".strip() for item in wrong),
            *self.unmatched,
        )

    def count(self, kind: Kind) -> Count:
        """The sum of the counts of a kind."""
        of_kind = [count for count in self.counts if count.kind == kind]
        return Count(
            kind=kind,
            hit=sum(count.hit for count in of_kind),
            gold=sum(count.gold for count in of_kind),
            found=sum(count.found for count in of_kind),
        )


def total(scores: Sequence[Score]) -> Score:
    """The scores of many documents as one: every record and field counts the same."""
    return Score(
        counts=tuple(count for score in scores for count in score.counts),
        comparisons=tuple(item for score in scores for item in score.comparisons),
        unmatched=tuple(text for score in scores for text in score.unmatched),
    )


def score_report(gold: GoldReport, found: GoldReport) -> Score:
    """The score of one extracted report."""
    return total(
        [
            Score(comparisons=tuple(_front_matter(gold, found))),
            _score_assessment(gold.assessment or GoldAssessment(), found.assessment or GoldAssessment()),
            _score_measures(gold, found),
            _score_actions(gold, found),
            _score_findings(gold, found),
        ]
    )


def fold(text: str | None) -> str:
    """The text as it is compared."""
    unified = unicodedata.normalize("NFC", text or "").translate(_DIGITS).translate(_UNIFY)
    return re.sub(r"\s+", "", unified)


def match(gold: Sequence[str], found: Sequence[str]) -> Mapping[int, int]:
    """Place in `gold` → place in `found` of the texts that are alike, most alike first, each used once."""
    gold_folds, found_folds = [fold(text) for text in gold], [fold(text) for text in found]
    likeness = sorted(
        (-alike, abs(i - j), i, j)
        for i, one in enumerate(gold_folds)
        for j, other in enumerate(found_folds)
        if (alike := Levenshtein.normalized_similarity(one, other, score_cutoff=_ALIKE)) >= _ALIKE
    )
    pairs: dict[int, int] = {}
    for _, _, i, j in likeness:
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def _compare(field: str, gold: _Value, found: _Value, where: str = "") -> Comparison:
    return Comparison(field=field, where=where, agrees=gold == found, gold=repr(gold), found=repr(found))


def _front_matter(gold: GoldReport, found: GoldReport) -> Iterator[Comparison]:
    yield _compare("report.title", fold(gold.title), fold(found.title))
    yield _compare("report.office", fold(gold.office), fold(found.office))
    yield _compare("report.fiscal_year", gold.fiscal_year, found.fiscal_year)


def _score_assessment(gold: GoldAssessment, found: GoldAssessment) -> Score:
    comparisons = list(_assessment_fields(gold, found))
    rest = list(found.indicators)
    missing: list[str] = []
    for indicator in gold.indicators:
        same = next((other for other in rest if other.number == indicator.number), None)
        if same is None:
            missing.append(f"indicator {indicator.number} not found")
            continue
        rest.remove(same)
        comparisons += _indicator_fields(indicator, same)
    hit = len(gold.indicators) - len(missing)
    count = Count(kind="indicators", hit=hit, gold=len(gold.indicators), found=len(found.indicators))
    return Score(counts=(count,), comparisons=tuple(comparisons), unmatched=tuple(missing))


def _assessment_fields(gold: GoldAssessment, found: GoldAssessment) -> Iterator[Comparison]:
    for name in _ASSESSMENT_NUMBERS:
        one, other = _rounded(getattr(gold, name)), _rounded(getattr(found, name))
        if one is not None or other is not None:
            yield _compare(f"assessment.{name}", one, other)
    if gold.grade is not None or found.grade is not None:
        yield _compare("assessment.grade", gold.grade, found.grade)


def _indicator_fields(gold: GoldIndicator, found: GoldIndicator) -> Iterator[Comparison]:
    where = f"indicator {gold.number}"
    yield _compare("indicator.score", _rounded(gold.score), _rounded(found.score), where)
    yield _compare("indicator.name", fold(gold.name), fold(found.name), where)
    yield _compare("indicator.weak", gold.weak, found.weak, where)


def _score_measures(gold: GoldReport, found: GoldReport) -> Score:
    pairs = match([measure.text for measure in gold.measures], [measure.text for measure in found.measures])
    comparisons: list[Comparison] = []
    for i, j in pairs.items():
        comparisons += _measure_fields(gold.measures[i], found.measures[j])
    missing = [
        f"{_measure_place(measure)} not found: {measure.text[:60]}"
        for i, measure in enumerate(gold.measures)
        if i not in pairs
    ]
    count = Count(kind="measures", hit=len(pairs), gold=len(gold.measures), found=len(found.measures))
    return Score(counts=(count,), comparisons=tuple(comparisons), unmatched=tuple(missing))


def _measure_fields(gold: GoldMeasure, found: GoldMeasure) -> Iterator[Comparison]:
    where = _measure_place(gold)
    yield _compare("measure.text", fold(gold.text), fold(found.text), where)
    yield _compare("measure.number", gold.number, found.number, where)
    yield _compare("measure.indicator", gold.indicator_number, found.indicator_number, where)
    if gold.responsible or found.responsible:
        yield _compare("measure.responsible", fold(gold.responsible), fold(found.responsible), where)
    if gold.period or found.period:
        yield _compare("measure.period", fold(gold.period), fold(found.period), where)
    if gold.budget_baht or found.budget_baht:
        yield _compare("measure.budget_baht", _rounded(gold.budget_baht), _rounded(found.budget_baht), where)


def _score_actions(gold: GoldReport, found: GoldReport) -> Score:
    measures = match([measure.text for measure in gold.measures], [measure.text for measure in found.measures])
    ours, theirs = _actions(gold), _actions(found)
    pairs = match([action.text for _, action in ours], [action.text for _, action in theirs])
    comparisons: list[Comparison] = []
    missing: list[str] = []
    for i, (measure, action) in enumerate(ours):
        where = f"action {_numbers(gold.measures[measure])}/{action.number}"
        if i not in pairs:
            missing.append(f"{where} not found: {action.text[:60]}")
            continue
        found_measure, found_action = theirs[pairs[i]]
        comparisons.append(_compare("action.measure", measures.get(measure, -1), found_measure, where))
        comparisons += _action_fields(action, found_action, where)
    surplus = [
        f"action not in gold: {action.number} {action.text[:60]}"
        for j, (_, action) in enumerate(theirs)
        if j not in pairs.values()
    ]
    count = Count(kind="actions", hit=len(pairs), gold=len(ours), found=len(theirs))
    return Score(counts=(count,), comparisons=tuple(comparisons), unmatched=(*missing, *surplus))


def _actions(report: GoldReport) -> list[tuple[int, GoldAction]]:
    """Every action with the place of its measure."""
    return [(place, action) for place, measure in enumerate(report.measures) for action in measure.actions]


def _action_fields(gold: GoldAction, found: GoldAction, where: str) -> Iterator[Comparison]:
    yield _compare("action.text", fold(gold.text), fold(found.text), where)
    yield _compare("action.number", gold.number, found.number, where)
    yield _compare("action.parent", gold.parent, found.parent, where)
    yield _compare("action.status", gold.status, found.status, where)
    if gold.dates or found.dates:
        yield _compare("action.dates", _spans(gold), _spans(found), where)
    if gold.offices or found.offices:
        yield _compare("action.offices", _office_folds(gold), _office_folds(found), where)


def _score_findings(gold: GoldReport, found: GoldReport) -> Score:
    rest = sorted((finding.check, finding.at) for finding in found.findings)
    missing: list[str] = []
    for wanted in sorted((finding.check, finding.at) for finding in gold.findings):
        if wanted in rest:
            rest.remove(wanted)
        else:
            missing.append(f"finding not raised: {wanted[0]} at {wanted[1]}")
    hit = len(gold.findings) - len(missing)
    count = Count(kind="findings", hit=hit, gold=len(gold.findings), found=len(found.findings))
    surplus = [f"finding not in gold: {check} at {at}" for check, at in rest]
    return Score(counts=(count,), unmatched=(*missing, *surplus))


def _measure_place(measure: GoldMeasure) -> str:
    return f"measure {_numbers(measure)}"


def _numbers(measure: GoldMeasure) -> str:
    return f"{measure.indicator_number}/{measure.number}"


def _spans(action: GoldAction) -> tuple[object, ...]:
    return tuple((date.start, date.end) for date in action.dates)


def _office_folds(action: GoldAction) -> tuple[object, ...]:
    return tuple(sorted(fold(office) for office in action.offices))


def _rounded(value: float | None) -> float | None:
    """Numbers are the same when they are to two decimals."""
    return None if value is None else round(value, 2)
