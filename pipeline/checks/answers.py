"""Checks of what answers what: weak indicators without measures, measures without actions, actions not done."""

from collections.abc import Iterator

from extractors.report.names import find_indicator_names
from pipeline.checks.arithmetic import shown
from pipeline.checks.case import Case, at_indicator, at_measure
from pipeline.checks.contradiction import Contradiction, Value
from pipeline.checks.listing import chooses, listed_weak
from schemas.report import Indicator, Measure

# Where fewer measures have actions, the document tells its actions in a way that was not understood.
LEAST_ANSWERED = 0.5


def unanswered_indicators(case: Case) -> Iterator[Contradiction]:
    """Weak indicators for which the report has no measure."""
    answered = _answered(case)
    if not answered or case.is_half_read or case.result_is_mixed:
        return
    for indicator in case.indicators:
        if indicator.number is not None and indicator.number not in answered and _is_owed(indicator, case):
            yield Contradiction(
                check="indicator-unanswered",
                at=at_indicator(indicator),
                records=(indicator.id,),
                values=(
                    Value(name="number", text=str(indicator.number)),
                    Value(name="indicator", text=indicator.name),
                    Value(name="score", text=shown(indicator.score) if indicator.score is not None else "-"),
                ),
                evidence=(*indicator.evidence, *(case.assessment.evidence if case.assessment else ())),
            )


def unanswered_measures(case: Case) -> Iterator[Contradiction]:
    """Measures without an action, in a document that reports actions."""
    measures = case.report.measures
    bare = [measure for measure in measures if not measure.actions and not _introduces(measure, measures)]
    if case.is_plan or case.is_half_read or len(measures) - len(bare) < LEAST_ANSWERED * len(measures):
        return
    for measure in bare:
        yield Contradiction(
            check="measure-unanswered",
            at=at_measure(measure),
            records=(measure.id,),
            values=(Value(name="measure", text=measure.text),),
            evidence=measure.evidence,
        )


def undone_actions(case: Case) -> Iterator[Contradiction]:
    """Actions of which the text or the status column tells that they were not, or only partly, carried out."""
    for placed in case.actions:
        if placed.action.status in ("not_done", "partly_done"):
            yield Contradiction(
                check="action-not-done",
                message=placed.action.status,
                at=placed.at,
                records=(placed.action.id,),
                values=(Value(name="action", text=placed.action.text),),
                evidence=placed.action.evidence,
            )


def _answered(case: Case) -> frozenset[int]:
    """Official numbers of the indicators that measures belong to; a measure may name several («๗ และ ๘»)."""
    numbers = {measure.indicator_number for measure in case.report.measures}
    names = (measure.indicator_name or "" for measure in case.report.measures)
    numbers |= {found.number for name in names for found in find_indicator_names(name, case.facts)}
    return frozenset(number for number in numbers if number is not None)


def _is_owed(indicator: Indicator, case: Case) -> bool:
    """A report that picks some of its indicators owes measures to these only."""
    if not indicator.weak:
        return False
    listed = listed_weak(case)
    return not (chooses(case) and listed and indicator.number not in listed)


def _introduces(measure: Measure, measures: tuple[Measure, ...]) -> bool:
    """«๒» above «๒.๑»: its actions stand under its parts."""
    return measure.number is not None and any(
        (other.number or "").startswith(f"{measure.number}.") for other in measures if other is not measure
    )
