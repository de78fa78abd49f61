"""How far a page's text can be trusted: its layer as it is, put right, decoded from shapes, or of no use."""

import re

from extractors.readers.pdf.content import PageContent
from extractors.thai.plausibility import plausibility
from schemas.document import Page, ReadBy

FEWEST_PLAUSIBLE = 0.6
"""Plausibility below which a page's text is none.

Measured on the pages of 24 real documents: 0.87 to 1.00 where the text is right, 0.81 at most where a tenth of the
letters stay unknown, 0 to 0.3 for junk that a scanner's recognition left.
"""
FEWEST_LETTERS = 150
"""Thai letters below which a page that a picture covers is a scan with a stamp of text on it."""
_PICTURE = 0.5
_MOSTLY = 0.3
_SAMPLE = 400
"""Letters that the measure is taken on at least; on 450 pages it is within 0.05 of that of the whole page."""
_THAI = re.compile("[ก-๎]")


def judged(page: Page, content: PageContent, decoded: int) -> Page:
    """The page with its plausibility and how it was read; text that is none is left out.

    `decoded` counts the glyphs of fonts that were read by their shapes.
    """
    lines = page.text.splitlines()
    letters = sum(len(_THAI.findall(line)) for line in lines)
    quality = _quality(lines)
    is_scan = content.image_share >= _PICTURE and letters < FEWEST_LETTERS
    if quality < FEWEST_PLAUSIBLE or (is_scan and not letters):
        return page.model_copy(update={"blocks": (), "repairs": (), "read_by": "needs-ocr", "quality": quality})
    read_by: ReadBy = "repaired" if page.repairs else "layer"
    if is_scan:
        read_by = "needs-ocr"
    elif decoded > _MOSTLY * len(content.glyphs):
        read_by = "decoded"
    return page.model_copy(update={"read_by": read_by, "quality": quality})


def _quality(lines: list[str]) -> float:
    """The plausibility of the text, 0 to 1, taken on lines from all over the page."""
    step = max(1, sum(map(len, lines)) // _SAMPLE)
    return round(plausibility("\n".join(lines[::step])), 3)
