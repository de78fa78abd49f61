"""Marks inside lines of plain text: Markdown's headings and bold, HTML's paragraphs, breaks and entities."""

import html
import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from extractors.readers.lines import clean
from schemas.document import Line

_OPENS_BOLD = re.compile(r"\*\*(?=[^\s*])")
_CLOSES_BOLD = re.compile(r"(?<=[^\s*])\*\*")
_ASTERISKS = re.compile(r"\*\*")
_ON, _OFF = "\x02", "\x03"
_BOLD_SPAN = re.compile(f"{_ON}[^{_OFF}]*{_OFF}?")
_HEADING = re.compile(r"(#{1,6})\s+(.*?)(?:\s+#+)?\s*")
_NUMBER = r"\(?[0-9๐-๙]{1,3}(?:\.[0-9๐-๙]{1,3})*[.)]|\(?[ก-ฮ][.)]"
LIST_MARK = re.compile(rf"[-*+•·▪◦o]|{_NUMBER}")
_LIST_ITEM = re.compile(rf"([ \t]*)(?:[-*+•·▪◦]|{_NUMBER})")
_BREAK = re.compile(r"<\s*(?:/?\s*(?:p|div|li|ul|ol)|br)(?:\s[^<>]{0,500})?/?\s*>", re.IGNORECASE)
_INLINE_TAG = re.compile(r"</?(?:b|strong|i|em|u|span|font|sup|sub|a)(?:\s[^<>]{0,500})?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ESCAPED = re.compile(r"\\([*_#|`\[\]~.()>+-])")
_SPACES_A_LEVEL = 2


def prose_lines(lines: Sequence[str]) -> Iterator[Line]:
    """Lines outside tables, blank ones too: at least one for each line given."""
    for text, bold in _bold_lines(lines):
        heading = _HEADING.fullmatch(text)
        level = len(heading[1]) if heading else 0
        for part in _parts(heading[2] if heading else text) or [""]:
            yield Line(text=part, bold=bold, heading=level, indent=_indent(text))


def cell_lines(text: str) -> tuple[Line, ...]:
    """The lines in a table's cell: `<p>`, `<br>` and line ends part them; blank ones are left out."""
    lines = _bold_lines(text.split("\n"))
    return tuple(Line(text=part.replace("\t", " "), bold=bold) for line, bold in lines for part in _parts(line))


def _parts(text: str) -> list[str]:
    pieces = _BREAK.split(text) if "<" in text else [text]
    return [part for piece in pieces if (part := clean(_plain(piece)))]


def _plain(text: str) -> str:
    text = _INLINE_TAG.sub("", text) if "<" in text else text
    text = _ESCAPED.sub(r"\1", text)
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)


def _bold_lines(lines: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Each line without its pairs of `**`, and whether all of it is bold; a pair may open and close on two lines.

    A pair never spans a blank line; asterisks without a partner stay as printed.
    """
    inside = False
    for marked in _marked(lines):
        spans = (_ON if inside else "") + marked
        outside = _BOLD_SPAN.sub("", spans).strip()
        bold = _ON in spans and (not outside or LIST_MARK.fullmatch(outside) is not None)
        inside = spans.rfind(_ON) > spans.rfind(_OFF)
        yield marked.replace(_ON, "").replace(_OFF, ""), bold


def _marked(lines: Sequence[str]) -> Iterator[str]:
    for blank, paragraph in groupby(lines, key=lambda line: not line.strip()):
        text = "\n".join(paragraph)
        yield from (text if blank or "**" not in text else _marked_paragraph(text)).split("\n")


def _marked_paragraph(text: str) -> str:
    """The text with each pair of `**` as signs for on and off; in one pass, however many have no partner."""
    opened: int | None = None
    signs: dict[int, str] = {}
    for found in _ASTERISKS.finditer(text):
        place = found.start()
        if opened is not None and _CLOSES_BOLD.match(text, place):
            signs |= {opened: _ON, place: _OFF}
            opened = None
        elif _OPENS_BOLD.match(text, place):
            opened = place
    return _ASTERISKS.sub(lambda found: signs.get(found.start(), found[0]), text)


def _indent(text: str) -> int:
    item = _LIST_ITEM.match(text)
    if not item:
        return 0
    return item[1].count("\t") + item[1].count(" ") // _SPACES_A_LEVEL
