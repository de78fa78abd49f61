"""Search finds exactly the rows in which every term stands, at every length, by every door."""

import random
from collections.abc import Callable, Iterator, Sequence
from functools import cache

import pytest
from drawn_queries import draw_query
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from db.query import parse_query
from db.schema import open_database
from db.search import count_hits, search
from db.search_tables import rebuild_search
from extractors.thai.text import search_fold
from schemas.offices import Office
from schemas.report import OfficeMention, Report

Load = Callable[..., None]
MakeReport = Callable[..., Report]

WORDS = [
    "ประกาศ",
    "เจตจำนง",
    "สุจริต",
    "งบประมาณ",
    "พ.ศ.",
    "๒๕๖๒",
    "2563",
    "จัดซื้อจัดจ้าง",
    "น้ำ",
    "นำ้",
    "เเละ",
    "และ",
    "ที่",
    "ทำ",
    '"คู่มือ"',
    "(ร่าง)",
    "50%",
    "-",
    "OR",
    "NOT*",
    "ITA",
    "ita",
    "é",
    "😀",
    "ๆ",
    "ฯลฯ",
]


@pytest.fixture(scope="module")
def texts() -> tuple[str, ...]:
    """Action texts in which the same words meet in many orders, with and without blanks."""
    joints = ("", " ", "\n", "  ")
    return tuple(
        joints[n % 4].join(WORDS[(n * k + k * k) % len(WORDS)] for k in range(1, 4 + n % 9)) for n in range(150)
    )


@pytest.fixture(scope="module")
def filled(
    tmp_path_factory: pytest.TempPathFactory, texts: Sequence[str], make_report: MakeReport, load: Load
) -> Iterator[Database]:
    db = open_database(tmp_path_factory.mktemp("search") / "prongsai.db")
    load(db, make_report("a", *texts))
    # Loaded a second time: the search rows of the first must be gone.
    load(db, make_report("b", *texts[::-1]))
    load(db, make_report("b", *texts[:50]))
    yield db
    db.close()


@cache
def folded_once(text: str) -> str:
    return search_fold(text)


def rows_with(db: Database, terms: Sequence[str], excluded: Sequence[str] = ()) -> set[str]:
    """The truth, by plain substring tests."""
    wanted, unwanted = ([search_fold(term) for term in each] for each in (terms, excluded))
    rows = [(row_id, folded_once(text)) for row_id, text in db.execute("select id, text from actions")]
    return {
        row_id
        for row_id, text in rows
        if all(term in text for term in wanted) and not any(term in text for term in unwanted)
    }


def found_by_search(db: Database, query: str) -> set[str]:
    return {hit.record_id for hit in search(db, query, tables=("actions",), limit=10_000)}


def test_drawn_queries_are_answered_with_no_miss_and_nothing_extra(filled: Database, texts: Sequence[str]) -> None:
    chance = random.Random(2562)
    for _ in range(500):
        query = draw_query(chance, texts)
        assert found_by_search(filled, query.text) == rows_with(filled, query.terms), query


@given(seed=st.integers(0, 2**32))
@settings(max_examples=50, deadline=None)
def test_any_drawn_query_is_answered_with_no_miss_and_nothing_extra(
    filled: Database, texts: Sequence[str], seed: int
) -> None:
    query = draw_query(random.Random(seed), texts)
    assert found_by_search(filled, query.text) == rows_with(filled, query.terms)


@given(query=st.text(alphabet="กรทำเแ้ ะ๒2.-*()\"'OR\\:^{}+\t", max_size=12) | st.text(max_size=8))
@settings(max_examples=150, deadline=None)
def test_whatever_is_typed_is_a_query_and_its_signs_are_letters(filled: Database, query: str) -> None:
    asked = parse_query(query)
    truth = rows_with(filled, asked.terms, asked.excluded)
    assert found_by_search(filled, query) == truth


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_any_text_is_found_by_any_part_of_it(
    db_of_one: Callable[[str], Database], any_text: st.SearchStrategy[str], data: st.DataObject
) -> None:
    text = data.draw(any_text)
    folded = search_fold(text)
    start = data.draw(st.integers(0, max(0, len(folded) - 1)))
    part = folded[start : start + data.draw(st.integers(1, 5))]
    if '"' in part or not part.strip():
        return
    assert found_by_search(db_of_one(text), f'"{part}"')


@pytest.fixture(scope="module")
def db_of_one(
    tmp_path_factory: pytest.TempPathFactory, make_report: MakeReport, load: Load
) -> Callable[[str], Database]:
    db = open_database(tmp_path_factory.mktemp("one") / "prongsai.db")

    def holding(text: str) -> Database:
        load(db, make_report("a", text))
        return db

    return holding


def test_an_empty_query_finds_every_row(filled: Database) -> None:
    everything = {row_id for (row_id,) in filled.execute("select id from actions")}
    assert found_by_search(filled, " ") == found_by_search(filled, "") == everything


def test_a_very_long_query_is_answered(filled: Database, texts: Sequence[str]) -> None:
    words = [folded_once(texts[1])[start : start + 4].strip() for start in range(20)]
    assert found_by_search(filled, " ".join(words * 50)) == rows_with(filled, words)
    assert found_by_search(filled, " ".join(f"{number}x" for number in range(3000))) == set()
    assert found_by_search(filled, " ".join(f"-{number}x" for number in range(3000))) == rows_with(filled, ())


def test_signs_that_sqlite_cannot_hold_do_no_harm(filled: Database) -> None:
    assert found_by_search(filled, "งบ\0") == found_by_search(filled, "งบ\ud800") == set()


def test_every_table_is_searched_and_tells_its_record(db: Database, make_report: MakeReport, load: Load) -> None:
    office = OfficeMention(raw="สนง.ก", name="สำนักงานทดสอบ", office_id="o", listed=True, score=1)
    load(db, make_report("a", "ทดสอบระบบ", office=office), offices=(Office(id="o", name="x", abbreviation="สทส."),))
    hits = search(db, "ทดสอบ")
    assert [(hit.table, hit.record_id, hit.report_id, hit.page) for hit in hits] == [
        ("actions", "a-a1", "a", None),
        ("reports", "a", "a", None),
        ("offices", "o", None, None),
    ]
    assert hits[-1].text == "สำนักงานทดสอบ\nสทส."
    (page,) = search(db, "หน้า")
    assert (page.table, page.record_id, page.report_id, page.page) == ("pages", "a,1", "a", 1)
    assert [hit.table for hit in search(db, "ทุจริต")] == ["measures"]
    assert [(hits.table, hits.count) for hits in count_hits(db, "ทดสอบ", tables=("offices", "pages"))] == [
        ("offices", 1),
        ("pages", 0),
    ]


def test_best_rows_come_first_and_no_more_than_asked_for(db: Database, make_report: MakeReport, load: Load) -> None:
    load(db, make_report("a", "งบ" + "อื่น" * 50, "งบ งบ งบ", "งบ" + "อื่น" * 20))
    assert [hit.record_id for hit in search(db, "งบ", limit=2)] == ["a-a2", "a-a3"]


def test_a_changed_text_is_found_by_its_new_words_only(db: Database, make_report: MakeReport, load: Load) -> None:
    load(db, make_report("a", "จัดประชุม"))
    db.execute("update actions set text = 'จัดสัมมนา'")
    assert (found_by_search(db, "ประชุม"), found_by_search(db, "สัมมนา")) == (set(), {"a-a1"})


def test_search_tables_can_be_built_anew(filled: Database) -> None:
    before = {query: found_by_search(filled, query) for query in ("งบ", "2562", "ก", "")}
    filled.execute("delete from _search_actions")
    assert found_by_search(filled, "งบ") == set()
    rebuild_search(filled)
    assert {query: found_by_search(filled, query) for query in before} == before


def test_rows_keep_their_search_rows_when_the_file_is_compacted(
    db: Database, make_report: MakeReport, load: Load
) -> None:
    load(db, make_report("a", "จัดประชุม"))
    load(db, make_report("b", "ทำประกาศ"))
    load(db, make_report("a", "จัดสัมมนา"))
    db.vacuum()
    assert found_by_search(db, "สัมมนา") == {"a-a1"}


# A change of these means that databases hold text folded otherwise than queries are: add a migration that calls
# db.search_tables.rebuild_search, then put the new folding here.
FOLDED = {
    "ปีงบประมาณ  พ.ศ.\n๒๕๖๒": "ปีงบประมาณ พ.ศ. 2562",
    "น\u0e49\u0e4d\u0e32": "น้ำ",
    "เเละ ITA (ร่าง) – “คู่มือ” 50%": "และ ita (ร่าง) – “คู่มือ” 50%",
    "ที\u200bี่ e\u0301 ﬁ \u00a0ß": "ทีี่ é fi ss",
}


def test_text_is_folded_as_the_search_tables_of_this_version_hold_it() -> None:
    assert {text: search_fold(text) for text in FOLDED} == FOLDED
