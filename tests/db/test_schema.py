"""Opening a database: new, known, or refused with a reason."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlite_utils import Database

from db import migrations
from db.read import read_document_pages, report_ids
from db.schema import open_database
from db.search import search
from db.unusable import UnusableDatabase
from schemas.document import Page, Repair
from schemas.report import Report


def test_a_new_database_has_its_tables_and_keeps_its_content_when_opened_again(
    tmp_path: Path, make_report: Callable[..., Report], load: Callable[..., None]
) -> None:
    path = tmp_path / "prongsai.db"
    load(open_database(path), make_report("a", "จัดประชุม"))
    again = open_database(path, create=False)
    assert report_ids(again) == ("a",)
    assert [hit.record_id for hit in search(again, "ประชุม")] == ["a-a1"]
    assert again.execute("pragma foreign_keys").fetchone() == (1,)


def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    path = tmp_path / "prongsai.db"
    path.touch()
    assert report_ids(open_database(path)) == ()


def test_a_missing_database_is_not_made_where_one_is_to_be_read(tmp_path: Path) -> None:
    path = tmp_path / "prongsai.db"
    with pytest.raises(UnusableDatabase, match="prongsai ingest"):
        open_database(path, create=False)
    assert not path.exists()


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "รายงาน.txt"
    path.write_text("มาตรการส่งเสริมคุณธรรม " * 100, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(UnusableDatabase, match="not a SQLite database"):
        open_database(path)
    assert path.read_bytes() == before


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "photos.db"
    other = sqlite3.connect(path)
    other.execute("create table photos (id integer primary key)")
    other.close()
    with pytest.raises(UnusableDatabase, match="another program's"):
        open_database(path)
    assert Database(path).table_names() == ["photos"]


def test_a_database_of_a_newer_version_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def migration_99_later(db: Database) -> None:
        db.execute("create table later (id integer primary key)")

    path = tmp_path / "prongsai.db"
    with monkeypatch.context() as newer:
        newer.setattr(migrations, "MIGRATIONS", [*migrations.MIGRATIONS, migration_99_later])
        open_database(path).close()
    with pytest.raises(UnusableDatabase, match="newer prongsai") as refused:
        open_database(path)
    assert "รุ่นใหม่กว่า" in refused.value.message_th


def test_an_older_database_is_brought_up_to_date_and_keeps_its_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_report: Callable[..., Report], load: Callable[..., None]
) -> None:
    def migration_99_later(db: Database) -> None:
        db.execute("create table later (id integer primary key)")

    path = tmp_path / "prongsai.db"
    load(open_database(path), make_report("a", "จัดประชุม"))
    monkeypatch.setattr(migrations, "MIGRATIONS", [*migrations.MIGRATIONS, migration_99_later])
    newer = open_database(path)
    assert newer.table("later").exists()
    assert report_ids(newer) == ("a",)


def test_a_database_from_before_pdf_files_were_read_gets_the_table_of_repairs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_report: Callable[..., Report], load: Callable[..., None]
) -> None:
    path = tmp_path / "prongsai.db"
    with monkeypatch.context() as older:
        older.setattr(migrations, "MIGRATIONS", migrations.MIGRATIONS[:1])
        open_database(path).close()
    assert not Database(path).table("page_repairs").exists()
    db = open_database(path)
    load(db, make_report("a", "จัดประชุม"), pages=(Page(number=1, repairs=(Repair(damage="mark-order", count=2),)),))
    assert [page.repairs for page in read_document_pages(db, "a")] == [(Repair(damage="mark-order", count=2),)]


@pytest.mark.parametrize(
    "made_by",
    [
        {"migration_1_first_tables": 1, "migration_2_repairs_of_pages": 2},
        {
            "migration_1_first_tables": 1,
            "migration_2_checked_by": 3,
            "migration_3_copies": 4,
            "migration_4_agencies": 5,
        },
    ],
    ids=["with the table of repairs", "with the checks"],
)
def test_a_database_with_one_half_of_the_tables_gets_the_other(
    made_by: dict[str, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "prongsai.db"
    with monkeypatch.context() as older:
        older.setattr(migrations, "MIGRATIONS", [migrations.MIGRATIONS[number - 1] for number in made_by.values()])
        assert migrations.applied_migrations(open_database(path)) == set(made_by)
    db = open_database(path)
    whole = open_database(tmp_path / "new.db")
    assert _columns(db) == _columns(whole)


def _columns(db: Database) -> dict[str, list[str]]:
    return {table.name: sorted(column.name for column in table.columns) for table in db.tables}


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnusableDatabase, match="Cannot open the database"):
        open_database(tmp_path / "missing" / "prongsai.db")


def test_a_database_in_use_by_another_program_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "prongsai.db"
    other = sqlite3.connect(path)
    other.execute("begin exclusive")
    monkeypatch.setattr(sqlite3, "connect", lambda name, timeout: _impatient(str(name)))
    with pytest.raises(UnusableDatabase, match="locked"):
        open_database(path)


def test_programs_that_open_a_new_database_at_once_all_get_it_whole(tmp_path: Path) -> None:
    path = tmp_path / "prongsai.db"

    def opened(_: int) -> bool:
        db = open_database(path)
        try:
            return db.table("reports").exists()
        finally:
            db.close()

    for _ in range(5):
        path.unlink(missing_ok=True)
        with ThreadPoolExecutor(4) as programs:
            assert all(programs.map(opened, range(4)))


_connect = sqlite3.connect


def _impatient(name: str) -> sqlite3.Connection:
    return _connect(name, timeout=0)
