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
_MEASURE = re.compile(r"(?:ตัวชี้วัดที่|มาตรการที่)\s*[0-9๐-๙]+")
_ASIDE = re.compile(r"\([^()]*\)")


def empty_sections(case: Case) -> Iterator[Contradiction]:
    """Headings with nothing under them, or with a paragraph of other matter where figures are announced."""
    empty = [line for line in _candidates(case) if _is_empty(line, case)] if not case.is_half_read else []
    if empty:
        yield Contradiction(
            check="section-empty",
            at=REPORT,
            records=(case.report.id,),
            values=(Value(name="headings", text=listed(_bare(line.text) for line in empty)),),
            evidence=tuple(place for line in empty for place in line.evidence),
        )


def _candidates(case: Case) -> Iterator[TextLine]:
    """Headings that stand in no record; of one printed twice (in the contents, too) the last."""
    taken = _taken(case)
    last = {_bare(line.text): line for line in case.lines}
    for line in case.lines:
        free = taken.isdisjoint((place.page, place.text.strip()) for place in line.evidence)
        if (
            free
            and not _is_label(line.text, case)
            and last[_bare(line.text)] is line
            and _announces(line.text, case.words.sections)
        ):
            yield line


def _is_label(text: str, case: Case) -> bool:
    """«ผลการดำเนินการ» above a measure's actions is a label of that measure."""
    field = case.facts.fields_by_label.get(re.sub(r"\s", "", _heading(text)))
    if field == "other":
        return text.rstrip().endswith((":", "："))
    return field is not None


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
    if following is None or following.strip().startswith(section.closings):
        return True
    if following.strip() in section.none_there or _shares_words(following, heading, section):
        return False
    of_figures = heading.startswith(section.announce_figures)
    of_measures = any(word in heading for word in section.leads_to_measures)
    owes_other = heading.startswith(section.no_measures) or (of_figures and not of_measures)
    if owes_other and _leads_to_measures(following, section):
        return True
    if "\t" in following:
        return False
    return _is_other_heading(following, line.text, section) or (of_figures and _is_without_figures(following))


def _leads_to_measures(following: str, section: SectionWords) -> bool:
    """The measures' own table, heading or introduction («… ตามมาตรการ ดังนี้»)."""
    if _FIGURE.search(fold_digits(following)):
        return False
    is_lead = "\t" in following or following.strip(_MARKUP).endswith("ดังนี้")
    names_measures = any(word in following for word in section.leads_to_measures)
    return (is_lead and names_measures) or _MEASURE.match(following.strip(_MARKUP)) is not None


def _following(line: TextLine, lines: Sequence[TextLine]) -> str | None:
    """The next line that says something; null at the end of the document."""
    rest = lines[lines.index(line) + 1 :]
    return next((each.text for each in rest if not _FURNITURE.fullmatch(each.text.strip(_MARKUP))), None)


def _is_other_heading(following: str, heading: str, section: SectionWords) -> bool:
    """A heading of its own rank, not one of the parts that the first announces."""
    bare = following.strip(_MARKUP)
    if _PART.match(bare):
        return True
    own, other = marker_at_head(heading.strip(_MARKUP)), marker_at_head(bare)
    is_part = other is not None and (own is None or own.style != other.style)
    return not is_part and _announces(following, section) and _heading(following).startswith(section.announce_text)


def _is_without_figures(text: str) -> bool:
    """A paragraph of text, not a line of figures."""
    return len(text.strip()) > LONGEST_HEADING and re.search("[0-9]", fold_digits(text)) is None


def _shares_words(text: str, heading: str, section: SectionWords) -> bool:
    """Whether a paragraph speaks of what the heading names."""
    names = (word for word in words(re.sub(r"\s", "", heading)) if len(word) >= SHORTEST_WORD)
    return any(word in text for word in names if word not in section.common)


def _heading(text: str) -> str:
    """The heading without markup, list number and the word for a part."""
    bare = _PART.sub("", text.strip(_MARKUP))
    marker = marker_at_head(bare)
    return (bare[marker.end :] if marker else bare).strip(_MARKUP)


def _bare(text: str) -> str:
    return text.strip(_MARKUP)
