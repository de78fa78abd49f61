"""Lines as every reader gives them: cleaned the same way, and numbered as they stand in the text as read."""

import hashlib
import re
from collections.abc import Iterable, Iterator

from extractors.thai.text import normalise
from schemas.document import Cell, Document, Format, Line, Page, Table

Block = Line | Table

# Control characters but tab, surrogates, noncharacters: none of them is printed, and XML and SQLite trip over some.
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LINE_ENDS = re.compile("[\n\r\x0b\x0c\x85\u2028\u2029]+")


def clean(text: str) -> str:
    """One printed line: one spelling of its Thai, nothing unprintable, no white space at its ends."""
    return normalise(_LINE_ENDS.sub(" ", _UNPRINTABLE.sub("", text))).strip()


def document(data: bytes, form: Format, blocks: Iterable[Block], encoding: str | None = None) -> Document:
    """A document without pages: its single page holds the blocks, with their line numbers."""
    page = Page(number=1, blocks=tuple(numbered(blocks)))
    return Document(sha256=hashlib.sha256(data).hexdigest(), format=form, pages=(page,), encoding=encoding)


def numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with each line's number in the text as read (`Document.text`), where a table row is one line."""
    number = 1
    for block in blocks:
        if isinstance(block, Line):
            yield block.model_copy(update={"number": number})
            number += 1
        else:
            yield block.model_copy(update={"cells": tuple(_numbered_cell(cell, number) for cell in block.cells)})
            number += block.rows


def _numbered_cell(cell: Cell, first_row: int) -> Cell:
    number = first_row + cell.row
    return cell.model_copy(update={"lines": tuple(line.model_copy(update={"number": number}) for line in cell.lines)})
