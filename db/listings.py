"""Rows on their way out: lists with columns that have a title and a kind, whatever format they are written in."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from sqlite_utils import Database

from db.tables import ColumnWords, TableWords, tables

Cell = str | int | float | None
Kind = Literal["text", "integer", "number", "date", "time"]

# What SQLite calls the types of our tables' columns.
_KINDS: dict[str, Kind] = {"INTEGER": "integer", "REAL": "number"}


class Column(NamedTuple):
    """A column: its name for programs, its title for people, what its cells hold.

    A `date` is text as YYYY-MM-DD, a `time` text in ISO 8601 with its zone.
    """

    name: str
    title: str
    kind: Kind


class Listing(NamedTuple):
    """Rows under columns; `rows` can be gone through once."""

    name: str
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[Cell]]


def table_listings(db: Database) -> Iterator[Listing]:
    """Every table that users see, in the order of `db/tables.toml`, all rows by key."""
    return (table_listing(db, table) for table in tables())


def table_listing(db: Database, table: TableWords) -> Listing:
    """All rows of a table, by key."""
    keys = ", ".join(f'"{key}"' for key in db.table(table.name).pks)
    columns = table_columns(db, table)
    names = ", ".join(f'"{column.name}"' for column in columns)
    return Listing(table.name, columns, db.execute(f"select {names} from {table.name} order by {keys}"))


def table_columns(db: Database, table: TableWords) -> tuple[Column, ...]:
    """The columns of a table, in their order; one without words has its name for a title."""
    return tuple(
        Column(column.name, words.title_th if words else column.name, kind_of(words, column.type))
        for column in db.table(table.name).columns
        for words in (table.columns.get(column.name),)
    )


def kind_of(words: ColumnWords | None, sql_type: str) -> Kind:
    """What a column of that SQL type holds; `words` are null for a column that has none."""
    return (words and words.kind) or _KINDS.get(sql_type.upper(), "text")


def day_of(cell: Cell) -> datetime.date | None:
    """The day that a cell of kind `date` tells; null where it tells none."""
    try:
        return datetime.date.fromisoformat(str(cell))
    except ValueError:
        return None


def moment_of(cell: Cell) -> datetime.datetime | None:
    """The moment that a cell of kind `time` tells, in UTC; null where it tells none."""
    try:
        moment = datetime.datetime.fromisoformat(str(cell))
    except ValueError:
        return None
    return moment.replace(tzinfo=moment.tzinfo or datetime.UTC).astimezone(datetime.UTC)
