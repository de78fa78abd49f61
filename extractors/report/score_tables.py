"""Scores from tables: a row for each indicator, rows of the parts (IIT, EIT, OIT), the total and the grade."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import dropwhile, pairwise, takewhile

from extractors.report.columns import (
    HEADER_SEARCH_ROWS,
    Column,
    Header,
    LaidTable,
    find_header,
    folded_row,
    heading_year,
)
from extractors.report.family import names_assessment
from extractors.report.grid import Slot
from extractors.report.names import IndicatorName, bare_name, bare_number, indicator_in
from extractors.report.results import ALL_INDICATORS, Kind, Told, announces_weak
from extractors.report.subjects import tells_of_others
from extractors.thai.enumeration import marker_at_head
from extractors.thai.text import fold, fold_digits, fold_phrases
from schemas.document import Line
from schemas.reference import Reference
from schemas.wording import Phrases, any_of, finds

# «๘๔.๒๖», «ร้อยละ ๘๔.๒๖», «77.99 / B», «๗๗.๙๙ (ระดับ B)»
_SCORE = re.compile(
    r"^\s*(?:ร้อยละ\s*)?(100(?:\.0+)?|[0-9]{1,2}(?:\.[0-9]{1,2})?)\s*(?:คะแนน|%)?\s*(?:[/(]\s*(?:ระดับ\s*)?[A-Zก-๙]+\s*\)?)?\s*$"
)
_PARTS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("iit", re.compile(r"IIT|ส่วนเสียภายใน(?!นอก)|ส่วนได้เสียภายใน(?!นอก)")),
    ("eit", re.compile(r"EIT|ส่วนเสียภายนอก|ส่วนได้เสียภายนอก")),
    ("oit", re.compile(r"OIT|เปิดเผยข้อมูลสาธารณะ")),
)
_PART_OF: dict[str, Kind] = {"IIT": "iit", "EIT": "eit", "OIT": "oit"}
# Fewer rows with names and scores are a sentence in a layout table.
FEWEST_ROWS = 2
FEWEST_ACROSS = 3
# A table of all indicators; «most» allows for two swapped of ten.
MOST_INDICATORS = 8
MOSTLY_OFFICIAL = 0.7


def told_in_table(laid: LaidTable, above: Sequence[str], reference: Reference) -> tuple[Told, ...]:
    """The scores that a table gives; nothing where it is no table of scores.

    `above` are the last lines above the table. Where the last announces weak indicators, those of a table of some are
    weak, not those of a table of all; and it tells whether the scores may be those of a whole of many offices.
    """
    wording = reference.wording.results
    told = _told_in(laid, reference)
    if not _is_of_assessment(told, laid, above, reference):
        return ()
    caption = above[-1] if above else ""
    told = _weak_ones(told, announced=announces_weak(caption, wording))
    near_others = tells_of_others(caption, wording) or finds(wording.goals).search(caption) is not None
    return tuple(replace(t, near_others=near_others) for t in told)


def _is_of_assessment(told: Sequence[Told], laid: LaidTable, above: Sequence[str], reference: Reference) -> bool:
    """Whether a table's figures are the assessment's: those of indicators and parts are.

    A total alone («รวม ๑๐๐.๐๐» of a budget) is only where the table or the lines above name the assessment.
    """
    if any(t.kind in (*_PART_OF.values(), "indicator") for t in told):
        return True
    texts = (*above, *(line.text for cell in laid.table.cells for line in cell.lines))
    return any(names_assessment(text, reference) for text in texts)


def _weak_ones(told: Sequence[Told], *, announced: bool) -> tuple[Told, ...]:
    few = sum(t.kind == "indicator" for t in told) < MOST_INDICATORS
    return tuple(replace(t, weak=t.weak or (announced and few)) for t in told)


def _told_in(laid: LaidTable, reference: Reference) -> tuple[Told, ...]:
    rows = _stacked(laid.rows)
    header = laid.header if rows is laid.rows else find_header(rows, reference)
    body = rows[header.end_row :] if header else rows
    column = _score_column(header, body) if header else None
    across = _told_across(rows, reference)
    if across or (header and column is None):
        return across
    year = _column_year(column)
    told = _with_printed_numbers([t for row in body for t in _told_in_row(row, header, column, year, reference)], body)
    told = (*told, *_merged_parts(body, column, year, reference))
    return told if len(told) >= FEWEST_ROWS or header is not None else ()


def _stacked(rows: Sequence[tuple[Slot, ...]]) -> Sequence[tuple[Slot, ...]]:
    """The rows with the right half below the left, where a table prints its headings twice side by side."""
    for index, row in enumerate(rows[:HEADER_SEARCH_ROWS]):
        half = len(row) // 2
        if half < FEWEST_ROWS or not all(slot.text for slot in row):
            continue
        headings = folded_row(row)
        if all(headings) and headings[:half] == headings[half:]:
            return (*(row[:half] for row in rows), *(row[half:] for row in rows[index + 1 :]))
    return rows


def _told_across(rows: Sequence[tuple[Slot, ...]], reference: Reference) -> tuple[Told, ...]:
    """The parts, total and grade of a table that names them in one row and gives them in the next.

    A table that gives them in several rows is one of several agencies, and none of them need be the report's own.
    """
    scored = [row for row in rows if any(score_in(slot.text) is not None for slot in row)]
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
    folded, score = fold(label.text), score_in(value.text)
    if score is None:
        grade = value.text.strip()
        return Told("grade", value.lines[0], None, word=grade) if grade in reference.grades else None
    kind = next((kind for kind, pattern in _PARTS if pattern.search(folded.upper())), None)
    if kind is None and _begins(folded, reference.wording.results.total_rows):
        kind = "total"
    return Told(kind, value.lines[0], None, score, word="total") if kind else None


def part_of(heading: str) -> Kind | None:
    """The part (iit, eit, oit) that a heading names; null where it names none."""
    return next((kind for kind, pattern in _PARTS if pattern.search(heading.upper())), None)


def _score_column(header: Header, body: Sequence[tuple[Slot, ...]]) -> Column | None:
    """The column of the scores: of several, that of the latest year, else the first that holds scores."""
    claimants = [column for column in header.columns if column.meaning == "score" and _holds_scores(column, body)]
    return max(claimants, key=lambda column: (_column_year(column) or 0, -column.index), default=None)


def _holds_scores(column: Column, body: Sequence[tuple[Slot, ...]]) -> bool:
    return any(score_in(row[column.index].text) is not None for row in body)


def _column_year(column: Column | None) -> int | None:
    """The year (Buddhist era) that a column's heading names."""
    return heading_year(column.heading) if column else None


def _told_in_row(
    row: tuple[Slot, ...], header: Header | None, column: Column | None, year: int | None, reference: Reference
) -> Iterator[Told]:
    named = _named(row, header, reference)
    score, line = _rowscore_in(row, column)
    if named is not None:
        slot, name = named
        if score is not None and line is not None and slot.begins:
            beside = tuple(each for each in (*slot.lines[1:], line) if each is not slot.lines[0])
            yield Told("indicator", slot.lines[0], year, score, indicator=name, beside=beside)
        return
    if score is None:
        score, line = _rowscore_in(row, None)  # the total may stand in a column of its own
    label = fold(" ".join(dict.fromkeys(slot.text for slot in row if slot.text and score_in(slot.text) is None)))
    kind = next((kind for kind, pattern in _PARTS if pattern.search(label.upper())), None)
    if kind is None and _begins(label, reference.wording.results.total_rows):
        kind = "total"
    if kind is not None and score is not None and line is not None and any(slot.begins for slot in row):
        yield Told(kind, line, year, score, word="total")
    yield from _grade([row[column.index], *row] if column else row, label, year, reference)


def _with_printed_numbers(told: Sequence[Told], body: Sequence[tuple[Slot, ...]]) -> tuple[Told, ...]:
    """The rows' own numbers as the indicators', where a table lists all and most numbers are the official ones.

    Then a number that is not the name's is as printed, and the reader's to see.
    """
    numbers = {id(slot.lines[0]): _list_number(row) for row in body for slot in row if slot.begins and slot.lines}
    named = [t for t in told if t.indicator is not None]
    agree = sum(t.indicator is not None and t.indicator.number == numbers.get(id(t.line)) for t in named)
    if len(named) < MOST_INDICATORS or agree < len(named) * MOSTLY_OFFICIAL:
        return tuple(told)
    return tuple(_numbered(t, numbers.get(id(t.line))) for t in told)


def _numbered(told: Told, number: int | None) -> Told:
    if told.indicator is None or number is None:
        return told
    return replace(told, indicator=replace(told.indicator, number=number))


def _list_number(row: tuple[Slot, ...]) -> int | None:
    """The number in front of a row, in a cell of its own or before the name."""
    for slot in row:
        text = fold_digits(slot.text).strip()
        bare = text.strip(" .)")
        marker = marker_at_head(text)
        number = bare if bare.isdigit() else (marker.number if marker else None)
        if slot.begins and number and number.isdigit() and 1 <= int(number) <= ALL_INDICATORS:
            return int(number)
    return None


def _merged_parts(
    body: Sequence[tuple[Slot, ...]], column: Column | None, year: int | None, reference: Reference
) -> Iterator[Told]:
    """The parts' figures that are merged over the rows of their indicators: IIT over those of 1 to 5, and so on."""
    instruments = {fact.number: fact.instrument for fact in reference.indicators}
    covered: dict[int, tuple[Slot, set[str]]] = {}
    for row in body:
        name = next((found for slot in row if (found := indicator_in(slot.text, reference))), None)
        for index, slot in enumerate(row):
            merged = slot.cell is not None and slot.cell.row_span > 1 and (column is None or index != column.index)
            if merged and name and name.number and score_in(slot.text) is not None:
                covered.setdefault(id(slot.cell), (slot, set()))[1].add(instruments[name.number])
    for slot, parts in covered.values():
        if len(parts) == 1:
            yield Told(_PART_OF[parts.pop()], slot.lines[0], year, score_in(slot.text), word="total")


def _named(row: tuple[Slot, ...], header: Header | None, reference: Reference) -> tuple[Slot, IndicatorName] | None:
    column = header.of("indicator") if header else None
    slots = _indicator_slots(row, header) if header and column else [slot for slot in row if len(slot.text) > 5]
    for slot in slots:
        name = indicator_in(slot.text, reference) if slot.begins and not _is_part(slot.text, reference) else None
        if name and slot.lines:
            return slot, IndicatorName(_running(row, header) or name.number, name.name, name.start, name.end)
    return _unofficial(row, header) if column and slots[0].begins and not _is_part(slots[0].text, reference) else None


def _indicator_slots(row: tuple[Slot, ...], header: Header) -> list[Slot]:
    """The cells below the heading of the indicators, which may be merged over several: «ตัวชี้วัดที่ ๑ | การปฏิบัติหน้าที่»."""
    below = dropwhile(lambda column: column.meaning != "indicator", header.columns)
    first = next(below)
    merged = takewhile(lambda column: column.meaning is None and not column.heading, below)
    return [row[first.index], *(row[column.index] for column in merged)]


def _is_part(text: str, reference: Reference) -> bool:
    parts = any(pattern.search(text.upper()) for _, pattern in _PARTS)
    return parts or _begins(fold(text), reference.wording.results.total_rows)


def _begins(label: str, phrases: Phrases) -> bool:
    """Whether a row's label, its number apart, begins with one of the phrases."""
    return label.lstrip("0123456789.)").startswith(fold_phrases(phrases))


def _unofficial(row: tuple[Slot, ...], header: Header | None) -> tuple[Slot, IndicatorName] | None:
    """A row of the indicator column whose name is no official one, but whose number, in a cell of its own, is one."""
    if header is None or header.of("indicator") is None:
        return None
    *labels, slot = _indicator_slots(row, header)
    number = _running(row, header) or next((n for label in labels if (n := bare_number(label.text))), None)
    if number is None or not slot.lines:
        return None
    return slot, IndicatorName(number, bare_name(slot.text), 0, len(slot.text))


def _running(row: tuple[Slot, ...], header: Header | None) -> int | None:
    """The official number that a column of its own prints beside the name; a running number («ที่») is none."""
    column = header.of("indicator_number") if header else None
    text = fold_digits(row[column.index].text).strip(" .)") if column else ""
    return int(text) if text.isdigit() and 1 <= int(text) <= 10 else None


def _rowscore_in(row: tuple[Slot, ...], column: Column | None) -> tuple[float | None, Line | None]:
    """The score of a row: of the score column, else the first number with decimals in the row."""
    slots = [row[column.index]] if column else [slot for slot in row if "." in slot.text]
    for slot in slots:
        score = score_in(slot.text)
        if score is not None and slot.lines:
            return score, slot.lines[0]
    return None, None


def score_in(text: str) -> float | None:
    """The score that a cell holds and nothing else; null where it holds none."""
    match = _SCORE.match(fold_digits(text))
    return float(match[1]) if match else None


@cache
def grade_in_cell(grades: tuple[str, ...]) -> re.Pattern[str]:
    """A grade that a cell holds alone, after ระดับ, or after a score: «B», «(ระดับ B)», «77.99 / B»."""
    return re.compile(rf"(?:^|ระดับ|/)\s*({any_of(grades)})\s*\)?\s*$")


def _grade(slots: Sequence[Slot], label: str, year: int | None, reference: Reference) -> Iterator[Told]:
    """The first grade in the slots of a row: of the total, or of one that is headed ระดับ."""
    wording = reference.wording.results
    if not _begins(label, (*wording.total_rows, *wording.grade_rows)):
        return
    for slot in slots:
        found = grade_in_cell(reference.grades).search(slot.text)
        if found and slot.begins and slot.lines:
            yield Told("grade", slot.lines[0], year, word=found[1])
            return
