"""What each column of a table means, told from its headings (`facts/columns.toml`)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from extractors.report.grid import Slot
from extractors.report.names import indicator_in
from extractors.thai.text import fold, fold_phrase
from extractors.thai.years import find_years, parse_year
from schemas.reference import ColumnHeading, Meaning, Reference
from schemas.report import Status

# A heading as long as this is a sentence or a body cell («ตัวชี้วัดที่ ๒ การใช้งบประมาณ ได้คะแนน …»).
LONGEST_HEADING = 60
# A heading may be misspelt by about one letter in seven («ผู้รับผิดชอป»).
ALIKE = 86.0
HEADER_SEARCH_ROWS = 4
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
        cells = {id(row[column.index].cell): row[column.index].text for row in body if row[column.index].text}
        named = sum(indicator_in(text, reference, whole=True) is not None for text in cells.values())
        if column.meaning in (None, "other") and named * 2 > len(cells):
            return tuple(replace(c, meaning="indicator") if c is column else c for c in columns)
    return columns


def repeats(header_rows: Sequence[tuple[Slot, ...]], row: tuple[Slot, ...]) -> bool:
    """Whether a row says the same as a row of the header: the header printed again after a page break."""
    text = [fold(slot.text) for slot in row]
    return any(text) and any([fold(slot.text) for slot in header] == text for header in header_rows)


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
    return next(
        (words.status for words in reference.statuses if folded.startswith(tuple(map(fold_phrase, words.cell)))), None
    )


def heading_meaning(heading: str, reference: Reference) -> ColumnHeading | None:
    """What a heading means; None where it says nothing known, or is too long for one."""
    folded = fold(heading)
    if not folded or len(folded) > LONGEST_HEADING:
        return None
    places = [
        (place, -len(phrase), entry)
        for entry in reference.columns
        for phrase in map(fold_phrase, entry.phrases)
        if (place := _place(phrase, folded, entry.meaning)) >= 0
    ]
    if places:
        return min(places, key=lambda place: place[:2])[2]
    return _misspelt(folded, reference)


def _place(phrase: str, heading: str, meaning: Meaning) -> int:
    """Where the phrase stands in the heading; ที่ and ลำดับ stand in many headings and count only alone."""
    if meaning in ("running_number", "indicator_number", "measure_number"):
        return 0 if heading == phrase else -1
    return heading.find(phrase)


def _misspelt(folded: str, reference: Reference) -> ColumnHeading | None:
    phrases = {fold_phrase(phrase): entry for entry in reference.columns for phrase in entry.phrases if len(phrase) > 4}
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
