"""Thai search: exact substrings of folded text, for terms of every length, behind Datasette's own search box too.

What a query means: terms stand apart by white space; `"a phrase"` is one term with its spaces; a quote without a
partner and every other sign (`-`, `*`, `OR`, brackets) are letters like any other. A row is found if each term, folded
(`extractors.thai.text.search_fold`: one spelling, Thai and Arabic digits alike, case and white space folded), is a
substring of one of its folded search columns. A query without terms finds every row.

How it is exact: Thai has no spaces between words and FTS5's own tokenizers lose marks or short terms, so the index
holds *pairs*: for every character of the folded text, that character with the next (the last one alone). A term of two
characters or more is the phrase of its pairs; a single character is the prefix of its pairs. FTS5 matches phrases by
place, so there is no miss and nothing extra, and no second test is needed. Pairs were measured against single
characters, triples, prefix indexes and scans: see docs/records-and-tables.md.
"""

import re
import sqlite3
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from pydantic import Field
from sqlite_utils import Database

from db.transactions import transaction
from extractors.thai.text import search_fold
from schemas.base import Record

SearchTable = Literal["actions", "measures", "indicators", "pages", "reports", "offices"]


class Searched(Record):
    """A table that can be searched, and the columns that its search looks into."""

    table: SearchTable
    columns: tuple[str, ...]
    record_id: str = Field(description="SQL expression for the record's id")
    report_id: str = Field(description="SQL expression for the report's id")
    page: str = Field(default="null", description="SQL expression for the page's number")


SEARCHED: tuple[Searched, ...] = (
    Searched(table="actions", columns=("text",), record_id="id", report_id="report_id"),
    Searched(
        table="measures", columns=("text", "indicator_name", "responsible"), record_id="id", report_id="report_id"
    ),
    Searched(table="indicators", columns=("name",), record_id="id", report_id="report_id"),
    Searched(
        table="pages",
        columns=("text",),
        record_id="report_id || ',' || number",
        report_id="report_id",
        page="number",
    ),
    Searched(table="reports", columns=("label", "title"), record_id="id", report_id="id"),
    Searched(table="offices", columns=("name", "abbreviation"), record_id="id", report_id="null"),
)
SEARCH_TABLES: tuple[SearchTable, ...] = tuple(searched.table for searched in SEARCHED)

# A quote opens a phrase only where another closes it.
_TERM = re.compile(r'"(?P<phrase>[^"]*)"|(?P<word>(?:[^\s"]|"(?![^"]*"))+)')
_NOT_IN_SQLITE = re.compile("[\0\ud800-\udfff]")

# Folded text holds neither: both are white space to Python, so folding has made spaces of them.
_BETWEEN = "\n"
_START = "\x1f"

# FTS5's ascii tokenizer takes all characters beyond ASCII as parts of tokens; so shall be all others but the separator.
_TOKEN_CHARACTERS = "".join(c for c in map(chr, range(1, 128)) if not c.isalnum() and c != _BETWEEN)


class Hit(Record):
    """A row that a query found."""

    table: SearchTable
    record_id: str = Field(description="the row's id; of a page REPORT_ID,NUMBER, as in Datasette's addresses")
    report_id: str | None = Field(description="the report it belongs to; null for an office")
    page: int | None = Field(description="the page's number, for pages")
    text: str = Field(description="the search columns that are not null, a line a column")
    rank: float = Field(description="BM25 within the table; the smaller, the better")


class TableHits(Record):
    """How many rows of a table a query finds."""

    table: SearchTable
    count: int


def search(db: Database, query: str, *, tables: Sequence[SearchTable] = SEARCH_TABLES, limit: int = 50) -> list[Hit]:
    """The rows that the query finds: table by table in the order given, at most `limit` of each, best first."""
    return [hit for name in tables for hit in _search_table(db, _searched(name), query, limit)]


def count_hits(db: Database, query: str, *, tables: Sequence[SearchTable] = SEARCH_TABLES) -> list[TableHits]:
    """How many rows of each table the query finds."""
    return [TableHits(table=name, count=_count_table(db, name, query)) for name in tables]


def query_terms(query: str) -> tuple[str, ...]:
    """The terms of a query, folded; empty ones left out."""
    terms = (match["phrase"] or match["word"] or "" for match in _TERM.finditer(query))
    return tuple(folded for folded in map(fold_text, terms) if folded)


def fts_query(query: str) -> str:
    """The query in FTS5's language, for `NAME_fts match …`; takes the place of Datasette's `escape_fts`."""
    return " ".join(map(_phrase, query_terms(query))) or f'"{_START}"'


def fold_text(text: str) -> str:
    """`search_fold`, with what SQLite cannot hold in a string (NUL, lone surrogates) as U+FFFD."""
    return search_fold(_NOT_IN_SQLITE.sub("\ufffd", text))


def index_text(text: str | None) -> str | None:
    """What a search table holds for a text: a start token, then the folded text's pairs, a line each."""
    if text is None:
        return None
    folded = fold_text(text)
    return _BETWEEN.join((_START, *_pairs(folded), *folded[-1:]))


def register_functions(connection: sqlite3.Connection) -> None:
    """Make `thai_fold`, `thai_index` (used by the triggers) and our `escape_fts` callable from SQL."""
    connection.create_function("thai_fold", 1, _fold_or_null, deterministic=True)
    connection.create_function("thai_index", 1, index_text, deterministic=True)
    connection.create_function("escape_fts", 1, fts_query, deterministic=True)


def create_search(db: Database, table: str, columns: Sequence[str]) -> None:
    """Make the search table NAME_fts over columns of a table, and the triggers that keep it true to the table.

    The search table has no copy of the text (`content="NAME"`), and Datasette finds it by that. Row ids are the
    table's own, which `vacuum` keeps (a dump does not: `rebuild_search` after restoring one). FTS5's own `rebuild`
    command would index unfolded text.
    """
    names = ", ".join(columns)
    tokenizer = f"ascii tokenchars {_quoted(_TOKEN_CHARACTERS)}"
    db.execute(
        f'create virtual table {table}_fts using fts5({names}, content="{table}", tokenize={_quoted(tokenizer)})'
    )
    new, old = _indexed("new", columns), _indexed("old", columns)
    insert = f"insert into {table}_fts(rowid, {names}) values (new.rowid, {new});"
    delete = f"insert into {table}_fts({table}_fts, rowid, {names}) values ('delete', old.rowid, {old});"
    changed = " or ".join(f"old.{column} is not new.{column}" for column in columns)
    db.execute(f"create trigger {table}_fts_insert after insert on {table} begin {insert} end")
    db.execute(f"create trigger {table}_fts_delete after delete on {table} begin {delete} end")
    db.execute(f"create trigger {table}_fts_update after update on {table} when {changed} begin {delete} {insert} end")


def rebuild_search(db: Database) -> None:
    """Fill all search tables anew from the tables, in one transaction; needed after a change of the folding."""
    with transaction(db):
        for searched in SEARCHED:
            table, columns = searched.table, ", ".join(searched.columns)
            folded = _indexed(table, searched.columns)
            db.execute(f"insert into {table}_fts({table}_fts) values ('delete-all')")
            db.execute(f"insert into {table}_fts(rowid, {columns}) select rowid, {folded} from {table}")


def _quoted(text: str, quote: str = "'") -> str:
    return quote + text.replace(quote, quote * 2) + quote


def _pairs(folded: str) -> list[str]:
    return [first + second for first, second in pairwise(folded)]


def _phrase(term: str) -> str:
    if len(term) == 1:
        return _quoted(term, '"') + "*"
    return _quoted(_BETWEEN.join(_pairs(term)), '"')


def _fold_or_null(text: str | None) -> str | None:
    return None if text is None else fold_text(text)


def _indexed(row: str, columns: Sequence[str]) -> str:
    return ", ".join(f"thai_index({row}.{column})" for column in columns)


def _searched(table: SearchTable) -> Searched:
    return next(searched for searched in SEARCHED if searched.table == table)


def _search_table(db: Database, searched: Searched, query: str, limit: int) -> list[Hit]:
    table = searched.table
    rows = db.execute(
        f"""
        select {searched.record_id}, {searched.report_id}, {searched.page}, found.rank, {", ".join(searched.columns)}
        from (select rowid, rank from {table}_fts where {table}_fts match ? order by rank limit ?) as found
        join {table} on {table}.rowid = found.rowid
        order by found.rank, found.rowid
        """,
        (fts_query(query), limit),
    )
    return [
        Hit(
            table=table,
            record_id=record_id,
            report_id=report_id,
            page=page,
            text="\n".join(text for text in texts if text is not None),
            rank=rank,
        )
        for record_id, report_id, page, rank, *texts in rows
    ]


def _count_table(db: Database, table: SearchTable, query: str) -> int:
    counts = db.execute(f"select count(*) from {table}_fts where {table}_fts match ?", (fts_query(query),))
    return int(counts.fetchone()[0])
