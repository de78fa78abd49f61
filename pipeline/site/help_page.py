"""The help page `/help`: what a person needs who is no programmer, as `help/th.md` and `help/en.md` tell it."""

from collections.abc import Awaitable, Callable
from functools import cache
from importlib.resources import files
from typing import Any

from datasette import Response
from datasette.app import Datasette
from markdown_it import MarkdownIt
from markupsafe import Markup
from pluggy import HookimplMarker

from pipeline.site.language import reader_language
from pipeline.site.pages import render
from pipeline.site.words import Language

hookimpl = HookimplMarker("datasette")


@hookimpl
def register_routes() -> list[tuple[str, Callable[[Datasette, Any], Awaitable[Response]]]]:
    """The page's address."""
    return [(r"^/help$", help_page)]


async def help_page(datasette: Datasette, request: Any) -> Response:
    """The page in the reader's language."""
    return await render(datasette, request, "help.html", {"help": help_text(reader_language())})


@cache
def help_text(language: Language) -> Markup:
    """The text as HTML; it is our own file, so that HTML in it (the ids of headings) is let through."""
    text = (files("pipeline.site") / "help" / f"{language}.md").read_text(encoding="utf-8")
    return Markup(MarkdownIt("commonmark", {"html": True}).enable("table").render(text))
