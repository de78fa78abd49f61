"""Serving: the address, a port that is taken, an address that cannot be had."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from pipeline.errors import CommandError
from pipeline.site.server import address_of, listen

ROOT = Path(__file__).parents[3]


def test_a_taken_port_gives_the_next_free_one() -> None:
    with listen("127.0.0.1", 0) as first:
        taken = first.getsockname()[1]
        with listen("127.0.0.1", taken) as second:
            assert second.getsockname()[1] > taken
            assert address_of(second) == f"http://127.0.0.1:{second.getsockname()[1]}/"


def test_an_address_that_is_not_this_computers_is_told_in_a_sentence() -> None:
    with pytest.raises(CommandError, match="--host"):
        listen("203.0.113.7", 0)


def test_the_command_tells_the_address_and_stops_on_ctrl_c(database: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        command = [sys.executable, "-m", "pipeline", "serve", "--db", str(database), "--port"]
        process = subprocess.Popen(
            [*command, str(taken.getsockname()[1])],
            stderr=subprocess.PIPE,
            cwd=ROOT,
            text=True,
            env=os.environ | {"PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"},
        )
        assert process.stderr
        said = process.stderr.readline() + process.stderr.readline()
        assert "taken" in said
        address = next(word for word in said.split() if word.startswith("http://"))
        assert f"{address}-/auth-token?token=" in process.stderr.readline()
        assert httpx.get(address, timeout=20).status_code == 200
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
        assert "Traceback" not in process.stderr.read()
