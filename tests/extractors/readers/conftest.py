"""Word files for the tests, made from WordprocessingML: the shortest body, list and style definitions that matter."""

import io
from collections.abc import Callable

import docx
import pytest
from docx.oxml import parse_xml

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)

WordFile = Callable[..., bytes]


def _children(xml: str) -> list[object]:
    return list(parse_xml(f"<w:root {NAMESPACES}>{xml}</w:root>"))


def _word_file(body: str, lists: str = "", styles: str = "") -> bytes:
    document = docx.Document()
    content = document.element.body
    for child in list(content):
        content.remove(child)
    for child in _children(body):
        content.append(child)
    numbering = document.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    for child in _children(lists):
        numbering.append(child)
    for child in _children(styles):
        document.styles.element.append(child)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.fixture
def word_file() -> WordFile:
    """Builds a .docx from the XML of its body, its list definitions and its further styles."""
    return _word_file
