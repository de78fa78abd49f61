"""Rows told by the joints of the lines between columns, where no line is drawn between them.

reportlab draws the borders of a table row by row, and leaves out the line between a heading that it prints again and a
row that goes on below: all lines down the table are joined there, and only there between two lines across.
"""

import itertools
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

from extractors.readers.pdf.content import Rule

FEWEST_COLUMNS = 3
"""Lines down a table that must be joined at the same height; two are the sides of a frame."""
_NEAR = 1.0
_APART = 3.0


def row_ends(rules: Sequence[Rule]) -> Iterator[Rule]:
    """The lines across that the joints of drawn lines down stand for."""
    placed = [rule for rule in rules if all(map(math.isfinite, rule[:4]))]
    down = [rule for rule in placed if not rule.is_horizontal]
    across = [rule for rule in placed if rule.is_horizontal]
    joints = _joints(down)
    for y, xs in joints.items():
        left, right = min(xs), max(xs)
        passing = {round(rule.x0) for rule in down if rule.top < y - _APART and rule.bottom > y + _APART}
        if len(xs) < FEWEST_COLUMNS or any(left <= x <= right for x in passing - xs):
            continue
        if _is_alone(y, [*joints], across, left, right):
            yield Rule(left, y, right, y, True)


def _joints(down: Sequence[Rule]) -> dict[float, set[int]]:
    """Heights at which one line down ends and the next begins, each with the places of those lines."""
    columns: dict[int, list[Rule]] = defaultdict(list)
    for rule in down:
        columns[round(rule.x0)].append(rule)
    joints: dict[float, set[int]] = defaultdict(set)
    for x, column in columns.items():
        column.sort(key=lambda rule: rule.top)
        for upper, lower in itertools.pairwise(column):
            if abs(upper.bottom - lower.top) <= _NEAR:
                joints[round(lower.top, 1)].add(x)
    return joints


def _is_alone(y: float, heights: Sequence[float], across: Sequence[Rule], left: float, right: float) -> bool:
    """Whether no line across stands at this height, and no other joint between it and the nearest lines across."""
    lines = [rule.top for rule in across if rule.x0 < right and rule.x1 > left]
    above = max((line for line in lines if line <= y + _APART), default=float("-inf"))
    below = min((line for line in lines if line >= y - _APART), default=float("inf"))
    if y - above <= _APART or below - y <= _APART:
        return False
    return sum(above < height < below for height in heights) == 1
