"""Scores from tables: a row for each indicator, rows of the parts (IIT, EIT, OIT), the total and the grade."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.report.columns import Column, Header, find_header
from extractors.report.grid import Slot, rows_of
from extractors.report.names import IndicatorName, bare_name, indicator_in
from extractors.report.results import Kind, Told
from extractors.thai.text import fold, fold_digits, fold_phrase
from extractors.thai.years import find_years, parse_year
from schemas.document import Line, Table
from schemas.reference import Reference

_SCORE = re.compile(r"^\s*(?:ร้อยละ\s*)?(100(?:\.0+)?|[0-9]{1,2}(?:\.[0-9]{1,2})?)\s*(?:คะแนน|%)?\s*$")
_PARTS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("iit", re.compile(r"IIT|ส่วนเสียภายใน(?!นอก)|ส่วนได้เสียภายใน(?!นอก)")),
    ("eit", re.compile(r"EIT|ส่วนเสียภายนอก|ส่วนได้เสียภายนอก")),
    ("oit", re.compile(r"OIT|เปิดเผยข้อมูลสาธารณะ")),
)
# Fewer rows with names and scores are a sentence in a layout table.
FEWEST_ROWS = 2
FEWEST_ACROSS = 3


def told_in_table(table: Table, reference: Reference) -> tuple[Told, ...]:
    """The scores that a table gives; nothing where it is no table of scores."""
    rows = rows_of(table)
    header = find_header(rows, reference)
    body = rows[header.end_row :] if header else rows
    column = _score_column(header, body) if header else None
    across = _told_across(rows, reference)
    if across or (header and column is None):
        return across
    year = _column_year(column)
    told = tuple(t for row in body for t in _told_in_row(row, header, column, year, reference))
    return told if len(told) >= FEWEST_ROWS or header is not None else ()


def _told_across(rows: Sequence[tuple[Slot, ...]], reference: Reference) -> tuple[Told, ...]:
    """The parts, total and grade of a table that names them in one row and gives them in the next.

    A table that gives them in several rows is one of several agencies, and none of them need be the report's own.
    """
    scored = [row for row in rows if any(_score(slot.text) is not None for slot in row)]
    for head, values in pairwise(rows) if len(scored) == 1 else ():
        told = tuple(
            found
            for label, value in zip(head, values, strict=True)
            if label.begins and value.begins and (found := _told_below(label, value, reference))
        )
        if len(told) >= FEWEST_ACROSS:
            return told
    return ()


def _told_below(label: Slot, value: Slot, reference: Reference) -> Told | None:
    folded, score = fold(label.text), _score(value.text)
    if score is None:
        grade = value.text.strip()
        return Told("grade", value.lines[0], None, word=grade) if grade in reference.grades else None
    kind = next((kind for kind, pattern in _PARTS if pattern.search(folded.upper())), None)
    if kind is None and _begins(folded, reference.wording.results.total_rows):
        kind = "total"
    return Told(kind, value.lines[0], None, score, word="total") if kind else None


def _score_column(header: Header, body: Sequence[tuple[Slot, ...]]) -> Column | None:
    """The column of the scores: of several, that of the latest year, else the first that holds scores."""
    claimants = [column for column in header.columns if column.meaning == "score" and _holds_scores(column, body)]
    return max(claimants, key=lambda column: (_column_year(column) or 0, -column.index), default=None)


def _holds_scores(column: Column, body: Sequence[tuple[Slot, ...]]) -> bool:
    return any(_score(row[column.index].text) is not None for row in body)


def _column_year(column: Column | None) -> int | None:
    """The year (Buddhist era) that a column's heading names."""
    heading = column.heading if column else ""
    return next((year.year for year in reversed(find_years(heading))), parse_year(heading))


def _told_in_row(
    row: tuple[Slot, ...], header: Header | None, column: Column | None, year: int | None, reference: Reference
) -> Iterator[Told]:
    named = _named(row, header, reference)
    score, line = _row_score(row, column)
    if named is not None:
        slot, name = named
        if score is not None and slot.begins:
            yield Told("indicator", slot.lines[0], year, score, indicator=name)
        return
    label = fold(" ".join(dict.fromkeys(slot.text for slot in row if slot.text and _score(slot.text) is None)))
    if line is None or not any(slot.begins for slot in row):
        yield from _grade(row, label, year, reference)
        return
    kind = next((kind for kind, pattern in _PARTS if pattern.search(label.upper())), None)
    if kind is None and _begins(label, reference.wording.results.total_rows):
        kind = "total"
    if kind is not None and score is not None:
        yield Told(kind, line, year, score, word="total")
    yield from _grade(row, label, year, reference)


def _named(row: tuple[Slot, ...], header: Header | None, reference: Reference) -> tuple[Slot, IndicatorName] | None:
    column = header.of("indicator") if header else None
    slots = [row[column.index]] if column else [slot for slot in row if len(slot.text) > 5]
    for slot in slots:
        name = indicator_in(slot.text, reference) if slot.begins and not _is_part(slot.text, reference) else None
        if name and slot.lines:
            return slot, IndicatorName(_running(row, header) or name.number, name.name, name.start, name.end)
    return _unofficial(row, header) if column and slots[0].begins and not _is_part(slots[0].text, reference) else None


def _is_part(text: str, reference: Reference) -> bool:
    parts = any(pattern.search(text.upper()) for _, pattern in _PARTS)
    return parts or _begins(fold(text), reference.wording.results.total_rows)


def _begins(label: str, phrases: Sequence[str]) -> bool:
    """Whether a row's label, its number apart, begins with one of the phrases."""
    return label.lstrip("0123456789.)").startswith(tuple(map(fold_phrase, phrases)))


def _unofficial(row: tuple[Slot, ...], header: Header | None) -> tuple[Slot, IndicatorName] | None:
    """A row of the indicator column whose name is no official one, but whose running number is one."""
    column = header.of("indicator") if header else None
    number = _running(row, header)
    if column is None or number is None or not row[column.index].lines:
        return None
    slot = row[column.index]
    return slot, IndicatorName(number, bare_name(slot.text), 0, len(slot.text))


def _running(row: tuple[Slot, ...], header: Header | None) -> int | None:
    """The official number that a column of its own prints beside the name; a running number («ที่») is none."""
    column = header.of("indicator_number") if header else None
    text = fold_digits(row[column.index].text).strip(" .)") if column else ""
    return int(text) if text.isdigit() and 1 <= int(text) <= 10 else None


def _row_score(row: tuple[Slot, ...], column: Column | None) -> tuple[float | None, Line | None]:
    """The score of a row: of the score column, else the first number with decimals in the row."""
    slots = [row[column.index]] if column else [slot for slot in row if "." in slot.text]
    for slot in slots:
        score = _score(slot.text)
        if score is not None and slot.lines:
            return score, slot.lines[0]
    return None, None


def _score(text: str) -> float | None:
    match = _SCORE.match(fold_digits(text))
    return float(match[1]) if match else None


def _grade(row: tuple[Slot, ...], label: str, year: int | None, reference: Reference) -> Iterator[Told]:
    """A grade in a cell of its own, in the row of the total or in one that is headed ระดับ."""
    wording = reference.wording.results
    if not _begins(label, (*wording.total_rows, *wording.grade_rows)):
        return
    for slot in row:
        text = re.sub(r"^ระดับ\s*", "", slot.text)
        if text in reference.grades and slot.lines:
            yield Told("grade", slot.lines[0], year, word=text)
