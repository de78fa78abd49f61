"""Offices named in Thai text: found in running text, kept as written, and told by their canonical names.

A name is told only where its kind and its proper name are printed: «โรงเรียน» or «สำนักงานเขตพื้นที่การศึกษา» alone are
none, nor are committees, councils, inner divisions, persons, rooms and places. Provinces act through their governor
(«ผู้ว่าราชการจังหวัดภูเก็ต» is จังหวัดภูเก็ต) or where the text says so («โดยจังหวัดภูเก็ต»); elsewhere they are places,
and so is every district (นายอำเภอ names none).

The score tells how sure the office is: 1 for a name as it is spelt or abbreviated, less for a misspelt one (the share
of letters of the proper name that are right). An office that is in no list has its kind spelt out and its proper name
as printed, `listed` false and score 1. For subdistricts the list holds places: whether an office there is an
องค์การบริหารส่วนตำบล or a เทศบาลตำบล it does not tell.

Offices of one name in several provinces share an id unless the address after the name (or the title page) tells the
province; every mention of the report's own office has the own office's id.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence, Set

from extractors.thai.office_names import (
    OwnOffice,
    kind_of,
    match_office,
    mention_of,
    name_starts,
    own_office,
)
from extractors.thai.squeezed import squeeze, without_gaps
from schemas.base import Record
from schemas.offices import ListedOffice, Office, OfficeFacts, name_key, office_id
from schemas.report import OfficeMention

_COUNCIL = "สภา"
_COMMITTEE = "กรรมการ"
_REGULATION = "ระเบียบ"

# Where a document tells whose it is, and what each is worth: a labelled line, a line of the title that is a name, a
# sentence that the office begins, a line of the title that ends with it, «ของ» before it, and each time it is named.
_LABELLED, _TITLE, _SENTENCE, _TITLE_END, _OF, _NAMED = 6.0, 5.0, 2.0, 1.5, 1.0, 0.25
_MOST_NAMED = 8
_TITLE_LINES = 30
# A line «จังหวัด…» up here is an office's name; further down it is more often an address.
_TITLE_HEAD = 4
# A regulation begins with its title; further down a line «ระเบียบกระทรวง…» cites one.
_DECREE_LINES = 2
# Rows of a report's table name its office and, beside it, one that guides it; a table of offices names more.
_ROWS_OF_ONE = 2
_MARKUP = " *_#-–:\t"
_LABEL = re.compile("(?:ชื่อ)?(?:หน่วยงาน|ส่วนราชการ|สถานศึกษา)[ก-๎]{0,20} *[*]* *[:：]")
# «ระเบียบกระทรวงการคลัง» as a line of a title: the office that follows issued it.
_DECREE = re.compile("(?:ระเบียบ|ประกาศ|คำสั่ง|ข้อบังคับ) *(?=[ก-๎])")
_AND_MORE = re.compile("และ[ก-๎]{3,40}")
_TELLS = re.compile(" *(?:ได้|มี|เป็น|จึง|ขอ|ดำเนินการ|จัดทำ|ให้ความสำคัญ)")
_DIVISION = re.compile("(?:สำนัก|กอง|กลุ่ม|ฝ่าย|งาน|หน่วย|คณะ|ศูนย์|โดย)[^.:,]{0,50}")
# Ministries and the assessor are named in every report: only a title or a label makes one the issuing office.
_SUPERIORS = frozenset({"ministry", "department", "independent"})
_ASSESSOR = "สำนักงานคณะกรรมการป้องกันและปราบปรามการทุจริตแห่งชาติ"


class FoundOffice(Record):
    """An office named in a text, and where: text[start:end] is the name as written."""

    start: int
    end: int
    mention: OfficeMention


def find_offices(text: str, facts: OfficeFacts, own: OfficeMention | None = None) -> tuple[FoundOffice, ...]:
    """Every office named in `text`, in order, also one named twice.

    `own` is the report's own office: its misspelt name is put right, and its proper name, if in no list, is known.
    """
    return tuple(_find(text, facts, own_office(own, facts) if own else None))


def resolve_office(text: str, facts: OfficeFacts, province_hint: str | None = None) -> OfficeMention | None:
    """The office whose name the whole of `text` is; null where it is none, or more than a name and its address.

    `province_hint` tells which office of that name is meant where the list has it in more than one province.
    """
    name = text.strip(" *_#:“”\"'")
    squeezed = squeeze(name)
    if not squeezed.text:
        return None
    match = match_office(squeezed, 0, facts, None)
    if match is None:
        return _province_office(squeezed.text, name, facts)
    if match.end < len(squeezed.text) and not _is_address(squeezed.text[match.end :]):
        return None
    if match.province is None and province_hint is not None:
        match = match.model_copy(update={"province": province_hint})
    return mention_of(match, name[: squeezed.end(match.end) + match.abbreviated], facts, None)


def issuing_office(lines: Sequence[str], facts: OfficeFacts, in_rows: Set[int] = frozenset()) -> OfficeMention | None:
    """The office whose report the lines of a document are; null where none of the lines names one.

    The name stands without the inner division before it and the district, province or superior office after it.
    `in_rows` are the indexes of lines that stand in rows of a table: a cell there is no title, and what the text names
    goes before what only rows do. Where rows alone name offices, several of them, none issued it.
    """
    claims = [claim for index, line in enumerate(lines) for claim in _claims(index, line, facts, index in in_rows)]
    weights = {name: weight for name, weight in _weighed(claims).items() if weight > 0}
    outside = {claim.mention.name for claim in claims if claim.line not in in_rows} & weights.keys()
    if not outside and len(weights) > _ROWS_OF_ONE:
        return None
    best = max((name for name in weights if name in outside or not outside), key=weights.__getitem__, default=None)
    if best is None:
        return None
    index, mention = next((claim.line, claim.mention) for claim in claims if claim.mention.name == best)
    return _with_province(mention, lines[index : index + 3], facts)


def describe_office(mention: OfficeMention, facts: OfficeFacts) -> Office:
    """The office of a mention with its kind, province and superior, as far as its name and the lists tell."""
    listed = facts.listed.get(name_key(mention.name))
    kind = facts.kind[listed.kind] if listed else kind_of(mention.name, facts)
    province = _province_of(mention, listed, facts)
    parent = listed.parent if listed else (kind.parent_name(province) if kind else None)
    return Office(
        id=mention.office_id,
        name=mention.name,
        abbreviation=_abbreviation(mention.name, facts),
        kind=kind.code if kind else None,
        province=province,
        parent_id=_parent_id(parent, province, facts),
    )


def possible_provinces(mention: OfficeMention, facts: OfficeFacts) -> tuple[str, ...]:
    """The provinces in which the lists have a place, or a school, of the office's proper name."""
    proper = own_office(mention, facts).proper
    name = proper.name if proper else ""
    school = facts.school.get(name) if proper and facts.kind[proper.kind].place == "school" else None
    codes = (
        [int(area[:2]) for area in school.areas] if school else [_province_code(c) for c in facts.places.get(name, ())]
    )
    return tuple(sorted({facts.province_name[code] for code in codes}))


def _province_code(place: int) -> int:
    return int(str(place)[:2])


def _province_of(mention: OfficeMention, listed: ListedOffice | None, facts: OfficeFacts) -> str | None:
    """The province that an id was made of; what the list tells is tried first, for there are 77."""
    if mention.office_id == office_id(mention.name, None):
        return None
    likely = (listed.province,) if listed and listed.province else ()
    names = (*likely, *facts.province_name.values())
    return next((name for name in names if office_id(mention.name, name) == mention.office_id), None)


def _find(text: str, facts: OfficeFacts, own: OwnOffice | None) -> Iterator[FoundOffice]:
    starts = name_starts(without_gaps(text), facts, dotted="." in text)
    if not starts:
        return
    squeezed = squeeze(text)
    done = 0
    for start in starts:
        if start < done or (match := match_office(squeezed, start, facts, own)) is None:
            continue
        done = match.end
        place, end = squeezed.start(start), squeezed.end(match.end) + match.abbreviated
        if not _belongs_to_other(text[:place].rstrip(), text[place:end]):
            yield FoundOffice(start=place, end=end, mention=mention_of(match, text[place:end], facts, own))


def _belongs_to_other(before: str, raw: str) -> bool:
    """The name tells whose council, committee or regulation is meant: «คณะกรรมการ ป.ป.ช.», «อ.ก.ค.ศ.»."""
    if before.endswith(_REGULATION) or (before.endswith("อ.") and raw.startswith("ก.")):
        return True
    return before.endswith(_COUNCIL) or (before.endswith(_COMMITTEE) and "." in raw[:4])


class _Claim(Record):
    """A place that speaks for an office as the document's own, and its worth."""

    line: int
    mention: OfficeMention
    worth: float


def _claims(index: int, line: str, facts: OfficeFacts, in_row: bool) -> Iterator[_Claim]:
    text = line.strip(_MARKUP)
    in_title = index < _TITLE_LINES and not in_row
    if (
        index < _DECREE_LINES
        and not in_row
        and (decreed := _DECREE.match(text))
        and (issuer := resolve_office(text[decreed.end() :], facts))
    ):
        yield _Claim(line=index, mention=issuer, worth=_TITLE)
        return
    found = [_to_line_end(text, office) for office in find_offices(text, facts)]
    if not found and (province := _province_office(text, text, facts)) and in_title:
        yield _Claim(line=index, mention=province, worth=_TITLE if index < _TITLE_HEAD else _OF)
    for order, office in enumerate(found):
        superiors = found[1:] if order == 0 else ()
        worth = _worth(text, office, superiors, in_title=in_title) if order == 0 else _NAMED
        if in_row and worth < _LABELLED:
            worth = _NAMED
        yield _Claim(line=index, mention=office.mention, worth=worth * _share(office.mention.name, worth, facts))


def _to_line_end(line: str, office: FoundOffice) -> FoundOffice:
    """An unlisted name in a line of its own goes on over และ: «กรมอนุรักษ์ต้นน้ำและพื้นที่ชุ่มน้ำ»."""
    rest = _AND_MORE.fullmatch(line, office.end)
    if office.mention.listed or rest is None:
        return office
    name, raw = office.mention.name + rest[0].strip(), line[office.start :]
    mention = office.mention.model_copy(update={"raw": raw, "name": name, "office_id": office_id(name, None)})
    return FoundOffice(start=office.start, end=len(line), mention=mention)


def _worth(line: str, office: FoundOffice, superiors: Sequence[FoundOffice], in_title: bool) -> float:
    before, after = line[: office.start].strip(_MARKUP), _without(superiors, line)[office.end :].strip(_MARKUP)
    if _LABEL.match(line):
        return _LABELLED
    ends = not after or after.startswith(("ตำบล", "อำเภอ", "จังหวัด", "ต.", "อ.", "จ.", "(", "สังกัด"))
    if in_title and ends and (not before or _DIVISION.fullmatch(before)):
        return _TITLE
    if not before and _TELLS.match(line[office.end :]):
        return _SENTENCE
    if in_title and ends:
        return _TITLE_END
    return _OF if before.endswith("ของ") else _NAMED


def _without(offices: Sequence[FoundOffice], line: str) -> str:
    """The line without the names of the offices, the superiors that stand behind an office's own name."""
    for office in reversed(offices):
        line = line[: office.start] + line[office.end :]
    return line


def _share(name: str, worth: float, facts: OfficeFacts) -> float:
    listed = facts.listed.get(name_key(name))
    if worth >= _TITLE or listed is None or listed.kind not in _SUPERIORS:
        return 1
    return 0 if name == _ASSESSOR else 0.25


def _weighed(claims: Sequence[_Claim]) -> dict[str, float]:
    """What speaks for each office, by name; of the names that are lines of the title, the first is the own."""
    weights: defaultdict[str, float] = defaultdict(float)
    named: Counter[tuple[str, float]] = Counter()
    own_title: str | None = None
    for claim in claims:
        name, worth = claim.mention.name, claim.worth
        if worth == _TITLE and name != (own_title := own_title or name):
            worth = _OF
        named[name, worth] += 1
        if named[name, worth] <= (1 if worth == _TITLE_END else _MOST_NAMED):
            weights[name] += worth
    return weights


def _with_province(mention: OfficeMention, lines: Sequence[str], facts: OfficeFacts) -> OfficeMention:
    """The mention with the province that the lines of its address tell, where the name itself leaves it open."""
    if name_key(mention.name) in facts.listed or describe_office(mention, facts).province is not None:
        return mention
    told = [province for line in lines for province in _provinces_told(line, facts)]
    if len(set(told)) != 1:
        return mention
    return mention.model_copy(update={"office_id": office_id(mention.name, told[0])})


def _provinces_told(line: str, facts: OfficeFacts) -> Iterator[str]:
    names = "|".join(sorted(facts.province_name.values(), key=len, reverse=True))
    return (told[1] for told in re.finditer(rf"(?:จังหวัด|จ\.) *({names})", line))


def _is_address(rest: str) -> bool:
    return rest.startswith(("ตำบล", "อำเภอ", "จังหวัด", "ต", "อ", "จ", "(")) or not any("ก" <= c <= "๙" for c in rest)


def _province_office(name: str, raw: str, facts: OfficeFacts) -> OfficeMention | None:
    province = name.removeprefix("จังหวัด")
    if province == name or province not in facts.province_name.values():
        return None
    return OfficeMention(raw=raw, name=name, office_id=office_id(name, province), listed=True, score=1)


def _abbreviation(name: str, facts: OfficeFacts) -> str | None:
    listed = facts.listed.get(name_key(name))
    if listed is not None and listed.wordings and "." in listed.wordings[0]:
        return listed.wordings[0]
    kind = kind_of(name, facts)
    if kind is None or not kind.abbreviation:
        return None
    return kind.abbreviation + name.removeprefix(kind.name)


def _parent_id(parent: str | None, province: str | None, facts: OfficeFacts) -> str | None:
    if parent is None:
        return None
    listed = facts.listed.get(name_key(parent))
    return office_id(parent, listed.province if listed else province)
