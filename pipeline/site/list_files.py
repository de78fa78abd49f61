"""A list of the site, all of its rows, as a file.

The rows are first put into a file of their own, which takes as long as the query does: a reader of the database keeps
others from writing to it. What is made of them may take minutes, and needs no more memory than a page of rows.
"""

import csv
import json
import pickle
import re
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any, Literal, NamedTuple

from db.export import harmless
from db.listings import Cell, Column, Kind, Listing, day_of, kind_of
from db.tables import tables
from db.whole_files import whole_file
from pipeline.site.finding_lists import Functions, column_of_ids, told_beside

ListFormat = Literal["csv", "xlsx", "json", "parquet"]

# Of a sheet of Excel, less its headings: a list for people is longer in no format.
MOST_ROWS = 1_048_575
# Rows that are handed on at a time, operations of SQLite between two looks at the clock.
_BATCH = 1_000
_OPERATIONS = 100_000
# Datasette ends the query of a table's page so.
_LIMIT = re.compile(r"\slimit \d+( offset \d+)?\s*$", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class TooLong(Exception):
    """The query takes longer than it may."""


class Query(NamedTuple):
    """What a list shows: SQL with its parameters; `table` is null for a question of several tables.

    A list of findings is taken along with more where `functions` has those that `finding_lists` calls.
    """

    sql: str
    parameters: Mapping[str, Any]
    table: str | None = None
    functions: Functions = MappingProxyType({})


class Bounds(NamedTuple):
    """Of one list: rows and bytes of its file of rows, where the rest is left out; seconds of its query."""

    rows: int = MOST_ROWS
    size: int = 2_000_000_000
    seconds: float = 120


class Words(NamedTuple):
    """How a list is worded for people: its name, a column's title, what a code in a column means, what a cut says."""

    name: str
    title: Callable[[str], str]
    meaning: Callable[[str, Cell], Cell]
    cut: str


class Gathered(NamedTuple):
    """The rows of a list in a file, the names of its columns, and whether rows were left out."""

    file: IO[bytes]
    columns: tuple[str, ...]
    kinds: tuple[Kind, ...]
    cut: bool

    def rows(self) -> Iterator[Sequence[Cell]]:
        """All of them, once more at each call."""
        self.file.seek(0)
        while batch := pickle.load(self.file):
            yield from batch


@contextmanager
def gathered(connection: sqlite3.Connection, query: Query, bounds: Bounds) -> Iterator[Gathered]:
    """The rows of a list, in a file that is gone afterwards; raises `TooLong`, `sqlite3.Error`."""
    with tempfile.TemporaryFile(prefix="prongsai-") as file:
        end = time.monotonic() + bounds.seconds
        connection.set_progress_handler(lambda: time.monotonic() > end, _OPERATIONS)
        try:
            rows = _gather(connection, query, bounds, file)
        except sqlite3.OperationalError as error:
            if str(error) == "interrupted":
                raise TooLong from error
            raise
        finally:
            connection.set_progress_handler(None, 0)
        yield rows


@contextmanager
def gathered_rows(columns: tuple[str, ...], rows: Sequence[Sequence[Cell]]) -> Iterator[Gathered]:
    """Rows that are there already, under columns; the file is gone afterwards."""
    with tempfile.TemporaryFile(prefix="prongsai-") as file:
        yield _spool(file, columns, None, [rows], Bounds())


def write_list(rows: Gathered, kind: ListFormat, words: Words, path: Path) -> None:
    """Write the rows to a file in that format, with names of columns for programs, and in a workbook titles."""
    _WRITERS[kind](rows, words, path)


def whole_query(connection: sqlite3.Connection, query: Query) -> Query:
    """The query of a table's page without the limit of a page, and with a column of names beside each of ids.

    Of findings, also of a question's, with what tells where each stands.
    """
    if query.table is None and not query.functions:
        return query
    for name, function in query.functions.items():
        connection.create_function(name, 1, function, deterministic=True)
    described = connection.execute(f"select * from ({query.sql}) limit 0", query.parameters).description
    columns = [column for column, *_ in described]
    names = _names_of(connection, query.table) if query.table else {}
    parts = [part for column in columns for part in (names.get(column), f'"{column}"') if part]
    ids = column_of_ids(query.table, columns) if query.functions else None
    parts += told_beside("listed", ids, columns) if ids else ()
    unlimited = _LIMIT.sub(" limit -1", query.sql) if query.table else query.sql
    return query._replace(sql=f"select {', '.join(parts)} from ({unlimited}) as listed")


def _names_of(connection: sqlite3.Connection, table: str) -> dict[str, str]:
    """By column that points to another table: SQL for the name of the row pointed to, as Datasette calls it."""
    labels = {each.name: each.label for each in tables()}
    keys = connection.execute("select * from pragma_foreign_key_list(?)", (table,)).fetchall()
    return {
        column: f'(select "{labels[other]}" from "{other}" where "{key}" = listed."{column}") as "{column}_label"'
        for _, _, other, column, key, *_ in keys
        if labels.get(other)
    }


def _gather(connection: sqlite3.Connection, query: Query, bounds: Bounds, file: IO[bytes]) -> Gathered:
    whole = whole_query(connection, query)
    cursor = connection.execute(whole.sql, whole.parameters)
    columns = tuple(column for column, *_ in cursor.description)
    batches = iter(lambda: cursor.fetchmany(_BATCH), [])
    rows = _spool(file, columns, query.table, batches, bounds)
    cursor.close()
    return rows


def _spool(
    file: IO[bytes], columns: tuple[str, ...], table: str | None, batches: Iterable[Sequence[Any]], bounds: Bounds
) -> Gathered:
    kinds = _Kinds(columns, table)
    count, cut = 0, False
    for batch in batches:
        kept = [tuple(map(_plain, row)) for row in batch[: bounds.rows - count]]
        count += len(kept)
        if kept:
            kinds.see(kept)
            pickle.dump(kept, file)
        if len(kept) < len(batch) or file.tell() > bounds.size:
            cut = True
            break
    pickle.dump([], file)
    return Gathered(file, columns, kinds.seen(), cut)


def _plain(cell: Any) -> Cell:
    """A cell as every format knows it; our tables have no bytes, but a query of one's own may."""
    return cell.hex() if isinstance(cell, bytes) else cell


class _Kinds:
    """What columns hold: as their table tells, else as all their cells are."""

    def __init__(self, columns: tuple[str, ...], table: str | None) -> None:
        told = next((each.columns for each in tables() if each.name == table), {})
        self._told = [told.get(column) for column in columns]
        self._seen: list[set[Kind]] = [set() for _ in columns]

    def see(self, rows: Sequence[Sequence[Cell]]) -> None:
        for seen, cells in zip(self._seen, zip(*rows, strict=True), strict=True):
            if "text" not in seen:
                seen.update(_kind(cell) for cell in cells if cell is not None)

    def seen(self) -> tuple[Kind, ...]:
        return tuple(self._of(*each) for each in zip(self._told, self._seen, strict=True))

    def _of(self, told: Any, seen: set[Kind]) -> Kind:
        if told and told.kind:
            return kind_of(told, "")
        if seen <= {"integer", "number"}:
            return "text" if not seen else "number" if "number" in seen else "integer"
        return "date" if seen == {"date"} and not told else "text"


def _kind(cell: Cell) -> Kind:
    if isinstance(cell, str):
        return "date" if _DAY.fullmatch(cell) and day_of(cell) else "text"
    return "integer" if isinstance(cell, int) else "number"


def _write_csv(rows: Gathered, words: Words, path: Path) -> None:
    with whole_file(path) as partial, partial.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([harmless(column) for column in rows.columns])
        writer.writerows([harmless(cell) for cell in row] for row in rows.rows())


def _write_json(rows: Gathered, words: Words, path: Path) -> None:
    with whole_file(path) as partial, partial.open("w", encoding="utf-8") as file:
        file.write("[")
        for place, row in enumerate(rows.rows()):
            file.write(",\n" if place else "\n")
            json.dump(dict(zip(rows.columns, row, strict=True)), file, ensure_ascii=False)
        file.write("\n]\n")


def _write_xlsx(rows: Gathered, words: Words, path: Path) -> None:
    from db.export_xlsx import workbook, write_listing  # imported where needed: it takes a while, and so does the next

    with workbook(path) as book:
        write_listing(book, Listing(words.name, _columns(rows, words), _told(rows, words)))
        if rows.cut:
            write_listing(book, Listing("!", (Column("!", "!", "text"),), [(words.cut,)]))


def _write_parquet(rows: Gathered, words: Words, path: Path) -> None:
    from db.export_parquet import write_parquet

    write_parquet(path, Listing(words.name, _columns(rows, words), rows.rows()))


def _columns(rows: Gathered, words: Words) -> tuple[Column, ...]:
    return tuple(Column(name, words.title(name), kind) for name, kind in zip(rows.columns, rows.kinds, strict=True))


def _told(rows: Gathered, words: Words) -> Iterable[Sequence[Cell]]:
    return (
        [words.meaning(column, cell) for column, cell in zip(rows.columns, row, strict=True)] for row in rows.rows()
    )


_WRITERS: Mapping[ListFormat, Callable[[Gathered, Words, Path], None]] = {
    "csv": _write_csv,
    "xlsx": _write_xlsx,
    "json": _write_json,
    "parquet": _write_parquet,
}
