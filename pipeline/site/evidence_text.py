"""A page's text as read, line by line, with the places marked that a record was read from."""

from collections.abc import Iterator, Sequence

from pydantic import Field

from schemas.base import Record

# Lines shown before and after the marked ones; more only where the whole text is asked for.
CONTEXT = 4
# A text of more lines is shown around the marked ones only.
MOST_LINES = 3000


class Part(Record):
    """A piece of a line."""

    text: str
    marked: bool


class TextLine(Record):
    """A line of a page's text."""

    number: int = Field(description="1-based, in the page's text")
    parts: tuple[Part, ...]
    near: bool = Field(description="a marked line, or one of the lines around it")

    @property
    def marked(self) -> bool:
        """Whether something of it is marked."""
        return any(part.marked for part in self.parts)


class Spot(Record):
    """A place and the text that was read there."""

    text: str
    line: int | None = Field(default=None, description="1-based; null where only its text tells which line it is")
    top: float | None = Field(default=None, description="points from the page's top; null in formats without pages")


def marked_lines(text: str, spots: Sequence[Spot], others: Sequence[Spot] = ()) -> tuple[TextLine, ...]:
    """The lines of a page's text, the `spots` marked; of a text of very many lines, those near the marked ones.

    A text that stands in several lines is marked in the line that holds more of the record: a row of a table is one
    line, however tall its cells are. Where none does, it is marked nearest to a sure one, also of the page's `others`.
    """
    lines = text.split("\n")
    marked = _marked(lines, spots, others)
    near = {other for number in marked for other in range(number - CONTEXT, number + CONTEXT + 1)}
    if len(lines) > MOST_LINES:
        chosen = sorted(number for number in near if 1 <= number <= len(lines)) or range(1, MOST_LINES + 1)
    else:
        chosen = range(1, len(lines) + 1)
    return tuple(
        TextLine(
            number=number,
            parts=tuple(_parts(lines[number - 1], marked.get(number, []))),
            near=number in near,
        )
        for number in chosen
    )


def _marked(lines: Sequence[str], spots: Sequence[Spot], others: Sequence[Spot]) -> dict[int, list[str]]:
    """The texts to be marked by the number of their line."""
    found: dict[int, list[str]] = {}
    sure: list[tuple[float, int]] | None = None
    placed = [(spot, _candidates(lines, spot)) for spot in spots]
    own = {candidates[0] for _, candidates in placed if len(candidates) == 1}
    for spot, candidates in placed:
        candidates = [number for number in candidates if number in own] or candidates
        if len(candidates) > 1 and spot.top is not None:
            sure = _sure(lines, (*spots, *others)) if sure is None else sure
            candidates = _nearest(spot.top, candidates, sure)
        if len(candidates) == 1:
            found.setdefault(candidates[0], []).append(spot.text)
    return found


def _candidates(lines: Sequence[str], spot: Spot) -> list[int]:
    if spot.line is not None:
        return [spot.line] if 1 <= spot.line <= len(lines) else []
    return [number for number, line in enumerate(lines, 1) if spot.text and spot.text in line]


def _sure(lines: Sequence[str], spots: Sequence[Spot]) -> list[tuple[float, int]]:
    """Where on the page lines stand, told by texts that stand in one line only: points from the top, and its number."""
    placed = ((spot.top, _candidates(lines, spot)) for spot in spots if spot.top is not None)
    return [(top, candidates[0]) for top, candidates in placed if len(candidates) == 1]


def _nearest(top: float, candidates: Sequence[int], sure: Sequence[tuple[float, int]]) -> list[int]:
    """Of several lines that hold a text, those nearest in number to the line that is nearest to it on the page."""
    if not sure:
        return []
    _, line = min(sure, key=lambda each: abs(each[0] - top))
    least = min(abs(number - line) for number in candidates)
    return [number for number in candidates if abs(number - line) == least]


def _parts(line: str, texts: Sequence[str]) -> Iterator[Part]:
    """The line in pieces; marked as a whole where a text that stands in it is written otherwise there."""
    flags = [False] * len(line)
    for text in texts:
        start = line.find(text)
        if start < 0 or not text:
            flags = [True] * len(line)
        while start >= 0 and text:
            flags[start : start + len(text)] = [True] * len(text)
            start = line.find(text, start + len(text))
    start = 0
    for end in range(1, len(line) + 1):
        if end == len(line) or flags[end] != flags[start]:
            yield Part(text=line[start:end], marked=flags[start])
            start = end
    if not line and texts:
        yield Part(text="", marked=True)
