"""Workbooks for Excel and LibreOffice, written row by row, so that a million rows need no more memory than ten.

A cell's type is always told, never guessed from its text: a text is stored as one, and what begins with = + - @ is
shown and not run; `quotePrefix`, which is how Excel itself notes an apostrophe typed before a text, keeps it so when
somebody edits the cell. No apostrophe gets into the text, as it has to in CSV.
"""

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import Any

import xlsxwriter
from sqlite_utils import Database

from db.export import FORMULA_STARTS
from db.listings import Cell, Column, Listing, day_of, moment_of, table_listings
from db.sheet import actions_in_full, sheet_words
from db.tables import tables
from db.whole_files import whole_file

# Excel's own limits: rows of a sheet with its headings, characters of a cell (UTF-16), digits of a number, first year.
MOST_ROWS = 1_048_576
MOST_CHARACTERS = 32_767
_MOST_DIGITS = 15
_FIRST_YEAR = 1900
CUT = " … [ตัดข้อความ: เกินที่เซลล์ของ Excel รับได้ · cut: longer than a cell of Excel may be]"

# What XML cannot hold, and what Excel would show as a sign; line ends and tabs stay.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_MARKS = ("Mn", "Me", "Cf")
_NARROWEST, _WIDEST = 8, 60
# Rows whose texts decide how wide columns are: measuring all takes as long as writing them.
_MEASURED = 1_000


def export_xlsx(db: Database, path: Path) -> None:
    """Write a workbook: all actions in full, what the sheets and columns mean, then a sheet for each table."""
    with workbook(path) as book:
        write_listing(book, actions_in_full(db)._replace(name=sheet_words().title))
        write_listing(book, _meanings())
        for listing in table_listings(db):
            write_listing(book, listing)


@contextmanager
def workbook(path: Path) -> Iterator[Any]:
    """A workbook to write listings to; it stands at `path` when all is written."""
    with whole_file(path) as partial:
        book = xlsxwriter.Workbook(partial, {"constant_memory": True, "tmpdir": str(path.parent)})
        yield book
        book.close()


def write_listing(book: Any, listing: Listing) -> int:
    """Write the listing to a sheet, and to further ones where Excel's rows do not suffice; how many rows.

    The headings are frozen and have filters; columns are as wide as the texts of the first rows, up to a limit.
    """
    rows = iter(listing.rows)
    written = _Sheet(book, listing.name, listing.columns).write(islice(rows, MOST_ROWS - 1))
    number = 1
    while (first := next(rows, None)) is not None:
        number += 1
        sheet = _Sheet(book, f"{listing.name} ({number})", listing.columns)
        written += sheet.write(islice(chain((first,), rows), MOST_ROWS - 1))
    return written


class _Sheet:
    """A sheet and the formats of its cells."""

    def __init__(self, book: Any, name: str, columns: Sequence[Column]) -> None:
        self._sheet = book.add_worksheet(name)
        self._columns = columns
        top = {"valign": "top"}
        self._heading = book.add_format({**top, "bold": True, "text_wrap": True, "bottom": 1})
        self._plain = book.add_format(top)
        self._text = book.add_format({**top, "text_wrap": True})
        self._quoted = book.add_format({**top, "text_wrap": True, "quote_prefix": True})
        self._day = book.add_format({**top, "num_format": "yyyy-mm-dd"})
        self._moment = book.add_format({**top, "num_format": "yyyy-mm-dd hh:mm:ss"})
        self._widths = [min(_WIDEST, max(_NARROWEST, _width(column.title) + 3)) for column in columns]

    def write(self, rows: Iterable[Sequence[Cell]]) -> int:
        for place, column in enumerate(self._columns):
            self._sheet.write_string(0, place, safe_text(column.title), self._heading)
        last = 0
        for last, row in enumerate(rows, 1):
            for place, (column, cell) in enumerate(zip(self._columns, row, strict=True)):
                if cell is not None:
                    self._write_cell(last, place, column, cell)
        self._finish(last)
        return last

    def _write_cell(self, row: int, place: int, column: Column, cell: Cell) -> None:
        if column.kind == "date" and (day := day_of(cell)) and day.year >= _FIRST_YEAR:
            self._sheet.write_datetime(row, place, day, self._day)
            width = 12
        elif column.kind == "time" and (moment := moment_of(cell)) and moment.year >= _FIRST_YEAR:
            self._sheet.write_datetime(row, place, moment.replace(tzinfo=None), self._moment)
            width = 20
        elif isinstance(cell, int | float) and _fits(cell):
            self._sheet.write_number(row, place, cell, self._plain)
            width = len(str(cell)) + 1
        else:
            text = safe_text(str(cell))
            self._sheet.write_string(row, place, text, self._quoted if text.startswith(FORMULA_STARTS) else self._text)
            width = _width(text[:_WIDEST]) + 1 if row <= _MEASURED else 0
        self._widths[place] = min(_WIDEST, max(self._widths[place], width))

    def _finish(self, last: int) -> None:
        self._sheet.freeze_panes(1, 0)
        self._sheet.autofilter(0, 0, last, max(0, len(self._columns) - 1))
        for place, width in enumerate(self._widths):
            self._sheet.set_column(place, place, width)


def safe_text(text: str) -> str:
    """A text as a cell may hold it: without control characters, cut with a note where it is too long."""
    clean = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(clean) > MOST_CHARACTERS // 2 and len(clean.encode("utf-16-le")) > 2 * MOST_CHARACTERS:
        kept = clean.encode("utf-16-le")[: 2 * (MOST_CHARACTERS - len(CUT))]
        clean = kept.decode("utf-16-le", "ignore") + CUT
    # XlsxWriter takes a text between these two for XML of its own making.
    return f"{clean} " if clean.startswith("<r>") and clean.endswith("</r>") else clean


def _fits(number: float) -> bool:
    """Whether Excel holds the number as it is."""
    return math.isfinite(number) and (isinstance(number, float) or len(str(abs(number))) <= _MOST_DIGITS)


def _width(text: str) -> int:
    """How many letters wide the text is; marks above and below letters take no room."""
    line = max(text.split("\n"), key=len)
    return sum(unicodedata.category(letter) not in _MARKS for letter in line)


def _meanings() -> Listing:
    """What each table and column is called and holds."""
    titles = ("แผ่นงาน", "ตาราง", "คอลัมน์", "ชื่อคอลัมน์", "ความหมาย")
    columns = tuple(Column(title, title, "text") for title in titles)
    rows: list[tuple[Cell, ...]] = []
    for table in tables():
        rows.append((table.name, table.title_th, None, None, table.description_th))
        rows += [(table.name, table.title_th, name, of.title_th, of.th) for name, of in table.columns.items()]
    return Listing("คำอธิบาย", columns, rows)
