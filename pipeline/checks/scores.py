"""Checks of the result's arithmetic: the grade against the score, the total and its parts against the indicators."""

from collections.abc import Iterator, Sequence

from pipeline.checks.arithmetic import TOTAL, Figures, figures_of, shown, wrong_figures
from pipeline.checks.case import ASSESSMENT, Case
from pipeline.checks.contradiction import Contradiction, Value, told_value
from pipeline.checks.grades import possible_grades
from pipeline.checks.phrases import Told, listed_phrases, phrase
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
                told_value("right", Told(*(joint.join(right) for joint in phrase("or")))),
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
        _figures("printed", [(each.name, each.printed) for each in wrong]),
        _figures("right", [(each.name, each.computed) for each in wrong]),
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


def _figures(name: str, figures: Sequence[tuple[str, float]]) -> Value:
    """Figures with their names: those of the parts are alike in all languages, that of the total is not."""
    told = [(phrase("total") if part == TOTAL else Told(part, part), shown(figure)) for part, figure in figures]
    listed = listed_phrases(Told(f"{words.thai} {figure}", f"{words.english} {figure}") for words, figure in told)
    return told_value(name, listed, text=", ".join(f"{part} {shown(figure)}" for part, figure in figures))


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
