"""PDF files to a Document: every page's lines and tables as they are printed, with their places on the page."""

import hashlib
import struct
from collections.abc import Iterator

import playa
from playa.document import Document as PdfDocument
from playa.exceptions import PDFEncryptionError, PDFException
from playa.page import Page as PdfPage

from extractors.readers.pdf.content import PageContent
from extractors.readers.pdf.engine import read_page
from extractors.readers.pdf.fonts import DocumentFonts
from extractors.readers.pdf.furniture import with_furniture
from extractors.readers.pdf.grid import grids_of
from extractors.readers.pdf.judgement import judged
from extractors.readers.pdf.layer import RepairedText, TextLayer
from extractors.readers.pdf.layout import PageLayout
from extractors.readers.pdf.lines import writes_blanks
from extractors.readers.pdf.text_repair import with_repaired_text
from extractors.readers.refusals import damaged, encrypted
from schemas.document import Document, Page, Repair

BATCH = 24
"""Pages held at a time: what fonts do to their text shows in a few pages, and memory stays bounded."""


_BROKEN = (
    PDFException,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RuntimeError,
    struct.error,
)
"""What playa-pdf raises of files that break off or break the format's rules, of 400 mutated ones."""


def is_pdf(data: bytes) -> bool:
    """Whether the bytes are a PDF file; some bytes may stand before its head, as readers of PDF allow."""
    return b"%PDF-" in data[:1024]


def read_pdf(data: bytes) -> Document:
    """The PDF file as a document; raises `UnreadableFile` («damaged», «encrypted»)."""
    with _opened(data) as pdf:
        try:
            pages = tuple(_pages(pdf))
        except _BROKEN as error:
            raise damaged() from error
    pages = with_furniture(with_repaired_text(pages))
    return Document(sha256=hashlib.sha256(data).hexdigest(), format="pdf", pages=pages)


def _opened(data: bytes) -> PdfDocument:
    """The file with its pages listed: what is wrong with its structure shows here."""
    try:
        pdf = playa.parse(data)
        pages = len(pdf.pages[:])
    except PDFEncryptionError as error:
        raise encrypted() from error
    except (PDFException, ValueError, TypeError, KeyError, IndexError, StopIteration, struct.error) as error:
        raise damaged() from error
    if not pages:
        raise damaged()
    return pdf


def _pages(pdf: PdfDocument) -> Iterator[Page]:
    fonts = DocumentFonts()
    layer = TextLayer(fonts)
    for batch in _batches(pdf):
        yield from _pages_of(batch, fonts, layer)


def _pages_of(batch: list[PdfPage], fonts: DocumentFonts, layer: TextLayer) -> list[Page]:
    """The pages of a batch; their glyphs are let go before the next batch is read."""
    contents = [read_page(page, fonts) for page in batch]
    layer.learn([content.glyphs for content in contents])
    repaired = [layer.repaired(content.glyphs) for content in contents]
    layout = PageLayout(fonts, writes_blanks([glyph for page in repaired for glyph in page.glyphs]))
    return [_page(content, text, layout) for content, text in zip(contents, repaired, strict=True)]


def _batches(pdf: PdfDocument) -> Iterator[list[PdfPage]]:
    for start in range(0, len(pdf.pages), BATCH):
        yield [pdf.pages[index] for index in range(start, min(start + BATCH, len(pdf.pages)))]


def _page(content: PageContent, text: RepairedText, layout: PageLayout) -> Page:
    grids = grids_of(content.rules, content.width, content.height)
    page = Page(
        number=content.number,
        width=round(content.width, 1),
        height=round(content.height, 1),
        blocks=layout.blocks(content.number, text.glyphs, grids, content.rules),
        repairs=tuple(Repair(damage=damage, count=count) for damage, count in sorted(text.repairs.items())),
    )
    return judged(page, content, text.decoded)
