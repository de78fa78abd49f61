"""Measures from forms: a table of two columns, label and value, for each measure."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from extractors.report.columns import LaidTable, heading_meaning
from extractors.report.drafts import ActionLines, MeasureDraft, StatusCell
from extractors.report.grid import Slot
from extractors.report.names import indicator_in
from extractors.report.pieces import Piece, whole
from extractors.thai.enumeration import marker_at_head
from schemas.document import Line
from schemas.reference import Meaning, Reference

# A form names the measure and one thing more; two columns of a list do not.
FEWEST_FIELDS = 2
LONGEST_HEAD = 25


@dataclass
class _Form:
    number: str | None = None
    pieces: list[Piece] = field(default_factory=list)
    indicator: list[Piece] = field(default_factory=list)
    responsible: list[Piece] = field(default_factory=list)
    period: list[Piece] = field(default_factory=list)
    budget: list[Piece] = field(default_factory=list)
    status: list[Line] = field(default_factory=list)
    actions: list[Line] = field(default_factory=list)


def form_measures(laid: LaidTable, indicator: tuple[Piece, ...], reference: Reference) -> tuple[MeasureDraft, ...]:
    """The measures that a table of labels and values describes, in printed order; none for any other table.

    `indicator` is the text that names the indicator in force where the form names none.
    """
    rows = [(row[0], row[1]) for row in laid.rows] if laid.table.columns == 2 else []
    labels = [_field(left, right, reference) for left, right in rows]
    told = {label for label in labels if label is not None}
    if "measure" not in told or len(told - {"other"}) < FEWEST_FIELDS or _is_list(rows, reference):
        return ()
    return tuple(_draft(form, indicator) for form in _forms(rows, labels, reference))


def _field(left: Slot, right: Slot, reference: Reference) -> Meaning | None:
    if left.cell is right.cell or not left.text:
        return None
    found = heading_meaning(left.text.rstrip(" :："), reference)
    return found.meaning if found else None


def _is_list(rows: list[tuple[Slot, Slot]], reference: Reference) -> bool:
    """A table whose first row heads both columns is a list of rows, not a form."""
    left, right = rows[0]
    heads = all(len(slot.text) <= LONGEST_HEAD and heading_meaning(slot.text, reference) for slot in rows[0])
    return left.cell is not right.cell and heads and marker_at_head(left.text) is None


def _forms(rows: list[tuple[Slot, Slot]], labels: list[Meaning | None], reference: Reference) -> Iterator[_Form]:
    form = _Form()
    for (left, right), label in zip(rows, labels, strict=True):
        if label == "measure" and form.pieces:
            yield form
            form = _Form(indicator=list(form.indicator))
        _fill(form, label, left, right, reference)
    if form.pieces:
        yield form


def _fill(form: _Form, label: Meaning | None, left: Slot, right: Slot, reference: Reference) -> None:
    counted = marker_at_head(left.text)
    if left.cell is right.cell or label in ("measure_number", "running_number") or counted is not None:
        marker = counted or marker_at_head(right.text)
        form.number = marker.number if marker and marker.number else form.number
    if label == "measure":
        form.pieces = list(map(whole, right.lines))
    elif label == "action":
        form.actions.extend(right.lines)
    elif label == "responsible":
        form.responsible.extend(map(whole, right.lines))
    elif label == "period":
        form.period.extend(map(whole, right.lines))
    elif label == "budget":
        form.budget.extend(map(whole, right.lines))
    elif label in ("status", "result"):
        form.status.extend(right.lines)
    elif label == "indicator" or indicator_in(right.text, reference, whole=True):
        form.indicator = list(map(whole, right.lines))


def _draft(form: _Form, indicator: tuple[Piece, ...]) -> MeasureDraft:
    actions = ActionLines()
    actions.add(form.actions or form.status, True, StatusCell(lines=tuple(form.status) if form.actions else ()))
    return MeasureDraft(
        number=form.number,
        pieces=tuple(form.pieces),
        indicator=tuple(form.indicator) or indicator,
        responsible=tuple(form.responsible),
        period=tuple(form.period),
        budget=tuple(form.budget),
        actions=actions.drafts(),
    )
