"""The search tables: folded texts and an index of their triples, kept true to the tables by triggers.

Each searched table NAME has two tables beside it:

- `_search_NAME`, one row for each of its rows: the searched columns folded (`db.query.fold_text`), a line a column, in
  bytes (`db.packed_text`). Its ids sort by year, the newest first, then as the rows were loaded.
- `NAME_fts`, an FTS5 index without texts and without places: which texts hold which *grams*, the three characters
  that begin at each place of a text (fewer at a column's end), with prefix indexes for one and two characters.

A term's rarest grams find the rows that can hold it, and `instr` on the folded text decides. `_search_grams` tells in
how many rows a gram stands, as of the last count; which grams are asked for hangs on it, what is found does not.
docs/records-and-tables.md tells what was measured.

Row ids are the tables' own, which `vacuum` keeps (a dump does not: `rebuild_search` after restoring one).
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from sqlite_utils import Database

from db.packed_text import pack, unpack
from db.query import fold_text
from db.transactions import transaction
from schemas.base import Record

SearchTable = Literal["actions", "measures", "indicators", "pages", "reports", "offices"]

GRAM = 3
# In a folded text no other white space than single spaces is left, so this parts columns, and grams in the index.
BETWEEN = "\n"
# Ids of a year's rows: the years before `_LAST_YEAR` come after it, each with room for so many rows.
LAST_YEAR = 4095
YEAR_ROOM = 1 << 32
# The counts of grams are made anew when there are so many times as many reports as when they were made.
_GROWN = 1.25

# FTS5's ascii tokenizer takes all characters beyond ASCII as parts of tokens; so shall be all others but the separator.
_TOKEN_CHARACTERS = "".join(c for c in map(chr, range(1, 128)) if not c.isalnum() and c != BETWEEN)


class Searched(Record):
    """A table that can be searched, and the columns that its search looks into; `{row}` stands for the row."""

    table: SearchTable
    columns: tuple[str, ...]
    record_id: str = "{row}.id"
    report: str | None = "reports.id = {row}.report_id"
    page: str = "null"


SEARCHED: tuple[Searched, ...] = (
    Searched(table="actions", columns=("text",)),
    Searched(table="measures", columns=("text", "indicator_name", "responsible")),
    Searched(table="indicators", columns=("name",)),
    Searched(
        table="pages",
        columns=("text",),
        record_id="{row}.report_id || ',' || {row}.number",
        page="{row}.number",
    ),
    Searched(table="reports", columns=("label", "title"), report="reports.id = {row}.id"),
    Searched(table="offices", columns=("name", "abbreviation"), report=None),
)
SEARCH_TABLES: tuple[SearchTable, ...] = tuple(searched.table for searched in SEARCHED)
# Tables that belong to reports and are not reports: their rows move when a report's year does.
_PARTS = tuple(searched for searched in SEARCHED if searched.table not in ("reports", "offices"))


def searched_table(table: SearchTable) -> Searched:
    """What is searched of a table."""
    return next(searched for searched in SEARCHED if searched.table == table)


def internal_tables() -> tuple[str, ...]:
    """The names of all search tables, those of FTS5 included: no one's to look at."""
    shadows = ("_fts", "_fts_config", "_fts_data", "_fts_docsize", "_fts_idx")
    each = ((f"_search_{table}", *(f"{table}{shadow}" for shadow in shadows)) for table in SEARCH_TABLES)
    return ("_search_grams", *(name for names in each for name in names))


def first_id(year: int) -> int:
    """The id before the first of a year's rows in the search tables; without a year, rows count as of the year 0."""
    return (LAST_YEAR - year) * YEAR_ROOM


def search_text(*texts: str | None) -> bytes:
    """What `_search_NAME` holds for the searched columns of a row."""
    return pack(BETWEEN.join(fold_text(text or "") for text in texts))


def grams(packed: bytes) -> str:
    """The grams of a row's text, a line each, each once."""
    text = unpack(packed)
    return BETWEEN.join({text[place : place + GRAM] for place in range(len(text))})


def register_functions(connection: sqlite3.Connection) -> None:
    """Make callable from SQL: `thai_fold`, and what the triggers need, `thai_search_text` and `thai_grams`."""
    connection.create_function("thai_fold", 1, _fold_or_null, deterministic=True)
    connection.create_function("thai_search_text", -1, search_text, deterministic=True)
    connection.create_function("thai_grams", 1, grams, deterministic=True)


def create_search(db: Database) -> None:
    """Make the search tables and their triggers, empty: `rebuild_search` fills them."""
    db.execute(
        "create table _search_grams (of_table text, gram text, rows integer, primary key (of_table, gram)) "
        "without rowid, strict"
    )
    for searched in SEARCHED:
        _create_tables(db, searched.table)
        _create_triggers(db, searched)
        _create_index_triggers(db, searched.table)
    moves = " ".join(
        f"delete from _search_{part.table} where report = new.rowid; "
        f"{_fill(part, 'where reports.rowid = new.rowid order by part.rowid')};"
        for part in _PARTS
    )
    db.execute(
        "create trigger reports_search_year after update of fiscal_year on reports "
        f"when old.fiscal_year is not new.fiscal_year begin {moves} end"
    )


def rebuild_search(db: Database) -> None:
    """Fill all search tables anew from the tables, in one transaction; needed after a change of the folding."""
    with transaction(db):
        for searched in SEARCHED:
            table = searched.table
            # Quicker in bulk: the index in the order of its ids, and without a trigger a row.
            db.execute(f"drop trigger _search_{table}_insert")
            db.execute(f"drop trigger _search_{table}_delete")
            db.execute(f"delete from _search_{table}")
            db.execute(_fill(searched, "order by 1"))
            db.execute(f"insert into {table}_fts({table}_fts) values ('delete-all')")
            db.execute(
                f"insert into {table}_fts(rowid, text) select id, thai_grams(text) from _search_{table} order by id"
            )
            _create_index_triggers(db, table)
        count_grams(db)


@contextmanager
def indexed_at_the_end(db: Database) -> Iterator[None]:
    """Rows are put into the tables, and the search tables filled at the end: quicker where most rows are new.

    One transaction: nobody sees rows that cannot be searched, and a stop in the middle leaves all as it was.
    """
    with transaction(db):
        for searched in SEARCHED:
            for event in ("insert", "delete", "update"):
                db.execute(f"drop trigger {searched.table}_search_{event}")
        yield
        for searched in SEARCHED:
            _create_triggers(db, searched)
        rebuild_search(db)


def count_grams(db: Database) -> None:
    """Count anew in how many rows each gram stands, and the rows of each table, as the gram of no characters.

    Takes seconds for a million rows.
    """
    with transaction(db):
        db.execute("delete from _search_grams")
        for table in SEARCH_TABLES:
            db.execute(f"create virtual table temp.grams_of_index using fts5vocab('main', '{table}_fts', 'row')")
            db.execute(f"insert into _search_grams select '{table}', term, doc from temp.grams_of_index")
            db.execute("drop table temp.grams_of_index")
            db.execute(f"insert into _search_grams select '{table}', '', count(*) from _search_{table}")


def count_grams_if_grown(db: Database) -> None:
    """Count the grams anew if there are many more reports, or many fewer, than when they were counted."""
    row = db.execute("select rows from _search_grams where of_table = 'reports' and gram = ''").fetchone()
    counted = row[0] if row else 0
    reports = db.execute("select count(*) from reports").fetchone()[0]
    if reports > counted * _GROWN or reports * _GROWN < counted:
        count_grams(db)


def _create_tables(db: Database, table: SearchTable) -> None:
    db.execute(
        f"create table _search_{table} "
        "(id integer primary key, row_id integer not null unique, report integer, text blob not null) strict"
    )
    db.execute(f"create index _search_{table}_report on _search_{table}(report)")
    tokenizer = f"ascii tokenchars {_quoted(_TOKEN_CHARACTERS)}"
    db.execute(
        f"create virtual table {table}_fts using fts5"
        f"(text, content='', detail=none, prefix='1 2', tokenize={_quoted(tokenizer)})"
    )


def _create_triggers(db: Database, searched: Searched) -> None:
    table = searched.table
    watched = (*searched.columns, "fiscal_year") if table == "reports" else searched.columns
    changed = " or ".join(f"old.{column} is not new.{column}" for column in watched)
    insert = f"{_insert_new(searched)};"
    delete = f"delete from _search_{table} where row_id = old.rowid;"
    db.execute(f"create trigger {table}_search_insert after insert on {table} begin {insert} end")
    db.execute(f"create trigger {table}_search_delete after delete on {table} begin {delete} end")
    db.execute(
        f"create trigger {table}_search_update after update on {table} when {changed} begin {delete} {insert} end"
    )


def _create_index_triggers(db: Database, table: SearchTable) -> None:
    db.execute(
        f"create trigger _search_{table}_insert after insert on _search_{table} begin "
        f"insert into {table}_fts(rowid, text) values (new.id, thai_grams(new.text)); end"
    )
    db.execute(
        f"create trigger _search_{table}_delete after delete on _search_{table} begin "
        f"insert into {table}_fts({table}_fts, rowid, text) values ('delete', old.id, thai_grams(old.text)); end"
    )


def _insert_new(searched: Searched) -> str:
    """Puts the row `new` into the search table, after the rows of its year."""
    table, year = searched.table, _year_id(searched)
    last = f"select id from _search_{table} where id > {year} and id < {year} + {YEAR_ROOM} order by id desc limit 1"
    source = f"from reports where {searched.report.format(row='new')}" if searched.report else ""
    return (
        f"insert into _search_{table}(id, row_id, report, text) "
        f"select coalesce(({last}), {year}) + 1, new.rowid, {_report_row(searched)}, {_texts(searched, 'new')} {source}"
    )


def _fill(searched: Searched, rest: str) -> str:
    """Puts rows of the table (`part`) into the search table, in which no other rows of their years are left behind."""
    table, year = searched.table, _year_id(searched)
    last = f"(select id from _search_{table} where id > {year} and id < {year} + {YEAR_ROOM} order by id desc limit 1)"
    source = f"join reports on {searched.report.format(row='part')}" if searched.report else ""
    return (
        f"insert into _search_{table}(id, row_id, report, text) "
        f"select coalesce({last}, {year}) + row_number() over (partition by {year} order by part.rowid), "
        f"part.rowid, {_report_row(searched)}, {_texts(searched, 'part')} from {table} as part {source} {rest}"
    )


def _year_id(searched: Searched) -> str:
    year = f"min(max(coalesce(reports.fiscal_year, 0), 0), {LAST_YEAR})" if searched.report else "0"
    return f"(({LAST_YEAR} - {year}) * {YEAR_ROOM})"


def _report_row(searched: Searched) -> str:
    return "reports.rowid" if searched.report else "null"


def _texts(searched: Searched, row: str) -> str:
    return f"thai_search_text({', '.join(f'{row}.{column}' for column in searched.columns)})"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _fold_or_null(text: str | None) -> str | None:
    return None if text is None else fold_text(text)
