"""What search engines are asked: to index nothing, since reports name officials, unless a published site allows it.

A Datasette plugin; its setting `index` is what `prongsai publish --index` writes.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from datasette import Response
from datasette.app import Datasette
from pluggy import HookimplMarker

_NO_INDEX = (b"x-robots-tag", b"noindex, nofollow")
_NOTHING = "User-agent: *\nDisallow: /\n"
# Files are made when they are asked for, and a program would ask for all.
_PAGES = "User-agent: *\nDisallow: /download/\nDisallow: /*.xlsx\nDisallow: /*.parquet\nDisallow: /*.csvall\nAllow: /\n"

hookimpl = HookimplMarker("datasette")


def may_index(datasette: Datasette) -> bool:
    """Whether search engines may have the site in their results."""
    return bool((datasette.plugin_config("prongsai") or {}).get("index"))


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[Any], Any]:
    """Every answer asks not to be indexed."""

    def wrap(app: Any) -> Any:
        async def without_index(scope: Any, receive: Any, send: Any) -> None:
            async def send_marked(event: Any) -> None:
                if event["type"] == "http.response.start":
                    event = {**event, "headers": [*event.get("headers", []), _NO_INDEX]}
                await send(event)

            await app(scope, receive, send_marked)

        return app if may_index(datasette) else without_index

    return wrap


@hookimpl
def extra_template_vars(datasette: Datasette) -> dict[str, bool]:
    """`may_index` for the head of every page."""
    return {"may_index": may_index(datasette)}


@hookimpl
def register_routes() -> list[tuple[str, Callable[[Datasette], Awaitable[Response]]]]:
    """`/robots.txt`."""
    return [(r"^/robots\.txt$", robots)]


async def robots(datasette: Datasette) -> Response:
    """What programs may ask for."""
    return Response.text(_PAGES if may_index(datasette) else _NOTHING)
