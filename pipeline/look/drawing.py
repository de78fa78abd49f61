"""The image of a page with its marks, and below it what they mean."""

import io
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw
from pydantic import Field

from extractors.read import read_bytes
from extractors.readers.refusals import unsupported
from pipeline.look.lettering import Colour, width_of, write
from pipeline.look.marks import Kind, Mark, marks_of
from pipeline.look.rendering import render
from pipeline.reading import report_in
from schemas.base import Record
from schemas.document import Document, Page

_WHITE, _BLACK, _GREY = (255, 255, 255), (30, 30, 30), (110, 110, 110)
_FADE = 0.25
"""Share of white put over the page, so that marks stand out."""
_LEAST_WIDTH = 800
_TAG_POINTS = 7
"""Points of the page to the em of the type of records' numbers."""
_EMS_OF_WIDTH = 70
"""Ems of the legend's type to the width of the image; not below 12 pixels an em."""


Corners = tuple[int, int, int, int]


class Style(NamedTuple):
    """How marks of a kind are drawn: colour, strength of the fill (0 to 1), width of the outline in pixels."""

    colour: Colour
    fill: float
    outline: int
    words: str


# Colours that people with colour-blindness tell apart (Okabe and Ito), and greys.
STYLES: dict[Kind, Style] = {
    "line": Style((150, 170, 190), 0, 1, "บรรทัด · line"),
    "repaired": Style((230, 190, 0), 0.35, 1, "บรรทัดที่ซ่อม · line put right"),
    "furniture": Style((140, 140, 140), 0.3, 1, "หัวท้ายกระดาษ · page furniture"),
    "table": Style((0, 158, 115), 0, 1, "ตาราง · table"),
    "note": Style((204, 121, 167), 0, 2, "ไม่อยู่ในระเบียนใด · in no record"),
    "report": Style((0, 170, 220), 0.16, 2, "ชื่อ หน่วยงาน ปี ผล · title, office, year, result"),
    "indicator": Style((125, 60, 180), 0.16, 2, "ตัวชี้วัด · indicator"),
    "measure": Style((0, 90, 190), 0.16, 2, "มาตรการ · measure"),
    "action": Style((213, 94, 0), 0.16, 2, "การดำเนินการ · action"),
}


class Drawing(Record):
    """A page drawn; without an image where the document has no page of that number."""

    pages: int = Field(description="how many pages the document has")
    png: bytes | None


def draw_page(path: Path, number: int, resolution: int) -> Drawing:
    """The page of that number (from 1) of a PDF file, with what was read; raises `UnreadableFile`."""
    data = path.read_bytes()
    document = read_bytes(data)
    if document.format != "pdf":
        raise unsupported(
            "เอกสารที่ไม่มีหน้าตายตัว",
            "a document without fixed pages",
            "วาดได้เฉพาะหน้า PDF โปรดดูข้อความด้วย prongsai text",
            "only pages of PDF files are drawn; see its text with “prongsai text”",
        )
    if number > len(document.pages):
        return Drawing(pages=len(document.pages), png=None)
    rendering = render(data, number, resolution)
    page = document.pages[number - 1]
    marks = marks_of(page, report_in(document).report, rendering.letters)
    image = with_legend(with_marks(rendering.image, page, marks), _head(document, page), marks)
    file = io.BytesIO()
    image.save(file, "PNG")
    return Drawing(pages=len(document.pages), png=file.getvalue())


def with_marks(image: Image.Image, page: Page, marks: Sequence[Mark]) -> Image.Image:
    """The page's image with the marks over it, those that come later over the others."""
    marked = Image.blend(image, Image.new("RGB", image.size, _WHITE), _FADE)
    draw = ImageDraw.Draw(marked)
    placed = [(mark, corners) for mark in marks if (corners := _corners(mark, page, image)) is not None]
    for kind, corners in dict.fromkeys((mark.kind, corners) for mark, corners in placed):
        _fill(marked, corners, STYLES[kind])
        draw.rectangle(corners, outline=STYLES[kind].colour, width=STYLES[kind].outline)
    size = max(8, round(_TAG_POINTS * image.width / (page.width or image.width)))
    for mark, corners in placed:
        if mark.label:
            _tag(draw, mark, corners, size)
    return marked


def with_legend(image: Image.Image, head: Sequence[str], marks: Sequence[Mark]) -> Image.Image:
    """The image with lines of text below it, and with what the colours of the marks mean."""
    width = max(image.width, _LEAST_WIDTH)
    size = _type_size(width)
    keys = _keys(marks, width, size)
    leading = 2 * size
    height = (len(head) + (max((key.row for key in keys), default=-1) + 1)) * leading + size
    whole = Image.new("RGB", (width, image.height + height), _WHITE)
    whole.paste(image)
    draw = ImageDraw.Draw(whole)
    draw.line((0, image.height, width, image.height), fill=_GREY, width=2)
    for row, text in enumerate(head):
        write(draw, (size, image.height + row * leading + 1.7 * size), text, size, _BLACK, bold=row == 0)
    below = image.height + len(head) * leading
    for key in keys:
        _draw_key(draw, key, below + key.row * leading, size)
    return whole


def _head(document: Document, page: Page) -> list[str]:
    """What is told of the page as a whole."""
    number, pages = page.number, len(document.pages)
    how = f"อ่านโดย · read by: {page.read_by}"
    if page.read_by == "needs-ocr":
        how = "ยังอ่านไม่ได้ เป็นภาพหรือข้อความในไฟล์ใช้ไม่ได้ · not read, a picture or text of no use"
    elif page.quality is not None:
        how += f" · ภาษาไทยสมเหตุผล · plausible Thai: {page.quality:.2f}"
    head = [f"หน้า {number} จาก {pages} · page {number} of {pages} · {how}"]
    if page.repairs:
        told = ", ".join(f"{repair.damage} {repair.count}" for repair in page.repairs)
        head.append(f"ซ่อม · put right: {told}")
    return head


class _Key(NamedTuple):
    """An entry of the legend: its place in pixels from the left, and its row."""

    kind: Kind
    text: str
    x: float
    row: int


def _keys(marks: Sequence[Mark], width: int, size: int) -> list[_Key]:
    """An entry for each kind of mark on the page, with their number, in as many rows as they need."""
    counts = Counter(mark.kind for mark in marks)
    keys: list[_Key] = []
    x, row = float(size), 0
    for kind, style in STYLES.items():
        if not counts[kind]:
            continue
        text = f"{style.words} ({counts[kind]})"
        room = width_of(text, size) + 3.5 * size
        if x > size and x + room > width:
            x, row = float(size), row + 1
        keys.append(_Key(kind, text, x, row))
        x += room
    return keys


def _draw_key(draw: ImageDraw.ImageDraw, key: _Key, top: float, size: int) -> None:
    style = STYLES[key.kind]
    colour = _mixed(_WHITE, style.colour, style.fill)
    box = (key.x, top + 0.7 * size, key.x + 1.4 * size, top + 1.8 * size)
    draw.rectangle(box, fill=colour, outline=style.colour, width=style.outline + 1)
    write(draw, (key.x + 1.9 * size, top + 1.7 * size), key.text, size, _BLACK)


def _type_size(width: int) -> int:
    """Pixels an em of what is written on an image of that width."""
    return max(12, width // _EMS_OF_WIDTH)


def _corners(mark: Mark, page: Page, image: Image.Image) -> Corners | None:
    """A mark's box in pixels, as far as it is on the page; null where nothing of it is."""
    across, down = image.width / (page.width or image.width), image.height / (page.height or image.height)
    x0, x1 = (_within(x * across, image.width) for x in (mark.box.x0, mark.box.x1))
    top, bottom = (_within(y * down, image.height) for y in (mark.box.top, mark.box.bottom))
    return (x0, top, x1, bottom) if x0 < x1 and top < bottom else None


def _within(pixels: float, most: int) -> int:
    return round(min(max(pixels, 0), most - 1))


def _fill(image: Image.Image, corners: Corners, style: Style) -> None:
    if style.fill:
        area = image.crop(corners)
        image.paste(Image.blend(area, Image.new("RGB", area.size, style.colour), style.fill), corners)


def _tag(draw: ImageDraw.ImageDraw, mark: Mark, corners: Corners, size: int) -> None:
    """A record's number, in a tag to the left of its box, where there is seldom text, or at its left end."""
    x0, top, *_ = corners
    width = width_of(mark.label, size, bold=True) + 0.6 * size
    left = max(x0 - width, 0)
    draw.rectangle((left, top, left + width, top + 1.2 * size), fill=STYLES[mark.kind].colour)
    write(draw, (left + 0.3 * size, top + 0.98 * size), mark.label, size, _WHITE, bold=True)


def _mixed(under: Colour, over: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(under, over, strict=True))
    return red, green, blue
