"""What the search page shows: hits of one table, counts of the others, years, a suggestion."""

import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

from pydantic import Field

from db.query import Query, parse_query, with_year
from db.search import FoundPage, TableHits, YearHits, count_table, count_years, search_page
from db.search_tables import SEARCH_TABLES, SearchTable
from db.suggestions import suggest
from pipeline.hits import FoundText, found_texts
from pipeline.site.naming import report_name
from schemas.base import Record

PAGE = 20
# Hits of the tables that are not shown are counted up to so many.
COUNTED = 1000
# Hits of a table in a file.
LONGEST_FILE = 10_000
# So few hits that what was meant may be another word.
FEW = 2
# A search may take so long, and counting the years of all of its hits.
SECONDS = 10
COUNTING_SECONDS = 5
_OPERATIONS = 10_000


# A query of more letters is pasted by mistake.
LONGEST_QUERY = 2000


class SearchTooLong(Exception):
    """The search takes longer than it may."""


class QueryTooLong(Exception):
    """The query has more letters than `LONGEST_QUERY`."""


class Asked(Record):
    """What a reader asks the search page for."""

    text: str
    table: SearchTable | None = Field(default=None, description="null: the first in which something is found")
    whole_words: bool = False
    every_year: bool = Field(default=False, description="count the years of all hits, also where they are many")
    after: str | None = Field(default=None, description="the mark of a page, as the page before it gave it")
    size: int = PAGE

    @property
    def query(self) -> Query:
        """The query taken apart."""
        return parse_query(self.text)

    def address(self, **changed: object) -> str:
        """The arguments of the address for this with changes; another query, table or year begins at the first page."""
        asked = self.model_copy(update={"after": None, "every_year": False, **changed})
        arguments = {
            "q": asked.text,
            "table": asked.table,
            "whole": "1" if asked.whole_words else None,
            "years": "all" if asked.every_year else None,
            "size": asked.size if asked.size != PAGE else None,
            "after": asked.after,
        }
        return urlencode({name: value for name, value in arguments.items() if value is not None})

    def address_of_year(self, year: int | None) -> str:
        """The same for one year, or for reports without one."""
        return self.address(text=with_year(self.text, year))


class SearchResults(Record):
    """What a search found, for the page and for JSON."""

    query: str
    table: SearchTable
    hits: tuple[FoundText, ...]
    found: TableHits
    tables: tuple[TableHits, ...] = Field(description="the hits of every table, those not shown counted up to 1,000")
    years: tuple[YearHits, ...] | None = Field(description="the hits by year; null where they were not counted")
    years_too_many: bool = Field(description="whether counting the years of all hits was given up")
    suggestion: str | None = Field(description="a query that finds more, where this one finds little or nothing")
    next: str | None = Field(description="the mark of the page after this one: `after` in its address")


def read_results(connection: sqlite3.Connection, asked: Asked) -> SearchResults:
    """What is found; raises `db.search.BadMark`, `SearchTooLong`, `QueryTooLong`."""
    query = _query(asked)
    with _time_limit(connection, SECONDS):
        counts = {table: _count(connection, asked, table) for table in SEARCH_TABLES if table != asked.table}
        table = _first_found(counts.values()) if asked.table is None else asked.table
        page = _page(connection, asked, table, asked.size)
        hits = tuple(_named(connection, hit) for hit in found_texts(connection, page.hits, asked.text))
        counts[table] = page.found
        few = all(each.count <= FEW for each in counts.values())
        better = suggest(connection, asked.text) if few and not query.is_empty else None
    years = page.years
    if years is None and asked.every_year and not asked.whole_words:
        years = _every_year(connection, query, table)
    return SearchResults(
        query=asked.text,
        table=table,
        hits=hits,
        found=page.found,
        tables=tuple(counts[name] for name in SEARCH_TABLES),
        years=years,
        years_too_many=years is None and asked.every_year,
        suggestion=better,
        next=page.next,
    )


def read_file(connection: sqlite3.Connection, asked: Asked) -> Iterator[tuple[str | int | None, ...]]:
    """The rows of a file with the hits of one table, at most `LONGEST_FILE`, best first: headings, then a row a hit."""
    yield "table", "id", "report_id", "report", "office", "year", "number", "places", "text"
    table = asked.table or SEARCH_TABLES[0]
    _query(asked)
    with _time_limit(connection, SECONDS):
        page = _page(connection, asked, table, LONGEST_FILE)
    for row, found in zip(page.hits, found_texts(connection, page.hits, ""), strict=True):
        hit = _named(connection, found)
        named = (hit.table, hit.record_id, hit.report_id, hit.report, hit.office, hit.year, hit.number)
        yield *named, ", ".join(hit.places), row.text


def _query(asked: Asked) -> Query:
    if len(asked.text) > LONGEST_QUERY:
        raise QueryTooLong
    return asked.query


def _named(connection: sqlite3.Connection, hit: FoundText) -> FoundText:
    """The hit with what tells its report apart from others."""
    if hit.report_id is None or hit.report is None:
        return hit
    return hit.model_copy(update={"report": report_name(connection, hit.report_id, hit.report)})


def _first_found(counts: Iterable[TableHits]) -> SearchTable:
    return next((each.table for each in counts if each.count), SEARCH_TABLES[0])


def _page(connection: sqlite3.Connection, asked: Asked, table: SearchTable, size: int) -> FoundPage:
    return search_page(connection, asked.query, table, size=size, after=asked.after, whole_words=asked.whole_words)


def _count(connection: sqlite3.Connection, asked: Asked, table: SearchTable) -> TableHits:
    return count_table(connection, asked.query, table, limit=COUNTED, whole_words=asked.whole_words)


def _every_year(connection: sqlite3.Connection, query: Query, table: SearchTable) -> tuple[YearHits, ...] | None:
    try:
        with _time_limit(connection, COUNTING_SECONDS):
            return count_years(connection, query, table)
    except SearchTooLong:
        return None


@contextmanager
def _time_limit(connection: sqlite3.Connection, seconds: float) -> Iterator[None]:
    """Raises `SearchTooLong` where SQLite works longer than that."""
    end = time.monotonic() + seconds
    connection.set_progress_handler(lambda: time.monotonic() > end, _OPERATIONS)
    try:
        yield
    except sqlite3.OperationalError as error:
        if "interrupted" not in str(error):
            raise
        raise SearchTooLong from error
    finally:
        connection.set_progress_handler(None, _OPERATIONS)
