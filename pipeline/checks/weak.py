"""Checks of the weak indicators: how many are said to be, which are listed, and which are under the pass mark."""

from collections.abc import Iterator

from pipeline.checks.arithmetic import shown
from pipeline.checks.case import ASSESSMENT, Case, at_indicator
from pipeline.checks.contradiction import Contradiction, Value
from pipeline.checks.listing import chooses, listed_weak
from schemas.report import Indicator


def wrong_counts(case: Case) -> Iterator[Contradiction]:
    """A stated number of weak indicators that is not the number listed."""
    result, listed = case.assessment, listed_weak(case)
    if result is None or result.weak_count is None or case.result_is_mixed:
        return
    weak = listed or frozenset(each.number for each in case.indicators if each.weak)
    if not weak or len(weak) == result.weak_count or (not listed and chooses(case)):
        return
    if len(weak) < result.weak_count == len(_answered(case)) or 2 * len(weak) < result.weak_count:
        return  # as many are answered as are stated, or most are missing: rather the list could not be read
    yield Contradiction(
        check="weak-count",
        at=ASSESSMENT,
        records=(result.id,),
        values=(
            Value(name="stated", text=str(result.weak_count)),
            Value(name="listed", text=str(len(weak))),
            Value(name="numbers", text=", ".join(str(number or "-") for number in sorted(weak, key=lambda n: n or 0))),
        ),
        evidence=(
            *result.evidence,
            *(place for each in case.indicators if each.number in weak for place in each.evidence),
        ),
    )


def wrong_scores(case: Case) -> Iterator[Contradiction]:
    """Indicators listed as weak that reach the pass mark, and ones under it that a full list leaves out."""
    result, listed = case.assessment, listed_weak(case)
    if result is None or result.threshold is None or chooses(case) or case.result_is_mixed:
        return
    known = listed | _answered(case)
    for indicator in case.indicators:
        if indicator.score is None:
            continue
        if indicator.weak and indicator.score >= result.threshold:
            yield _contradiction("listed", indicator, case)
        elif indicator.score < result.threshold and listed and indicator.number not in known:
            yield _contradiction("left-out", indicator, case)


def _contradiction(message: str, indicator: Indicator, case: Case) -> Contradiction:
    threshold = case.assessment.threshold if case.assessment else None
    return Contradiction(
        check="weak-score",
        message=message,
        at=at_indicator(indicator),
        records=(indicator.id,),
        values=(
            Value(name="number", text=str(indicator.number or "-")),
            Value(name="indicator", text=indicator.name),
            Value(name="score", text=shown(indicator.score or 0)),
            Value(name="threshold", text=f"{threshold:g}"),
        ),
        evidence=(*indicator.evidence, *(case.assessment.evidence if case.assessment else ())),
    )


def _answered(case: Case) -> frozenset[int]:
    return frozenset(each.indicator_number for each in case.report.measures if each.indicator_number is not None)
