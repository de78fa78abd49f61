"""Whatever a file does to the process that reads it, the command goes on and tells why."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from importlib import import_module
from multiprocessing import active_children, get_context
from pathlib import Path

import pytest

from pipeline.limits import run_limited
from pipeline.settings import Settings
from schemas.failure import Failure
from schemas.source import Source

FAULTS = """
import ctypes, os, sys, time
from schemas.failure import UnreadableFile
from schemas.source import Source

def good(path):
    return Source(path_or_url=path.name, sha256="0" * 64, format="text")

def leave(path):
    os._exit(7)

def segfault(path):
    ctypes.string_at(0)

def sleep(path):
    time.sleep(60)

def hog(path):
    return good(path) if len(bytearray(8 * 1024**3)) else None

def recurse(path):
    return recurse(path)

def blunder(path):
    raise KeyError("no such column")

def refuse(path):
    raise UnreadableFile("damaged", "เสียหาย", "It is damaged.")

def chatter(path):
    print("noise from a library")
    return good(path)
"""
Fault = Callable[[Path], Source]
QUICK = Settings(max_seconds=20, max_memory_mb=1024)


@pytest.fixture
def fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Fault]:
    """A function of a module that the reading process can import."""
    (tmp_path / "injected_faults.py").write_text(FAULTS)
    monkeypatch.syspath_prepend(tmp_path)
    module = import_module("injected_faults")
    return lambda name: getattr(module, name)


def code_of(result: object) -> str:
    assert isinstance(result, Failure)
    assert result.source == "a.txt"
    assert result.message_th
    assert result.message_en
    return result.code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("leave", "crashed"),
        ("segfault", "crashed"),
        ("hog", "too-much-memory"),
        ("recurse", "crashed"),
        ("blunder", "crashed"),
        ("refuse", "damaged"),
    ],
)
def test_a_fault_of_the_reading_process_is_a_failure_of_that_file(
    fault: Callable[[str], Fault], name: str, code: str
) -> None:
    assert code_of(run_limited(fault(name), Path("a.txt"), "a.txt", QUICK)) == code


def test_a_file_that_takes_too_long_is_given_up(fault: Callable[[str], Fault]) -> None:
    settings = QUICK.model_copy(update={"max_seconds": 3})
    assert code_of(run_limited(fault("sleep"), Path("a.txt"), "a.txt", settings)) == "too-slow"
    assert not active_children()


def test_a_program_error_is_told_with_its_place(fault: Callable[[str], Fault]) -> None:
    result = run_limited(fault("blunder"), Path("a.txt"), "a.txt", QUICK)
    assert isinstance(result, Failure)
    assert "KeyError: 'no such column' at injected_faults.py" in result.message_en


def test_the_good_file_among_bad_ones_is_read(fault: Callable[[str], Fault]) -> None:
    jobs = [fault("segfault"), fault("good"), fault("leave")]
    with ThreadPoolExecutor(3) as executor:
        results = list(executor.map(lambda job: run_limited(job, Path("a.txt"), "a.txt", QUICK), jobs))
    assert [isinstance(result, Source) for result in results] == [False, True, False]


def test_processes_may_spread_the_work_as_threads_do(fault: Callable[[str], Fault]) -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as executor:
        result = executor.submit(run_limited, fault("good"), Path("a.txt"), "a.txt", QUICK).result()
    assert isinstance(result, Source)


def test_what_a_library_prints_does_not_get_into_the_data(
    fault: Callable[[str], Fault], capfd: pytest.CaptureFixture[str]
) -> None:
    run_limited(fault("chatter"), Path("a.txt"), "a.txt", QUICK)
    assert "noise" not in capfd.readouterr().out
