"""Which indicators the opening of a report lists as weak, apart from those that are only under the pass mark."""

import re
from collections.abc import Iterator

from extractors.report.results import is_weak, told_in
from extractors.thai.text import fold_digits
from pipeline.checks.case import Case
from schemas.document import Line
from schemas.wording import finds

_ALL = 10
# «ตัวชี้วัดที่ ๒, ๔, ๕, ๗ และ ๘», «ตัวชี้วัดที่ ๒ ตัวชี้วัดที่ ๗ และตัวชี้วัดที่ ๑๐»
_NUMBER = r"[0-9]{1,2}(?![0-9]|\.[0-9])"
_BY_NUMBERS = re.compile(rf"ตัวชี้วัดที่\s*({_NUMBER}(?:\s*(?:,|และ|กับ)?\s*(?:ตัวชี้วัด)?(?:ที่)?\s*{_NUMBER})+)")

# «ตัวชี้วัดที่ ๑๐ การป้องกันการทุจริต (๗๕.๐๐ คะแนน)»: the end of a list that goes on over lines.
_UNENDED = re.compile(r"\)\s*(?:และ|,)?\s*$")
_SCORED_ITEM = re.compile(r"(?:และ\s*)?ตัวชี้วัดที่[^()]*\([^()]*คะแนน\).*")


def listed_weak(case: Case) -> frozenset[int | None]:
    """Official numbers of the indicators that sentences or a list of the opening call weak; none where none does.

    Where the text tells of others, too, those that the records call weak.
    """
    if case.tells_of_others:
        return frozenset(indicator.number for indicator in case.indicators if indicator.weak)
    told = told_in([_line(text) for text in _whole_lists(case)], case.facts)
    named = {each.indicator.number for each in told if each.kind == "indicator" and each.weak and each.indicator}
    return frozenset({*named, *_by_numbers(case)})


def chooses(case: Case) -> bool:
    """Whether the report picks some indicators («คะแนนน้อยที่สุด ๓ ลำดับ»), weak or not, and so owes nothing to others."""
    pattern = finds(case.words.results.choices)
    return any(pattern.search(line.text) for line in case.opening if "\t" not in line.text)


def _whole_lists(case: Case) -> Iterator[str]:
    """The lines of the opening, a list in a sentence with its items on the next lines."""
    before: str | None = None
    for text in (line.text for line in case.opening if "\t" not in line.text):
        if before is not None and _UNENDED.search(before) and _SCORED_ITEM.fullmatch(text.strip()):
            before = f"{before} {text}"
            continue
        if before is not None:
            yield before
        before = text
    if before is not None:
        yield before


def _by_numbers(case: Case) -> Iterator[int]:
    wording = case.facts.wording.results
    for line in case.opening:
        text = fold_digits(line.text)
        for match in _BY_NUMBERS.finditer(text) if "\t" not in text else ():
            if is_weak(text[: match.start()], wording):
                yield from (int(number) for number in re.findall("[0-9]+", match[1]) if 1 <= int(number) <= _ALL)


def _line(text: str) -> Line:
    return Line(text=text)
