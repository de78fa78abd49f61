"""Thai search: exact substrings of folded text, for terms of every length, ranked, counted and paged.

A row is found if each of the query's terms (`db.query`) is a substring of one of its searched columns, both folded: one
spelling, Thai and Arabic digits alike, case and white space folded. Up to `RANKED` hits are ranked: the more of a text
the terms are, the better, and of equals the newest year first. More than that are given newest first, uncounted.
"""

import json
import re
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from pydantic import Field
from sqlite_utils import Database

from db.packed_text import pack, unpack
from db.query import Query, parse_query
from db.search_plan import Asked, Parameter, plan
from db.search_tables import LAST_YEAR, SEARCH_TABLES, YEAR_ROOM, SearchTable, searched_table
from db.whole_words import all_stand_whole
from schemas.base import Record

RANKED = 10_000
_PER_MILLE = 1000
# The share of the text that hits have where more were found than are ranked.
_UNRANKED = -1
_MARK = re.compile(r"(-1|[0-9]{1,4})\.([0-9]{1,18})")


class Hit(Record):
    """A row that a query found."""

    table: SearchTable
    record_id: str = Field(description="the row's id; of a page REPORT_ID,NUMBER, as in Datasette's addresses")
    report_id: str | None = Field(description="the report it belongs to; null for an office")
    page: int | None = Field(description="the page's number, for pages")
    text: str = Field(description="the search columns that are not null, a line a column")


class TableHits(Record):
    """How many rows of a table a query finds."""

    table: SearchTable
    count: int
    more: bool = Field(default=False, description="whether there are more, which were not counted")


class YearHits(Record):
    """How many rows of a fiscal year a query finds."""

    year: int | None = Field(description="null for rows of reports without a year, and for offices")
    count: int


class FoundPage(Record):
    """A page of what a query finds in a table."""

    hits: tuple[Hit, ...]
    found: TableHits
    years: tuple[YearHits, ...] | None = Field(description="by year, the oldest first; null where hits are uncounted")
    next: str | None = Field(description="the mark of the page after this one; null for the last page")


class BadMark(Exception):
    """A page was asked for by a mark that is none of ours."""


class _Place(NamedTuple):
    """Where a hit stands in the order: its share of the text, and its row in the search table."""

    share: int
    row: int

    @property
    def order(self) -> tuple[int, int]:
        return -self.share, self.row


def search_page(
    connection: sqlite3.Connection,
    query: Query,
    table: SearchTable,
    *,
    size: int = 20,
    after: str | None = None,
    whole_words: bool = False,
) -> FoundPage:
    """A page of at most `size` hits in a table; `after` is the mark that the page before it gave.

    No row is on two pages or on none, as long as the rows stay. `whole_words`: of the first `RANKED` hits those in
    which every term stands as whole words. Raises `BadMark` for a wrong mark.
    """
    asked = plan(connection, table, query, RANKED)
    mark = _read_mark(after)
    if mark is not None and mark.share == _UNRANKED:
        places = _places(connection, asked.behind(mark.row), (), size + 1)
        return _page(connection, table, _unranked(places), size, _found(table, RANKED, more=True), None)
    places = _places(connection, asked, query.terms, RANKED + 1)
    more = len(places) > RANKED
    if whole_words and query.terms:
        places = _whole(connection, table, query, places[:RANKED])
    elif more:
        newest = places if size < RANKED else _places(connection, asked, (), size + 1)
        return _page(connection, table, _unranked(newest[: size + 1]), size, _found(table, RANKED, more=True), None)
    ranked = sorted(places, key=lambda place: place.order)
    rest = [place for place in ranked if mark is None or place.order > mark.order]
    years = None if more else _by_year(place.row for place in places)
    return _page(connection, table, rest[: size + 1], size, _found(table, len(places), more=more), years)


def count_table(
    connection: sqlite3.Connection, query: Query, table: SearchTable, *, limit: int = RANKED, whole_words: bool = False
) -> TableHits:
    """How many rows of a table the query finds, counted up to `limit`; whole words among the first `limit` hits."""
    asked = plan(connection, table, query, limit)
    if whole_words and query.terms:
        places = _places(connection, asked, (), limit + 1)
        whole = _whole(connection, table, query, places[:limit])
        return _found(table, len(whole), more=len(places) > limit)
    sql = f"select count(*) from (select 1 {asked.source} where {asked.where} limit {limit + 1})"
    count = connection.execute(sql, asked.parameters).fetchone()[0]
    return _found(table, min(limit, count), more=count > limit)


def count_years(connection: sqlite3.Connection, query: Query, table: SearchTable) -> tuple[YearHits, ...]:
    """How many rows of each year the query finds, all of them counted: seconds where most of a million rows are."""
    asked = plan(connection, table, query, sys.maxsize)
    sql = f"select s.id / {YEAR_ROOM}, count(*) {asked.source} where {asked.where} group by 1"
    return _years(dict(connection.execute(sql, asked.parameters).fetchall()))


def found_rows(
    connection: sqlite3.Connection, query: Query, table: SearchTable, *, limit: int = RANKED
) -> list[int] | None:
    """The row ids in the table itself of all that the query finds there; null where they are more than `limit`."""
    asked = plan(connection, table, query, limit)
    sql = f"select s.row_id as row {asked.source} where {asked.where} order by {asked.order} limit {limit + 1}"
    rows: list[int] = _in_one(connection, "row", sql, asked.parameters)
    return rows if len(rows) <= limit else None


def search(db: Database, query: str, *, tables: Sequence[SearchTable] = SEARCH_TABLES, limit: int = 50) -> list[Hit]:
    """The rows that the query finds: table by table in the order given, at most `limit` of each, best first."""
    asked = parse_query(query)
    return [hit for table in tables for hit in search_page(db.conn, asked, table, size=limit).hits]


def count_hits(db: Database, query: str, *, tables: Sequence[SearchTable] = SEARCH_TABLES) -> list[TableHits]:
    """How many rows of each table the query finds."""
    asked = parse_query(query)
    return [count_table(db.conn, asked, table) for table in tables]


def _found(table: SearchTable, count: int, *, more: bool) -> TableHits:
    return TableHits(table=table, count=count, more=more)


def _whole(connection: sqlite3.Connection, table: SearchTable, query: Query, places: Iterable[_Place]) -> list[_Place]:
    """The places of the texts in which every term stands as whole words."""
    sql = f"select text from _search_{table} where id = ?"
    texts = ((place, connection.execute(sql, (place.row,)).fetchone()[0]) for place in places)
    return [place for place, packed in texts if all_stand_whole(unpack(packed), query.terms)]


def _places(connection: sqlite3.Connection, asked: Asked, terms: Sequence[str], limit: int) -> list[_Place]:
    """The first hits by their rows in the search table, with the terms' share of their texts."""
    share, parameters = _share(terms)
    found = f"{asked.source} where {asked.where} order by {asked.order} limit {limit}"
    sql = f"select {share} as share, s.id as row {found}"
    rows = _in_one(connection, "json_array(share, row)", sql, (*parameters, *asked.parameters))
    return sorted((_Place(*row) for row in rows), key=lambda place: place.row)


def _in_one(connection: sqlite3.Connection, wanted: str, sql: str, parameters: Sequence[Parameter]) -> list[Any]:
    """All rows of a query as one value, in no order that SQLite promises.

    Row by row, Python's threads would pass the interpreter to and fro 10,000 times: with eight readers at once a search
    took ten times as long as alone.
    """
    rows = connection.execute(f"select json_group_array({wanted}) from ({sql})", parameters).fetchone()[0]
    return list(json.loads(rows))


def _unranked(places: Iterable[_Place]) -> list[_Place]:
    return [place._replace(share=_UNRANKED) for place in places]


def _share(terms: Sequence[str]) -> tuple[str, tuple[Parameter, ...]]:
    """SQL for how many of a thousand bytes of a row's text the terms are; its parameters."""
    if not terms:
        return "0", ()
    # The first terms are enough to rank by, and a query of thousands shall be answered, too.
    weighed = terms[:10]
    rest = "length(cast(replace(s.text, ?, x'') as blob))"
    summed = " + ".join([f"length(s.text) - {rest}"] * len(weighed))
    return f"{_PER_MILLE} * ({summed}) / length(s.text)", tuple(map(pack, weighed))


def _page(
    connection: sqlite3.Connection,
    table: SearchTable,
    places: Sequence[_Place],
    size: int,
    found: TableHits,
    years: tuple[YearHits, ...] | None,
) -> FoundPage:
    shown = places[:size]
    return FoundPage(
        hits=tuple(_hits(connection, table, [place.row for place in shown])),
        found=found,
        years=years,
        next=_mark(shown[-1]) if len(places) > size else None,
    )


def _hits(connection: sqlite3.Connection, table: SearchTable, rows: Sequence[int]) -> Iterator[Hit]:
    searched = searched_table(table)
    report = "reports.id" if searched.report else "null"
    joined = f"left join reports on {searched.report.format(row='t')}" if searched.report else ""
    sql = f"""
        select {searched.record_id.format(row="t")}, {report}, {searched.page.format(row="t")},
          {", ".join(f"t.{column}" for column in searched.columns)}
        from _search_{table} as s join {table} as t on t.rowid = s.row_id {joined} where s.id = ?
    """
    for row in rows:
        record_id, report_id, page, *texts = connection.execute(sql, (row,)).fetchone()
        text = "\n".join(text for text in texts if text is not None)
        yield Hit(table=table, record_id=record_id, report_id=report_id, page=page, text=text)


def _by_year(rows: Iterable[int]) -> tuple[YearHits, ...]:
    return _years(Counter(row // YEAR_ROOM for row in rows))


def _years(blocks: dict[int, int]) -> tuple[YearHits, ...]:
    counts = ((LAST_YEAR - block, count) for block, count in blocks.items())
    return tuple(YearHits(year=year or None, count=count) for year, count in sorted(counts))


def _mark(place: _Place) -> str:
    return f"{place.share}.{place.row}"


def _read_mark(text: str | None) -> _Place | None:
    if not text:
        return None
    match = _MARK.fullmatch(text)
    if match is None:
        raise BadMark(text)
    return _Place(int(match[1]), int(match[2]))
