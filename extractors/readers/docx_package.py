"""The parts of a Word file that hold its text, opened with care: a small file may unpack to gigabytes."""

import io
import zipfile
import zlib
from dataclasses import dataclass

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part, XmlPart
from docx.oxml import parse_xml
from docx.package import Package
from lxml import etree

from extractors.readers.refusals import damaged, encrypted, unpacks_too_large
from extractors.readers.wordml import WordElement

MAX_PARTS = 10_000
MAX_UNPACKED_BYTES = 200_000_000
MAX_XML_BYTES = 50_000_000
"""Text of 50 MB fills some 20,000 pages; Word files of reports have under 5 MB."""

_ENCRYPTED_FLAG = 0x1
# What python-docx, zipfile and lxml raise on broken packages, found by breaking some.
_BROKEN = (
    AttributeError,
    EOFError,
    IndexError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
    etree.LxmlError,
    zipfile.BadZipFile,
    zlib.error,
)


@dataclass(frozen=True)
class WordParts:
    """The XML trees of a Word file; a file without lists or styles lacks the latter two."""

    body: WordElement
    numbering: WordElement | None
    styles: WordElement | None


def open_parts(data: bytes) -> WordParts:
    """The trees of the file; raises `UnreadableFile` («damaged», «encrypted», «too-large»)."""
    _check_sizes(data)
    try:
        main = Package.open(io.BytesIO(data)).main_document_part
        body = _root(main).find(_BODY)
        numbering, styles = _related(main, RELATIONSHIP_TYPE.NUMBERING), _related(main, RELATIONSHIP_TYPE.STYLES)
    except _BROKEN as error:
        raise damaged() from error
    if body is None:
        raise damaged()
    return WordParts(body, numbering, styles)


_BODY = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}body"


def _check_sizes(data: bytes) -> None:
    # The sizes that the directory states are those that zipfile goes by: it never unpacks more than them.
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except _BROKEN as error:
        raise damaged() from error
    if any(part.flag_bits & _ENCRYPTED_FLAG for part in parts):
        raise encrypted()
    xml = sum(part.file_size for part in parts if part.filename.lower().endswith((".xml", ".rels")))
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or xml > MAX_XML_BYTES or unpacked > MAX_UNPACKED_BYTES:
        raise unpacks_too_large()


def _related(main: Part, relationship: str) -> WordElement | None:
    try:
        part = main.part_related_by(relationship)
    except KeyError:
        return None
    return _root(part)


def _root(part: Part) -> WordElement:
    # python-docx parses a part whose content type it knows; a file with macros has another one for the same XML.
    root: WordElement = part.element if isinstance(part, XmlPart) else parse_xml(part.blob)
    # The standard forbids document types; the entities that one declares would leave gaps in the text.
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("document type in a Word file")
    return root
