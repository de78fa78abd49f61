"""The tables of the first migration. Released: never edited, a change is a migration of its own."""

from collections.abc import Sequence

from sqlite_utils import Database

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

FIRST_SEARCHED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("actions", ("text",)),
    ("measures", ("text", "indicator_name", "responsible")),
    ("indicators", ("name",)),
    ("pages", ("text",)),
    ("reports", ("label", "title")),
    ("offices", ("name", "abbreviation")),
)

# Migration 6 puts other search tables in the place of these.
_TOKEN_CHARACTERS = "".join(c for c in map(chr, range(1, 128)) if not c.isalnum() and c != "\n")


def create_first_search(db: Database, table: str, columns: Sequence[str]) -> None:
    """Make the search table NAME_fts over columns of a table, and the triggers that kept it true to the table."""
    names = ", ".join(columns)
    tokenizer = _quoted(f"ascii tokenchars {_quoted(_TOKEN_CHARACTERS)}")
    db.execute(f'create virtual table {table}_fts using fts5({names}, content="{table}", tokenize={tokenizer})')
    new, old = _indexed("new", columns), _indexed("old", columns)
    insert = f"insert into {table}_fts(rowid, {names}) values (new.rowid, {new});"
    delete = f"insert into {table}_fts({table}_fts, rowid, {names}) values ('delete', old.rowid, {old});"
    changed = " or ".join(f"old.{column} is not new.{column}" for column in columns)
    db.execute(f"create trigger {table}_fts_insert after insert on {table} begin {insert} end")
    db.execute(f"create trigger {table}_fts_delete after delete on {table} begin {delete} end")
    db.execute(f"create trigger {table}_fts_update after update on {table} when {changed} begin {delete} {insert} end")


def _indexed(row: str, columns: Sequence[str]) -> str:
    return ", ".join(f"thai_index({row}.{column})" for column in columns)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
