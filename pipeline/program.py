"""The program `prongsai`: how it begins and ends, at whatever moment Ctrl-C is pressed.

Little is imported here, because the modules of the program take a moment, and Ctrl-C may come in that moment, too.
"""

import io
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn, TextIO

_INTERRUPTED = 130
_STOPPED = "หยุดแล้ว · Stopped.\n"


def program() -> None:
    """Runs the command that the command line names, and ends the process with its exit code."""
    # A program that was started with them closed (`>&-`) has none.
    sys.stdout, sys.stderr = sys.stdout or _nowhere(), sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without Thai letters is no reason to fail
    # Processes that read documents must not import modules from the folder that the documents are in.
    os.environ.setdefault("PYTHONSAFEPATH", "1")
    _on_ctrl_c(_leave)  # nothing is to be put away while modules are imported
    from pipeline.cli import main

    try:
        _on_ctrl_c(signal.default_int_handler)
        main(prog_name="prongsai")
    except KeyboardInterrupt:
        _leave()
    finally:
        _on_ctrl_c(signal.SIG_IGN)  # the interpreter, at its end, would print a traceback


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def _on_ctrl_c(handler: Callable[[int, FrameType | None], Any] | signal.Handlers) -> None:
    """Has Ctrl-C handled so; a program that was started with Ctrl-C ignored (`prongsai … &`) goes on ignoring it."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, handler)


def _leave(*_: object) -> NoReturn:
    os.write(2, _STOPPED.encode())
    os._exit(_INTERRUPTED)
