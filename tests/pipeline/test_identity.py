"""Which texts are those of one report."""

from collections.abc import Callable

import pytest

from pipeline.identity import near_equal


def test_renderings_whose_parts_stand_in_another_order_are_one_report(report_text: Callable[..., str]) -> None:
    lines = report_text().splitlines()
    with_headings_repeated = [*lines[5:], lines[5], *lines[:5]]
    assert near_equal("\n".join(lines), "\n".join(with_headings_repeated))


def test_other_years_are_other_reports(report_text: Callable[..., str]) -> None:
    told = "จัดอบรมเจ้าหน้าที่ทุกคนเรื่องผลประโยชน์ทับซ้อน และปรับปรุงคู่มือการให้บริการประชาชนทั้งหมด"
    assert not near_equal(report_text(), report_text(year=2565, told=told))


@pytest.mark.parametrize(
    ("one", "other", "same"), [("", "", True), ("กข", "ก ข", True), ("กข", "กค", False), ("", "ก", False)]
)
def test_texts_shorter_than_a_run_are_alike_if_they_are_the_same(one: str, other: str, same: bool) -> None:
    assert near_equal(one, other) is same
