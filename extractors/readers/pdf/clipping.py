"""Which part of a page shows: what is drawn outside of a clipping rectangle is not printed.

Chromium draws the lines at a page break on both pages and clips what reaches over («ชี้ ที่» of the next page's heading at
the foot of this one); a reader that takes no notice reads them twice.
"""

from collections.abc import Sequence
from typing import NamedTuple

from extractors.readers.pdf.content import Rule

_TOLERANCE = 0.5


class Area(NamedTuple):
    """A rectangle in points from the page's top left."""

    x0: float
    top: float
    x1: float
    bottom: float

    def shows(self, x: float, y: float) -> bool:
        """Whether a point is inside."""
        return (
            self.x0 - _TOLERANCE <= x <= self.x1 + _TOLERANCE and self.top - _TOLERANCE <= y <= self.bottom + _TOLERANCE
        )

    def clipped(self, rule: Rule) -> Rule | None:
        """The part of a rule that shows; None where nothing does."""
        x0, top = max(rule.x0, self.x0 - _TOLERANCE), max(rule.top, self.top - _TOLERANCE)
        x1, bottom = min(rule.x1, self.x1 + _TOLERANCE), min(rule.bottom, self.bottom + _TOLERANCE)
        return Rule(x0, top, x1, bottom, rule.drawn) if x0 <= x1 and top <= bottom else None

    def within(self, points: Sequence[tuple[float, float]]) -> "Area":
        """The part inside the bounds of a clipping path; the area itself for a path without points."""
        if not points:
            return self
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return Area(max(self.x0, min(xs)), max(self.top, min(ys)), min(self.x1, max(xs)), min(self.bottom, max(ys)))
