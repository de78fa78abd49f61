"""The commands as a person or a script meets them."""

import json
import os
import shlex
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main
from pipeline.exit_codes import ExitCode
from schemas.failure import FailureCode

ReportText = Callable[..., str]
ROOT = Path(__file__).parents[2]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def good(folder: Path, report_text: ReportText) -> Path:
    path = folder / "good.txt"
    path.write_text(report_text(), encoding="utf-8")
    return path


def test_extract_prints_one_json_object_and_nothing_else(good: Path) -> None:
    result = run("extract", good, "--json")
    report = json.loads(result.stdout_bytes.decode("utf-8"))
    assert result.exit_code == ExitCode.OK
    assert report["fiscal_year"] == 2564
    assert len(report["measures"]) == 2
    assert report["findings"] == []
    assert report["measures"][0]["evidence"][0]["line"] == 8


def test_extract_without_json_is_for_reading(good: Path) -> None:
    result = run("extract", good)
    assert "เผยแพร่แผนการใช้จ่ายงบประมาณ" in result.stdout
    assert "ITA 2563: 81.25 (B)" in result.stdout
    assert "(รายงานว่าทำแล้ว · told as done)" in result.stdout
    assert "ตัวชี้วัดที่ 2 มาตรการที่ 1 · indicator 2, measure 1: เผยแพร่แผน" in result.stdout


def test_text_prints_the_text_as_read(good: Path, report_text: ReportText) -> None:
    assert run("text", good).stdout.rstrip("\n").splitlines()[-1] == report_text().splitlines()[-1]


def test_schema_describes_what_extract_prints() -> None:
    schema = json.loads(run("schema").stdout)
    assert {"title", "office", "fiscal_year", "assessment", "measures", "findings", "notes"} <= set(
        schema["properties"]
    )
    assert schema["$schema"].endswith("2020-12/schema")
    assert schema["$defs"]["Evidence"]["oneOf"] == [{"required": ["page"]}, {"required": ["line"]}]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, ExitCode.MISSING),
        (b"", ExitCode.EMPTY),
        (b"PK\x03\x04 this is no archive", ExitCode.DAMAGED),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(range(256)), ExitCode.UNSUPPORTED_FORMAT),
        (b"The council met on Monday and resolved nothing. " * 9, ExitCode.NOT_THAI),
        (b"x" * 40_000, ExitCode.TOO_LARGE),
    ],
)
@pytest.mark.parametrize("command", ["extract", "text"])
def test_a_single_file_that_cannot_be_read_ends_with_its_exit_code_and_a_sentence(
    tmp_path: Path, content: bytes | None, code: ExitCode, command: FailureCode
) -> None:
    path = tmp_path / "a.txt"
    if content is not None:
        path.write_bytes(content)
    result = run(command, path, "--max-file-mb", "0.03")
    assert result.exit_code == code
    assert result.stdout == ""
    assert [line.startswith(f"{path}: ") for line in result.stderr.splitlines()] == [True, True]


def test_ingest_tells_of_failures_with_its_exit_code_and_status_gives_the_reasons(
    good: Path, folder: Path, database: Path
) -> None:
    (folder / "empty.docx").touch()
    loaded = run("ingest", folder, "--db", database)
    assert loaded.exit_code == ExitCode.SOME_FAILED
    assert loaded.stdout == ""
    lines = loaded.stderr.splitlines()
    place = lines.index("documents/empty.docx")
    assert "ไฟล์ว่าง (0 ไบต์)" in lines[place + 1]
    assert lines[place + 3].startswith("อ่านไม่ได้ 1 ไฟล์")
    assert "ไฟล์ · Files" in lines[place + 5]
    assert "good.txt" not in loaded.stderr
    status = json.loads(run("status", "--db", database, "--json").stdout)
    assert [(failure["source"], failure["code"]) for failure in status["failures"]] == [
        ("documents/empty.docx", "empty")
    ]
    assert [source["source"] for source in status["sources"]] == ["documents/good.txt"]


def test_failures_are_last_in_status_with_their_names_on_one_line(good: Path, folder: Path, database: Path) -> None:
    (folder / "a\nb.docx").touch()
    run("ingest", folder, "--db", database)
    last = run("status", "--db", database).stdout.splitlines()[-4:]
    assert last[0] == r"documents/a\nb.docx"
    assert last[-1].startswith("อ่านไม่ได้ 1 ไฟล์")


def test_files_that_were_read_and_have_no_measures_are_told(good: Path, folder: Path, database: Path) -> None:
    (folder / "letter.txt").write_text("ขอเชิญประชุมประจำเดือน ณ ห้องประชุมใหญ่ ชั้นสอง\n", encoding="utf-8")
    for result in (run("ingest", folder, "--db", database), run("ingest", folder, "--db", database)):
        assert result.exit_code == ExitCode.OK
        assert "อ่านแล้ว แต่ไม่พบมาตรการหรือการดำเนินการ: 1 ไฟล์" in result.stderr
        assert "documents/letter.txt" in result.stderr
    assert "ไม่พบมาตรการหรือการดำเนินการ: 1 ไฟล์" in run("status", "--db", database).stdout
    status = json.loads(run("status", "--db", database, "--json").stdout)
    assert {each["source"]: each["has_measures"] for each in status["sources"]} == {
        "documents/good.txt": True,
        "documents/letter.txt": False,
    }


def test_of_many_files_without_measures_some_are_named_with_the_command_that_names_all(
    good: Path, folder: Path, database: Path
) -> None:
    for number in range(7):
        text = f"ขอเชิญประชุมประจำเดือน ครั้งที่ {number} ณ ห้องประชุมใหญ่ ชั้นสอง\n"
        (folder / f"letter{number}.txt").write_text(text, encoding="utf-8")
    told = run("ingest", folder, "--db", database).stderr
    assert "ไม่พบมาตรการหรือการดำเนินการ: 7 ไฟล์" in told
    assert told.count("documents/letter") == 5
    (command,) = [line.partition("prongsai ")[2] for line in told.splitlines() if "prongsai status --list" in line]
    assert "อีก 2 ไฟล์" in told
    named = run(*shlex.split(command)).stdout.split()
    assert named == [f"documents/letter{number}.txt" for number in range(7)]


def test_of_many_failures_the_first_are_told_and_their_number_and_all_on_demand(folder: Path, database: Path) -> None:
    for number in range(23):
        (folder / f"{number:02}.docx").touch()
    told = run("ingest", folder, "--db", database).stderr
    assert told.count("documents/") == 20
    assert "อีก 3 ไฟล์" in told
    assert "อ่านไม่ได้ 23 ไฟล์ · 23 could not be read." in told
    assert run("status", "--list", "failed", "--db", database).stdout.count("documents/") == 23


def test_status_names_the_files_of_each_kind_on_demand(good: Path, folder: Path, database: Path) -> None:
    gone = folder / "gone.txt"
    gone.write_text("ขอเชิญประชุมประจำเดือน ณ ห้องประชุมใหญ่ ชั้นสอง\n", encoding="utf-8")
    run("ingest", folder, "--db", database)
    gone.unlink()
    assert "good.txt" not in run("status", "--db", database).stdout
    listed = {
        kind: [line.split()[0] for line in run("status", "--list", kind, "--db", database).stdout.splitlines()]
        for kind in ("files", "without-measures", "unread-pages", "gone", "failed")
    }
    assert listed == {
        "files": ["documents/gone.txt", "documents/good.txt"],
        "without-measures": ["documents/gone.txt"],
        "unread-pages": [],
        "gone": ["documents/gone.txt"],
        "failed": [],
    }
    assert run("status", "--list", "gone", "--json", "--db", database).exit_code == ExitCode.USAGE


def test_tables_are_called_in_both_languages(good: Path, database: Path) -> None:
    loaded = run("ingest", good, "--db", database).stderr
    assert "การดำเนินการ · Actions" in loaded
    assert "การดำเนินการ · Actions" in run("status", "--db", database).stdout


def test_the_help_needs_none_of_the_libraries_that_read_documents() -> None:
    script = "import sys; from click.testing import CliRunner; from pipeline.cli import main\n"
    script += "CliRunner().invoke(main, ['--help']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert {"playa", "docx", "datasketch", "datasette", "sqlite_utils"} & set(done.stdout.split()) == set()


def test_the_help_lists_every_command_in_both_languages() -> None:
    told = run("--help").stdout
    assert "  ingest    อ่านรายงานเข้าฐานข้อมูล · Load reports into the database.\n" in told
    assert run("nothing").exit_code == ExitCode.USAGE


def test_a_pipe_in_a_folder_is_named_as_skipped(good: Path, folder: Path, database: Path) -> None:
    os.mkfifo(folder / "pipe")
    result = run("ingest", folder, "--db", database)
    assert result.exit_code == ExitCode.OK
    assert f"skipped, a pipe or a device: {folder / 'pipe'}" in result.stderr


def test_ignored_files_are_named_on_demand(good: Path, folder: Path, database: Path) -> None:
    (folder / "README.txt").touch()
    assert "--verbose" in run("ingest", folder, "--db", database).stderr
    assert f"ignored: {folder / 'README.txt'}" in run("ingest", folder, "--verbose", "--db", database).stderr


def test_a_folder_without_files_is_told(folder: Path, database: Path) -> None:
    result = run("ingest", folder, "--db", database)
    assert result.exit_code == ExitCode.OK
    assert "ไม่พบไฟล์ที่จะอ่าน" in result.stderr


def test_a_folder_where_a_file_is_wanted_is_told_with_the_command_for_it(folder: Path) -> None:
    result = run("extract", folder)
    assert result.exit_code == ExitCode.UNSUPPORTED_FORMAT
    assert "prongsai ingest" in result.stderr


def test_status_tells_of_files_that_have_gone(good: Path, database: Path) -> None:
    assert run("ingest", good, "--db", database).exit_code == ExitCode.OK
    good.unlink()
    assert "gone" in run("status", "--db", database).stdout


def test_search_shows_the_hit_with_its_report_and_place(good: Path, database: Path) -> None:
    run("ingest", good, "--db", database)
    result = run("search", "๑๒ มกราคม", "--in", "actions", "--db", database)
    assert "12" not in result.stdout
    assert "๑๒ มกราคม ๒๕๖๔" in result.stdout.replace("2564", "๒๕๖๔")
    assert "บรรทัด 8 · line 8" in result.stdout
    assert "การดำเนินการ · Actions" in result.stdout
    assert "หนองบัวทอง" in result.stdout
    found = run("search", "12 มกราคม", "--in", "actions", "--db", database, "--json").stdout.splitlines()
    assert [json.loads(line)["table"] for line in found] == ["actions"]


def test_search_tells_on_standard_error_that_nothing_was_found(good: Path, database: Path) -> None:
    run("ingest", good, "--db", database)
    for more in ((), ("--json",)):
        result = run("search", "ไดโนเสาร์", "--db", database, *more)
        assert (result.exit_code, result.stdout) == (ExitCode.OK, "")
        assert "ไม่พบ “ไดโนเสาร์”" in result.stderr


def test_search_tells_when_more_was_found_than_is_shown(good: Path, database: Path) -> None:
    run("ingest", good, "--db", database)
    assert (
        "การดำเนินการ · Actions (actions): แสดง 1 จาก 3"
        in run("search", "ร", "--in", "actions", "--limit", "1", "--db", database).stderr
    )
    assert run("search", "ร", "--in", "actions", "--limit", "3", "--db", database).stderr == ""


@pytest.mark.parametrize("query", ["", "  ", '""'])
def test_an_empty_query_is_a_usage_error_that_says_what_to_do(good: Path, database: Path, query: str) -> None:
    run("ingest", good, "--db", database)
    result = run("search", query, "--db", database)
    assert result.exit_code == ExitCode.USAGE
    assert "โปรดพิมพ์คำที่จะค้น" in result.stderr


def test_a_query_that_looks_like_an_option_is_searched_for_after_two_dashes(good: Path, database: Path) -> None:
    run("ingest", good, "--db", database)
    refused = run("search", "-ก", "--db", database)
    assert refused.exit_code == ExitCode.USAGE
    assert "prongsai search -- -ก" in refused.stderr
    assert run("search", "--db", database, "--", "-ก").exit_code == ExitCode.OK


def test_a_hit_in_a_measure_holds_its_text_and_its_indicator_apart(good: Path, database: Path) -> None:
    run("ingest", good, "--db", database)
    found = run("search", "เจตจำนง", "--in", "measures", "--db", database).stdout
    assert "ประกาศเจตจำนงสุจริต · การป้องกันการทุจริต" in found


@pytest.mark.parametrize(("kind", "name"), [("json", "reports.json"), ("csv", "measures.csv")])
def test_export_writes_files_and_prints_nothing(good: Path, database: Path, kind: str, name: str) -> None:
    run("ingest", good, "--db", database)
    output = database.parent / "out"
    result = run("export", "--format", kind, "--output", output, "--db", database)
    assert (result.exit_code, result.stdout) == (ExitCode.OK, "")
    assert "เผยแพร่แผนการใช้จ่ายงบประมาณ" in (output / name).read_text("utf-8-sig")


@pytest.mark.parametrize("command", [("status",), ("search", "ก"), ("export", "--format", "csv", "--output", "out")])
def test_commands_on_a_database_that_is_not_there_say_how_to_make_one(database: Path, command: tuple[str, ...]) -> None:
    result = run(*command, "--db", database)
    assert result.exit_code == ExitCode.DATABASE_UNUSABLE
    assert "prongsai ingest" in result.stderr
    assert not database.exists()


def test_a_file_that_is_no_database_is_left_alone(good: Path, database: Path) -> None:
    database.write_text("my notes")
    assert run("ingest", good, "--db", database).exit_code == ExitCode.DATABASE_UNUSABLE
    assert database.read_text() == "my notes"


def test_settings_come_from_the_environment_and_the_option_wins(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRONGSAI_MAX_FILE_MB", "0.001")
    good.write_text(good.read_text() * 2)
    assert run("text", good).exit_code == ExitCode.TOO_LARGE
    assert run("text", good, "--max-file-mb", "1").exit_code == ExitCode.OK


@pytest.mark.parametrize(
    ("option", "value"),
    [("--max-seconds", "0.5"), ("--max-seconds", "nan"), ("--max-memory-mb", "1"), ("--max-file-mb", "inf")],
)
def test_a_setting_that_makes_no_sense_is_a_usage_error(good: Path, option: str, value: str) -> None:
    result = run("text", good, option, value)
    assert result.exit_code == ExitCode.USAGE
    assert option in result.stderr


def test_workers_are_an_option_only_where_several_files_are_read(good: Path, folder: Path, database: Path) -> None:
    assert run("text", good, "--workers", "1").exit_code == ExitCode.USAGE
    assert run("ingest", folder, "--db", database, "--workers", "1").exit_code == ExitCode.OK


def test_the_database_may_be_named_by_the_environment(
    good: Path, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRONGSAI_DB", str(database))
    assert run("ingest", good).exit_code == ExitCode.OK
    assert database.exists()


def test_evaluate_scores_documents_that_have_gold_beside_them(good: Path, folder: Path) -> None:
    gold = json.loads(run("extract", good, "--json").stdout)
    (folder / "good.gold.json").write_text(json.dumps(gold), encoding="utf-8")
    (folder / "without-gold.txt").write_text("ก")
    perfect = run("evaluate", folder, "--json", "--at-least", "1")
    figures = json.loads(perfect.stdout)
    assert perfect.exit_code == ExitCode.OK
    assert [(each["document"], each["records_f1"], each["field_accuracy"]) for each in figures["documents"]] == [
        ("good.txt", 1.0, 1.0)
    ]
    gold["measures"] = gold["measures"][:1]
    (folder / "good.gold.json").write_text(json.dumps(gold), encoding="utf-8")
    worse = run("evaluate", folder, "--verbose", "--at-least", "0.99")
    assert worse.exit_code == ExitCode.BELOW_TARGET
    assert "good.txt: action not in gold" in worse.stdout


def test_evaluate_counts_a_document_that_cannot_be_read_as_one_with_nothing_in_it(good: Path, folder: Path) -> None:
    gold = run("extract", good, "--json").stdout
    (folder / "good.gold.json").write_text(gold, encoding="utf-8")
    good.write_bytes(b"")
    result = run("evaluate", folder, "--json")
    assert result.exit_code == ExitCode.SOME_FAILED
    assert json.loads(result.stdout)["total"]["records_f1"] == 0.0


def test_evaluate_tells_what_is_missing(folder: Path, good: Path) -> None:
    for named, sentence in ((folder / "nowhere", "no such folder"), (good, "no such folder"), (folder, "gold record")):
        result = run("evaluate", named)
        assert result.exit_code == ExitCode.MISSING
        assert sentence in result.stderr


def test_evaluate_names_gold_records_without_a_document(good: Path, folder: Path) -> None:
    (folder / "good.gold.json").write_text(run("extract", good, "--json").stdout, encoding="utf-8")
    (folder / "lonely.gold.json").write_text("{}")
    result = run("evaluate", folder)
    assert result.exit_code == ExitCode.OK
    assert "lonely.gold.json: ไม่มีเอกสาร" in result.stderr


def test_evaluate_on_a_folder_that_may_not_be_listed_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    result = run("evaluate", folder)
    assert result.exit_code == ExitCode.NOT_PERMITTED
    assert "permission" in result.stderr


def test_a_gold_file_that_is_wrong_is_named(good: Path, folder: Path) -> None:
    (folder / "good.gold.json").write_text('{"title": 1}')
    result = run("evaluate", folder)
    assert result.exit_code == ExitCode.DAMAGED
    assert "good.gold.json" in result.stderr


def test_a_database_that_another_program_writes_to_is_told_as_such(
    good: Path, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("ingest", good, "--db", database)
    monkeypatch.setattr("db.schema._PATIENCE", 0.01)
    other = sqlite3.connect(database)
    other.execute("begin immediate")
    result = run("ingest", good, "--db", database)
    other.close()
    assert result.exit_code == ExitCode.DATABASE_UNUSABLE
    assert "อีกโปรแกรมกำลังนำเข้าอยู่" in result.stderr
