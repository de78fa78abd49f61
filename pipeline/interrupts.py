"""Ctrl-C at the right moment: work that must not be broken off in its middle ends first."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Ctrl-C pressed inside raises `KeyboardInterrupt` only at the end; in other threads it never comes anyway.

    Work on the database needs it: SQLite calls back into Python, and an interruption there comes out as an error of
    the database.
    """
    handler = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or handler is not signal.default_int_handler:
        yield
        return
    pressed = threading.Event()
    signal.signal(signal.SIGINT, lambda *_: pressed.set())
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)
        if pressed.is_set():
            raise KeyboardInterrupt


@contextmanager
def unseen_by_children() -> Iterator[None]:
    """Processes that are started inside never get Ctrl-C, which a terminal sends to all: it is the parent's to handle.

    Pressed inside, it reaches the parent at the end. Windows has no such thing; there a process must see to it itself.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
