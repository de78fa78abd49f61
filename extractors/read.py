"""The door of the readers: a file becomes a Document, its format told by its content, never by its name."""

from collections.abc import Callable
from pathlib import Path

from extractors.readers.docx import is_docx, read_docx
from extractors.readers.html import is_html, read_html
from extractors.readers.pdf.reader import is_pdf, read_pdf
from extractors.readers.refusals import empty, folder, missing, no_bytes, not_permitted, not_thai, unknown_encoding
from extractors.readers.text import is_text, read_text
from extractors.readers.unsupported import is_unsupported, refuse
from schemas.document import Document

Recogniser = Callable[[bytes], bool]
Reader = Callable[[bytes], Document]

MIN_THAI_SHARE = 0.3
"""Share of Thai letters among a document's letters below which it is no Thai one.

Measured on 45 files: Thai reports have 0.77 to 1.00, a bare list of scores with English labels 0.57; English pages
that quote Thai names 0.03 to 0.13.
"""

FORMATS: list[tuple[Recogniser, Reader]] = [
    (is_docx, read_docx),
    (is_pdf, read_pdf),
    (is_unsupported, refuse),
    (is_html, read_html),
    (is_text, read_text),
]
"""How a format is recognised, and its reader; of several that fit the first holds. A new format is one line here."""


def read(path: Path) -> Document:
    """The file as a document.

    Raises `UnreadableFile`: besides what `read_bytes` raises, «missing», «not-permitted», and «unsupported-format» for
    a folder.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise missing() from error
    except IsADirectoryError as error:
        raise folder() from error
    except OSError as error:
        raise not_permitted() from error
    return read_bytes(data)


def read_bytes(data: bytes) -> Document:
    """The bytes of a file as a document.

    Raises `UnreadableFile`: «empty», «damaged», «encrypted», «not-thai», «too-large» or «unsupported-format».
    """
    if not data:
        raise no_bytes()
    if not data.strip(_BLANKS):
        raise empty()
    document = _without_text(_reader_of(data)(data))
    if any(page.read_by == "needs-ocr" for page in document.pages):
        return document
    if not document.text.strip():
        raise empty()
    if thai_share(document.text) < MIN_THAI_SHARE:
        raise not_thai()
    return document


# Blanks, line ends and byte order marks, also of UTF-16 (hence the zero byte).
_BLANKS = b" \t\r\n\x0b\x0c\x00\xef\xbb\xbf\xff\xfe"


def thai_share(text: str) -> float:
    """The share of Thai letters and marks among all letters, 0 to 1; 0 for a text without letters."""
    thai = sum("\u0e01" <= character <= "\u0e4e" for character in text)
    letters = thai + sum(character.isalpha() and not "\u0e01" <= character <= "\u0e4e" for character in text)
    return thai / letters if letters else 0.0


def _without_text(document: Document) -> Document:
    """A PDF file without any text at all is one of pictures: text drawn as such, or pages that were scanned."""
    if document.format != "pdf" or document.text.strip():
        return document
    pages = tuple(page.model_copy(update={"read_by": "needs-ocr"}) for page in document.pages)
    return document.model_copy(update={"pages": pages})


def _reader_of(data: bytes) -> Reader:
    reader = next((reader for recognises, reader in FORMATS if recognises(data)), None)
    if reader is None:
        raise unknown_encoding()
    return reader
