"""`prongsai export`: every format, into a folder or one file, all of one moment."""

from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from click.testing import CliRunner, Result
from pyarrow import parquet
from sqlite_utils import Database

from db.schema import open_database
from db.snapshot import snapshot
from pipeline import export as module
from pipeline.cli import main
from pipeline.exit_codes import ExitCode

FILES = {
    "json": ("reports.json",),
    "csv": ("actions.csv", "actions-in-full.csv"),
    "xlsx": ("prongsai.xlsx",),
    "datapackage": ("datapackage.json", "actions.csv"),
    "parquet": ("actions.parquet",),
}


@pytest.fixture
def loaded(folder: Path, database: Path, load: Callable[..., object], report_text: Callable[..., str]) -> Path:
    (folder / "a.txt").write_text(report_text(), encoding="utf-8")
    load(folder)
    return database


def _export(database: Path, kind: str, output: Path) -> Result:
    return CliRunner().invoke(main, ["export", "--format", kind, "--output", str(output), "--db", str(database)])


@pytest.mark.parametrize("kind", FILES)
def test_a_folder_gets_the_files_of_the_format_and_nothing_else_stays(loaded: Path, tmp_path: Path, kind: str) -> None:
    result = _export(loaded, kind, tmp_path / "ใหม่" / "out")
    assert (result.exit_code, result.stdout) == (ExitCode.OK, "")
    written = {path.name for path in (tmp_path / "ใหม่" / "out").iterdir()}
    assert set(FILES[kind]) <= written
    assert [name for name in written if name.startswith(".")] == []


@pytest.mark.parametrize("kind", ["csv", "datapackage", "parquet"])
def test_a_name_that_ends_in_zip_is_one_file(loaded: Path, tmp_path: Path, kind: str) -> None:
    assert _export(loaded, kind, tmp_path / "out" / "all.zip").exit_code == ExitCode.OK
    with ZipFile(tmp_path / "out" / "all.zip") as zipped:
        assert set(FILES[kind]) <= set(zipped.namelist())
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["all.zip"]


def test_a_workbook_has_the_name_that_it_is_given(loaded: Path, tmp_path: Path) -> None:
    assert _export(loaded, "xlsx", tmp_path / "ita.xlsx").exit_code == ExitCode.OK
    assert openpyxl.load_workbook(tmp_path / "ita.xlsx").sheetnames[0] == "การดำเนินการ"


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("json", "x.csv"),
        ("json", "x.zip"),
        ("xlsx", "x.json"),
        ("csv", "x.csv"),
        ("csv", "x.XLSX"),
        ("parquet", "x.db"),
    ],
)
def test_a_file_name_of_another_format_is_refused(loaded: Path, tmp_path: Path, kind: str, name: str) -> None:
    result = _export(loaded, kind, tmp_path / name)
    assert result.exit_code == 2
    assert f"“{name}”" in result.output
    assert not (tmp_path / name).exists()


def test_a_folder_may_have_any_name(loaded: Path, tmp_path: Path) -> None:
    (tmp_path / "x.csv").mkdir()
    for name in ("x.csv", "2566.v2"):
        assert _export(loaded, "csv", tmp_path / name).exit_code == 0
        assert (tmp_path / name / "actions.csv").exists()


def test_a_place_that_cannot_be_written_to_is_told(loaded: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    result = _export(loaded, "csv", tmp_path / "file" / "out")
    assert result.exit_code == ExitCode.OUTPUT_UNWRITABLE
    assert "--output" in result.stderr


def test_an_export_is_of_one_moment(loaded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What others write while it runs is in no table of it."""

    def and_then_write(db: Database, folder: Path) -> None:
        other = open_database(loaded)
        other.execute("update actions set text = 'เปลี่ยนแล้ว'")
        other.conn.commit()
        other.close()
        module._parquet(db, folder)

    monkeypatch.setitem(module._EXPORTS, "parquet", and_then_write)
    assert _export(loaded, "parquet", tmp_path / "out").exit_code == ExitCode.OK
    texts = parquet.read_table(tmp_path / "out" / "actions.parquet")["text"].to_pylist()
    assert texts
    assert "เปลี่ยนแล้ว" not in texts


def test_a_snapshot_is_gone_when_it_is_done_with(loaded: Path, tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    db = open_database(loaded)
    with snapshot(db, tmp_path / "here") as copy:
        assert copy.table("actions").count == db.table("actions").count > 0
        assert len(list((tmp_path / "here").iterdir())) == 1
    db.close()
    assert list((tmp_path / "here").iterdir()) == []
