"""Every table and column is described, and nothing that is not there."""

from pathlib import Path

import pytest
from sqlite_utils import Database

from db.search_tables import SEARCHED, Searched
from db.tables import TableWords, tables, tables_markdown, with_tables

DOCS = Path(__file__).parents[2] / "docs" / "records-and-tables.md"


def test_the_tables_described_are_those_of_the_database(db: Database) -> None:
    present = {name for name in db.table_names() if not name.startswith("_") and "_fts" not in name}
    assert {table.name for table in tables()} == present


@pytest.mark.parametrize("words", tables(), ids=lambda words: words.name)
def test_the_columns_described_are_those_of_the_table(db: Database, words: TableWords) -> None:
    columns = [column.name for column in db.table(words.name).columns]
    assert list(words.columns) == columns
    assert words.label is None or words.label in columns


def test_every_table_that_others_point_to_has_a_label(db: Database) -> None:
    pointed_to = {key.other_table for words in tables() for key in db.table(words.name).foreign_keys}
    assert pointed_to == {words.name for words in tables() if words.name in pointed_to and words.label}


def test_columns_that_name_another_record_point_to_it(db: Database) -> None:
    # A row of these may be of any kind of record: no single table to point to.
    anywhere = {("evidence", "record_id"), ("corrections", "record_id"), ("finding_records", "record_id")}
    for words in tables():
        pointing = {key.column for key in db.table(words.name).foreign_keys}
        named = {name for name in words.columns if name.endswith("_id") and (words.name, name) not in anywhere}
        assert named == pointing


@pytest.mark.parametrize("searched", SEARCHED, ids=lambda searched: searched.table)
def test_searched_columns_exist(db: Database, searched: Searched) -> None:
    assert set(searched.columns) <= {column.name for column in db.table(searched.table).columns}


def test_the_page_about_tables_is_up_to_date() -> None:
    page = DOCS.read_text(encoding="utf-8")
    assert with_tables(page) == page, "run: python -m db.tables docs/records-and-tables.md"


def test_the_description_names_types_and_references() -> None:
    markdown = tables_markdown()
    assert "| `measure_id` | TEXT → `measures` |" in markdown
    assert "Searched: `name`, `abbreviation`." in markdown
