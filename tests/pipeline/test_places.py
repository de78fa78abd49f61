import pytest

from pipeline.places import place_in_words


@pytest.mark.parametrize(
    ("at", "thai", "english"),
    [
        ("report", "ทั้งรายงาน", "the whole report"),
        ("assessment", "ผลการประเมิน", "the assessment"),
        ("indicator/8", "ตัวชี้วัดที่ 8", "indicator 8"),
        ("indicator/-", "ตัวชี้วัดที่ไม่มีหมายเลข", "an indicator without a number"),
        ("agency/18", "หน่วยงานลำดับที่ 18 ในตาราง", "office 18 of the table"),
        ("10/5/5", "ตัวชี้วัดที่ 10 มาตรการที่ 5 การดำเนินการที่ 5", "indicator 10, measure 5, action 5"),
        ("10/1/4.1", "ตัวชี้วัดที่ 10 มาตรการที่ 1 การดำเนินการที่ 4.1", "indicator 10, measure 1, action 4.1"),
        ("10/4", "ตัวชี้วัดที่ 10 มาตรการที่ 4", "indicator 10, measure 4"),
        (
            "4/2/-",
            "ตัวชี้วัดที่ 4 มาตรการที่ 2 การดำเนินการที่ไม่มีหมายเลข",
            "indicator 4, measure 2, an action without a number",
        ),
        ("-/3", "มาตรการที่ 3", "measure 3"),
        ("4/2/1/2", "ตัวชี้วัดที่ 4 มาตรการที่ 2 การดำเนินการที่ 1/2", "indicator 4, measure 2, action 1/2"),
        ("somewhere", "somewhere", "somewhere"),
        ("new/kind", "new/kind", "new/kind"),
    ],
)
def test_a_place_is_told_in_words(at: str, thai: str, english: str) -> None:
    assert (place_in_words(at, "th"), place_in_words(at, "en")) == (thai, english)
