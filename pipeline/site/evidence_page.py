"""The pages of evidence, images of pages, and the files that reports were read from.

A Datasette plugin. What an address names is looked up in the database; no part of an address becomes part of a path.
"""

import asyncio
import os
import re
from collections.abc import Awaitable, Callable
from functools import cache, partial
from io import BufferedReader
from pathlib import Path
from typing import Any, Literal

from datasette import Response
from datasette.app import Datasette
from datasette.utils import tilde_encode, urlsafe_components
from datasette.utils.asgi import NotFound
from pluggy import HookimplMarker
from pydantic import Field

from pipeline.site.evidence import PageRead, Shown, read_page, read_shown
from pipeline.site.image_cache import ImageCache, cache_folder, cache_settings
from pipeline.site.originals import (
    CONTENT_TYPES,
    Original,
    disposition,
    find_original,
    open_unchanged,
    read_original_sources,
)
from pipeline.site.page_images import RESOLUTIONS, PageImage, PageImages, PageKey
from pipeline.site.pages import ensure_may_view, render
from pipeline.site.wording import wording
from pipeline.site.words import DATABASE
from schemas.base import Record
from schemas.failure import Failure

hookimpl = HookimplMarker("datasette")

RESOLUTION = 144
"""Dots an inch of the image on a page; screens of twice the density are given the finest."""
PATIENCE_SECONDS = 40
"""How long an image is waited for, its turn included."""
_PIECE = 256 * 1024
_NUMBER = re.compile(r"[1-9][0-9]{0,5}")
_AS_FILE = {"x-content-type-options": "nosniff", "content-security-policy": "sandbox; default-src 'none'"}


ImageState = Literal["image", "failed", "changed", "gone", "web", "no-pages"]
"""Why there is no image of a page; «image» where there is one, or may be."""


class Sheet(Record):
    """A page and its image, as far as there is one; what `_sheet.html` draws."""

    page: PageRead
    state: ImageState
    failure: Failure | None = Field(default=None, description="why the page could not be drawn")


class FileAnswer:
    """An open file sent piece by piece, so that a large one is never in memory as a whole."""

    def __init__(self, file: BufferedReader, headers: dict[str, str]) -> None:
        self._file = file
        self._headers = headers
        self.status = 200

    async def asgi_send(self, send: Callable[[Any], Awaitable[None]]) -> None:
        """Send it; the file is closed whatever becomes of the connection."""
        with self._file as file:
            headers = [[name.encode(), value.encode()] for name, value in self._headers.items()]
            await send({"type": "http.response.start", "status": self.status, "headers": headers})
            while piece := await asyncio.to_thread(file.read, _PIECE):
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b""})


@hookimpl
def register_routes() -> list[tuple[str, Callable[[Any, Any], Awaitable[Any]]]]:
    """The addresses."""
    return [
        (r"^/evidence/(?P<record>[^/]+)$", show_evidence),
        (r"^/page-image/(?P<report>[^/]+)/(?P<page>[^/]+)\.png$", send_image),
        (r"^/original/(?P<report>[^/]+)$", send_original),
    ]


@hookimpl
def extra_css_urls(view_name: str, table: str | None, datasette: Datasette) -> list[str]:
    """The look of a page's image on the page of its row."""
    return [datasette.urls.path("/assets/evidence.css")] if _is_page_row(view_name, table) else []


@hookimpl
def extra_js_urls(view_name: str, table: str | None, datasette: Datasette) -> list[str]:
    """And what it does."""
    return [datasette.urls.path("/assets/evidence.js")] if _is_page_row(view_name, table) else []


@hookimpl
def extra_template_vars(
    table: str | None, view_name: str, request: Any, datasette: Datasette
) -> Callable[[], Awaitable[dict[str, Any]]]:
    """`sheet` for the page of a page's row."""

    async def variables() -> dict[str, Any]:
        if not _is_page_row(view_name, table):
            return {}
        report_id, *rest = urlsafe_components(request.url_vars["pks"])
        number = _number(rest[0]) if rest else None
        page = number and await _read(datasette, partial(read_page, report_id=report_id, number=number))
        return {"sheet": await _sheet(datasette, page)} if page and page.width is not None else {}

    return variables


async def show_evidence(datasette: Datasette, request: Any) -> Response:
    """A record or finding with its evidence: `/evidence/ID`, `?page=N` where it stands on several pages."""
    await ensure_may_view(datasette, request)
    asked = request.args.get("page")
    number = _number(asked)
    record_id = request.url_vars["record"]
    shown = None
    if asked is None or number is not None:
        shown = await _read(datasette, partial(read_shown, record_id=record_id, number=number))
    if shown is None:
        raise NotFound(wording().say("evidence.unknown" if asked is None else "evidence.unknown_page"))
    sheet = await _sheet(datasette, shown.page) if shown.page else None
    original = await original_of(datasette, shown.report.id)
    values = {"shown": shown, "sheet": sheet, "original": original, "address": _address(datasette, request, shown)}
    return await render(datasette, request, "evidence.html", values)


def _address(site: Datasette, request: Any, shown: Shown) -> str:
    """The whole address of the page as it is shown, for paper."""
    page = f"?page={shown.page.number}" if shown.page and shown.page.width is not None else ""
    return str(site.absolute_url(request, site.urls.path(f"/evidence/{tilde_encode(shown.record.id)}{page}")))


async def send_image(datasette: Datasette, request: Any) -> Response:
    """The image of a report's page: `/page-image/REPORT/N.png`, `?resolution=` one of `RESOLUTIONS`."""
    await ensure_may_view(datasette, request)
    report_id, number = request.url_vars["report"], _number(request.url_vars["page"])
    resolution = _number(request.args.get("resolution", str(RESOLUTION)))
    if resolution not in RESOLUTIONS:
        steps = ", ".join(map(str, RESOLUTIONS))
        return _told(400, wording().say("evidence.resolution", steps=steps))
    page = number and await _read(datasette, partial(read_page_size, report_id=report_id, number=number))
    original = await original_of(datasette, report_id) if page else None
    if number is None or original is None or original.source.format != "pdf":
        return _told(404, wording().say("evidence.no_image"))
    if original.path is None:
        return _told(404, wording().say(f"evidence.{original.state}"))
    return await _image(datasette, request, PageKey(original.source.sha256, number, resolution), original.path)


async def send_original(datasette: Datasette, request: Any) -> Any:
    """The file that a report was read from, to be saved: `/original/REPORT`."""
    await ensure_may_view(datasette, request)
    original = await original_of(datasette, request.url_vars["report"])
    if original is None:
        raise NotFound(wording().say("evidence.no_original"))
    file = None
    if original.path is not None:
        file = await asyncio.to_thread(open_unchanged, original.path, original.source.sha256)
    if file is None:
        raise NotFound(wording().say(f"evidence.{'changed' if original.state == 'here' else original.state}"))
    headers = {
        "content-type": CONTENT_TYPES[original.source.format],
        "content-length": str(os.fstat(file.fileno()).st_size),
        "content-disposition": disposition(original),
        "cache-control": "private, no-cache",
        **_AS_FILE,
    }
    return FileAnswer(file, headers)


def read_page_size(connection: Any, report_id: str, number: int) -> bool:
    """Whether the report has a page of that number with a size, so that it can be drawn."""
    sql = "select 1 from pages where report_id = ? and number = ? and width is not null"
    return connection.execute(sql, (report_id, number)).fetchone() is not None


async def _image(site: Datasette, request: Any, key: PageKey, path: Path) -> Response:
    etag = f'"{key.name.removesuffix(".png")}"'
    if request.headers.get("if-none-match") == etag:
        return Response("", status=304, headers={"etag": etag})
    image = await _drawn(_images(_database(site)), key, path)
    if image is None or image.state == "busy":
        return _told(503, wording().say("evidence.busy"), {"retry-after": "5"})
    if image.png is None:
        failure = image.failure
        return _told(404, wording().say("evidence.changed") if failure is None else _why(failure))
    headers = {"etag": etag, "cache-control": "private, no-cache", **_AS_FILE}
    return Response(image.png, headers=headers, content_type="image/png")


async def _drawn(images: PageImages, key: PageKey, path: Path) -> PageImage | None:
    """The image; null where it takes too long."""
    kept = await asyncio.to_thread(images.kept, key)
    if kept is not None:
        return kept
    # Others may wait for the same image: that one of them goes away is no reason to stop.
    waited = asyncio.shield(asyncio.wrap_future(images.asked(key, path)))
    try:
        return await asyncio.wait_for(waited, PATIENCE_SECONDS)
    except TimeoutError:
        return None


async def _sheet(site: Datasette, page: PageRead) -> Sheet:
    if page.width is None or page.height is None:
        return Sheet(page=page, state="no-pages")
    original = await original_of(site, page.report_id)
    state = state_of(original)
    if original is None or state != "image":
        return Sheet(page=page, state=state)
    key = PageKey(original.source.sha256, page.number, RESOLUTION)
    failure = _images(_database(site)).failure(key)
    return Sheet(page=page, state="failed" if failure else "image", failure=failure)


def state_of(original: Original | None) -> ImageState:
    """Whether pages of the file can be drawn, as far as the file tells."""
    if original is None or original.source.format != "pdf":
        return "gone"
    return "image" if original.state == "here" else original.state


async def original_of(site: Datasette, report_id: str) -> Original | None:
    """The file that a report was read from, and whether it is still there."""
    sources = await _read(site, partial(read_original_sources, report_id=report_id))
    return await asyncio.to_thread(find_original, sources, _database(site))


async def _read(site: Datasette, read: Callable[..., Any]) -> Any:
    return await site.get_database(DATABASE).execute_fn(read)


def _database(site: Datasette) -> Path:
    return Path(site.get_database(DATABASE).path).absolute()


@cache
def _images(database: Path) -> PageImages:
    """The images of a site's pages: one for the whole program, since it holds what is being drawn."""
    settings = cache_settings(os.environ)
    return PageImages(ImageCache(cache_folder(database, settings), settings))


def _is_page_row(view_name: str, table: str | None) -> bool:
    return view_name == "row" and table == "pages"


def _number(asked: str | None) -> int | None:
    """A number from 1; null for anything else, such as digits of another script or a sign."""
    return int(asked) if asked is not None and _NUMBER.fullmatch(asked) else None


def _why(failure: Failure) -> str:
    return wording().say("evidence.failed", why=wording().value("code", failure.code))


def _told(status: int, text: str, headers: dict[str, str] | None = None) -> Response:
    """A sentence in place of an image."""
    kept_off = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
    return Response(
        text, status=status, headers={**kept_off, **(headers or {})}, content_type="text/plain; charset=utf-8"
    )
