"""The Datasette plugin: Thai search and wording, cells, the home page and report pages, errors, and no indexing."""

import json
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from datasette import Response
from datasette.app import Datasette
from datasette.utils import urlsafe_components
from datasette.utils.asgi import Base400
from datasette.views.base import DatasetteError
from jinja2 import Environment
from markupsafe import Markup
from pluggy import HookimplMarker

from db.search import register_functions
from pipeline.site.cells import place_link, shown_cell
from pipeline.site.contents import (
    is_unchecked,
    read_actions,
    read_evidence,
    read_origin,
    read_overview,
    read_repairs,
    read_whole_report,
)
from pipeline.site.questions import names_office
from pipeline.site.thai import ThaiTemplates, thai
from pipeline.site.words import DATABASE, plan, words

_NO_INDEX = (b"x-robots-tag", b"noindex, nofollow")

log = logging.getLogger(__name__)
hookimpl = HookimplMarker("datasette")


@hookimpl(trylast=True)
def prepare_connection(conn: Any) -> None:
    """Search as `db.search` tells; last, since Datasette registers an `escape_fts` of its own."""
    register_functions(conn)
    conn.create_function("names_office", -1, names_office, deterministic=True)


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """Thai templates, and `th` in them."""
    env.add_extension(ThaiTemplates)
    env.globals["th"] = thai()


@hookimpl
def extra_css_urls(datasette: Datasette) -> list[str]:
    """The site's look."""
    return [datasette.urls.path("/assets/site.css")]


@hookimpl
def extra_body_script(view_name: str) -> str:
    """The menu at a column's heading in Thai; Datasette makes it in the browser."""
    if view_name != "table":
        return ""
    return f"""
document.addEventListener("DOMContentLoaded", () => {{
  for (const [name, text] of Object.entries({json.dumps(words().menu, ensure_ascii=False)})) {{
    for (const link of document.querySelectorAll(`a.${{name}}`)) link.textContent = text;
  }}
}});
"""


@hookimpl
def render_cell(
    row: Any, value: Any, column: str, table: str | None, database: str, datasette: Datasette
) -> Callable[[], Awaitable[Markup | None]]:
    """Links by name, and codes by their meaning."""

    async def cell() -> Markup | None:
        return await shown_cell(datasette, thai(), database, table, column, row, value)

    return cell


@hookimpl
def extra_template_vars(
    template: str, table: str | None, view_name: str, request: Any, datasette: Datasette
) -> Callable[[], Awaitable[dict[str, Any]]]:
    """What the home page, a row's page and lists that may hold findings show beside Datasette's own."""

    async def variables() -> dict[str, Any]:
        if template == "index.html":
            return await _home(datasette)
        if view_name == "row" and table:
            return await _row(datasette, table, request.url_vars["pks"])
        if view_name in ("table", "query"):
            return {"unchecked": await datasette.get_database(DATABASE).execute_fn(is_unchecked)}
        return {}

    return variables


async def _home(site: Datasette) -> dict[str, Any]:
    db = site.get_database(DATABASE)
    return {
        "database": db.name,
        "overview": await db.execute_fn(read_overview),
        "ready_queries": plan().query,
        "unchecked": await db.execute_fn(is_unchecked),
    }


async def _row(site: Datasette, table: str, path: str) -> dict[str, Any]:
    """`origin`, `evidence` with `place_link`; a report's `whole_report`, a page's `repairs`, a measure's `actions`."""
    db = site.get_database(DATABASE)
    key = urlsafe_components(path)
    found: dict[str, Any] = {
        "origin": await db.execute_fn(lambda connection: read_origin(connection, table, key)),
        "evidence": await db.execute_fn(lambda connection: read_evidence(connection, key[0])) if len(key) == 1 else (),
        "place_link": partial(place_link, site, DATABASE),
    }
    if table == "reports":
        found["whole_report"] = await db.execute_fn(lambda connection: read_whole_report(connection, key[0]))
    if table == "pages":
        found["repairs"] = await db.execute_fn(lambda connection: read_repairs(connection, key[0], int(key[1])))
    if table == "measures":
        found["actions"] = await db.execute_fn(lambda connection: read_actions(connection, key[0]))
    return found


@hookimpl
def handle_exception(datasette: Datasette, request: Any, exception: Exception) -> Callable[[], Awaitable[Response]]:
    """An error's page in Thai, with Datasette's own message; a fault of the site goes to the log."""

    async def page() -> Response:
        status = _status(exception)
        if status >= 500:
            log.error("%s failed", request.path, exc_info=exception)
        message = _message(exception)
        if request.path.endswith(".json"):
            return Response.json({"ok": False, "error": message, "status": status, "title": None}, status=status)
        title = words().errors.get(status, words().errors[500])
        shown = {"status": status, "title": title, "error": message}
        return Response.html(await datasette.render_template("error.html", shown, request=request), status=status)

    return page


@hookimpl
def asgi_wrapper() -> Callable[[Any], Any]:
    """Every answer asks search engines not to index it: reports name officials."""

    def wrap(app: Any) -> Any:
        async def without_index(scope: Any, receive: Any, send: Any) -> None:
            async def send_marked(event: Any) -> None:
                if event["type"] == "http.response.start":
                    event = {**event, "headers": [*event.get("headers", []), _NO_INDEX]}
                await send(event)

            await app(scope, receive, send_marked)

        return without_index

    return wrap


def _status(exception: Exception) -> int:
    """The HTTP status; Datasette gives its own errors 500 where it does not say that the request was wrong."""
    if isinstance(exception, DatasetteError):
        return 400 if exception.status == 500 else int(exception.status)
    return int(exception.status) if isinstance(exception, Base400) else 500


def _message(exception: Exception) -> str:
    """What Datasette says of the error; its HTML is its own, with what the user gave escaped."""
    if not isinstance(exception, DatasetteError):
        return str(exception)
    return Markup(exception.message) if exception.message_is_html else str(exception.message)
