"""The program's beginning and end: Ctrl-C at any moment, and outputs that cannot be written."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main
from pipeline.exit_codes import ExitCode

ROOT = Path(__file__).parents[2]
PROGRAM = [sys.executable, "-m", "pipeline"]
ReportText = Callable[..., str]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory, report_text: ReportText) -> Path:
    """A folder with `good.txt`, its gold record, and `loaded.db`, which holds it; not to be changed."""
    folder = tmp_path_factory.mktemp("loaded")
    (folder / "good.txt").write_text(report_text(), encoding="utf-8")
    gold = run("extract", folder / "good.txt", "--json").stdout
    (folder / "good.gold.json").write_text(gold, encoding="utf-8")
    run("ingest", folder, "--db", folder / "loaded.db")
    return folder


PRINTING = (
    "--help",
    "--version",
    "search --help",
    "schema",
    "extract {folder}/good.txt",
    "extract {folder}/good.txt --json",
    "text {folder}/good.txt",
    "evaluate {folder}",
    "evaluate {folder} --json",
    "status --db {folder}/loaded.db",
    "status --db {folder}/loaded.db --json",
    "search มาตรการ --db {folder}/loaded.db",
    "search มาตรการ --db {folder}/loaded.db --json",
)


def _unread() -> IO[str]:
    """A pipe whose reader has gone."""
    reading, writing = os.pipe()
    os.close(reading)
    return os.fdopen(writing, "w", encoding="utf-8")


def _full() -> IO[str]:
    """A file on a disk without room."""
    return Path("/dev/full").open("w", encoding="utf-8")


OUTPUTS = [
    pytest.param(_unread, ExitCode.BROKEN_PIPE, 0, id="nobody reads on"),
    pytest.param(
        _full,
        ExitCode.OUTPUT_UNWRITABLE,
        2,
        id="disk full",
        marks=pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full to write to"),
    ),
]


@pytest.mark.parametrize(("make_output", "code", "lines"), OUTPUTS)
@pytest.mark.parametrize("command", PRINTING)
def test_every_command_ends_with_the_exit_code_for_an_output_that_cannot_be_written(
    loaded: Path,
    make_output: Callable[[], IO[str]],
    code: ExitCode,
    lines: int,
    command: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    capsys.readouterr()
    with make_output() as output:
        monkeypatch.setattr(sys, "stdout", output)
        with pytest.raises(SystemExit) as end:
            main(command.format(folder=loaded).split())
    monkeypatch.undo()
    assert end.value.code == code
    assert [line.startswith("prongsai: ") for line in capsys.readouterr().err.splitlines()] == [True] * lines


@pytest.mark.parametrize(("make_output", "code", "lines"), OUTPUTS)
def test_the_program_says_no_more_at_its_end_about_such_an_output(
    make_output: Callable[[], IO[str]], code: ExitCode, lines: int
) -> None:
    with make_output() as output:
        done = subprocess.run(
            [*PROGRAM, "schema"], cwd=ROOT, stdout=output, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == code
    assert len(done.stderr.splitlines()) == lines


def test_the_program_ends_well_where_its_output_is_closed(loaded: Path) -> None:
    command = f"{sys.executable} -m pipeline status --db {loaded}/loaded.db >&-"
    done = subprocess.run(["sh", "-c", command], cwd=ROOT, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (ExitCode.OK, "")


def test_ctrl_c_ends_the_load_without_a_traceback_and_leaves_a_sound_database(
    folder: Path, database: Path, report_text: ReportText
) -> None:
    for number in range(200):
        (folder / f"{number:03d}.txt").write_text(report_text(year=2400 + number), encoding="utf-8")
    process = _start("ingest", str(folder), "--db", str(database))
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and not _reports(database):
        time.sleep(0.1)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == ExitCode.INTERRUPTED
    assert "Traceback" not in errors
    assert 0 < _reports(database) < 200
    status = run("status", "--db", database)
    assert status.exit_code == ExitCode.OK
    assert "ถูกหยุดกลางคัน" in status.stdout


@pytest.mark.parametrize(
    ("module", "times"),
    [("pipeline.exit_codes", 1), ("extractors.readers.pdf.reader", 1), ("pipeline.settings", 2)],
    ids=[
        "while the program is imported",
        "while the command is imported",
        "while the server of reading processes is imported",
    ],
)
def test_ctrl_c_at_the_beginning_ends_the_load_without_a_traceback(
    folder: Path, database: Path, report_text: ReportText, module: str, times: int
) -> None:
    (folder / "a.txt").write_text(report_text(), encoding="utf-8")
    process = _start("ingest", str(folder), "--db", str(database), python=("-X", "importtime"))
    assert process.stderr is not None
    lines = (line for line in process.stderr if line.rstrip().endswith(module))
    for _ in range(times):
        next(lines)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == ExitCode.INTERRUPTED
    assert "Traceback" not in errors
    assert "หยุดแล้ว" in errors


def _start(*arguments: str, python: tuple[str, ...] = ()) -> subprocess.Popen[str]:
    """The program as a terminal starts it: in a process group of its own, with Ctrl-C not ignored."""
    return subprocess.Popen(
        [sys.executable, *python, *PROGRAM[1:], *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # A test run that was started in the background ignores it, and so would the program.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def _reports(database: Path) -> int:
    result = run("status", "--db", database, "--json")
    if result.exit_code != ExitCode.OK:
        return 0
    counts = {count["table"]: count["rows"] for count in json.loads(result.stdout)["counts"]}
    return int(counts["reports"])


def test_a_named_file_that_may_not_be_read_stops_no_other(
    folder: Path, database: Path, report_text: ReportText, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "good.txt").write_text(report_text(), encoding="utf-8")
    (folder / "shut.txt").write_text(report_text(), encoding="utf-8")
    monkeypatch.setattr("os.access", lambda path, *_: not str(path).endswith("shut.txt"))
    told = run("ingest", folder / "good.txt", folder / "shut.txt", "--db", database)
    assert "Usage" not in told.stderr
    assert database.exists()
