"""A finding names the records that it concerns, the one at fault first, so that it can stand beside it."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlite_utils import Database

from db.schema import open_database
from pipeline.cli import main

EXAMPLES = Path(__file__).parents[3] / "examples"
_TABLES = ("reports", "assessments", "indicators", "measures", "actions")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of two years of one office's reports."""
    path = tmp_path_factory.mktemp("records") / "prongsai.db"
    files = [str(EXAMPLES / name) for name in ("don-takhian-kaeo-2562.txt", "don-takhian-kaeo-2563.html")]
    assert CliRunner().invoke(main, ["ingest", *files, "--db", str(path)]).exit_code == 0
    return path


def _records(db: Database) -> list[tuple[str, str]]:
    return db.execute("select finding_id, record_id from finding_records order by finding_id, position").fetchall()


def test_every_finding_of_the_examples_concerns_records_that_are_there(database: Path) -> None:
    db = open_database(database)
    known = {row[0] for table in _TABLES for row in db.execute(f"select id from {table}")}
    found = _records(db)
    assert {record for _, record in found} <= known
    assert {finding for finding, _ in found} == {row[0] for row in db.execute("select id from findings")} != set()


def test_the_record_at_fault_is_the_one_that_the_finding_is_at(database: Path) -> None:
    db = open_database(database)
    rows = db.execute(
        """
        select at, indicator_number || '/' || coalesce(measures.number, '-') || '/' || coalesce(actions.number, '-')
        from findings join finding_records on finding_id = findings.id and finding_records.position = 1
        join actions on actions.id = record_id join measures on measures.id = measure_id
        """
    ).fetchall()
    assert rows
    assert all(at == place for at, place in rows)


def test_findings_from_before_have_their_records_after_the_next_check(database: Path) -> None:
    db = open_database(database)
    before = _records(db)
    with db.conn:
        db.execute("delete from finding_records")
    db.close()
    CliRunner().invoke(main, ["check", "--db", str(database)])
    assert _records(open_database(database)) == before
