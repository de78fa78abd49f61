"""Actions told apart from their measures, in sections of text: «ผลตามมาตรการที่ ๑» below a table of measures."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from extractors.report.columns import LaidTable
from extractors.report.drafts import ActionDraft, ActionLines, MeasureDraft
from extractors.report.prose import LONGEST_HEADING
from extractors.report.signature import without_signature
from extractors.thai.text import fold_digits
from schemas.document import Line
from schemas.reference import Reference

_HEADING = re.compile(r"^[^0-9]{0,40}?มาตรการที่\s*([0-9]{1,2}(?:\.[0-9]{1,2})*)(?![0-9])(.*)$")


@dataclass(frozen=True)
class Answer:
    """The actions under a heading that names a measure by its number."""

    number: str
    actions: tuple[ActionDraft, ...]


def with_answers(
    drafts: tuple[MeasureDraft, ...], blocks: Sequence[Line | LaidTable], reference: Reference
) -> tuple[MeasureDraft, ...]:
    """The measures of tables, each with the actions that the text below tells under its number, where none has its own.

    Above the tables «มาตรการที่ ๔» is another's (a law's, a cabinet resolution's); and a number that several measures
    bear answers none of them. What is not taken stays among the leftovers.
    """
    if not drafts or any(draft.actions for draft in drafts):
        return drafts
    told: defaultdict[str, list[ActionDraft]] = defaultdict(list)
    for answer in answers_in(_below(drafts, blocks), reference):
        told[answer.number].extend(answer.actions)
    alone = {number for number, bearers in Counter(draft.number for draft in drafts).items() if bearers == 1}
    return tuple(
        replace(draft, actions=tuple(told[draft.number])) if draft.number and draft.number in alone else draft
        for draft in drafts
    )


def _below(drafts: Sequence[MeasureDraft], blocks: Sequence[Line | LaidTable]) -> list[Line]:
    """The lines below the first table that holds a measure."""
    measures = {id(piece.line) for draft in drafts for piece in draft.pieces}
    above = takewhile(lambda block: isinstance(block, Line) or measures.isdisjoint(_lines_of(block)), blocks)
    return [block for block in blocks[len(list(above)) :] if isinstance(block, Line)]


def _lines_of(laid: LaidTable) -> set[int]:
    return {id(line) for cell in laid.table.cells for line in cell.lines}


def answers_in(lines: Sequence[Line], reference: Reference) -> tuple[Answer, ...]:
    """Every section of actions that a heading with a measure's number begins, in printed order."""
    sections: list[tuple[str, ActionLines]] = []
    open_section = False
    for line in without_signature(lines, reference.wording.prose):
        text = line.text.strip()
        heading = _HEADING.match(fold_digits(text)) if len(text) <= LONGEST_HEADING else None
        if heading and (line.bold or line.heading or not heading[2].strip()):
            sections.append((heading[1], ActionLines()))
            open_section = True
        elif line.heading or line.bold or text.startswith(reference.wording.prose.closings):
            open_section = False
        elif text and open_section:
            sections[-1][1].add([line], begins_anew=False)
    return tuple(Answer(number, actions.drafts()) for number, actions in sections)
