"""From drafts to records: the words of measures and actions interpreted."""

import re
from dataclasses import dataclass

from extractors.report.drafts import ActionDraft, MeasureDraft
from extractors.report.names import IndicatorName, bare_name, bare_number, indicator_in, number_by_name
from extractors.report.pieces import evidence_of, joined
from extractors.report.status import status_of_cell, status_of_text
from extractors.thai.dates import find_dates
from extractors.thai.numerals import find_baht, parse_baht
from extractors.thai.offices import find_offices
from schemas.reference import Reference
from schemas.report import Action, Assessment, DateMention, Measure, OfficeMention, Status

# A cell that holds a dash tells of no action.
_SAID = re.compile("[A-Za-zก-ฮ0-9๐-๙]")
_BUDGET_IN_TEXT = re.compile(r"งบประมาณ|วงเงิน|จำนวนเงิน|เงินจำนวน")


@dataclass(frozen=True)
class Context:
    """What the interpretation of a report's measures rests on besides their words."""

    reference: Reference
    own: OfficeMention | None
    assessment: Assessment | None
    planned: bool


def measure_of(draft: MeasureDraft, context: Context) -> Measure:
    """The measure that a draft describes."""
    indicator = indicator_of(joined(draft.indicator), context)
    text = joined(draft.pieces)
    fields = (*draft.pieces, *draft.responsible, *draft.period, *draft.budget)
    return Measure(
        indicator_number=indicator.number if indicator else None,
        indicator_name=(indicator.name or None) if indicator else None,
        number=draft.number,
        text=text,
        responsible=joined(draft.responsible) or None,
        period=joined(draft.period) or None,
        budget_baht=budget_of(joined(draft.budget), text),
        actions=tuple(_action(action, context) for action in draft.actions if _SAID.search(joined(action.pieces))),
        evidence=evidence_of((*draft.indicator[:1], *fields)),
    )


def indicator_of(text: str, context: Context) -> IndicatorName | None:
    """The indicator that a measure belongs to: as the report's own list numbers it, else by the official names."""
    if not text:
        return None
    listed = context.assessment.indicators if context.assessment else ()
    known = [(indicator.name, indicator.number) for indicator in listed if indicator.number is not None]
    name = indicator_in(text, context.reference)
    if name is None:
        bare = bare_name(text)
        number = bare_number(text) or number_by_name(bare, context.reference, known)
        return IndicatorName(number, bare, 0, len(text)) if bare or number else None
    own = next((number for printed, number in known if _same_name(printed, name.name)), None)
    return IndicatorName(own or name.number, name.name, name.start, name.end)


def budget_of(column: str, text: str) -> float | None:
    """The budget in baht: of the budget column or label, else «งบประมาณ … บาท» in the measure's own words.

    A column with several different amounts gives none: which one is meant, nothing says.
    """
    if column:
        stated = parse_baht(column)
        return float(stated) if stated is not None else None
    said = _BUDGET_IN_TEXT.search(text)
    amounts = [amount for amount in find_baht(text[said.start() :]) if amount.unit_stated] if said else []
    return float(amounts[0].baht) if amounts else None


def _action(draft: ActionDraft, context: Context) -> Action:
    text = joined(draft.pieces)
    told = _status_told(draft, context)
    return Action(
        number=draft.number,
        parent=draft.parent,
        text=text,
        status=draft.ticked or told or _status(text, context),
        dates=dates_in(text),
        office_mentions=tuple(found.mention for found in find_offices(text, context.reference.offices, context.own)),
        evidence=evidence_of((*draft.pieces, *(draft.status_pieces if told else ()))),
    )


def _status(text: str, context: Context) -> Status:
    """What the action's own words tell, else the kind of the document."""
    return status_of_text(text, context.reference) or ("planned" if context.planned else "reported")


def _status_told(draft: ActionDraft, context: Context) -> Status | None:
    """What a status cell or a column of results tells; a text of results that tells no status is in no record."""
    return status_of_cell(joined(draft.status_pieces), context.reference)


def dates_in(text: str) -> tuple[DateMention, ...]:
    """Every date named in the text, in order."""
    return tuple(found.mention for found in find_dates(text))


def _same_name(one: str, other: str) -> bool:
    return "".join(one.split()) == "".join(other.split())
