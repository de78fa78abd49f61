"""Which fields of which records people may put right, and how a field's value is taken from a record and put there."""

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

from pydantic import Field

from extractors.thai.text import fold
from pipeline.typed_values import Days, Kind, NotUnderstood, Value, normal_form, read_value
from schemas.base import Record
from schemas.reference import Reference
from schemas.report import Action, Assessment, Indicator, Measure, OfficeMention, Report

_DIGEST_LENGTH = 12

CorrectableRecord = Report | Assessment | Indicator | Measure | Action


class CorrectableField(NamedTuple):
    """A field of the records of a table, as the column is called; `parts` are the record's attributes behind it."""

    table: str
    name: str
    kind: Kind
    required: bool = False
    parts: tuple[str, ...] = ()

    @property
    def attributes(self) -> tuple[str, ...]:
        """The attributes of the record that a correction may change."""
        return self.parts or (self.name,)


FIELDS: tuple[CorrectableField, ...] = (
    CorrectableField("reports", "title", "text"),
    CorrectableField("reports", "fiscal_year", "year", parts=("fiscal_year", "fiscal_year_basis")),
    CorrectableField("reports", "office", "office", parts=("office_mention",)),
    CorrectableField("assessments", "year", "year"),
    CorrectableField("assessments", "score", "points"),
    CorrectableField("assessments", "grade", "grade"),
    CorrectableField("assessments", "threshold", "points"),
    CorrectableField("assessments", "weak_count", "count"),
    CorrectableField("assessments", "iit", "points"),
    CorrectableField("assessments", "eit", "points"),
    CorrectableField("assessments", "oit", "points"),
    CorrectableField("indicators", "number", "indicator"),
    CorrectableField("indicators", "name", "text", required=True),
    CorrectableField("indicators", "score", "points"),
    CorrectableField("indicators", "weak", "yes-no", required=True),
    CorrectableField("measures", "indicator_number", "indicator"),
    CorrectableField("measures", "indicator_name", "text"),
    CorrectableField("measures", "number", "list-number"),
    CorrectableField("measures", "text", "text", required=True),
    CorrectableField("measures", "responsible", "text"),
    CorrectableField("measures", "period", "text"),
    CorrectableField("measures", "budget_baht", "baht"),
    CorrectableField("actions", "number", "list-number"),
    CorrectableField("actions", "text", "text", required=True),
    CorrectableField("actions", "status", "status", required=True),
    # dates.1, dates.2 …: the days that each printed date means; what is printed stays.
    CorrectableField("actions", "dates", "dates", parts=("dates",)),
)

_TABLES: tuple[tuple[type[CorrectableRecord], str], ...] = (
    (Report, "reports"),
    (Assessment, "assessments"),
    (Indicator, "indicators"),
    (Measure, "measures"),
    (Action, "actions"),
)


class FieldOfRecord(NamedTuple):
    """A field of one record: `name` is as people and the corrections file call it, `place` that of a date, from 0."""

    name: str
    field: CorrectableField
    place: int = 0


class FieldValue(Record):
    """A field of a record with its value in normal form."""

    name: str
    kind: Kind
    value: str | None
    required: bool
    raw: str | None = None
    seen: str = Field(description="digest of the value and the print: a form tells by it what its reader saw")


def table_of(record: CorrectableRecord) -> str:
    """The table that holds the record."""
    return next(table for kind, table in _TABLES if isinstance(record, kind))


def fields_of(record: CorrectableRecord) -> tuple[FieldOfRecord, ...]:
    """The fields of the record that may be put right; each date is one."""
    return tuple(_fields_of(record))


def field_of(record: CorrectableRecord, name: str) -> FieldOfRecord | None:
    """The field of that name; null where the record has none."""
    return next((field for field in fields_of(record) if field.name == name), None)


def value_of(record: CorrectableRecord, field: FieldOfRecord) -> Value:
    """The value of a field of the record."""
    match record, field.field.kind:
        case Action(), "dates":
            return Days(record.dates[field.place].start, record.dates[field.place].end)
        case Report(), "office":
            return record.office_mention
        case _:
            value: Value = getattr(record, field.field.name)
            return value


def with_value(record: CorrectableRecord, field: FieldOfRecord, value: Value) -> CorrectableRecord:
    """The record with a value in place of a field's; what is printed (`raw`) stays as it was read."""
    match record, value:
        case Action(), Days() | None if field.field.kind == "dates":
            days = value if isinstance(value, Days) else Days(None, None)
            date = record.dates[field.place].model_copy(update={**days._asdict(), "reason": None})
            dates = (*record.dates[: field.place], date, *record.dates[field.place + 1 :])
            return record.model_copy(update={"dates": dates})
        case Report(), OfficeMention() | None if field.field.kind == "office":
            return record.model_copy(update={"office_mention": value and _as_written(value, record.office_mention)})
        case Report(), _ if field.field.name == "fiscal_year":
            return record.model_copy(update={"fiscal_year": value, "fiscal_year_basis": None})
        case _:
            return record.model_copy(update={field.field.name: value})


def read_typed(field: FieldOfRecord, typed: str, facts: Reference) -> Value:
    """The value that was typed for the field, or its normal form; raises `NotUnderstood`."""
    value = read_value(field.field.kind, typed, facts)
    if value is None and field.field.required:
        raise NotUnderstood("ช่องนี้ว่างไม่ได้ โปรดพิมพ์ค่า", "This field cannot be empty: type a value.")
    return value


def values_of(record: CorrectableRecord, facts: Reference) -> tuple[FieldValue, ...]:
    """All fields of the record that may be put right, with their values."""
    return tuple(_field_value(record, field, facts) for field in fields_of(record))


def normal_value(record: CorrectableRecord, field: FieldOfRecord, facts: Reference) -> str | None:
    """The value of a field in its normal form."""
    return normal_form(value_of(record, field), facts)


def printed_digest(record: CorrectableRecord, field: FieldOfRecord, facts: Reference) -> str | None:
    """Stays the same as long as what is printed does, of a field in which no value was read; null where one was.

    A date is printed in words of its own; any other value stands somewhere in the record's evidence.
    """
    if normal_value(record, field, facts) is not None:
        return None
    raw = _raw_date(record, field)
    if raw is not None:
        return digest(fold(raw))
    return digest("\x1f".join(fold(evidence.text) for evidence in record.evidence))


def seen_digest(record: CorrectableRecord, field: FieldOfRecord, facts: Reference) -> str:
    """Stays the same as long as one who looks at the field sees the same value and the same print."""
    return digest(f"{normal_value(record, field, facts)}\x1f{_raw_date(record, field)}")


def digest(text: str) -> str:
    """Tells whether a text is still the same: 12 hex digits."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:_DIGEST_LENGTH]


def _field_value(record: CorrectableRecord, field: FieldOfRecord, facts: Reference) -> FieldValue:
    return FieldValue(
        name=field.name,
        kind=field.field.kind,
        value=normal_value(record, field, facts),
        required=field.field.required,
        raw=_raw_date(record, field),
        seen=seen_digest(record, field, facts),
    )


def _raw_date(record: CorrectableRecord, field: FieldOfRecord) -> str | None:
    return record.dates[field.place].raw if isinstance(record, Action) and field.field.kind == "dates" else None


def _fields_of(record: CorrectableRecord) -> Iterator[FieldOfRecord]:
    table = table_of(record)
    for field in FIELDS:
        if field.table != table:
            continue
        if field.kind == "dates" and isinstance(record, Action):
            yield from (FieldOfRecord(f"dates.{n}", field, n - 1) for n in range(1, len(record.dates) + 1))
        else:
            yield FieldOfRecord(field.name, field)


def _as_written(office: OfficeMention, read: OfficeMention | None) -> OfficeMention:
    return office.model_copy(update={"raw": read.raw}) if read else office
