"""Drawn paths to straight rules: borders of tables come as lines, as thin rectangles, or as edges of boxes."""

import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.readers.pdf.content import Rule

THIN = 3.5
"""Points; a rectangle up to this thick is a drawn line. Word's and LibreOffice's borders are 0.5 to 3 points thick."""
_STRAIGHT = 0.5
_MAX_RECTANGLE_POINTS = 5

Point = tuple[float, float]


class Subpath(NamedTuple):
    """A part of a path that is drawn without lifting the pen, in the page's points."""

    points: list[Point]
    curved: bool
    closed: bool


def rules_of(subpaths: Sequence[Subpath], stroked: bool) -> Iterator[Rule]:
    """The horizontal and vertical rules of a painted path; curves and slants are no rules.

    Of a filled path nothing is a rule if a part of it is none: Word fills the shaft and the heads of an arrow as one
    path (a follow-up plan's calendar), and emblems and letters drawn as outlines have straight parts too.
    """
    if len(subpaths) > 1 and not stroked and not all(map(_is_upright, subpaths)):
        return
    for subpath in subpaths:
        yield from _subpath_rules(subpath, stroked)


def _subpath_rules(subpath: Subpath, stroked: bool) -> Iterator[Rule]:
    points = subpath.points
    if subpath.curved or len(points) < 2:
        return
    x0, x1 = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    if x1 - x0 <= THIN or bottom - top <= THIN:
        yield _thin(x0, top, x1, bottom)
    elif stroked:
        yield from _straight_edges([*points, points[0]] if subpath.closed else points)
    elif len(points) <= _MAX_RECTANGLE_POINTS and _is_upright(subpath):
        yield from _edges(x0, top, x1, bottom)


def _thin(x0: float, top: float, x1: float, bottom: float) -> Rule:
    """A thin rectangle as the line along its middle."""
    if x1 - x0 >= bottom - top:
        middle = (top + bottom) / 2
        return Rule(x0, middle, x1, middle, True)
    middle = (x0 + x1) / 2
    return Rule(middle, top, middle, bottom, True)


def _straight_edges(points: list[tuple[float, float]]) -> Iterator[Rule]:
    for (xa, ya), (xb, yb) in itertools.pairwise(points):
        if abs(xa - xb) <= _STRAIGHT or abs(ya - yb) <= _STRAIGHT:
            yield _thin(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))


def _is_upright(subpath: Subpath) -> bool:
    return not subpath.curved and all(
        abs(xa - xb) <= _STRAIGHT or abs(ya - yb) <= _STRAIGHT
        for (xa, ya), (xb, yb) in itertools.pairwise(subpath.points)
    )


def _edges(x0: float, top: float, x1: float, bottom: float) -> Iterator[Rule]:
    yield Rule(x0, top, x1, top, False)
    yield Rule(x0, bottom, x1, bottom, False)
    yield Rule(x0, top, x0, bottom, False)
    yield Rule(x1, top, x1, bottom, False)
