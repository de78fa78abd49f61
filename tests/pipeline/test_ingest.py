"""Loading: good files in, bad files told, nothing twice, and the same database again from the same documents."""

import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from db.read import read_failures, read_runs, read_sources, report_ids
from db.schema import open_database
from db.search_tables import search_text
from pipeline import ingest as ingest_module
from pipeline.corrections import FILE_NAME, read_identities
from pipeline.ingest import Loader
from pipeline.settings import Settings
from pipeline.status import status_of

Load = Callable[..., Any]
Dump = dict[str, list[tuple[object, ...]]]


def contents(database: Path, dump: Callable[[Database], Dump]) -> Dump:
    db = open_database(database, create=False)
    try:
        return dump(db)
    finally:
        db.close()


def sources(database: Path) -> dict[str, str]:
    """Report ids by file name."""
    db = open_database(database, create=False)
    try:
        return {Path(known.source.path_or_url).name: known.report_id for known in read_sources(db)}
    finally:
        db.close()


def test_bad_files_do_not_stop_good_ones_and_are_told_with_their_reasons(
    folder: Path, database: Path, load: Load, report_text: Callable[..., str]
) -> None:
    (folder / "good.txt").write_text(report_text(), encoding="utf-8")
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 this is no archive")
    (folder / "empty.txt").touch()
    (folder / "english.txt").write_text("The council met on Monday and resolved nothing at all. " * 20)
    (folder / "photo.txt").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(range(256)) * 40)
    (folder / "huge.txt").write_text(report_text() * 30, encoding="utf-8")
    outcome = load(folder, settings=Settings(max_file_mb=0.02))
    assert (outcome.run.loaded, outcome.run.failed, outcome.run.found) == (1, 5, 6)
    db = open_database(database)
    assert {Path(failure.source).name: failure.code for failure in read_failures(db)} == {
        "broken.docx": "damaged",
        "empty.txt": "empty",
        "english.txt": "not-thai",
        "huge.txt": "too-large",
        "photo.txt": "unsupported-format",
    }
    assert len(report_ids(db)) == 1
    db.close()


def test_a_failure_is_forgotten_when_the_file_is_mended_or_taken_away(
    folder: Path, database: Path, load: Load, report_text: Callable[..., str]
) -> None:
    for name in ("mended.txt", "taken.txt"):
        (folder / name).touch()
    assert load(folder).run.failed == 2
    (folder / "mended.txt").write_text(report_text(), encoding="utf-8")
    (folder / "taken.txt").unlink()
    assert load(folder).run.failed == 0
    db = open_database(database)
    assert read_failures(db) == ()
    db.close()


def test_loading_the_same_folder_again_changes_nothing_and_reads_nothing(
    folder: Path,
    database: Path,
    load: Load,
    dump: Callable[[Database], Dump],
    report_text: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, office in (("a.txt", ""), ("b.txt", "ใต้")):
        (folder / name).write_text(report_text(office), encoding="utf-8")
    load(folder)
    before = contents(database, dump)

    def must_not_be_read(*_: object) -> None:
        raise AssertionError("an unchanged file was read")

    monkeypatch.setattr(ingest_module, "read_limited", must_not_be_read)
    outcome = load(folder)
    assert (outcome.run.loaded, outcome.run.unchanged) == (0, 2)
    assert contents(database, dump) == before


def test_another_version_of_the_extraction_reads_everything_again(
    folder: Path,
    database: Path,
    load: Load,
    dump: Callable[[Database], Dump],
    report_text: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (folder / "a.txt").write_text(report_text(), encoding="utf-8")
    monkeypatch.setattr(ingest_module, "extractor_version", lambda: "older")
    load(folder)
    ids = sources(database)
    monkeypatch.undo()
    assert load(folder).run.loaded == 1
    assert sources(database) == ids
    assert load(folder).run.unchanged == 1


def test_the_same_bytes_under_two_names_are_one_report(
    folder: Path, database: Path, load: Load, report_text: Callable[..., str]
) -> None:
    for name in ("a.txt", "copy.txt"):
        (folder / name).write_text(report_text(), encoding="utf-8")
    load(folder)
    ids = sources(database)
    assert ids["a.txt"] == ids["copy.txt"]
    assert not (database.parent / FILE_NAME).exists()


def test_a_changed_file_keeps_its_report(
    folder: Path, database: Path, load: Load, report_text: Callable[..., str]
) -> None:
    (folder / "a.txt").write_text(report_text(), encoding="utf-8")
    load(folder)
    first = sources(database)
    (folder / "a.txt").write_text(report_text(told="ยังไม่ได้ดำเนินการ"), encoding="utf-8")
    load(folder)
    assert sources(database) == first
    assert set(read_identities(database.parent / FILE_NAME).values()) == set(first.values())


def test_one_report_in_two_formats_is_counted_once(
    folder: Path, database: Path, load: Load, report_text: Callable[..., str], as_html: Callable[[str], str]
) -> None:
    (folder / "a.txt").write_text(report_text(), encoding="utf-8")
    (folder / "b.html").write_text(as_html(report_text()), encoding="utf-8")
    load(folder)
    ids = sources(database)
    assert ids["a.txt"] == ids["b.html"]


@pytest.mark.parametrize(
    "other", [{"office": "ใต้"}, {"year": 2565}, {"told": "ยังไม่ได้ดำเนินการ เพราะงบประมาณไม่เพียงพอ จึงเลื่อนไปปีถัดไป " * 3}]
)
def test_other_offices_years_and_texts_are_other_reports(
    folder: Path, database: Path, load: Load, report_text: Callable[..., str], other: dict[str, Any]
) -> None:
    (folder / "a.txt").write_text(report_text(), encoding="utf-8")
    (folder / "b.txt").write_text(report_text(**other), encoding="utf-8")
    load(folder)
    assert len(set(sources(database).values())) == 2


def test_the_better_reading_is_kept_whatever_comes_first(
    tmp_path: Path, folder: Path, load: Load, report_text: Callable[..., str], as_html: Callable[[str], str]
) -> None:
    whole, damaged = folder / "a.html", folder / "b.txt"
    whole.write_text(as_html(report_text()), encoding="utf-8")
    damaged.write_text(report_text().replace("ที่\tตัวชี้วัด\tมาตรการ\t", "x\ty\tz\t"), encoding="utf-8")
    counts = []
    for name, order in (("one", (whole, damaged)), ("two", (damaged, whole))):
        database = tmp_path / name / "prongsai.db"
        database.parent.mkdir()
        for path in order:
            load(path, into=database)
        db = open_database(database)
        counts.append((db["reports"].count, db["measures"].count, db["actions"].count))
        db.close()
    assert counts == [(1, 2, 3)] * 2


def test_a_deleted_database_is_rebuilt_to_the_same_content_in_any_order(
    folder: Path,
    database: Path,
    load: Load,
    dump: Callable[[Database], Dump],
    report_text: Callable[..., str],
    as_html: Callable[[str], str],
) -> None:
    (folder / "a.txt").write_text(report_text(), encoding="utf-8")
    (folder / "c.txt").write_text(report_text("เหนือ"), encoding="utf-8")
    load(folder)
    (folder / "b.html").write_text(as_html(report_text()), encoding="utf-8")
    (folder / "c.txt").write_text(report_text("เหนือ", told="ยังไม่ได้ดำเนินการ"), encoding="utf-8")
    load(folder)
    before = contents(database, dump)
    database.unlink()
    for name in ("c.txt", "b.html", "a.txt"):
        load(folder / name)
    assert contents(database, dump) == before
    assert len(before["reports"]) == 2


def test_a_file_overwritten_with_another_report_does_not_take_its_copys_report_along(
    folder: Path, database: Path, load: Load, report_text: Callable[..., str]
) -> None:
    for name in ("a.txt", "copy.txt"):
        (folder / name).write_text(report_text(), encoding="utf-8")
    load(folder)
    first = sources(database)["copy.txt"]
    (folder / "a.txt").write_text(report_text("ใต้", 2566, "จัดอบรมให้ความรู้แก่พนักงานทุกคน"), encoding="utf-8")
    load(folder / "a.txt")
    ids = sources(database)
    assert ids["copy.txt"] == first
    assert ids["a.txt"] != first
    db = open_database(database)
    assert [row["fiscal_year"] for row in db.query("select fiscal_year from reports order by 1")] == [2564, 2566]
    db.close()


def loaded_in_peace(folder: Path, load: Load, report_text: Callable[..., str], tmp_path: Path) -> Path:
    """Three reports in `folder`, and a database that they were loaded into without a stop."""
    for name, office in (("a.txt", ""), ("b.txt", "ใต้"), ("c.txt", "เหนือ")):
        (folder / name).write_text(report_text(office), encoding="utf-8")
    whole = tmp_path / "other.db"
    load(folder, into=whole)
    return whole


def test_a_stop_in_the_middle_leaves_whole_reports_and_the_next_run_ends_the_work(
    folder: Path,
    database: Path,
    load: Load,
    dump: Callable[[Database], Dump],
    report_text: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    whole = loaded_in_peace(folder, load, report_text, tmp_path)
    load_one = Loader.load

    def stop_at_b(self: Loader, facts: Any, *rest: Any) -> Any:
        if facts.source.endswith("b.txt"):
            raise KeyboardInterrupt
        return load_one(self, facts, *rest)

    monkeypatch.setattr(Loader, "load", stop_at_b)
    with pytest.raises(KeyboardInterrupt):
        load(folder)
    monkeypatch.undo()
    assert list(sources(database)) == ["a.txt"]
    db = open_database(database)
    assert [run.loaded for run in read_runs(db)] == [1]
    db.close()
    load(folder)
    assert contents(database, dump) == contents(whole, dump)


def test_ctrl_c_in_the_middle_of_a_report_loads_it_whole_and_stops_then(
    folder: Path,
    database: Path,
    load: Load,
    dump: Callable[[Database], Dump],
    report_text: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    whole = loaded_in_peace(folder, load, report_text, tmp_path)

    def interrupted_in_sqlite(*texts: str | None) -> bytes:
        signal.raise_signal(signal.SIGINT)
        return search_text(*texts)

    monkeypatch.setattr("db.search_tables.search_text", interrupted_in_sqlite)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            load(folder)
    finally:
        signal.signal(signal.SIGINT, before)
    monkeypatch.undo()
    assert list(sources(database)) == ["a.txt"]
    db = open_database(database)
    assert [(run.found, run.loaded) for run in read_runs(db)] == [(3, 1)]
    db.close()
    load(folder)
    assert contents(database, dump) == contents(whole, dump)


def test_a_run_that_is_killed_stands_there_as_not_complete(
    folder: Path, database: Path, load: Load, report_text: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.txt").write_text(report_text(), encoding="utf-8")
    monkeypatch.setattr(ingest_module, "_end_run", lambda *_: None)
    load(folder)
    monkeypatch.undo()
    load(folder)
    db = open_database(database)
    assert [run.complete for run in status_of(db, database).last_runs] == [False, True]
    db.close()


def test_two_loads_at_once_both_end_and_nothing_is_lost(
    tmp_path: Path, database: Path, load: Load, report_text: Callable[..., str]
) -> None:
    folders = [tmp_path / name for name in ("เหนือ", "ใต้")]
    for folder in folders:
        folder.mkdir()
        for year in range(2560, 2568):
            (folder / f"{year}.txt").write_text(report_text(folder.name, year), encoding="utf-8")
    with ThreadPoolExecutor(2) as programs:
        outcomes = list(programs.map(load, folders))
    assert [outcome.run.loaded for outcome in outcomes] == [8, 8]
    db = open_database(database)
    assert len(report_ids(db)) == 16
    db.close()


def test_a_file_that_has_gone_keeps_its_report(
    folder: Path, database: Path, load: Load, report_text: Callable[..., str]
) -> None:
    (folder / "a.txt").write_text(report_text(), encoding="utf-8")
    load(folder)
    (folder / "a.txt").unlink()
    load(folder)
    assert list(sources(database)) == ["a.txt"]
