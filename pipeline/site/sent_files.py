"""Answering with a file, a piece at a time, so that a large one needs no memory."""

import asyncio
from pathlib import Path
from typing import Any
from urllib.parse import quote

from datasette import Response

_PIECE = 256 * 1024

CONTENT_TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".parquet": "application/vnd.apache.parquet",
    ".zip": "application/zip",
    ".db": "application/vnd.sqlite3",
}


class SentFile(Response):  # type: ignore[misc]  # Datasette has no types
    """A file to be saved under a name; with `once` it is removed when it is sent, or when that ends otherwise."""

    body: Any

    def __init__(self, path: Path, name: str, *, once: bool = False) -> None:
        headers = {
            "content-disposition": f'attachment; filename="{quote(name)}"',
            "content-length": str(path.stat().st_size),
            "cache-control": "no-store",
        }
        super().__init__(headers=headers, content_type=CONTENT_TYPES[path.suffix])
        self._path = path
        self._once = once

    async def asgi_send(self, send: Any) -> None:
        """Sends head and file; the head alone where Datasette has emptied the body (HEAD)."""
        head_only = self.body is not None
        self.body = b""
        try:
            with self._path.open("rb") as file:
                await super().asgi_send(_more_to_come(send))
                while not head_only and (piece := await asyncio.to_thread(file.read, _PIECE)):
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        finally:
            if self._once:
                self._path.unlink(missing_ok=True)


def _more_to_come(send: Any) -> Any:
    """`send`, to which the empty body of a head is not the end of the answer."""

    async def head(event: Any) -> None:
        if event["type"] == "http.response.start":
            await send(event)

    return head
