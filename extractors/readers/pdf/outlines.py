"""What a glyph looks like (its contours), and which characters have exactly that outline in the fonts of the table.

Producers cut fonts to the glyphs used and number them anew, but leave the outlines alone: Word, LibreOffice, Chromium,
WeasyPrint, Typst, TCPDF and Ghostscript all keep every point. So the outline tells the character where codes and names
do not. The table (`data/outlines.bin`) is made by `tools/outline_table.py` from free Thai fonts; see `data/SOURCES.md`.
"""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import NamedTuple

ON, CURVE, CUBIC = 0, 1, 2
"""Kinds of points: on the line; control point of a quadratic curve (TrueType); of a cubic one (PostScript; pairs)."""

Point = tuple[float, float, int]
Contour = tuple[Point, ...]

KEY_BYTES = 6
_MAGIC = b"prongsai outlines 1\n"


class Extent(NamedTuple):
    """The smallest rectangle around the points of a glyph, control points too (font units)."""

    left: float
    bottom: float
    right: float
    top: float


class Outline(NamedTuple):
    """The contours of a glyph, each closed, in font units with the origin at the pen's place on the base line."""

    contours: tuple[Contour, ...]
    units_per_em: float

    @property
    def is_blank(self) -> bool:
        """Whether nothing is drawn."""
        return not any(self.contours)

    @property
    def extent(self) -> Extent:
        """The rectangle around all points; all 0 for a blank glyph."""
        points = [point for contour in self.contours for point in contour] or [(0, 0, ON)]
        xs, ys, _ = zip(*points, strict=True)
        return Extent(min(xs), min(ys), max(xs), max(ys))


def shape_key(outline: Outline) -> bytes:
    """A key that glyphs share if they have the same points, wherever they stand.

    Where a contour begins, its direction and the order of the contours do not count, nor does the place left to right
    (a tone mark moved to the left is that tone mark). The size counts, with the units of the em: in a font, o and the
    nikhahit, or l and sara e, may be of one shape.
    """
    left, bottom, _, _ = outline.extent
    return _key(outline, left, bottom)


def placed_key(outline: Outline) -> bytes:
    """As `shape_key`, with the height above the base line: it tells the comma from the apostrophe, - from _."""
    return _key(outline, outline.extent.left, 0)


def characters_of(outline: Outline) -> tuple[str, ...]:
    """The characters drawn by just these contours in the fonts of the table, likeliest first; none where unknown.

    More than one where fonts draw them alike (a bar, I and l). A cluster is one text («ำ»).
    """
    table = outline_table()
    return table.get(shape_key(outline)) or table.get(placed_key(outline))


class OutlineTable:
    """Keys in order, each with the number of its characters' entry; searched in the bytes as stored."""

    def __init__(self, data: bytes) -> None:
        """Take the bytes of a table file. Raises `ValueError` where they are of another form."""
        magic, texts, body = data.split(b"\n", 2) if data.count(b"\n", 0, 20_000) > 1 else (b"", b"", b"")
        if magic + b"\n" != _MAGIC:
            raise ValueError("no table of outlines of this form")
        self._texts = [tuple(entry.split("\x1f")) for entry in texts.decode().split("\x1e")]
        self._count = len(body) // (KEY_BYTES + 2)
        self._keys, self._entries = body[: KEY_BYTES * self._count], body[KEY_BYTES * self._count :]

    def __len__(self) -> int:
        return self._count

    def get(self, key: bytes) -> tuple[str, ...]:
        """The characters stored under the key; none where it is not in the table."""
        place = bisect_left(_Keys(self._keys), key)
        if self._keys[KEY_BYTES * place : KEY_BYTES * (place + 1)] != key:
            return ()
        return self._texts[int.from_bytes(self._entries[2 * place : 2 * place + 2], "big")]


class _Keys(Sequence[bytes]):
    """The keys as a sequence for the search by halves: 80,000 Python objects less."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def __len__(self) -> int:
        return len(self._data) // KEY_BYTES

    def __getitem__(self, index: int) -> bytes:  # type: ignore[override]
        return self._data[KEY_BYTES * index : KEY_BYTES * (index + 1)]


def pack_table(entries: dict[bytes, tuple[str, ...]]) -> bytes:
    """The bytes of a table file: a line that names the form, a line of texts, the keys in order, their text numbers."""
    texts = sorted(set(entries.values()))
    numbers = {text: number for number, text in enumerate(texts)}
    keys = sorted(entries)
    line = "\x1e".join("\x1f".join(text) for text in texts).encode()
    return b"".join([_MAGIC, line, b"\n", *keys, *(numbers[entries[key]].to_bytes(2, "big") for key in keys)])


@cache
def outline_table() -> OutlineTable:
    """The table that comes with the package, read once."""
    return OutlineTable((files("extractors.readers.pdf") / "data" / "outlines.bin").read_bytes())


def _key(outline: Outline, left: float, bottom: float) -> bytes:
    contours = sorted(_canonical(contour, left, bottom) for contour in outline.contours if contour)
    told = repr((round(outline.units_per_em), contours)).encode()
    return blake2b(told, digest_size=KEY_BYTES).digest()


def _canonical(contour: Contour, left: float, bottom: float) -> tuple[Point, ...]:
    points = [(round(x - left), round(y - bottom), kind) for x, y, kind in contour]
    return min(_from_lowest(points), _from_lowest(points[::-1]))


def _from_lowest(points: list[tuple[int, int, int]]) -> tuple[tuple[int, int, int], ...]:
    # A point met twice would leave the start open; the neighbours decide then, which one pass of `min` compares.
    lowest = min(points)
    starts = [index for index, point in enumerate(points) if point == lowest]
    return min(tuple(points[start:] + points[:start]) for start in starts[:4])
