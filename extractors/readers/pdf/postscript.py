"""Outlines of PostScript fonts (CFF, Type 1); fontTools runs the glyphs' programs and is loaded only when one is met.

A damaged font may call its subroutines endlessly: the bytes run and the points are counted. Type 1 files are taken
apart here: fontTools runs their text as a PostScript program, loops and all. Sources: Adobe Technical Notes 5176 and
5177 (CFF and its charstrings), Adobe Type 1 Font Format.
"""

import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from fontTools.cffLib import CFFFontSet
from fontTools.misc.eexec import decrypt
from fontTools.misc.psCharStrings import T1CharString, T1OutlineExtractor, T2OutlineExtractor
from fontTools.pens.basePen import AbstractPen

from extractors.readers.pdf.outlines import CUBIC, ON, Contour, Outline, Point

_MAX_BYTES = 50_000
_MAX_POINTS = 5_000
_MAX_TYPE1 = 2_000_000
_EEXEC_KEY, _CHARSTRING_KEY, _EEXEC_LEAD = 55665, 4330, 4
_TYPE1_GLYPH = re.compile(rb"/([^\s/{}\[\]()<>%]{1,64})\s+(\d{1,6})\s+(?:RD|-\|)\s")
_TYPE1_SUBROUTINE = re.compile(rb"dup\s+(\d{1,5})\s+(\d{1,6})\s+(?:RD|-\|)\s")
_TYPE1_LEAD = re.compile(rb"/lenIV\s+(\d+)")
_TYPE1_MATRIX = re.compile(rb"/FontMatrix\s*\[\s*([-+.\deE]+)")


class TooMuch(Exception):
    """A glyph whose program goes beyond the limits."""


class PostScriptFont:
    """A CFF or Type 1 font; glyphs are found by name, those of a CID-keyed font by `cid00001`."""

    def __init__(self, programs: Mapping[str, Any], order: list[str], units_per_em: float, keyed: bool) -> None:
        """Take the glyphs' programs by name; `order` has the names by glyph number."""
        self._programs = programs
        self.order = order
        self.units_per_em = units_per_em
        self.is_cid_keyed = keyed

    def outline(self, name: str) -> Outline | None:
        """The glyph's contours; None where there is no such glyph. May raise anything on a damaged font."""
        if name not in self._programs:
            return None
        program, pen = self._programs[name], _Pen()
        if isinstance(program, T1CharString):
            _Type1Extractor(pen, program.subrs).execute(program)
        else:
            private = program.private
            subroutines = getattr(private, "Subrs", [])
            _CompactExtractor(pen, subroutines, program.globalSubrs, 0, 0, private).execute(program)
        return Outline(pen.contours(), self.units_per_em)


def cff_font(data: bytes) -> PostScriptFont:
    """Read a CFF table or FontFile3 stream. May raise anything on a damaged one."""
    fonts = CFFFontSet()
    fonts.decompile(BytesIO(data), None)
    top = fonts[fonts.fontNames[0]]
    scale = top.FontMatrix[0] if hasattr(top, "FontMatrix") else 0
    return PostScriptFont(top.CharStrings, top.charset, _units(scale), hasattr(top, "ROS"))


def type1_font(data: bytes) -> PostScriptFont:
    """Read a FontFile stream. Raises `ValueError` where it is no Type 1 font."""
    clear, found, cipher = data[:_MAX_TYPE1].partition(b"eexec")
    if not found:
        raise ValueError("no Type 1 font")
    plain = _decrypted(cipher.lstrip(b"\r\n \t"))
    lead = int(match[1]) if (match := _TYPE1_LEAD.search(plain)) else 4
    pieces = [(match[1], _piece(plain, match, lead)) for match in _TYPE1_SUBROUTINE.finditer(plain)]
    subroutines = {int(number): T1CharString(code) for number, code in pieces}
    glyphs = {match[1].decode("latin-1"): _piece(plain, match, lead) for match in _TYPE1_GLYPH.finditer(plain)}
    for subroutine in subroutines.values():
        subroutine.subrs = subroutines
    programs = {name: T1CharString(code, subrs=subroutines) for name, code in glyphs.items()}
    scale = float(match[1]) if (match := _TYPE1_MATRIX.search(clear)) else 0
    return PostScriptFont(programs, list(programs), _units(scale), keyed=False)


def _units(scale: float) -> float:
    return 1 / scale if scale > 0 else 1000


def _decrypted(cipher: bytes) -> bytes:
    if re.fullmatch(rb"[0-9A-Fa-f\s]{8}", cipher[:8]):
        digits = re.sub(rb"[^0-9A-Fa-f]", b"", cipher)
        cipher = bytes.fromhex(digits[: len(digits) // 2 * 2].decode())
    plain: bytes = decrypt(cipher, _EEXEC_KEY)[0]
    return plain[_EEXEC_LEAD:]


def _piece(plain: bytes, match: re.Match[bytes], lead: int) -> bytes:
    code: bytes = decrypt(plain[match.end() : match.end() + int(match[2])], _CHARSTRING_KEY)[0]
    return code[lead:]


class _Counted:
    """Counts the bytes that are run; set before one of fontTools' extractors."""

    run = 0

    def execute(self, program: Any, **rest: Any) -> None:
        """Run a program or subroutine."""
        # Programs run once are kept as lists of numbers and operators, not as bytes; an empty one costs its call.
        self.run += 1 + len(program.bytecode or program.program)
        if self.run > _MAX_BYTES:
            raise TooMuch("too long a program")
        super().execute(program, **rest)  # type: ignore[misc]


class _CompactExtractor(_Counted, T2OutlineExtractor):  # type: ignore[misc]
    """The extractor of CFF programs, bounded."""


class _Type1Extractor(_Counted, T1OutlineExtractor):  # type: ignore[misc]
    """The extractor of Type 1 programs, bounded."""


class _Pen(AbstractPen):  # type: ignore[misc]
    """Takes down what a program draws."""

    def __init__(self) -> None:
        self._done: list[Contour] = []
        self._points: list[Point] = []
        self._left = _MAX_POINTS

    def contours(self) -> tuple[Contour, ...]:
        """All contours drawn so far, one without an end too."""
        self.closePath()
        return tuple(self._done)

    def moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        """Begin a contour."""
        self.closePath()
        self._add((*pt, ON))

    def lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        """Add a line."""
        self._add((*pt, ON))

    def curveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        """Add a cubic curve."""
        first, second, end = points
        for point in ((*first, CUBIC), (*second, CUBIC), (*end, ON)):
            self._add(point)

    def closePath(self) -> None:  # noqa: N802
        """End a contour; its last point is left out where it is the first again."""
        points, self._points = self._points, []
        if len(points) > 1 and points[0] == points[-1]:
            points.pop()
        if len(points) > 1:
            self._done.append(tuple(points))

    endPath = closePath  # noqa: N815

    def addComponent(self, *_: Any) -> None:  # noqa: N802
        """Accented Latin letters in two parts: left out."""

    def _add(self, point: Point) -> None:
        self._left -= 1
        if self._left < 0:
            raise TooMuch("too many points")
        self._points.append(point)
