"""The page that is printed and sent to an office: all findings of a report, `/letter/REPORT`.

A Datasette plugin.
"""

import datetime
import ipaddress
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode, urlsplit

from datasette import Response
from datasette.app import Datasette
from datasette.utils import tilde_encode
from datasette.utils.asgi import NotFound
from pluggy import HookimplMarker

from pipeline.site.evidence_page import original_of, state_of
from pipeline.site.letter import Letter, read_letter
from pipeline.site.pages import ensure_may_view, render
from pipeline.site.words import DATABASE

hookimpl = HookimplMarker("datasette")


@hookimpl
def register_routes() -> list[tuple[str, Callable[[Any, Any], Awaitable[Response]]]]:
    """The address."""
    return [(r"^/letter/(?P<report>[^/]+)$", show_letter)]


async def show_letter(datasette: Datasette, request: Any) -> Response:
    """A report's findings but the dismissed ones, to be printed: `?confirmed=1` only those confirmed, `?page=2`."""
    await ensure_may_view(datasette, request)
    report_id, asked = request.url_vars["report"], request.args.get("page") or "1"
    page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    read = partial(read_letter, report_id=report_id, confirmed=request.args.get("confirmed") == "1", page=page)
    letter = await datasette.get_database(DATABASE).execute_fn(read)
    if letter is None:
        raise NotFound("Record not found")

    def address(path: str) -> str:
        return str(datasette.absolute_url(request, datasette.urls.path(path)))

    own_address = address(f"/letter/{tilde_encode(report_id)}{_chosen(letter)}")
    values = {
        "letter": letter,
        "state": state_of(await original_of(datasette, report_id)) if letter.report.format == "pdf" else "no-pages",
        "today": datetime.date.today(),
        "own_address": own_address,
        "is_local": _is_local(own_address),
        "address_of": lambda finding_id: address(f"/evidence/{tilde_encode(finding_id)}"),
    }
    return await render(datasette, request, "letter.html", values)


def _chosen(letter: Letter) -> str:
    """The part of the letter's address that tells which of the findings it has."""
    chosen = {"confirmed": 1 if letter.confirmed else None, "page": letter.page if letter.page > 1 else None}
    told = urlencode({name: value for name, value in chosen.items() if value is not None})
    return f"?{told}" if told else ""


def _is_local(address: str) -> bool:
    """Whether the address leads every computer to itself: `localhost` (RFC 6761), 127.0.0.0/8 and ::1."""
    try:
        host = (urlsplit(address).hostname or "").removesuffix(".")
        return host == "localhost" or host.endswith(".localhost") or ipaddress.ip_address(host).is_loopback
    except ValueError:  # a name, or nothing that may be one
        return False
