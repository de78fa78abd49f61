"""Measures and actions from tables: rows over pages, merged cells, rows that go on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from extractors.report.columns import Column, Header, find_header, repeats
from extractors.report.drafts import NO_STATUS, ActionDraft, ActionLines, MeasureDraft, StatusCell, measures_in
from extractors.report.grid import EMPTY, Slot, rows_of, sole_text
from extractors.report.names import indicator_in
from extractors.report.pieces import Piece, joined, whole
from extractors.thai.enumeration import marker_at_head
from extractors.thai.text import fold
from schemas.document import Line, Table
from schemas.reference import Meaning, Reference

_TICKS = frozenset("✓✔√/xX●•☑☒■*")
_NOTHING = frozenset({"", "-", "–", "—", "--", "..."})


@dataclass(frozen=True)
class BodyRow:
    """One row under a header, with what a reader must know of the row's place."""

    slots: tuple[Slot, ...]
    header: Header
    after_break: bool
    merges_stated: bool

    def slot(self, meaning: Meaning) -> Slot:
        """The slot of the first column of that meaning; empty where the table has none."""
        column = self.header.of(meaning)
        return self.slots[column.index] if column and column.index < len(self.slots) else EMPTY

    def begins(self, meaning: Meaning) -> tuple[Line, ...]:
        """The lines of a cell that begins in this row and holds text."""
        slot = self.slot(meaning)
        return slot.lines if slot.begins else ()

    @property
    def group_heading(self) -> Slot | None:
        """The text of a row that holds nothing else: a heading over the rows that follow."""
        alone = sole_text(self.slots)
        if alone is None or alone.cell is None or (not alone.begins and not any(slot.begins for slot in self.slots)):
            return None
        wide = alone.cell.column_span == len(self.slots) > 1
        first = self.slots[0].cell is alone.cell and not self.merges_stated
        return alone if wide or (first and len(alone.text) > 3) else None

    @property
    def is_one_wide_cell(self) -> bool:
        """The row is one cell over the whole width: a heading or a remark, no measure."""
        return len(self.slots) > 1 and all(slot.cell is self.slots[0].cell for slot in self.slots)


@dataclass
class _Entry:
    """A row or rows with one measure cell."""

    indicator: tuple[Piece, ...]
    running: str | None
    measure: list[Line]
    row: BodyRow
    responsible: list[Piece] = field(default_factory=list)
    period: list[Piece] = field(default_factory=list)
    budget: list[Piece] = field(default_factory=list)
    actions: ActionLines = field(default_factory=ActionLines)


def is_measure_header(header: Header) -> bool:
    """Whether a table's columns hold measures: it has a column of measures, and one that tells more of them."""
    meanings = {column.meaning for column in header.columns}
    return "measure" in meanings and bool(
        meanings & {"action", "indicator", "responsible", "period", "status", "budget"}
    )


def table_measures(blocks: Sequence[Line | Table], reference: Reference) -> tuple[MeasureDraft, ...]:
    """Every measure of the document's measure tables, in printed order."""
    reader = _TableReader(reference)
    for block in blocks:
        if isinstance(block, Line):
            reader.read_line(block)
        else:
            reader.read_table(block)
    return tuple(draft for entry in reader.entries for draft in _drafts(entry))


class _TableReader:
    """What is known while tables are read one after the other: the columns, and the indicator in force."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._header: Header | None = None
        self._header_rows: Sequence[tuple[Slot, ...]] = ()
        self._indicator: tuple[Piece, ...] = ()
        self._named_in_turn = 0
        self._line_before: Line | None = None
        self.entries: list[_Entry] = []

    def read_line(self, line: Line) -> None:
        """A line that names one indicator heads the table that follows; lines that name several are a list."""
        if indicator_in(line.text, self._reference, whole=True):
            self._indicator = (whole(line),)
            self._named_in_turn = 1 if self._stands_apart(line) else self._named_in_turn + 1
        elif line.text.strip():
            self._end_list()
        self._line_before = line

    def _stands_apart(self, line: Line) -> bool:
        """A heading by its type, or by the blank line above it."""
        before = self._line_before
        gap = before is None or line.number is None or before.number is None or line.number - before.number > 1
        return bool(line.heading or line.bold) or gap

    def _end_list(self) -> None:
        if self._named_in_turn > 1:
            self._indicator = ()
        self._named_in_turn = 0

    def read_table(self, table: Table) -> None:
        self._end_list()
        rows = rows_of(table)
        header = find_header(rows, self._reference)
        body = rows
        if header:
            self._read_above_header(rows[: header.first_row])
            self._header = header if is_measure_header(header) else None
            self._header_rows = rows[header.first_row : header.end_row]
            body = rows[header.end_row :]
        elif self._header is None or table.columns != len(self._header.columns):
            return
        if self._header is not None:
            self._read_body(body, self._header, bool(self.entries), table.merges_stated)

    def _read_above_header(self, rows: Sequence[tuple[Slot, ...]]) -> None:
        for row in rows:
            alone = sole_text(row)
            if alone and indicator_in(alone.text, self._reference):
                self._indicator = tuple(map(whole, alone.lines))

    def _read_body(
        self, rows: Sequence[tuple[Slot, ...]], header: Header, after_break: bool, merges_stated: bool
    ) -> None:
        for slots in rows:
            if repeats(self._header_rows, slots):
                after_break = True
            elif any(slot.text for slot in slots):
                self._read_row(BodyRow(slots, header, after_break, merges_stated))
                after_break = False

    def _read_row(self, row: BodyRow) -> None:
        heading = row.group_heading
        if heading and indicator_in(heading.text, self._reference):
            self._indicator = tuple(map(whole, heading.lines))
            return
        if row.is_one_wide_cell:
            return
        measure = row.begins("measure")
        if self.entries and self._goes_on(row, measure):
            self._extend(self.entries[-1], row, measure)
            return
        if row.begins("indicator"):
            self._indicator = tuple(map(whole, row.begins("indicator")))
        if measure:
            self._begin(row, measure)
        elif self.entries:
            self._add_row(self.entries[-1], row)

    def _goes_on(self, row: BodyRow, measure: tuple[Line, ...]) -> bool:
        """A row broken by a page end: first of its page, no running number, no list mark at the head of the cell.

        A measure cell without a mark begins a new measure all the same where measures carry no marks at all.
        """
        if not row.after_break or not measure or row.begins("running_number") or row.begins("indicator"):
            return False
        if marker_at_head(measure[0].text):
            return False
        return (
            row.header.of("running_number") is not None or marker_at_head(self.entries[-1].measure[0].text) is not None
        )

    def _extend(self, entry: _Entry, row: BodyRow, measure: tuple[Line, ...]) -> None:
        entry.measure.extend(measure)
        self._add_row(entry, row)

    def _begin(self, row: BodyRow, measure: tuple[Line, ...]) -> None:
        previous = self.entries[-1] if self.entries else None
        entry = _Entry(self._indicator, _running_number(row), list(measure), row)
        self.entries.append(entry)
        shared = row.slot("action")
        if shared.cell is not None and not shared.begins and previous is not None:
            entry.actions.add(shared.lines, True, _status(row))
        self._add_row(entry, row)
        if previous is not None and not row.merges_stated:
            entry.responsible = entry.responsible or _carried(row, "responsible", previous.responsible)
            entry.period = entry.period or _carried(row, "period", previous.period)

    def _add_row(self, entry: _Entry, row: BodyRow) -> None:
        actions = row.begins("action")
        if actions:
            begins_anew = not row.after_break or marker_at_head(actions[0].text) is not None
            entry.actions.add(actions, begins_anew, _status(row))
        _add_once(entry.responsible, row.slot("responsible").lines)
        _add_once(entry.period, _period_lines(row))
        entry.budget.extend(map(whole, row.begins("budget")))


def _carried(row: BodyRow, meaning: Meaning, above: list[Piece]) -> list[Piece]:
    """In plain text a blank cell is a merged one: what stands above holds on. A printed dash says that none is."""
    return list(above) if not row.slot(meaning).text else []


def _add_once(pieces: list[Piece], lines: Iterable[Line]) -> None:
    known = {fold(piece.text) for piece in pieces}
    pieces.extend(whole(line) for line in lines if fold(line.text) not in known)


def _running_number(row: BodyRow) -> str | None:
    """The row's running number, where it can only number the measures: no indicator stands beside it."""
    if row.header.of("indicator") is not None:
        return None
    marker = fold("".join(line.text for line in row.begins("running_number"))).rstrip(".)")
    return marker if marker.replace(".", "").isdigit() else None


def _status(row: BodyRow) -> StatusCell:
    columns = row.header.all_of("status")
    for column in columns:
        if column.ticked and row.slots[column.index].text not in _NOTHING:
            return StatusCell(ticked=column.ticked)
    told = next((column for column in columns if not column.ticked), None)
    lines = row.slots[told.index].lines if told else row.slot("result").lines
    return StatusCell(lines=lines) if lines else NO_STATUS


def _period_lines(row: BodyRow) -> Iterator[Line]:
    for column in row.header.all_of("period"):
        slot = row.slots[column.index]
        for line in slot.lines:
            yield replace_text(line, _heading_of_tick(column)) if line.text.strip() in _TICKS else line


def replace_text(line: Line, text: str) -> Line:
    """The line with other words at the same place: a tick stands for its column's heading."""
    return line.model_copy(update={"text": text})


def _heading_of_tick(column: Column) -> str:
    return column.heading.split("\n")[-1]


def _drafts(entry: _Entry) -> Iterator[MeasureDraft]:
    """The measures of one entry; where a cell lists several, their actions are told apart by their numbers."""
    listed = measures_in(entry.measure)
    actions = entry.actions.drafts()
    for index, (number, pieces) in enumerate(listed):
        yield MeasureDraft(
            number=number or (entry.running if len(listed) == 1 else None),
            pieces=pieces,
            indicator=entry.indicator,
            responsible=_told(entry.responsible),
            period=_told(entry.period),
            budget=_told(entry.budget) if index == 0 else (),
            actions=actions if len(listed) == 1 else _share(actions, index, [number for number, _ in listed]),
        )


def _told(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The cell's pieces, or none where it holds a dash."""
    return () if joined(pieces) in _NOTHING else tuple(pieces)


def _share(actions: tuple[ActionDraft, ...], index: int, numbers: Sequence[str | None]) -> tuple[ActionDraft, ...]:
    """The actions of one of several measures in a cell: those of its number, else by order, else all to the last."""
    groups: list[list[ActionDraft]] = []
    for action in actions:
        if action.parent is None or not groups:
            groups.append([])
        groups[-1].append(action)
    by_number = [[g for g in groups if _belongs(g[0].number, number)] for number in numbers]
    if numbers[0] is not None and sum(map(len, by_number)) == len(groups):
        return tuple(action for group in by_number[index] for action in group)
    if len(groups) == len(numbers):
        return tuple(groups[index])
    return actions if index == len(numbers) - 1 else ()


def _belongs(action: str | None, measure: str | None) -> bool:
    return action is not None and measure is not None and (action == measure or action.startswith(measure + "."))
