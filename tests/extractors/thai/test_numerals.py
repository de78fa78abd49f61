"""Numbers and amounts of baht are read as printed; dates, list numbers and telephone numbers are no money."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pythainlp.util import bahttext, num_to_thaiword

from extractors.thai.number_words import number_from_words
from extractors.thai.numerals import find_baht, find_numbers, parse_baht, parse_number

THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
AMOUNTS = st.decimals(0, 999_999_999, places=2)


def numbers(text: str) -> list[tuple[str, Decimal]]:
    return [(text[number.start : number.end], number.value) for number in find_numbers(text)]


def amounts(text: str) -> list[tuple[str, Decimal]]:
    return [(text[amount.start : amount.end], amount.baht) for amount in find_baht(text)]


@settings(deadline=None)
@given(st.integers(0, 10**12 - 1))
def test_every_number_in_words_is_read(number: int) -> None:
    assert number_from_words(num_to_thaiword(number)) == number


@settings(deadline=None)
@given(AMOUNTS)
def test_every_amount_in_words_is_read(amount: Decimal) -> None:
    words = bahttext(float(amount))
    assert parse_number(words) == amount
    assert amounts(f"เป็นเงิน {words}") == [(words, amount)]


@settings(deadline=None)
@given(AMOUNTS, st.booleans(), st.sampled_from([" บาท", "บาท", " บาทถ้วน", ".- บาท"]))
def test_every_amount_in_digits_is_found_with_its_place(amount: Decimal, thai: bool, unit: str) -> None:
    digits = f"{amount:,.2f}" if unit != ".- บาท" else f"{int(amount):,}"
    printed = (digits.translate(THAI_DIGITS) if thai else digits) + unit
    value = Decimal(digits.replace(",", ""))
    assert parse_number(printed) == value
    assert amounts(f"วันที่ ๘ มิถุนายน ๒๕๖๓ งบประมาณ {printed} โทร 0-7621-1234") == [(printed, value)]


@settings(deadline=None)
@given(st.text(st.sampled_from("0๑2,.-/% บาทล้านร้อยละสองสิบจุด()")), st.text())
def test_no_text_breaks_reading_numbers(text: str, other: str) -> None:
    whole = text + other
    parse_number(whole)
    parse_baht(whole)
    for number in find_numbers(whole):
        assert parse_number(whole[number.start : number.end]) == number.value
    for amount in find_baht(whole):
        assert whole[amount.start : amount.end].strip()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("๘๒.๒๒", "82.22"),
        ("๒๕๖2", "2562"),
        ("1,234,567.50", "1234567.50"),
        ("ร้อยละ ๘๕", "85"),
        ("85 %", "85"),
        ("๘๒.๒๒ คะแนน", "82.22"),
        ("-3.45", "-3.45"),
        ("๑.๕ ล้านบาท", "1500000"),
        ("(หนึ่งแสนบาทถ้วน)", "100000"),
        ("๒๐,๐๐๐.- บาท", "20000"),
        ("20,000.-", "20000"),
        ("สองล้านสามแสนห้าหมื่นบาทถ้วน", "2350000"),
        ("หนึ่งร้อยเอ็ด", "101"),
        ("ล้านล้าน", "1000000000000"),
        ("แปดสิบสองจุดสองสอง", "82.22"),
        ("0", "0"),
    ],
)
def test_a_text_that_is_one_number_is_read(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "ไม่ใช้งบประมาณ",
        "82,22",
        "1,23",
        "๘๔/๒๕๖๑",
        "081-234-5678",
        "0812345678",
        "บาท",
        "ร้อยละ",
        "สิบแสน",
        "๔ พันธกิจ",
    ],
)
def test_a_text_without_a_number_gives_none_and_not_zero(text: str) -> None:
    assert parse_number(text) is None


def test_numbers_in_a_sentence_are_found_and_percentages_marked() -> None:
    text = "คะแนน ๖๒.๕๕ จาก ๑๐ ตัวชี้วัด ร้อยละแปดสิบห้า และ 80.5% ระดับ 7,8 (10-20 คน)"
    assert numbers(text) == [
        ("๖๒.๕๕", Decimal("62.55")),
        ("๑๐", Decimal(10)),
        ("ร้อยละแปดสิบห้า", Decimal(85)),
        ("80.5%", Decimal("80.5")),
        ("7", Decimal(7)),
        ("8", Decimal(8)),
        ("10", Decimal(10)),
        ("20", Decimal(20)),
    ]
    assert [number.percent for number in find_numbers(text)][2:4] == [True, True]


@pytest.mark.parametrize(
    "text",
    ["คำสั่งที่ ๘๔/๒๕๖๑", "๐๙:๓๐", "COVID-19", "O38", "๑.๒.๓", "โทร 081-234-5678", "สามารถห้ามสิบเอ็ด", "1101700230708"],
)
def test_order_numbers_times_names_and_telephones_are_no_numbers(text: str) -> None:
    assert find_numbers(text) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("๒ ล้าน ๕ แสนบาท", [("๒ ล้าน ๕ แสนบาท", Decimal(2_500_000))]),
        ("100 บาท 50 สตางค์", [("100 บาท 50 สตางค์", Decimal("100.5"))]),
        ("ข้อ ๒ 500 บาท", [("500 บาท", Decimal(500))]),
        ("ราคา 300.-", [("300.-", Decimal(300))]),
        ("งบประมาณ 25,000", [("25,000", Decimal(25_000))]),
        ("งบประมาณ ๒๕๖๓ ตัวชี้วัดที่ 2", []),
        ("ใช้ 82,22 บาท", []),
        ("ใช้ 10,000 - 20,000 บาท", []),
        ("หลายล้านบาท แสดงบทบาท", []),
    ],
)
def test_only_what_is_printed_as_money_is_baht(text: str, found: list[tuple[str, Decimal]]) -> None:
    assert amounts(text) == found


def test_a_unit_that_is_not_printed_is_told() -> None:
    assert [amount.unit_stated for amount in find_baht("งบประมาณ 25,000 และ 300.- และ 10 บาท")] == [False, False, True]


def test_a_budget_cell_gives_its_one_amount() -> None:
    assert parse_baht("20,000 บาท (สองหมื่นบาทถ้วน)") == 20_000
    assert parse_baht("๒๐,๐๐๐") == 20_000
    assert parse_baht("ไม่ใช้งบประมาณ") is None
    assert parse_baht("ค่าอาหาร 500 บาท ค่าเอกสาร 300 บาท") is None
