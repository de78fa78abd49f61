"""Actions told apart from their measures, in sections of text: «ผลตามมาตรการที่ ๑» below a table of measures."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

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
    drafts: tuple[MeasureDraft, ...], lines: Sequence[Line], reference: Reference
) -> tuple[MeasureDraft, ...]:
    """The measures, each with the actions that the text tells under its number, where none has actions of its own."""
    if any(draft.actions for draft in drafts):
        return drafts
    told = {answer.number: answer.actions for answer in answers_in(lines, reference)}
    return tuple(replace(draft, actions=told.get(draft.number or "", ())) for draft in drafts)


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
