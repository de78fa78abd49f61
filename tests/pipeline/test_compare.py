"""What several reports show together: copies, promises, scores printed differently, years without a report."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlite_utils import Database

from db.schema import open_database
from pipeline.check import check_all
from pipeline.checks.copies import SHORTEST, masked, signature
from pipeline.compare import compare_reports
from pipeline.reading import reference

Ingest = Callable[..., object]
EXAMPLES = Path(__file__).parents[2] / "examples"
TOLD = "จัดทำทะเบียนคุมการใช้รถยนต์ส่วนกลางและเครื่องเสียง ให้ผู้ยืมลงชื่อทั้งวันยืมและวันคืน โดยหัวหน้าสำนักปลัดตรวจสอบทุกสิ้นเดือน"
BETWEEN = ("action-copied", "promise-unreported", "score-reprinted", "year-missing")


def between(database: Path) -> list[tuple[str, str, str]]:
    db: Database = open_database(database)
    try:
        return [
            (label, check, at)
            for label, check, at in db.execute(
                'select label, "check", at from findings join reports on reports.id = report_id order by 1, 2, 3'
            )
            if check in BETWEEN
        ]
    finally:
        db.close()


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")


def test_the_examples_show_what_their_ledger_tells_and_no_more(database: Path, load: Ingest) -> None:
    load(EXAMPLES)
    assert [(label.split(" · ")[1], check, at) for label, check, at in between(database)] == [
        ("ปี 2564", "promise-unreported", "7/2/2"),
        ("ปี 2565", "action-copied", "10/1/1"),
        ("ปี 2563", "promise-unreported", "7/1/3"),
        ("ปี 2565", "action-copied", "4/2/1"),
    ]


def test_one_report_after_another_shows_the_same_as_all_at_once(database: Path, tmp_path: Path, load: Ingest) -> None:
    load(EXAMPLES)
    other = tmp_path / "other" / "prongsai.db"
    other.parent.mkdir()
    for path in sorted(EXAMPLES.glob("*-256*.*"), reverse=True):
        if path.suffix != ".json":
            load(path, into=other)
    assert sorted(between(other)) == sorted(between(database))


def test_a_text_of_another_offices_report_is_told_of_the_later_one(
    database: Path, folder: Path, load: Ingest, report_text: Callable[..., str]
) -> None:
    write(folder / "", "a.txt", report_text(told=TOLD))
    load(folder)
    assert between(database) == []
    write(folder, "b.txt", report_text(office="น้อย", year=2566, told=f"{TOLD} เมื่อวันที่ ๕ มกราคม ๒๕๖๖"))
    load(folder)
    copied = [(label, at) for label, check, at in between(database) if check == "action-copied"]
    later = "องค์การบริหารส่วนตำบลหนองบัวทองน้อย · ปี 2566"
    assert copied == [(later, "10/1/1"), (later, "2/1/2")]


def test_a_phrase_of_many_offices_is_no_copy_and_a_change_takes_findings_back(
    database: Path, folder: Path, load: Ingest, report_text: Callable[..., str]
) -> None:
    for number, office in enumerate(("", "น้อย", "ใหญ่")):
        write(folder, f"{number}.txt", report_text(office=office, year=2564 + number, told=TOLD))
    load(folder)
    assert {check for _, check, _ in between(database)} == {"action-copied"}
    write(folder, "3.txt", report_text(office="เหนือ", told=TOLD))
    load(folder)
    assert between(database) == []


def test_what_an_office_does_every_year_is_no_copy_but_with_the_old_date_it_is(
    database: Path, folder: Path, load: Ingest, report_text: Callable[..., str]
) -> None:
    write(folder, "a.txt", report_text(year=2564, told=f"{TOLD} เมื่อวันที่ ๕ มกราคม ๒๕๖๔"))
    write(folder, "b.txt", report_text(year=2565, told=f"{TOLD} เมื่อวันที่ ๖ มกราคม ๒๕๖๕"))
    load(folder)
    assert [check for _, check, at in between(database) if at == "2/1/2"] == []
    write(folder, "b.txt", report_text(year=2565, told=f"{TOLD} เมื่อวันที่ ๕ มกราคม ๒๕๖๔"))
    load(folder)
    assert [check for _, check, at in between(database) if at == "2/1/2"] == ["action-copied"]


def test_figures_of_one_assessment_that_two_reports_print_differently_are_found(
    database: Path, folder: Path, load: Ingest, report_text: Callable[..., str]
) -> None:
    text = report_text()
    write(folder, "a.txt", text.replace("ประจำปีงบประมาณ พ.ศ. 2564", "รอบ ๖ เดือน ประจำปีงบประมาณ พ.ศ. 2564", 1))
    write(
        folder,
        "b.txt",
        text.replace("81.25", "81.52").replace("ประจำปีงบประมาณ พ.ศ. 2564", "รอบ ๑๒ เดือน ประจำปีงบประมาณ พ.ศ. 2564", 1),
    )
    load(folder)
    assert [check for _, check, _ in between(database)].count("score-reprinted") == 1


def test_a_year_between_two_without_a_report_is_told(
    database: Path, folder: Path, load: Ingest, report_text: Callable[..., str]
) -> None:
    write(folder, "a.txt", report_text(year=2563))
    write(folder, "b.txt", report_text(year=2565))
    load(folder)
    assert [(label[-4:], check) for label, check, _ in between(database) if check == "year-missing"] == [
        ("2565", "year-missing")
    ]
    write(folder, "c.txt", report_text(year=2564))
    load(folder)
    assert "year-missing" not in [check for _, check, _ in between(database)]


def test_checking_all_anew_changes_nothing(database: Path, load: Ingest) -> None:
    load(EXAMPLES)
    before = between(database)
    db = open_database(database)
    check_all(db, reference(), lambda *_: None)
    compare_reports(db)
    db.close()
    assert between(database) == before


@pytest.mark.parametrize("text", ["ก" * SHORTEST, TOLD])
def test_a_signature_is_the_same_for_the_same_text(text: str) -> None:
    assert signature(text) == signature(text)
    assert signature(text) != signature(text[::-1] + "ข")


def test_names_dates_digits_and_blanks_are_masked() -> None:
    assert masked("อบต.ก จัดอบรม ๒๐ คน เมื่อ ๕ ม.ค. ๖๔", ("อบต.ก", "๕ ม.ค. ๖๔")) == masked("จัดอบรม 35 คนเมื่อ", ())
