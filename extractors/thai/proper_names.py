"""The proper name of an office: where it ends in running text, and which name is meant.

In this order: the longest listed name of the right kind; the report's own office's name; else up to the next blank,
sign or word that no name contains. A name that is in no list and close to the own office's, or to exactly one listed
place, is a misspelling of it; a name that is in the list is never put right, for a copied name is what users look for.
"""

import re
from functools import lru_cache
from itertools import accumulate, takewhile

from pythainlp.soundex import lk82, udom83
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from extractors.thai.name_words import is_limit, is_limit_word, is_thai_word, words
from extractors.thai.squeezed import Squeezed
from schemas.base import Record
from schemas.offices import NameLimits, OfficeFacts, OfficeWord, PlaceType, name_key

_LONGEST_LISTED = 60
_LONGEST_FREE = 45
# A listed name may be the beginning of a longer one: «บ้านโพน», «บ้านโพนทองวิทยา».
_LONGEST_ADDITION = 20
_ALIKE = 0.75
_LONG_NAME = 8
_LONG_PLACE = 6
_MOST_CHANGES = 3
_CLOSED: frozenset[PlaceType] = frozenset({"province", "area", "district", "bangkok"})
# Kinds whose words often stand with a word for a sort: «โรงพยาบาลชุมชน», «โรงเรียนสุจริต».
_WITH_SORTS: frozenset[PlaceType] = frozenset({"place", "school", "name"})
_AREA_NUMBER = re.compile(r"เขต(?:ที่)?([0-9]{1,2})(?![0-9])")
_SHORT_AREA_NUMBER = re.compile("(?:เขต)?([0-9]{1,2})(?![0-9])")
_NUMBER = re.compile(r"(?:ที่)?([0-9]{1,2})(?![0-9])")
_SCHOOL_NUMBER = re.compile(r"([0-9]{1,2})(?![0-9]|แห่ง|โรง|คน)")
# «วิทยาลัยพยาบาลบรมราชชนนี นครลำปาง» is printed with a blank before its proper name.
_BLANK_BEFORE_NAME = frozenset({"nursing-college", "public-health-college"})
_BRACKET = re.compile(r"\(([ก-๎]{4,40})\)")
_ADDRESS = re.compile("[(]?(?:(?:ตำบล|อำเภอ|ต|อ)[ก-๎]{2,25}?){0,2}(?:จังหวัด|จ)")


class ProperName(Record):
    """A proper name found in a squeezed text."""

    end: int
    name: str
    listed: bool
    score: float = 1.0
    province: str | None = None


class OwnName(Record):
    """The proper name of the report's own office, without blanks and dots, and the code of its kind."""

    name: str
    kind: str


def read_proper_name(
    text: Squeezed, start: int, word: OfficeWord, facts: OfficeFacts, own: OwnName | None
) -> ProperName | None:
    """The proper name that stands at `start`, after `word`; null where none does."""
    if start >= len(text.text):
        return None
    match word.kind.place:
        case "none":
            return None
        case "number":
            return _number(text, start)
        case "area":
            return _area(text, start, word, facts, own)
        case "school":
            return _with_bracket(text, _numbered(text, _named(text, start, word, facts, own)), facts.limits)
        case _:
            return _named(text, start, word, facts, own)


def address_province(text: Squeezed, end: int, facts: OfficeFacts) -> str | None:
    """The province of an address right after a name: «(อำเภอเมืองศรีสะเกษ) จังหวัดศรีสะเกษ»."""
    if (address := _ADDRESS.match(text.text, end)) is None:
        return None
    start = address.end()
    rest = text.text[start : start + 20]
    names = (rest[:length] for length in range(len(rest), 1, -1))
    return next((name for name in names if _codes(name, "province", facts)), None)


def _number(text: Squeezed, start: int) -> ProperName | None:
    number = _NUMBER.match(text.text, start)
    return ProperName(end=number.end(), name=f" {number[1]}", listed=False) if number else None


def _area(text: Squeezed, start: int, word: OfficeWord, facts: OfficeFacts, own: OwnName | None) -> ProperName | None:
    """A province, and the number of the area in it where one is printed: «กาญจนบุรี เขต 2», «กจ.2»; or «เขต 15»."""
    name = (
        _short_province(text, start, facts)
        or _own_of_provinces(text, start, word, facts, own)
        or _named(text, start, word, facts, own)
    )
    number = _AREA_NUMBER.match(text.text, name.end if name else start)
    if number is None:
        return _with_second_province(text, name, word, facts)
    province = name.name if name else ""
    whole = f"{province} เขต {number[1]}"
    listed = name_key(word.kind.name + whole) in facts.listed
    score = name.score if name else 1.0
    return ProperName(end=number.end(), name=whole, listed=listed, score=score, province=province or None)


def _with_second_province(
    text: Squeezed, name: ProperName | None, word: OfficeWord, facts: OfficeFacts
) -> ProperName | None:
    """A secondary area of two provinces, printed side by side: «ปราจีนบุรี นครนายก»."""
    if name is None or word.kind.code != "secondary-area" or not text.blank_before(name.end):
        return name
    rest = text.text[name.end : name.end + 20]
    second = next((rest[:n] for n in range(len(rest), 1, -1) if _codes(rest[:n], "province", facts)), None)
    if second is None or not text.ends_word(name.end + len(second)):
        return name
    return name.model_copy(update={"end": name.end + len(second), "name": f"{name.name} {second}", "listed": False})


def _own_of_provinces(
    text: Squeezed, start: int, word: OfficeWord, facts: OfficeFacts, own: OwnName | None
) -> ProperName | None:
    """The own office's name of two provinces, the second misspelt: «พิษณุโลก อุตรดิตย์» begins like a name of its own."""
    if own is None or own.kind != word.kind.code or text.text.startswith(own.name, start):
        return None
    first = next((n for n in range(len(own.name) - 1, 2, -1) if _codes(own.name[:n], "province", facts)), None)
    if first is None or not text.text.startswith(own.name[:first], start):
        return None
    misspelt = _misspelt_own(text, start, min(len(text.text), start + len(own.name) + 2), word, own)
    return misspelt if misspelt and misspelt.end > start + first else None


def _short_province(text: Squeezed, start: int, facts: OfficeFacts) -> ProperName | None:
    """An abbreviated province with a number, as one name: «กจ.2», «กจ. เขต 2»."""
    for length in (3, 2):
        end = start + length
        name = facts.province_short.get(text.text[start:end])
        if name is None or (number := _SHORT_AREA_NUMBER.match(text.text, end)) is None:
            continue
        if text.blank_before(end) and not number[0].startswith("เขต"):
            continue
        listed = name_key(f"สำนักงานเขตพื้นที่การศึกษาประถมศึกษา{name} เขต {number[1]}") in facts.listed
        return ProperName(end=number.end(), name=f"{name} เขต {number[1]}", listed=listed, province=name)
    return None


def _numbered(text: Squeezed, name: ProperName | None) -> ProperName | None:
    """A municipality's school with its number: «โรงเรียนเทศบาล ๑»."""
    if name is None or not name.name.startswith("เทศบาล") or not (number := _SCHOOL_NUMBER.match(text.text, name.end)):
        return name
    return ProperName(end=number.end(), name=f"{name.name} {number[1]}", listed=False, province=name.province)


def _with_bracket(text: Squeezed, name: ProperName | None, limits: NameLimits) -> ProperName | None:
    """The name with its second part, which schools print in brackets right after it: «บ้านโพนข่า(วินิตวิทยาคาร)»."""
    if name is None or text.blank_before(name.end) or not (bracket := _BRACKET.match(text.text, name.end)):
        return name
    if bracket[1] in limits.sorts or any(is_limit(token, limits) for token in words(bracket[1])):
        return name
    return name.model_copy(update={"end": bracket.end(), "name": name.name + bracket[0]})


def _named(text: Squeezed, start: int, word: OfficeWord, facts: OfficeFacts, own: OwnName | None) -> ProperName | None:
    place = word.kind.place
    listed_end = _listed_end(text, start, word, facts)
    own_end = _own_end(text, start, own)
    known_end = max(listed_end or 0, own_end or 0)
    if place in _CLOSED and listed_end is not None and not _has_leftover(text, listed_end):
        return _listed_name(text, start, listed_end, word, facts)
    free_end = _free_end(text, start, word, facts.limits)
    is_whole = not _has_leftover(text, known_end or start)
    if known_end and is_whole and not _goes_further(text, known_end, free_end, word, own, own_end, facts.limits):
        if known_end == listed_end:
            return _listed_name(text, start, known_end, word, facts)
        return ProperName(end=known_end, name=text.text[start:known_end], listed=False)
    end = max(free_end or 0, _leftover_end(text, listed_end) or 0)
    if not end or word.loose:
        return _misspelt_own(text, start, end, word, own) if end else None
    misspelt = _misspelt_own(text, start, end, word, own) or _misspelt_listed(text.text[start:end], end, word, facts)
    if misspelt is None and place == "province" and text.blank_before(start):
        return None  # «นายก อบจ. แถลงเจตจำนง»: all provinces are listed, so the words after the blank are no name
    return misspelt or ProperName(end=end, name=text.text[start:end], listed=False)


def _listed_end(text: Squeezed, start: int, word: OfficeWord, facts: OfficeFacts) -> int | None:
    """Where the longest listed name that stands at `start` ends."""
    kind, place = name_key(word.kind.name), word.kind.place
    for end in range(min(len(text.text), start + _LONGEST_LISTED), start + 1, -1):
        listed = _is_listed(text.text[start:end], kind, place, facts)
        if listed and text.ends_word(end) and _is_whole(text, start, end, word, facts):
            return end
    return None


def _is_whole(text: Squeezed, start: int, end: int, word: OfficeWord, facts: OfficeFacts) -> bool:
    """Blanks in a listed name are its own, or stand for a line's end in a long name of a closed list."""
    name, blanks = text.text[start:end], sum(index in text.left_out for index in range(start + 1, end))
    if word.kind.place not in _CLOSED and is_limit_word(name, facts.limits):
        return False
    if word.kind.place in _WITH_SORTS and name in facts.limits.sorts:
        return False
    return (
        not blanks
        or not _codes(name, word.kind.place, facts)
        or (blanks == 1 and len(name) >= _LONG_PLACE and word.kind.place in _CLOSED)
    )


def _is_listed(name: str, kind: str, place: PlaceType, facts: OfficeFacts) -> bool:
    if place == "school":
        return name in facts.school
    return kind + name in facts.listed or (name in facts.places and bool(_codes(name, place, facts)))


def _codes(name: str, place: PlaceType, facts: OfficeFacts) -> tuple[int, ...]:
    """Codes of the places of that name that may give an office of the kind its name."""
    codes = facts.places.get(name, ())
    match place:
        case "province" | "area":
            return tuple(code for code in codes if code < 100)
        case "district":
            return tuple(code for code in codes if 1100 <= code < 10_000)
        case "bangkok":
            return tuple(code for code in codes if code // 100 == 10)
        case "subdistrict":
            return tuple(code for code in codes if code >= 100_000)
        case "name":
            return tuple(code for code in codes if code < 10_000)
        case "place":
            return codes
        case _:
            return ()


def _listed_name(text: Squeezed, start: int, end: int, word: OfficeWord, facts: OfficeFacts) -> ProperName:
    name = text.text[start:end]
    if word.kind.place == "school":
        school = facts.school[name]
        provinces = {facts.province_name[int(area[:2])] for area in school.areas}
        return ProperName(end=end, name=school.name, listed=True, province=_only(text, end, provinces, facts))
    office = facts.listed.get(name_key(word.kind.name) + name)
    if office is not None and office.name.startswith(word.kind.name):
        proper = office.name.removeprefix(word.kind.name)
        return ProperName(end=end, name=proper, listed=True, province=office.province)
    provinces = {facts.province_name[_province_code(code)] for code in _codes(name, word.kind.place, facts)}
    province = _only(text, end, provinces, facts)
    listed = word.kind.place != "area" or word.kind.code != "primary-area"
    return ProperName(end=end, name=name, listed=listed, province=province)


def _province_code(code: int) -> int:
    while code >= 100:
        code //= 100
    return code


def _only(text: Squeezed, end: int, provinces: set[str], facts: OfficeFacts) -> str | None:
    """The one province of `provinces` that is meant; null where more than one may be."""
    if len(provinces) == 1:
        return next(iter(provinces))
    told = address_province(text, end, facts)
    return told if told in provinces else None


def _own_end(text: Squeezed, start: int, own: OwnName | None) -> int | None:
    if own is None or not own.name or not text.text.startswith(own.name, start):
        return None
    end = start + len(own.name)
    return end if text.ends_word(end) else None


def _goes_further(
    text: Squeezed,
    known_end: int,
    free_end: int | None,
    word: OfficeWord,
    own: OwnName | None,
    own_end: int | None,
    limits: NameLimits,
) -> bool:
    """The name is a longer one that only begins like a known name."""
    if free_end is None or free_end <= known_end:
        return False
    following = next(iter(words(text.stretch(known_end, _LONGEST_FREE))), "")
    if is_limit(following, limits):
        return False
    if own is not None and own_end == known_end and own.kind == word.kind.code:
        return following in limits.inside
    return free_end - known_end <= _LONGEST_ADDITION


def _has_leftover(text: Squeezed, end: int) -> bool:
    return _leftover_end(text, end) is not None


def _leftover_end(text: Squeezed, end: int | None) -> int | None:
    """Where one letter that is no word (as ณ is) ends after a listed name: «ภูเก็ตร ได้» is a misspelt ภูเก็ต."""
    if end is None or end in text.left_out:
        return None
    rest = text.stretch(end, 3)
    return end + 1 if len(rest) == 1 and rest != "ณ" else None


def _free_end(text: Squeezed, start: int, word: OfficeWord, limits: NameLimits) -> int | None:
    """Where a name that is in no list ends: before a blank, a sign, or a word that no name contains."""
    if text.blank_before(start) and not word.short and word.kind.code not in _BLANK_BEFORE_NAME:
        return None
    stretch = text.stretch(start, _LONGEST_FREE)
    if _is_department_alone(text, start, stretch, word, limits):
        return start + len(stretch)
    name = list(takewhile(lambda token: not is_limit(token, limits), words(stretch)))
    length = sum(map(len, name))
    if length < 2 or length >= _LONGEST_FREE or all(token in limits.sorts for token in name):
        return None
    return start + length


def _is_department_alone(text: Squeezed, start: int, stretch: str, word: OfficeWord, limits: NameLimits) -> bool:
    """Whether the text is the name of a department by what it does, and nothing else: «กรมส่งเสริม…», «กรมพัฒนา…».

    In a sentence such a word tells what a department does («กรมพัฒนาระบบ …»), so there it is no name.
    """
    if word.kind.code != "unlisted-department" or start != len(word.kind.name) or start + len(stretch) < len(text.text):
        return False
    first, *rest = words(stretch) or ("",)
    return first in limits.branch_fields and bool(rest) and not any(is_limit(token, limits) for token in rest)


def _misspelt_own(text: Squeezed, start: int, end: int, word: OfficeWord, own: OwnName | None) -> ProperName | None:
    """The own office's name, where what is written up to `end` begins with a misspelling of it."""
    if own is None or own.kind != word.kind.code or not own.name:
        return None
    ends = [start + length for length in accumulate(map(len, words(text.text[start:end])))]
    likely = [(likeness(text.text[start:e], own.name), e) for e in ends if is_misspelt(text.text[start:e], own.name)]
    if not likely:
        return None
    score, end = max(likely)
    return ProperName(end=end, name=own.name, listed=False, score=score)


def _misspelt_listed(written: str, end: int, word: OfficeWord, facts: OfficeFacts) -> ProperName | None:
    """The one listed place of the right kind that the name, in no list itself, is a misspelling of."""
    if written in facts.places or word.kind.place in ("school", "name"):
        return None
    if word.kind.place not in _CLOSED and all(is_thai_word(token) for token in words(written)):
        return None
    meant = _meant(written, word.kind.place, facts)
    if len(meant) != 1:
        return None
    provinces = {facts.province_name[_province_code(code)] for code in _codes(meant[0], word.kind.place, facts)}
    province = next(iter(provinces)) if len(provinces) == 1 else None
    return ProperName(end=end, name=meant[0], listed=True, score=likeness(written, meant[0]), province=province)


@lru_cache(maxsize=1024)
def _meant(written: str, place: PlaceType, facts: OfficeFacts) -> tuple[str, ...]:
    """The listed places that a name may be a misspelling of; kept, for it is compared with 6,176, and met again."""
    most = _MOST_CHANGES if place in _CLOSED else 1
    near = process.extract_iter(written, facts.places.keys(), scorer=Levenshtein.distance, score_cutoff=most)
    return tuple(name for name, _, _ in near if _codes(name, place, facts) and is_misspelt(written, name))


def likeness(written: str, right: str) -> float:
    """How alike two names are, from 0 to 1: one less the share of letters to change."""
    return round(Levenshtein.normalized_similarity(written, right), 4)


def is_misspelt(written: str, right: str) -> bool:
    """`written` is `right` misspelt: one letter differs and it sounds the same, or a few do and it is no Thai words.

    Of names made of words, «โคกสะอาด» is another place than «โคกสะแกลาด», but «ท่าวังพา» is «ท่าวังผา».
    """
    changes = Levenshtein.distance(written, right)
    if not 0 < changes <= _MOST_CHANGES or likeness(written, right) < _ALIKE:
        return False
    sounds_same = lk82(written) == lk82(right) or udom83(written) == udom83(right)
    if sounds_same and changes == 1:
        return True
    few = changes <= (2 if len(right) >= _LONG_NAME else 1)
    return (few or sounds_same) and any(not is_thai_word(token) for token in words(written))
