"""A Document: what a file says, as lines and tables in reading order, before anyone asks what it means."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from schemas.base import Record

Format = Literal["text", "html", "docx", "pdf"]
ReadBy = Literal["text", "layer", "repaired", "decoded", "needs-ocr"]
"""How a page was read: as text, from a PDF's text layer as it is, from one put right in places, decoded from the
shapes of its glyphs; or not at all, for it is an image or its layer is of no use.
"""


class Box(Record):
    """A rectangle on a page, in points (1/72 inch), origin at the page's top left."""

    x0: float
    top: float
    x1: float
    bottom: float


class Line(Record):
    """One paragraph or printed line, its text as read, with list numbers as they are printed."""

    text: str
    number: int | None = Field(
        default=None, description="1-based line number in the text as read; null in formats with pages"
    )
    page: int | None = Field(default=None, description="1-based page number; null in formats without pages")
    box: Box | None = Field(default=None, description="place on the page, in points; null without pages")
    bold: bool = Field(default=False, description="the whole line stands in bold type")
    heading: int = Field(default=0, description="heading level 1 to 6 that the format states; 0 for none")
    indent: int = Field(default=0, description="depth of nesting in lists that the format states; 0 for none")
    furniture: bool = Field(
        default=False, description="belongs to the page, not to the text: running head or foot, page number"
    )
    parts: tuple["Line", ...] = Field(
        default=(), description="of a paragraph, the printed lines it was joined from; empty for a line as printed"
    )


class Cell(Record):
    """One cell of a table; a merged cell stands once, at its first row and column."""

    row: int = Field(description="0-based")
    column: int = Field(description="0-based")
    row_span: int = Field(default=1, ge=1)
    column_span: int = Field(default=1, ge=1)
    lines: tuple[Line, ...] = ()
    box: Box | None = Field(default=None, description="place on the page, in points; null without pages")

    @property
    def text(self) -> str:
        """The cell's lines joined by one space."""
        return " ".join(line.text for line in self.lines if line.text)


class Table(Record):
    """A table as printed on one page; rows that go on over pages are joined later, by `extractors.report`."""

    rows: int = Field(ge=0)
    columns: int = Field(ge=0)
    cells: tuple[Cell, ...] = ()
    merges_stated: bool = Field(
        default=True,
        description="the format states merged cells (HTML, DOCX); false where a blank cell below another may mean "
        "a merged one (tab-separated text)",
    )
    page: int | None = None
    box: Box | None = None


class Repair(Record):
    """Damage of one class that was put right on a page."""

    damage: str = Field(description="class of damage, such as lost-sara-am; docs/thai-text.md lists them")
    count: int = Field(ge=1, description="how many glyphs or places")


class Page(Record):
    """One page; a format without pages has a single one, number 1."""

    number: int = Field(ge=1)
    width: float | None = Field(default=None, description="points; null in formats without pages")
    height: float | None = Field(default=None, description="points; null in formats without pages")
    blocks: tuple[Line | Table, ...] = ()
    read_by: ReadBy = "text"
    quality: float | None = Field(default=None, ge=0, le=1, description="share of the text that is plausible Thai")
    repairs: tuple[Repair, ...] = Field(default=(), description="what was put right in the text layer")

    @property
    def text(self) -> str:
        """The page's text as read, a line a line; the cells of a table row are joined by tabs."""
        return "\n".join(_block_lines(self.blocks))


class Document(Record):
    """A file, read."""

    sha256: str = Field(description="hex digest of the file's bytes")
    format: Format
    pages: tuple[Page, ...]
    encoding: str | None = Field(default=None, description="character encoding of a text or HTML file")

    @property
    def text(self) -> str:
        """The whole text as read; pages are joined by line ends."""
        return "\n".join(page.text for page in self.pages)

    @property
    def blocks(self) -> tuple[Line | Table, ...]:
        """All lines and tables in reading order."""
        return tuple(block for page in self.pages for block in page.blocks)


def _block_lines(blocks: tuple[Line | Table, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Line):
            yield block.text
        else:
            yield from _table_rows(block)


def _table_rows(table: Table) -> Iterator[str]:
    texts = {(cell.row, cell.column): cell.text for cell in table.cells}
    for row in range(table.rows):
        yield "\t".join(texts.get((row, column), "") for column in range(table.columns))
