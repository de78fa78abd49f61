"""A query is taken apart into terms, what is left out, offices and years; every other sign is literal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.query import Query, YearRange, fold_text, parse_query, query_terms, with_year


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("งบ ๒๕๖๒", ("งบ", "2562")),
        ('"ปี  2562" งบ', ("ปี 2562", "งบ")),
        ('ขนาด5"', ('ขนาด5"',)),
        ('"เปิดแล้วไม่ปิด', ('"เปิดแล้วไม่ปิด',)),
        ('ก"ข ค"ง', ("ก", "ข ค", "ง")),
        ('"ก" "ข', ("ก", '"ข')),
        ("งบ OR ก* ก*", ("งบ", "or", "ก*")),
        ('""  "  "', ()),
        ("\u200b", ()),
        ("งบ\0", ("งบ\ufffd",)),
    ],
)
def test_words_and_phrases_are_terms(query: str, terms: tuple[str, ...]) -> None:
    assert parse_query(query) == Query(terms=terms)
    assert query_terms(query) == terms


def test_a_minus_before_a_word_or_phrase_leaves_it_out() -> None:
    assert parse_query('ก -ข -"ค  ง" -๒๕') == Query(terms=("ก",), excluded=("ข", "ค ง", "25"))


@pytest.mark.parametrize("operator", ["office", "OFFICE", "หน่วยงาน"])
def test_an_office_is_asked_for_by_a_word_or_phrase(operator: str) -> None:
    asked = parse_query(f'{operator}:ภูเก็ต {operator}:"เขต ๒" ก')
    assert asked == Query(terms=("ก",), offices=("ภูเก็ต", "เขต 2"))


@pytest.mark.parametrize("operator", ["year", "ปี"])
def test_years_are_asked_for_one_by_one_or_from_one_to_another(operator: str) -> None:
    asked = parse_query(f"{operator}:๒๕๖๔ {operator}:2562-2563 {operator}:๒๕๖๖–๒๕๖๕")
    assert asked.years == tuple(YearRange(first=a, last=b) for a, b in ((2564, 2564), (2562, 2563), (2565, 2566)))


@pytest.mark.parametrize(
    ("value", "ranges"),
    [
        ("2021", [(2564, 2564)]),
        ("64", [(2564, 2564)]),
        ("พ.ศ.๒๕๖๔", [(2564, 2564)]),
        ("2019-2564", [(2562, 2564)]),
        ("2562-64", [(2562, 2564)]),
        ("2562,2564-2565", [(2562, 2562), (2564, 2565)]),
        ("none", [(0, 0)]),
        ("ไม่ทราบ", [(0, 0)]),
        ("none,2566", [(0, 0), (2566, 2566)]),
    ],
)
def test_a_year_may_be_of_either_era_short_several_or_none(value: str, ranges: list[tuple[int, int]]) -> None:
    assert parse_query(f"ปี:{value}").years == tuple(YearRange(first=a, last=b) for a, b in ranges)


def test_a_minus_before_an_office_or_year_leaves_its_reports_out() -> None:
    asked = parse_query('ก -office:"เขต ๒" -หน่วยงาน:ดอน -ปี:๒๕๖๔ -year:none')
    years = (YearRange(first=2564, last=2564), YearRange(first=0, last=0))
    assert asked == Query(terms=("ก",), excluded_offices=("เขต 2", "ดอน"), excluded_years=years)


def test_a_minus_before_what_is_no_year_leaves_its_letters_out() -> None:
    assert parse_query("-year:abcd") == Query(excluded=("year:abcd",))


@pytest.mark.parametrize(
    ("query", "year", "other"), [("ก ปี:2564", 2563, "ก year:2563"), ("ก -ปี:2564", None, "ก -ปี:2564 year:none")]
)
def test_another_year_stands_in_the_place_of_those_asked_for(query: str, year: int | None, other: str) -> None:
    assert with_year(query, year) == other


@pytest.mark.parametrize(
    "query",
    [
        "-",
        "--ก",
        "ก-ข",
        "ก-",
        "office:",
        "หน่วยงาน:",
        'office:""',
        "year:",
        "year:25",
        "year:abcd",
        "year:2562-",
        "year:2562,abcd",
        "ปี:25620",
        "ก-office:ข",
        "ปีที่office:ก",
        "2562-2564",
    ],
)
def test_what_is_no_operator_is_literal(query: str) -> None:
    assert parse_query(query) == Query(terms=(fold_text(query),))


def test_operators_in_quotes_are_literal() -> None:
    assert parse_query('"-ก" "office:ข" "year:2562"') == Query(terms=("-ก", "office:ข", "year:2562"))


@given(st.text(alphabet='กข25 -":officeyear', max_size=30) | st.text(max_size=12))
def test_any_text_is_a_query_and_a_phrase_of_any_text_without_quotes_is_one_term(text: str) -> None:
    parse_query(text)
    phrase = fold_text(text.replace('"', " "))
    assert parse_query(f'"{phrase}"') == Query(terms=(phrase,) if phrase else ())
