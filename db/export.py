"""Taking everything out of the database: one JSON file of reports, or a folder of CSV files for spreadsheets.

A file is written beside its place and put there when it is whole, so that a stop in the middle leaves the former one.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from sqlite_utils import Database

from db.read import read_findings, read_reports
from db.sheet import Cell, actions_in_full
from db.tables import tables
from schemas.finding import with_findings

ACTIONS_IN_FULL = "actions-in-full.csv"

# A spreadsheet takes a cell that begins with one of these as a formula, or drops the sign and looks again.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def export_json(db: Database, path: Path) -> int:
    """Write all reports with their findings as one JSON list, in the shape of `prongsai extract`; how many."""
    count = 0
    with _put_whole(path, encoding="utf-8") as file:
        file.write("[")
        for report in read_reports(db):
            checked = with_findings(report, read_findings(db, report.id))
            file.write(",\n" if count else "\n")
            json.dump(checked.model_dump(mode="json"), file, ensure_ascii=False, indent=2)
            count += 1
        file.write("\n]\n")
    return count


def export_csv(db: Database, folder: Path) -> tuple[Path, ...]:
    """Write each table to FOLDER/TABLE.csv, and `actions-in-full.csv`; the folder is made; the files written.

    UTF-8 with a byte order mark, by which Excel knows that the text is Thai. A text that a spreadsheet would run as a
    formula has an apostrophe put before it, list marks («- จัดทำ …») and numbers in text («-5») too; numbers have none.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = [_write_csv(folder / f"{table.name}.csv", _rows(db, table.name)) for table in tables()]
    return (*written, _write_csv(folder / ACTIONS_IN_FULL, actions_in_full(db)))


def harmless(cell: Cell) -> Cell:
    """A cell as it may stand in a CSV file that a spreadsheet opens."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS) else cell


def _write_csv(path: Path, rows: Iterable[Iterable[Cell]]) -> Path:
    with _put_whole(path, encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([harmless(cell) for cell in row] for row in rows)
    return path


def _rows(db: Database, table: str) -> Iterator[Iterable[Cell]]:
    """The names of the columns, then all rows."""
    yield [column.name for column in db.table(table).columns]
    keys = ", ".join(f'"{key}"' for key in db.table(table).pks)
    yield from db.execute(f"select * from {table} order by {keys}")


@contextmanager
def _put_whole(path: Path, *, encoding: str, newline: str | None = None) -> Iterator[TextIO]:
    """A file to write; it takes the place of `path` at the end, and is gone where that is not reached."""
    partial = path.with_name(f".{path.name}.partial")
    try:
        with partial.open("w", encoding=encoding, newline=newline) as file:
            yield file
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
