"""Small PDF files written by hand: Thai text at given places, ruled lines, and pages that are pictures.

The font is not embedded: its codes are the characters' own numbers, and it states them, as most real files do.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

WIDTH, HEIGHT = 595, 842
SIZE = 14

_TO_UNICODE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /Own def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
%s
endcmap end end"""


class Text(NamedTuple):
    """A line of text, its baseline's left end in points from the page's top left."""

    x: float
    y: float
    text: str


class Rule(NamedTuple):
    """A ruled line between two points, measured from the page's top left."""

    x0: float
    y0: float
    x1: float
    y1: float


Page = Sequence[Text | Rule | str] | None
"""What is drawn on a page, a string for operators of the content stream; null for a page that is a picture."""


def pdf_file(
    pages: Sequence[Page],
    box: tuple[float, float] = (WIDTH, HEIGHT),
    *,
    letters: str = "",
    stated: Mapping[str, str] | None = None,
    fontname: str = "Own",
    entries: str = "",
    more: Mapping[int, bytes] | None = None,
) -> bytes:
    """A PDF file of these pages, `box` points wide and high.

    `letters` are those that operators show (`shown`); `stated` has the text that the font states for a letter instead
    of the letter itself, «» for none. `entries` are added to each page's dictionary, `more` to the file: number 100 is
    the form that `/Fm1 Do` draws.
    """
    drawn = {letter for page in pages for item in page or () if isinstance(item, Text) for letter in item.text}
    kids = " ".join(f"{10 + 2 * index} 0 R" for index in range(len(pages)))
    objects = {
        1: _dictionary("/Type /Catalog /Pages 2 0 R"),
        2: _dictionary(f"/Type /Pages /Count {len(pages)} /Kids [{kids}]"),
        **_font(sorted(drawn | set(letters)), stated or {}, fontname),
        7: _stream(
            b"\x80", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
        ),
    }
    for index, page in enumerate(pages):
        objects[10 + 2 * index] = _dictionary(
            f"/Type /Page /Parent 2 0 R /MediaBox [0 0 {box[0]} {box[1]}] /Contents {11 + 2 * index} 0 R "
            f"/Resources << /Font << /F1 3 0 R >> /XObject << /Im1 7 0 R /Fm1 100 0 R >> >> {entries}"
        )
        objects[11 + 2 * index] = _stream(_content(page))
    return _file({**objects, **(more or {})})


def shown(text: str) -> str:
    """A text as the operand of operators that show text."""
    return f"<{text.encode('utf-16-be').hex()}>"


def form(operators: str) -> bytes:
    """An object that draws these operators, with the page's font, where `/Fm1 Do` stands; it may stand in itself."""
    return _stream(
        operators.encode(),
        f"/Type /XObject /Subtype /Form /BBox [0 0 {WIDTH} {HEIGHT}] "
        "/Resources << /Font << /F1 3 0 R >> /XObject << /Fm1 100 0 R >> >>",
    )


def table(rows: Sequence[Sequence[str]], edges: Sequence[float], top: float, height: float = 24) -> list[Text | Rule]:
    """A ruled table: its rows from `top` down, the columns between the `edges` from the left."""
    bottom = top + height * len(rows)
    drawn: list[Text | Rule] = [
        Rule(edges[0], top + height * n, edges[-1], top + height * n) for n in range(len(rows) + 1)
    ]
    drawn += [Rule(edge, top, edge, bottom) for edge in edges]
    for row, cells in enumerate(rows):
        for x, cell in zip(edges, cells, strict=False):
            drawn.append(Text(x + 4, top + height * row + 17, cell))
    return drawn


def _content(page: Page) -> bytes:
    if page is None:
        return f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /Im1 Do Q".encode()
    return "\n".join(_drawn(item) for item in page).encode()


def _drawn(item: Text | Rule | str) -> str:
    if isinstance(item, str):
        return item
    if isinstance(item, Rule):
        return f"{item.x0} {HEIGHT - item.y0} m {item.x1} {HEIGHT - item.y1} l S"
    return f"BT /F1 {SIZE} Tf {item.x} {HEIGHT - item.y} Td {shown(item.text)} Tj ET"


def _font(letters: Sequence[str], stated: Mapping[str, str], fontname: str) -> dict[int, bytes]:
    map_of_codes = "\n".join(
        f"1 beginbfchar {shown(letter)} {shown(stated.get(letter, letter))} endbfchar"
        for letter in letters
        if stated.get(letter, letter)
    )
    widths = " ".join(f"{ord(letter)} [{0 if _is_mark(letter) else 500}]" for letter in letters)
    return {
        3: _dictionary(
            f"/Type /Font /Subtype /Type0 /BaseFont /{fontname} /Encoding /Identity-H /DescendantFonts [4 0 R] "
            "/ToUnicode 6 0 R"
        ),
        4: _dictionary(
            f"/Type /Font /Subtype /CIDFontType2 /BaseFont /{fontname} /FontDescriptor 5 0 R /DW 500 "
            f"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /W [{widths}]"
        ),
        5: _dictionary(
            f"/Type /FontDescriptor /FontName /{fontname} /Flags 4 /FontBBox [0 -300 1000 1000] /ItalicAngle 0 "
            "/Ascent 900 /Descent -250 /CapHeight 700 /StemV 80"
        ),
        6: _stream(_TO_UNICODE % map_of_codes.encode()),
    }


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter) == "Mn" or "\uf700" <= letter <= "\uf71a"


def _dictionary(entries: str) -> bytes:
    return f"<< {entries} >>".encode()


def _stream(content: bytes, entries: str = "") -> bytes:
    return f"<< {entries} /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"


def _file(objects: dict[int, bytes]) -> bytes:
    """The objects with the table of their places, which readers need."""
    data, places = b"%PDF-1.7\n", {}
    for number, content in objects.items():
        places[number] = len(data)
        data += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    entries = "".join(f"{number} 1\n{place:010} 00000 n \n" for number, place in places.items())
    end = f"xref\n0 1\n0000000000 65535 f \n{entries}trailer\n<< /Size {max(objects) + 1} /Root 1 0 R >>\n"
    return data + f"{end}startxref\n{len(data)}\n%%EOF\n".encode()
