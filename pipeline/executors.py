"""Who spreads the documents over cores or machines: anything with `submit`, as `concurrent.futures` has it."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from threading import Thread
from typing import Any, Protocol, TypeVar

from pipeline.interrupts import uninterrupted
from pipeline.limits import stop_all

Task = TypeVar("Task")
Value = TypeVar("Value")
Result = TypeVar("Result", covariant=True)

# Results that may wait for a slow file before them: enough to keep the workers busy, few enough to hold in memory.
_AHEAD = 64

# Seconds between two looks at what is still being read after Ctrl-C.
_MOMENT = 0.05


class Promise(Protocol[Result]):
    """A result that is being worked out."""

    def result(self) -> Result:
        """Waits for the result; raises what the work raised."""
        ...


class Executor(Protocol):
    """Does work elsewhere: a pool of threads or processes, a Dask client."""

    def submit(self, work: Callable[..., Value], /, *arguments: Any) -> Promise[Value]:
        """Starts `work(*arguments)` and returns at once."""
        ...


def in_order(
    executor: Executor, work: Callable[..., Value], tasks: Iterable[Task], *more: Any
) -> Iterator[tuple[Task, Value]]:
    """Every task with the result of `work(task, *more)`, in the order of the tasks."""
    rest = iter(tasks)
    waiting = deque((task, executor.submit(work, task, *more)) for task in islice(rest, _AHEAD))
    while waiting:
        task, promise = waiting.popleft()
        yield task, promise.result()
        waiting.extend((task, executor.submit(work, task, *more)) for task in islice(rest, 1))


@contextmanager
def local_executor(workers: int) -> Iterator[Executor]:
    """Threads of this machine, each waiting for the process that reads its document; Ctrl-C ends those at once."""
    pool = ThreadPoolExecutor(max_workers=workers)
    try:
        yield pool
    except BaseException:
        with uninterrupted():
            _stop(pool)
        raise
    pool.shutdown()


def _stop(pool: ThreadPoolExecutor) -> None:
    """Cancels what waits, and ends what is being read, and what was about to be."""
    pool.shutdown(wait=False, cancel_futures=True)
    waiting = Thread(target=pool.shutdown)
    waiting.start()
    while waiting.is_alive():
        stop_all()
        waiting.join(_MOMENT)
