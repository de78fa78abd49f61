"""The Datasette plugin of what all pages share: search, wording, cells, what rows show and errors."""

import errno
import json
import logging
import sqlite3
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

from db.search_tables import register_functions
from pipeline.site.addresses import path_of
from pipeline.site.cells import place_link, shown_cell
from pipeline.site.contents import (
    is_unchecked,
    read_actions,
    read_evidence,
    read_origin,
    read_repairs,
)
from pipeline.site.naming import file_name
from pipeline.site.questions import names_office
from pipeline.site.wording import WordedTemplates, wording
from pipeline.site.words import DATABASE

# Tables whose rows have pages of their own (office_page, report_page).
_PAGES_OF_THEIR_OWN = ("offices", "reports")

_METHODS = ("GET", "HEAD", "POST", "OPTIONS")

log = logging.getLogger(__name__)
hookimpl = HookimplMarker("datasette")


@hookimpl(trylast=True)
def prepare_connection(conn: Any) -> None:
    """Search as `db.search` tells; last, since Datasette registers an `escape_fts` of its own."""
    register_functions(conn)
    conn.create_function("names_office", -1, names_office, deterministic=True)
    conn.create_function("file_name", 1, lambda path: path and file_name(path), deterministic=True)


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """Our words in Datasette's templates."""
    env.add_extension(WordedTemplates)


@hookimpl
def extra_css_urls(datasette: Datasette) -> list[str]:
    """The site's look."""
    return [datasette.urls.path("/assets/site.css")]


@hookimpl
def extra_body_script(view_name: str) -> str:
    """The menu at a column's heading in our words; Datasette makes it in the browser."""
    if view_name != "table":
        return ""
    return f"""
document.addEventListener("DOMContentLoaded", () => {{
  for (const [name, text] of Object.entries({json.dumps(wording().words.menu, ensure_ascii=False)})) {{
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
        return await shown_cell(datasette, wording(), database, table, column, row, value)

    return cell


@hookimpl
def extra_template_vars(
    template: str, table: str | None, view_name: str, request: Any, datasette: Datasette
) -> Callable[[], Awaitable[dict[str, Any]]]:
    """`ui` and `here` for all templates; what rows' pages and lists of findings show beside Datasette's own."""

    async def variables() -> dict[str, Any]:
        common = {"ui": wording(), "here": path_of(request) if request else "/"}
        if view_name == "row" and table:
            return common | await _row(datasette, table, request.url_vars["pks"])
        if view_name == "table" or template == "query.html":
            return common | {"unchecked": await datasette.get_database(DATABASE).execute_fn(is_unchecked)}
        return common

    return variables


async def _row(site: Datasette, table: str, path: str) -> dict[str, Any]:
    """`origin`, `evidence` with `place_link`; a page's `repairs`, a measure's `actions`."""
    if table in _PAGES_OF_THEIR_OWN:
        return {}
    db = site.get_database(DATABASE)
    key = urlsafe_components(path)
    found: dict[str, Any] = {
        "origin": await db.execute_fn(lambda connection: read_origin(connection, table, key)),
        "evidence": await db.execute_fn(lambda connection: read_evidence(connection, key[0])) if len(key) == 1 else (),
        "place_link": partial(place_link, site, DATABASE),
    }
    if table == "pages" and len(key) == 2 and key[1].isdecimal():
        found["repairs"] = await db.execute_fn(lambda connection: read_repairs(connection, key[0], int(key[1])))
    if table == "measures":
        found["actions"] = await db.execute_fn(lambda connection: read_actions(connection, key[0]))
    return found


@hookimpl
def handle_exception(datasette: Datasette, request: Any, exception: Exception) -> Callable[[], Awaitable[Response]]:
    """An error's page in the reader's language, with Datasette's own message; a fault of the site goes to the log."""

    async def page() -> Response:
        status = _status(exception)
        if status >= 500:
            log.error("%s failed", request.path, exc_info=exception)
        message = _message(exception)
        if request.path.endswith(".json"):
            return Response.json({"ok": False, "error": message, "status": status, "title": None}, status=status)
        errors = wording().words.errors
        title = errors.get(status, errors[500])
        shown = {"status": status, "title": title, "error": message}
        return Response.html(await datasette.render_template("error.html", shown, request=request), status=status)

    return page


@hookimpl
def asgi_wrapper() -> Callable[[Any], Any]:
    """Refuse what no page of ours or Datasette's takes: other methods than to read and to send a form."""

    def wrap(app: Any) -> Any:
        async def with_known_methods(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] == "http" and scope["method"] not in _METHODS:
                await Response.text(wording().say("site.method"), status=405).asgi_send(send)
            else:
                await app(scope, receive, send)

        return with_known_methods

    return wrap


@hookimpl
def forbidden(datasette: Datasette, request: Any, message: str) -> Callable[[], Awaitable[Response]]:
    """What may not be seen or done, in the reader's language."""

    async def page() -> Response:
        shown = {"status": 403, "title": wording().words.errors[403], "error": message}
        return Response.html(await datasette.render_template("error.html", shown, request=request), status=403)

    return page


def _status(exception: Exception) -> int:
    """The HTTP status; Datasette gives its own errors 500 where it does not say that the request was wrong."""
    if _is_of_no_row(exception) or _is_of_no_file(exception):
        return 404
    if _is_unreadable(exception):
        return 400
    if isinstance(exception, DatasetteError):
        return 400 if exception.status == 500 else int(exception.status)
    return int(exception.status) if isinstance(exception, Base400) else 500


def _is_of_no_row(exception: Exception) -> bool:
    """An address of a row with too few parts for the table's key; Datasette asks the database for it all the same."""
    return isinstance(exception, sqlite3.ProgrammingError) and "binding" in str(exception)


def _is_of_no_file(exception: Exception) -> bool:
    """An address of a static file with a name longer than any file's."""
    return isinstance(exception, OSError) and exception.errno == errno.ENAMETOOLONG


def _is_unreadable(exception: Exception) -> bool:
    """An argument with a NUL, or one that Datasette takes for JSON and that is none."""
    return isinstance(exception, json.JSONDecodeError) or "null character" in str(exception)


def _message(exception: Exception) -> str:
    """What Datasette says of the error; its HTML is its own, with what the user gave escaped.

    Of a fault nothing: what Python says of it is for the log.
    """
    if _is_of_no_row(exception) or _is_of_no_file(exception):
        return "Record not found"
    if _is_unreadable(exception):
        return wording().say("site.unreadable")
    if _status(exception) >= 500:
        return wording().say("site.fault")
    if not isinstance(exception, DatasetteError):
        return str(exception)
    return Markup(exception.message) if exception.message_is_html else str(exception.message)
