"""Word files (.docx) to a Document: what Word prints, in reading order, automatic numbers included.

Left out: headers, footers, footnotes, comments, tables of contents, hidden and deleted text. Inserted text is kept.
"""

import io
import zipfile
from collections.abc import Iterator

from docx.oxml.ns import qn

from extractors.readers.docx_numbering import ListCounter, read_lists
from extractors.readers.docx_package import open_parts
from extractors.readers.docx_paragraph import WordContext, paragraph_lines, text_boxes
from extractors.readers.docx_styles import Styles
from extractors.readers.docx_tables import read_cells
from extractors.readers.lines import Block, document
from extractors.readers.tables import table_or_contents
from extractors.readers.wordml import WRAPPERS, WordElement, shown_children
from schemas.document import Document


def is_docx(data: bytes) -> bool:
    """Whether the bytes are a zipped Word document, whole enough to list its parts."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
    return "[Content_Types].xml" in names and any(name.startswith("word/") for name in names)


def read_docx(data: bytes) -> Document:
    """The Word file as a document; raises `UnreadableFile` («damaged», «encrypted», «too-large»)."""
    parts = open_parts(data)
    styles = Styles(parts.styles)
    lists = read_lists(parts.numbering, styles)
    context = WordContext(styles, lists, ListCounter(lists))
    return document(data, "docx", _blocks(parts.body, context))


def _blocks(parent: WordElement, context: WordContext) -> Iterator[Block]:
    for child in shown_children(parent):
        if child.tag == qn("w:p"):
            yield from paragraph_lines(child, context)
            for box in text_boxes(child):
                yield from _blocks(box, context)
        elif child.tag == qn("w:tbl"):
            yield from table_or_contents(read_cells(child, lambda cell: tuple(_blocks(cell, context))))
        elif child.tag in WRAPPERS:
            yield from _blocks(child, context)
