"""The site's words: every code that a table may hold has a meaning in Thai."""

import re
from typing import Any, get_args

import pytest

from extractors.readers.pdf.damage import Damage as GlyphDamage
from extractors.thai.repair import DamageClass as TextDamage
from pipeline.site.thai import beginning, thai
from pipeline.site.words import words
from schemas.document import Format, ReadBy
from schemas.failure import FailureCode
from schemas.finding import Severity
from schemas.report import FiscalYearBasis, NoteCode, Status

THAI = re.compile("[ก-๛]")


@pytest.mark.parametrize(
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
def test_every_code_has_a_meaning(column: str, codes: Any) -> None:
    known = words().values[column]
    assert [code for code in get_args(codes) if code not in known] == []
    # Names of formats are the same in Thai.
    assert [
        known[code] for code in get_args(codes) if not THAI.search(known[code]) and code not in ("docx", "pdf")
    ] == []


def test_several_ways_of_reading_are_each_told() -> None:
    told = thai().value("read_by", "layer, needs-ocr")
    assert told == "ชั้นข้อความของ PDF, ยังอ่านไม่ได้ (เป็นภาพ หรือข้อความในไฟล์ใช้ไม่ได้)"


def test_filters_have_no_english_words() -> None:
    assert [word for word in words().lookups.values() if re.search("[A-Za-z]", word)] == []


def test_messages_are_told_in_thai_with_what_they_name() -> None:
    assert thai().message("no such column: nmae") == "ไม่มีคอลัมน์ nmae"
    assert thai().message('near "fro": syntax error') == "คำสั่ง SQL ผิดไวยากรณ์ ใกล้ “fro”"
    assert thai().message("something else") is None


def test_every_message_fits_its_own_words() -> None:
    for english, _ in words().messages:
        assert thai().message(english.replace("{}", "{x}")), english


def test_a_beginning_keeps_marks_with_their_letter() -> None:
    assert beginning("ที่นี้", 4) == "ที่นี้"
    assert beginning("ที่ที่นั่น", 4) == "ที่ที่…"
    assert beginning("สั้น", 80) == "สั้น"


def test_points_keep_what_is_printed() -> None:
    assert [thai().points(value) for value in (86.5, 100.0, 81.234, None)] == ["86.50", "100.00", "81.234", "–"]
