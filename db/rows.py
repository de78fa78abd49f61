"""A report as rows of the tables: what `load` writes and `read` turns back."""

import datetime
import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from schemas.document import Document
from schemas.finding import Finding
from schemas.report import Action, Assessment, Evidence, Indicator, Measure, Note, OfficeMention, Report

Row = dict[str, str | int | float | None]


class ReportRows(NamedTuple):
    """The row of a report, and the rows of its parts by table, in an order in which they may be inserted."""

    report: Row
    parts: tuple[tuple[str, list[Row]], ...]


def report_rows(
    report: Report, document: Document, *, extractor_version: str, extracted_at: datetime.datetime
) -> ReportRows:
    """All rows of a report; `ValueError` where an id is missing or given twice, or the time has no time zone."""
    _check_ids(report)
    if extracted_at.tzinfo is None:
        raise ValueError("extracted_at needs a time zone")
    actions = list(_placed_actions(report))
    return ReportRows(
        report={
            **_report_row(report),
            **_document_row(document),
            "checked_by": None,
            "extracted_at": extracted_at.astimezone(datetime.UTC).isoformat(timespec="seconds"),
            "extractor_version": extractor_version,
        },
        parts=(
            ("pages", list(_page_rows(report.id, document))),
            ("page_repairs", list(_repair_rows(report.id, document))),
            ("assessments", list(_assessment_rows(report))),
            ("indicators", list(_indicator_rows(report))),
            ("measures", [_measure_row(report.id, n, measure) for n, measure in enumerate(report.measures, 1)]),
            ("actions", [_action_row(report.id, placed) for placed in actions]),
            ("action_dates", list(_date_rows(actions))),
            ("action_offices", list(_mention_rows(actions))),
            ("notes", [_note_row(report.id, n, note) for n, note in enumerate(report.notes, 1)]),
            ("evidence", list(_evidence_of_report(report))),
        ),
    )


class FieldRows(NamedTuple):
    """Rows of a table, and the columns of its key."""

    table: str
    key: tuple[str, ...]
    rows: list[Row]


def field_rows(report: Report) -> tuple[FieldRows, ...]:
    """The rows that hold the fields of a report and of its records, in an order that stays."""
    actions = list(_placed_actions(report))
    return (
        FieldRows("reports", ("id",), [_report_row(report)]),
        FieldRows("assessments", ("id",), list(_assessment_rows(report))),
        FieldRows("indicators", ("id",), list(_indicator_rows(report))),
        FieldRows("measures", ("id",), [_measure_row(report.id, n, m) for n, m in enumerate(report.measures, 1)]),
        FieldRows("actions", ("id",), [_action_row(report.id, placed) for placed in actions]),
        FieldRows("action_dates", ("action_id", "position"), list(_date_rows(actions))),
    )


class FindingRows(NamedTuple):
    """The rows of findings in order, of the records that they concern, and of their evidence."""

    findings: list[Row]
    records: list[Row]
    evidence: list[Row]


def finding_rows(report_id: str, findings: Sequence[Finding]) -> FindingRows:
    """All rows of a report's findings."""
    return FindingRows(
        findings=[_finding_row(report_id, n, finding) for n, finding in enumerate(findings, 1)],
        records=[
            {"finding_id": finding.id, "position": n, "record_id": record_id}
            for finding in findings
            for n, record_id in enumerate(finding.records, 1)
        ],
        evidence=[row for f in findings for row in _evidence_rows(report_id, "findings", f.id, f.evidence)],
    )


def note_id(report_id: str, position: int) -> str:
    """The id of a report's note, which has none of its own, by its place (from 1)."""
    return f"{report_id}-note-{position}"


class _PlacedAction(NamedTuple):
    """An action, its index in its measure (from 0) and its position in the report (from 1)."""

    measure: Measure
    index_in_measure: int
    position: int
    action: Action


def _check_ids(report: Report) -> None:
    ids = Counter(record_id for _, record_id, _ in _records(report))
    wrong = [record_id for record_id, times in ids.items() if times > 1 or not record_id]
    if wrong:
        raise ValueError(f"report {report.id!r}: record ids missing or given twice: {wrong}")


def _records(report: Report) -> Iterator[tuple[str, str, tuple[Evidence, ...]]]:
    """Table, id and evidence of the report and each of its records."""
    yield "reports", report.id, report.evidence
    for assessment in _assessments(report):
        yield "assessments", assessment.id, assessment.evidence
        for indicator in assessment.indicators:
            yield "indicators", indicator.id, indicator.evidence
    for measure in report.measures:
        yield "measures", measure.id, measure.evidence
        for action in measure.actions:
            yield "actions", action.id, action.evidence
    for position, note in enumerate(report.notes, 1):
        yield "notes", note_id(report.id, position), note.evidence


def _placed_actions(report: Report) -> Iterator[_PlacedAction]:
    positions = itertools.count(1)
    for measure in report.measures:
        for index, action in enumerate(measure.actions):
            yield _PlacedAction(measure, index, next(positions), action)


def _place(report_id: str, position: int) -> Row:
    """Where a row stands: which report, which place in it, and a key that sorts the rows of all reports so."""
    return {"report_id": report_id, "position": position, "sort_key": f"{report_id}-{position:06}"}


def _report_row(report: Report) -> Row:
    mention = report.office_mention
    return {
        "id": report.id,
        "label": _label(report),
        "office_id": mention.office_id if mention else None,
        "office_as_written": mention.raw if mention else None,
        "office_score": mention.score if mention else None,
        "title": report.title,
        "fiscal_year": report.fiscal_year,
        "fiscal_year_basis": report.fiscal_year_basis,
        "characters": report.characters,
        "unrecorded_characters": report.unrecorded_characters,
    }


def _document_row(document: Document) -> Row:
    return {
        "format": document.format,
        "source_sha256": document.sha256,
        "pages": len(document.pages),
        "read_by": ", ".join(dict.fromkeys(page.read_by for page in document.pages)),
    }


def _label(report: Report) -> str:
    """How lists name the report: its office, else its title or id, and its year."""
    name = report.office or report.title or report.id
    return f"{name} · ปี {report.fiscal_year}" if report.fiscal_year is not None else name


def _page_rows(report_id: str, document: Document) -> Iterator[Row]:
    for page in document.pages:
        yield {
            "report_id": report_id,
            "number": page.number,
            "text": page.text,
            "read_by": page.read_by,
            "quality": page.quality,
            "width": page.width,
            "height": page.height,
        }


def _repair_rows(report_id: str, document: Document) -> Iterator[Row]:
    for page in document.pages:
        for repair in page.repairs:
            yield {"report_id": report_id, "page": page.number, "damage": repair.damage, "count": repair.count}


def _assessment_rows(report: Report) -> Iterator[Row]:
    """The report's own assessment, position 0, and those of other agencies, from 1."""
    if report.assessment:
        mention = report.office_mention
        raw = mention.raw if mention else None
        yield _assessment_row(report.id, 0, report.assessment, mention, raw)
    for position, agency in enumerate(report.agencies, 1):
        row = _assessment_row(report.id, position, agency.assessment, agency.office_mention, agency.name)
        yield {**row, "is_total": agency.is_total}


def _assessment_row(
    report_id: str, position: int, assessment: Assessment, mention: OfficeMention | None, raw: str | None
) -> Row:
    return {
        "id": assessment.id,
        "report_id": report_id,
        "position": position,
        "is_total": False,
        "office_id": mention.office_id if mention else None,
        "office_as_written": raw,
        **_fields(assessment, "year score grade threshold weak_count iit eit oit"),
    }


def _indicator_rows(report: Report) -> Iterator[Row]:
    positions = itertools.count(1)
    for assessment in _assessments(report):
        for indicator in assessment.indicators:
            yield {
                "id": indicator.id,
                "assessment_id": assessment.id,
                **_place(report.id, next(positions)),
                **_fields(indicator, "number name score weak"),
            }


def _assessments(report: Report) -> Iterator[Assessment]:
    if report.assessment:
        yield report.assessment
    yield from (agency.assessment for agency in report.agencies)


def _measure_row(report_id: str, position: int, measure: Measure) -> Row:
    fields = _fields(measure, "indicator_number indicator_name number text responsible period budget_baht")
    return {"id": measure.id, **_place(report_id, position), **fields}


def _action_row(report_id: str, placed: _PlacedAction) -> Row:
    action = placed.action
    return {
        "id": action.id,
        **_place(report_id, placed.position),
        "measure_id": placed.measure.id,
        "parent_id": _parent_id(placed),
        "parent_number": action.parent,
        **_fields(action, "number text status"),
    }


def _parent_id(placed: _PlacedAction) -> str | None:
    """The action that this one is an item of: of those with that number, the last before it, else the next after."""
    actions, index, parent = placed.measure.actions, placed.index_in_measure, placed.action.parent
    if parent is None:
        return None
    nearest = (*reversed(actions[:index]), *actions[index + 1 :])
    return next((other.id for other in nearest if other.number == parent), None)


def _date_rows(actions: Sequence[_PlacedAction]) -> Iterator[Row]:
    for *_, action in actions:
        for position, date in enumerate(action.dates, 1):
            yield {
                "action_id": action.id,
                "position": position,
                "raw": date.raw,
                "start": date.start.isoformat() if date.start else None,
                "end": date.end.isoformat() if date.end else None,
                "reason": date.reason,
            }


def _mention_rows(actions: Sequence[_PlacedAction]) -> Iterator[Row]:
    for *_, action in actions:
        for position, mention in enumerate(action.office_mentions, 1):
            yield {"action_id": action.id, "position": position, **_fields(mention, "raw office_id score")}


def _note_row(report_id: str, position: int, note: Note) -> Row:
    return {
        "id": note_id(report_id, position),
        **_place(report_id, position),
        **_fields(note, "code text characters"),
    }


def _finding_row(report_id: str, position: int, finding: Finding) -> Row:
    fields = _fields(finding, "id check severity at message_th message_en")
    return {**_place(report_id, position), **fields}


def _evidence_of_report(report: Report) -> Iterator[Row]:
    for table, record_id, evidence in _records(report):
        yield from _evidence_rows(report.id, table, record_id, evidence)


def _evidence_rows(report_id: str, table: str, record_id: str, evidence: Sequence[Evidence]) -> Iterator[Row]:
    for position, place in enumerate(evidence, 1):
        yield {
            "record_id": record_id,
            "position": position,
            "record_table": table,
            "report_id": report_id,
            **_fields(place, "page x0 top x1 bottom line text"),
        }


def _fields(
    record: Assessment | Indicator | Measure | Action | OfficeMention | Note | Finding | Evidence, names: str
) -> Row:
    """The named fields of a record, for columns of the same names."""
    return {name: getattr(record, name) for name in names.split()}
