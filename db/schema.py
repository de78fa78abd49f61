"""Opening a database: makes it where there is none, brings an older one up to date, refuses what is not ours."""

import sqlite3
from pathlib import Path

from sqlite_utils import Database

from db.migrations import applied_migrations, migrate, unknown_migrations
from db.search_tables import register_functions
from db.unusable import UnusableDatabase

# Seconds that a program waits for another that writes: many times what the loading of a long report takes.
_PATIENCE = 30


def open_database(path: Path, *, create: bool = True) -> Database:
    """The database at `path`, in the present shape, references checked and search functions registered.

    Makes the file where there is none, unless `create` is false. Raises `UnusableDatabase` where the file is missing,
    cannot be opened, is no SQLite database, is another program's, or was written by a newer version.
    """
    if not create and not path.is_file():
        raise UnusableDatabase(
            f"ไม่พบฐานข้อมูล {path} โปรดนำเข้ารายงานด้วยคำสั่ง prongsai ingest ก่อน หรือระบุที่อยู่ด้วย --db",
            f"There is no database at {path}: load reports with “prongsai ingest” first, or name another with --db.",
        )
    db = _connect(path)
    try:
        _prepare(db, path)
    except sqlite3.DatabaseError as error:
        db.close()
        raise _unusable(path, error) from error
    except UnusableDatabase:
        db.close()
        raise
    return db


def _connect(path: Path) -> Database:
    try:
        return Database(sqlite3.connect(path, timeout=_PATIENCE))
    except sqlite3.Error as error:
        raise _unusable(path, error) from error


def _prepare(db: Database, path: Path) -> None:
    db.execute("pragma foreign_keys = on")
    register_functions(db.conn)
    _refuse_foreign(db, path)
    migrate(db)


def _refuse_foreign(db: Database, path: Path) -> None:
    tables = db.table_names()  # asked for first: another program may be making them at this moment
    if tables and not applied_migrations(db):
        raise UnusableDatabase(
            f"{path} เป็นฐานข้อมูลของโปรแกรมอื่น โปรดระบุไฟล์อื่นด้วย --db",
            f"{path} is another program's database: name another file with --db.",
        )
    if unknown_migrations(db):
        raise UnusableDatabase(
            f"{path} สร้างโดย prongsai รุ่นใหม่กว่านี้ โปรดปรับรุ่นโปรแกรม หรือสร้างฐานข้อมูลใหม่จากเอกสารเดิม",
            f"{path} was written by a newer prongsai: upgrade it, or build the database anew from the documents.",
        )


def _unusable(path: Path, error: sqlite3.Error) -> UnusableDatabase:
    if isinstance(error, sqlite3.OperationalError):
        return UnusableDatabase(
            f"เปิดฐานข้อมูล {path} ไม่ได้ ({error}) โปรดตรวจว่าโฟลเดอร์มีอยู่ เขียนได้ และไม่มีโปรแกรมอื่นใช้ไฟล์นี้อยู่",
            f"Cannot open the database {path} ({error}): check that its folder exists, is writable, "
            "and that no other program is using the file.",
        )
    return UnusableDatabase(
        f"{path} ไม่ใช่ฐานข้อมูล SQLite หรือเสียหาย โปรดระบุไฟล์อื่นด้วย --db",
        f"{path} is not a SQLite database, or is damaged: name another file with --db.",
    )
