"""Check of headings: one that announces figures, a list or a text that does not follow."""

import re
from collections.abc import Iterator, Sequence

from extractors.thai.enumeration import marker_at_head
from extractors.thai.name_words import words
from extractors.thai.text import fold_digits
from pipeline.checks.case import REPORT, Case, TextLine
from pipeline.checks.contradiction import Contradiction, Value, listed
from pipeline.checks.words import SectionWords

LONGEST_HEADING = 90
# Shorter words («ผล», «ปี») say nothing of what a heading announces.
SHORTEST_WORD = 4
_MARKUP = " \t*#_=-–—•:："
_FURNITURE = re.compile(r"[\s\-–—=_*.0-9๐-๙/|]*|หน้า(?:ที่)?\s*[0-9๐-๙]+.*")
_FIGURE = re.compile(r"[0-9]+\.[0-9]+|ร้อยละ\s*[0-9]|[0-9]\s*%|[0-9,]{4,}\s*บาท")
_PART = re.compile(r"^(?:ส่วนที่|บทที่|ตอนที่|หมวดที่|หมวด|ข้อ)\s*[0-9๐-๙]+\s*[.:)]?\s*")
_ASIDE = re.compile(r"\([^()]*\)")
_CLOSING = ("ลงชื่อ", "(ลงชื่อ)", "ผู้รายงาน", "ตรวจแล้วถูกต้อง", "ขอแสดงความนับถือ", "จึงเรียนมา", "ประกาศ ณ")


def empty_sections(case: Case) -> Iterator[Contradiction]:
    """Headings with nothing under them, or with a paragraph of other matter where figures are announced."""
    empty = [line for line in _candidates(case) if _is_empty(line, case)]
    if empty:
        yield Contradiction(
            check="section-empty",
            at=REPORT,
            records=(case.report.id,),
            values=(Value(name="headings", text=listed(_bare(line.text) for line in empty)),),
            evidence=tuple(line.evidence for line in empty),
        )


def _candidates(case: Case) -> Iterator[TextLine]:
    """Headings that stand in no record; of one printed twice (in the contents, too) the last."""
    taken = _taken(case)
    last = {_bare(line.text): line for line in case.lines}
    for line in case.lines:
        free = (line.page, line.text.strip()) not in taken
        if free and last[_bare(line.text)] is line and _announces(line.text, case.words.sections):
            yield line


def _taken(case: Case) -> frozenset[tuple[int | None, str]]:
    """Lines of the title, the results and the measures."""
    report = case.report
    actions = (placed.action.evidence for placed in case.actions)
    others = [*(m.evidence for m in report.measures), *(i.evidence for i in case.indicators)]
    return frozenset((e.page, e.text.strip()) for places in (report.evidence, *actions, *others) for e in places)


def _announces(text: str, section: SectionWords) -> bool:
    heading = _heading(text)
    is_listed = text.lstrip().startswith(("-", "–", "•", "*  "))
    if not heading or is_listed or "\t" in text or len(heading) > LONGEST_HEADING:
        return False
    if any(word in heading for word in section.no_headings) or _FIGURE.search(fold_digits(heading)):
        return False
    return heading.startswith((*section.announce_figures, *section.announce_text)) and ":" not in _ASIDE.sub(
        "", heading
    )


def _is_empty(line: TextLine, case: Case) -> bool:
    section, heading = case.words.sections, _heading(line.text)
    following = _following(line, case.lines)
    if following is None or following.strip().startswith(_CLOSING):
        return True
    if "\t" in following or following.strip() in section.none_there:
        return False
    if _is_other_heading(following, heading, section):
        return True
    announces_figures = heading.startswith(section.announce_figures)
    return announces_figures and _is_paragraph(following) and not _is_of(following, heading)


def _following(line: TextLine, lines: Sequence[TextLine]) -> str | None:
    """The next line that says something; null at the end of the document."""
    rest = lines[lines.index(line) + 1 :]
    return next((each.text for each in rest if not _FURNITURE.fullmatch(each.text.strip(_MARKUP))), None)


def _is_other_heading(following: str, heading: str, section: SectionWords) -> bool:
    """A heading of its own rank, not one of the parts that the first announces."""
    other = _heading(following)
    if marker_at_head(following.strip(_MARKUP)) is not None and not _PART.match(following.strip(_MARKUP)):
        return False

    is_heading = _announces(following, section) and other.startswith(section.announce_text)
    return (is_heading and not _shares_words(other, heading)) or bool(_PART.match(following.strip(_MARKUP)))


def _is_paragraph(text: str) -> bool:
    return len(text.strip()) > LONGEST_HEADING


def _is_of(paragraph: str, heading: str) -> bool:
    """The paragraph tells figures, or speaks of what the heading names."""
    return re.search("[0-9]", fold_digits(paragraph)) is not None or _shares_words(paragraph, heading)


def _shares_words(text: str, heading: str) -> bool:
    return any(word in text for word in words(re.sub(r"\s", "", heading)) if len(word) >= SHORTEST_WORD)


def _heading(text: str) -> str:
    """The heading without markup, list number and the word for a part."""
    bare = _PART.sub("", text.strip(_MARKUP))
    marker = marker_at_head(bare)
    return (bare[marker.end :] if marker else bare).strip(_MARKUP)


def _bare(text: str) -> str:
    return text.strip(_MARKUP)
