"""What stands on a PDF page before it is understood: glyphs with their codes and fonts, and ruled lines."""

from dataclasses import dataclass
from typing import NamedTuple

ACTUAL_TEXT = -1
"""The code of a glyph whose text is the document's own word for it (/ActualText), not its font's."""


class Glyph(NamedTuple):
    """One drawn glyph. Lengths are in points, measured along and across its own direction of writing.

    For upright text `x0`, `x1` run to the right and `baseline` is measured down from the top of the page. `turn` is the
    number of quarter turns, counterclockwise, that the text is turned by; see `lines.box_of` for the way back.
    """

    text: str
    code: int
    font: int
    x0: float
    x1: float
    baseline: float
    size: float
    turn: int
    shown: bool

    @property
    def middle(self) -> float:
        """Halfway along the glyph's advance."""
        return (self.x0 + self.x1) / 2


class Rule(NamedTuple):
    """A straight ruled line or an edge of a rectangle, in points from the page's top left; `x0 <= x1`, `top <= bottom`.

    `drawn` is false for the edge of a filled area without an outline, which is visible only by its colour.
    """

    x0: float
    top: float
    x1: float
    bottom: float
    drawn: bool

    @property
    def is_horizontal(self) -> bool:
        """Whether it runs across the page."""
        return self.x1 - self.x0 >= self.bottom - self.top


@dataclass(frozen=True, slots=True)
class PageContent:
    """One page as drawn, in the order of its content stream."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    image_share: float
    """Share of the page's area that its largest image covers, 0 to 1."""
