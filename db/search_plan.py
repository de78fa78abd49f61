"""How a query is put to SQLite: which rows to look at, in what order, and what decides.

Rows come in the order of the search tables' ids (newest year first). They are found by the rarest grams of the query's
terms, or by the reports of the offices asked for, whichever are thought to be fewer; each is then tested exactly.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from db.query import Query, YearRange
from db.search_tables import GRAM, YEAR_ROOM, SearchTable, first_id

# More grams of a query than so many find hardly fewer rows, and each costs a walk over its own.
_MOST_GRAMS = 8
# SQLite's expressions may be nested so deep only; conditions stand in groups of so many.
_GROUP = 100

Parameter = str | int | bytes


class Condition(NamedTuple):
    """A part of a `where`, with its parameters."""

    sql: str
    parameters: tuple[Parameter, ...] = ()


class Source(NamedTuple):
    """A `from` with the search table as `s`, what it needs in the `where`, and what its rows are ordered by.

    SQLite does not see that the index and the search table have the same ids: by the other it would sort all rows.
    """

    sql: str
    conditions: tuple[Condition, ...] = ()
    order: str = "s.id"


class Gram(NamedTuple):
    """A gram in FTS5's language, and in about how many rows it stands."""

    token: str
    rows: int


class Asked(NamedTuple):
    """A query to one table, ready to be put: `select … {source} where {where} order by {order}`, newest year first."""

    source: str
    where: str
    order: str
    parameters: tuple[Parameter, ...]

    def behind(self, row: int) -> "Asked":
        """The same for the rows with greater ids."""
        return self._replace(where=f"{self.where} and {self.order} > ?", parameters=(*self.parameters, row))


def plan(connection: sqlite3.Connection, table: SearchTable, query: Query, enough: int) -> Asked:
    """How to ask for the rows of a table that the query finds, where the first `enough` of them will do."""
    reports = _reports(connection, table, query.offices)
    source = _source(connection, table, query, reports, enough)
    return _asked(connection, table, query, source, reports)


def every_row(connection: sqlite3.Connection, table: SearchTable, query: Query) -> Asked:
    """The same for one who has the row: `where` tells whether the query finds it."""
    reports = _reports(connection, table, query.offices)
    return _asked(connection, table, query, Source(f"_search_{table} as s"), reports)


def row_conditions(table: SearchTable, query: Query) -> Iterator[Condition]:
    """What a row `s` of the search table must meet, but for the office of its report."""
    yield from (_holds(term) for term in query.terms)
    yield from (_holds(term, "not ") for term in query.excluded)
    if table == "offices":
        yield from (_holds(office) for office in query.offices)
        yield from (_holds(office, "not ") for office in query.excluded_offices)
    in_years = _years_of_offices if table == "offices" else _years
    if query.years:
        yield in_years(query.years)
    if query.excluded_years:
        within = in_years(query.excluded_years)
        yield Condition(f"not {within.sql}", within.parameters)


def all_of(conditions: Iterable[str], joined_by: str = "and") -> str:
    """The conditions as one, however many they are; `joined_by` "or": any of them."""
    known = list(conditions) or ["1"]
    while len(known) > 1:
        groups = (known[start : start + _GROUP] for start in range(0, len(known), _GROUP))
        known = [f"({f' {joined_by} '.join(group)})" for group in groups]
    return known[0]


def _asked(
    connection: sqlite3.Connection, table: SearchTable, query: Query, source: Source, reports: Sequence[int] | None
) -> Asked:
    conditions = [*source.conditions, *row_conditions(table, query)]
    if reports is not None:
        conditions.append(Condition("+s.report in (select value from json_each(?))", (json.dumps(reports),)))
    for office in query.excluded_offices if table != "offices" else ():
        of_office = json.dumps(_reports(connection, table, (office,)) or [])
        conditions.append(Condition("+s.report not in (select value from json_each(?))", (of_office,)))
    return Asked(
        source=f"from {source.sql}",
        where=all_of(condition.sql for condition in conditions),
        order=source.order,
        parameters=tuple(each for condition in conditions for each in condition.parameters),
    )


def _reports(connection: sqlite3.Connection, table: SearchTable, offices: Sequence[str]) -> list[int] | None:
    """The row ids of the reports whose office has all of these names; null where none is named, and for offices."""
    if not offices or table == "offices":
        return None
    names = "coalesce(named.text, thai_search_text(reports.office_as_written))"
    rows = connection.execute(
        f"""
        select reports.rowid from reports left join offices on offices.id = reports.office_id
        left join _search_offices as named on named.row_id = offices.rowid
        where {all_of(f"instr({names}, thai_search_text(?))" for _ in offices)}
        """,
        tuple(offices),
    )
    return [row for (row,) in rows]


def _source(
    connection: sqlite3.Connection, table: SearchTable, query: Query, reports: Sequence[int] | None, enough: int
) -> Source:
    chosen = _rarest(connection, table, query.terms)
    if reports is not None and _by_reports(connection, table, chosen, len(reports), enough):
        return Source(f"_search_{table} as s indexed by _search_{table}_report", (_of_reports(reports),))
    if not chosen:
        return Source(f"_search_{table} as s")
    index = f"{table}_fts"
    conditions = [Condition(f"{index} match ?", (" ".join(gram.token for gram in chosen),))]
    if query.years and table != "offices":  # an office is of no year
        conditions.append(Condition(f"{index}.rowid between ? and ?", _ends(query.years)))
    # A cross join is one whose order SQLite keeps.
    joined = f"{index} cross join _search_{table} as s on s.id = {index}.rowid"
    return Source(joined, tuple(conditions), f"{index}.rowid")


def _of_reports(reports: Sequence[int]) -> Condition:
    return Condition("s.report in (select value from json_each(?))", (json.dumps(reports),))


def _by_reports(
    connection: sqlite3.Connection, table: SearchTable, chosen: Sequence[Gram], reports: int, enough: int
) -> bool:
    """Whether the reports have fewer rows than have to be looked at otherwise, as far as the counts tell."""
    every_row, every_report = _count(connection, table, ""), _count(connection, "reports", "") or 1
    of_reports = every_row * reports / every_report
    others = chosen[0].rows if chosen else every_row
    until_enough = enough * every_report / max(1, reports)
    return of_reports <= min(others, until_enough)


def _rarest(connection: sqlite3.Connection, table: SearchTable, terms: Sequence[str]) -> list[Gram]:
    """The rarest grams of the terms, the rarest first."""
    grams = {gram: None for term in terms for gram in _grams(connection, table, term)}
    return sorted(grams, key=lambda gram: gram.rows)[:_MOST_GRAMS]


def _grams(connection: sqlite3.Connection, table: SearchTable, term: str) -> Iterator[Gram]:
    if len(term) < GRAM:
        yield Gram(f"{_quoted(term)}*", _count_of_beginning(connection, table, term))
        return
    for gram in dict.fromkeys(term[place : place + GRAM] for place in range(len(term) - GRAM + 1)):
        yield Gram(_quoted(gram), _count(connection, table, gram))


def _count(connection: sqlite3.Connection, table: str, gram: str) -> int:
    row = connection.execute("select rows from _search_grams where of_table = ? and gram = ?", (table, gram)).fetchone()
    return int(row[0]) if row else 0


def _count_of_beginning(connection: sqlite3.Connection, table: str, beginning: str) -> int:
    """At least in how many rows the grams that begin so stand."""
    asked = (table, beginning, f"{beginning}\U0010ffff")
    row = connection.execute(
        "select max(rows) from _search_grams where of_table = ? and gram >= ? and gram <= ?", asked
    ).fetchone()
    return int(row[0] or 0)


def _holds(text: str, sign: str = "") -> Condition:
    """That the text of a row holds a folded text; folding does not change it again, and SQLite packs it once."""
    return Condition(f"{sign}instr(s.text, thai_search_text(?))", (text,))


def _years(years: Sequence[YearRange]) -> Condition:
    any_year = all_of(["s.id between ? and ?"] * len(years), "or")
    return Condition(f"({any_year})", tuple(end for each in years for end in _ends([each])))


def _years_of_offices(years: Sequence[YearRange]) -> Condition:
    """The offices that issued reports in those years."""
    any_year = all_of(["coalesce(fiscal_year, 0) between ? and ?"] * len(years), "or")
    return Condition(
        "s.row_id in (select offices.rowid from reports join offices on offices.id = reports.office_id "
        f"where {any_year})",
        tuple(end for each in years for end in (each.first, each.last)),
    )


def _ends(years: Sequence[YearRange]) -> tuple[int, int]:
    """The least and the greatest id of rows of the years and those between."""
    newest, oldest = max(each.last for each in years), min(each.first for each in years)
    return first_id(newest), first_id(oldest) + YEAR_ROOM - 1


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
