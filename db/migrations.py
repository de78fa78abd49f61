"""The migrations: what makes the tables, step by step, from an empty file to the present shape.

A migration that has been released is never edited: a change is a new function at the end. Each is recorded in
`_sqlite_migrations`, and moves data along; none drops what people or documents put in. Words about tables and columns
are in `tables.toml`, not here.

A change of `extractors.thai.text.search_fold` that changes what a text is folded to also needs a migration that calls
`db.search.rebuild_search`, since the search tables hold folded text.
"""

from collections.abc import Callable

from sqlite_utils import Database, Migrations

from db.search import create_search
from db.transactions import transaction

# `position` counts from 1 and keeps the printed order; `sort_key` does so over all reports. References are checked at
# the end of the transaction where a row may point to a later one. Only columns that rows are found by have an index:
# Datasette loses rows over pages when it sorts by an indexed column that is not unique.
FIRST_TABLES: tuple[str, ...] = (
    """
    create table offices (
        id text primary key,
        name text not null,
        abbreviation text,
        kind text,
        province text,
        parent_id text references offices(id) deferrable initially deferred,
        listed integer not null
    ) strict
    """,
    """
    create table reports (
        id text primary key,
        label text not null,
        office_id text references offices(id),
        office_as_written text,
        office_score real,
        title text,
        fiscal_year integer,
        fiscal_year_basis text,
        format text not null,
        pages integer not null,
        read_by text not null,
        characters integer not null,
        unrecorded_characters integer not null,
        extracted_at text not null,
        extractor_version text not null
    ) strict
    """,
    """
    create table sources (
        path_or_url text primary key,
        report_id text not null references reports(id) on delete cascade,
        sha256 text not null,
        format text not null,
        size_bytes integer
    ) strict
    """,
    """
    create table pages (
        report_id text not null references reports(id) on delete cascade,
        number integer not null,
        text text not null,
        read_by text not null,
        quality real,
        width real,
        height real,
        primary key (report_id, number)
    ) strict
    """,
    """
    create table assessments (
        id text primary key,
        report_id text not null references reports(id) on delete cascade,
        office_id text references offices(id),
        office_as_written text,
        year integer,
        score real,
        grade text,
        threshold real,
        weak_count integer,
        iit real,
        eit real,
        oit real
    ) strict
    """,
    """
    create table indicators (
        id text primary key,
        assessment_id text not null references assessments(id) on delete cascade,
        report_id text not null references reports(id) on delete cascade,
        position integer not null,
        sort_key text not null unique,
        number integer,
        name text not null,
        score real,
        weak integer not null
    ) strict
    """,
    """
    create table measures (
        id text primary key,
        report_id text not null references reports(id) on delete cascade,
        position integer not null,
        sort_key text not null unique,
        indicator_number integer,
        indicator_name text,
        number text,
        text text not null,
        responsible text,
        period text,
        budget_baht real
    ) strict
    """,
    """
    create table actions (
        id text primary key,
        report_id text not null references reports(id) on delete cascade,
        measure_id text not null references measures(id) on delete cascade,
        parent_id text references actions(id) deferrable initially deferred,
        parent_number text,
        position integer not null,
        sort_key text not null unique,
        number text,
        text text not null,
        status text not null
    ) strict
    """,
    """
    create table action_dates (
        action_id text not null references actions(id) on delete cascade,
        position integer not null,
        raw text not null,
        start text,
        "end" text,
        reason text,
        primary key (action_id, position)
    ) strict
    """,
    """
    create table action_offices (
        action_id text not null references actions(id) on delete cascade,
        position integer not null,
        raw text not null,
        office_id text not null references offices(id),
        score real not null,
        primary key (action_id, position)
    ) strict
    """,
    """
    create table evidence (
        record_id text not null,
        position integer not null,
        record_table text not null,
        report_id text not null references reports(id) on delete cascade,
        page integer,
        x0 real,
        top real,
        x1 real,
        bottom real,
        line integer,
        text text not null,
        primary key (record_id, position)
    ) strict
    """,
    """
    create table findings (
        id text primary key,
        report_id text not null references reports(id) on delete cascade,
        position integer not null,
        sort_key text not null unique,
        "check" text not null,
        severity text not null,
        at text not null,
        message_th text not null,
        message_en text not null,
        judgement text
    ) strict
    """,
    """
    create table notes (
        id text primary key,
        report_id text not null references reports(id) on delete cascade,
        position integer not null,
        sort_key text not null unique,
        code text not null,
        text text not null,
        characters integer not null
    ) strict
    """,
    """
    create table failures (
        source text primary key,
        code text not null,
        message_th text not null,
        message_en text not null,
        sha256 text
    ) strict
    """,
    """
    create table runs (
        id integer primary key,
        command text not null,
        started_at text not null,
        finished_at text not null,
        extractor_version text not null,
        found integer not null,
        loaded integer not null,
        unchanged integer not null,
        failed integer not null
    ) strict
    """,
    """
    create table corrections (
        line integer primary key,
        record_id text not null,
        field text,
        as_read text,
        as_corrected text,
        reason text,
        who text,
        made_at text,
        state text not null
    ) strict
    """,
    "create index offices_parent on offices(parent_id)",
    "create index reports_office on reports(office_id)",
    "create index sources_report on sources(report_id)",
    "create index sources_bytes on sources(sha256)",
    "create index assessments_report on assessments(report_id)",
    "create index assessments_office on assessments(office_id)",
    "create index indicators_report on indicators(report_id)",
    "create index indicators_assessment on indicators(assessment_id)",
    "create index measures_report on measures(report_id)",
    "create index actions_report on actions(report_id)",
    "create index actions_measure on actions(measure_id)",
    "create index actions_parent on actions(parent_id)",
    "create index action_offices_office on action_offices(office_id)",
    "create index evidence_report on evidence(report_id)",
    "create index findings_report on findings(report_id)",
    "create index notes_report on notes(report_id)",
    "create index corrections_record on corrections(record_id)",
)

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

FIRST_SEARCHED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("actions", ("text",)),
    ("measures", ("text", "indicator_name", "responsible")),
    ("indicators", ("name",)),
    ("pages", ("text",)),
    ("reports", ("label", "title")),
    ("offices", ("name", "abbreviation")),
)


def migration_1_first_tables(db: Database) -> None:
    """The tables of reports, their records, what was found and noted, and the search tables."""
    for statement in FIRST_TABLES:
        db.execute(statement)
    for table, columns in FIRST_SEARCHED:
        create_search(db, table, columns)


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


MIGRATIONS: list[Callable[[Database], None]] = [
    migration_1_first_tables,
    migration_2_repairs_of_pages,
    migration_3_checked_by,
    migration_4_copies,
    migration_5_agencies,
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
