"""Each document is worked on in a process of its own, with limits on time and memory.

Whatever a hostile or broken file does to that process, the others go on: a crash, an overrun or a lost answer comes
back as a `Failure`. The process is forked from a server that has the readers loaded, so that a start takes
milliseconds; it may be asked for from any thread or process, so that any executor can spread the work.
"""

import contextlib
import logging
import math
import multiprocessing
import os
import signal
import traceback
from collections.abc import Callable
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TypeVar

from pipeline import failures
from pipeline.interrupts import unseen_by_children
from pipeline.settings import Settings
from schemas.base import Record
from schemas.failure import Failure, UnreadableFile

Value = TypeVar("Value", bound=Record)


def _context() -> ForkServerContext | SpawnContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():  # Windows
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pipeline.preload"])
    return context


_PROCESSES = _context()

# Time for the answer to be sent, on top of the processor time that reading may take.
_SPARE_SECONDS = 5


def run_limited(job: Callable[[Path], Value], path: Path, source: str, settings: Settings) -> Value | Failure:
    """What `job(path)` returns, or the failure of the file called `source`; never raises for a fault of the file.

    `job` is a function of a module, so that another process can find it; it may raise `UnreadableFile`.
    """
    receiver, sender = _PROCESSES.Pipe(duplex=False)
    process = _PROCESSES.Process(target=_work, args=(job, path, source, settings, sender), daemon=True)
    _start(process)
    sender.close()
    try:
        if not receiver.poll(settings.max_seconds):
            return failures.too_slow(settings).failure(source)
        answer: Value | Failure = receiver.recv()
    except (EOFError, OSError):  # the process ended before or in the middle of its answer
        process.join()
        return failures.ended(process.exitcode, settings).failure(source)
    finally:
        receiver.close()
        process.kill()
        process.join()
    return answer


def _start(process: BaseProcess) -> None:
    """Starts the process, and with the first one the server that it is forked from, out of reach of Ctrl-C."""
    if os.name == "posix":
        # The first process would start it, and it unblocks Ctrl-C when it has started.
        resource_tracker.ensure_running()
    with unseen_by_children():
        process.start()


def make_ready() -> None:
    """Start the server that working processes are forked from, so that the first piece of work need not wait (2 s)."""
    run_limited(_nothing, Path(), "", Settings())


def stop_all() -> None:
    """Ends the documents being read at this moment, for Ctrl-C."""
    for process in multiprocessing.active_children():
        process.kill()


def _nothing(path: Path) -> Record:
    return Record()


def _work(job: Callable[[Path], Record], path: Path, source: str, settings: Settings, sender: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where it could not be kept away from the start (Windows)
    os.dup2(2, 1)  # standard output is for data: what a library prints goes to standard error
    logging.disable(logging.ERROR)  # what libraries tell of a file's faults is nothing that a user can act on
    _limit_resources(settings)
    with contextlib.suppress(BrokenPipeError):  # nobody waits for the answer any more
        try:
            sender.send(_answer(job, path, source, settings))
        except MemoryError:
            sender.send(failures.too_much_memory(settings).failure(source))


def _answer(job: Callable[[Path], Record], path: Path, source: str, settings: Settings) -> Record:
    try:
        return job(path)
    except UnreadableFile as error:
        return error.failure(source)
    except MemoryError:
        return failures.too_much_memory(settings).failure(source)
    except Exception as error:
        return failures.crashed(_where(error)).failure(source)


def _where(error: Exception) -> str:
    """The fault and the place in the code that raised it, on one line."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    message = " ".join(str(error).split())[:200]
    return f"{type(error).__name__}: {message} at {Path(frame.filename).name}:{frame.lineno}"


def _limit_resources(settings: Settings) -> None:
    """Sets the system's limits for this process, where the system has them."""
    try:
        import resource
    except ImportError:  # Windows
        return
    memory = settings.max_memory_mb * 1024 * 1024
    seconds = math.ceil(settings.max_seconds) + _SPARE_SECONDS
    for limit, value in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)):
        # A system may know a limit and refuse to set it (macOS, RLIMIT_AS), or have set a lower one.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (value, value))
