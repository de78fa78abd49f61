"""Serving the site in the background, for pictures and for tests."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from pipeline.site.server import address_of, listen


@contextmanager
def served(app: Any) -> Iterator[str]:
    """The address, without its last slash, at which an ASGI application answers as under `prongsai serve`.

    The first request waits until the application is up.
    """
    listening = listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield address_of(listening).rstrip("/")
    finally:
        server.should_exit = True
        thread.join()
