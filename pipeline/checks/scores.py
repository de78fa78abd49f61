"""Checks of the result's arithmetic: the grade against the score, the total and its parts against the indicators."""

from collections.abc import Iterator, Sequence

from pipeline.checks.arithmetic import TOTAL, Computed, Figures, figures_of, shown, wrong_figures
from pipeline.checks.case import ASSESSMENT, Case
from pipeline.checks.contradiction import Contradiction, Value
from pipeline.checks.grades import possible_grades
from schemas.report import Assessment, Evidence


def wrong_grades(case: Case) -> Iterator[Contradiction]:
    """A grade that the year's bands do not give for the printed score and parts."""
    result = case.assessment
    if result is None or result.grade is None or result.score is None or case.result_is_mixed:
        return
    right = possible_grades(case, result)
    if right and result.grade not in right:
        yield Contradiction(
            check="grade-band",
            at=ASSESSMENT,
            records=(result.id,),
            values=(
                Value(name="grade", text=result.grade),
                Value(name="score", text=shown(result.score)),
                Value(name="year", text=str(result.year or "-")),
                Value(name="right", text=" หรือ ".join(right), english=" or ".join(right)),
            ),
            evidence=result.evidence,
        )


def wrong_totals(case: Case) -> Iterator[Contradiction]:
    """A printed total, IIT, EIT or OIT that the printed indicators or parts do not give; of other agencies, too."""
    if case.assessment is not None and not case.result_is_mixed:
        yield from _wrong_totals(case.assessment, ASSESSMENT, None, case)
    for number, agency in enumerate(case.report.agencies, 1):
        yield from _wrong_totals(agency.assessment, f"agency/{number}", agency.name, case)


def _wrong_totals(result: Assessment, at: str, agency: str | None, case: Case) -> Iterator[Contradiction]:
    figures = figures_of(result, case.facts, frozenset() if agency else case.told_twice)
    wrong = wrong_figures(figures)
    if not wrong:
        return
    swapped = _swapped(figures)
    values = (
        *_named("agency", agency),
        Value(name="printed", text=_printed(wrong), thai=_in_thai(_printed(wrong))),
        Value(name="right", text=_computed(wrong), thai=_in_thai(_computed(wrong))),
        *_named("swapped", swapped),
    )
    yield Contradiction(
        check="score-total",
        message="-".join(filter(None, ("agency" if agency else "", "swapped" if swapped else ""))) or "default",
        at=at,
        records=(result.id,),
        values=values,
        evidence=_places(result),
    )


def _named(name: str, text: str | None) -> tuple[Value, ...]:
    return () if text is None else (Value(name=name, text=text),)


def _printed(figures: Sequence[Computed]) -> str:
    return ", ".join(f"{each.name} {shown(each.printed)}" for each in figures)


def _computed(figures: Sequence[Computed]) -> str:
    return ", ".join(f"{each.name} {shown(each.computed)}" for each in figures)


def _in_thai(figures: str) -> str:
    return figures.replace(TOTAL, "คะแนนรวม")


def _swapped(figures: Figures) -> str | None:
    """Two parts whose printed figures are each other's."""
    wrong = [each for each in figures.parts if each.is_wrong]
    if len(wrong) != 2:
        return None
    one, other = wrong
    crossed = abs(one.printed - other.computed) <= one.tolerance and abs(other.printed - one.computed) <= one.tolerance
    return f"{one.name}–{other.name}" if crossed else None


def _places(result: Assessment) -> tuple[Evidence, ...]:
    return (*result.evidence, *(place for indicator in result.indicators for place in indicator.evidence))
