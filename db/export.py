"""Taking everything out of the database: one JSON file of reports, or a folder of CSV files for spreadsheets."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

from sqlite_utils import Database

from db.read import read_findings, read_reports
from db.tables import tables
from schemas.finding import with_findings

# A spreadsheet takes a cell that begins with one of these as a formula, or drops the sign and looks again.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def export_json(db: Database, path: Path) -> int:
    """Write all reports with their findings as one JSON list, in the shape of `prongsai extract`; how many."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        file.write("[")
        for report in read_reports(db):
            checked = with_findings(report, read_findings(db, report.id))
            file.write(",\n" if count else "\n")
            json.dump(checked.model_dump(mode="json"), file, ensure_ascii=False, indent=2)
            count += 1
        file.write("\n]\n")
    return count


def export_csv(db: Database, folder: Path) -> tuple[Path, ...]:
    """Write each table to FOLDER/TABLE.csv, made where it is missing; the files written.

    UTF-8 with a byte order mark, by which Excel knows that the text is Thai. A text that a spreadsheet would run as a
    formula has an apostrophe put before it, list marks («- จัดทำ …») and numbers in text («-5») too; numbers have none.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(_write_table(db, table.name, folder / f"{table.name}.csv") for table in tables())


def harmless(cell: str | int | float | None) -> str | int | float | None:
    """A cell as it may stand in a CSV file that a spreadsheet opens."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS) else cell


def _write_table(db: Database, table: str, path: Path) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(column.name for column in db.table(table).columns)
        writer.writerows(_cells(db, table))
    return path


def _cells(db: Database, table: str) -> Iterator[list[str | int | float | None]]:
    keys = ", ".join(f'"{key}"' for key in db.table(table).pks)
    for row in db.execute(f"select * from {table} order by {keys}"):
        yield [harmless(cell) for cell in row]
