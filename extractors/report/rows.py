"""One row of a table under its header, with what a reader must know of its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.report.columns import Header
from extractors.report.drafts import NO_STATUS, StatusCell
from extractors.report.grid import EMPTY, Slot, sole_text
from extractors.thai.enumeration import marker_at_head
from extractors.thai.text import fold
from schemas.document import Line
from schemas.reference import Meaning

NOTHING = frozenset({"", "-", "–", "—", "--", "..."})
_TICKS = frozenset("✓✔√/xX●•☑☒■*")
_BARE_NUMBER = re.compile(r"\s*([0-9๐-๙]{1,2})\s+(?=[ก-ฮเ-ไ])")
_CLASSIFIER = re.compile(
    r"รอบ|ครั้ง|คน|ราย|แห่ง|เดือน|ปี|วัน|สัปดาห์|ไตรมาส|ภาษา|ชุด|ฉบับ|เรื่อง|ด้าน|ช่องทาง|โครงการ|กิจกรรม|ประเภท|ระดับ|ขั้นตอน|หลักสูตร|หมู่บ้าน|ตำบล|ข้อ"
)
# «รวม», «รวมทั้งสิ้น», «รวมงบประมาณ»: longer texts are measures that begin with the word.
_LONGEST_TOTAL = 16


@dataclass(frozen=True)
class BodyRow:
    """One row under a header.

    `after_break`: it is the first under a header printed again, or of a table that goes on with the one before.
    `merges_stated`: the format states merged cells; where it does not, a blank cell below another is a merged one.
    """

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

    @property
    def is_total(self) -> bool:
        """The row sums up the rows above: its first text is «รวม»."""
        first = next((slot.text for slot in self.slots if slot.text), "")
        return fold(first).startswith("รวม") and len(fold(first)) <= _LONGEST_TOTAL

    @property
    def counted_measure(self) -> Slot | None:
        """A cell over several columns that begins with «มาตรการที่ ๑»: the measure of the rows below."""
        return next((slot for slot in self.slots if slot.begins and is_counted_measure(slot)), None)

    @property
    def running_number(self) -> str | None:
        """The row's running number, Arabic digits, without closing mark."""
        lines = self.begins("measure_number") or self.begins("running_number")
        number = fold("".join(line.text for line in lines)).rstrip(".)")
        return number if number.replace(".", "").isdigit() else None

    @property
    def measure_number(self) -> str | None:
        """The running number, where it can only number the measures: by its heading, or with no indicator beside it."""
        if self.header.of("measure_number") is None and self.header.of("indicator") is not None:
            return None
        return self.running_number

    @property
    def bare_number(self) -> re.Match[str] | None:
        """A number without a mark at the head of the measure cell («1 สื่อสารแผน»), where it numbers the measures.

        A quantity is told by its classifier («๒ ช่องทาง»).
        """
        lines = self.begins("measure")
        found = _BARE_NUMBER.match(lines[0].text) if lines else None
        return found if found and not _CLASSIFIER.match(lines[0].text, found.end()) else None

    @property
    def status(self) -> StatusCell:
        """What the row's status columns, ticked or in words, or its column of results tell."""
        columns = self.header.all_of("status")
        for column in columns:
            if column.ticked and self.slots[column.index].text not in NOTHING:
                return StatusCell(ticked=column.ticked)
        told = next((column for column in columns if not column.ticked), None)
        lines = self.slots[told.index].lines if told else self.slot("result").lines
        return StatusCell(lines=lines) if lines else NO_STATUS

    def period_lines(self) -> Iterator[Line]:
        """The lines of the period columns; a tick stands for its column's heading."""
        for column in self.header.all_of("period"):
            for line in self.slots[column.index].lines:
                ticked = line.text.strip() in _TICKS
                yield line.model_copy(update={"text": column.heading}) if ticked else line


def is_counted_measure(slot: Slot) -> bool:
    """Whether a cell spans several columns and begins with «มาตรการที่ ๑»."""
    if slot.cell is None or slot.cell.column_span == 1:
        return False
    marker = marker_at_head(slot.text)
    return marker is not None and marker.style == "มาตรการ"
