"""Checks over the years of one office: promises not told of again, scores that differ, years without a report."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.thai.text import fold
from pipeline.checks.arithmetic import shown
from pipeline.checks.case import ASSESSMENT, REPORT, PlacedAction
from pipeline.checks.contradiction import Contradiction, Value
from pipeline.checks.copies import masked
from schemas.report import Action, Indicator, Report

# Letters that stand together in promise and report are compared by so many at a time.
_SPAN = 4
# Share of a promise's letters that stand in what is told later, from which the promise is told of again.
TOLD_AGAIN = 0.4


def compare_years(reports: Sequence[Report]) -> Iterator[tuple[Report, Contradiction]]:
    """What several reports of one office tell against each other, with the report that each is told of."""
    dated = sorted((r for r in reports if r.fiscal_year is not None), key=lambda r: (r.fiscal_year or 0, r.id))
    for report in dated:
        following = [other for other in dated if other.fiscal_year == (report.fiscal_year or 0) + 1]
        if following:
            yield from ((report, each) for each in _unreported(report, following))
    yield from _missing_years(dated)
    yield from _other_scores(reports)


def _unreported(report: Report, following: Sequence[Report]) -> Iterator[Contradiction]:
    """Promises of a report of which the next year's does not tell; a plan as a whole promises only."""
    actions = [PlacedAction(measure=m, action=a) for m in report.measures for a in m.actions]
    if all(placed.action.status == "planned" for placed in actions):
        return
    told = [
        fold(text) for other in following for m in other.measures for text in (m.text, *(a.text for a in m.actions))
    ]
    for placed in actions:
        if placed.action.status == "planned" and not any(_tells_of(text, placed.action) for text in told):
            yield Contradiction(
                check="promise-unreported",
                at=placed.at,
                records=(placed.action.id, *(other.id for other in following)),
                values=(
                    Value(name="promise", text=placed.action.text),
                    Value(name="year", text=str((report.fiscal_year or 0) + 1)),
                ),
                evidence=placed.action.evidence,
            )


def _tells_of(text: str, promise: Action) -> bool:
    words = masked(promise.text, (date.raw for date in promise.dates)).removeprefix("จะ")
    spans = {words[at : at + _SPAN] for at in range(max(1, len(words) - _SPAN + 1))}
    return sum(span in text for span in spans) >= TOLD_AGAIN * len(spans)


def _missing_years(dated: Sequence[Report]) -> Iterator[tuple[Report, Contradiction]]:
    years = sorted({report.fiscal_year for report in dated if report.fiscal_year is not None})
    for before, year in pairwise(years):
        later = next(report for report in dated if report.fiscal_year == year)
        if year - before > 1:
            missing = ", ".join(str(each) for each in range(before + 1, year))
            values = (
                Value(name="missing", text=missing),
                Value(name="before", text=str(before)),
                Value(name="year", text=str(year)),
            )
            told = Contradiction(
                check="year-missing", at=REPORT, records=(later.id,), values=values, evidence=later.evidence[:1]
            )
            yield later, told


def _other_scores(reports: Sequence[Report]) -> Iterator[tuple[Report, Contradiction]]:
    """The same assessment's figures, printed differently in a later report."""
    ordered = sorted(reports, key=lambda report: (report.fiscal_year or 0, report.id))
    for place, later in enumerate(ordered):
        earlier = [r for r in ordered[:place] if _assessed(r) is not None and _assessed(r) == _assessed(later)]
        if earlier and later.assessment:
            differing = list(_differing(earlier[0], later))
            if differing:
                yield later, _reprinted(earlier[0], later, differing)


def _assessed(report: Report) -> int | None:
    return report.assessment.year if report.assessment else None


def _differing(one: Report, other: Report) -> Iterator[tuple[str, float, float]]:
    if one.assessment is None or other.assessment is None:
        return
    names = ("score", "iit", "eit", "oit")
    pairs = [(name, getattr(one.assessment, name), getattr(other.assessment, name)) for name in names]
    numbered = {each.number: each for each in one.assessment.indicators if each.number is not None}
    pairs += [
        (_name(i), numbered[i.number].score, i.score) for i in other.assessment.indicators if i.number in numbered
    ]
    yield from ((name, a, b) for name, a, b in pairs if a is not None and b is not None and a != b)


def _name(indicator: Indicator) -> str:
    return f"ตัวชี้วัดที่ {indicator.number}"


def _reprinted(earlier: Report, later: Report, differing: list[tuple[str, float, float]]) -> Contradiction:
    record = later.assessment.id if later.assessment else later.id
    return Contradiction(
        check="score-reprinted",
        at=ASSESSMENT,
        records=(record, earlier.id),
        values=(
            Value(name="year", text=str(_assessed(later))),
            Value(name="figures", text=", ".join(f"{name} {shown(a)} / {shown(b)}" for name, a, b in differing)),
        ),
        evidence=later.assessment.evidence if later.assessment else (),
    )
