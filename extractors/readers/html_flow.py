"""The flow of a page: its text as lines, with the tables where they stand."""

import re
from dataclasses import dataclass, field, replace

from lxml.html import HtmlElement

from extractors.readers.html_lists import BULLET, marked_items
from extractors.readers.html_style import is_bold, is_printed, keeps_line_ends, tag_of
from extractors.readers.html_tables import TableCell, caption_of, table_cells
from extractors.readers.lines import Block, clean
from extractors.readers.tables import Placed, table_or_contents
from schemas.document import Line

_PHRASES = frozenset(("a", "abbr", "acronym", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "ins", "q", "time"))
_TYPE_STYLES = frozenset(("b", "big", "em", "font", "i", "s", "small", "span", "strike", "strong", "sub", "sup", "u"))
_TERMS = frozenset(("img", "kbd", "label", "mark", "nobr", "ruby", "samp", "tt", "var", "wbr"))
_INLINE = _PHRASES | _TYPE_STYLES | _TERMS
_LISTS = frozenset(("ol", "ul", "menu", "dir"))
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_WHITE_SPACE = re.compile("[ \t\n\r\f]+")


@dataclass(frozen=True)
class _Style:
    bold: bool = False
    heading: int = 0
    indent: int = -1
    keeps_line_ends: bool = False


@dataclass
class _Flow:
    """Blocks so far, and the line that is being written: its pieces of text and the list marker before them."""

    blocks: list[Block] = field(default_factory=list)
    pieces: list[tuple[str, _Style]] = field(default_factory=list)
    marker: str = ""

    def write(self, text: str | None, style: _Style) -> None:
        """Add text to the line in hand."""
        if not text:
            return
        first, *others = text.splitlines() if style.keeps_line_ends else [text]
        self.pieces.append((first, style))
        for line in others:
            self.end_line()
            self.pieces.append((line, style))

    def end_line(self) -> None:
        """End the line in hand, if it holds text."""
        text = clean(_WHITE_SPACE.sub(" ", "".join(piece for piece, _ in self.pieces)))
        if text:
            styles = [style for piece, style in self.pieces if piece.strip()]
            self._add(f"{self.marker} {text}" if self.marker else text, styles[0], all(style.bold for style in styles))
        self.pieces.clear()

    def end_item(self, style: _Style) -> None:
        """The end of a list item: a number is printed beside nothing too, a lone bullet tells nothing."""
        self.end_line()
        if self.marker and self.marker != BULLET:
            self._add(self.marker, style, False)
        self.marker = ""

    def _add(self, text: str, style: _Style, bold: bool) -> None:
        self.blocks.append(Line(text=text, bold=bold, heading=style.heading, indent=max(style.indent, 0)))
        self.marker = ""


def flow_blocks(element: HtmlElement) -> tuple[Block, ...]:
    """The lines and tables in an element, in the order of the page."""
    return _blocks_in(element, _Style())


def _blocks_in(element: HtmlElement, style: _Style) -> tuple[Block, ...]:
    flow = _Flow()
    _walk_children(element, flow, style)
    flow.end_line()
    return tuple(flow.blocks)


def _walk_children(element: HtmlElement, flow: _Flow, style: _Style) -> None:
    flow.write(element.text, style)
    for child in element.iterchildren():
        if is_printed(child):
            _walk(child, flow, style)
        flow.write(child.tail, style)


def _walk(element: HtmlElement, flow: _Flow, outer: _Style) -> None:
    tag = tag_of(element)
    style = _style(element, outer)
    if tag in ("br", "hr"):
        flow.end_line()
    elif tag == "table":
        flow.end_line()
        flow.blocks.extend(_table(element, style))
    elif tag in _LISTS:
        flow.end_line()
        _walk_list(element, flow, replace(style, indent=style.indent + 1))
    elif tag in _INLINE:
        _walk_children(element, flow, style)
    else:
        flow.end_line()
        _walk_children(element, flow, style)
        flow.end_line()


def _walk_list(items: HtmlElement, flow: _Flow, style: _Style) -> None:
    for child, marker in marked_items(items):
        if tag_of(child) != "li":
            _walk(child, flow, style)
            continue
        flow.marker = f"{flow.marker} {marker}".strip()
        _walk_children(child, flow, _style(child, style))
        flow.end_item(style)


def _style(element: HtmlElement, outer: _Style) -> _Style:
    return replace(
        outer,
        bold=is_bold(element, outer.bold),
        heading=_HEADINGS.get(tag_of(element), outer.heading),
        keeps_line_ends=keeps_line_ends(element, outer.keeps_line_ends),
    )


def _table(element: HtmlElement, style: _Style) -> tuple[Block, ...]:
    inner = replace(style, indent=-1)
    caption = caption_of(element)
    above = _blocks_in(caption, inner) if caption is not None else ()
    cells = list(table_cells(element))  # all placed, so that a hostile grid is refused before its text is read
    return above + table_or_contents([_placed(cell, inner) for cell in cells])


def _placed(cell: TableCell, style: _Style) -> Placed:
    blocks = _blocks_in(cell.element, _style(cell.element, style))
    return Placed(cell.row, cell.column, cell.row_span, cell.column_span, blocks)
