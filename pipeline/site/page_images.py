"""Images of pages of PDF files, drawn by PDFium in a process of its own, each once, and kept."""

import io
import threading
import time
from collections import OrderedDict
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple

from pipeline.limits import run_limited
from pipeline.look.rendering import render_image
from pipeline.settings import Settings
from pipeline.site.image_cache import ImageCache
from pipeline.site.originals import read_unchanged
from schemas.base import Record
from schemas.failure import Failure

RESOLUTIONS = (96, 144, 192)
"""Dots an inch in which a page may be asked for."""
AT_A_TIME = 2
MOST_ASKED = 24
"""Pages being drawn or waiting for it; one more is refused."""
LIMITS = Settings(max_seconds=20, max_memory_mb=1536, workers=1)
FAILURE_KEPT_SECONDS = 600
_MOST_FAILURES = 1000
# Changes when images of the same bytes would look different.
_DRAWN_AS = 1

State = Literal["drawn", "changed", "failed", "busy"]
"""The image is there; the file has other bytes; PDFium could not draw the page; too much else is waiting."""


class PageKey(NamedTuple):
    """What an image is of: the file's digest, the page's number from 1, dots an inch."""

    sha256: str
    page: int
    resolution: int

    @property
    def name(self) -> str:
        """The image's file name; of digest and numbers alone, so that no two pages share one."""
        return f"{self.sha256}-{self.page}-{self.resolution}-{_DRAWN_AS}.png"


class PageImage(Record):
    """The answer to the wish for an image."""

    state: State
    png: bytes | None = None
    failure: Failure | None = None


class DrawnPage(Record):
    """What the drawing process sends back; null where the file's bytes are not those that were to be drawn."""

    png: bytes | None


def draw(path: Path, sha256: str, number: int, resolution: int) -> DrawnPage:
    """The page of that number (from 1) as PNG; raises `UnreadableFile` («damaged»)."""
    data = read_unchanged(path, sha256)
    if data is None:
        return DrawnPage(png=None)
    file = io.BytesIO()
    render_image(data, number, resolution).save(file, "PNG")
    return DrawnPage(png=file.getvalue())


class PageImages:
    """The images of a site's pages. Two are drawn at a time, each in a process with limits; some more may wait.

    Asked for one page many times at once, it draws it once. A page that failed is not tried again for a while.
    """

    def __init__(self, cache: ImageCache, limits: Settings = LIMITS) -> None:
        self._cache = cache
        self._limits = limits
        self._turn = threading.Semaphore(AT_A_TIME)
        self._lock = threading.Lock()
        self._asked: dict[PageKey, Future[PageImage]] = {}
        self._failures: OrderedDict[PageKey, tuple[float, Failure]] = OrderedDict()

    def kept(self, key: PageKey) -> PageImage | None:
        """The image, or why there is none, if that is known without drawing."""
        png = self._cache.get(key.name)
        if png is not None:
            return PageImage(state="drawn", png=png)
        failure = self.failure(key)
        return PageImage(state="failed", failure=failure) if failure else None

    def failure(self, key: PageKey) -> Failure | None:
        """Why a page could not be drawn, if that was tried of late."""
        with self._lock:
            when, failure = self._failures.get(key, (0.0, None))
        return failure if time.monotonic() - when < FAILURE_KEPT_SECONDS else None

    def asked(self, key: PageKey, path: Path) -> "Future[PageImage]":
        """The image of a page of the file at `path`, to be waited for; others may be waiting for the same."""
        with self._lock:
            if key in self._asked:
                return self._asked[key]
            future: Future[PageImage] = Future()
            if len(self._asked) >= MOST_ASKED:
                future.set_result(PageImage(state="busy"))
                return future
            self._asked[key] = future
        # A thread that does not keep the program from ending: the drawing process ends with it.
        threading.Thread(target=self._work, args=(key, path, future), daemon=True).start()
        return future

    def _work(self, key: PageKey, path: Path, future: "Future[PageImage]") -> None:
        try:
            with self._turn:
                answer = self.kept(key) or self._drawn(key, path)
        except Exception as error:  # it belongs to those who wait
            self._end(key)
            future.set_exception(error)
        else:
            self._end(key)
            future.set_result(answer)

    def _drawn(self, key: PageKey, path: Path) -> PageImage:
        job = partial(draw, sha256=key.sha256, number=key.page, resolution=key.resolution)
        drawn = run_limited(job, path, path.name, self._limits)
        if isinstance(drawn, Failure):
            self._remember(key, drawn)
            return PageImage(state="failed", failure=drawn)
        if drawn.png is None:
            return PageImage(state="changed")
        self._cache.put(key.name, drawn.png)
        return PageImage(state="drawn", png=drawn.png)

    def _end(self, key: PageKey) -> None:
        with self._lock:
            del self._asked[key]

    def _remember(self, key: PageKey, failure: Failure) -> None:
        with self._lock:
            self._failures[key] = (time.monotonic(), failure)
            while len(self._failures) > _MOST_FAILURES:
                self._failures.popitem(last=False)
