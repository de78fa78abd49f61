"""A page as PDFium draws it, and the letters that its text layer states, as PDFium tells them: a second opinion."""

import ctypes
import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from extractors.readers.refusals import damaged

MOST_PIXELS = 12_000_000
MOST_PIXELS_A_SIDE = 10_000
"""Of an image, whatever size a page claims to have; A3 at 300 dots an inch has 17,000,000, at 250 12,000,000."""
_POINTS_AN_INCH = 72
_BEYOND = 1_000_000
"""Points: more than any page has."""
# PDFium gives places in whole units of what it is told that the page is drawn on.
_UNITS = 10_000


class Letter(NamedTuple):
    """A character of the text layer, and where its pen stands: shares of the page's width and height, from the top."""

    text: str
    x: float
    y: float


class Rendering(NamedTuple):
    """A page's image, upright, and the letters of its layer."""

    image: Image.Image
    letters: tuple[Letter, ...]


def render(data: bytes, number: int, resolution: int) -> Rendering:
    """The page of that number (from 1) of a PDF file, at `resolution` dots an inch or as many as it may have.

    Raises `UnreadableFile` («damaged») where PDFium cannot draw it.
    """
    with _opened(data, number) as page:
        return Rendering(_image(page, resolution), tuple(_letters(page)))


def render_image(data: bytes, number: int, resolution: int) -> Image.Image:
    """As `render`, the image alone."""
    with _opened(data, number) as page:
        return _image(page, resolution)


@contextmanager
def _opened(data: bytes, number: int) -> Iterator[pypdfium2.PdfPage]:
    try:
        with pypdfium2.PdfDocument(data) as pdf:
            yield _whole_page(pdf, number - 1)
    except (pypdfium2.PdfiumError, IndexError) as error:
        raise damaged() from error


def _image(page: pypdfium2.PdfPage, resolution: int) -> Image.Image:
    image: Image.Image = page.render(scale=_scale(page, resolution)).to_pil()
    return image.convert("RGB")


def _whole_page(pdf: pypdfium2.PdfDocument, index: int) -> pypdfium2.PdfPage:
    """The page with all of its paper, as it was read, and not only what a viewer shows of it."""
    page = pdf[index]
    # PDFium shows what is in both boxes, and tells of a page's own box only, not of one that it takes from the file's.
    page.set_cropbox(-_BEYOND, -_BEYOND, _BEYOND, _BEYOND)
    page.close()
    return pdf[index]


def _scale(page: pypdfium2.PdfPage, resolution: int) -> float:
    """Pixels a point."""
    width, height = (max(float(side), 1.0) for side in page.get_size())
    return min(
        resolution / _POINTS_AN_INCH,
        math.sqrt(MOST_PIXELS / width / height),
        MOST_PIXELS_A_SIDE / max(width, height),
    )


def _letters(page: pypdfium2.PdfPage) -> Iterator[Letter]:
    text = page.get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    across, down = ctypes.c_int(), ctypes.c_int()
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if pdfium.FPDFText_IsGenerated(text, index) or not pdfium.FPDFText_GetCharOrigin(text, index, x, y):
            continue
        pdfium.FPDF_PageToDevice(page, 0, 0, _UNITS, _UNITS, 0, x, y, across, down)
        if code and not 0xD800 <= code <= 0xDFFF:
            yield Letter(chr(code), across.value / _UNITS, down.value / _UNITS)
