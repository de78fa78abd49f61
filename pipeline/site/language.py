"""The reader's language: Thai, unless the switch has put another into a cookie.

A Datasette plugin. The hook for cells knows nothing of the request, so the language stands in a context variable, which
belongs to the one request that is answered.
"""

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any

from datasette import Response
from datasette.utils.asgi import Request
from pluggy import HookimplMarker

from pipeline.site.addresses import local_path
from pipeline.site.words import LANGUAGES, Language

COOKIE = "prongsai_language"
_A_YEAR = 365 * 24 * 60 * 60

hookimpl = HookimplMarker("datasette")
_language: ContextVar[Language] = ContextVar("language", default="th")


def reader_language() -> Language:
    """The language of the reader whose request is answered now."""
    return _language.get()


@hookimpl
def asgi_wrapper() -> Callable[[Any], Any]:
    """Know the reader's language before anything answers."""

    def wrap(app: Any) -> Any:
        async def in_language(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] == "http":
                _language.set(_asked(Request(scope, receive).cookies.get(COOKIE)))
            await app(scope, receive, send)

        return in_language

    return wrap


@hookimpl
def register_routes() -> list[tuple[str, Callable[[Any, Any], Awaitable[Response]]]]:
    """The switch: `/language?to=en&next=/path`."""
    return [(r"^/language$", switch_language)]


async def switch_language(datasette: Any, request: Any) -> Response:
    """Keep the language that is asked for, and go back to where the reader was."""
    answer = Response.redirect(local_path(datasette, request.args.get("next")), status=303)
    answer.set_cookie(COOKIE, _asked(request.args.get("to")), max_age=_A_YEAR, path="/", samesite="lax", httponly=True)
    return answer


def _asked(value: str | None) -> Language:
    return next((language for language in LANGUAGES if language == value), "th")
