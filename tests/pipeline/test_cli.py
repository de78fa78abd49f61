"""The commands as a person or a script meets them."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main
from pipeline.exit_codes import ExitCode
from schemas.failure import FailureCode

ROOT = Path(__file__).parents[2]
PROGRAM = [sys.executable, "-m", "pipeline"]
ReportText = Callable[..., str]


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
    assert "empty.docx [empty]" in loaded.stderr
    status = json.loads(run("status", "--db", database, "--json").stdout)
    assert [(failure["source"], failure["code"]) for failure in status["failures"]] == [
        ("documents/empty.docx", "empty")
    ]
    assert [source["source"] for source in status["sources"]] == ["documents/good.txt"]


def test_status_tells_of_files_that_have_gone(good: Path, database: Path) -> None:
    assert run("ingest", good, "--db", database).exit_code == ExitCode.OK
    good.unlink()
    assert "gone" in run("status", "--db", database).stdout


def test_search_shows_the_hit_with_its_report_and_place(good: Path, database: Path) -> None:
    run("ingest", good, "--db", database)
    result = run("search", "๑๒ มกราคม", "--in", "actions", "--db", database)
    assert "12" not in result.stdout
    assert "๑๒ มกราคม ๒๕๖๔" in result.stdout.replace("2564", "๒๕๖๔")
    assert "line 8" in result.stdout
    assert "หนองบัวทอง" in result.stdout
    found = run("search", "12 มกราคม", "--in", "actions", "--db", database, "--json").stdout.splitlines()
    assert [json.loads(line)["table"] for line in found] == ["actions"]


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
    monkeypatch.setenv("PRONGSAI_MAX_FILE_MB", "0.0001")
    assert run("text", good).exit_code == ExitCode.TOO_LARGE
    assert run("text", good, "--max-file-mb", "1").exit_code == ExitCode.OK


def test_a_setting_that_makes_no_sense_is_a_usage_error(good: Path) -> None:
    assert run("text", good, "--max-seconds", "0").exit_code == ExitCode.USAGE


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


def test_a_gold_file_that_is_wrong_is_named(good: Path, folder: Path) -> None:
    (folder / "good.gold.json").write_text('{"title": 1}')
    result = run("evaluate", folder)
    assert result.exit_code == ExitCode.DAMAGED
    assert "good.gold.json" in result.stderr


def test_an_output_that_nobody_reads_on_ends_quietly(good: Path) -> None:
    command = f"{sys.executable} -m pipeline schema | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode in (ExitCode.OK, ExitCode.BROKEN_PIPE)
    assert done.stderr == ""


def test_ctrl_c_ends_the_load_without_a_traceback_and_leaves_a_sound_database(
    folder: Path, database: Path, report_text: ReportText
) -> None:
    for number in range(200):
        (folder / f"{number:03d}.txt").write_text(report_text(year=2400 + number), encoding="utf-8")
    process = subprocess.Popen(
        [*PROGRAM, "ingest", str(folder), "--db", str(database)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and not _reports(database):
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == ExitCode.INTERRUPTED
    assert "Traceback" not in errors
    assert 0 < _reports(database) < 200
    assert run("status", "--db", database).exit_code == ExitCode.OK


def _reports(database: Path) -> int:
    result = run("status", "--db", database, "--json")
    if result.exit_code != ExitCode.OK:
        return 0
    counts = {count["table"]: count["rows"] for count in json.loads(result.stdout)["counts"]}
    return int(counts["reports"])
