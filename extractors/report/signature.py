"""The signature block under a report: the signer's unit, name, post and the day, each on a line of its own."""

import re
from collections.abc import Sequence
from functools import cache

from extractors.thai.enumeration import marker_at_head
from extractors.thai.text import fold_digits
from schemas.document import Line
from schemas.wording import ProseWording, any_of

# A longer line is a sentence.
LONGEST_SIGNATURE_LINE = 90


def without_signature(lines: Sequence[Line], wording: ProseWording) -> Sequence[Line]:
    """The lines without the signature block that ends a letter or report."""
    end = len(lines)
    while end and (not lines[end - 1].text.strip() or _signs(lines[end - 1], wording)):
        end -= 1
    return lines[:end]


def _signs(line: Line, wording: ProseWording) -> bool:
    """Whether a line at the end is the signer's name, post, unit or the day, and no sentence."""
    text = fold_digits(line.text.strip())
    return (
        len(text) <= LONGEST_SIGNATURE_LINE and marker_at_head(text) is None and bool(_signature(wording).match(text))
    )


@cache
def _signature(wording: ProseWording) -> re.Pattern[str]:
    person = rf"\(?\s*{any_of(wording.person_titles)}[^0-9]{{0,60}}\)?"
    day = r"(?:ณ\s*)?(?:วันที่\s*)?[0-9]{1,2}\s*\S{3,12}\s*(?:พ\.ศ\.\s*)?25[0-9]{2}"
    post_or_unit = rf"{any_of((*wording.posts, *wording.units))}\S{{0,90}}(?:\s\S{{2,60}}){{0,2}}"
    return re.compile(rf"^(?:{person}|\(?\s*{any_of(wording.signing)}.*|[.…_ ]{{5,}}.*|{day}|{post_or_unit})$")
