"""Printed lines to paragraphs: text that was pasted from pages has page numbers, running heads and hard line ends.

A paragraph keeps the lines that it was joined from (`Line.parts`), so that evidence still points to each of them.
"""

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from extractors.report.labels import label_of
from extractors.report.names import indicator_in
from extractors.report.printed_lines import begins_item, join, joined_cells, joined_lines
from extractors.report.prose import begins_something
from extractors.report.whole_tables import whole_tables
from extractors.thai.enumeration import marker_at_head
from extractors.thai.text import fold, fold_digits
from schemas.document import Line, Table
from schemas.reference import Reference

# Text without hard line ends has paragraphs longer than any page is wide.
WIDEST_PAGE = 130
# A line that fills this share of the width was ended by the page's edge, unless something new begins below it.
FULL_LINE = 0.8
# Where line ends are the page's, so many lines fill the width, but the last lines of paragraphs do not; a list of
# like sentences, each on a line of its own, fills it throughout.
FEWEST_FULL_LINES = 5
SHARE_OF_FULL_LINES = (0.25, 0.9)
NARROWEST_PAGE = 50
SHORTEST_BODY_LINE = 20
# Running heads stand within so many lines of a page number.
NEAR = 3

LONGEST_CLOSING_BELOW_FULL_LINE = 30
# «ตัวชี้วัดที่ ๗ ประสิทธิภาพการสื่อสารของหน่วยงาน»; longer cells tell of doings, some in the words of an indicator.
LONGEST_NAME = 80

_PAGE_NUMBER = re.compile(
    r"^\s*(?:[-–]\s*[0-9]{1,3}\s*[-–]|หน้า\s*(?:ที่\s*)?[0-9]{1,3}(?:\s*(?:/|จาก)\s*[0-9]{1,3})?)\s*$"
)
# «/๒.๓ รวบรวม...»: the first words of the next page, at the foot of this one.
_CATCH_LINE = re.compile(r"^/\s*\S.{0,60}(?:\.{2,}|…)$")
_LETTER = re.compile(r"[A-Za-z0-9ก-๙]")
# «และตัวชี้วัดที่ ๗ …»: a line that a conjunction begins goes on with the line above.
_CONJUNCTION = re.compile(r"และ|หรือ|กับ|โดย|ซึ่ง|เพื่อ")


def paragraphs(blocks: Sequence[Line | Table], reference: Reference) -> tuple[Line | Table, ...]:
    """The blocks without page numbers and running heads, hard-wrapped lines joined to paragraphs."""
    if any(block.page is not None for block in blocks):
        return tuple(_of_pages(blocks, reference))
    furniture = page_furniture(blocks)
    kept: list[Line | Table] = [block for index, block in enumerate(blocks) if index not in furniture]
    width = _page_width([block for block in kept if isinstance(block, Line)])
    return tuple(_unwrapped(kept, width, reference)) if width else tuple(kept)


def _of_pages(blocks: Sequence[Line | Table], reference: Reference) -> Iterator[Line | Table]:
    """The blocks of pages, where every line has its place."""
    kept = [block for block in blocks if isinstance(block, Table) or not block.furniture]
    for is_table, group in itertools.groupby(kept, lambda block: isinstance(block, Table)):
        if is_table:
            tables = whole_tables(
                [block for block in group if isinstance(block, Table)], partial(_names_indicator, reference)
            )
            yield from map(joined_cells, tables)
        else:
            lines = [block for block in group if isinstance(block, Line)]
            yield from joined_lines(lines, partial(_begins_after, reference=reference))


def _names_indicator(reference: Reference, text: str) -> bool:
    return len(text) <= LONGEST_NAME and indicator_in(text, reference, whole=True) is not None


def _begins_after(above: Sequence[Line], line: Line, reference: Reference) -> bool:
    """Whether a line below a full one begins something; a heading in bold type may go on in bold type.

    What only looks like a beginning there goes on: a dash between two dates, a lone word that is a label elsewhere
    («จัดทำแผน / งบประมาณ»), a long line that begins like a closing («ข้อสังเกต ๔ แห่ง และแก้ไขเสร็จสิ้น …»).
    """
    if line.bold and not above[-1].bold:
        return True
    if marker_at_head(line.text) is not None:
        return begins_item(above, line)
    plain = line.model_copy(update={"bold": False})
    lone_label = ":" not in line.text and label_of(line.text, reference) is not None
    return not lone_label and begins_something(plain, reference, longest_closing=LONGEST_CLOSING_BELOW_FULL_LINE)


def page_furniture(blocks: Sequence[Line | Table]) -> frozenset[int]:
    """Indices of the lines that belong to the page and not to the text, with the blank lines around page numbers."""
    numbers = [i for i, block in enumerate(blocks) if _PAGE_NUMBER.match(fold_digits(_text(block)))]
    catches = [i for i, block in enumerate(blocks) if _CATCH_LINE.match(_text(block))]
    heads = _running_heads(blocks, numbers)
    around = {j for i in (*numbers, *heads, *catches) for j in _blanks_around(blocks, i)}
    return frozenset({*numbers, *heads, *catches, *around})


def _running_heads(blocks: Sequence[Line | Table], numbers: Sequence[int]) -> frozenset[int]:
    """Lines near page numbers that stand near two page numbers at least."""
    near: dict[int, str] = {}
    for number in numbers:
        filled = [i for i in range(number - 2 * NEAR, number + 3 * NEAR) if 0 <= i < len(blocks) and _text(blocks[i])]
        place = filled.index(number)
        for i in filled[max(0, place - NEAR) : place + NEAR + 1]:
            if i != number:
                near[i] = fold(_text(blocks[i]))
    counts = Counter(near.values())
    return frozenset(i for i, text in near.items() if counts[text] >= 2)


def _text(block: Line | Table) -> str:
    return block.text.strip() if isinstance(block, Line) else ""


def _blanks_around(blocks: Sequence[Line | Table], index: int) -> set[int]:
    blanks = set()
    for step in (-1, 1):
        i = index + step
        while 0 <= i < len(blocks) and isinstance(blocks[i], Line) and not _text(blocks[i]):
            blanks.add(i)
            i += step
    return blanks


def _page_width(lines: Sequence[Line]) -> int | None:
    """The width in characters that hard line ends keep to; None where lines end with their paragraphs."""
    widths = sorted(_width(line.text) for line in lines if _width(line.text) > SHORTEST_BODY_LINE)
    if not widths or not NARROWEST_PAGE <= widths[-1] <= WIDEST_PAGE:
        return None
    widest = widths[-1]
    full = sum(width >= FULL_LINE * widest for width in widths)
    least, most = SHARE_OF_FULL_LINES
    return widest if full >= FEWEST_FULL_LINES and least <= full / len(widths) <= most else None


def _width(text: str) -> int:
    """The characters that take room on the line: vowel and tone marks stand above and below others."""
    return sum(unicodedata.category(character) != "Mn" for character in text.rstrip())


def _unwrapped(blocks: Sequence[Line | Table], width: int, reference: Reference) -> list[Line | Table]:
    joined: list[Line | Table] = []
    for block in blocks:
        before = joined[-1] if joined else None
        if isinstance(block, Line) and isinstance(before, Line) and _goes_on(before, block, width, reference):
            joined[-1] = join(before, block)
        else:
            joined.append(block)
    return joined


def _goes_on(before: Line, line: Line, width: int, reference: Reference) -> bool:
    last = before.parts[-1] if before.parts else before
    full = _width(last.text.strip()) >= FULL_LINE * width - 2
    begins = begins_something(line, reference) and not _CONJUNCTION.match(line.text.strip())
    return bool(full and _LETTER.search(line.text)) and not begins
