"""The fonts, objects and properties that a content stream refers to by name."""

from collections.abc import Mapping

from playa.document import Document as PdfDocument
from playa.font import Font
from playa.interp import FontMapping
from playa.pdftypes import ContentStream, PDFObject, resolve1

from extractors.readers.pdf.content_stream import Operand


class Resources:
    """A resource dictionary of a page or form."""

    def __init__(self, entries: Mapping[str, PDFObject], document: PdfDocument) -> None:
        self._entries = entries
        self._fonts = FontMapping(entries.get("Font") or {}, document)

    def font(self, name: Operand) -> Font | None:
        """The font of that name; None where there is none, or a damaged one."""
        try:
            return self._fonts[name] if isinstance(name, str) else None
        except KeyError:
            return None

    def object(self, name: Operand) -> ContentStream | None:
        """The image or form of that name."""
        found = self._entry("XObject", name)
        return found if isinstance(found, ContentStream) else None

    def properties(self, operand: Operand) -> Mapping[str, PDFObject] | None:
        """The properties of marked content: given on the spot, or by name."""
        if isinstance(operand, dict):
            return operand
        found = self._entry("Properties", operand)
        return found if isinstance(found, dict) else None

    def _entry(self, kind: str, name: Operand) -> PDFObject:
        entries = resolve1(self._entries.get(kind))
        return resolve1(entries.get(name)) if isinstance(entries, dict) and isinstance(name, str) else None
