"""Thai and English words on an image, in the site's own fonts, one for each script: Pillow takes one for a text."""

import io
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from PIL import ImageDraw, ImageFont

_FONTS = "static/fonts/noto-sans-thai-{script}-{weight}-normal.woff2"
_RUNS = re.compile(r"[\u0e00-\u0e7f]+|[^\u0e00-\u0e7f]+")
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
Colour = tuple[int, int, int]


def write(
    draw: ImageDraw.ImageDraw, place: tuple[float, float], text: str, size: int, colour: Colour, bold: bool = False
) -> None:
    """Writes a line of text, the left end of its baseline at `place`, `size` pixels an em."""
    x, y = place
    for run, font in _runs(text, size, bold):
        draw.text((x, y), run, fill=colour, font=font, anchor="ls" if _is_outline(font) else None)
        x += font.getlength(run)


def width_of(text: str, size: int, bold: bool = False) -> float:
    """The width of a line of text, in pixels."""
    return sum(font.getlength(run) for run, font in _runs(text, size, bold))


def _runs(text: str, size: int, bold: bool) -> Iterator[tuple[str, Font]]:
    for run in _RUNS.findall(text):
        font = _font("thai" if "\u0e00" <= run[0] <= "\u0e7f" else "latin", size, bold)
        yield run, font


def _is_outline(font: Font) -> bool:
    return isinstance(font, ImageFont.FreeTypeFont)


@cache
def _font(script: str, size: int, bold: bool) -> Font:
    """The site's font; Pillow's own, which has no Thai, where Pillow was built without what reads web fonts."""
    name = _FONTS.format(script=script, weight=700 if bold else 400)
    try:
        return ImageFont.truetype(io.BytesIO((files("pipeline.site") / name).read_bytes()), size)
    except OSError:
        return ImageFont.load_default(size)
