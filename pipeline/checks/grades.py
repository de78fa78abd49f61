"""Which grades a year's bands give for a score and its parts (`schemas/facts/grade_bands.csv`)."""

from collections.abc import Iterator

from pipeline.checks.case import Case
from schemas.reference import GradeBand, Reference
from schemas.report import Assessment


def possible_grades(case: Case, result: Assessment) -> tuple[str, ...]:
    """The grades that the score may have; none where nothing is known of that year, or of a grade so worded.

    Of a year in which both schemes stand, and where the year is not known, the scheme of the printed grade decides.
    """
    in_force = [band for band in case.facts.grade_bands if result.year is None or _holds_in(band, result.year)]
    if not in_force or result.score is None:
        return ()
    schemes = {band.scheme for band in case.facts.grade_bands if band.grade == result.grade}
    bands = [band for band in in_force if band.scheme in schemes] or in_force
    return tuple(dict.fromkeys(_grades(bands, result, _parts(case, result))))


def _holds_in(band: GradeBand, year: int) -> bool:
    return band.first_year <= year and (band.last_year is None or year <= band.last_year)


def _grades(bands: list[GradeBand], result: Assessment, parts: tuple[float, ...]) -> Iterator[str]:
    """The best grade whose conditions hold, with parts that are known; else all that some parts would give."""
    for band in sorted(bands, key=lambda band: -(band.parts_at_least or 0)):
        if result.score is None or not band.lowest <= result.score <= band.highest:
            continue
        if band.parts_at_least is None or not parts:
            yield band.grade
        elif min(parts) >= band.parts_at_least:
            yield band.grade
            return


def _parts(case: Case, result: Assessment) -> tuple[float, ...]:
    """IIT, EIT and OIT of 100; none unless all are printed, and none of a college: there the total alone counts."""
    printed = (result.iit, result.eit, result.oit)
    name = case.own.name if case.own else ""
    known = tuple(part for part in printed if part is not None)
    if len(known) < len(printed) or name.startswith(case.words.results.colleges):
        return ()
    weights = _weights(case.facts)
    if all(part <= weight for part, weight in zip(known, weights, strict=True)):
        return tuple(100 * part / weight for part, weight in zip(known, weights, strict=True))
    return known


def _weights(facts: Reference) -> tuple[float, ...]:
    by_part = {fact.instrument: fact.weight for fact in facts.indicators}
    return (by_part["IIT"], by_part["EIT"], by_part["OIT"])
