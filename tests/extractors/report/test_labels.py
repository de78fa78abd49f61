"""Labelled lines: every label of the data file is known, and nothing else."""

import pytest

from extractors.report.labels import label_of
from schemas.reference import Reference


def test_every_label_of_the_data_file_is_known_with_a_colon_and_alone(reference: Reference) -> None:
    for word, field in reference.fields_by_label.items():
        printed = word.replace("…", "โรงเรียน")
        for line in (f"{printed} : ก", f"{printed}: ก", printed, f"๑.๑ {printed} : ก"):
            found = label_of(line, reference)
            assert found is not None, line
            assert found.field == field, line


@pytest.mark.parametrize("line", ["มาตรการนี้ช่วยลดขั้นตอน", "กิจกรรมวันต่อต้านคอร์รัปชัน", "งบประมาณที่ได้รับจัดสรรมีจำกัด", "๑. ประชุม"])
def test_a_sentence_that_begins_like_a_label_is_none(line: str, reference: Reference) -> None:
    assert label_of(line, reference) is None


def test_a_label_may_bear_a_number_and_blanks(reference: Reference) -> None:
    found = label_of("มาตรการ ที่ ๒ : วางระบบ", reference)
    assert found is not None
    assert (found.field, found.number) == ("measure", "2")
