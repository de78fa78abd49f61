"""All checks of a single report, in one list: a new check is a function and a line here (and in `checks.toml`)."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from pipeline.checks import answers, dates, indicators, numbering, offices, scores, sections, spelling, weak
from pipeline.checks.case import Case
from pipeline.checks.contradiction import Contradiction, merged
from pipeline.checks.findings import finding_of, in_printed_order
from schemas.finding import Finding


class Check(NamedTuple):
    """A check's name and the function that tells what it finds in a report."""

    name: str
    find: Callable[[Case], Iterator[Contradiction]]


CHECKS: tuple[Check, ...] = (
    Check("section-empty", sections.empty_sections),
    Check("weak-count", weak.wrong_counts),
    Check("grade-band", scores.wrong_grades),
    Check("score-total", scores.wrong_totals),
    Check("indicator-name", indicators.wrong_names),
    Check("weak-score", weak.wrong_scores),
    Check("indicator-unanswered", answers.unanswered_indicators),
    Check("measure-unanswered", answers.unanswered_measures),
    Check("numbering", numbering.broken_lists),
    Check("office-mismatch", offices.other_offices),
    Check("office-misspelt", spelling.misspelt_offices),
    Check("date-impossible", dates.impossible_dates),
    Check("date-weekday", dates.wrong_weekdays),
    Check("date-order", dates.backward_dates),
    Check("date-out-of-period", dates.dates_out_of_period),
    Check("action-not-done", answers.undone_actions),
)


def check_report(case: Case) -> tuple[Finding, ...]:
    """Everything that the checks find in one report, in printed order; nothing in a document that holds no records."""
    if not (case.report.assessment or case.report.measures or case.report.agencies):
        return ()
    found = merged(contradiction for check in CHECKS for contradiction in check.find(case))
    return tuple(finding_of(each, case.report.id) for each in in_printed_order(found, case.report))
