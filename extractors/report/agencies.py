"""A table of several agencies' scores (of a ministry, a province) as assessments of those agencies, row by row.

Such a table has a column of names, columns of IIT, EIT and OIT or of the indicators, and a row an agency; a row of the
total ends it. It tells nothing of the report's own result.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.report.columns import HEADER_SEARCH_ROWS, LaidTable
from extractors.report.grid import Slot
from extractors.report.names import IndicatorName, indicator_in
from extractors.report.pieces import evidence_of, whole
from extractors.report.results import Kind
from extractors.report.score_tables import grade_in_cell, part_of, score_in
from extractors.thai.offices import resolve_office
from extractors.thai.text import fold, fold_phrases
from schemas.document import Line
from schemas.reference import Reference
from schemas.report import AgencyAssessment, Assessment, Indicator

# Fewer rows are an office and what it is compared with.
FEWEST_AGENCIES = 3
FEWEST_SCORES = 3


@dataclass(frozen=True)
class _Columns:
    """Where in a row stands what, by index."""

    name: int
    total: int | None
    grade: int | None
    parts: Mapping[Kind, int]
    indicators: Mapping[int, IndicatorName]


def agencies_in(tables: Sequence[LaidTable], year: int | None, reference: Reference) -> tuple[AgencyAssessment, ...]:
    """The agencies of all such tables, in printed order; `year` is the assessed one (Buddhist era), where known."""
    return tuple(agency for table in tables for agency in _agencies(table, year, reference))


def _agencies(table: LaidTable, year: int | None, reference: Reference) -> list[AgencyAssessment]:
    rows = table.rows
    for index, row in enumerate(rows[:HEADER_SEARCH_ROWS]):
        columns = _columns(row, reference)
        if columns is not None:
            found = [agency for each in rows[index + 1 :] if (agency := _agency(each, columns, year, reference))]
            return found if len(found) >= FEWEST_AGENCIES else []
    return []


def _columns(row: Sequence[Slot], reference: Reference) -> _Columns | None:
    """What the columns below a row of headings are; null where it is no heading of such a table."""
    wording = reference.wording.results
    headings = {index: fold(slot.text) for index, slot in enumerate(row) if slot.begins and slot.text}
    indicators = {i: name for i in headings if (name := indicator_in(row[i].text, reference, whole=True))}
    # Of several columns that name a part, the first: differences and ranks stand behind.
    parts = {part: i for i, text in reversed(headings.items()) if i not in indicators and (part := part_of(text))}
    rest = {i: text for i, text in headings.items() if i not in indicators and not part_of(text)}
    name_column = _first(rest, wording.agencies)
    if name_column is None or (len(parts) < FEWEST_SCORES and len(indicators) < FEWEST_SCORES):
        return None
    return _Columns(
        name=name_column,
        total=_first(rest, (*wording.total_rows, *wording.score)),
        grade=_first(rest, wording.grade_rows),
        parts=parts,
        indicators=indicators,
    )


def _first(headings: Mapping[int, str], phrases: Sequence[str]) -> int | None:
    """The first column whose heading begins with one of the phrases."""
    beginnings = fold_phrases(tuple(phrases))
    return next((index for index, text in headings.items() if text.startswith(beginnings)), None)


def _agency(row: Sequence[Slot], columns: _Columns, year: int | None, reference: Reference) -> AgencyAssessment | None:
    name = row[columns.name].text or next((slot.text for slot in row[: columns.name] if slot.text), "")
    lines = list(_lines(row))
    scores = {index: score for index, slot in enumerate(row) if (score := score_in(slot.text)) is not None}
    if not name or score_in(name) is not None or len(scores) < FEWEST_SCORES:
        return None
    total_row = fold(name).startswith(fold_phrases(reference.wording.results.total_rows))
    parts = {part: scores.get(index) for part, index in columns.parts.items()}
    grade = grade_in_cell(reference.grades).search(row[columns.grade].text) if columns.grade is not None else None
    return AgencyAssessment(
        name=name,
        is_total=total_row,
        office_mention=None if total_row else resolve_office(name, reference.offices),
        assessment=Assessment(
            year=year,
            score=scores.get(columns.total) if columns.total is not None else None,
            grade=grade[1] if grade else None,
            iit=parts.get("iit"),
            eit=parts.get("eit"),
            oit=parts.get("oit"),
            indicators=tuple(_indicators(columns, scores, lines)),
            evidence=evidence_of(map(whole, lines)),
        ),
    )


def _indicators(columns: _Columns, scores: dict[int, float], lines: Sequence[Line]) -> Iterator[Indicator]:
    evidence = evidence_of(map(whole, lines[:1]))
    for index, name in columns.indicators.items():
        if index in scores:
            yield Indicator(number=name.number, name=name.name, score=scores[index], weak=False, evidence=evidence)


def _lines(row: Sequence[Slot]) -> Iterator[Line]:
    return (line for slot in row if slot.begins for line in slot.lines)
