"""Small questions to WordprocessingML, the XML of Word files (ECMA-376 part 1, chapter 17)."""

from collections.abc import Iterator
from typing import TypeAlias

from docx.oxml.ns import qn
from lxml.etree import _Element

WordElement: TypeAlias = _Element

_OFF = frozenset(("0", "false", "off", "none"))
_DELETED = frozenset((qn("w:del"), qn("w:moveFrom")))
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"


def value(element: WordElement | None, path: str) -> str | None:
    """The `w:val` of the child at `path` («w:pPr/w:pStyle»), or None where child or attribute is missing."""
    child = child_at(element, path)
    return None if child is None else child.get(qn("w:val"))


def number(element: WordElement | None, path: str) -> int | None:
    """The `w:val` of the child at `path` as a number, or None where it is none."""
    text = value(element, path) or ""
    return int(text) if text.removeprefix("-").isdecimal() and len(text) < 10 else None


def flag(element: WordElement | None, path: str) -> bool | None:
    """The on/off child at `path`: present without a value is on; None where it is missing."""
    child = child_at(element, path)
    return None if child is None else child.get(qn("w:val")) not in _OFF


def child_at(element: WordElement | None, path: str) -> WordElement | None:
    """The first descendant by a path of tags with their prefixes."""
    for tag in path.split("/"):
        element = None if element is None else element.find(qn(tag))
    return element


def shown_children(element: WordElement) -> Iterator[WordElement]:
    """The children without deleted and moved-away ones; of alternate contents the first branch alone."""
    for child in element.iterchildren("{*}*"):
        if child.tag == _ALTERNATE:
            branch = next(child.iterchildren("{*}*"), None)
            if branch is not None:
                yield from shown_children(branch)
        elif child.tag not in _DELETED:
            yield child


def nearest(element: WordElement, tag: str) -> Iterator[WordElement]:
    """The shown descendants with the tag, through content controls, insertions and custom XML, not through others."""
    for child in shown_children(element):
        if child.tag == qn(tag):
            yield child
        elif child.tag in WRAPPERS:
            yield from nearest(child, tag)


WRAPPERS = frozenset(qn(tag) for tag in ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo"))
"""What stands around paragraphs, tables, rows or cells without being printed itself."""
