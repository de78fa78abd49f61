"""The stretch of a line that belongs to a record: its words for the record, and its place for the evidence."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractors.thai.enumeration import Item
from schemas.document import Line
from schemas.report import Evidence


@dataclass(frozen=True)
class Piece:
    """Part of a line: `text` goes into the record, `as_read` (list mark and label included) into its evidence."""

    text: str
    line: Line
    as_read: str


def whole(line: Line) -> Piece:
    """The whole line as one piece."""
    return Piece(line.text, line, line.text)


def part(line: Line, start: int, end: int | None = None, as_read_from: int | None = None) -> Piece:
    """The characters `start` to `end` of a line; evidence may begin earlier, at the list mark."""
    end = len(line.text) if end is None else end
    return Piece(line.text[start:end], line, line.text[start if as_read_from is None else as_read_from : end].strip())


def item_pieces(item: Item, lines: Sequence[Line]) -> tuple[Piece, ...]:
    """The pieces of a list item whose spans point into `lines`."""
    first = item.spans[0]
    begin = item.marker.start if item.marker else first.start
    return tuple(part(lines[span.line], span.start, span.end, begin if span is first else None) for span in item.spans)


def joined(pieces: Iterable[Piece]) -> str:
    """The pieces' text, paragraphs joined by one space."""
    return " ".join(text for piece in pieces if (text := piece.text.strip()))


def evidence_of(pieces: Iterable[Piece]) -> tuple[Evidence, ...]:
    """The places where the pieces stand, each once."""
    places = (place for piece in pieces if piece.as_read for place in _places(piece))
    return tuple(dict.fromkeys(_evidence(line, text) for line, text in places))


def _places(piece: Piece) -> Iterator[tuple[Line, str]]:
    """The printed lines that the piece stands on, each with its part of the text as read."""
    if not piece.line.parts:
        yield piece.line, piece.as_read
        return
    start = max(piece.line.text.find(piece.as_read), 0)
    end, place = start + len(piece.as_read), 0
    for part in piece.line.parts:
        text = part.text.strip()
        place = max(piece.line.text.find(text, place), 0)
        overlap = piece.line.text[max(start, place) : min(end, place + len(text))]
        if start < place + len(text) and place < end and overlap.strip():
            yield part, overlap.strip()
        place += len(text)


def _evidence(line: Line, as_read: str) -> Evidence:
    if line.page is not None:
        box = line.box
        corners = (box.x0, box.top, box.x1, box.bottom) if box else (None, None, None, None)
        return Evidence(page=line.page, x0=corners[0], top=corners[1], x1=corners[2], bottom=corners[3], text=as_read)
    return Evidence(line=line.number, text=as_read)
