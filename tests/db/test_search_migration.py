"""A database of an earlier version is searched as a new one is."""

from pathlib import Path

from sqlite_utils import Database

from db.migrations import MIGRATIONS, migration_6_search
from db.query import parse_query
from db.search import search_page
from db.search_tables import internal_tables, register_functions

REPORT = """
    insert into reports
      (id, label, fiscal_year, format, pages, read_by, characters, unrecorded_characters,
       extracted_at, extractor_version)
    values ('r', 'รายงาน', 2563, 'text', 1, 'text', 1, 0, '2024-01-01', '1')
"""
MEASURE = "insert into measures (id, report_id, position, sort_key, text) values ('m', 'r', 1, 'r-1', 'มาตรการ')"
ACTION = """
    insert into actions (id, report_id, measure_id, position, sort_key, text, status)
    values ('a', 'r', 'm', 1, 'r-1', 'จัดอบรม ๒๕๖๓', 'reported')
"""


def test_the_rows_of_an_earlier_version_are_found_and_later_ones_too(tmp_path: Path) -> None:
    db = Database(tmp_path / "old.db")
    register_functions(db.conn)
    db.conn.create_function("thai_index", 1, lambda text: text)  # what kept the search tables of the time true
    for migration in MIGRATIONS[: MIGRATIONS.index(migration_6_search)]:
        migration(db)
    for statement in (REPORT, MEASURE, ACTION):
        db.execute(statement)
    migration_6_search(db)
    db.conn.create_function("thai_index", 1, None)
    found = search_page(db.conn, parse_query("อบรม 2563 year:2563"), "actions")
    assert [hit.record_id for hit in found.hits] == ["a"]
    db.execute("update actions set text = 'ประชุม'")
    assert [search_page(db.conn, parse_query(text), "actions").found.count for text in ("อบรม", "ประชุม")] == [0, 1]
    assert set(internal_tables()) <= set(db.table_names())
    db.close()
