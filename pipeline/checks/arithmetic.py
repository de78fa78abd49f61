"""How the total of an assessment follows from its parts, and these from the indicators.

IIT, EIT and OIT are the means of their indicators (1 to 5, 6 to 8, 9 and 10); the total is 30, 30 and 40 percent of
them. Parts are printed of 100, or as points of 30, 30 and 40. Source: the weights in `schemas/facts/indicators.csv`.
"""

from collections.abc import Iterator, Mapping, Sequence

from pydantic import Field

from schemas.base import Record
from schemas.reference import Instrument, Reference
from schemas.report import Assessment, Indicator

INSTRUMENTS: tuple[Instrument, ...] = ("IIT", "EIT", "OIT")
TOTAL = "total"
# Rounding: a mean of figures rounded to two decimals, itself rounded, is off by at most 0.01; the total by 0.02.
OF_A_PART = 0.01
OF_THE_TOTAL = 0.02
_SLACK = 1e-6
_ByPart = Mapping[Instrument, float]


class Computed(Record):
    """A figure as printed and as it follows from others."""

    name: str = Field(description="IIT, EIT, OIT or total")
    printed: float
    computed: float
    tolerance: float

    @property
    def is_wrong(self) -> bool:
        """Whether rounding does not explain the difference."""
        return abs(self.printed - self.computed) > self.tolerance + _SLACK


class Figures(Record):
    """Every printed figure that can be computed."""

    parts: tuple[Computed, ...]
    totals: tuple[Computed, ...] = Field(description="the total from the printed parts, and from the indicators")


def figures_of(result: Assessment, facts: Reference, unsure: frozenset[str] = frozenset()) -> Figures:
    """The figures of a result that other printed figures give; indicators named in `unsure` are left out."""
    means = {name: mean for name in INSTRUMENTS if (mean := _mean(result, name, facts, unsure)) is not None}
    printed = {name: value for name in INSTRUMENTS if (value := _printed(result, name)) is not None}
    in_points = _are_points(printed, facts)
    unit = _unit(result)
    parts = tuple(
        Computed(
            name=name,
            printed=printed[name],
            computed=means[name] * (_weight(name, facts) / 100 if in_points else 1),
            tolerance=OF_A_PART * unit,
        )
        for name in INSTRUMENTS
        if name in printed and name in means
    )
    return Figures(parts=parts, totals=tuple(_totals(result, printed, means, in_points, facts)))


def wrong_figures(figures: Figures) -> tuple[Computed, ...]:
    """The parts that the indicators do not give, and the total, if neither the parts nor the indicators give it."""
    wrong = [each for each in figures.parts if each.is_wrong]
    totals = [each for each in figures.totals if each.is_wrong]
    if totals and (not wrong or len(totals) == len(figures.totals)):
        wrong.append(totals[0])
    return tuple(wrong)


def shown(figure: float) -> str:
    """A figure as people print it, with two decimals."""
    return f"{figure:.2f}"


def _totals(
    result: Assessment,
    printed: _ByPart,
    means: _ByPart,
    in_points: bool,
    facts: Reference,
) -> Iterator[Computed]:
    if result.score is None:
        return
    tolerance = OF_THE_TOTAL * _unit(result)
    if len(printed) == len(INSTRUMENTS):
        shares = (value if in_points else value * _weight(name, facts) / 100 for name, value in printed.items())
        yield Computed(name=TOTAL, printed=result.score, computed=sum(shares), tolerance=tolerance)
    if len(means) == len(INSTRUMENTS):
        shares = (mean * _weight(name, facts) / 100 for name, mean in means.items())
        yield Computed(name=TOTAL, printed=result.score, computed=sum(shares), tolerance=tolerance)


def _mean(result: Assessment, name: Instrument, facts: Reference, unsure: frozenset[str]) -> float | None:
    """The mean of an instrument's indicators; null unless all have one score."""
    numbers = [fact.number for fact in facts.indicators if fact.instrument == name]
    scores = [_score_of(number, result.indicators, unsure) for number in numbers]
    known = [score for score in scores if score is not None]
    return sum(known) / len(known) if len(known) == len(numbers) else None


def _score_of(number: int, indicators: Sequence[Indicator], unsure: frozenset[str]) -> float | None:
    scores = [each.score for each in indicators if each.number == number and each.name not in unsure]
    return scores[0] if len(scores) == 1 else None


def _printed(result: Assessment, name: Instrument) -> float | None:
    return {"IIT": result.iit, "EIT": result.eit, "OIT": result.oit}[name]


def _are_points(printed: _ByPart, facts: Reference) -> bool:
    """Whether the parts are printed as points of their weights: none is above its own."""
    return bool(printed) and all(value <= _weight(name, facts) for name, value in printed.items())


def _weight(name: Instrument, facts: Reference) -> float:
    return next(fact.weight for fact in facts.indicators if fact.instrument == name)


def _unit(result: Assessment) -> float:
    """1 where figures are printed with two decimals, 10 or 100 where all have fewer."""
    figures = [result.score, result.iit, result.eit, result.oit, *(each.score for each in result.indicators)]
    decimals = max((_decimals(figure) for figure in figures if figure is not None), default=2)
    return float(10 ** (2 - decimals))


def _decimals(figure: float) -> int:
    return len(f"{figure:.2f}".rstrip("0").partition(".")[2])
