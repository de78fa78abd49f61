"""The facts about offices and places: complete, sound, and refused where they disagree."""

import pytest
from pydantic import ValidationError

from schemas.offices import District, ListedOffice, OfficeFacts, load_office_facts, name_key, office_id

FACTS = load_office_facts()


def test_the_lists_hold_all_provinces_districts_subdistricts_and_primary_education_areas() -> None:
    assert len(FACTS.provinces) == 77
    assert len(FACTS.districts) >= 928
    assert len(FACTS.subdistricts) > 7400
    assert sum(office.kind == "primary-area" for office in FACTS.offices) == 183
    assert len({province.abbreviation for province in FACTS.provinces}) == 77


def test_no_two_kinds_of_office_claim_the_same_wording() -> None:
    words = [
        name_key(word) for kind in FACTS.kinds for word in {kind.name, *kind.wordings, *kind.shorts, *kind.loose} - {""}
    ]
    assert len(words) == len(set(words))


def test_no_two_listed_offices_claim_the_same_wording() -> None:
    words = [name_key(word) for office in FACTS.offices for word in {office.name, *office.wordings}]
    assert len(words) == len(set(words))


def test_facts_that_disagree_are_refused_with_the_place_named() -> None:
    fields = {name: getattr(FACTS, name) for name in OfficeFacts.model_fields}
    with pytest.raises(ValidationError, match="district 9999 has no province"):
        OfficeFacts(**{**fields, "districts": (*FACTS.districts, District(code=9999, name="สมมติ"))})
    stray = ListedOffice(name="กรมสมมติ", wordings=(), kind="department", province=None, parent="กระทรวงสมมติ")
    with pytest.raises(ValidationError, match="superior กระทรวงสมมติ of กรมสมมติ"):
        OfficeFacts(**{**fields, "offices": (*FACTS.offices, stray)})


def test_an_office_keeps_its_id_however_its_name_is_spaced_and_has_another_in_another_province() -> None:
    assert office_id("เทศบาลตำบล น้ำคำ", "ร้อยเอ็ด") == office_id("เทศบาลตำบลน้ำคำ", "ร้อยเอ็ด")
    assert office_id("เทศบาลตำบลน้ำคำ", "ร้อยเอ็ด") != office_id("เทศบาลตำบลน้ำคำ", "ศรีสะเกษ")


def test_a_superior_in_the_same_province_is_told_only_where_the_province_is_known() -> None:
    kind = FACTS.kind["district-health"]
    assert kind.parent_name("ชลบุรี") == "สำนักงานสาธารณสุขจังหวัดชลบุรี"
    assert kind.parent_name(None) is None
