"""The tables of a TrueType or OpenType font that tell what its glyphs are: outlines, widths, code points, names.

Fonts in PDF files are cut to the glyphs used, lack tables and may be damaged or hostile: every read is bounded by the
table it is in, every loop by the number of glyphs, and a glyph made of glyphs by depth and points. fontTools is not
used for it: its cmap format 12 lists 4,000 million code points where a hostile group says so, its composites have no
bound, it refuses one of the 161 fonts of 24 real documents, and takes 1.7 times as long on the rest (1.13 against
0.68 s, and 0.1 s to import). Source: OpenType 1.9, tables glyf, loca, cmap, post, hmtx.
"""

import struct
from collections.abc import Iterator
from typing import Any, NamedTuple

from extractors.readers.pdf.outlines import CURVE, ON, Contour, Outline

_MAX_TABLES = 64
_MAX_CODE_TABLES = 8
_MAX_DEPTH = 6
_MAX_PARTS = 64
_MAX_POINTS = 5_000
_MAX_CODES = 65_536
_UNICODE_TABLES = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0))


class Damaged(Exception):
    """A font that cannot be read, or a glyph beyond the limits; the text says what is wrong."""


class CodeTable(NamedTuple):
    """One table of code → glyph number, with the platform and encoding that say what its codes are."""

    platform: int
    encoding: int
    glyphs: dict[int, int]

    @property
    def is_unicode(self) -> bool:
        """Whether its codes are Unicode code points."""
        return (self.platform, self.encoding) in _UNICODE_TABLES


class Sfnt:
    """A font's tables, each read when it is asked for."""

    def __init__(self, data: bytes) -> None:
        """Read the directory. Raises `Damaged` where the bytes hold no font, or one without head and maxp."""
        self._data = data
        self._tables = _directory(data)
        head, maxp = self._tables.get(b"head", b""), self._tables.get(b"maxp", b"")
        if len(head) < 52 or len(maxp) < 6:
            raise Damaged("no head or maxp table")
        self.units_per_em = int.from_bytes(head[18:20], "big") or 1000
        self.glyph_count = int.from_bytes(maxp[4:6], "big")
        self._long_offsets = head[50:52] != b"\0\0"

    @property
    def compact(self) -> bytes | None:
        """The CFF table, where the outlines are in PostScript's form."""
        return self._tables.get(b"CFF ")

    def advance(self, glyph: int) -> int:
        """The glyph's width in font units; 0 where none is told."""
        hhea, hmtx = self._tables.get(b"hhea", b""), self._tables.get(b"hmtx", b"")
        if len(hhea) < 36:
            return 0
        place = 4 * min(glyph, int.from_bytes(hhea[34:36], "big") - 1)
        return int.from_bytes(hmtx[place : place + 2], "big") if place >= 0 else 0

    def outline(self, glyph: int) -> Outline:
        """The glyph's contours, those of its parts put in place. Raises `Damaged` (truncated, endless, too large)."""
        contours = tuple(self._contours(glyph, _Budget(), 0))
        return Outline(contours, self.units_per_em)

    def codes(self) -> list[CodeTable]:
        """The tables of the cmap that could be read."""
        cmap = self._tables.get(b"cmap", b"")
        found = []
        for index in range(min(_number(cmap, 2), _MAX_CODE_TABLES)):
            platform, encoding, offset = _fields(">HHL", cmap, 4 + 8 * index)
            if glyphs := _code_table(cmap[offset:], self.glyph_count):
                found.append(CodeTable(platform, encoding, glyphs))
        return found

    def names(self) -> dict[int, str]:
        """The glyphs' names by number (post, formats 1 and 2); empty where there are none."""
        post = self._tables.get(b"post", b"")
        if post[:4] != b"\0\2\0\0":
            return {}
        count = min(_number(post, 32), self.glyph_count)
        own = list(_pascal_strings(post[34 + 2 * _number(post, 32) :]))
        indices = [_number(post, 34 + 2 * glyph) for glyph in range(count)]
        return {glyph: own[index - 258] for glyph, index in enumerate(indices) if 258 <= index < 258 + len(own)}

    def _contours(self, glyph: int, budget: "_Budget", depth: int) -> Iterator[Contour]:
        data = self._glyph_data(glyph)
        if not data:
            return
        (count,) = _fields(">h", data, 0)
        if count >= 0:
            yield from _simple(data, count, budget)
            return
        if depth >= _MAX_DEPTH:
            raise Damaged("glyphs within glyphs too deep")
        for part, place in _parts(data):
            budget.spend(1)
            for contour in self._contours(part, budget, depth + 1):
                yield place.moved(contour)

    def _glyph_data(self, glyph: int) -> bytes:
        loca, glyf = self._tables.get(b"loca", b""), self._tables.get(b"glyf", b"")
        if not 0 <= glyph < self.glyph_count:
            raise Damaged("no such glyph")
        if self._long_offsets:
            start, end = _fields(">LL", loca, 4 * glyph)
        else:
            start, end = (2 * offset for offset in _fields(">HH", loca, 2 * glyph))
        return glyf[start:end]


class _Budget:
    """Points that a glyph may still have; spent by the parts together, so that nested parts cannot multiply."""

    def __init__(self) -> None:
        self.left = _MAX_POINTS

    def spend(self, points: int) -> None:
        self.left -= points
        if self.left < 0:
            raise Damaged("too many points")


class _Place(NamedTuple):
    """Where a part of a glyph goes: a matrix and an offset."""

    xx: float
    xy: float
    yx: float
    yy: float
    dx: float
    dy: float

    def moved(self, contour: Contour) -> Contour:
        xx, xy, yx, yy, dx, dy = self
        if (xx, xy, yx, yy) == (1, 0, 0, 1):
            return tuple((x + dx, y + dy, kind) for x, y, kind in contour)
        return tuple((xx * x + yx * y + dx, xy * x + yy * y + dy, kind) for x, y, kind in contour)


def _directory(data: bytes) -> dict[bytes, bytes]:
    start = int.from_bytes(data[12:16], "big") if data[:4] == b"ttcf" else 0
    tables = {}
    for index in range(min(_number(data, start + 4), _MAX_TABLES)):
        tag, _, offset, length = _fields(">4sLLL", data, start + 12 + 16 * index)
        tables[tag] = data[offset : offset + length]
    return tables


def _fields(form: str, data: bytes, offset: int) -> tuple[Any, ...]:
    try:
        return struct.unpack_from(form, data, offset)
    except struct.error as error:
        raise Damaged("cut short") from error


def _number(data: bytes, offset: int) -> int:
    return int.from_bytes(data[offset : offset + 2], "big")


def _pascal_strings(data: bytes) -> Iterator[str]:
    start = 0
    while start < len(data):
        end = start + 1 + data[start]
        yield data[start + 1 : end].decode("latin-1")
        start = end


def _simple(data: bytes, count: int, budget: _Budget) -> Iterator[Contour]:
    ends = _fields(f">{count}H", data, 10)
    if not ends:
        return
    points = ends[-1] + 1
    budget.spend(points)
    flags, place = _flags(data, 10 + 2 * count + 2 + _number(data, 10 + 2 * count), points)
    xs, place = _coordinates(data, place, flags, short=2, same=16)
    ys, _ = _coordinates(data, place, flags, short=4, same=32)
    start = 0
    for end in ends:
        inside = range(start, end + 1)
        yield tuple((xs[i], ys[i], ON if flags[i] & 1 else CURVE) for i in inside if i < points)
        start = end + 1


def _flags(data: bytes, place: int, points: int) -> tuple[list[int], int]:
    flags: list[int] = []
    while len(flags) < points:
        if place + 1 >= len(data):
            raise Damaged("cut short")
        flag, times = data[place], data[place + 1] + 1 if data[place] & 8 else 1
        flags += [flag] * times
        place += 2 if flag & 8 else 1
    return flags[:points], place


def _coordinates(data: bytes, place: int, flags: list[int], short: int, same: int) -> tuple[list[int], int]:
    value, values = 0, []
    for flag in flags:
        if flag & short:
            (step,) = _fields("B", data, place)
            value += step if flag & same else -step
            place += 1
        elif not flag & same:
            (step,) = _fields(">h", data, place)
            value += step
            place += 2
        values.append(value)
    return values, place


def _parts(data: bytes) -> Iterator[tuple[int, _Place]]:
    """The parts of a glyph made of glyphs. Offsets that fit points to points are taken as 0: no Thai font has them."""
    place = 10
    for _ in range(_MAX_PARTS):
        flags, glyph = _fields(">HH", data, place)
        dx, dy = _fields(">hh" if flags & 1 else "bb", data, place + 4)
        place += 8 if flags & 1 else 6
        count = 1 if flags & 8 else 2 if flags & 64 else 4 if flags & 128 else 0
        scale = [value / 16384 for value in _fields(f">{count}h", data, place)]
        place += 2 * count
        xx, xy, yx, yy = {0: (1, 0, 0, 1), 1: (*scale, 0, 0, *scale), 2: (*scale[:1], 0, 0, *scale[1:]), 4: scale}[
            count
        ]
        yield glyph, _Place(xx, xy, yx, yy, *((dx, dy) if flags & 2 else (0, 0)))
        if not flags & 32:
            return


def _code_table(data: bytes, glyph_count: int) -> dict[int, int]:
    """Code → glyph of one table, formats 0, 4, 6 and 12 (2, 8, 10, 13 and 14 are in no Thai font); empty if damaged."""
    read = {0: _bytes_table, 4: _segments, 6: _trimmed, 12: _groups}.get(_number(data, 0))
    try:
        pairs = read(data) if read else iter(())
        return {
            code: glyph for (code, glyph), _ in zip(pairs, range(_MAX_CODES), strict=False) if 0 < glyph < glyph_count
        }
    except Damaged:
        return {}


def _bytes_table(data: bytes) -> Iterator[tuple[int, int]]:
    return enumerate(data[6:262])


def _trimmed(data: bytes) -> Iterator[tuple[int, int]]:
    first, count = _fields(">HH", data, 6)
    return enumerate(_fields(f">{count}H", data, 10), first)


def _segments(data: bytes) -> Iterator[tuple[int, int]]:
    count = _number(data, 6) // 2
    ends = _fields(f">{count}H", data, 14)
    starts = _fields(f">{count}H", data, 16 + 2 * count)
    deltas = _fields(f">{count}H", data, 16 + 4 * count)
    offsets = _fields(f">{count}H", data, 16 + 6 * count)
    for index, (start, end, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        place = 16 + 6 * count + 2 * index + offset
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = _number(data, place + 2 * (code - start)) if offset else code
            yield code, (glyph + delta) & 0xFFFF if glyph or not offset else 0


def _groups(data: bytes) -> Iterator[tuple[int, int]]:
    (count,) = _fields(">L", data, 12)
    for index in range(min(count, _MAX_CODES)):
        start, end, glyph = _fields(">LLL", data, 16 + 12 * index)
        yield from zip(range(start, end + 1), range(glyph, 0x10000), strict=False)
