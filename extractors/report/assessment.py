"""The assessment's result, put together from what sentences and score tables tell."""

from collections.abc import Iterable, Sequence

from extractors.report.one_result import OneResult
from extractors.report.pieces import evidence_of, whole
from extractors.report.results import Kind, Told
from schemas.document import Line
from schemas.report import Assessment, Indicator

_FIGURES_OF_A_YEAR = ("total", "indicator", "iit", "grade")


def assessed_year(told: Sequence[Told]) -> int | None:
    """The assessed year: the latest that a figure bears, else the first that is named as the assessment's."""
    own = [item for item in told if not item.others]
    figures = [item.year for item in own if item.year is not None and item.kind in _FIGURES_OF_A_YEAR]
    return max(figures) if figures else next((item.year for item in told if item.kind == "year"), None)


def assessment_of(result: OneResult, year: int | None) -> Assessment | None:
    """The result of the assessed `year` (Buddhist era); what is told of another year is left out.

    None where the document gives no figure of a result.
    """
    told = [item for item in result.told if item.year is None or year is None or item.year == year]
    current = result.main_first(told)
    # A pass mark or count told after an earlier year's result («… ปี ๒๕๖๒ ได้ ๖๑.๒๐ โดยมีตัวชี้วัดต่ำกว่า ๘๕ …») is of this one.
    any_year = (*current, *result.told)
    threshold = _value("threshold", any_year)
    indicators = _indicators(told, threshold, result)
    figures = [item for item in told if item.kind not in ("indicator", "year")]
    if not figures and not indicators:
        return None
    grade = _first("grade", current)
    weak_count = _value("weak_count", any_year)
    assessment = Assessment(
        year=year,
        score=_total(current),
        grade=grade.word if grade else None,
        threshold=threshold,
        weak_count=int(weak_count) if weak_count is not None else None,
        iit=_value("iit", current),
        eit=_value("eit", current),
        oit=_value("oit", current),
        indicators=indicators,
    )
    lines = _lines(item for item in figures if _is_taken(item, assessment))
    return assessment.model_copy(update={"evidence": evidence_of(map(whole, lines))})


def _is_taken(told: Told, assessment: Assessment) -> bool:
    """Whether a figure is that of the record; another that the document tells elsewhere is no evidence of it."""
    if told.kind == "grade":
        return told.word == assessment.grade
    taken = {
        "total": assessment.score,
        "threshold": assessment.threshold,
        "weak_count": assessment.weak_count,
        "iit": assessment.iit,
        "eit": assessment.eit,
        "oit": assessment.oit,
    }
    return told.value == taken[told.kind]


def _total(told: Sequence[Told]) -> float | None:
    """The total: where it is named as the whole («คะแนนรวม», «ภาพรวม»), else the first figure that is a score."""
    totals = [item for item in told if item.kind == "total"]
    named = [item for item in totals if item.word == "total"]
    first = next(iter(named or totals), None)
    return first.value if first else None


def _indicators(told: Sequence[Told], threshold: float | None, result: OneResult) -> tuple[Indicator, ...]:
    """Each indicator that has a score, once, in order of first mention; its weakness may be told before its score."""
    groups: dict[object, list[Told]] = {}
    for item in told:
        if item.indicator:
            groups.setdefault(item.indicator.number or item.indicator.name, []).append(item)
    indicators = [_indicator(result.main_first(group), threshold) for group in groups.values()]
    return tuple(indicator for indicator in indicators if indicator is not None)


def _indicator(group: Sequence[Told], threshold: float | None) -> Indicator | None:
    scored = next((item for item in group if item.value is not None), None)
    if scored is None or scored.indicator is None:
        return None
    weak = any(item.weak for item in group)
    under = threshold is not None and scored.value is not None and scored.value < threshold
    return Indicator(
        number=scored.indicator.number,
        name=scored.indicator.name,
        score=scored.value,
        weak=weak or under,
        evidence=evidence_of(map(whole, (scored.line, *scored.beside))),
    )


def _first(kind: Kind, told: Sequence[Told]) -> Told | None:
    return next((item for item in told if item.kind == kind), None)


def _value(kind: Kind, told: Sequence[Told]) -> float | None:
    first = _first(kind, told)
    return first.value if first else None


def _lines(told: Iterable[Told]) -> list[Line]:
    return list({id(item.line): item.line for item in told}.values())
