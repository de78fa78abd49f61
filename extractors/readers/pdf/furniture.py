"""Running heads, feet and page numbers: what belongs to the page and not to the text."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from extractors.thai.text import fold, fold_digits
from schemas.document import Line, Page, Table

MARGIN = 0.09
"""Share of the page's height at its head and foot where running heads stand; Word's default margins are 0.09 of A4."""
FEWEST_PAGES = 2
"""Pages on which a head or foot stands at least."""

_PAGE_NUMBER = re.compile(
    r"[-–—(\[]?\s*(?:(?:หน้า(?:ที่)?|page)\s*)?[0-9]{1,4}(?:\s*(?:/|จาก|of)\s*[0-9]{1,4})?\s*[-–—)\]]?", re.IGNORECASE
)
_DIGITS = re.compile("[0-9]+")


def with_furniture(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages with the lines marked that belong to the page."""
    times = Counter(key for page in pages for key in {_key(page, line) for line in _marginal(page)})
    return tuple(_marked(page, times) for page in pages)


def _marginal(page: Page) -> Iterator[Line]:
    for block in page.blocks:
        if isinstance(block, Line) and _in_margin(page, block):
            yield block


def _in_margin(page: Page, line: Line) -> bool:
    if line.box is None or not page.height:
        return False
    return line.box.bottom <= MARGIN * page.height or line.box.top >= (1 - MARGIN) * page.height


def _at_head(page: Page, line: Line) -> bool:
    return line.box is not None and line.box.top < (page.height or 0) / 2


def _key(page: Page, line: Line) -> tuple[bool, str]:
    """A head's or foot's words without its numbers, which count pages."""
    return _at_head(page, line), _DIGITS.sub("", fold(line.text))


def _marked(page: Page, times: Counter[tuple[bool, str]]) -> Page:
    blocks = tuple(_marked_block(page, block, times) for block in page.blocks)
    return page if blocks == page.blocks else page.model_copy(update={"blocks": blocks})


def _marked_block(page: Page, block: Line | Table, times: Counter[tuple[bool, str]]) -> Line | Table:
    if isinstance(block, Table) or not _in_margin(page, block):
        return block
    repeated = times[_key(page, block)] >= FEWEST_PAGES and not _is_title(page, block)
    if repeated or _PAGE_NUMBER.fullmatch(fold_digits(block.text).strip()):
        return block.model_copy(update={"furniture": True})
    return block


def _is_title(page: Page, line: Line) -> bool:
    """The head of the first page that is set in bold type, or as large as the text below: a title, if repeated."""
    if page.number != 1 or not _at_head(page, line):
        return False
    heights = [_height(block) for block in page.blocks if isinstance(block, Line) and not _in_margin(page, block)]
    return line.bold or not heights or _height(line) > max(heights)


def _height(line: Line) -> float:
    return line.box.bottom - line.box.top if line.box else 0.0
