"""Type 3 fonts: glyphs that are small drawings. Their filled paths become outlines; pictures (bitmap fonts) have none.

Source: ISO 32000-2, 9.6.4 (Type 3 fonts) and 8.5.2 (path construction).
"""

import re
from collections.abc import Callable, Iterator

from playa.font import Type3Font
from playa.pdftypes import ContentStream, resolve1

from extractors.readers.pdf.glyph_names import Stated, stated_by_name
from extractors.readers.pdf.outlines import CUBIC, ON, Contour, Outline, Point

_TOKEN = re.compile(rb"([-+]?(?:\d+\.?\d*|\.\d+))|([A-Za-z][A-Za-z0-9]*\*?)")
_MAX_BYTES = 100_000
_MAX_POINTS = 5_000


class DrawnFont:
    """A Type 3 font. Shaped as `font_program.FontProgram`."""

    def __init__(self, font: Type3Font) -> None:
        """Take the font; glyphs are read when asked for."""
        self._font = font
        self._units = 1 / abs(font.matrix[0]) if font.matrix[0] else 1000.0

    def outline(self, code: int) -> Outline | None:
        """The paths drawn for a code; None where there are none (pictures, text in another font)."""
        stream = resolve1(self._font.charprocs.get(self._font.encoding.get(code, "")))
        if not isinstance(stream, ContentStream):
            return None
        drawing = _Drawing()
        for operator, numbers in _operations(stream.buffer[:_MAX_BYTES]):
            if operator in (b"BI", b"Do", b"Tj", b"TJ"):
                return None
            drawing.do(operator, numbers)
        # A matrix may turn the y axis over.
        upright = 1 if self._font.matrix[3] >= 0 else -1
        turned = tuple(tuple((x, upright * y, kind) for x, y, kind in contour) for contour in drawing.contours())
        return Outline(turned, self._units)

    def advance(self, code: int) -> float:
        """How far the pen moves, in the outline's units."""
        return self._font.hdisp(code)

    def stated(self, code: int) -> Stated | None:
        """What the glyph's name says."""
        return stated_by_name(self._font.encoding.get(code, ""))


def _operations(data: bytes) -> Iterator[tuple[bytes, list[float]]]:
    numbers: list[float] = []
    for match in _TOKEN.finditer(data):
        if match[1]:
            numbers.append(float(match[1]))
        else:
            yield match[2], numbers
            numbers = []


class _Drawing:
    """The path drawn so far."""

    def __init__(self) -> None:
        self._done: list[Contour] = []
        self._points: list[Point] = []
        self._left = _MAX_POINTS
        self._here = (0.0, 0.0)
        self._matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        self._ways: dict[bytes, tuple[int, Callable[..., None]]] = {
            b"m": (2, self._move),
            b"l": (2, self._line),
            b"c": (6, self._curve),
            b"v": (4, self._curve_from_here),
            b"y": (4, self._curve_to_end),
            b"h": (0, self._close),
            b"re": (4, self._rectangle),
            b"cm": (6, self._transform),
        }

    def do(self, operator: bytes, numbers: list[float]) -> None:
        """One operator with its numbers; those that draw no path, or lack numbers, do nothing."""
        needed, way = self._ways.get(operator, (0, None))
        if way is not None and len(numbers) >= needed:
            way(*numbers[len(numbers) - needed :])

    def contours(self) -> tuple[Contour, ...]:
        """All contours, one not closed too."""
        self._close()
        return tuple(self._done)

    def _add(self, x: float, y: float, kind: int = ON) -> None:
        self._left -= 1
        if self._left >= 0:
            a, b, c, d, e, f = self._matrix
            self._points.append((a * x + c * y + e, b * x + d * y + f, kind))

    def _move(self, x: float, y: float) -> None:
        self._close()
        self._add(x, y)
        self._here = (x, y)

    def _line(self, x: float, y: float) -> None:
        self._add(x, y)
        self._here = (x, y)

    def _curve(self, x1: float, y1: float, x2: float, y2: float, x: float, y: float) -> None:
        self._add(x1, y1, CUBIC)
        self._add(x2, y2, CUBIC)
        self._line(x, y)

    def _curve_from_here(self, x2: float, y2: float, x: float, y: float) -> None:
        self._curve(*self._here, x2, y2, x, y)

    def _curve_to_end(self, x1: float, y1: float, x: float, y: float) -> None:
        self._curve(x1, y1, x, y, x, y)

    def _rectangle(self, x: float, y: float, width: float, height: float) -> None:
        self._move(x, y)
        for corner in ((x + width, y), (x + width, y + height), (x, y + height)):
            self._line(*corner)
        self._close()

    def _transform(self, *inner: float) -> None:
        a, b, c, d, e, f = inner
        p, q, r, s, t, u = self._matrix
        self._matrix = (
            a * p + b * r,
            a * q + b * s,
            c * p + d * r,
            c * q + d * s,
            e * p + f * r + t,
            e * q + f * s + u,
        )

    def _close(self) -> None:
        points, self._points = self._points, []
        if len(points) > 1 and points[0] == points[-1]:
            points.pop()
        if len(points) > 1:
            self._done.append(tuple(points))
