"""How quick searching is among a million actions, and whether it finds what a substring search finds.

    python benchmarks/million.py DATABASE [--queries 1000] [--truth]

DATABASE is one that `benchmarks/million_database.py` has filled. The queries are drawn from the actions. For each, what
the search page shows first is asked for: the first 20 actions, ranked, counted and by year, and the counts of the other
tables' hits. `--truth` compares the actions found with those whose text holds each term.
"""

import random
import sqlite3
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import quantiles
from typing import NamedTuple

import click
from drawn_queries import DrawnQuery, draw_query

from db.query import parse_query
from db.search import count_table, found_rows, search_page
from db.search_tables import SEARCH_TABLES, internal_tables, register_functions
from extractors.thai.text import search_fold

SAMPLE = 5000


@click.command()
@click.argument("database", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--queries", type=click.IntRange(min=1), default=1000, show_default=True)
@click.option("--seed", type=int, default=2562, show_default=True)
@click.option("--truth", is_flag=True, help="Compare with plain substring tests; takes minutes.")
@click.option("--slowest", type=int, default=5, show_default=True, help="How many of the slowest queries to print.")
def main(database: Path, queries: int, seed: int, truth: bool, slowest: int) -> None:
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    register_functions(connection)
    actions = connection.execute("select count(*) from actions").fetchone()[0]
    drawn = list(draw(connection, random.Random(seed), queries))
    click.echo(f"{actions} actions, {queries} queries; {sizes(connection)}")
    times = [(measured(connection, query), query.text) for query in drawn]
    click.echo(f"first page, by the clock: {told([taken.clock for taken, _ in times])}")
    click.echo(f"first page, processor time: {told([taken.processor for taken, _ in times])}")
    for taken, text in sorted(times, reverse=True)[:slowest]:
        click.echo(f"  {taken.clock * 1000:.0f} ms ({taken.processor * 1000:.0f})  {text}")
    if truth:
        wrong = wrong_queries(connection, drawn)
        click.echo(f"wrong: {len(wrong)} of {queries} {wrong[:3]}")


def draw(connection: sqlite3.Connection, chance: random.Random, count: int) -> Iterator[DrawnQuery]:
    """Queries out of actions taken from all over the table."""
    last = connection.execute("select max(rowid) from actions").fetchone()[0]
    wanted = sorted(chance.sample(range(1, last + 1), min(SAMPLE, last)))
    texts = [row[0] for at in wanted if (row := connection.execute(_TEXT, (at,)).fetchone())]
    for _ in range(count):
        yield draw_query(chance, texts)


class Seconds(NamedTuple):
    """What an answer takes; with other work on the machine the clock tells of that, too."""

    clock: float
    processor: float


def told(seconds: Sequence[float]) -> str:
    cuts = [cut * 1000 for cut in quantiles(seconds, n=100)]
    return f"p50 {cuts[49]:.0f} ms, p95 {cuts[94]:.0f} ms, p99 {cuts[98]:.0f} ms"


def measured(connection: sqlite3.Connection, query: DrawnQuery) -> Seconds:
    """What the search page's first answer takes."""
    clock, processor = time.perf_counter(), time.process_time()
    asked = parse_query(query.text)
    search_page(connection, asked, "actions")
    for table in SEARCH_TABLES[1:]:
        count_table(connection, asked, table, limit=1000)
    return Seconds(time.perf_counter() - clock, time.process_time() - processor)


def wrong_queries(connection: sqlite3.Connection, drawn: Sequence[DrawnQuery]) -> list[str]:
    """The queries that find other actions than those whose folded text holds every folded term."""
    rows = [(row, search_fold(text)) for row, text in connection.execute("select rowid, text from actions")]
    return [query.text for query in drawn if found(connection, query) != truth_of(rows, query)]


def found(connection: sqlite3.Connection, query: DrawnQuery) -> set[int]:
    return set(found_rows(connection, parse_query(query.text), "actions", limit=10**9) or ())


def truth_of(rows: Sequence[tuple[int, str]], query: DrawnQuery) -> set[int]:
    terms = [search_fold(term) for term in query.terms]
    return {row for row, text in rows if all(term in text for term in terms)}


def sizes(connection: sqlite3.Connection) -> str:
    """How large the database is, and how much of it is for searching."""
    page = connection.execute("pragma page_size").fetchone()[0]
    whole = connection.execute("pragma page_count").fetchone()[0] * page
    names = ", ".join(f"'{name}'" for name in (*internal_tables(), *_INDEXES))
    ours = connection.execute(f"select sum(pgsize) from dbstat where name in ({names}) and aggregate = true")
    return f"{whole / 1e6:.0f} MB, {ours.fetchone()[0] / 1e6:.0f} MB of them for searching"


_TEXT = "select text from actions where rowid = ?"
_INDEXES = [
    index for table in SEARCH_TABLES for index in (f"_search_{table}_report", f"sqlite_autoindex__search_{table}_1")
]


if __name__ == "__main__":
    main()
