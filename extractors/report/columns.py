"""What each column of a table means, told from its headings (`facts/columns.toml`)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz, process

from extractors.report.grid import Slot, rows_of
from extractors.report.names import indicator_in
from extractors.thai.text import fold, fold_phrases
from extractors.thai.years import find_years, parse_year
from schemas.document import Table
from schemas.reference import ColumnHeading, Meaning, Reference
from schemas.report import Status
from schemas.wording import any_of

# A heading as long as this is a sentence or a body cell («ตัวชี้วัดที่ ๒ การใช้งบประมาณ ได้คะแนน …»).
LONGEST_HEADING = 60
# A heading may be misspelt by about one letter in seven («ผู้รับผิดชอป»).
ALIKE = 86.0
HEADER_SEARCH_ROWS = 4
# These stand in many headings and count only alone: ที่, ลำดับ.
_ALONE = frozenset({"running_number", "indicator_number", "measure_number"})
_SHORTEST_MISSPELT = 5
_FOUR_DIGITS = re.compile(r"\d{4}")


@dataclass(frozen=True)
class Column:
    """One column: its place, what it means, and how its heading is printed."""

    index: int
    heading: str
    meaning: Meaning | None
    instead: Meaning | None = None
    ticked: Status | None = None


@dataclass(frozen=True)
class Header:
    """The rows of a table that hold its headings, and the columns they name."""

    first_row: int
    end_row: int
    columns: tuple[Column, ...]

    def of(self, meaning: Meaning) -> Column | None:
        """The first column of that meaning."""
        return next((column for column in self.columns if column.meaning == meaning), None)

    def all_of(self, meaning: Meaning) -> tuple[Column, ...]:
        """Every column of that meaning, left to right."""
        return tuple(column for column in self.columns if column.meaning == meaning)


@dataclass(frozen=True)
class LaidTable:
    """A table as rows of slots, with its header: found once, for headings are compared with many phrases."""

    table: Table
    rows: tuple[tuple[Slot, ...], ...]
    header: Header | None


def laid_out(table: Table, reference: Reference) -> LaidTable:
    """The table with its rows and its header."""
    rows = rows_of(table)
    return LaidTable(table, rows, find_header(rows, reference))


def find_header(rows: Sequence[tuple[Slot, ...]], reference: Reference) -> Header | None:
    """The header of a table, from the first of its rows that names two columns or more; None where none does."""
    for index, row in enumerate(rows[:HEADER_SEARCH_ROWS]):
        end = _header_end(rows, index)
        columns = tuple(_columns(rows[index:end], reference))
        known = {column.meaning for column in columns if column.meaning}
        if len(known - {"other", "running_number"}) >= 2 and _looks_like_headings(row):
            return Header(index, end, _settled(_with_indicators(columns, rows[end:], reference)))
    return None


def _with_indicators(
    columns: tuple[Column, ...], body: Sequence[tuple[Slot, ...]], reference: Reference
) -> tuple[Column, ...]:
    """A column whose heading says nothing known, but whose cells name indicators, is that of the indicators."""
    if any(column.meaning == "indicator" for column in columns):
        return columns
    for column in columns:
        if column.meaning not in (None, "other"):
            continue
        cells = {id(row[column.index].cell): row[column.index].text for row in body if row[column.index].text}
        named = sum(indicator_in(text, reference, whole=True) is not None for text in cells.values())
        if named * 2 > len(cells):
            return tuple(replace(c, meaning="indicator") if c is column else c for c in columns)
    return columns


def folded_row(row: tuple[Slot, ...]) -> tuple[str, ...]:
    """The texts of a row, for comparing."""
    return tuple(fold(slot.text) for slot in row)


def _header_end(rows: Sequence[tuple[Slot, ...]], first: int) -> int:
    """The row after the header: as far down as its merged headings reach."""
    reach = max((slot.cell.row + slot.cell.row_span for slot in rows[first] if slot.cell), default=first + 1)
    spread = any(slot.cell and slot.cell.column_span > 1 and slot.begins for slot in rows[first])
    return min(reach, first + 3) if spread or reach > first + 1 else first + 1


def _columns(header: Sequence[tuple[Slot, ...]], reference: Reference) -> Iterator[Column]:
    for index in range(len(header[0])):
        if index and header[-1][index].cell is not None and header[-1][index].cell is header[-1][index - 1].cell:
            yield Column(index, "", None)  # the heading of the column before is merged over this one
            continue
        texts = list(dict.fromkeys(text for row in header if (text := row[index].text)))
        yield _column(index, texts, reference)


def _column(index: int, texts: list[str], reference: Reference) -> Column:
    heading = " ".join(texts)
    ticked = _ticked_status(texts[-1], reference) if texts else None
    if ticked:
        return Column(index, heading, "status", ticked=ticked)
    # Of headings one above the other, the lowest tells the column; «ปี ๒๕๖๗» below «คะแนน» tells nothing by itself.
    named = next((found for text in reversed(texts) if (found := heading_meaning(text, reference))), None)
    if named is None and texts and heading_year(texts[-1]) is not None:
        return Column(index, heading, "score")  # «ปี ๒๕๖๕», «ปี ๒๕๖๖»: the scores of two years side by side
    return Column(index, heading, named.meaning if named else None, named.instead if named else None)


def heading_year(heading: str) -> int | None:
    """The year (Buddhist era) that a heading names; two digits alone («๑๕») are a number, not a year."""
    named = next((year.year for year in reversed(find_years(heading))), None)
    return named if named is not None or not _FOUR_DIGITS.search(heading) else parse_year(heading)


def _ticked_status(heading: str, reference: Reference) -> Status | None:
    """The status that a column stands for whose cells are ticked («ดำเนินการแล้ว», «อยู่ระหว่างดำเนินการ»)."""
    folded = fold(heading)
    return next((words.status for words in reference.statuses if folded.startswith(fold_phrases(words.cell))), None)


def heading_meaning(heading: str, reference: Reference) -> ColumnHeading | None:
    """What a heading means; None where it says nothing known, or is too long for one."""
    folded = fold(heading)
    if not folded or len(folded) > LONGEST_HEADING:
        return None
    phrases = _headings(reference)
    earliest = phrases.inside.search(folded)
    return (
        phrases.whole.get(folded)
        or (phrases.parts[earliest[0]] if earliest else None)
        or _misspelt(folded, phrases.misspelt)
    )


@dataclass(frozen=True)
class _Headings:
    """Folded phrases of headings: what the whole of one may be, what it may hold, what a misspelt one may mean."""

    whole: Mapping[str, ColumnHeading]
    parts: Mapping[str, ColumnHeading]
    inside: re.Pattern[str]
    misspelt: Mapping[str, ColumnHeading]


@lru_cache(maxsize=4)
def _headings(reference: Reference) -> _Headings:
    """The phrases of all headings; the first entry keeps a phrase of two, the last where it is misspelt."""
    entries = [(fold(phrase), entry) for entry in reference.columns for phrase in entry.phrases]
    parts = {phrase: entry for phrase, entry in reversed(entries) if entry.meaning not in _ALONE}
    return _Headings(
        whole=dict(reversed(entries)),
        parts=parts,
        inside=re.compile(any_of(tuple(parts))),
        misspelt={phrase: entry for phrase, entry in entries if len(phrase) >= _SHORTEST_MISSPELT},
    )


def _misspelt(folded: str, phrases: Mapping[str, ColumnHeading]) -> ColumnHeading | None:
    best = process.extractOne(folded, phrases.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return phrases[best[0]] if best else None


def _looks_like_headings(row: tuple[Slot, ...]) -> bool:
    return sum(bool(slot.text) for slot in row) >= 2


def _settled(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns with one meaning each: the surer heading keeps a meaning that two columns claim."""
    if not any(column.meaning == "indicator" for column in columns):
        columns = _first_becomes(columns, "indicator_number", "indicator")
    for meaning in ("measure", "indicator"):
        columns = _one_of(columns, meaning)
    return _with_records(columns)


def _one_of(columns: tuple[Column, ...], meaning: Meaning) -> tuple[Column, ...]:
    claimants = [column for column in columns if column.meaning == meaning]
    sure = [column for column in claimants if column.instead is None]
    keeper = next(iter(sure or claimants), None)
    return tuple(
        column if column is keeper or column.meaning != meaning else replace(column, meaning=column.instead or "other")
        for column in columns
    )


def _with_records(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Results are the actions where no column of steps is; steps are the measures where no measure is named."""
    meanings = [column.meaning for column in columns]
    if "measure" not in meanings and "action" in meanings and "score" not in meanings:
        columns = _first_becomes(columns, "action", "measure")
        meanings = [column.meaning for column in columns]
    if "action" not in meanings and "measure" in meanings:
        columns = _first_becomes(columns, "result", "action")
    return columns


def _first_becomes(columns: tuple[Column, ...], meaning: Meaning, new: Meaning) -> tuple[Column, ...]:
    first = next((column for column in columns if column.meaning == meaning), None)
    return tuple(replace(column, meaning=new) if column is first else column for column in columns)
