"""An office's name at one place of a text: the words for its kind, its proper name, and the office that is meant."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate

from rapidfuzz.distance import Levenshtein

from extractors.thai.name_words import is_limit, words
from extractors.thai.proper_names import (
    OwnName,
    ProperName,
    address_province,
    read_proper_name,
)
from extractors.thai.squeezed import Squeezed
from schemas.base import Record
from schemas.offices import (
    BEGINNING,
    FULL_NAME_BEGINNING,
    ListedOffice,
    OfficeFacts,
    OfficeKind,
    OfficeWord,
    name_key,
    office_id,
)
from schemas.report import OfficeMention

# Abbreviations up to this length are also parts of words (รอบตัว, สนใจ) and need a dot or blanks around them.
_SHORT = 6
_LONGEST_WORDING = 110
_SHORTER_THAN_BEGINNING = tuple(range(BEGINNING - 1, 1, -1))
_ALIKE_IN_FULL = 0.9
_PUBLIC = "(องค์การมหาชน)"
_PUBLIC_HEADS = "สถาบัน|สำนักงาน|ศูนย์|องค์การ|กองทุน|หอภาพยนตร์|พิพิธภัณฑ์"
_PUBLIC_ORGANISATION = re.compile(rf"((?:{_PUBLIC_HEADS})(?:(?!{_PUBLIC_HEADS})[ก-๎]){{2,80}}){re.escape(_PUBLIC)}")
_BRANCH = re.compile("สำนักงาน([ก-๎]{2,60}?)(?:ประจำ)?(จังหวัด|อำเภอ)")
_LOCAL_BRANCH = re.compile("สาขา|อำเภอ|เขต(?=[0-9])")
_THAI_LETTER = re.compile("[ก-๎]")
_ENTERPRISE = "state-enterprise"
_PROVINCE_KIND = "province"
_CITY_AS_OFFICE = "special-local-government"


class NameMatch(Record):
    """An office's name found in a squeezed text."""

    start: int
    end: int
    name: str
    listed: bool
    score: float = 1.0
    province: str | None = None
    abbreviated: bool = False


class OwnOffice(Record):
    """The report's own office, and its proper name."""

    mention: OfficeMention
    proper: OwnName | None


@lru_cache(maxsize=4)
def own_office(mention: OfficeMention, facts: OfficeFacts) -> OwnOffice:
    """The report's own office, taken apart into kind and proper name where its name tells them."""
    kind = kind_of(mention.name, facts)
    if kind is None:
        return OwnOffice(mention=mention, proper=_own_branch(mention.name))
    proper = mention.name.removeprefix(kind.name)
    if kind.place == "area":
        proper = re.sub(r"\s*เขต [0-9]+$", "", proper)
    return OwnOffice(mention=mention, proper=OwnName(name=name_key(proper), kind=kind.code))


def _own_branch(name: str) -> OwnName | None:
    """The place of an office that is a branch: «สำนักงานประมงจังหวัดสมุทรสงคราม»."""
    head = _BRANCH.match(name)
    if head is None:
        return None
    return OwnName(name=name[head.end() :], kind="provincial-branch" if head[2] == "จังหวัด" else "district-branch")


def kind_of(name: str, facts: OfficeFacts) -> OfficeKind | None:
    """The kind whose words a canonical name begins with; null where none does."""
    kinds = [kind for kind in facts.kinds if kind.name and name.startswith(kind.name) and name != kind.name]
    return max(kinds, key=lambda kind: len(kind.name), default=None)


def match_office(text: Squeezed, start: int, facts: OfficeFacts, own: OwnOffice | None) -> NameMatch | None:
    """The longest name of an office that begins at `start` of the squeezed text; null where none does."""
    if not text.starts_word(start):
        return None
    found = [match for match in _candidates(text, start, facts, own) if match is not None]
    if found:
        return _with_local_branch(text, max(found, key=lambda match: (match.end, match.listed)), facts)
    return _misspelt_in_full(text, start, facts)


def mention_of(match: NameMatch, raw: str, facts: OfficeFacts, own: OwnOffice | None) -> OfficeMention:
    """The mention that a match is, with the own office's id where it is that office."""
    if own is not None and name_key(own.mention.name) == name_key(match.name):
        identity, listed = own.mention.office_id, own.mention.listed
    else:
        identity, listed = office_id(match.name, match.province), match.listed
    return OfficeMention(raw=raw, name=match.name, office_id=identity, listed=listed, score=match.score)


def name_starts(text: str, facts: OfficeFacts, *, dotted: bool) -> list[int]:
    """Places in a squeezed text where the wording of an office or a kind may begin, in order.

    That of a public organisation in no list ends in (องค์การมหาชน). Abbreviations of two letters, which stand in many
    words (การรายงาน), are looked for only in a text with dots: one stands after each of them.
    """
    starts = {found.start() for found in _any_of(facts.beginnings if dotted else facts.long_beginnings).finditer(text)}
    if _PUBLIC in text:
        starts.update(found.start() for found in _PUBLIC_ORGANISATION.finditer(text))
    return sorted(starts)


@lru_cache(maxsize=4)
def _any_of(beginnings: frozenset[str]) -> re.Pattern[str]:
    """The first letter of any beginning, the rest after it; one may stand inside another."""
    by_letter = {
        first: sorted(b[1:] for b in beginnings if b[0] == first) for first in sorted({b[0] for b in beginnings})
    }
    return re.compile("|".join(f"{first}(?={'|'.join(map(re.escape, rests))})" for first, rests in by_letter.items()))


def _candidates(text: Squeezed, start: int, facts: OfficeFacts, own: OwnOffice | None) -> Iterator[NameMatch | None]:
    yield _listed_in_full(text, start, facts)
    yield _of_a_kind(text, start, facts, own)
    yield _branch(text, start, facts, own)
    yield _public_organisation(text, start)


def _public_organisation(text: Squeezed, start: int) -> NameMatch | None:
    found = _PUBLIC_ORGANISATION.match(text.text, start)
    if found is None:
        return None
    name = f"{found[1]} {_PUBLIC}"
    return NameMatch(start=start, end=found.end(), name=name, listed=False)


def _listed_in_full(text: Squeezed, start: int, facts: OfficeFacts) -> NameMatch | None:
    end = _longest_wording(text, start, facts.listed, facts.listed_lengths)
    if end is None:
        return None
    office = facts.listed[text.text[start:end]]
    if office.kind == _CITY_AS_OFFICE and not _acts(text, start, facts):
        return None
    return NameMatch(
        start=start,
        end=end,
        name=office.name,
        listed=True,
        province=office.province,
        abbreviated="." in text.left_out.get(end, "")
        and "." in "".join(office.wordings)
        and name_key(office.name) != text.text[start:end],
    )


def _of_a_kind(text: Squeezed, start: int, facts: OfficeFacts, own: OwnOffice | None) -> NameMatch | None:
    head_end = _longest_wording(text, start, facts.words, facts.word_lengths)
    if head_end is None:
        return None
    wording = text.text[start:head_end]
    word = facts.words[wording]
    proper = read_proper_name(text, head_end, word, facts, own.proper if own else None)
    if proper is None or (word.short and _is_glued(text, start, head_end) and not proper.listed):
        return None
    match = _named_match(text, start, word, proper, facts)
    if word.kind.code == _PROVINCE_KIND and wording == word.kind.name and not _acts(text, start, facts, own, match):
        return None
    return match


def _is_glued(text: Squeezed, start: int, head_end: int) -> bool:
    """An abbreviation right after a letter, which may be the end of a word."""
    return head_end - start <= _SHORT and text.after_letter(start)


def _named_match(text: Squeezed, start: int, word: OfficeWord, proper: ProperName, facts: OfficeFacts) -> NameMatch:
    name, province = proper.name, proper.province
    if name == "เมือง" and word.kind.place == "district":
        province = address_province(text, proper.end, facts)
        name += province or ""
    listed = proper.listed or name_key(word.kind.name + name) in facts.listed or (name != proper.name)
    province = province or address_province(text, proper.end, facts)
    whole = " ".join((word.kind.name + name).split())
    return NameMatch(start=start, end=proper.end, name=whole, listed=listed, score=proper.score, province=province)


def _longest_wording(
    text: Squeezed,
    start: int,
    wordings: Mapping[str, ListedOffice] | Mapping[str, OfficeWord],
    lengths: Mapping[str, tuple[int, ...]],
) -> int | None:
    """Where the longest wording ends that stands at `start`, whole: no part of a longer word."""
    for length in lengths.get(text.text[start : start + BEGINNING], ()) + _SHORTER_THAN_BEGINNING:
        end = start + length
        wording = wordings.get(text.text[start:end]) if end <= len(text.text) else None
        if (
            wording is not None
            and text.ends_word(end)
            and (_is_spelt_out(wording, length) or _stands_alone(text, start, end))
        ):
            return end
    return None


def _is_spelt_out(wording: ListedOffice | OfficeWord, length: int) -> bool:
    return length > _SHORT or (isinstance(wording, OfficeWord) and not wording.short)


def _stands_alone(text: Squeezed, start: int, end: int) -> bool:
    """An abbreviation is marked as one: a dot or another sign after it, and no letter before it or a dot after it."""
    after = text.next_written(end)
    if _THAI_LETTER.match(after):
        return False
    if end - start <= 2:
        return after == "."
    return after == "." or not text.after_letter(start)


def _acts(
    text: Squeezed, start: int, facts: OfficeFacts, own: OwnOffice | None = None, match: NameMatch | None = None
) -> bool:
    """A province or city stands as one who acts (โดยจังหวัดภูเก็ต), or is the report's own office; no address."""
    before = text.written[: text.start(start)].rstrip()
    if before.endswith(facts.limits.agents):
        return True
    is_own = own is not None and match is not None and own.mention.name == match.name
    in_address = re.search(r"(?:ใน|อำเภอ\s*[ก-๎]+|อ\.\s*[ก-๎]+)$", before)
    return is_own and in_address is None


def _branch(text: Squeezed, start: int, facts: OfficeFacts, own: OwnOffice | None) -> NameMatch | None:
    """An office that is named by its field and its province or district: «สำนักงานคลังจังหวัดภูเก็ต»."""
    head = _BRANCH.match(text.text, start)
    if head is None or not text.is_joined(start, head.end()):
        return None
    if any(is_limit(token, facts.limits) and token not in facts.limits.branch_fields for token in words(head[1])):
        return None
    kind = facts.kind["provincial-branch" if head[2] == "จังหวัด" else "district-branch"]
    place = kind.model_copy(update={"name": head[0], "place": "province" if head[2] == "จังหวัด" else "district"})
    word = OfficeWord(kind=place, short=False, loose=True)
    own_name = own.proper if own is not None and own.mention.name.startswith(head[0]) else None
    proper = read_proper_name(text, head.end(), word, facts, own_name)
    is_own = proper is not None and own_name is not None and proper.name == own_name.name
    return _named_match(text, start, word, proper, facts) if proper and (proper.listed or is_own) else None


def _with_local_branch(text: Squeezed, match: NameMatch, facts: OfficeFacts) -> NameMatch:
    """The office with the branch printed after its name: «สำนักงานที่ดินจังหวัด… สาขา…», «การไฟฟ้าส่วนภูมิภาคอำเภอ…»."""
    head = _LOCAL_BRANCH.match(text.text, match.end)
    is_enterprise = name_key(match.name) in facts.listed and facts.listed[name_key(match.name)].kind == _ENTERPRISE
    if head is None or not (head[0] == "สาขา" or (is_enterprise and not text.blank_before(match.end))):
        return match
    place = {"อำเภอ": "district", "เขต": "number"}.get(head[0], "place")
    kind = facts.kind["district-branch"].model_copy(update={"name": head[0], "place": place})
    proper = read_proper_name(text, head.end(), OfficeWord(kind=kind, short=False, loose=False), facts, None)
    if proper is None:
        return match
    return match.model_copy(update={"end": proper.end, "name": f"{match.name}{head[0]}{proper.name}", "listed": False})


def _misspelt_in_full(text: Squeezed, start: int, facts: OfficeFacts) -> NameMatch | None:
    """A ministry, department or other office with one name of its own, misspelt."""
    names = facts.full_names.get(text.text[start : start + FULL_NAME_BEGINNING], ())
    if not names:
        return None
    stretch = text.stretch(start, _LONGEST_WORDING)
    ends = accumulate(map(len, words(stretch)))
    found = [(alike, end, name) for end in ends for alike, name in _alike_in_full(stretch[:end], names)]
    if not found:
        return None
    alike, end, name = max(found)
    return NameMatch(start=start, end=start + end, name=facts.listed[name].name, listed=True, score=round(alike, 4))


def _alike_in_full(written: str, names: Sequence[str]) -> Iterator[tuple[float, str]]:
    for name in names:
        alike = Levenshtein.normalized_similarity(written, name, score_cutoff=_ALIKE_IN_FULL)
        if alike:
            yield alike, name
