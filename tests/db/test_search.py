"""Search finds exactly the rows in which every term stands, at every length, by every door."""

import asyncio
import random
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

import pytest
from datasette import hookimpl
from datasette.app import Datasette
from datasette.plugins import pm
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from db.schema import open_database
from db.search import count_hits, fts_query, query_terms, rebuild_search, register_functions, search
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

OTHER_DIGITS = str.maketrans("0123456789๐๑๒๓๔๕๖๗๘๙", "๐๑๒๓๔๕๖๗๘๙0123456789")


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


def rows_with(db: Database, terms: Sequence[str]) -> set[str]:
    """The truth, by plain substring tests."""
    folded = [search_fold(term) for term in terms]
    rows = db.execute("select id, text from actions")
    return {row_id for row_id, text in rows if all(term in folded_once(text) for term in folded)}


def found_by_search(db: Database, query: str) -> set[str]:
    return {hit.record_id for hit in search(db, query, tables=("actions",), limit=10_000)}


def found_as_datasette_asks(db: Database, query: str) -> set[str]:
    where = "rowid in (select rowid from [actions_fts] where [actions_fts] match escape_fts(:search))"
    return {row_id for (row_id,) in db.execute(f"select id from actions where {where}", {"search": query})}


def test_terms_cut_from_the_texts_are_found_with_no_miss_and_nothing_extra(
    filled: Database, texts: Sequence[str]
) -> None:
    chance = random.Random(2562)
    for _ in range(500):
        terms = [_cut(chance, texts) for _ in range(chance.randint(1, 3))]
        query = " ".join(f'"{term}"' if " " in term else term for term in terms)
        truth = rows_with(filled, terms)
        assert found_by_search(filled, query) == truth, query
        assert found_as_datasette_asks(filled, query) == truth, query


def _cut(chance: random.Random, texts: Sequence[str]) -> str:
    """One to thirty characters out of a text, on one line, perhaps with the other kind of digits."""
    text = chance.choice(texts)
    start = chance.randrange(len(text))
    cut = " ".join(text[start : start + chance.randint(1, 30)].replace('"', " ").split())
    return cut.translate(OTHER_DIGITS) if chance.random() < 0.5 else cut or "ก"


@given(query=st.text(alphabet="กรทำเแ้ ะ๒2.-*()\"'OR\\:^{}+\t", max_size=12) | st.text(max_size=8))
@settings(max_examples=150, deadline=None)
def test_whatever_is_typed_is_a_query_and_its_signs_are_letters(filled: Database, query: str) -> None:
    truth = rows_with(filled, query_terms(query))
    assert found_by_search(filled, query) == truth
    assert found_as_datasette_asks(filled, query) == truth


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


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("งบ ๒๕๖๒", ("งบ", "2562")),
        ('"ปี  2562" งบ', ("ปี 2562", "งบ")),
        ('ขนาด5"', ('ขนาด5"',)),
        ('"เปิดแล้วไม่ปิด', ('"เปิดแล้วไม่ปิด',)),
        ('ก"ข ค"ง', ("ก", "ข ค", "ง")),
        ('"ก" "ข', ("ก", '"ข')),
        ("-งบ OR ก*", ("-งบ", "or", "ก*")),
        ('""  "  "', ()),
        ("\u200b", ()),
    ],
)
def test_a_query_is_taken_apart(query: str, terms: tuple[str, ...]) -> None:
    assert query_terms(query) == terms


def test_an_empty_query_finds_every_row(filled: Database) -> None:
    everything = {row_id for (row_id,) in filled.execute("select id from actions")}
    assert found_as_datasette_asks(filled, " ") == found_by_search(filled, "") == everything


def test_a_very_long_query_is_answered(filled: Database, texts: Sequence[str]) -> None:
    assert found_by_search(filled, " ".join(texts[1][:4] for _ in range(1000))) == rows_with(filled, [texts[1][:4]])


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
    filled.execute("insert into actions_fts(actions_fts) values ('delete-all')")
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
# db.search.rebuild_search, then put the new folding here.
FOLDED = {
    "ปีงบประมาณ  พ.ศ.\n๒๕๖๒": "ปีงบประมาณ พ.ศ. 2562",
    "น\u0e49\u0e4d\u0e32": "น้ำ",
    "เเละ ITA (ร่าง) – “คู่มือ” 50%": "และ ita (ร่าง) – “คู่มือ” 50%",
    "ที\u200bี่ e\u0301 ﬁ \u00a0ß": "ทีี่ é fi ss",
}


def test_text_is_folded_as_the_search_tables_of_this_version_hold_it() -> None:
    assert {text: search_fold(text) for text in FOLDED} == FOLDED


class _Functions:
    __name__ = "search_functions"

    @hookimpl(trylast=True)  # type: ignore[untyped-decorator]
    def prepare_connection(self, conn: Any) -> None:
        register_functions(conn)


@pytest.mark.parametrize("query", ["ก", "งบ", "๒๕๖๒", "2562", '"พ.ศ. 2562"', "เจต จำนง", "NOT*", '"', " "])
def test_datasettes_search_box_finds_the_same(filled: Database, query: str) -> None:
    async def ask() -> set[str]:
        site = Datasette([str(filled.execute("pragma database_list").fetchone()[2])])
        asked = {"_search": query, "_shape": "array", "_size": "max", "_col": "id"}
        answer = await site.client.get("/prongsai/actions.json", params=asked)
        return {row["id"] for row in answer.json()}

    plugin = _Functions()
    pm.register(plugin)
    try:
        assert asyncio.run(ask()) == rows_with(filled, query_terms(query))
    finally:
        pm.unregister(plugin)


def test_the_query_language_of_fts5_is_only_phrases() -> None:
    assert fts_query('ก งบ "พ ศ"') == '"ก"* "งบ" "พ \n ศ"'
