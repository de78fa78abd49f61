"""A Finding: what does not add up, and where; and the public JSON of a report with its findings."""

from typing import Literal, get_args

from pydantic import Field

from schemas.base import Record
from schemas.report import Evidence, Report

Severity = Literal["error", "warning", "info"]
Verdict = Literal["confirmed", "dismissed"]
# The gravest first.
SEVERITIES: tuple[Severity, ...] = get_args(Severity)


class Finding(Record):
    """One inconsistency, one per check and record."""

    id: str
    check: str = Field(description="name of the check, such as office-mismatch")
    severity: Severity = Field(description="error: contradicts itself or the facts; warning: probably wrong; info")
    at: str = Field(description="assessment, indicator/N, INDICATOR/MEASURE/ACTION by numbers, or report")
    message_th: str = Field(description="what contradicts what, in Thai")
    message_en: str = Field(description="what contradicts what, in English")
    records: tuple[str, ...] = Field(
        default=(), description="ids of the records concerned, the one at fault first; perhaps of another report, too"
    )
    evidence: tuple[Evidence, ...] = ()


class CheckedReport(Report):
    """The public JSON of `prongsai extract`: a report and what the checks found in it."""

    findings: tuple[Finding, ...] = ()


def with_findings(report: Report, findings: tuple[Finding, ...]) -> CheckedReport:
    """The report with its findings beside it, ready to be printed as the public JSON."""
    fields = {name: getattr(report, name) for name in Report.model_fields}
    return CheckedReport(**fields, findings=findings)
