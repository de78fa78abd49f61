"""Corrections of people put on a report, and taken off again: pure functions from values to values.

Of the lines about one field of one record the last holds. It is applied where the program still reads what it read when
the correction was made (where it read no value: where the same is printed), and only then; where it reads what is right
by now, it agrees; anything else makes it stale.
Ids of records are those of the report as read.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar, cast

from pydantic import Field

from pipeline.correctable import (
    CorrectableRecord,
    FieldOfRecord,
    digest,
    field_of,
    fields_of,
    normal_value,
    printed_digest,
    read_typed,
    with_value,
)
from pipeline.typed_values import NotUnderstood, Value
from schemas.base import Record
from schemas.correction import (
    AsRead,
    Correction,
    FieldCorrection,
    FindingJudgement,
    Line,
    NumberedLine,
    RecordChecked,
    State,
    Subject,
    Withdrawal,
    shown,
    subject_of,
)
from schemas.reference import Reference
from schemas.report import Action, AgencyAssessment, Assessment, Measure, Report

One = TypeVar("One", bound=CorrectableRecord)


class Corrected(Record):
    """A report with corrections applied, what became of each line, and what takes the corrections off again."""

    report: Report
    corrections: tuple[Correction, ...] = Field(description="in the order of the lines")
    as_read: tuple[AsRead, ...]


class _Applied(NamedTuple):
    """A value to be put into a field."""

    record_id: str
    field: FieldOfRecord
    value: Value


class _Outcome(NamedTuple):
    """What became of the last line about a field or record, and what it wants applied."""

    state: State
    applied: _Applied | None = None


def apply_corrections(report: Report, lines: Sequence[NumberedLine], facts: Reference) -> Corrected:
    """The report as read, with the lines about its records applied; lines of judgements and identities are no such."""
    records = {record.id: record for record in records_of(report)}
    states: dict[int, State] = {}
    applied: list[_Applied] = []
    for same in _by_subject(lines):
        record = records.get(subject_of(same[0].line).record_id)
        outcome = _outcome(same[-1].line, record, facts)
        applied += [outcome.applied] if outcome.applied else []
        withdrawal: State = "applied" if record is not None else "stale"
        states |= {line.number: state for line, state in _superseding(same, outcome.state, withdrawal)}
    changed: dict[str, CorrectableRecord] = {}
    parts: defaultdict[str, set[str]] = defaultdict(set)
    for each in applied:
        record = changed.get(each.record_id, records[each.record_id])
        changed[each.record_id] = with_value(record, each.field, each.value)
        parts[each.record_id].update(each.field.field.attributes)
    for item, number in _renumbered_items(report, changed):
        changed[item.id] = changed.get(item.id, item).model_copy(update={"parent": number})
        parts[item.id].add("parent")
    return Corrected(
        report=with_records(report, changed),
        corrections=tuple(shown(line, states[line.number]) for line in lines),
        as_read=tuple(
            AsRead(record_id=key, fields=records[key].model_dump_json(include=names)) for key, names in parts.items()
        ),
    )


def report_as_read(report: Report, as_read: Sequence[AsRead]) -> Report:
    """The inverse: the report as the program read it."""
    saved = {each.record_id: each.fields for each in as_read}
    return with_records(report, {r.id: _restored(r, saved[r.id]) for r in records_of(report) if r.id in saved})


def without_report(lines: Sequence[NumberedLine]) -> tuple[Correction, ...]:
    """What becomes of lines about a report that is not there: none is applied."""
    states = {line.number: state for same in _by_subject(lines) for line, state in _superseding(same, "stale", "stale")}
    return tuple(shown(line, states[line.number]) for line in lines)


def judgement_states(lines: Sequence[NumberedLine], findings: frozenset[str]) -> tuple[Correction, ...]:
    """What becomes of judgements, where `findings` are the ids of those that are there."""
    return tuple(
        shown(line, state)
        for same in _by_subject(lines)
        for line, state in _superseding(same, *_judgement_state(same[-1], findings))
    )


def digest_of(record: CorrectableRecord, facts: Reference) -> str:
    """Stays the same as long as all fields of the record that people may correct do; fields without a value apart."""
    values = ((field.name, normal_value(record, field, facts)) for field in fields_of(record))
    told = "\x1f".join(f"{name}={value}" for name, value in values if value is not None)
    return digest(told)


def records_of(report: Report) -> Iterator[CorrectableRecord]:
    """The report and all its records that have an id."""
    yield report
    for assessment in (report.assessment, *(agency.assessment for agency in report.agencies)):
        if assessment:
            yield assessment
            yield from assessment.indicators
    for measure in report.measures:
        yield measure
        yield from measure.actions


def with_records(report: Report, changed: Mapping[str, CorrectableRecord]) -> Report:
    """The report with its records in their changed form, by id."""
    if not changed:
        return report
    return _now(report, changed).model_copy(
        update={
            "assessment": report.assessment and _with_indicators(report.assessment, changed),
            "agencies": tuple(_with_assessment(agency, changed) for agency in report.agencies),
            "measures": tuple(_with_actions(measure, changed) for measure in report.measures),
        }
    )


def _by_subject(lines: Sequence[NumberedLine]) -> Iterator[list[NumberedLine]]:
    """The lines about one and the same, in order."""
    groups: defaultdict[Subject, list[NumberedLine]] = defaultdict(list)
    for line in lines:
        groups[subject_of(line.line)].append(line)
    yield from groups.values()


def _outcome(last: Line, record: CorrectableRecord | None, facts: Reference) -> _Outcome:
    if record is not None and isinstance(last, RecordChecked):
        return _Outcome("checked" if last.digest == digest_of(record, facts) else "stale")
    field = field_of(record, last.field) if record is not None and isinstance(last, FieldCorrection) else None
    if record is None or field is None or not isinstance(last, FieldCorrection):
        return _Outcome("stale")
    read = normal_value(record, field, facts)
    if read == last.as_corrected:
        return _Outcome("agreed")
    if read != last.as_read or last.as_printed not in (None, printed_digest(record, field, facts)):
        return _Outcome("stale")
    try:
        value = read_typed(field, last.as_corrected or "", facts)
    except NotUnderstood:  # a line written by hand, or facts that have changed
        return _Outcome("stale")
    return _Outcome("applied", _Applied(record.id, field, value))


def _renumbered_items(report: Report, changed: Mapping[str, CorrectableRecord]) -> Iterator[tuple[Action, str]]:
    """The items of actions whose number is corrected, with the number by which they point to it from now on."""
    for measure in report.measures:
        times = Counter(action.number for action in measure.actions)
        for action in measure.actions:
            new = _now(action, changed).number
            if action.number is not None and new is not None and new != action.number and times[action.number] == 1:
                yield from ((item, new) for item in measure.actions if item.parent == action.number)


def _superseding(same: Sequence[NumberedLine], final: State, withdrawal: State) -> Iterator[tuple[NumberedLine, State]]:
    """Lines about the same with their states: `final` is the last's, `withdrawal` the last's where it withdraws."""
    for line, following in zip(same, [*same[1:], None], strict=True):
        if following is None:
            yield line, withdrawal if isinstance(line.line, Withdrawal) else final
        else:
            yield line, "withdrawn" if isinstance(following.line, Withdrawal) else "superseded"


def _judgement_state(last: NumberedLine, findings: frozenset[str]) -> tuple[State, State]:
    if subject_of(last.line).record_id not in findings:
        return "stale", "stale"
    return (last.line.judgement if isinstance(last.line, FindingJudgement) else "stale"), "applied"


def _restored(record: One, fields: str) -> One:
    own = {name: getattr(record, name) for name in type(record).model_fields}
    return cast(One, type(record).model_validate({**own, **json.loads(fields)}))


def _now(record: One, changed: Mapping[str, CorrectableRecord]) -> One:
    return cast(One, changed.get(record.id, record))


def _with_assessment(agency: AgencyAssessment, changed: Mapping[str, CorrectableRecord]) -> AgencyAssessment:
    return agency.model_copy(update={"assessment": _with_indicators(agency.assessment, changed)})


def _with_indicators(assessment: Assessment, changed: Mapping[str, CorrectableRecord]) -> Assessment:
    indicators = tuple(_now(indicator, changed) for indicator in assessment.indicators)
    return _now(assessment, changed).model_copy(update={"indicators": indicators})


def _with_actions(measure: Measure, changed: Mapping[str, CorrectableRecord]) -> Measure:
    actions = tuple(_now(action, changed) for action in measure.actions)
    return _now(measure, changed).model_copy(update={"actions": actions})
