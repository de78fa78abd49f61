"""What a person judges of a finding is kept beside the database, applied at every load, and never lost."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlite_utils import Database

from db.schema import open_database
from pipeline.cli import main

Ingest = Callable[..., object]
UNDONE = "สำรวจความเห็นของประชาชน (ยังไม่ได้ดำเนินการ)"


@pytest.fixture
def finding(folder: Path, database: Path, load: Ingest, report_text: Callable[..., str]) -> str:
    """The id of the finding in a report that was loaded."""
    (folder / "a.txt").write_text(report_text(told=UNDONE), encoding="utf-8")
    load(folder)
    ((found, check),) = rows(database, 'select id, "check" from findings')
    assert check == "action-not-done"
    return str(found)


def rows(database: Path, sql: str) -> list[tuple[object, ...]]:
    db: Database = open_database(database)
    try:
        return list(db.execute(sql).fetchall())
    finally:
        db.close()


def judge(database: Path, *arguments: str) -> int:
    return CliRunner().invoke(main, ["judge", *arguments, "--db", str(database)]).exit_code


def test_a_judgement_stands_beside_its_finding_and_in_the_corrections_file(database: Path, finding: str) -> None:
    assert judge(database, finding, "confirmed", "--who", "ผู้ตรวจ") == 0
    assert rows(database, "select judgement from findings") == [("confirmed",)]
    line = json.loads((database.parent / "corrections.jsonl").read_text("utf-8").splitlines()[-1])
    assert (line["kind"], line["finding_id"], line["who"]) == ("finding-judgement", finding, "ผู้ตรวจ")


def test_a_judgement_holds_after_a_rebuild_and_of_two_the_later(
    database: Path, folder: Path, finding: str, load: Ingest
) -> None:
    assert judge(database, finding, "confirmed") == 0
    assert judge(database, finding, "dismissed", "--reason", "ทำแล้วในภายหลัง") == 0
    database.unlink()
    load(folder)
    assert rows(database, "select id, judgement from findings") == [(finding, "dismissed")]
    assert [state for (state,) in rows(database, "select state from corrections")] == ["superseded", "dismissed"]


def test_a_judgement_is_withdrawn_and_not_lost(database: Path, finding: str) -> None:
    assert judge(database, finding, "withdrawn") == 8
    assert judge(database, finding, "confirmed") == 0
    assert judge(database, finding, "withdrawn", "--reason", "ดูผิด") == 0
    assert rows(database, "select judgement from findings") == [(None,)]
    assert [state for (state,) in rows(database, "select state from corrections")] == ["withdrawn", "applied"]


def test_a_judgement_whose_finding_is_gone_is_told_and_not_lost(
    database: Path, folder: Path, finding: str, load: Ingest, report_text: Callable[..., str]
) -> None:
    assert judge(database, finding, "confirmed") == 0
    (folder / "a.txt").write_text(report_text(), encoding="utf-8")
    load(folder)
    assert rows(database, "select record_id, state from corrections") == [(finding, "stale")]
    result = CliRunner().invoke(main, ["check", "--db", str(database)])
    assert "1 judgements are of findings that are there no more" in result.output
    (folder / "a.txt").write_text(report_text(told=UNDONE), encoding="utf-8")
    load(folder)
    assert rows(database, "select judgement from findings") == [("confirmed",)]


def test_a_finding_is_dismissed_only_with_a_reason_and_only_one_that_is_there(database: Path, finding: str) -> None:
    assert judge(database, finding, "dismissed") == 2
    assert judge(database, "nowhere", "confirmed") == 8
    assert rows(database, "select judgement from findings") == [(None,)]


def test_check_fails_on_the_severity_asked_for_unless_it_is_dismissed(database: Path, finding: str) -> None:
    def check(severity: str) -> int:
        return CliRunner().invoke(main, ["check", "--fail-on", severity, "--db", str(database)]).exit_code

    assert (check("error"), check("info")) == (0, 7)
    assert judge(database, finding, "dismissed", "--reason", "ทำแล้ว") == 0
    assert check("info") == 0


def test_check_tells_a_finding_in_words_with_its_id_and_what_was_judged(database: Path, finding: str) -> None:
    assert judge(database, finding, "confirmed") == 0
    lines = CliRunner().invoke(main, ["check", "--db", str(database)]).stdout.splitlines()
    place = "ตัวชี้วัดที่ 2 มาตรการที่ 1 การดำเนินการที่ 2 · indicator 2, measure 1, action 2"
    assert lines[0].endswith(f" | {place} | {finding} (ยืนยันแล้ว · confirmed)")
    assert lines[1] == "  ข้อสังเกต · information: ยังไม่ได้ดำเนินการ · not yet done [action-not-done]"
    assert lines[2].startswith("  รายงานว่า")
    assert lines[3].startswith("  Told as")


def test_check_prints_a_finding_a_line_as_json(database: Path, finding: str) -> None:
    result = CliRunner().invoke(main, ["check", "--json", "--db", str(database)])
    (line,) = [json.loads(text) for text in result.stdout.splitlines() if text.startswith("{")]
    assert (line["id"], line["check"], line["severity"]) == (finding, "action-not-done", "info")
