"""Where a document's sections begin: headings between which figures are of one subject and year."""

import re

from extractors.thai.text import fold_digits
from extractors.thai.years import parse_year
from schemas.document import Line

LONGEST_HEADING = 160
# «3.1.2 การประเมิน…», «ส่วนที่ ๒ …»: list items have one number alone, and are no headings.
_NUMBERED = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}\.?\s+[^0-9\s]|(?:ส่วน|บท|ตอน)ที่\s*[0-9]")
_ENDS_TITLE = ("ประจำ", "(")


def heading_year(line: Line) -> int | None:
    """The year (Buddhist era) that is all a line says; one that ends a title («ประจำปี…», «(ปี …)») heads nothing."""
    text = line.text.strip()
    return None if text.startswith(_ENDS_TITLE) else parse_year(text)


def begins_section(line: Line) -> bool:
    """Whether a line is set as a heading, is numbered as a section, or is a year alone, which heads what follows."""
    text = fold_digits(line.text.strip())
    if not text or len(text) > LONGEST_HEADING:
        return False
    return line.heading > 0 or _NUMBERED.match(text) is not None or heading_year(line) is not None
