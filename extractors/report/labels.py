"""Labelled lines («ผู้รับผิดชอบ : กลุ่มอำนวยการ»): which field a line fills, and where its value begins."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from extractors.thai.enumeration import marker_at_head
from extractors.thai.text import fold_digits
from schemas.document import Line
from schemas.reference import LabelField, Reference

# Words that count what follows («มาตรการที่ ๑»): part of a label, no list mark before it.
COUNTING_WORDS = frozenset({"มาตรการ", "กิจกรรม", "โครงการ", "ขั้นตอน", "แนวทาง", "วิธีการ", "ข้อ"})


@dataclass(frozen=True)
class LabelledLine:
    """A line that a label begins: the field it fills, and where its value begins."""

    word: str
    field: LabelField
    value_start: int
    number: str | None


def label_of(text: str, reference: Reference) -> LabelledLine | None:
    """The label at the head of a line: known words with a colon after them, or alone on the line."""
    marker = marker_at_head(text)
    start = marker.end if marker and marker.style not in COUNTING_WORDS else 0
    match = _label_pattern(reference).match(text, start)
    if not match:
        return None
    word = _known_label(match["label"], reference)
    number = match["number"] or (marker.number if marker and start else None)
    return LabelledLine(word, reference.fields_by_label[word], match.end(), _plain(number))


def split_labels(line: Line, reference: Reference) -> tuple[Line, ...]:
    """The fields of a line that holds several, as lines of their own: «ผู้รับผิดชอบ: … ระยะเวลา: … งบประมาณ: …»."""
    if label_of(line.text, reference) is None:
        return (line,)
    starts = [match.start("label") for match in _inner_label(reference).finditer(line.text)]
    bounds = list(pairwise((0, *starts, len(line.text))))
    return tuple(line.model_copy(update={"text": line.text[start:end].strip()}) for start, end in bounds)


@lru_cache(maxsize=4)
def _inner_label(reference: Reference) -> re.Pattern[str]:
    """A label inside a line: after a gap, and with its colon."""
    spaced = "|".join(_spaced(word) for word in sorted(reference.fields_by_label, key=len, reverse=True))
    return re.compile(rf"(?:\s{{2,}}|\t|[|;/]\s*)(?P<label>(?:{spaced})\s*[:：])")


def _plain(number: str | None) -> str | None:
    return fold_digits(number).strip(" .)") if number else None


def _known_label(printed: str, reference: Reference) -> str:
    """The label of the data file that a printed one is."""
    unspaced = "".join(printed.split())
    if unspaced in reference.fields_by_label:
        return unspaced
    return next(word for word in reference.fields_by_label if re.fullmatch(_spaced(word), unspaced))


def _spaced(word: str) -> str:
    """A pattern for a label: white space between its letters, «…» for the few letters of any word."""
    return r"\s*".join("[ก-๎]{0,14}?" if letter == "…" else re.escape(letter) for letter in word)


@lru_cache(maxsize=4)
def _label_pattern(reference: Reference) -> re.Pattern[str]:
    """A known label, white space allowed between its words, with a number or not, then a colon or the line's end."""
    spaced = (_spaced(word) for word in sorted(reference.fields_by_label, key=len, reverse=True))
    return re.compile(
        r"\s*(?P<label>"
        + "|".join(spaced)
        + r")(?:\s*(?:ที่)?\s*(?P<number>[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})*))?\s*(?:[:：]\s*|$)"
    )
