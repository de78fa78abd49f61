"""The heading of a report: its title, and the years that title and introduction state."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.report.columns import LaidTable
from extractors.report.years import YearMention, year_mentions
from extractors.thai.enumeration import marker_at_head
from extractors.thai.offices import find_offices, resolve_office
from extractors.thai.text import fold, fold_digits, fold_phrases
from schemas.document import Line
from schemas.reference import Reference
from schemas.report import FiscalYearBasis
from schemas.wording import TitleWording, YearWording, any_of, finds

# A heading line is set across a page of about 80 letters; a longer paragraph is body text.
LONGEST_TITLE_LINE = 130
SEARCHED_LINES = 40
LONGEST_FURNITURE = 30

# Page numbers (front matter is numbered by letters), rules of dashes and paths of a web page («หน้าแรก » ข่าว»).
_FURNITURE = re.compile(r"^(?:[^ก-๙A-Za-z0-9]*|[-–]?\s*(?:[0-9]{1,3}|[ก-ฮ])\s*[-–]?|หน้า(?:ที่)?\s*[0-9]+.*|.*[»›>].*)$")
_PAGE_LETTER = re.compile(r"[-–(]?\s*[ก-ฮ]\s*[-–)]?")
# «๐๙.๑๕ น.» on the stamp of whoever received a letter.
_TIME = re.compile(r"(?:เวลา\s*)?[0-9]{1,2}[.:][0-9]{2}\s*(?:น\.?|นาฬิกา)")
# Cells of a row, pasted as text.
_ROW = re.compile(r"\t[^\t]*\t")
# Abbreviations of ตำบล, อำเภอ, จังหวัด, and the signs of an address.
_ADDRESS_SIGNS = r"(?<![ก-๙])[ตอจ]\.(?=[ก-๙ ])|[:：()]"
_SUBJECT = re.compile(r"^เรื่อง\s*[:：]?\s*")
_LETTER_NUMBER = re.compile(r"^ที่\s+\S")
_DATE_LINE = re.compile(r"^(?:วันที่|ณ วันที่|ประกาศ ณ)\s*[0-9]")


@dataclass(frozen=True)
class FrontMatter:
    """Where the title stands, and the years stated before the measures begin."""

    title: tuple[Line, ...]
    introduction: tuple[Line, ...]

    @property
    def title_text(self) -> str | None:
        """The title's lines joined by one space; None where there is none."""
        text = " ".join(
            _SUBJECT.sub("", line.text.strip()) if self._is_memo else line.text.strip() for line in self.title
        )
        return text or None

    @property
    def _is_memo(self) -> bool:
        return len(self.title) > 0 and bool(_SUBJECT.match(self.title[0].text.strip()))


def front_matter(blocks: Sequence[Line | LaidTable], reference: Reference) -> FrontMatter:
    """The title lines and the lines up to the first table below them; a box above the title holds no title."""
    lines: list[Line] = []
    for block in blocks:
        if isinstance(block, LaidTable):
            if lines:
                break
        elif block.text.strip():
            lines.append(block)
    title = _title(lines[:SEARCHED_LINES], reference)
    return FrontMatter(title, without(lines, title))


def without(lines: Iterable[Line], title: Sequence[Line]) -> tuple[Line, ...]:
    """The lines that are none of the title's; texts are compared first, for that is quick."""
    texts = {line.text for line in title}
    return tuple(line for line in lines if line.text not in texts or line not in title)


def fiscal_year(
    front: FrontMatter, assessed: int | None, wording: YearWording
) -> tuple[int | None, FiscalYearBasis | None]:
    """The year in which the measures are carried out; stated by the document, or inferred from the assessed year.

    A year that only the assessment bears is not it, but a title that names the year after the assessed one is.
    """
    title = year_mentions(front.title_text or "", wording)
    stated = _activity_year(title, assessed)
    if stated is None:
        stated = next((year.year for year in title if assessed is not None and year.year == assessed + 1), None)
    if stated is None:
        stated = next((year.year for year in title if year.fiscal and year.role == "none"), None)
    if stated is None:
        body = [year for line in front.introduction for year in year_mentions(line.text, wording) if year.fiscal]
        stated = _activity_year(body, assessed)
    if stated is not None:
        return stated, "stated"
    return (assessed + 1, "inferred") if assessed is not None else (None, None)


def _activity_year(years: Sequence[YearMention], assessed: int | None) -> int | None:
    return next((year.year for year in years if year.role == "activity" and year.year != assessed), None)


def _title(lines: Sequence[Line], reference: Reference) -> tuple[Line, ...]:
    wording = reference.wording.title
    start = next((i for i, line in enumerate(lines) if not _is_furniture(line.text.strip(), wording)), len(lines))
    rest = lines[start:]
    if not rest or _opens_front_matter(rest[0].text, wording):
        return ()
    subject = next((i for i, line in enumerate(rest[:12]) if _SUBJECT.match(line.text.strip())), None)
    if subject is not None and any(_is_memo_head(line.text, wording) for line in rest[: subject + 1]):
        return _without_office_end(_heading_lines(rest[subject:], reference), reference)
    return _without_office_end(_heading_lines(rest, reference), reference)


def _heading_lines(lines: Sequence[Line], reference: Reference) -> list[Line]:
    """Lines from the first on while they look like a heading: set as one by the format, or short and no sentence.

    A heading ends with its page.
    """
    first = lines[0]
    styled = first.bold or first.heading > 0
    taken = [first]
    for line in lines[1:]:
        if (
            line.page != first.page
            or _is_body(line, reference.wording.title)
            or (styled and first.heading and line.heading > max(first.heading, 1) and _starts_section(line, reference))
        ):
            break
        if styled and not (line.bold or line.heading) and not _is_year_line(line.text):
            break
        taken.append(line)
    return taken


def _starts_section(line: Line, reference: Reference) -> bool:
    """Whether a heading below the first is of the body: a year or the office's name, set smaller, ends the title."""
    return not _is_year_line(line.text) and resolve_office(line.text, reference.offices) is None


def _is_body(line: Line, wording: TitleWording) -> bool:
    text = line.text.strip()
    if len(text) > LONGEST_TITLE_LINE or text.startswith(wording.sections) or _DATE_LINE.match(fold_digits(text)):
        return True
    if not re.search(r"[ก-๙A-Za-z]", text) or _PAGE_LETTER.fullmatch(text) or _ROW.search(text):
        return True
    if marker_at_head(text) is not None:
        return True
    told = re.search(r"(?<!ที่)" + any_of(wording.told_as_done), text)
    return bool(told or finds(wording.sentence_words).search(text.replace(" ", "")))


def _is_furniture(text: str, wording: TitleWording) -> bool:
    short = len(text) <= LONGEST_FURNITURE or text.count("|") >= 2
    folded = fold_digits(text)
    if _FURNITURE.match(folded) or _TIME.fullmatch(folded) or _ROW.search(text):
        return True
    return short and text.strip("( ").startswith(wording.furniture)


def _opens_front_matter(text: str, wording: TitleWording) -> bool:
    """«คำนำ», «สารบัญ»: what follows is the text of a foreword or a list of contents; the cover was not read."""
    return fold(text) in fold_phrases(wording.front_matter)


def _is_memo_head(line: str, wording: TitleWording) -> bool:
    text = line.strip()
    return text.startswith(wording.memo_heads) or bool(_LETTER_NUMBER.match(text))


def _is_year_line(text: str) -> bool:
    folded = fold(text)
    return len(folded) < 45 and bool(re.search(r"ปี|พ\.ศ\.|รอบ", folded)) and bool(re.search(r"25[0-9]{2}", folded))


def _without_office_end(lines: list[Line], reference: Reference) -> tuple[Line, ...]:
    """The heading without the office and address lines after which nothing of it follows."""
    while len(lines) > 1 and is_office_line(lines[-1].text, reference):
        lines.pop()
    return tuple(lines)


def is_office_line(text: str, reference: Reference) -> bool:
    """Whether a line says no more than which office, and where: «เทศบาลตำบล… อำเภอ… จังหวัด…»."""
    rest = text
    for found in reversed(find_offices(text, reference.offices)):
        rest = rest[: found.start] + " " + rest[found.end :]
    if rest == text and not re.search(r"อำเภอ|จังหวัด|ตำบล|สังกัด", text):
        return False
    signs = re.compile(f"{any_of(reference.wording.title.address_words)}|{_ADDRESS_SIGNS}")
    words = signs.sub(" \0", rest).split()
    return all(
        word.startswith("\0") or not re.search("[ก-๙A-Za-z]", word) or fold_digits(word).isdigit() for word in words
    )
