"""Writing the whole database into a folder or one file, in every format there is."""

import datetime
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

from sqlite_utils import Database

from db.export import export_csv, export_json
from db.export_datapackage import export_datapackage, zip_files
from db.snapshot import snapshot
from pipeline.version import extractor_version

ExportFormat = Literal["json", "csv", "xlsx", "datapackage", "parquet"]

# The name of the one file that a format has, and how it ends where a person names it.
_SINGLE: Mapping[str, str] = {"json": "reports.json", "xlsx": "prongsai.xlsx"}
# Endings of files: a path that ends so is no folder's, unless there is one.
_OF_FILES = (".json", ".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods", ".zip", ".parquet", ".db", ".sqlite")


def ending_of(kind: ExportFormat) -> str:
    """How the name of the one file ends that a format can be written to."""
    single = _SINGLE.get(kind)
    return Path(single).suffix if single else ".zip"


def contradicts(kind: ExportFormat, output: Path) -> bool:
    """Whether the path is a file's of another format, where neither this format's file nor a folder can be meant."""
    ending = output.suffix.lower()
    return ending in _OF_FILES and ending != ending_of(kind) and not output.is_dir()


def export_to(db: Database, kind: ExportFormat, output: Path) -> None:
    """Write all records as they are at this moment; folders are made.

    `output` is a folder, or a file where its name ends as the format's one file does, or in `.zip`. Raises `OSError`.
    """
    single = _SINGLE.get(kind)
    is_file = output.suffix.lower() == ending_of(kind) and not output.is_dir()
    folder = output.parent if is_file else output
    folder.mkdir(parents=True, exist_ok=True)
    with snapshot(db, folder) as copy:
        if single:
            _EXPORTS[kind](copy, output if is_file else output / single)
        elif is_file:
            with tempfile.TemporaryDirectory(prefix=".prongsai-", dir=folder) as hidden:
                _EXPORTS[kind](copy, Path(hidden))
                zip_files(sorted(Path(hidden).iterdir()), output)
        else:
            _EXPORTS[kind](copy, output)


def _xlsx(db: Database, path: Path) -> None:
    from db.export_xlsx import export_xlsx  # imported where needed: it takes a while, and so does the next

    export_xlsx(db, path)


def _parquet(db: Database, folder: Path) -> None:
    from db.export_parquet import export_parquet

    export_parquet(db, folder)


def _datapackage(db: Database, folder: Path) -> None:
    export_datapackage(db, folder, version=extractor_version(), created=datetime.datetime.now(datetime.UTC))


_EXPORTS: Mapping[ExportFormat, Callable[[Database, Path], object]] = {
    "json": export_json,
    "csv": export_csv,
    "xlsx": _xlsx,
    "datapackage": _datapackage,
    "parquet": _parquet,
}
