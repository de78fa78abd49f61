"""What every table and column of the database means, in Thai and English, for the site, the exports and the docs.

`python -m db.tables FILE.md` writes the tables' description between the two marks of a Markdown file.
"""

import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

from pydantic import Field
from sqlite_utils import Database

from db.migrations import migrate
from db.search_tables import SEARCHED, register_functions
from schemas.base import Record

MARKS = ("<!-- tables: written by python -m db.tables -->", "<!-- end of tables -->")


class ColumnWords(Record):
    """A column's title, and what it holds: `th` in Thai, `en` in English."""

    title_th: str = Field(min_length=1)
    title_en: str = Field(min_length=1)
    th: str = Field(min_length=1)
    en: str = Field(min_length=1)
    kind: Literal["date", "time"] | None = Field(default=None, description="of a text that SQLite has no type for")


class TableWords(Record):
    """A table's title and description, and those of its columns by name, in their order."""

    name: str
    label: str | None = Field(default=None, description="the column that names a row where another table points to it")
    title_th: str = Field(min_length=1)
    title_en: str = Field(min_length=1)
    description_th: str = Field(min_length=1)
    description_en: str = Field(min_length=1)
    columns: dict[str, ColumnWords]


@cache
def tables() -> tuple[TableWords, ...]:
    """All tables that users see; raises `pydantic.ValidationError` where `tables.toml` is wrong."""
    words = tomllib.loads((files("db") / "tables.toml").read_text(encoding="utf-8"))
    return tuple(TableWords.model_validate(table) for table in words["table"])


def tables_markdown() -> str:
    """The tables and columns in Markdown, with types and references as the database has them."""
    db = Database(memory=True)
    register_functions(db.conn)
    migrate(db)
    return "\n".join(line for words in tables() for line in _table_lines(db, words))


def with_tables(markdown: str) -> str:
    """The Markdown text with the tables' description between its marks."""
    before, rest = markdown.split(MARKS[0])
    _, after = rest.split(MARKS[1])
    return f"{before}{MARKS[0]}\n\n{tables_markdown()}\n{MARKS[1]}{after}"


def _table_lines(db: Database, words: TableWords) -> Iterator[str]:
    yield f"### `{words.name}` · {words.title_th}"
    yield ""
    yield f"{words.description_en} {_searched_sentence(words.name)}".rstrip()
    yield ""
    yield "| column | type | holds | ความหมาย |"
    yield "|---|---|---|---|"
    references = {key.column: key.other_table for key in db.table(words.name).foreign_keys}
    for column in db.table(words.name).columns:
        kind = column.type + (" key" if column.is_pk else "") + _reference(references.get(column.name))
        about = words.columns[column.name]
        yield f"| `{column.name}` | {kind} | {about.en} | {about.th} |"
    yield ""


def _reference(table: str | None) -> str:
    return f" → `{table}`" if table else ""


def _searched_sentence(table: str) -> str:
    columns = [f"`{column}`" for searched in SEARCHED if searched.table == table for column in searched.columns]
    return f"Searched: {', '.join(columns)}." if columns else ""


if __name__ == "__main__":
    page = Path(sys.argv[1])
    page.write_text(with_tables(page.read_text(encoding="utf-8")), encoding="utf-8")
