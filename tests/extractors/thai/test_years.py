"""Years are read in Buddhist era, whatever the digits and the era printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.thai.years import find_fiscal_years, find_years, parse_year, read_year


@pytest.mark.parametrize(
    "text",
    ["๒๕๖๓", "2563", "๒๕63", "63", "พ.ศ. ๒๕๖๓", "พ.ศ.2563", "ปีงบประมาณ พ.ศ. ๒๕๖๓", "ประจำปี 2563", "2020", "ค.ศ. 2020"],
)
def test_a_year_in_any_form_is_read_in_buddhist_era(text: str) -> None:
    assert parse_year(text) == 2563


@pytest.mark.parametrize("text", ["", "ปี", "256", "3105", "พ.ศ. 2020", "ค.ศ. 2563", "2563-2564", "๘๔/๒๕๖๑", "1234"])
def test_what_is_no_year_is_not_read(text: str) -> None:
    assert parse_year(text) is None


@given(st.integers(2300, 2699))
def test_both_eras_give_the_same_year(year: int) -> None:
    assert parse_year(str(year)) == year
    if 1700 <= year - 543 <= 2199:
        assert parse_year(f"ค.ศ. {year - 543}") == year


def test_an_impossible_year_says_why() -> None:
    assert "ค.ศ." in (read_year("2020", "be").reason or "")
    assert "543" in (read_year("3105").reason or "")


def test_fiscal_years_are_told_from_other_years() -> None:
    text = "แผนปฏิบัติการ (พ.ศ. ๒๕๖๑ – ๒๕๖๔) ประจำปีงบประมาณ พ.ศ. ๒๕๖๓ โครงการ ผลปี 2562 ปีละ 20 คน ปี 20 คน"
    assert [(year.year, year.fiscal) for year in find_years(text)] == [
        (2561, False),
        (2564, False),
        (2563, True),
        (2562, False),
    ]
    (fiscal,) = find_fiscal_years(text)
    assert text[fiscal.start : fiscal.end] == "ปีงบประมาณ พ.ศ. ๒๕๖๓"


def test_an_amount_after_the_word_budget_is_no_year() -> None:
    assert find_years("ตลอดปี งบประมาณ 20,000 บาท ปีงบประมาณ 12 เดือน") == ()
