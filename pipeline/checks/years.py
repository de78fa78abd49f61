"""Checks over the years of one office: promises not told of again, scores that differ, years without a report."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from extractors.thai.text import fold
from pipeline.checks.arithmetic import shown
from pipeline.checks.case import ASSESSMENT, REPORT, PlacedAction
from pipeline.checks.contradiction import Contradiction, Value, told_value
from pipeline.checks.copies import masked
from pipeline.checks.phrases import Told, listed_phrases, phrase
from schemas.report import Action, Assessment, Report

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


class _Reprint(NamedTuple):
    """A figure that two reports print differently; `code` is its name in the finding's id."""

    code: str
    name: Told
    earlier: float
    later: float

    def told(self) -> Told:
        """The name and both figures."""
        figures = f"{shown(self.earlier)} / {shown(self.later)}"
        return Told(f"{self.name.thai} {figures}", f"{self.name.english} {figures}")


def _differing(one: Report, other: Report) -> Iterator[_Reprint]:
    if one.assessment is None or other.assessment is None:
        return
    figures = zip(_printed_figures(one.assessment), _printed_figures(other.assessment), strict=True)
    for (code, name, a), (_, _, b) in figures:
        if a is not None and b is not None and a != b:
            yield _Reprint(code, name, a, b)
    numbered = {each.number: each.score for each in one.assessment.indicators if each.number is not None}
    for indicator in other.assessment.indicators:
        a, b = numbered.get(indicator.number or 0), indicator.score
        if a is not None and b is not None and a != b:
            name = phrase("indicator", number=indicator.number)
            yield _Reprint(name.thai, name, a, b)


def _printed_figures(result: Assessment) -> tuple[tuple[str, Told, float | None], ...]:
    """The total and the parts: code, name, figure."""
    return (
        ("score", phrase("total"), result.score),
        ("iit", Told("IIT", "IIT"), result.iit),
        ("eit", Told("EIT", "EIT"), result.eit),
        ("oit", Told("OIT", "OIT"), result.oit),
    )


def _reprinted(earlier: Report, later: Report, differing: list[_Reprint]) -> Contradiction:
    record = later.assessment.id if later.assessment else later.id
    code = ", ".join(f"{each.code} {shown(each.earlier)} / {shown(each.later)}" for each in differing)
    return Contradiction(
        check="score-reprinted",
        at=ASSESSMENT,
        records=(record, earlier.id),
        values=(
            Value(name="year", text=str(_assessed(later))),
            told_value("figures", listed_phrases(each.told() for each in differing), text=code),
        ),
        evidence=later.assessment.evidence if later.assessment else (),
    )
