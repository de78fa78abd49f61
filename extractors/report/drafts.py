"""Measures and actions as a layout gives them: which pieces fill which field, before their words are interpreted."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.report.pieces import Piece, item_pieces, joined, part
from extractors.thai.enumeration import Item, list_items
from schemas.document import Line
from schemas.report import Status


@dataclass(frozen=True)
class ActionDraft:
    """One list item of a cell or section of actions."""

    number: str | None
    parent: str | None
    pieces: tuple[Piece, ...]
    status_pieces: tuple[Piece, ...] = ()
    ticked: Status | None = None


@dataclass(frozen=True)
class MeasureDraft:
    """One measure with its labelled fields and its actions; `indicator` is the text that says what it belongs to."""

    number: str | None
    pieces: tuple[Piece, ...]
    indicator: tuple[Piece, ...] = ()
    responsible: tuple[Piece, ...] = ()
    period: tuple[Piece, ...] = ()
    budget: tuple[Piece, ...] = ()
    actions: tuple[ActionDraft, ...] = ()

    @property
    def own_pieces(self) -> tuple[Piece, ...]:
        """Every piece of the measure and its actions, the indicator it belongs to apart."""
        actions = (piece for action in self.actions for piece in (*action.pieces, *action.status_pieces))
        return (*self.pieces, *self.responsible, *self.period, *self.budget, *actions)


@dataclass(frozen=True)
class StatusCell:
    """What a row says of the status of its actions: a ticked column, or the text of a status cell."""

    ticked: Status | None = None
    lines: tuple[Line, ...] = ()


NO_STATUS = StatusCell()


@dataclass
class ActionLines:
    """The lines of a measure's actions, gathered from one or more cells or paragraphs."""

    lines: list[Line] = field(default_factory=list)
    breaks: set[int] = field(default_factory=set)
    statuses: list[StatusCell] = field(default_factory=list)

    def add(self, lines: Sequence[Line], begins_anew: bool, status: StatusCell = NO_STATUS) -> None:
        """Add the lines of one cell; `begins_anew`: its first line is no going on of the cell before."""
        if begins_anew and lines:
            self.breaks.add(len(self.lines))
        self.lines.extend(lines)
        self.statuses.extend([status] * len(lines))

    def drafts(self) -> tuple[ActionDraft, ...]:
        """One draft for each list item, or for each cell without list marks."""
        items = list_items([line.text for line in self.lines], [line.indent for line in self.lines], self.breaks)
        return tuple(self._draft(item) for item in items)

    def _draft(self, item: Item) -> ActionDraft:
        status = self.statuses[item.spans[0].line]
        return ActionDraft(
            number=item.number,
            parent=item.parent,
            pieces=item_pieces(item, self.lines),
            status_pieces=_status_of_item(item, status),
            ticked=status.ticked,
        )


def measures_in(lines: Sequence[Line]) -> tuple[tuple[str | None, tuple[Piece, ...]], ...]:
    """The measures that a cell lists, each with its number: its outermost items, with what stands inside them.

    A cell that begins with text and lists after it («… ดังนี้ ๑. … ๒. …») is one measure.
    """
    texts = [line.text for line in lines]
    items = list_items(texts, [line.indent for line in lines])
    if not items or (items[0].marker is None and items[0].number is None):
        return ((None, tuple(part(line, 0) for line in lines)),) if joined(part(line, 0) for line in lines) else ()
    measures: list[tuple[str | None, list[Piece]]] = []
    for item in items:
        if item.depth == 0:
            measures.append((item.number, list(item_pieces(item, lines))))
        else:
            measures[-1][1].extend(_with_marks(item, lines))
    return tuple((number, tuple(pieces)) for number, pieces in measures)


def _with_marks(item: Item, lines: Sequence[Line]) -> list[Piece]:
    """An inner item's pieces, its list mark kept in the text: it is no record of its own."""
    first, *rest = item.spans
    begin = item.marker.start if item.marker else first.start
    return [part(lines[first.line], begin, first.end), *(part(lines[s.line], s.start, s.end) for s in rest)]


def _status_of_item(item: Item, status: StatusCell) -> tuple[Piece, ...]:
    """The part of a status cell that speaks of the item: the list item of the same number, else the whole cell."""
    told = list_items([line.text for line in status.lines], [line.indent for line in status.lines])
    same = [entry for entry in told if entry.number is not None and entry.number == item.number]
    numbered = [entry for entry in told if entry.number is not None]
    if numbered and item.number is not None:
        return tuple(piece for entry in same for piece in item_pieces(entry, status.lines))
    return tuple(piece for entry in told for piece in item_pieces(entry, status.lines))
