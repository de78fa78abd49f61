"""The whole database as a Frictionless data package: plain CSV files, and `datapackage.json`, which describes them.

Specifications: https://specs.frictionlessdata.io/tabular-data-package/ and /table-schema/ (version 1). The CSV files
are for programs: UTF-8 without a byte order mark, cells as they are, an empty text like no text. For spreadsheets there
are `export_csv` and workbooks.
"""

import csv
import datetime
import hashlib
import json
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from pydantic import Field
from sqlite_utils import Database

from db.listings import Cell, Column, Kind, Listing, moment_of, table_listing
from db.tables import TableWords, tables
from db.whole_files import whole_file
from schemas.base import Record

DESCRIPTOR = "datapackage.json"

_TYPES: dict[Kind, str] = {
    "text": "string",
    "integer": "integer",
    "number": "number",
    "date": "date",
    "time": "datetime",
}
# What is compressed already.
_PACKED = (".parquet", ".xlsx")


class Origin(Record):
    """A licence or a source, in the specification's terms."""

    title: str
    name: str | None = None
    path: str | None = None


class PackageWords(Record):
    """What the package tells of itself."""

    name: str = Field(pattern=r"^[a-z0-9._-]+$")
    title: str
    description: str
    keywords: tuple[str, ...]
    licenses: tuple[Origin, ...]
    sources: tuple[Origin, ...]


@cache
def package_words() -> PackageWords:
    """The words of the package; raises `pydantic.ValidationError` where `datapackage.toml` is wrong."""
    return PackageWords.model_validate(tomllib.loads((files("db") / "datapackage.toml").read_text(encoding="utf-8")))


def export_datapackage(db: Database, folder: Path, *, version: str, created: datetime.datetime) -> tuple[Path, ...]:
    """Write each table to FOLDER/TABLE.csv and then FOLDER/datapackage.json; the folder is made; the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    resources = [_resource(db, table, _write_csv(folder, table_listing(db, table))) for table in tables()]
    described = package_words().model_dump(exclude_none=True) | {
        "profile": "tabular-data-package",
        "version": version,
        "created": _moment(created),
        "resources": resources,
    }
    with whole_file(folder / DESCRIPTOR) as partial:
        partial.write_text(json.dumps(described, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return (*(folder / resource["path"] for resource in resources), folder / DESCRIPTOR)


def zip_files(paths: Sequence[Path], archive: Path) -> None:
    """Write the files, by their names, into a zip archive."""
    with whole_file(archive) as partial, ZipFile(partial, "w", ZIP_DEFLATED) as zipped:
        for path in paths:
            zipped.write(path, path.name, ZIP_STORED if path.suffix in _PACKED else ZIP_DEFLATED)


def _write_csv(folder: Path, listing: Listing) -> Path:
    path = folder / f"{listing.name}.csv"
    with whole_file(path) as partial, partial.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.name for column in listing.columns])
        writer.writerows(
            [_cell(column, cell) for column, cell in zip(listing.columns, row, strict=True)] for row in listing.rows
        )
    return path


def _cell(column: Column, cell: Cell) -> Cell:
    moment = moment_of(cell) if column.kind == "time" and cell is not None else None
    return _moment(moment) if moment else cell


def _moment(moment: datetime.datetime) -> str:
    """As the specification writes a time: YYYY-MM-DDThh:mm:ssZ."""
    return moment.astimezone(datetime.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _resource(db: Database, table: TableWords, path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": path.name,
        "title": f"{table.title_th} · {table.title_en}",
        "description": f"{table.description_th} · {table.description_en}",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "schema": _schema(db, table),
    }


def _schema(db: Database, table: TableWords) -> dict[str, Any]:
    listing = table_listing(db, table)
    known = {each.name for each in tables()}
    references = [
        {
            "fields": key.column,
            "reference": {
                "resource": "" if key.other_table == table.name else key.other_table,  # "" is the table itself
                "fields": key.other_column,
            },
        }
        for key in db.table(table.name).foreign_keys
        if key.other_table in known
    ]
    return {
        "fields": [_field(table, column) for column in listing.columns],
        "primaryKey": list(db.table(table.name).pks),
        "missingValues": [""],
    } | ({"foreignKeys": references} if references else {})


def _field(table: TableWords, column: Column) -> dict[str, str]:
    words = table.columns.get(column.name)
    told = {"title": f"{words.title_th} · {words.title_en}", "description": f"{words.th} · {words.en}"} if words else {}
    return {"name": column.name, "type": _TYPES[column.kind], **told}
