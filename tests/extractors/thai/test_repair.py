"""Thai text from damaged layers is put right where the text shows how; right text stays as it is."""

import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extractors.thai.repair import NO_EVIDENCE, Damage, Evidence, find_evidence, repair
from extractors.thai.word_list import word_list

EXAMPLES = Path(__file__).parents[3] / "examples"

THAI_AND_TROUBLE = st.text(
    st.one_of(
        st.characters(min_codepoint=0x0E01, max_codepoint=0x0E4E),
        st.sampled_from(" \t\n\u200b\ufffd\x01\uf70a\uf712\u0e4d\u0e33\u0e32\u0e49aA1๑()"),
        st.characters(codec="utf-8"),
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("read", "printed", "kind"),
    [
        ("ส\u0e4dานักงาน", "สำนักงาน", "decomposed-sara-am"),
        ("น\u0e49\u0e4dา", "น้ำ", "decomposed-sara-am"),
        ("น\u0e4d\u0e49า", "น้ำ", "decomposed-sara-am"),
        ("สา\u0e4dนักงาน", "สำนักงาน", "decomposed-sara-am"),
        ("ค ำสั่ง", "คำสั่ง", "split-sara-am"),
        ("น้ ำหนัก", "น้ำหนัก", "split-sara-am"),
        ("สำานักงาน", "สำนักงาน", "doubled-sara-am"),
        ("ทำ(cid:7)งาน", "ทำงาน", "doubled-sara-am"),
        ("น\u0e33\u0e49", "น้ำ", "mark-order"),
        ("เพ\u0e48\u0e37อ", "เพื่อ", "mark-order"),
        ("วันท ี่ ๙", "วันที่ ๙", "mark-after-blank"),
        ("ป ี๒๕๖๒", "ปี ๒๕๖๒", "mark-after-blank"),
        ("เเผนงาน", "แผนงาน", "doubled-sara-e"),
        ("ท\uf702\uf70a", "ที่", "private-use"),
        ("เป\uf712นขั้น", "เป็นขั้น", "private-use"),
        ("ท\uf886\uf88a", "ที่", "private-use"),
        ("โรง\u200bเรียน", "โรงเรียน", "invisible-character"),
        ("ข้อ\x02", "ข้อ\ufffd", "control-character"),
    ],
)
def test_what_is_never_right_is_put_right_anywhere(read: str, printed: str, kind: str) -> None:
    for evidence in (None, NO_EVIDENCE):
        repaired = repair(read, evidence)
        assert repaired.text == printed
        assert kind in {damage.kind for damage in repaired.damages}


@pytest.mark.parametrize(
    ("read", "printed", "kind"),
    [
        ("แพทยแ์ผนไทย", "แพทย์แผนไทย", "displaced-mark"),
        ("ดา้นการเงิน", "ด้านการเงิน", "displaced-mark"),
        ("การพนิิจ", "การพินิจ", "displaced-mark"),
        ("คา่ ตอบแทน", "ค่าตอบแทน", "displaced-mark"),
        ("ส านักงาน", "สำนักงาน", "blank-for-mark"),
        ("ได้จัดท ารายงาน", "ได้จัดทำรายงาน", "blank-for-mark"),
        ("ผลการด\ufffdาเนินงาน", "ผลการดำเนินงาน", "unread-mark"),
        ("น\ufffdำหนัก", "น้ำหนัก", "unread-mark"),
        ("ทรัพยากรน(cid:20)ำ", "ทรัพยากรน้ำ", "unread-mark"),
        ("ที่่ประชุม", "ที่ประชุม", "doubled-mark"),
    ],
)
def test_in_a_line_with_a_sign_of_damage_known_words_decide(read: str, printed: str, kind: str) -> None:
    repaired = repair(read, NO_EVIDENCE)
    assert repaired.text == printed
    assert Damage(kind, 1) in repaired.damages


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("จดัหางาน", "จัดหางาน"),
        ("กมธ.กจิการ", "กมธ.กิจการ"),
        ("พฒั นา", "พัฒนา"),
        ("ส้านักงาน", "สำนักงาน"),
        ("แผนพัฒนำกำรจัดกำรศึกษำ", "แผนพัฒนาการจัดการศึกษา"),
        ("ด้ ว ย ค ว า ม เ ป็ น ธ ร ร ม", "ด้วยความเป็นธรรม"),
        ("วสิ ยั ทศั น ์ ระดบั ชาต ิ", "วิสัยทัศน์ ระดับชาติ"),
        ("บ้านน าพุ", "บ้านนำพุ"),
    ],
)
def test_a_text_that_stands_alone_is_held_against_the_word_list(read: str, printed: str) -> None:
    assert repair(read).text == printed


@pytest.mark.parametrize(
    "text",
    [
        "สานักงาน",  # a run of known words: what hides in it only the document can tell
        "กำ กำไร ทำ คำ",
        "นาย ก ข ค และ ง",
        "วัน จ อ พ พฤ ศ ปิดทำการ",
        "ม.ค. ก.พ. มี.ค.",
        "ตาราง  การ  งาน",
        "โต๊ะ ก๋วยเตี๋ยว ผัวะ ก็ ณ ฯลฯ ฤๅษี ไปๆ มาๆ",
        "บ้านพรึก บ้านสีล้ง บ้านหนองก้าย บ้านอีต้อม บ้านบางคูรั้ด",
        "Windows 10 (x64) ราคา 1,500.- บาท",
        "",
    ],
)
def test_right_text_stays_as_it_is(text: str) -> None:
    assert repair(text).text == text
    assert repair(text).damages == ()


def test_every_known_word_stays_as_it_is() -> None:
    assert [word for word in word_list().written if repair(word).text != word] == []


def test_example_reports_stay_as_they_are() -> None:
    lines = [line for path in EXAMPLES.glob("*.txt") for line in path.read_text(encoding="utf-8").splitlines()]
    assert [line for line in lines if repair(line).text != line] == []
    assert find_evidence(lines) == NO_EVIDENCE


def test_damage_without_a_sign_is_put_right_where_the_document_is_full_of_it() -> None:
    assert repair("ท้างาน", NO_EVIDENCE).text == "ท้างาน"
    assert repair("จ้าเป็น", Evidence(frozenset({"mai-tho-for-nikhahit"}))).text == "จำเป็น"
    assert repair("สานักงาน", Evidence(frozenset({"lost-sara-am"}))).text == "สำนักงาน"
    assert repair("ประชมุ", Evidence(frozenset({"displaced-mark"}))).text == "ประชุม"


def test_one_slip_of_the_writer_is_no_evidence() -> None:
    lines = ["จัดประชุมชี้แจงแนวทาง", "เผยแพร่คู่มือบนเว็บไซต์"] * 20
    assert find_evidence([*lines, "ดา้นการเงิน"]) == NO_EVIDENCE


@given(THAI_AND_TROUBLE)
@example("น\u0e4d\u0e49\u0e4dา")
@example("ำ\x01า\ufffd")
@settings(deadline=None, max_examples=300)
def test_repairing_twice_changes_nothing(text: str) -> None:
    for evidence in (None, NO_EVIDENCE, Evidence(frozenset({"displaced-mark", "lost-sara-am"}))):
        once = repair(text, evidence).text
        assert repair(once, evidence).text == once


@given(st.text(max_size=200))
@settings(deadline=None)
def test_text_without_thai_keeps_its_letters(text: str) -> None:
    latin = "".join(sign for sign in text if sign.isascii() and sign.isprintable())
    assert repair(latin).text == latin


@pytest.mark.parametrize("sign", ["\u0e48", "\u0e4d", "ำ", "ก ", "กา", "เ", "ั ", "\ufffd", "(cid:1)", "น ้า"])
def test_heaps_of_one_sign_take_no_time(sign: str) -> None:
    repair("ดา้น")
    start = time.perf_counter()
    repair("ก" + sign * 5_000)
    assert time.perf_counter() - start < 5


def test_lines_without_damage_cost_a_look() -> None:
    line = "สำนักงานได้ประชุมชี้แจงแนวทางการดำเนินงานให้บุคลากรทุกกลุ่มทราบ และเผยแพร่บนเว็บไซต์"
    repair(line, NO_EVIDENCE)
    start = time.perf_counter()
    for _ in range(1_000):
        repair(line, NO_EVIDENCE)
    assert time.perf_counter() - start < 0.3
