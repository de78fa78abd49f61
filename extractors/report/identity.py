"""Ids of reports and records: the same report read again gives the same ids.

A record's id hashes its kind, its parent's id, its printed number (else its folded text) and its ordinal among equals;
never the place on the page, the extractor's version or the file's name.
"""

import hashlib
from collections import Counter

from extractors.thai.text import fold
from schemas.report import Action, AgencyAssessment, Assessment, Indicator, Measure, Report

REPORT_ID_LENGTH = 12
RECORD_HASH_LENGTH = 10


def report_id(sha256: str) -> str:
    """The id of a report whose bytes, when first seen, had this SHA-256 (hex digest)."""
    return sha256[:REPORT_ID_LENGTH]


def with_ids(report: Report, report_id: str) -> Report:
    """The report with its id and the ids of all its records filled."""
    ids = _Ids(report_id)
    assessment = report.assessment and _assessment(report.assessment, ids)
    measures = tuple(_measure(measure, ids) for measure in report.measures)
    agencies = tuple(_agency(agency, ids) for agency in report.agencies)
    return report.model_copy(
        update={"id": report_id, "assessment": assessment, "measures": measures, "agencies": agencies}
    )


class _Ids:
    """Ids given out so far, so that equals get ordinals."""

    def __init__(self, report_id: str) -> None:
        self.report_id = report_id
        self._seen: Counter[tuple[str, str, str]] = Counter()

    def give(self, kind: str, parent: str, key: str) -> str:
        """The id of the next record of that kind, parent and key."""
        equals = (kind, parent, key)
        ordinal = self._seen[equals]
        self._seen[equals] += 1
        digest = hashlib.sha256("\x1f".join((*equals, str(ordinal))).encode()).hexdigest()
        return f"{self.report_id}-{digest[:RECORD_HASH_LENGTH]}"


def _agency(agency: AgencyAssessment, ids: _Ids) -> AgencyAssessment:
    own = ids.give("agency", ids.report_id, fold(agency.name))
    indicators = tuple(_indicator(indicator, own, ids) for indicator in agency.assessment.indicators)
    assessment = agency.assessment.model_copy(update={"id": own, "indicators": indicators})
    return agency.model_copy(update={"assessment": assessment})


def _assessment(assessment: Assessment, ids: _Ids) -> Assessment:
    own = ids.give("assessment", ids.report_id, str(assessment.year))
    indicators = tuple(_indicator(indicator, own, ids) for indicator in assessment.indicators)
    return assessment.model_copy(update={"id": own, "indicators": indicators})


def _indicator(indicator: Indicator, parent: str, ids: _Ids) -> Indicator:
    key = str(indicator.number) if indicator.number is not None else fold(indicator.name)
    return indicator.model_copy(update={"id": ids.give("indicator", parent, key)})


def _measure(measure: Measure, ids: _Ids) -> Measure:
    key = f"{measure.indicator_number}/{measure.number}" if measure.number is not None else fold(measure.text)
    own = ids.give("measure", ids.report_id, key)
    actions = tuple(_action(action, own, ids) for action in measure.actions)
    return measure.model_copy(update={"id": own, "actions": actions})


def _action(action: Action, parent: str, ids: _Ids) -> Action:
    key = f"{action.parent}/{action.number}" if action.number is not None else fold(action.text)
    return action.model_copy(update={"id": ids.give("action", parent, key)})
