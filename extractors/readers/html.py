"""HTML to a Document: what a browser prints of the page's own content, list numbers included.

Left out: scripts, styles, navigation, the site's header and footer, asides, forms' controls and what a style
attribute hides. Style sheets are not applied.
"""

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from extractors.readers.encoding import decode_as
from extractors.readers.html_flow import flow_blocks
from extractors.readers.lines import document
from extractors.readers.refusals import damaged, empty, nested_too_deeply
from schemas.document import Document

_HEAD_BYTES = 8192
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_PROLOGUE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?")
_PAGE_TAG = re.compile(rb"<(?:!doctype\s+html|html|body)[\s>]", re.IGNORECASE)
_FIRST_TAG = re.compile(
    rb"<(?:head|title|meta|style|table|div|p|h[1-6]|[uo]l|section|article|main|center|span|font|b|strong)[\s>]",
    re.IGNORECASE,
)
_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*>")


def is_html(data: bytes) -> bool:
    """Whether the bytes are a web page, or a piece of one: tagged from the first character to the last."""
    head = _ascii(data[:_HEAD_BYTES])
    start = _PROLOGUE.sub(b"", _COMMENT.sub(b"", head), count=1)
    wholly_tagged = _FIRST_TAG.match(start) is not None and _ascii(data[-_HEAD_BYTES:]).rstrip().endswith(b">")
    return wholly_tagged or _PAGE_TAG.search(start) is not None


def read_html(data: bytes) -> Document:
    """The page as a document; raises `UnreadableFile` for one that no browser's parser would finish."""
    charset = _CHARSET.search(_ascii(data[:_HEAD_BYTES]))
    text, encoding = decode_as(data, charset[1].decode("ascii") if charset else None)
    return document(data, "html", flow_blocks(_parsed(text)), encoding)


def _ascii(data: bytes) -> bytes:
    # Without the zero bytes, the tags of a UTF-16 page read as those of any other.
    return data.lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\x00", b"")


def _parsed(text: str) -> HtmlElement:
    source = _XML_DECLARATION.sub("", text.replace("\x00", ""), count=1)
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        root = document_fromstring(source.encode("utf-8", "replace"), parser=parser, ensure_head_body=False)
    except etree.ParserError as error:
        raise empty() from error
    except etree.XMLSyntaxError as error:
        raise damaged() from error
    # The parser gives up at 256 levels and returns what it has: half a report must not pass for a whole one.
    if any(entry.level_name == "FATAL" for entry in parser.error_log):
        raise nested_too_deeply()
    return root
