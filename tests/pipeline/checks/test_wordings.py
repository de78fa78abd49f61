"""Faults in many wordings are found, and tempting wordings that are right raise nothing (`wordings.toml`)."""

import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

from extractors.read import read_bytes
from pipeline.reading import report_in
from schemas.base import Record

REPORT = """รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน
ประจำปีงบประมาณ พ.ศ. ๒๕๖๖
{office}

{office}ได้รับผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. ๒๕๖๕ คะแนนรวม ๘๓.๑๐ คะแนน ระดับ B มีตัวชี้วัดที่ได้คะแนนต่ำกว่า ๘๕ คะแนน จำนวน ๒ ตัวชี้วัด ได้แก่
- ตัวชี้วัดที่ ๒ การใช้งบประมาณ ได้ ๗๙.๕๐ คะแนน
- ตัวชี้วัดที่ ๔ การใช้ทรัพย์สินของราชการ ได้ ๗๗.๒๕ คะแนน

ที่\tตัวชี้วัด\tมาตรการ\tการดำเนินการ\tผู้รับผิดชอบ
๑\tการใช้งบประมาณ\t๑. เปิดเผยข้อมูลการใช้จ่ายงบประมาณ\t๑. เผยแพร่แผนการใช้จ่ายทางเว็บไซต์ เมื่อวันที่ ๑๖ มกราคม ๒๕๖๖ ๒. {action}\tกองคลัง
๒\tการใช้ทรัพย์สินของราชการ\t๑. จัดทำแนวปฏิบัติการยืมพัสดุ\t๑. ประกาศใช้แนวปฏิบัติและแจ้งทุกส่วนราชการ\tกองคลัง
"""
PLACE = "2/1/2"
FEWEST = 3


class Wording(Record):
    """Texts of actions in a report of the office: with a fault, and tempting ones without any."""

    check: str
    office: str
    planted: tuple[str, ...]
    tempting: tuple[str, ...]


def read_wordings() -> tuple[Wording, ...]:
    text = (Path(__file__).parent / "wordings.toml").read_text(encoding="utf-8")
    return tuple(Wording.model_validate(row) for row in tomllib.loads(text)["wording"])


WORDINGS = read_wordings()


def found(office: str, action: str) -> list[tuple[str, str]]:
    text = REPORT.format(office=office, action=action)
    return [(finding.check, finding.at) for finding in report_in(read_bytes(text.encode())).findings]


@pytest.mark.parametrize(
    ("check", "office", "action"), [(w.check, w.office, action) for w in WORDINGS for action in w.planted]
)
def test_a_planted_fault_is_found_at_its_place_and_nothing_else(check: str, office: str, action: str) -> None:
    assert found(office, action) == [(check, PLACE)]


@pytest.mark.parametrize(("office", "action"), [(w.office, action) for w in WORDINGS for action in w.tempting])
def test_a_tempting_wording_that_is_right_raises_nothing(office: str, action: str) -> None:
    assert found(office, action) == []


def test_every_check_of_an_action_has_several_wordings_of_both_sorts() -> None:
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for wording in WORDINGS:
        counts[wording.check][0] += len(wording.planted)
        counts[wording.check][1] += len(wording.tempting)
    assert set(counts) == {
        "action-not-done",
        "date-impossible",
        "date-order",
        "date-out-of-period",
        "date-weekday",
        "office-mismatch",
        "office-misspelt",
    }
    assert all(least >= FEWEST for pair in counts.values() for least in pair)
