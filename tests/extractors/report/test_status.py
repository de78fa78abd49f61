"""How far an action has come, by its words."""

import pytest

from extractors.report.status import status_of_cell, status_of_text
from schemas.reference import Reference
from schemas.report import Status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("จัดอบรมบุคลากร ๔๐ คน", None),
        ("จัดอบรมบุคลากร ยังไม่ได้ดำเนินการ เนื่องจากสถานการณ์โรคระบาด", "not_done"),
        ("รายงาน ๒ รอบ คือ รอบ ๖ เดือน และรอบ ๑ ปี (รอบ ๑ ปี ยังไม่ได้ดำเนินการ)", "partly_done"),
        ("จัดอบรม (ยังไม่ได้ดำเนินการ)", "not_done"),
        ("จัดทำคู่มือแล้ว ๑ เล่ม แต่เล่มที่ ๒ ยังไม่ได้ดำเนินการ", "partly_done"),
        ("อยู่ระหว่างดำเนินการจัดทำระบบ", "partly_done"),
        ("ตรวจได้ ๔ แห่ง จากเป้าหมาย ๖ แห่ง", "partly_done"),
        ("กำหนดจัดอบรม ๔ รุ่น ดำเนินการแล้ว ๒ รุ่น", "partly_done"),
        ("อบรมบุคลากร ๖ คน จากทั้งหมด ๖ คน", None),
        ("จะเปิดระบบจองออนไลน์ภายในเดือนสิงหาคม", "planned"),
    ],
)
def test_the_words_of_an_action_tell_its_status(text: str, status: Status | None, reference: Reference) -> None:
    assert status_of_text(text, reference) == status


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("ดำเนินการแล้ว", "reported"),
        ("แล้วเสร็จ ๑๐๐ %", "reported"),
        ("อยู่ระหว่างดำเนินการ", "partly_done"),
        ("ยังไม่ได้ดำเนินการ", "not_done"),
        ("ยังไม่แล้วเสร็จ", "not_done"),
        ("จะดำเนินการในไตรมาส ๔", "planned"),
        ("มีคำสั่ง ๑ ฉบับ", None),
    ],
)
def test_a_status_cell_tells_the_status(cell: str, status: Status | None, reference: Reference) -> None:
    assert status_of_cell(cell, reference) == status
