"""From contradictions to findings: the message in two languages, the severity, an id that stays."""

import hashlib
from collections.abc import Iterable

from pipeline.checks.catalogue import load_catalogue
from pipeline.checks.contradiction import Contradiction, distinct
from schemas.finding import Finding
from schemas.report import Report

ID_LENGTH = 10


def finding_of(contradiction: Contradiction, report_id: str) -> Finding:
    """The finding that a contradiction is; its id hashes the check, the records and the values, nothing else."""
    facts = load_catalogue()[contradiction.check]
    message = facts.message(contradiction.message)
    return Finding(
        id=f"{report_id}-{_digest(contradiction)}",
        check=contradiction.check,
        severity=facts.severity,
        at=contradiction.at,
        message_th=message.th.format_map({value.name: value.thai or value.text for value in contradiction.values}),
        message_en=message.en.format_map({value.name: value.english or value.text for value in contradiction.values}),
        records=tuple(dict.fromkeys(contradiction.records)),
        evidence=distinct(contradiction.evidence),
    )


def in_printed_order(contradictions: Iterable[Contradiction], report: Report) -> list[Contradiction]:
    """Sorted by the place of the record at fault: report, assessment, indicators, measures with their actions."""
    order = {record: place for place, record in enumerate(_record_ids(report))}
    return sorted(contradictions, key=lambda each: order.get(each.records[0], len(order)))


def _record_ids(report: Report) -> list[str]:
    ids = [report.id]
    if report.assessment:
        ids += [report.assessment.id, *(indicator.id for indicator in report.assessment.indicators)]
    ids += [agency.assessment.id for agency in report.agencies]
    for measure in report.measures:
        ids += [measure.id, *(action.id for action in measure.actions)]
    return ids


def _digest(contradiction: Contradiction) -> str:
    values = (part for value in contradiction.values for part in (value.name, value.text))
    parts = (contradiction.check, *contradiction.records, *values)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:ID_LENGTH]
