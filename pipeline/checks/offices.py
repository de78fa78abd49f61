"""Check of offices: another office of the same kind that stands as if it were the report's own."""

import re
from collections.abc import Iterator
from functools import cache

from extractors.thai.name_words import is_thai_word
from extractors.thai.offices import FoundOffice, describe_office, find_offices
from pipeline.checks.case import REPORT, Case, Passage
from pipeline.checks.contradiction import Contradiction, Value, listed
from pipeline.checks.words import OfficeWords
from schemas.offices import name_key
from schemas.wording import any_of

# How far before a name the word may stand that makes the office another's («วิทยากรคือ … จาก …»).
REACH = 90
_COUNCIL = re.compile("สภา(?=เทศบาล|องค์การ|องค์กร|อบ[ตจ]|ท[ตมน][.])")


def other_offices(case: Case) -> Iterator[Contradiction]:
    """Texts in which another office of the own office's kind acts, or has what only the own office has."""
    for passage in case.passages if case.own else ():
        wrong = _named_as_own(passage, case)
        if wrong:
            yield Contradiction(
                check="office-mismatch",
                at=passage.at,
                records=(passage.record,),
                values=(
                    Value(name="named", text=listed(each.mention.name for each in wrong)),
                    Value(name="written", text=listed(each.mention.raw for each in wrong)),
                    Value(name="own", text=case.own.name if case.own else ""),
                ),
                evidence=(*passage.evidence, *case.report.evidence[-1:]),
            )


def _named_as_own(passage: Passage, case: Case) -> list[FoundOffice]:
    # A council is named with its office: «สภา|เทศบาลตำบล…» is as good as the office itself here.
    text = _COUNCIL.sub(" " * len("สภา"), passage.text)
    found = find_offices(text, case.facts.offices, case.own)
    others = [each for each in found if _is_other_of_kind(each, case)]
    if not others:
        return []
    own_named = any(_is_own(each, case) for each in found)
    surely = own_named or not passage.is_action or _is_whole_kind(case)
    first = {each.mention.name: each for each in reversed(others)}
    excused = {name for name, each in first.items() if _is_excused(passage.text, each, found, case.words.offices)}
    return [
        each
        for each in others
        if each.mention.name not in excused
        and (not surely or _acts_as_own(passage.text, each, case.words.offices, passage.at == REPORT))
    ]


def _is_own(found: FoundOffice, case: Case) -> bool:
    return case.own is not None and found.mention.office_id == case.own.office_id


def _is_other_of_kind(found: FoundOffice, case: Case) -> bool:
    """Another office of the own kind; not one whose name is the beginning of the other's, which may be cut short."""
    if case.own is None or case.own_office is None or _is_own(found, case) or found.mention.score < 1:
        return False
    name, own = name_key(found.mention.name), name_key(case.own.name)
    office = describe_office(found.mention, case.facts.offices)
    if (
        office.kind is None
        or _kind(office.kind) != _kind(case.own_office.kind or "")
        or name.startswith(own)
        or own.startswith(name)
    ):
        return False
    if found.mention.name in case.words.offices.overseers:
        return False
    return found.mention.listed or not _is_programme(found, case)


def _kind(code: str) -> str:
    """Offices of a kind may be listed whole or not: «กรมชลประทาน», and a department in no list."""
    return code.removeprefix("unlisted-")


def _is_programme(found: FoundOffice, case: Case) -> bool:
    """«โรงเรียนสุจริต» is a programme, «อบต.สัญจร» an outing: a word of the language, not a name."""
    kind = case.own_office and case.own_office.kind
    name = found.mention.name.removeprefix(case.facts.offices.kind[kind].name if kind else "").strip()
    plain = is_thai_word(name) and name_key(name) not in case.facts.offices.places
    return plain or name.startswith(case.words.offices.programmes)


def _is_whole_kind(case: Case) -> bool:
    return case.own_office is not None and case.own_office.kind in case.words.offices.whole_kinds


def _is_excused(text: str, office: FoundOffice, found: tuple[FoundOffice, ...], words: OfficeWords) -> bool:
    """The office is a partner, host, guest, addressee, source or example; where it is first named decides."""
    if any(text[office.end :].lstrip().startswith(after) for after in words.right_after):
        return True
    joined = _joined_before(text, office, found, words)
    if joined is not None and _is_excused(text, joined, found, words):
        return True
    before = _sentence_before(text, office, found)
    return _right_before(words).search(before) is not None or any(word in before for word in words.somewhere_before)


def _joined_before(
    text: str, office: FoundOffice, found: tuple[FoundOffice, ...], words: OfficeWords
) -> FoundOffice | None:
    """The office named right before, if the two stand in one list («กับ … และ …»)."""
    last = max((each for each in found if each.end <= office.start), key=lambda each: each.end, default=None)
    return last if last and _is_joined(text[last.end : office.start].strip(), words) else None


def _sentence_before(text: str, office: FoundOffice, found: tuple[FoundOffice, ...]) -> str:
    """What leads to the name: up to the name before it, and no further than it reaches."""
    start = max((each.end for each in found if each.end <= office.start), default=0)
    return text[max(start, office.start - REACH) : office.start]


def _is_joined(between: str, words: OfficeWords) -> bool:
    return re.fullmatch(rf"{any_of(words.joins)}?\s*(?:{any_of(words.holders)}(?:ของ|จาก)?\s*)*", between) is not None


def _acts_as_own(text: str, office: FoundOffice, words: OfficeWords, at_report: bool) -> bool:
    """The name begins a sentence that tells a doing, or follows what only the own office has."""
    before, after = text[: office.start].rstrip(), text[office.end :].lstrip()
    starts = not before or text[office.start - 1].isspace() or _holder(words).fullmatch(before) is not None
    if starts and after.startswith(words.acts):
        return True
    if at_report:
        return not after and _holder(words).fullmatch(before) is not None
    return _own_thing(words).search(before) is not None


@cache
def _right_before(words: OfficeWords) -> re.Pattern[str]:
    # «มอบหมายให้ …», «โรงเรียนในสังกัด …»: the own office gives tasks to, and speaks of, its own.
    holders = rf"(?:{any_of(words.holders)}(?:ของ|จาก)?\s*)*"
    partner = rf"(?<!ใน){any_of(words.right_before)}[\s\"“(]*{holders}"
    return re.compile(rf"(?:{partner}|(?<!มอบหมาย){any_of(words.addressed)}\s*)$")


@cache
def _holder(words: OfficeWords) -> re.Pattern[str]:
    return re.compile(rf"[\s(]*(?:{any_of(words.holders)}\s*)+")


@cache
def _own_thing(words: OfficeWords) -> re.Pattern[str]:
    return re.compile(rf"{any_of(words.own_things)}\s*(?:ของ)?\s*(?:{any_of(words.holders)}(?:ของ|จาก)?\s*)*$")
