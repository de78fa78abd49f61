"""Taking everything out of the database: one JSON file of reports, or a folder of CSV files for spreadsheets.

Workbooks, Parquet files and data packages have modules of their own. A file is written beside its place and put there
when it is whole, so that a stop in the middle leaves the former one.
"""

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from sqlite_utils import Database

from db.listings import Cell, table_listings
from db.read import read_findings, read_reports
from db.sheet import actions_in_full
from db.whole_files import whole_file
from schemas.finding import with_findings

ACTIONS_IN_FULL = "actions-in-full.csv"

# A spreadsheet takes a cell that begins with one of these as a formula, or drops the sign, perhaps one that nobody
# sees, and looks again.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "\0", "\u200b", "\ufeff")


def export_json(db: Database, path: Path) -> int:
    """Write all reports with their findings as one JSON list, in the shape of `prongsai extract`; how many."""
    count = 0
    with whole_file(path) as partial, partial.open("w", encoding="utf-8") as file:
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
    written = [
        _write_csv(folder / f"{listing.name}.csv", [column.name for column in listing.columns], listing.rows)
        for listing in table_listings(db)
    ]
    actions = actions_in_full(db)
    headings = [column.title for column in actions.columns]
    return (*written, _write_csv(folder / ACTIONS_IN_FULL, headings, actions.rows))


def harmless(cell: Cell) -> Cell:
    """A cell as it may stand in a CSV file that a spreadsheet opens."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


def _write_csv(path: Path, headings: Sequence[Cell], rows: Iterable[Sequence[Cell]]) -> Path:
    with whole_file(path) as partial, partial.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([harmless(heading) for heading in headings])
        writer.writerows([harmless(cell) for cell in row] for row in rows)
    return path
