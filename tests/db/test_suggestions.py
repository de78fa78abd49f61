"""A misspelt word is put right by words that the database holds."""

from collections.abc import Callable

import pytest
from sqlite_utils import Database

from db.suggestions import suggest
from schemas.report import Report


@pytest.fixture
def filled(db: Database, make_report: Callable[..., Report], load: Callable[..., None]) -> Database:
    texts = ("เดินทางไปจังหวัดภูเก็ต", "อบรมที่จังหวัดภูเก็ตแล้ว", "ขึ้นภูเขา", "ลงนามประกาศเจตจำนงสุจริตของผู้บริหาร", "Report on ITA")
    load(db, make_report("a", *texts))
    return db


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("ภูเก็ท", "ภูเก็ต"),
        ("ภุเก็ต", "ภูเก็ต"),
        ("ประกาศเจตจำนงค์สุจริต", "ประกาศเจตจำนงสุจริต"),
        ("ภูเก็ท year:2566 -ไกล", "ภูเก็ต year:2566 -ไกล"),
        ('จังหวัด "ภูเก็ท"', 'จังหวัด "ภูเก็ต"'),
        ("Reprot", "report"),
        ('"จังหวัดภูเก็ต แล่ว"', '"จังหวัดภูเก็ตแล้ว"'),
        ('"ภูเขา ก"', '"ภูเขา"'),
        ('"ก ภูเขา"', '"ภูเขา"'),
    ],
)
def test_the_nearest_words_of_the_data_are_suggested(filled: Database, query: str, meant: str) -> None:
    assert suggest(filled.conn, query) == meant


@pytest.mark.parametrize("query", ["", "ก", "ไดโนเสาร์", "123456", "-ภูเก็ท", "office:ภูเก็ท", '"', "ภูเก็ท -ภูเก็ต"])
def test_nothing_is_suggested_where_nothing_is_near_or_better(filled: Database, query: str) -> None:
    assert suggest(filled.conn, query) is None
