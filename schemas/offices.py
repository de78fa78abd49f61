"""Public offices and places of Thailand: the records, and the facts about them as data files.

The files stand in `schemas/facts/` (provinces, districts, subdistricts, schools, office_kinds, offices, name_limits);
their sources and licences are in `schemas/facts/SOURCES.md`. They are loaded once and passed as an argument.
"""

import csv
import hashlib
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from importlib.resources import files
from itertools import pairwise
from typing import Literal

from pydantic import Field, model_validator

from schemas.base import Record

PlaceType = Literal[
    "province", "area", "district", "bangkok", "subdistrict", "place", "school", "name", "number", "none"
]

# First letters by which wordings are looked up.
BEGINNING = 6
# Letters of a full name that must be right for a misspelt one to be looked for.
FULL_NAME_BEGINNING = 10
_FULL_NAME_KINDS = frozenset({"ministry", "department", "independent", "public-organization"})


class Place(Record):
    """A province, district or subdistrict; the name is without the word for it."""

    code: int = Field(
        description="official: two digits for the province, two more for a district, two for a subdistrict"
    )
    name: str


class Province(Place):
    """One of the 77 provinces, Bangkok among them."""

    abbreviation: str = Field(description="two or three letters without dots")


class District(Place):
    """An อำเภอ, or a เขต of Bangkok."""


class Subdistrict(Place):
    """A ตำบล, or a แขวง of Bangkok."""


class School(Record):
    """A school's proper name, and where schools of that name are."""

    name: str = Field(description="without the word โรงเรียน")
    areas: tuple[str, ...] = Field(description="province code and number of the primary education area, four digits")


class OfficeKind(Record):
    """A kind of office: the words that stand before its proper name, and what that proper name is."""

    code: str
    name: str = Field(description="the words spelt out, as canonical names begin; empty where offices are listed whole")
    abbreviation: str = Field(description="the usual abbreviation; empty where there is none")
    place: PlaceType = Field(
        description="what the proper name is: a province; an education area (province, perhaps with a number); "
        "a district; a district of Bangkok; a subdistrict; any place; a school; a name of its own; a number; none "
        "where offices of the kind are listed whole"
    )
    parent: str = Field(description="name of the superior office, {province} for the office's own; empty if unknown")
    wordings: tuple[str, ...] = Field(description="other words for the kind, holders' titles among them")
    shorts: tuple[str, ...] = Field(description="abbreviations, the usual one among them")
    loose: tuple[str, ...] = Field(description="words that name the kind only before the name of a listed place")

    def parent_name(self, province: str | None) -> str | None:
        """The superior office's name for an office in `province`; null where it is not known."""
        if not self.parent or ("{province}" in self.parent and province is None):
            return None
        return self.parent.format(province=province)


class Office(Record):
    """A public office."""

    id: str = Field(description="hash of the canonical name and, where the list tells it, the province")
    name: str = Field(description="canonical: the kind spelt out, then the proper name; Arabic digits")
    abbreviation: str | None = None
    kind: str | None = Field(default=None, description="code of an OfficeKind; null where the words tell no kind")
    province: str | None = Field(default=None, description="null where it is not known or the office is national")
    parent_id: str | None = Field(default=None, description="id of the superior office where it is known")


class ListedOffice(Record):
    """An office of the reference list."""

    name: str
    wordings: tuple[str, ...] = Field(description="abbreviations and other names, the usual abbreviation first")
    kind: str
    province: str | None
    parent: str | None = Field(description="name of the superior office")


class NameLimits(Record):
    """Words that tell where a proper name ends that is in no list."""

    ends: frozenset[str] = Field(description="words that end a name wherever they stand")
    begins: tuple[str, ...] = Field(description="beginnings of compound words that end a name (จัด…, ตรวจ…)")
    inside: frozenset[str] = Field(description="common words that do stand inside names")
    sorts: frozenset[str] = Field(description="words that make a kind a sort of offices, not one (โรงเรียนขนาดเล็ก)")
    agents: tuple[str, ...] = Field(description="words before จังหวัดX that make the province the one who acts")
    branch_fields: frozenset[str] = Field(description="limit words that are fields of provincial branches all the same")


class OfficeWord(Record):
    """Words that announce a proper name: of which kind, and how sure they are."""

    kind: OfficeKind
    short: bool = Field(description="an abbreviation")
    loose: bool = Field(description="counts only before a listed place")


class OfficeFacts(Record):
    """All that is known of offices and places beforehand. Mappings are keyed by `name_key`.

    Two are equal only if they are the same one: what is made of them is kept for them, and they are too many to hash.
    """

    __eq__ = object.__eq__
    __hash__ = object.__hash__

    provinces: tuple[Province, ...]
    districts: tuple[District, ...]
    subdistricts: tuple[Subdistrict, ...]
    schools: tuple[School, ...]
    kinds: tuple[OfficeKind, ...]
    offices: tuple[ListedOffice, ...]
    limits: NameLimits

    @model_validator(mode="after")
    def _agree(self) -> "OfficeFacts":
        problems = [*_orphans(self), *_unknown_in_list(self)]
        if problems:
            raise ValueError("facts about offices disagree: " + "; ".join(problems[:10]))
        return self

    @cached_property
    def kind(self) -> Mapping[str, OfficeKind]:
        """Kinds by code."""
        return {kind.code: kind for kind in self.kinds}

    @cached_property
    def province_name(self) -> Mapping[int, str]:
        """Names of provinces by two-digit code."""
        return {province.code: province.name for province in self.provinces}

    @cached_property
    def province_short(self) -> Mapping[str, str]:
        """Names of provinces by abbreviation without dots."""
        return {province.abbreviation: province.name for province in self.provinces}

    @cached_property
    def places(self) -> Mapping[str, tuple[int, ...]]:
        """Codes of the provinces (two digits), districts (four) and subdistricts (six) of each name."""
        codes: defaultdict[str, list[int]] = defaultdict(list)
        places: tuple[Place, ...] = (*self.provinces, *self.districts, *self.subdistricts)
        for place in places:
            codes[name_key(place.name)].append(place.code)
        return {name: tuple(found) for name, found in codes.items()}

    @cached_property
    def school(self) -> Mapping[str, School]:
        """Schools by proper name."""
        return {name_key(school.name): school for school in self.schools}

    @cached_property
    def listed(self) -> Mapping[str, ListedOffice]:
        """Listed offices by each of their wordings."""
        return {name_key(word): office for office in self.offices for word in (*office.wordings, office.name)}

    @cached_property
    def full_names(self) -> Mapping[str, tuple[str, ...]]:
        """Names of ministries, departments and the like by their first letters: what a misspelt one may be."""
        names: defaultdict[str, list[str]] = defaultdict(list)
        for name, office in self.listed.items():
            if office.kind in _FULL_NAME_KINDS and len(name) > FULL_NAME_BEGINNING:
                names[name[:FULL_NAME_BEGINNING]].append(name)
        return {beginning: tuple(found) for beginning, found in names.items()}

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """The first letters of all wordings: where none of them stands, no office is named."""
        return frozenset({*self.listed_lengths, *self.word_lengths})

    @cached_property
    def long_beginnings(self) -> frozenset[str]:
        """Beginnings but for the abbreviations of two letters."""
        return frozenset(beginning for beginning in self.beginnings if len(beginning) > 2)

    @cached_property
    def words(self) -> Mapping[str, OfficeWord]:
        """What announces a proper name, by wording."""
        return {name_key(word): found for kind in self.kinds for word, found in _words_of(kind)}

    @cached_property
    def listed_lengths(self) -> Mapping[str, tuple[int, ...]]:
        """How long the wordings of listed offices are, by their beginnings."""
        return _lengths(self.listed)

    @cached_property
    def word_lengths(self) -> Mapping[str, tuple[int, ...]]:
        """How long the words are that announce a proper name, by their beginnings."""
        return _lengths(self.words)


def _lengths(wordings: Iterable[str]) -> Mapping[str, tuple[int, ...]]:
    """The lengths of all wordings that begin with the same letters, the longest first."""
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for wording in wordings:
        lengths[wording[:BEGINNING]].add(len(wording))
    return {beginning: tuple(sorted(found, reverse=True)) for beginning, found in lengths.items()}


def name_key(name: str) -> str:
    """The name without blanks and dots: what «สพป. ภูเก็ต» and «สพป.ภูเก็ต» have in common."""
    return "".join(name.split()).replace(".", "")


def office_id(name: str, province: str | None) -> str:
    """Twelve hex digits that stay the same for a canonical name in a province (null: not known, or national)."""
    return hashlib.sha256(f"{name_key(name)}|{province or ''}".encode()).hexdigest()[:12]


def load_office_facts() -> OfficeFacts:
    """The facts from `schemas/facts/`. Raises ValueError where a file is wrong or two disagree."""
    limits = tomllib.loads((files("schemas.facts") / "name_limits.toml").read_text(encoding="utf-8"))
    return OfficeFacts(
        provinces=tuple(Province.model_validate(row) for row in _rows("provinces.csv")),
        districts=tuple(District.model_validate(row) for row in _rows("districts.csv")),
        subdistricts=tuple(Subdistrict.model_validate(row) for row in _rows("subdistricts.csv")),
        schools=tuple(School(name=row["name"], areas=tuple(row["areas"].split())) for row in _rows("schools.csv")),
        kinds=load_office_kinds(),
        offices=tuple(_listed(row) for row in _rows("offices.csv")),
        limits=NameLimits.model_validate(limits),
    )


def load_office_kinds() -> tuple[OfficeKind, ...]:
    """The kinds of offices alone; `pydantic.ValidationError` where their file is wrong."""
    return tuple(OfficeKind.model_validate(_kind_fields(row)) for row in _rows("office_kinds.csv"))


def _rows(name: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader((files("schemas.facts") / name).read_text(encoding="utf-8").splitlines())


def _several(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _kind_fields(row: dict[str, str]) -> dict[str, str | tuple[str, ...]]:
    return {name: _several(cell) if name in ("wordings", "shorts", "loose") else cell for name, cell in row.items()}


def _listed(row: dict[str, str]) -> ListedOffice:
    wordings = _several(row["wordings"])
    if "(องค์การมหาชน)" in row["name"]:
        wordings = (*wordings, row["name"].replace("(องค์การมหาชน)", ""))
    return ListedOffice(
        name=row["name"],
        wordings=wordings,
        kind=row["kind"],
        province=row["province"] or None,
        parent=row["parent"] or None,
    )


def _words_of(kind: OfficeKind) -> Iterator[tuple[str, OfficeWord]]:
    spelt_out = (kind.name, *kind.wordings) if kind.name else kind.wordings
    for word in spelt_out:
        yield word, OfficeWord(kind=kind, short=False, loose=word in kind.loose)
    for word in kind.shorts:
        yield word, OfficeWord(kind=kind, short=True, loose=False)
    for word in kind.loose:
        yield word, OfficeWord(kind=kind, short=False, loose=True)


def _orphans(facts: OfficeFacts) -> Iterator[str]:
    """Places whose code names no province or district, and codes that are not in rising order."""
    provinces = {province.code for province in facts.provinces}
    districts = {district.code for district in facts.districts}
    yield from (f"district {d.code} has no province" for d in facts.districts if d.code // 100 not in provinces)
    yield from (f"subdistrict {s.code} has no district" for s in facts.subdistricts if s.code // 100 not in districts)
    levels: tuple[tuple[Place, ...], ...] = (facts.provinces, facts.districts, facts.subdistricts)
    for places in levels:
        yield from (f"code {b.code} after {a.code}" for a, b in pairwise(places) if a.code >= b.code)


def _unknown_in_list(facts: OfficeFacts) -> Iterator[str]:
    """Listed offices of an unknown kind, province or superior, and names listed twice."""
    names = [office.name for office in facts.offices]
    provinces = {province.name for province in facts.provinces}
    kinds = {kind.code for kind in facts.kinds}
    known = set(names)
    for office in facts.offices:
        if office.kind not in kinds:
            yield f"kind {office.kind} of {office.name}"
        if office.province is not None and office.province not in provinces:
            yield f"province {office.province} of {office.name}"
        if office.parent is not None and office.parent not in known:
            yield f"superior {office.parent} of {office.name}"
    yield from (f"{a} listed twice" for a, b in pairwise(sorted(names)) if a == b)
    yield from (
        f"superior of {k.code}" for k in facts.kinds if k.parent and "{" not in k.parent and k.parent not in known
    )
