"""Measures and actions from text without a table: headings, labelled lines, lists, paragraphs.

The lines are read in order by a small machine that knows which indicator and measure it stands in and what the
lines to come are: measures, actions, or text of no record. Labels («ผู้รับผิดชอบ :») and words with a number («มาตรการที่ ๑»)
say it outright; where a writer has only lists, the outermost list is the measures and the lists inside are the actions.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from extractors.report.drafts import ActionLines, MeasureDraft, StatusCell
from extractors.report.labels import COUNTING_WORDS, LabelledLine, label_of, split_labels
from extractors.report.names import indicator_in, tells_score
from extractors.report.pieces import Piece, joined, part, whole
from extractors.report.results import announces_list
from extractors.report.signature import without_signature
from extractors.thai.enumeration import Marker, goes_on, marker_at_head
from schemas.document import Line
from schemas.reference import LabelField, Reference

LONGEST_HEADING = 90
# Rules of dashes and stars separate; they say nothing.
_SAYS_SOMETHING = re.compile(r"[A-Za-z0-9ก-๙]")
_COUNTED_MEASURE = re.compile(r"\s*(?:[^ก-๙]{0,6})มาตรการ(?:ที่|\s*[:：]|\s*[0-9๐-๙])")
_ACTION_WORDS = frozenset({"กิจกรรม", "ขั้นตอน", "วิธีการ"})


@dataclass
class _Measure:
    indicator: tuple[Piece, ...]
    number: str | None
    pieces: list[Piece]
    level: tuple[str, int] | None = None
    responsible: list[Piece] = field(default_factory=list)
    period: list[Piece] = field(default_factory=list)
    budget: list[Piece] = field(default_factory=list)
    actions: ActionLines = field(default_factory=ActionLines)
    answered: bool = False


def prose_measures(lines: Sequence[Line], reference: Reference) -> tuple[MeasureDraft, ...]:
    """Every measure told in lines outside tables, in printed order."""
    reader = _ProseReader(reference, _counts_measures(lines))
    signed = without_signature(lines, reference.wording.prose)
    told = [part for line in signed if _SAYS_SOMETHING.search(line.text) for part in split_labels(line, reference)]
    for line, following in zip_longest(told, told[1:]):
        reader.read(line, following)
    reader.share_out()
    return tuple(_draft(measure) for measure in reader.measures)


def begins_something(line: Line, reference: Reference, longest_closing: int = LONGEST_HEADING) -> bool:
    """Whether a line begins an item, a field, a heading or a section, and so is no going on of the line above."""
    text = line.text.strip()
    return bool(
        line.heading
        or line.bold
        or marker_at_head(text) is not None
        or label_of(text, reference) is not None
        or indicator_in(text, reference, whole=True) is not None
        or (text.startswith(reference.wording.prose.closings) and len(text) <= longest_closing)
    )


class _ProseReader:
    """Where the reading stands; `expects` is what an unlabelled list item or paragraph is."""

    def __init__(self, reference: Reference, counted: bool) -> None:
        self._reference = reference
        self._counted = counted
        self._indicator: tuple[Piece, ...] = ()
        self._expects: LabelField = "other"
        self._summary = False
        self._listing = False
        self._indicator_style: str | None = None
        self._first_of_batch = 0
        self.measures: list[_Measure] = []

    def read(self, line: Line, following: Line | None) -> None:
        """Read one line; `following` is the next that says something."""
        marker = marker_at_head(line.text)
        label = label_of(line.text, self._reference)
        named = self._names_indicator(line)
        if label and not (label.field == "indicator" and not named):
            self._read_label(label, line)
        elif marker and marker.style == "มาตรการ":
            self._begin_measure(marker.number, part(line, marker.end, None, marker.start), None)
        elif marker and marker.style in COUNTING_WORDS and self._expects != "other":
            self._read_counted(marker, line)
        elif named:
            self._read_indicator(line, marker, following)
        elif self._heads_measures(line, marker, following):
            self._indicator = ()
            self._expects = "measure"
        elif self._closes(line, marker):
            self._indicator = ()
            self._expects = "other"
        elif marker:
            self._read_item(marker, line)
        else:
            self._read_paragraph(line)
        self._listing = self._listing and named
        self._summary = announces_list(line.text, self._reference.wording.results) or (self._summary and named)

    def share_out(self) -> None:
        """Give the actions that follow several measures at once to the measures whose numbers they bear."""
        batch = self.measures[self._first_of_batch :]
        self._first_of_batch = len(self.measures)
        if len(batch) < 2 or any(measure.answered or measure.actions.lines for measure in batch[:-1]):
            return
        told = batch[-1].actions
        owners = _owners(told, [measure.number for measure in batch])
        if owners:
            batch[-1].actions = ActionLines()
            for line, owner in zip(told.lines, owners, strict=True):
                batch[owner].actions.add([line], begins_anew=False)

    def _closes(self, line: Line, marker: Marker | None) -> bool:
        """Whether a line begins a closing section."""
        wording = self._reference.wording.prose
        text = line.text[marker.end if marker else 0 :].strip(" *_=#")
        if marker and not (line.bold or line.heading):
            return text.startswith(wording.closing_items)
        closes = text.startswith(wording.closings) and len(text) <= LONGEST_HEADING
        return closes or (line.heading > 0 and marker is None)

    def _begins_measure(self, line: Line) -> bool:
        marker = marker_at_head(line.text)
        label = label_of(line.text, self._reference)
        if (marker is not None and marker.style == "มาตรการ") or (label is not None and label.field == "measure"):
            return True
        level = self.measures[-1].level if self.measures else None
        return marker is not None and level == (marker.style, line.indent)

    def _heads_measures(self, line: Line, marker: Marker | None, following: Line | None) -> bool:
        """A short line right above a measure that names no indicator.

        With a list mark it is one only in a heading's type, or where the headings that name indicators bear such marks.
        """
        text = line.text[marker.end if marker else 0 :].strip(" *_=#")
        if following is None or len(text) > LONGEST_HEADING:
            return False
        like_indicators = marker is not None and marker.style == self._indicator_style
        stands_out = line.bold or line.heading > 0 or marker is None or like_indicators
        heads = stands_out and text.startswith(self._reference.wording.prose.headings)
        return heads and self._begins_measure(following)

    def _names_indicator(self, line: Line) -> bool:
        return indicator_in(line.text, self._reference, whole=True) is not None

    def _read_indicator(self, line: Line, marker: Marker | None, following: Line | None) -> None:
        self.share_out()
        self._indicator = (whole(line),)
        self._indicator_style = marker.style if marker else None
        self._listing = self._summary and (
            self._listing or tells_score(line.text) or (following is not None and self._names_indicator(following))
        )
        self._expects = "other" if self._listing else "measure"

    def _read_label(self, label: LabelledLine, line: Line) -> None:
        value = part(line, label.value_start, None, 0)
        if label.field == "indicator":
            self._read_indicator(line, None, None)
        elif label.field == "measure" and not self._tells_of_measure(label):
            self._expects = "measure"
            if self._awaits_text() and value.text.strip():
                self.measures[-1].pieces = [value]
            elif value.text.strip() or label.number:
                self._begin_measure(label.number, value, None)
            elif self.measures and self.measures[-1].actions.lines:
                self.share_out()
        elif label.field in ("action", "measure"):
            self._expects = "action"
            if self.measures:
                self.measures[-1].answered = True
            if _SAYS_SOMETHING.search(value.text):
                self._add_action(_cut(line, label.value_start), begins_anew=True)
        elif self.measures:
            self._fill(label.field, value, line)

    def _awaits_text(self) -> bool:
        """The measure in hand has a number but no words yet: «มาตรการที่ ๑», and below it «ชื่อมาตรการ : …»."""
        return bool(self.measures) and not joined(self.measures[-1].pieces) and not self.measures[-1].actions.lines

    def _tells_of_measure(self, label: LabelledLine) -> bool:
        """«แนวทาง :» or «กิจกรรม :» under a measure that is called มาตรการ tells what is done for it."""
        return self._counted and bool(self.measures) and "มาตรการ" not in label.word

    def _fill(self, name: LabelField, value: Piece, line: Line) -> None:
        measure = self.measures[-1]
        if name == "responsible":
            measure.responsible.append(value)
        elif name == "period":
            measure.period.append(value)
        elif name == "budget":
            measure.budget.append(value)
        elif name == "status" and measure.actions.lines:
            measure.actions.statuses[-1] = StatusCell(lines=(_cut(line, len(line.text) - len(value.text)),))
        if not value.text.strip():
            self._expects = name

    def _read_counted(self, marker: Marker, line: Line) -> None:
        """«กิจกรรมที่ ๑»: an action under «มาตรการที่ ๑», a measure where measures are counted by no other word."""
        if marker.style in _ACTION_WORDS and self._counted and self.measures:
            self._expects = "action"
            self._add_action(line, begins_anew=False)
        else:
            level = (marker.style, line.indent)
            self._begin_measure(marker.number, part(line, marker.end, None, marker.start), level)

    def _read_item(self, marker: Marker, line: Line) -> None:
        level = (marker.style, line.indent)
        if self._expects == "measure" or self._numbers_on(marker, level):
            own = self.measures[-1].level if self.measures else None
            opened = self.measures and self.measures[-1].indicator == self._indicator
            if not opened or own == level:
                self._begin_measure(marker.number, part(line, marker.end, None, marker.start), level)
                return
            self._add_action(line, begins_anew=False)
        elif self._expects == "action" and self.measures:
            self._add_action(line, begins_anew=False)
        elif self._expects in ("responsible", "period", "budget") and self.measures:
            self._fill(self._expects, whole(line), line)

    def _numbers_on(self, marker: Marker, level: tuple[str, int]) -> bool:
        """Whether an item below an answered measure carries on the measures' numbers: «๑.๑ … ผล : …», «๑.๒ …».

        Where an item of that level stands among the actions, the list is theirs.
        """
        last = self.measures[-1] if self.measures else None
        if last is None or not last.answered or last.level != level or not goes_on(marker.number, last.number):
            return False
        told = (marker_at_head(action.text) for action in last.actions.lines)
        return all(item is None or item.style != marker.style for item in told)

    def _read_paragraph(self, line: Line) -> None:
        if not self.measures or self._expects == "other":
            return
        if not joined(self.measures[-1].pieces):
            self.measures[-1].pieces.append(whole(line))
        elif self._expects in ("responsible", "period", "budget"):
            self._fill(self._expects, whole(line), line)
        else:
            self._add_action(line, begins_anew=False)

    def _begin_measure(self, number: str | None, piece: Piece, level: tuple[str, int] | None) -> None:
        if self.measures and self.measures[-1].actions.lines:
            self.share_out()
        self._expects = "measure"
        self.measures.append(_Measure(self._indicator, number, [piece], level))

    def _add_action(self, line: Line, begins_anew: bool) -> None:
        if self.measures:
            self.measures[-1].actions.add([line], begins_anew)


def _draft(measure: _Measure) -> MeasureDraft:
    return MeasureDraft(
        number=measure.number,
        pieces=tuple(measure.pieces),
        indicator=measure.indicator,
        responsible=tuple(measure.responsible),
        period=tuple(measure.period),
        budget=tuple(measure.budget),
        actions=measure.actions.drafts(),
    )


def _counts_measures(lines: Iterable[Line]) -> bool:
    """Whether the document counts its measures by that word («มาตรการที่ ๑», «มาตรการ :»)."""
    return any(_COUNTED_MEASURE.match(line.text) for line in lines)


def _owners(told: ActionLines, numbers: Sequence[str | None]) -> list[int] | None:
    """For each line of actions, which of the measures it answers; None where the numbers do not tell."""
    owners: list[int] = []
    for line in told.lines:
        marker = marker_at_head(line.text)
        number = marker.number if marker else None
        own = next(
            (i for i, n in enumerate(numbers) if n and number and (number == n or number.startswith(n + "."))), None
        )
        if own is None and not owners:
            return None
        owners.append(own if own is not None else owners[-1])
    return owners if len(set(owners)) > 1 else None


def _cut(line: Line, start: int) -> Line:
    """The line from `start` on, at the same place."""
    return line.model_copy(update={"text": line.text[start:]})
