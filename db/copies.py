"""What comparing actions over reports keeps: signatures, so that an action is signed once, and the copies found."""

import json
from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

from sqlite_utils import Database

from db.transactions import transaction

# Rows fetched at a time.
_SOME = 20_000
_SIGNATURES = """
    select action_id, report_id, office_id, fiscal_year, masked, dates, signature from _action_signatures
    join actions on actions.id = action_id join reports on reports.id = report_id
"""


class UnsignedAction(NamedTuple):
    """An action that has no signature yet, with the names of offices and the dates in its text."""

    action_id: str
    text: str
    offices: tuple[str, ...]
    dates: tuple[str, ...]


class Signature(NamedTuple):
    """What is compared of an action."""

    action_id: str
    masked: str
    dates: str
    signature: bytes


class SignedAction(NamedTuple):
    """An action as it is compared: with what decides whose text it is."""

    action_id: str
    report_id: str
    office_id: str | None
    fiscal_year: int | None
    masked: str
    dates: str
    signature: bytes


class StoredCopy(NamedTuple):
    """Two actions whose texts are nearly the same."""

    action_id: str
    other_id: str
    similarity: float


class FoundCopy(NamedTuple):
    """A copy: of which report, and whether the other action is of the same office's (or both of none that is known)."""

    report_id: str
    action_id: str
    other_id: str
    similarity: float
    same_office: bool


class ActionPlace(NamedTuple):
    """Where an action stands: in whose report of which year, by which numbers, and its text."""

    office: str
    fiscal_year: int | None
    indicator_number: int | None
    measure_number: str | None
    number: str | None
    text: str


def read_action_place(db: Database, action_id: str) -> ActionPlace:
    """The place of an action."""
    row = db.execute(
        """
        select coalesce(offices.name, reports.label), fiscal_year, indicator_number, measures.number, actions.number,
          actions.text
        from actions join measures on measures.id = measure_id join reports on reports.id = actions.report_id
        left join offices on offices.id = reports.office_id where actions.id = ?
        """,
        (action_id,),
    ).fetchone()
    return ActionPlace(*row)


def unsigned_actions(db: Database) -> Iterator[UnsignedAction]:
    """The actions that have no signature yet."""
    rows = db.execute(
        """
        select id, text,
          (select group_concat(raw, char(31)) from action_offices where action_id = actions.id),
          (select group_concat(raw, char(31)) from action_dates where action_id = actions.id)
        from actions where id not in (select action_id from _action_signatures)
        """
    )
    for action_id, text, offices, dates in rows.fetchall():
        yield UnsignedAction(action_id, text, _several(offices), _several(dates))


def _several(joined: str | None) -> tuple[str, ...]:
    return tuple(joined.split("\x1f")) if joined else ()


def store_signatures(db: Database, signatures: Iterable[Signature]) -> None:
    """Keep the signatures."""
    with transaction(db):
        db.conn.executemany("insert into _action_signatures values (?, ?, ?, ?)", signatures)


def read_signatures(db: Database) -> Iterator[SignedAction]:
    """All signatures, the reports' in order."""
    return _signed_actions(db.execute(f"{_SIGNATURES} order by report_id, position"))


def read_signatures_of(db: Database, report_ids: Collection[str]) -> Iterator[SignedAction]:
    """The signatures of these reports' actions."""
    asked = json.dumps(sorted(report_ids))
    return _signed_actions(db.execute(f"{_SIGNATURES} where reports.id in (select value from json_each(?))", (asked,)))


def read_signatures_at(db: Database, rows: Collection[int]) -> Iterator[SignedAction]:
    """The signatures in these rows."""
    asked = json.dumps(sorted(rows))
    return _signed_actions(
        db.execute(f"{_SIGNATURES} where _action_signatures.rowid in (select value from json_each(?))", (asked,))
    )


def bare_signatures(db: Database) -> Iterator[tuple[tuple[int, ...], tuple[bytes, ...]]]:
    """All signatures by their rows, and nothing of their actions, some thousands at a time."""
    cursor = db.execute("select rowid, signature from _action_signatures")
    while some := cursor.fetchmany(_SOME):
        rows, signatures = zip(*some, strict=True)
        yield rows, signatures


def _signed_actions(rows: Iterable[tuple[Any, ...]]) -> Iterator[SignedAction]:
    return (SignedAction(*row) for row in rows)


def store_copies(db: Database, report_ids: Collection[str], copies: Iterable[StoredCopy]) -> None:
    """Put the copies in place of all that these reports are part of."""
    with transaction(db):
        for report_id in report_ids:
            for column in ("action_id", "other_id"):
                db.execute(
                    f"delete from action_copies where {column} in (select id from actions where report_id = ?)",
                    (report_id,),
                )
        db.conn.executemany("insert or replace into action_copies values (?, ?, ?)", copies)


def copies_of(db: Database, report_id: str) -> Iterator[FoundCopy]:
    """The actions of a report that are copies of others."""
    rows = db.execute(
        """
        select a.report_id, action_id, other_id, similarity, one.office_id is another.office_id
        from action_copies join actions a on a.id = action_id join actions b on b.id = other_id
        join reports one on one.id = a.report_id join reports another on another.id = b.report_id
        where a.report_id = ?
        """,
        (report_id,),
    )
    return (FoundCopy(report, one, other, alike, bool(same)) for report, one, other, alike, same in rows.fetchall())


def reports_with_copies(db: Database, report_id: str) -> frozenset[str]:
    """The reports whose actions are copies of this report's, or the other way round."""
    rows = db.execute(
        """
        select b.report_id from action_copies join actions a on a.id = action_id join actions b on b.id = other_id
        where a.report_id = :report
        union
        select a.report_id from action_copies join actions a on a.id = action_id join actions b on b.id = other_id
        where b.report_id = :report
        """,
        {"report": report_id},
    )
    return frozenset(row[0] for row in rows)


def reports_of_same_office(db: Database, report_id: str) -> tuple[str, ...]:
    """The reports of the report's office, itself among them; only itself where the office is not known."""
    rows = db.execute(
        "select id from reports where id = :report or office_id = (select office_id from reports where id = :report) "
        "order by id",
        {"report": report_id},
    )
    return tuple(row[0] for row in rows)
