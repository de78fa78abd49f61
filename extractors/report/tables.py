"""Measures and actions from tables: merged cells, rows that go on over pages, results in a table of their own."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from extractors.report.columns import Header, LaidTable, folded_row
from extractors.report.drafts import ActionDraft, ActionLines, MeasureDraft, measures_in
from extractors.report.forms import form_measures
from extractors.report.grid import Slot
from extractors.report.in_force import IndicatorInForce
from extractors.report.pieces import Piece, joined, whole
from extractors.report.rows import NOTHING, BodyRow, is_counted_measure
from extractors.thai.enumeration import marker_at_head
from extractors.thai.text import fold, fold_digits
from schemas.document import Line
from schemas.reference import Meaning, Reference

# A cell of digits and signs; a dash alone says «none».
_FIGURE = re.compile(r"[^A-Za-zก-ฮ]*[0-9๐-๙][^A-Za-zก-ฮ]*")


@dataclass
class _Entry:
    """A row or rows with one measure cell."""

    indicator: tuple[Piece, ...]
    running: str | None
    measure: list[Line]
    responsible: list[Piece] = field(default_factory=list)
    period: list[Piece] = field(default_factory=list)
    budget: list[Piece] = field(default_factory=list)
    actions: ActionLines = field(default_factory=ActionLines)

    @property
    def number(self) -> str | None:
        """The list number at the head of the measure, else the running number beside it."""
        marker = marker_at_head(self.measure[0].text)
        return marker.number if marker and marker.number else self.running


def is_measure_header(header: Header) -> bool:
    """Whether a table's columns hold measures: it has a column of measures, and one that tells more of them."""
    meanings = {column.meaning for column in header.columns}
    more: set[Meaning] = {"action", "indicator", "responsible", "period", "status", "budget"}
    return "measure" in meanings and bool(meanings & more)


def table_measures(blocks: Sequence[Line | LaidTable], reference: Reference) -> tuple[MeasureDraft, ...]:
    """Every measure of the document's tables, in printed order."""
    reader = _TableReader(reference)
    end = max((place for place, block in enumerate(blocks, 1) if isinstance(block, LaidTable)), default=0)
    for block in blocks[:end]:
        if isinstance(block, Line):
            reader.indicator.read_line(block)
        else:
            reader.read_table(block)
    return tuple(
        draft for entry in reader.entries for draft in (_drafts(entry) if isinstance(entry, _Entry) else (entry,))
    )


class _TableReader:
    """What is known while tables are read one after the other: the columns, the indicator and the measure in force."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._header: Header | None = None
        self._header_texts: tuple[tuple[str, ...], ...] = ()
        self.indicator = IndicatorInForce(reference)
        self._current: _Entry | None = None
        self.entries: list[_Entry | MeasureDraft] = []

    def read_table(self, laid: LaidTable) -> None:
        """Read the measures of one table: a form, or rows under a header of its own or of the table before."""
        self.indicator.end_list()
        forms = form_measures(laid, self.indicator.pieces, self._reference)
        if forms:
            self.entries.extend(forms)
            return
        table, rows, header = laid.table, laid.rows, laid.header
        goes_on = bool(self.entries) and (header is None or _same_headings(header, self._header))
        if header:
            self.indicator.read_above_header(rows[: header.first_row])
            self._header_texts = tuple(filter(any, map(folded_row, rows[header.first_row : header.end_row])))
            rows = rows[header.end_row :]
            self._header = header if is_measure_header(header) and not _is_of_figures(rows, header) else None
        if self._header is not None and table.columns == len(self._header.columns):
            self._read_body(rows, self._header, goes_on, table.merges_stated)

    def _read_body(
        self, rows: Sequence[tuple[Slot, ...]], header: Header, after_break: bool, merges_stated: bool
    ) -> None:
        measures_span = any(is_counted_measure(slot) for row in rows for slot in row)
        for slots in rows:
            if not any(slot.text for slot in slots):
                continue
            if self._repeats_header(slots):
                after_break = True
            else:
                row = BodyRow(slots, header, after_break, merges_stated)
                if measures_span:
                    self._read_spanned(row)
                else:
                    self._read_row(row)
                after_break = False

    def _repeats_header(self, slots: tuple[Slot, ...]) -> bool:
        """Whether a row says the same as one of the header, printed again after a page break; its first cell tells."""
        first = fold(slots[0].text)
        return any(texts[0] == first and texts == folded_row(slots) for texts in self._header_texts)

    def _takes_heading(self, row: BodyRow) -> bool:
        """Whether a row is a heading, a remark or a total; the indicator in a heading holds for the rows below."""
        heading = row.group_heading
        if heading is not None and row.counted_measure is None and self.indicator.read_slot(heading):
            return True
        apart = row.is_one_wide_cell and row.counted_measure is None
        if apart and row.header.of("indicator") is None:
            self.indicator.set(())  # a band that names no indicator: «มาตรการอื่น ๆ»
        return apart or row.is_total

    def _read_spanned(self, row: BodyRow) -> None:
        """A row of a table in which measures span columns, and the rows below them are their actions."""
        measure = row.counted_measure
        if measure is not None:
            self._begin(row, measure.lines)
        elif not self._takes_heading(row) and self._current is not None:
            told = row.begins("action") or row.begins("measure")
            numbered = _with_number(told, row.running_number)
            self._current.actions.add(numbered, begins_anew=True, status=row.status)

    def _read_row(self, row: BodyRow) -> None:
        if self._takes_heading(row):
            return
        measure = row.begins("measure")
        if self._current is not None and self._goes_on(row, measure, self._current):
            self._current.measure.extend(measure)
            self._add_row(self._current, row)
            return
        if row.begins("indicator"):
            self.indicator.set(row.begins("indicator"))
        known = self._known(measure)
        if known is not None:
            self._current = known
        if measure and known is None:
            self._begin(row, measure)
        elif self._current is not None:
            self._add_row(self._current, row)

    def _goes_on(self, row: BodyRow, measure: tuple[Line, ...], entry: _Entry) -> bool:
        """A row broken by a page end: first of its page, no running number, no list mark at the head of the cell.

        A measure cell without a mark begins a new measure all the same where measures carry no marks at all.
        """
        if not row.after_break or not measure or row.begins("running_number") or row.begins("indicator"):
            return False
        if marker_at_head(measure[0].text):
            return False
        return row.header.of("running_number") is not None or marker_at_head(entry.measure[0].text) is not None

    def _known(self, measure: tuple[Line, ...]) -> _Entry | None:
        """The measure that a cell only refers to («มาตรการที่ ๑»), told in a table before."""
        text = " ".join(line.text for line in measure)
        marker = marker_at_head(text)
        if marker is None or marker.number is None or text[marker.end :].strip(" .:"):
            return None
        entries = (entry for entry in self.entries if isinstance(entry, _Entry))
        return next((entry for entry in entries if entry.number == marker.number), None)

    def _begin(self, row: BodyRow, measure: tuple[Line, ...]) -> None:
        previous = self._current
        bare = row.bare_number
        first = measure[0].model_copy(update={"text": measure[0].text[bare.end() :]}) if bare else measure[0]
        number = bare[1] if bare else row.measure_number
        self._current = entry = _Entry(self.indicator.pieces, number and fold_digits(number), [first, *measure[1:]])
        self.entries.append(entry)
        shared = row.slot("action")
        if shared.cell is not None and not shared.begins and previous is not None:
            entry.actions.add(shared.lines, begins_anew=True, status=row.status)
        self._add_row(entry, row)
        if previous is not None and not row.merges_stated:
            entry.responsible = entry.responsible or _carried(row, "responsible", previous.responsible)
            entry.period = entry.period or _carried(row, "period", previous.period)

    def _add_row(self, entry: _Entry, row: BodyRow) -> None:
        actions = row.begins("action")
        if actions:
            begins_anew = not row.after_break or marker_at_head(actions[0].text) is not None
            entry.actions.add(actions, begins_anew, row.status)
        _add_once(entry.responsible, row.slot("responsible").lines)
        _add_once(entry.period, row.period_lines())
        if not entry.budget:
            entry.budget.extend(map(whole, row.begins("budget")))


def _is_of_figures(body: Sequence[tuple[Slot, ...]], header: Header) -> bool:
    """Whether the cells below the measures' heading are mostly numbers: statistics, or scores below indicators."""
    column = header.of("measure")
    cells = [row[column.index].text for row in body if row[column.index].text] if column else []
    figures = sum(_FIGURE.fullmatch(cell.strip()) is not None for cell in cells)
    return figures * 2 > len(cells)


def _same_headings(one: Header, other: Header | None) -> bool:
    return other is not None and [c.heading for c in one.columns] == [c.heading for c in other.columns]


def _with_number(lines: Sequence[Line], number: str | None) -> tuple[Line, ...]:
    """The lines of an action whose number stands in a column of its own, the number put before them."""
    if not lines or number is None or marker_at_head(lines[0].text) is not None:
        return tuple(lines)
    mark = f"{number} " if "." in number else f"{number}. "
    return (lines[0].model_copy(update={"text": mark + lines[0].text}), *lines[1:])


def _carried(row: BodyRow, meaning: Meaning, above: list[Piece]) -> list[Piece]:
    """In plain text a blank cell is a merged one: what stands above holds on. A printed dash says that none is."""
    return list(above) if not row.slot(meaning).text else []


def _add_once(pieces: list[Piece], lines: Iterable[Line]) -> None:
    known = {fold(piece.text) for piece in pieces}
    pieces.extend(whole(line) for line in lines if fold(line.text) not in known)


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
    return () if joined(pieces) in NOTHING else tuple(pieces)


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
