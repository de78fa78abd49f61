"""Which documents are of the family that is read, and which only have tables of measures."""

import pytest

from extractors.report.family import FEWEST_PER_CHARACTERS, OPENING, is_of_family
from schemas.reference import Reference

FILLER = "แผนงานและโครงการประจำปีของวิทยาลัย "


@pytest.mark.parametrize(
    "text",
    [
        "ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ",
        "ผลการประเมินคุณธรรม\nและความโปร่งใส",
        "รายงานผล ITA ประจำปี ๒๕๖๕",
        "มาตรการภายในเพื่อส่งเสริมความโปร่งใสและป้องกันการทุจริต",
        "การใช้งบประมาณ ๘๐.๑๒ การใช้อำนาจ ๘๕.๐๐ การป้องกันการทุจริต ๗๐.๕๕",
    ],
)
def test_a_document_that_names_the_assessment_is_of_the_family(text: str, reference: Reference) -> None:
    assert is_of_family(text, reference)


@pytest.mark.parametrize(
    "text",
    ["มาตรการประหยัดพลังงาน ๑. ปิดไฟ ๒. ปิดเครื่องปรับอากาศ", "CAPITAL BUDGET งบลงทุน", "การใช้งบประมาณของวิทยาลัย", ""],
)
def test_a_document_of_other_measures_is_not(text: str, reference: Reference) -> None:
    assert not is_of_family(text, reference)


def test_a_long_plan_that_mentions_the_assessment_once_far_from_its_head_is_not(reference: Reference) -> None:
    once = FILLER * (OPENING // len(FILLER) + 1) + "คุณธรรมและความโปร่งใส" + FILLER * 100
    assert not is_of_family(once, reference)


def test_a_long_plan_with_a_part_about_the_assessment_is(reference: Reference) -> None:
    part = "ผลการประเมิน ITA ของหน่วยงาน " * 8
    text = FILLER * (OPENING // len(FILLER) + 1) + part
    assert len(text) < 8 * FEWEST_PER_CHARACTERS
    assert is_of_family(text, reference)
