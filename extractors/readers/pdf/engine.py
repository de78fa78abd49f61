"""The engine: playa-pdf opens the file and its fonts, this goes through the content streams for glyphs and rules.

Text, straight paths, images, forms, marked content and clipping rectangles are what reading needs; colours, line styles
and shadings are passed over. The operators and their meaning: ISO 32000-1, annex A.
"""

import math
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field

from playa.document import Document as PdfDocument
from playa.page import Page as PdfPage
from playa.pdftypes import ContentStream, Matrix, PSLiteral, dict_value, resolve1
from playa.utils import decode_text

from extractors.readers.pdf.clipping import Area
from extractors.readers.pdf.content import ACTUAL_TEXT, Glyph, PageContent, Rule
from extractors.readers.pdf.content_stream import Operand, operations
from extractors.readers.pdf.fonts import CodedFont, DocumentFonts
from extractors.readers.pdf.matrices import bounds, moved, point, times
from extractors.readers.pdf.paths import Point, Subpath, rules_of
from extractors.readers.pdf.resources import Resources

MAX_FORM_DEPTH = 12
"""Forms within forms beyond this are not followed: a hostile file may nest them without end."""
MAX_OPERATIONS = 1_000_000
"""Operations a page beyond which the rest is left out; the largest of 24 real files has 25,000 on a page."""

_INVISIBLE = 3
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def read_page(page: PdfPage, fonts: DocumentFonts) -> PageContent:
    """The page's glyphs and rules, upright as it is shown; `fonts` are those of the document so far."""
    turned = page.rotate in (90, 270)
    width, height = (page.height, page.width) if turned else (page.width, page.height)
    walk = _Walk(page.doc, fonts, _State(page.ctm, Area(0.0, 0.0, width, height)))
    walk.through(b"\n".join(stream.buffer for stream in page.streams), Resources(page.resources, page.doc))
    share = min(1.0, walk.largest_image / max(width * height, 1.0))
    return PageContent(page.page_idx + 1, width, height, tuple(walk.glyphs), tuple(walk.rules), share)


@dataclass(slots=True)
class _State:
    """The graphics state as far as it is needed; lengths of text in units of text space."""

    ctm: Matrix
    area: Area
    font: CodedFont | None = None
    ordinal: int = 0
    size: float = 0.0
    char_spacing: float = 0.0
    word_spacing: float = 0.0
    scaling: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0


@dataclass(slots=True)
class _Marked:
    """Marked content, with the document's own word for its text if it has one, and whether that was given out."""

    actual: str | None = None
    spelt: bool = False


@dataclass(slots=True)
class _Path:
    """The path under construction, in the page's points."""

    subpaths: list[Subpath] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    curved: bool = False

    def end_subpath(self, closed: bool = False) -> None:
        """What was drawn since the last move is a subpath."""
        if self.points:
            self.subpaths.append(Subpath(self.points, self.curved, closed))
        self.points, self.curved = [], False


class _Walk:
    """Goes through the content of one page; what was met so far."""

    def __init__(self, document: PdfDocument, fonts: DocumentFonts, state: _State) -> None:
        self._document = document
        self._fonts = fonts
        self._state = state
        self._saved: list[_State] = []
        self._text: Matrix = _IDENTITY
        self._line: Matrix = _IDENTITY
        self._path = _Path()
        self._marked: list[_Marked] = []
        self._depth = 0
        self._left = MAX_OPERATIONS
        self.glyphs: list[Glyph] = []
        self.rules: list[Rule] = []
        self.largest_image = 0.0
        self._actions = self._operators()

    def through(self, data: bytes, resources: Resources) -> None:
        """Carry out the operations of a content stream; one that has the wrong operands is passed over."""
        outer, self._resources = getattr(self, "_resources", resources), resources
        actions = self._actions
        for operator, operands in operations(data):
            self._left -= 1
            if self._left < 0:
                break
            action = actions.get(operator)
            if action is not None:
                try:
                    action(operands)
                except (IndexError, TypeError, ValueError, KeyError, ArithmeticError, AttributeError):
                    continue
        self._resources = outer

    def _operators(self) -> dict[bytes, Callable[[list[Operand]], None]]:
        paint = dict.fromkeys((b"f", b"F", b"f*"), self._fill)
        stroke = dict.fromkeys((b"S", b"s", b"B", b"B*", b"b", b"b*"), self._stroke)
        return {
            **paint,
            **stroke,
            b"q": self._save,
            b"Q": self._restore,
            b"cm": self._concatenate,
            b"Do": self._draw_object,
            b"BDC": self._begin_marked,
            b"BMC": self._begin_marked,
            b"EMC": self._end_marked,
            b"BT": self._begin_text,
            b"Tf": self._set_font,
            b"Td": self._move,
            b"TD": self._move_leading,
            b"Tm": self._set_matrix,
            b"T*": self._next_line,
            b"Tc": self._set_char_spacing,
            b"Tw": self._set_word_spacing,
            b"Tz": self._set_scaling,
            b"TL": self._set_leading,
            b"Ts": self._set_rise,
            b"Tr": self._set_mode,
            b"Tj": self._show,
            b"TJ": self._show_adjusted,
            b"'": self._next_line_show,
            b'"': self._spaced_show,
            b"m": self._move_to,
            b"l": self._line_to,
            b"c": self._curve_to,
            b"v": self._curve_to,
            b"y": self._curve_to,
            b"h": self._close,
            b"re": self._rectangle,
            b"W": self._clip,
            b"W*": self._clip,
            b"n": self._end_path,
        }

    def _save(self, _: list[Operand]) -> None:
        self._saved.append(copy(self._state))

    def _restore(self, _: list[Operand]) -> None:
        self._state = self._saved.pop()

    def _concatenate(self, operands: list[Operand]) -> None:
        a, b, c, d, e, f = operands[-6:]
        self._state.ctm = times((a, b, c, d, e, f), self._state.ctm)

    def _draw_object(self, operands: list[Operand]) -> None:
        drawn = self._resources.object(operands[-1])
        if drawn is None:
            return
        subtype = resolve1(drawn.get("Subtype"))
        if isinstance(subtype, PSLiteral) and subtype.name == "Image":
            self._image()
        elif self._depth < MAX_FORM_DEPTH:
            self._form(drawn)

    def _image(self) -> None:
        x0, top, x1, bottom = bounds([point(self._state.ctm, x, y) for x, y in ((0, 0), (0, 1), (1, 0), (1, 1))])
        area = self._state.area
        width = min(x1, area.x1) - max(x0, area.x0)
        height = min(bottom, area.bottom) - max(top, area.top)
        self.largest_image = max(self.largest_image, max(0.0, width) * max(0.0, height))

    def _form(self, form: ContentStream) -> None:
        state, saved, text, line = copy(self._state), self._saved, self._text, self._line
        self._saved, self._depth = [], self._depth + 1
        self._state.ctm = times(_matrix_of(form), self._state.ctm)
        self._state.area = self._state.area.within([point(self._state.ctm, x, y) for x, y in _corners_of(form)])
        inner = resolve1(form.get("Resources"))
        resources = Resources(dict_value(inner), self._document) if inner else self._resources
        self.through(form.buffer, resources)
        self._state, self._saved, self._text, self._line = state, saved, text, line
        self._depth -= 1

    def _begin_marked(self, operands: list[Operand]) -> None:
        marked = _Marked()
        self._marked.append(marked)
        properties = self._resources.properties(operands[-1]) if len(operands) > 1 else None
        stated = resolve1(properties.get("ActualText")) if properties else None
        if isinstance(stated, bytes):
            marked.actual = decode_text(stated)

    def _end_marked(self, _: list[Operand]) -> None:
        self._marked.pop()

    def _begin_text(self, _: list[Operand]) -> None:
        self._text = self._line = _IDENTITY

    def _set_font(self, operands: list[Operand]) -> None:
        self._state.size = float(operands[-1])
        font = self._resources.font(operands[-2])
        self._state.font = None
        if font is not None:
            self._state.ordinal = self._fonts.ordinal(font)
            self._state.font = self._fonts[self._state.ordinal]

    def _move(self, operands: list[Operand]) -> None:
        x, y = operands[-2:]
        self._text = self._line = moved(self._line, x, y)

    def _move_leading(self, operands: list[Operand]) -> None:
        self._state.leading = -operands[-1]
        self._move(operands)

    def _set_matrix(self, operands: list[Operand]) -> None:
        a, b, c, d, e, f = operands[-6:]
        self._text = self._line = times((a, b, c, d, e, f), _IDENTITY)

    def _next_line(self, _: list[Operand]) -> None:
        self._move([0.0, -self._state.leading])

    def _set_char_spacing(self, operands: list[Operand]) -> None:
        self._state.char_spacing = float(operands[-1])

    def _set_word_spacing(self, operands: list[Operand]) -> None:
        self._state.word_spacing = float(operands[-1])

    def _set_scaling(self, operands: list[Operand]) -> None:
        self._state.scaling = float(operands[-1]) / 100

    def _set_leading(self, operands: list[Operand]) -> None:
        self._state.leading = float(operands[-1])

    def _set_rise(self, operands: list[Operand]) -> None:
        self._state.rise = float(operands[-1])

    def _set_mode(self, operands: list[Operand]) -> None:
        self._state.mode = int(operands[-1])

    def _show(self, operands: list[Operand]) -> None:
        self._show_parts(operands[-1:])

    def _show_adjusted(self, operands: list[Operand]) -> None:
        self._show_parts(operands[-1])

    def _next_line_show(self, operands: list[Operand]) -> None:
        self._next_line(operands)
        self._show(operands)

    def _spaced_show(self, operands: list[Operand]) -> None:
        self._state.word_spacing, self._state.char_spacing = float(operands[-3]), float(operands[-2])
        self._next_line_show(operands)

    def _show_parts(self, parts: list[Operand]) -> None:
        state, font = self._state, self._state.font
        if font is None or not state.size:
            return
        a, b, c, d, e, f = times(self._text, state.ctm)
        em = state.size * state.scaling
        e, f = e + state.rise * c, f + state.rise * d
        visible = state.area.shows(e + 0.2 * (a + c) * state.size, f + 0.2 * (b + d) * state.size)
        position = self._walk_parts(parts, font, (a * em, b * em, e, f), math.hypot(c, d) * abs(state.size), visible)
        self._text = moved(self._text, position * em, 0.0)

    def _walk_parts(
        self,
        parts: list[Operand],
        font: CodedFont,
        direction: tuple[float, float, float, float],
        size: float,
        visible: bool,
    ) -> float:
        """Take down the glyphs of a text operator; how far the text went, in ems."""
        state = self._state
        turn, along, start, baseline = _frame(*direction)
        spacing, word_spacing = state.char_spacing / state.size, state.word_spacing / state.size
        if font.font.multibyte:
            word_spacing = 0.0
        actual = self._actual_text() if visible else None
        shown, ordinal, append = state.mode != _INVISIBLE, state.ordinal, self.glyphs.append
        position = 0.0
        for part in parts:
            if not isinstance(part, bytes):
                position -= part * 0.001
                continue
            for code, text, advance in font.codes(part):
                x0 = start + position * along
                x1 = x0 + advance * along
                position += advance + spacing
                if code == 32:
                    position += word_spacing
                if not visible:
                    continue
                if actual is not None:
                    append(Glyph(actual, ACTUAL_TEXT, ordinal, x0, x1, baseline, size, turn, shown))
                    actual = ""
                else:
                    append(Glyph(text, code, ordinal, x0, x1, baseline, size, turn, shown))
        return position

    def _actual_text(self) -> str | None:
        """What the document says that the marked glyphs stand for: all of it at their first glyph, nothing after."""
        for marked in self._marked:
            if marked.actual is not None:
                first, marked.spelt = not marked.spelt, True
                return marked.actual if first else ""
        return None

    def _move_to(self, operands: list[Operand]) -> None:
        x, y = operands[-2:]
        self._path.end_subpath()
        self._path.points = [point(self._state.ctm, x, y)]

    def _line_to(self, operands: list[Operand]) -> None:
        x, y = operands[-2:]
        self._path.points.append(point(self._state.ctm, x, y))

    def _curve_to(self, operands: list[Operand]) -> None:
        self._path.curved = True
        self._line_to(operands)

    def _close(self, _: list[Operand]) -> None:
        self._path.end_subpath(closed=True)

    def _rectangle(self, operands: list[Operand]) -> None:
        x, y, width, height = operands[-4:]
        corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
        self._path.end_subpath()
        self._path.points = [point(self._state.ctm, *corner) for corner in corners]
        self._path.end_subpath(closed=True)

    def _clip(self, _: list[Operand]) -> None:
        points = [corner for subpath in self._path.subpaths for corner in subpath.points] + self._path.points
        self._state.area = self._state.area.within(points)

    def _end_path(self, _: list[Operand]) -> None:
        self._path = _Path()

    def _fill(self, operands: list[Operand]) -> None:
        self._paint(stroked=False)

    def _stroke(self, operands: list[Operand]) -> None:
        self._paint(stroked=True)

    def _paint(self, stroked: bool) -> None:
        self._path.end_subpath()
        area = self._state.area
        self.rules.extend(
            shown for rule in rules_of(self._path.subpaths, stroked) if (shown := area.clipped(rule)) is not None
        )
        self._path = _Path()


def _numbers(form: ContentStream, key: str, count: int) -> list[float] | None:
    found = resolve1(form.get(key))
    numbers = [resolve1(number) for number in found] if isinstance(found, list) else []
    floats = [float(number) for number in numbers if isinstance(number, int | float)]
    return floats if len(floats) == count else None


def _matrix_of(form: ContentStream) -> Matrix:
    found = _numbers(form, "Matrix", 6)
    return (found[0], found[1], found[2], found[3], found[4], found[5]) if found else _IDENTITY


def _corners_of(form: ContentStream) -> list[Point]:
    """The corners of the form's box; none where it states none."""
    box = _numbers(form, "BBox", 4)
    return [(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])] if box else []


def _frame(a: float, b: float, e: float, f: float) -> tuple[int, float, float, float]:
    """Quarter turns, points an em along the writing, and the origin along and across it."""
    along = math.hypot(a, b)
    if abs(a) >= abs(b):
        return (0, along, e, f) if a >= 0 else (2, along, -e, -f)
    return (3, along, f, -e) if b > 0 else (1, along, -f, e)
