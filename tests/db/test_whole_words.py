"""Whole words end where Thai words end."""

import pytest

from db.whole_words import stands_whole


@pytest.mark.parametrize(
    ("text", "term", "whole"),
    [
        ("จังหวัดแพร่", "แพร่", True),
        ("เผยแพร่ข้อมูล", "แพร่", False),
        ("เผยแพร่ข้อมูลในจังหวัดแพร่", "แพร่", True),
        ("เผยแพร่ข้อมูล", "เผยแพร่", True),
        ("ปีงบประมาณ 2562", "2562", True),
        ("ปีงบประมาณ 2562", "256", False),
        ("คำสั่งที่ 1/2562 ลงวันที่", "1/2562 ลงวันที่", True),
        ("คำสั่งที่ 1/2562 ลงวันที่", "ที่ 1/2562", True),
        ("ไม่มี", "แพร่", False),
        ("แพร่\nน่าน", "น่าน", True),
    ],
)
def test_a_term_stands_whole_where_words_begin_and_end(text: str, term: str, whole: bool) -> None:
    assert stands_whole(text, term) == whole
