"""A small network that names the character a glyph is drawn as, for outlines that no known font has.

It sees the glyph drawn to a square of 24 × 24 grey values, filled to the longer side, and ten measures that say how
large it is and where it stands: a mai ek and a bar, an o and a nikhahit, a comma and an apostrophe differ in nothing
else. Measures are in ems and in the font's own height of letters, since TH Sarabun's letters are a third of an em and
Noto's more than half. Made by `tools/train_shapes.py`, which also prints its accuracy on families it has not seen.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from math import comb
from statistics import median
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extractors.readers.pdf.outlines import CUBIC, ON, Contour, Outline, Point

Numbers = NDArray[np.float32]
Controls = tuple[tuple[float, float], ...]

SIDE = 24
MEASURES = 10
_FINE = 4
_STEPS = 5
_BERNSTEIN = {
    length: np.array(
        [
            [comb(length - 1, k) * (step / steps) ** k * (1 - step / steps) ** (length - 1 - k) for k in range(length)]
            for step in range(steps + 1)
        ]
    )
    for length, steps in ((2, 1), (3, _STEPS), (4, _STEPS))
}
"""By number of control points: their shares in each point along a line or curve."""
_NEAR_BASE_LINE = 0.08
_LEAST_HEIGHT = 0.15
_USUAL_HEIGHT = 0.5
_WIDEST = 4.0


class Drawn(NamedTuple):
    """A glyph to be named: its contours and how far it moves the pen (font units)."""

    outline: Outline
    advance: float


class Guess(NamedTuple):
    """A character and the network's probability for it, 0 to 1."""

    text: str
    certainty: float


class ShapeNetwork:
    """The weights, and the characters in the order of the network's answers."""

    def __init__(self, weights: dict[str, Numbers], texts: Sequence[str]) -> None:
        """Take the layers «conv1», «conv2», «hidden», «answer», each with its «_bias»."""
        self._weights = weights
        self.texts = tuple(texts)

    def guesses(self, glyphs: Sequence[Drawn], height: float, count: int = 3) -> list[list[Guess]]:
        """The likeliest characters of each glyph, best first; `height` is the font's `letter_height`."""
        if not glyphs:
            return []
        pictures = np.stack([picture_of(glyph.outline) for glyph in glyphs])
        measures = np.stack([measures_of(glyph, height) for glyph in glyphs])
        chances = self.chances(pictures, measures)
        best = np.argsort(-chances, axis=1)[:, :count]
        return [
            [Guess(self.texts[index], float(chances[row, index])) for index in indices]
            for row, indices in enumerate(best)
        ]

    def chances(self, pictures: Numbers, measures: Numbers) -> Numbers:
        """The probability of each character (columns) for each glyph (rows)."""
        layer = self._weights
        seen = _convolved(pictures[:, None], layer["conv1"], layer["conv1_bias"])
        seen = _convolved(seen, layer["conv2"], layer["conv2_bias"])
        joined = np.concatenate([seen.reshape(len(seen), -1), measures], axis=1)
        hidden = np.maximum(_times(joined, layer["hidden"], layer["hidden_bias"]), 0)
        answer = _times(hidden, layer["answer"], layer["answer_bias"])
        grown = np.exp(answer - answer.max(axis=1, keepdims=True))
        shares: Numbers = grown / grown.sum(axis=1, keepdims=True)
        return shares


@cache
def shape_network() -> ShapeNetwork:
    """The network that comes with the package, read once."""
    with (files("extractors.readers.pdf") / "data" / "shapes.npz").open("rb") as stream, np.load(stream) as stored:
        weights = {name: stored[name].astype(np.float32) for name in stored.files if not name.startswith("texts")}
        texts = bytes(stored["texts"]).decode().split("\n")
    return ShapeNetwork(weights, texts)


def letter_height(outlines: Sequence[Outline]) -> float:
    """The height of the font's letters in ems: the median top of what stands on the base line; else 0.5."""
    extents = [(outline.extent, outline.units_per_em) for outline in outlines if not outline.is_blank]
    tops = [
        extent.top / em
        for extent, em in extents
        if abs(extent.bottom) < _NEAR_BASE_LINE * em and extent.top > _LEAST_HEIGHT * em
    ]
    return median(tops) if tops else _USUAL_HEIGHT


def measures_of(glyph: Drawn, height: float) -> Numbers:
    """Where the glyph stands and how large it is, in letter heights and ems."""
    left, bottom, right, top = (value / glyph.outline.units_per_em for value in glyph.outline.extent)
    advance = glyph.advance / glyph.outline.units_per_em
    of_letters = [bottom, top, top - bottom, right - left, left, advance]
    values = [*(value / height for value in of_letters), bottom, top, float(advance < _LEAST_HEIGHT / 10), height]
    clipped: Numbers = np.clip(np.nan_to_num(np.array(values, np.float32)), -_WIDEST, _WIDEST)
    return clipped


def picture_of(outline: Outline) -> Numbers:
    """The glyph drawn to fill the square by its longer side, centred; 0 is paper, 1 ink (non-zero winding)."""
    side = SIDE * _FINE
    ends = _edges(outline)
    if not len(ends):
        return np.zeros((SIDE, SIDE), np.float32)
    low = ends.min(axis=(0, 1))
    size = ends.max(axis=(0, 1)) - low
    scale = side / max(float(size.max()), 1e-6)
    ends = (ends - low) * scale + (side - size * scale) / 2
    filled = _filled(ends.reshape(-1, 4), side).reshape(SIDE, _FINE, SIDE, _FINE)
    picture: Numbers = filled.mean(axis=(1, 3), dtype=np.float32)
    return picture


def _filled(edges: NDArray[np.float64], side: int) -> NDArray[np.bool_]:
    _, y0, _, y1 = edges.T[:, None, :]
    rows = (np.arange(side) + 0.5)[:, None]
    crossed = (y0 <= rows) != (y1 <= rows)
    row, edge = np.nonzero(crossed)
    start, rise = edges[edge], edges[edge, 3] - edges[edge, 1]
    x = start[:, 0] + (row + 0.5 - start[:, 1]) * (start[:, 2] - start[:, 0]) / rise
    column = np.clip(np.ceil(x - 0.5), 0, side).astype(np.int64)
    turns = np.bincount(row * (side + 1) + column, np.sign(rise), side * (side + 1))
    winding = turns.reshape(side, side + 1)[::-1, :side].cumsum(axis=1)
    inside: NDArray[np.bool_] = np.abs(winding) > 0.5
    return inside


def _edges(outline: Outline) -> NDArray[np.float64]:
    """The outline as straight edges, each its two ends; a curve is five of them."""
    by_length: dict[int, list[Controls]] = {2: [], 3: [], 4: []}
    for contour in outline.contours:
        for controls in _segments(_from_a_corner(contour)):
            by_length[len(controls)].append(controls)
    edges = [np.zeros((0, 2, 2))]
    for length, segments in by_length.items():
        if segments:
            points = np.einsum("sc,ncx->nsx", _BERNSTEIN[length], np.array(segments, np.float64))
            edges.append(np.stack([points[:, :-1], points[:, 1:]], axis=2).reshape(-1, 2, 2))
    return np.concatenate(edges)


def _segments(points: list[Point]) -> Iterator[Controls]:
    """The lines and curves of a contour that begins on the line, each by its ends and control points."""
    around = [*points, points[0]]
    index, here = 1, points[0][:2]
    while index < len(around):
        (x, y, kind), follows = around[index], around[min(index + 1, len(points))]
        if kind == ON:
            controls: Controls = (here, (x, y))
        elif kind == CUBIC:
            controls = (here, (x, y), follows[:2], around[min(index + 2, len(points))][:2])
        elif follows[2] == ON:
            controls = (here, (x, y), follows[:2])
        else:
            # Two control points in a row: a point on the line lies half-way between them, unsaid.
            controls = (here, (x, y), ((x + follows[0]) / 2, (y + follows[1]) / 2))
        index += {ON: 1, CUBIC: 3}.get(kind, 1 + (follows[2] == ON))
        here = controls[-1]
        yield controls


def _from_a_corner(contour: Contour) -> list[Point]:
    """The points in turn from one that is on the line; TrueType allows contours of control points alone."""
    start = next((index for index, point in enumerate(contour) if point[2] == ON), None)
    if start is not None:
        return [*contour[start:], *contour[:start]]
    (x0, y0, _), (x1, y1, _) = contour[0], contour[-1]
    return [((x0 + x1) / 2, (y0 + y1) / 2, ON), *contour]


def _convolved(seen: Numbers, weights: Numbers, bias: Numbers) -> Numbers:
    """Convolution at every second place, then no negative values."""
    side = weights.shape[-1]
    edge = (side // 2, side // 2)
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(seen, ((0, 0), (0, 0), edge, edge)), (side, side), (2, 3))
    places = windows[:, :, ::2, ::2].transpose(0, 2, 3, 1, 4, 5)
    count, rows, columns = places.shape[:3]
    summed = _times(places.reshape(count * rows * columns, -1), weights.reshape(len(weights), -1), bias)
    kept: Numbers = np.maximum(summed, 0).reshape(count, rows, columns, -1).transpose(0, 3, 1, 2)
    return kept


def _times(rows: Numbers, weights: Numbers, bias: Numbers) -> Numbers:
    # Not by @: the threads of BLAS fight with other processes for the cores (three fonts: 0.2 s against 0.08 s).
    product: Numbers = np.einsum("ij,kj->ik", rows, weights) + bias
    return product
