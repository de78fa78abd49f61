"""Which indicator holds for the rows to come, where no column names it: a heading above, or a row over the width."""

from collections.abc import Sequence

from extractors.report.grid import Slot, sole_text
from extractors.report.names import indicator_in
from extractors.report.pieces import Piece, whole
from schemas.document import Line
from schemas.reference import Reference


class IndicatorInForce:
    """The text that names the indicator in force; nothing where none is."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._named_in_turn = 0
        self._line_before: Line | None = None
        self.pieces: tuple[Piece, ...] = ()

    def read_line(self, line: Line) -> None:
        """A line that names one indicator heads the table that follows; lines that name several are a list."""
        if indicator_in(line.text, self._reference, whole=True):
            self.pieces = (whole(line),)
            self._named_in_turn = 1 if self._stands_apart(line) else self._named_in_turn + 1
        elif line.text.strip():
            self.end_list()
            if (line.heading or line.bold) and not _is_caption(line):
                self.pieces = ()
        self._line_before = line

    def read_slot(self, slot: Slot) -> bool:
        """Take a cell's indicator, if it names one; whether it does."""
        if indicator_in(slot.text, self._reference) is None:
            return False
        self.pieces = tuple(map(whole, slot.lines))
        return True

    def read_above_header(self, rows: Sequence[tuple[Slot, ...]]) -> None:
        """The rows between a table's edge and its header may name the indicator."""
        for row in rows:
            alone = sole_text(row)
            if alone:
                self.read_slot(alone)

    def set(self, lines: Sequence[Line]) -> None:
        """The lines of an indicator cell, whatever they say; none for rows of no indicator."""
        self.pieces = tuple(map(whole, lines))

    def end_list(self) -> None:
        """Lines that named several indicators in turn were a list and head nothing."""
        if self._named_in_turn > 1:
            self.pieces = ()
        self._named_in_turn = 0

    def _stands_apart(self, line: Line) -> bool:
        """A heading by its type, or by the blank line above it."""
        before = self._line_before
        gap = before is None or line.number is None or before.number is None or line.number - before.number > 1
        return bool(line.heading or line.bold) or gap


def _is_caption(line: Line) -> bool:
    """«ตารางที่ ๒ (ต่อ)» stands over the table that goes on, and parts nothing."""
    text = line.text.strip()
    return text.startswith("ตาราง") or "(ต่อ)" in text
