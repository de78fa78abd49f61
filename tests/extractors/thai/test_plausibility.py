"""Thai as it is written is told from what a damaged or senseless text layer gives."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.thai.plausibility import TRUSTED, plausibility
from extractors.thai.repair import repair_lines

# Under what lists of names have, of which no word is in a list of words.
LEAST_OF_PRINT = 0.75
PRINTED = [
    "สำนักงานได้ประชุมชี้แจงแนวทางการดำเนินงานให้บุคลากรทุกกลุ่มทราบ",
    "ตัวชี้วัดที่ได้คะแนนต่ำที่สุดคือการปรับปรุงระบบการทำงาน 82.22 คะแนน",
    "ตรวจสอบการใช้ทรัพย์สินของราชการเป็นประจำทุกเดือน (OIT 85)",
]


def test_print_is_trusted() -> None:
    assert plausibility("\n".join(PRINTED)) >= TRUSTED


@pytest.mark.parametrize(
    "text", ["", "12,500.00 บาท", "Annual report, see https://example.go.th/a?b=1", "ITA 2565 | คะแนน | 85.00"]
)
def test_what_gives_no_cause_for_doubt_is_trusted(text: str) -> None:
    assert plausibility(text) >= TRUSTED


@pytest.mark.parametrize(
    "text",
    [
        "(cid:12)(cid:44)(cid:3)(cid:71)",
        "\x03\x0f\x11\x02\x01\x16",
        "1>@01>1/0@1@>@1 QหO0N3> อ@?/0@1@OหN@>",
        "\uf712\uf70a\uf70b",
        "¸ÙéºÃÔËÒÃ ¡ÃÐ·ÃÇ§",
        "ก ค ขฆ ฏฑ ฒณฬ ฐฌ ฃฅ",
    ],
)
def test_senseless_layers_are_not_readable(text: str) -> None:
    assert plausibility(text) < LEAST_OF_PRINT


def test_damage_lowers_and_repair_restores_it() -> None:
    damaged = ["สาํนกังานไดป้ระชมุชแี้จงแนวทาง", "ทรพัยส์นิของทางราชการ", "ตวัชวี้ดัทไี่ดค้ะแนนต่าทสีุ่ด"]
    repaired = [each.text for each in repair_lines(damaged)]
    assert plausibility("\n".join(damaged)) < TRUSTED <= plausibility("\n".join(repaired))


@given(st.text(max_size=80))
@settings(deadline=None)
def test_it_is_a_share(text: str) -> None:
    assert 0 <= plausibility(text) <= 1
