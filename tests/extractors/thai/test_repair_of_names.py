"""Names and sentences damaged as programs that write and read PDF damage them come back whole.

The names are facts of the lists, the sentences invented.
"""

import csv
import random
import re
from collections.abc import Callable, Sequence
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.thai.repair import NO_EVIDENCE, Evidence, find_evidence, repair, repair_lines

_CLUSTER = re.compile("[^ัิ-ฺ็-๎][ัิ-ฺ็-๎]*")
_LETTER = re.compile("[ก-ฮะ-ๅ]")


def displace_marks(text: str, share: float, gaps: float = 0.0, seed: int = 0) -> str:
    """A share of the marks lands behind the next letter; a share of these leaves a blank behind itself."""
    rng = random.Random(seed)
    clusters = [found[0] for found in _CLUSTER.finditer(text.replace("ำ", "\u0e4dา"))]
    written: list[str] = []
    late = ""
    for cluster, following in zip(clusters, [*clusters[1:], ""], strict=True):
        moved = [mark for mark in cluster[1:] if _LETTER.match(following) and rng.random() < share]
        stays = "".join(mark for mark in cluster[1:] if mark not in moved)
        blank = " " if late and rng.random() < gaps else ""
        written.append(cluster[0] + stays + late + blank)
        late = "".join(moved)
    return "".join(written).replace("\u0e4dา", "ำ")


def space_letters(text: str) -> str:
    """A blank behind every letter and its marks."""
    return " ".join(found[0] for found in _CLUSTER.finditer(text))


def blank_before_marks(text: str) -> str:
    """A blank between each consonant and its marks above and below."""
    return re.sub("([ก-ฮ])([ิ-ู่-๋]+)", r"\1 \2", text)


def tones_first(text: str) -> str:
    """Tone marks before vowel marks."""
    return re.sub("([ัิ-ู])([่-๋])", r"\2\1", text)


def double_marks(text: str) -> str:
    """Every vowel and tone mark twice, as bold print by printing twice gives it."""
    return re.sub("([ัิ-ู่-๋])", r"\1\1", text)


def sara_am_with_blank(text: str) -> str:
    """Nikhahit as a blank."""
    return re.sub("([ก-ฮ][่-๋]?)ำ", r"\1 า", text)


def sara_am_with_mai_tho(text: str) -> str:
    """Nikhahit as mai tho."""
    return text.replace("ำ", "้า")


def sara_aa_as_sara_am(text: str) -> str:
    """Every sara aa as sara am, and true sara am with a blank before it."""
    return text.replace("ำ", " \ue000").replace("า", "ำ").replace("\ue000", "ำ")


def _names(file: str) -> list[str]:
    text = (files("schemas.facts") / file).read_text(encoding="utf-8")
    return sorted({row["name"] for row in csv.DictReader(text.splitlines())})


# Slips in the lists themselves, which repair is right to mend.
_SLIP = re.compile("\u0e4d|[ก-ฮ] [ัิ-ฺ็-๎]")
OFFICES = [name for name in _names("offices.csv") if not _SLIP.search(name)]
SCHOOLS = ["โรงเรียน" + name for name in _names("schools.csv") if not _SLIP.search(name)]
SENTENCES = [
    "สำนักงานได้ประชุมชี้แจงแนวทางการดำเนินงานให้บุคลากรทุกกลุ่มทราบ",
    "จัดทำคู่มือการปฏิบัติงานและเผยแพร่บนเว็บไซต์ของหน่วยงาน",
    "ตัวชี้วัดที่ได้คะแนนต่ำที่สุดคือการปรับปรุงระบบการทำงาน",
    "กำหนดมาตรการป้องกันการรับสินบนและแต่งตั้งคณะทำงานติดตามผล",
    "ผู้บริหารประกาศเจตจำนงสุจริตต่อหน้าเจ้าหน้าที่และผู้มาติดต่อราชการ",
    "ตรวจสอบการใช้ทรัพย์สินของราชการเป็นประจำทุกเดือน",
    "เปิดช่องทางรับเรื่องร้องเรียนและให้คำปรึกษาแก่ประชาชนในพื้นที่",
    "อบรมความรู้ด้านการจัดซื้อจัดจ้างแก่เจ้าหน้าที่พัสดุทุกอำเภอ",
]
Damaging = Callable[[str], str]


def _whole(text: str) -> str:
    return "".join(text.split())


def _share_put_right(clean: Sequence[str], damage: Damaging, *, alone: bool = False) -> float:
    pairs = [(name, damaged) for name in clean if (damaged := damage(name)) != name]
    damaged_names = [damaged for _, damaged in pairs]
    repaired = [repair(each) for each in damaged_names] if alone else repair_lines(damaged_names)
    right = sum(_whole(name) == _whole(each.text) for (name, _), each in zip(pairs, repaired, strict=True))
    return right / len(pairs)


def _drawn(names: Sequence[str], count: int) -> list[str]:
    return random.Random(2565).sample(list(names), count)


@pytest.mark.parametrize("names", [OFFICES, SCHOOLS], ids=["offices", "schools"])
def test_clean_names_stay_letter_for_letter(names: Sequence[str]) -> None:
    assert [name for name in names if repair(name).text != name] == []
    assert [name for name in names if repair(name, NO_EVIDENCE).text != name] == []


@pytest.mark.parametrize("file", ["provinces.csv", "districts.csv", "subdistricts.csv"])
def test_clean_place_names_stay_letter_for_letter(file: str) -> None:
    assert [name for name in _names(file) if repair(name).text != name] == []


def test_even_in_a_damaged_document_hardly_a_clean_name_is_changed() -> None:
    displaced = Evidence(frozenset({"displaced-mark"}))
    changed = sum(repair(name, displaced).text != name for name in SCHOOLS)
    assert changed / len(SCHOOLS) < 0.01


def test_clean_names_give_no_evidence() -> None:
    assert find_evidence(OFFICES) == NO_EVIDENCE
    assert find_evidence(SCHOOLS) == NO_EVIDENCE
    assert find_evidence(SENTENCES * 20) == NO_EVIDENCE


@pytest.mark.parametrize(
    ("damage", "offices", "schools"),
    [
        (lambda text: displace_marks(text, 0.5), 0.96, 0.9),
        (lambda text: displace_marks(text, 0.2, seed=1), 0.96, 0.9),
        (lambda text: displace_marks(text, 0.8, gaps=0.7, seed=2), 0.96, 0.9),
        (space_letters, 0.96, 0.96),
        (blank_before_marks, 0.99, 0.97),
        (tones_first, 1.0, 1.0),
        (double_marks, 0.97, 0.93),
        (sara_am_with_blank, 0.97, 0.85),
        (sara_am_with_mai_tho, 0.95, 0.8),
        (sara_aa_as_sara_am, 0.96, 0.9),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_damaged_names_come_back(damage: Damaging, offices: float, schools: float) -> None:
    assert _share_put_right(_drawn(OFFICES, 250), damage) >= offices
    assert _share_put_right(_drawn(SCHOOLS, 250), damage) >= schools


def test_a_damaged_name_alone_mostly_comes_back() -> None:
    assert _share_put_right(_drawn(OFFICES, 250), lambda text: displace_marks(text, 0.5), alone=True) >= 0.9


@given(st.sampled_from(SENTENCES), st.floats(0.1, 0.9), st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_sentences_with_displaced_marks_come_back(sentence: str, share: float, seed: int) -> None:
    displaced = Evidence(frozenset({"displaced-mark"}))
    damaged = displace_marks(sentence, share, gaps=0.5, seed=seed)
    assert _whole(repair(damaged, displaced).text) == _whole(sentence)


def test_a_document_without_any_sara_am_gets_it_back() -> None:
    damaged = [sentence.replace("ำ", "า") for sentence in SENTENCES] * 6
    assert find_evidence(damaged).systematic == {"lost-sara-am"}
    assert [each.text for each in repair_lines(damaged)] == SENTENCES * 6
