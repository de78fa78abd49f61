"""Check of spelling: the report's own office, or its place, misspelt wherever it stands."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate

from rapidfuzz.distance import Levenshtein

from extractors.thai.name_words import words
from extractors.thai.offices import find_offices
from extractors.thai.proper_names import is_misspelt
from pipeline.checks.case import Case
from pipeline.checks.contradiction import Contradiction, Value, listed
from pipeline.checks.words import PlaceWords
from schemas.offices import OfficeFacts, name_key
from schemas.wording import any_of

# Shorter names are like too many words («ตาก», «เลย», «แพร่»).
SHORTEST_NAME = 5
# A kind's words may differ by two letters, if they are many («องค์การบริการส่วนตำบล»).
SHORTEST_KIND = 9
MOST_IN_KIND = 2
_THAI_RUN = re.compile("[ก-๎]+")
_BEFORE = 12
# ณ is a word; ฯ and ๆ are signs.
_LETTER_ALONE = re.compile("(?!ณ)[ก-ฮ]์?")


def misspelt_offices(case: Case) -> Iterator[Contradiction]:
    """Texts in which the own office's name, the words of its kind, or the name of its place are misspelt."""
    for passage in case.passages if case.own else ():
        written = _misspelt(passage.text, case)
        if written and case.own:
            yield Contradiction(
                check="office-misspelt",
                at=passage.at,
                records=(passage.record,),
                values=(Value(name="written", text=listed(written)), Value(name="own", text=case.own.name)),
                evidence=passage.evidence,
            )


def _misspelt(text: str, case: Case) -> list[str]:
    return [*_as_office(text, case), *_kind_words(text, case), *_as_place(text, case)]


def _as_office(text: str, case: Case) -> Iterator[str]:
    own = case.own
    for found in find_offices(text, case.facts.offices, own):
        if own and found.mention.office_id == own.office_id and found.mention.score < 1:
            yield found.mention.raw


def _as_place(text: str, case: Case) -> Iterator[str]:
    for place in _places(case):
        for run in _THAI_RUN.finditer(text):
            before = text[max(0, run.start() - _BEFORE) : run.start()]
            yield from _in_run(run[0], before, text[run.end() : run.end() + 1], place, case)


def _places(case: Case) -> Iterator[str]:
    """The proper name of the own office without its kind and number, if it is long enough to be known again."""
    office, facts = case.own_office, case.facts.offices
    kind = facts.kind.get(office.kind) if office and office.kind else None
    if office is None or kind is None or not kind.name:
        return
    proper = re.sub(r"\s*เขต [0-9]+$", "", office.name.removeprefix(kind.name)).strip()
    if len(proper) >= SHORTEST_NAME and _THAI_RUN.fullmatch(proper):
        yield proper


def _in_run(run: str, before: str, after: str, place: str, case: Case) -> Iterator[str]:
    """Misspellings of the place in a run of Thai letters: whole words that are like it, or it with a letter more."""
    if _LETTER_MORE.search(place) is None and place in run:
        yield from _with_letter_more(run, after, place)
    tokens = words(run)
    ends = list(accumulate(map(len, tokens)))
    starts = [0, *ends[:-1]]
    for start in starts:
        for end in (end for end in ends if abs(end - start - len(place)) <= 2):
            written = run[start:end]
            if _is_place_misspelt(written, before + run[:start], place, run, case):
                yield written


def _with_letter_more(run: str, after: str, place: str) -> Iterator[str]:
    """«ภูเก็ตร»: a consonant right behind the name that is no word and begins none."""
    for found in re.finditer(re.escape(place), run):
        rest = words(run[found.end() :])
        if rest and _LETTER_ALONE.fullmatch(rest[0]) and not (len(rest) == 1 and after == "."):
            yield place + rest[0]


_LETTER_MORE = re.compile("[.()]")


def _is_place_misspelt(written: str, before: str, place: str, run: str, case: Case) -> bool:
    if written == place or place in written or written in place or not is_misspelt(written, place):
        return False
    if _is_other_place(written, case.facts.offices) or _other_thing(case.words.places).search(before):
        return False
    return place not in run[max(0, run.find(written) - 2) : run.find(written) + len(written) + 2]


def _is_other_place(name: str, facts: OfficeFacts) -> bool:
    return name_key(name) in facts.places or name_key(name) in facts.school or name_key(name) in facts.listed


def _kind_words(text: str, case: Case) -> Iterator[str]:
    """The words of the kind misspelt right before the own proper name: «องค์การบริการส่วนตำบล…»."""
    office, facts = case.own_office, case.facts.offices
    kind = facts.kind.get(office.kind) if office and office.kind else None
    if office is None or kind is None or len(kind.name) < SHORTEST_KIND:
        return
    proper = re.sub(r"\s*เขต [0-9]+$", "", office.name.removeprefix(kind.name)).strip()
    known = tuple(word for each in facts.kinds for word in (each.name, *each.wordings, *each.shorts) if word)
    for found in re.finditer(re.escape(proper), text) if len(proper) > 1 else ():
        lead = re.sub(r"\s", "", text[max(0, found.start() - len(kind.name) - 6) : found.start()])
        if lead and not lead.endswith(known):
            yield from (f"{written}{proper}" for written in _like_kind(lead, kind.name))


def _like_kind(lead: str, kind: str) -> Iterator[str]:
    tails = (lead[-length:] for length in range(len(kind) - MOST_IN_KIND, len(kind) + MOST_IN_KIND + 1))
    near = [(Levenshtein.distance(tail, kind, score_cutoff=MOST_IN_KIND), tail) for tail in dict.fromkeys(tails)]
    best = min(near)
    if 0 < best[0] <= MOST_IN_KIND and best[1][0] == kind[0]:
        yield best[1]


@cache
def _other_thing(place_words: PlaceWords) -> re.Pattern[str]:
    return re.compile(any_of(place_words.other_things) + r"\s*$")
