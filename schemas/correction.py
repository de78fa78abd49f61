"""The lines of the corrections file: what people judged, corrected and checked; and what has become of each."""

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

from pydantic import AwareDatetime, Field

from schemas.base import Record
from schemas.finding import Verdict

Judging = Literal["finding-judgement", "field-correction", "record-checked"]
Withdrawing = Literal["judgement-withdrawn", "correction-withdrawn", "check-withdrawn"]
Kind = Literal["report-identity"] | Judging | Withdrawing
State = Literal["confirmed", "dismissed", "applied", "agreed", "checked", "stale", "superseded", "withdrawn"]
IdentityReason = Literal["new-bytes", "other-rendering"]
WITHDRAWN: Mapping[Withdrawing, Judging] = {
    "judgement-withdrawn": "finding-judgement",
    "correction-withdrawn": "field-correction",
    "check-withdrawn": "record-checked",
}


# All but tab and line end; a half of a surrogate pair is no character, and cannot be stored.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class ReportIdentity(Record):
    """The bytes with this digest are those of that report."""

    kind: Literal["report-identity"] = "report-identity"
    sha256: str
    report_id: str
    source: str
    reason: IdentityReason
    when: AwareDatetime


# What a finding said when it was judged, so that it can be told when it is gone.
_Told = Field(
    default=None,
    exclude_if=lambda value: value is None,
    description="of the finding as it was judged; not there in lines of before",
)


class FindingJudgement(Record):
    """A person confirmed or dismissed a finding."""

    kind: Literal["finding-judgement"] = "finding-judgement"
    finding_id: str
    judgement: Verdict
    reason: str | None = None
    who: str | None = None
    when: AwareDatetime
    check: str | None = _Told
    message_th: str | None = _Told
    message_en: str | None = _Told


class FieldCorrection(Record):
    """A person put a field of a record right; the values are in their normal form, null where there is none."""

    kind: Literal["field-correction"] = "field-correction"
    record_id: str
    field: str
    as_read: str | None = Field(description="what the program read then, also where it had been corrected before")
    as_printed: str | None = Field(
        default=None,
        exclude_if=lambda value: value is None,
        description="digest of what is printed, where the program read no value; not there in lines of before",
    )
    as_corrected: str | None
    reason: str = Field(min_length=1)
    who: str | None = None
    when: AwareDatetime


class RecordChecked(Record):
    """A person held a record against the document and found it right."""

    kind: Literal["record-checked"] = "record-checked"
    record_id: str
    digest: str = Field(description="of the record as the program read it then")
    who: str | None = None
    when: AwareDatetime


class Withdrawal(Record):
    """A person took back what was judged, corrected or checked before."""

    kind: Withdrawing
    record_id: str = Field(description="the record, or the finding")
    field: str | None = None
    reason: str | None = None
    who: str | None = None
    when: AwareDatetime


Line = ReportIdentity | FindingJudgement | FieldCorrection | RecordChecked | Withdrawal


class NumberedLine(NamedTuple):
    """A line of the corrections file and its number there, from 1."""

    number: int
    line: Line


class Subject(NamedTuple):
    """What a line is about; of several lines about the same the last holds."""

    kind: Literal["report-identity"] | Judging
    record_id: str
    field: str | None = None


class Correction(Record):
    """A line with what has become of it, as the table `corrections` shows it."""

    line: int = Field(description="1-based line of the corrections file")
    kind: Kind
    record_id: str
    field: str | None = None
    as_read: str | None = None
    as_corrected: str | None = None
    reason: str | None = None
    who: str | None = None
    made_at: str = Field(description="ISO 8601")
    state: State
    check: str | None = Field(default=None, description="of a judged finding: its check, as it was judged")
    message_th: str | None = Field(default=None, description="of a judged finding: what it said then, in Thai")
    message_en: str | None = Field(default=None, description="of a judged finding: what it said then, in English")


class AsRead(Record):
    """What the program read in the fields of one record that are corrected."""

    record_id: str
    fields: str = Field(description="JSON: the record's attributes behind these fields")


def report_of(record_id: str) -> str:
    """The report of a record or finding: its id begins with the report's."""
    return record_id.partition("-")[0]


def subject_of(line: Line) -> Subject:
    """What a line is about."""
    match line:
        case ReportIdentity():
            return Subject("report-identity", line.sha256)
        case FindingJudgement():
            return Subject("finding-judgement", line.finding_id)
        case Withdrawal():
            return Subject(WITHDRAWN[line.kind], line.record_id, line.field)
        case FieldCorrection():
            return Subject(line.kind, line.record_id, line.field)
        case RecordChecked():
            return Subject(line.kind, line.record_id)


_SHOWN = ("field", "as_read", "as_corrected", "reason", "who", "check", "message_th", "message_en")


def shown(numbered: NumberedLine, state: State) -> Correction:
    """A line as the table shows it; control characters, which a hand may have put there, are left out."""
    line = numbered.line
    fields = {name: getattr(line, name, None) for name in _SHOWN}
    if isinstance(line, RecordChecked):
        fields["as_read"] = line.digest
    if isinstance(line, FindingJudgement):
        fields["as_corrected"] = line.judgement
    return Correction(
        line=numbered.number,
        kind=line.kind,
        record_id=_without_controls(subject_of(line).record_id),
        **{name: value and _without_controls(value) for name, value in fields.items()},
        made_at=line.when.isoformat(),
        state=state,
    )


def _without_controls(text: str) -> str:
    return _CONTROLS.sub("", text)
