"""Plain text and Markdown to a Document, line by line as it stands in the file.

Blank lines are kept (they part paragraphs), so a line's number is its number in the file; only a Markdown table's
rule, the line ends inside a quoted cell, and the wrapped cells and blank lines of a table laid out with blanks make
the numbers run behind.
"""

import re
from collections.abc import Iterator

from extractors.readers.encoding import decode, encoding_of
from extractors.readers.lines import Block, document
from extractors.readers.markup import prose_lines
from extractors.readers.spaced_tables import spaced_regions
from extractors.readers.text_tables import Region, regions
from schemas.document import Document

# A form feed at the head of a line is a page break (pdftotext); inside a line it ends the line.
_LINE_END = re.compile("\r\n|[\n\r\x0b\x85\u2028\u2029]|(?<=[^\n\r\x0c])\x0c+(?=[^\n\r\x0c])")


def is_text(data: bytes) -> bool:
    """Whether the bytes are text in an encoding that is known."""
    return encoding_of(data) is not None


def read_text(data: bytes) -> Document:
    """The text as a document; raises `UnreadableFile` for bytes that are no text."""
    text, encoding = decode(data)
    return document(data, "text", _blocks(_lines(text)), encoding)


def _lines(text: str) -> list[str]:
    lines = _LINE_END.split(text.removeprefix("\ufeff"))
    while lines and not lines[-1].strip():
        lines.pop()
    return lines


def _blocks(lines: list[str]) -> Iterator[Block]:
    for region in regions(lines):
        yield from _region_blocks(region)


def _region_blocks(region: Region) -> Iterator[Block]:
    parts = spaced_regions(region.lines) if region.table is None else [region]
    for part in parts:
        if part.table is not None:
            yield part.table
        else:
            yield from prose_lines(part.lines)
