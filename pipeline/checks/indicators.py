"""Check of the indicators' names: number and name against the official list of the year."""

from collections.abc import Iterator

from rapidfuzz import fuzz

from extractors.report.names import number_by_name
from extractors.thai.text import fold, fold_phrases
from pipeline.checks.case import Case, at_indicator
from pipeline.checks.contradiction import Contradiction, Value
from schemas.reference import IndicatorFact
from schemas.report import Indicator

# The ten indicators bear these names since the assessment of this year (Buddhist era).
FIRST_YEAR = 2562
# A name less like the official one than this is another name; more like it, a variant or misprint.
UNLIKE = 50.0
# A report that counts its own list («ตัวชี้วัดที่ ๑» for its first) disagrees with the official numbers all over.
LEAST_RIGHT = 0.5


def wrong_names(case: Case) -> Iterator[Contradiction]:
    """Indicators whose printed number and name are not those of one official indicator."""
    year = case.assessment.year if case.assessment else None
    numbered = [each for each in case.indicators if each.number is not None]
    wrong = [each for each in numbered if _disagrees(each, case)]
    if (year is not None and year < FIRST_YEAR) or _counts_its_own(numbered, wrong):
        return
    for indicator in wrong:
        yield Contradiction(
            check="indicator-name",
            at=at_indicator(indicator),
            records=(indicator.id,),
            values=(
                Value(name="number", text=str(indicator.number)),
                Value(name="name", text=indicator.name),
                Value(name="official", text=_fact(indicator, case).name),
            ),
            evidence=indicator.evidence,
        )


def _counts_its_own(numbered: list[Indicator], wrong: list[Indicator]) -> bool:
    """Whether the numbers run 1, 2, 3 … in printed order and most are not the official ones."""
    running = [each.number for each in numbered] == list(range(1, len(numbered) + 1))
    return running and len(numbered) - len(wrong) < LEAST_RIGHT * len(numbered)


def _disagrees(indicator: Indicator, case: Case) -> bool:
    meant = number_by_name(indicator.name, case.facts)
    if meant is not None:
        return meant != indicator.number
    official = _fact(indicator, case)
    return all(fuzz.partial_ratio(fold(indicator.name), name) < UNLIKE for name in fold_phrases(official.names))


def _fact(indicator: Indicator, case: Case) -> IndicatorFact:
    return next(fact for fact in case.facts.indicators if fact.number == indicator.number)
