"""The migrations: what makes the tables, step by step, from an empty file to the present shape.

A migration that has been released is never edited: a change is a new function at the end. Each is recorded in
`_sqlite_migrations`, and moves data along; none drops what people or documents put in. Words about tables and columns
are in `tables.toml`, not here.

A change of `extractors.thai.text.search_fold` that changes what a text is folded to also needs a migration that calls
`db.search_tables.rebuild_search`, since the search tables hold folded text.
"""

from collections.abc import Callable

from sqlite_utils import Database, Migrations

from db.first_tables import FIRST_SEARCHED, FIRST_TABLES, create_first_search
from db.search_tables import create_search, rebuild_search
from db.transactions import transaction

COPY_TABLES: tuple[str, ...] = (
    """
    create table _action_signatures (
        action_id text primary key references actions(id) on delete cascade,
        masked text not null,
        dates text not null,
        signature blob not null
    ) strict
    """,
    """
    create table action_copies (
        action_id text not null references actions(id) on delete cascade,
        other_id text not null references actions(id) on delete cascade,
        similarity real not null,
        primary key (action_id, other_id)
    ) strict
    """,
    "create index action_copies_other on action_copies(other_id)",
)


def migration_1_first_tables(db: Database) -> None:
    """The tables of reports, their records, what was found and noted, and the search tables."""
    for statement in FIRST_TABLES:
        db.execute(statement)
    for table, columns in FIRST_SEARCHED:
        create_first_search(db, table, columns)


def migration_2_repairs_of_pages(db: Database) -> None:
    """What was put right in the text layer of each page, by class of damage."""
    db.execute(
        """
        create table page_repairs (
            report_id text not null references reports(id) on delete cascade,
            page integer not null,
            damage text not null,
            count integer not null,
            primary key (report_id, page, damage)
        ) strict
        """
    )


def migration_3_checked_by(db: Database) -> None:
    """Which version of the checks looked at a report."""
    db.execute("alter table reports add column checked_by text")


def migration_4_copies(db: Database) -> None:
    """Signatures of actions, and the copies that comparing them finds."""
    for statement in COPY_TABLES:
        db.execute(statement)


def migration_5_agencies(db: Database) -> None:
    """Assessments of other agencies beside the report's own, which has position 0."""
    db.execute("alter table assessments add column position integer not null default 0")
    db.execute("alter table assessments add column is_total integer not null default 0")


def migration_6_search(db: Database) -> None:
    """Search tables that are quick with a million rows, in the place of the first."""
    for table, _ in FIRST_SEARCHED:
        for event in ("insert", "delete", "update"):
            db.execute(f"drop trigger if exists {table}_fts_{event}")
        db.execute(f"drop table {table}_fts")
    create_search(db)
    rebuild_search(db)


def migration_7_corrections(db: Database) -> None:
    """What kind of line each correction is, and what was read in the fields that are corrected."""
    db.execute("alter table corrections add column kind text not null default 'finding-judgement'")
    db.execute(
        """
        create table _as_read (
            record_id text primary key,
            report_id text not null references reports(id) on delete cascade,
            fields text not null
        ) strict
        """
    )
    db.execute("create index _as_read_report on _as_read(report_id)")
    db.execute("create index findings_judged on findings(judgement) where judgement is not null")


def migration_8_records_of_findings(db: Database) -> None:
    """Which records a finding concerns; those of findings from before are known when reports are checked again."""
    db.execute(
        """
        create table finding_records (
            finding_id text not null references findings(id) on delete cascade,
            position integer not null,
            record_id text not null,
            primary key (finding_id, position)
        ) strict
        """
    )
    db.execute("create index finding_records_record on finding_records(record_id)")


def migration_9_bytes_read(db: Database) -> None:
    """Which of its files a report was read from; not known, until it is read again, where they have other bytes."""
    db.execute("alter table reports add column source_sha256 text")
    db.execute(
        """
        update reports set source_sha256 = (
            select case when count(distinct sha256) = 1 then min(sha256) end from sources
            where report_id = reports.id and sources.format = reports.format
        )
        """
    )


def migration_10_ways_of_reading(db: Database) -> None:
    """Pages are counted by how they were read without going through their texts (0.4 s for 125,000 pages)."""
    db.execute("create index pages_read_by on pages(read_by)")


def migration_11_findings_as_judged(db: Database) -> None:
    """What a finding said when a person judged it, for when it is gone; of new lines of the corrections file only."""
    for column in ("check", "message_th", "message_en"):
        db.execute(f'alter table corrections add column "{column}" text')


MIGRATIONS: list[Callable[[Database], None]] = [
    migration_1_first_tables,
    migration_2_repairs_of_pages,
    migration_3_checked_by,
    migration_4_copies,
    migration_5_agencies,
    migration_6_search,
    migration_7_corrections,
    migration_8_records_of_findings,
    migration_9_bytes_read,
    migration_10_ways_of_reading,
    migration_11_findings_as_judged,
]
# Databases of the months before these came into one order know them by other names.
_RECORDED_AS = {
    "migration_3_checked_by": "migration_2_checked_by",
    "migration_4_copies": "migration_3_copies",
    "migration_5_agencies": "migration_4_agencies",
}


def migrate(db: Database) -> None:
    """Run the migrations that the database has not seen, all in one transaction; several programs may ask at once."""
    migrations = _migration_set()
    if migrations.pending(db):
        with transaction(db):
            migrations.apply(db)


def applied_migrations(db: Database) -> set[str]:
    """Names of the migrations that made the database; empty for a new file and for another program's database."""
    return {migration.name for migration in _migration_set().applied(db)}


def unknown_migrations(db: Database) -> set[str]:
    """Names of the migrations that made the database and that this program does not have: a newer one made it."""
    return applied_migrations(db) - {_recorded_name(migration) for migration in MIGRATIONS}


def _migration_set() -> Migrations:
    migrations = Migrations("prongsai")
    for migration in MIGRATIONS:
        migrations(name=_recorded_name(migration))(migration)
    return migrations


def _recorded_name(migration: Callable[[Database], None]) -> str:
    return _RECORDED_AS.get(migration.__name__, migration.__name__)
