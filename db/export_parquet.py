"""Parquet files, for programs that read many rows by columns: a file a table, typed, in batches."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow
from pyarrow import parquet
from sqlite_utils import Database

from db.listings import Cell, Column, Kind, Listing, day_of, moment_of, table_listings
from db.whole_files import whole_file

_TYPES: dict[Kind, Any] = {
    "text": pyarrow.string(),
    "integer": pyarrow.int64(),
    "number": pyarrow.float64(),
    "date": pyarrow.date32(),
    "time": pyarrow.timestamp("us", tz="UTC"),
}
# Rows that are in memory at a time; a page's text may be long.
_BATCH = 5_000


def export_parquet(db: Database, folder: Path) -> tuple[Path, ...]:
    """Write each table to FOLDER/TABLE.parquet; the folder is made; the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(write_parquet(folder / f"{listing.name}.parquet", listing) for listing in table_listings(db))


def write_parquet(path: Path, listing: Listing) -> Path:
    """Write the listing to a file; a column's title is its field's metadata `title`."""
    schema = pyarrow.schema(
        pyarrow.field(column.name, _TYPES[column.kind], metadata={"title": column.title}) for column in listing.columns
    )
    with whole_file(path) as partial, parquet.ParquetWriter(partial, schema, compression="zstd") as writer:
        for batch in _batches(listing.rows):
            arrays = [
                pyarrow.array([_typed(column, row[place]) for row in batch], _TYPES[column.kind])
                for place, column in enumerate(listing.columns)
            ]
            writer.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))
    return path


def _typed(column: Column, cell: Cell) -> Any:
    if cell is None:
        return None
    if column.kind == "date":
        return day_of(cell)
    if column.kind == "time":
        return moment_of(cell)
    return str(cell) if column.kind == "text" else cell


def _batches(rows: Iterable[Sequence[Cell]]) -> Iterator[list[Sequence[Cell]]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, _BATCH)):
        yield batch
