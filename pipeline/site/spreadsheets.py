"""CSV as spreadsheets need it, whatever page it is asked of: Thai that Excel knows as such, and no cell that runs.

A Datasette plugin: it rewrites the CSV that Datasette sends, row by row as it comes, also with `_stream=1`.
"""

import codecs
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from pluggy import HookimplMarker

from db.export import harmless

hookimpl = HookimplMarker("datasette")

# As Python writes the numbers of the database; a cell of CSV does not tell whether it was one.
_NUMBER = re.compile(r"-?\d+(\.\d+)?(e[+-]\d+)?")
# A cell as Python's csv module writes it: one with a quote, a comma or a line end in it stands in quotes. That module's
# reader would refuse the text of a long page (cells over 131,072 characters).
_CELL = re.compile(r'(?P<mark>")(?P<quoted>[^"]*(?:""[^"]*)*)"|(?P<bare>[^",\r\n]+)')
_REPLACED_HEADERS = (b"content-type", b"content-disposition", b"content-length")


class SafeRows:
    """Rows of CSV in pieces of any length, to the same rows with cells that a spreadsheet may open."""

    def __init__(self) -> None:
        """Begin with the byte order mark, by which Excel knows that the text is UTF-8."""
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._mark = codecs.BOM_UTF8
        self._rest = ""

    def feed(self, piece: bytes, last: bool) -> bytes:
        """What may be sent so far; what stands after the last whole row waits for its end."""
        self._rest += self._decoder.decode(piece, last)
        if not last and not (self._rest.endswith("\n") and self._rest.count('"') % 2 == 0):
            return b""
        mark, rows = self._mark, self._rest
        self._mark, self._rest = b"", ""
        return mark + _safe(rows).encode()


@hookimpl
def asgi_wrapper() -> Callable[[Any], Any]:
    """Rewrite every answer in CSV, and give it a file name."""

    def wrap(app: Any) -> Any:
        async def with_safe_csv(scope: Any, receive: Any, send: Any) -> None:
            asked = scope["type"] == "http" and scope["path"].endswith(".csv")
            await app(scope, receive, _sending(scope["path"], send) if asked else send)

        return with_safe_csv

    return wrap


def _sending(path: str, send: Any) -> Any:
    """What takes the place of `send`; an answer that is no CSV, such as an error's page, is passed on as it is."""
    rows: SafeRows | None = None

    async def send_safe(event: Any) -> None:
        nonlocal rows
        if event["type"] == "http.response.start" and _is_csv(event):
            rows = SafeRows()
            event = {**event, "headers": _headers(path, event["headers"])}
        elif event["type"] == "http.response.body" and rows:
            body = rows.feed(event.get("body", b""), last=not event.get("more_body", False))
            event = {**event, "body": body}
        await send(event)

    return send_safe


def _is_csv(start: Any) -> bool:
    """Datasette calls CSV plain text unless it is asked for a file."""
    kind: bytes = dict(start["headers"]).get(b"content-type", b"")
    return start["status"] == 200 and kind.startswith((b"text/plain", b"text/csv"))


def _headers(path: str, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    kept = [(name, value) for name, value in headers if name not in _REPLACED_HEADERS]
    name = quote(path.rsplit("/", 1)[-1])
    return [
        *kept,
        (b"content-type", b"text/csv; charset=utf-8"),
        (b"content-disposition", f'attachment; filename="{name}"'.encode()),
    ]


def _safe(rows: str) -> str:
    return _CELL.sub(_safe_cell, rows)


def _safe_cell(cell: re.Match[str]) -> str:
    mark, text = cell["mark"] or "", cell["quoted"] or cell["bare"] or ""
    return f"{mark}{text if _NUMBER.fullmatch(text) else harmless(text)}{mark}"
