"""One paragraph of a Word file: the lines it prints, and the text boxes that hang on it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docx.oxml.ns import qn

from extractors.readers.docx_numbering import BULLET, List, ListCounter, list_place
from extractors.readers.docx_styles import Styles, bold_of, heading_of_outline
from extractors.readers.lines import clean
from extractors.readers.wordml import WordElement, child_at, flag, number, shown_children, value
from schemas.document import Line

_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_BREAK = "\n"
_PRINTED_AS = {
    qn("w:tab"): "\t",
    qn("w:ptab"): "\t",
    qn("w:br"): _BREAK,
    qn("w:cr"): _BREAK,
    qn("w:noBreakHyphen"): "-",
}
_UNPRINTED = frozenset(
    qn(tag) for tag in ("w:pPr", "w:rPr", "w:sdtPr", "w:sdtEndPr", "w:instrText", "w:delText", "w:rt", "w:softHyphen")
)
_GLYPHS = {0x52: "☑", 0x6F: "☐", 0xA3: "☐", 0xA8: "☐", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0x2D: "-"}
"""Signs of the Wingdings fonts that people tick boxes with; other glyphs stand for a bullet."""
_HEXADECIMAL = re.compile("[0-9A-Fa-f]{1,6}")


@dataclass(frozen=True)
class _Piece:
    text: str
    bold: bool


@dataclass(frozen=True)
class WordContext:
    """What paragraphs are read with: the file's styles and lists, and the count of its numbered paragraphs."""

    styles: Styles
    lists: dict[int, List]
    counter: ListCounter


def paragraph_lines(paragraph: WordElement, context: WordContext) -> tuple[Line, ...]:
    """The paragraph's lines, one for each hard line break, the first with the list number that Word prints.

    Hidden and deleted text, and paragraphs of a table of contents, print nothing and are not counted.
    """
    style_id = context.styles.paragraph_style(paragraph)
    if context.styles.is_contents(style_id):
        return ()
    pieces = list(_pieces(paragraph, context.styles, style_id))
    if not pieces and _is_unprinted(paragraph):
        return ()
    list_id, level = list_place(paragraph, style_id, context.styles, context.lists)
    mark, separator = context.counter.marker(list_id, level) if list_id else ("", "")
    heading = _heading(paragraph, style_id, context.styles)
    lines = _bold_lines(pieces)
    if mark:
        first, bold = lines[0] if lines else ("", False)
        lines[:1] = [(clean(f"{mark}{separator}{first}"), bold)] if first or mark != BULLET else []
    indent = level if mark else 0
    return tuple(Line(text=text, bold=bold, heading=heading, indent=indent) for text, bold in lines if text)


def text_boxes(paragraph: WordElement) -> Iterator[WordElement]:
    """The text boxes anchored in the paragraph, each once, though files draw them in two ways."""
    for child in shown_children(paragraph):
        if child.tag == qn("w:txbxContent"):
            yield child
        else:
            yield from text_boxes(child)


def _bold_lines(pieces: list[_Piece]) -> list[tuple[str, bool]]:
    """The text between line breaks, and whether all of it is bold."""
    lines: list[list[_Piece]] = [[]]
    for piece in pieces:
        if piece.text == _BREAK:
            lines.append([])
        else:
            lines[-1].append(piece)
    return [(clean("".join(piece.text for piece in line)), _all_bold(line)) for line in lines]


def _all_bold(line: list[_Piece]) -> bool:
    inked = [piece.bold for piece in line if piece.text.strip()]
    return bool(inked) and all(inked)


def _pieces(element: WordElement, styles: Styles, style_id: str | None, bold: bool = False) -> Iterator[_Piece]:
    for child in shown_children(element):
        if child.tag in _UNPRINTED or child.tag == qn("w:txbxContent"):
            continue
        if child.tag == qn("w:r"):
            if not _is_hidden(child, styles, style_id):
                yield from _pieces(child, styles, style_id, _is_bold(child, styles, style_id))
        elif text := _text(child):
            yield _Piece(text, bold)
        else:
            yield from _pieces(child, styles, style_id, bold)


def _text(element: WordElement) -> str:
    if element.tag in (qn("w:t"), _MATH_TEXT):
        return (element.text or "").replace(_BREAK, " ")
    if element.tag == qn("w:sym"):
        code = _HEXADECIMAL.fullmatch(element.get(qn("w:char")) or "")
        return _GLYPHS.get(int(code[0], 16) & 0xFF, BULLET) if code else BULLET
    return _PRINTED_AS.get(str(element.tag), "")


def _is_hidden(run: WordElement, styles: Styles, style_id: str | None) -> bool:
    stated = flag(run, "w:rPr/w:vanish")
    if stated is not None:
        return stated
    return styles.hidden(value(run, "w:rPr/w:rStyle")) != styles.hidden(style_id)


def _is_bold(run: WordElement, styles: Styles, style_id: str | None) -> bool:
    # Bold in the paragraph's style and in the run's style cancel each other (ECMA-376 part 1, 17.7.3).
    stated = bold_of(run.find(qn("w:rPr")))
    if stated is not None:
        return stated
    return styles.bold(value(run, "w:rPr/w:rStyle")) != styles.bold(style_id)


def _is_unprinted(paragraph: WordElement) -> bool:
    mark = child_at(paragraph, "w:pPr/w:rPr")
    if mark is None:
        return False
    deleted = mark.find(qn("w:del")) is not None or mark.find(qn("w:moveFrom")) is not None
    return deleted or bool(flag(mark, "w:vanish"))


def _heading(paragraph: WordElement, style_id: str | None, styles: Styles) -> int:
    outline = number(paragraph, "w:pPr/w:outlineLvl")
    return styles.heading(style_id) if outline is None else heading_of_outline(outline)
