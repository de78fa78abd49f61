"""The site's words: every code that a table may hold has a meaning, and both languages say the same."""

import datetime
import re
from collections.abc import Iterator
from string import Formatter
from typing import Any, get_args

import pytest

from extractors.readers.pdf.damage import Damage as GlyphDamage
from extractors.thai.repair import DamageClass as TextDamage
from pipeline.site.wording import beginning, wording_in
from pipeline.site.words import LANGUAGES, Language, plan, words
from schemas.document import Format, ReadBy
from schemas.failure import FailureCode
from schemas.finding import Severity
from schemas.report import FiscalYearBasis, NoteCode, Status

THAI = re.compile("[ก-๛]")
UI = wording_in("th")
ENGLISH = wording_in("en")


CODES = pytest.mark.parametrize(
    ("column", "codes"),
    [
        ("code", NoteCode),
        ("code", FailureCode),
        ("status", Status),
        ("format", Format),
        ("read_by", ReadBy),
        ("damage", GlyphDamage),
        ("damage", TextDamage),
        ("severity", Severity),
        ("fiscal_year_basis", FiscalYearBasis),
    ],
)


@pytest.mark.parametrize("language", LANGUAGES)
@CODES
def test_every_code_has_a_meaning(column: str, codes: Any, language: Language) -> None:
    known = words(language).values[column]
    assert [code for code in get_args(codes) if code not in known] == []


@CODES
def test_meanings_are_in_thai(column: str, codes: Any) -> None:
    known = words().values[column]
    # Names of formats are the same in Thai.
    assert [
        known[code] for code in get_args(codes) if not THAI.search(known[code]) and code not in ("docx", "pdf")
    ] == []


def test_several_ways_of_reading_are_each_told() -> None:
    told = UI.value("read_by", "layer, needs-ocr")
    assert told == "ชั้นข้อความของ PDF, ยังอ่านไม่ได้ (เป็นภาพ หรือข้อความในไฟล์ใช้ไม่ได้)"


def test_filters_have_no_english_words() -> None:
    assert [word for word in words().lookups.values() if re.search("[A-Za-z]", word)] == []


def test_messages_are_told_in_thai_with_what_they_name() -> None:
    assert UI.message("no such column: nmae") == "ไม่มีคอลัมน์ nmae"
    assert UI.message('near "fro": syntax error') == "คำสั่ง SQL ผิดไวยากรณ์ ใกล้ “fro”"
    assert UI.message("something else") is None


def test_every_message_fits_its_own_words() -> None:
    for english, _ in words().messages:
        assert UI.message(english.replace("{}", "{x}")), english


def test_a_place_is_told_in_the_readers_language() -> None:
    assert (UI.place("10/1"), ENGLISH.place("10/1")) == ("ตัวชี้วัดที่ 10 มาตรการที่ 1", "indicator 10, measure 1")


def test_a_beginning_keeps_marks_with_their_letter() -> None:
    assert beginning("ที่นี้", 4) == "ที่นี้"
    assert beginning("ที่ที่นั่น", 4) == "ที่ที่…"
    assert beginning("สั้น", 80) == "สั้น"


def test_points_keep_what_is_printed() -> None:
    assert [UI.points(value) for value in (86.5, 100.0, 81.234, None)] == ["86.50", "100.00", "81.234", "–"]


def _said(language: Language) -> Iterator[tuple[str, str]]:
    """Every text of a language by its place, those apart that one of them has no need of."""
    own = words(language)
    for area, texts in {**own.say, **{f"values.{column}": codes for column, codes in own.values.items()}}.items():
        yield from ((f"{area}.{key}", text) for key, text in texts.items())
    for name, question in own.queries.items():
        yield from ((f"{name}.title", question.title), (f"{name}.description", question.description))
    for part in ("crumbs", "menu", "query_columns", "parameters", "related", "errors"):
        yield from ((f"{part}.{key}", text) for key, text in getattr(own, part).items())


def test_both_languages_say_the_same_things_with_the_same_values_in_them() -> None:
    told = [
        {place: sorted({name for _, name, _, _ in Formatter().parse(text) if name}) for place, text in _said(language)}
        for language in LANGUAGES
    ]
    assert told[0] == told[1]


def test_english_holds_no_thai_but_the_name_of_the_language_and_examples_of_searches() -> None:
    thai = [place for place, text in _said("en") if THAI.search(text)]
    assert [place for place in thai if place.partition(".")[0] not in ("search", "help")] == [
        "site.other_language",
        "home.search_hint",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_ready_made_question_has_a_title(language: Language) -> None:
    assert {query.name for query in plan().query} == set(words(language).queries)
    assert {related.name for related in plan().related} == set(words(language).related)


def test_days_and_years_are_told_as_people_write_them() -> None:
    day = datetime.date(2019, 1, 12)
    assert (UI.day(day), UI.day("2019-01-12"), UI.day(None)) == ("12 ม.ค. 2562", "12 ม.ค. 2562", "–")
    assert ENGLISH.day(day) == "12 Jan 2019"
    assert (UI.year(2562), ENGLISH.year(2562), UI.year(None)) == ("พ.ศ. 2562", "B.E. 2562", "–")


def test_a_page_cannot_say_what_has_no_words() -> None:
    with pytest.raises(KeyError):
        UI.say("site.no_such_thing")


def test_one_record_is_not_called_by_its_tables_title_in_english() -> None:
    assert set(UI.words.one) == set(ENGLISH.words.one) == set(UI.tables)
    assert ENGLISH.row_title("findings", []) == "Finding"
    assert (ENGLISH.one("measures"), ENGLISH.table("measures")) == ("Measure", "Measures")
