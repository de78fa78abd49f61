"""Ready-made questions answer what a look at the tables would."""

from collections import defaultdict
from pathlib import Path
from typing import Any

import httpx
from made_site import OFFICE, OTHER, get, made_database, made_report, text_of
from sqlite_utils import Database

from db.schema import open_database
from extractors.report.identity import with_ids
from extractors.thai.text import fold
from pipeline.site.application import DATABASE
from schemas.report import AgencyAssessment


def test_measures_are_told_kept_new_or_dropped_against_the_year_before(client: httpx.Client, rows: Database) -> None:
    told: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    sql = (
        "select reports.office_id as office, reports.fiscal_year as year, measures.text from measures "
        "join reports on reports.id = measures.report_id "
        "where reports.office_id is not null and fiscal_year is not null"
    )
    for row in rows.query(sql):
        told[row["office"], row["year"]].add(fold(row["text"]))
    kept = sum(len(texts & told.get((office, year - 1), set())) for (office, year), texts in told.items())
    dropped = sum(
        len(texts - told[office, year + 1])
        for (office, year), texts in list(told.items())
        if (office, year + 1) in told
    )
    answers = client.get(f"/{DATABASE}/measures_over_years.json?_shape=array&_size=max").json()
    changes = [answer["change"] for answer in answers]
    assert changes.count("kept") == kept > 0
    assert changes.count("dropped") == dropped > 0
    assert set(changes) == {"none_before", "new", "kept", "dropped"}


def _answers(path: Path, question: str) -> list[dict[str, Any]]:
    """The rows that a ready-made question gives."""
    answer: list[dict[str, Any]] = get(path, f"/{DATABASE}/{question}.json?_shape=array&_size=max").json()
    return answer


def test_measures_are_not_compared_with_a_document_that_was_not_read_or_has_none(tmp_path: Path) -> None:
    reports = [
        made_report("a", 2562, {"ประกาศเจตจำนง": []}),
        made_report("b", 2563),
        made_report("c", 2565, {"ลดขั้นตอน": []}),
        made_report("d", 2566, {"ตรวจนับพัสดุ": []}),
    ]
    path = made_database(tmp_path / "x.db", *reports)
    told = [(row["fiscal_year"], row["change"]) for row in _answers(path, "measures_over_years")]
    assert sorted(told) == [(2562, "none_before"), (2565, "none_before"), (2566, "dropped"), (2566, "new")]
    db = open_database(path)
    with db.conn:
        db.execute("update pages set read_by = 'needs-ocr' where report_id = 'd'")
    db.close()
    told = [(row["fiscal_year"], row["change"]) for row in _answers(path, "measures_over_years")]
    assert sorted(told) == [(2562, "none_before"), (2565, "none_before"), (2566, "not_compared")]


def test_scores_change_only_from_the_year_before_that_is_known_and_of_one_office(tmp_path: Path) -> None:
    reports = [
        made_report("a", None, scores={2: 60}),
        made_report("b", 2562, scores={2: 70}),
        made_report("c", 2563, scores={2: 75.5}),
        made_report("d", 2565, scores={2: 80}),
        made_report("e", 2562, scores={2: 50}, office=None),
        made_report("f", 2563, scores={2: 55}, office=None),
    ]
    answers = _answers(made_database(tmp_path / "x.db", *reports), "scores_over_years")
    changes = {row["report_id"]: row["change"] for row in answers}
    assert changes == {"a": None, "b": None, "c": 5.5, "d": None, "e": None, "f": None}


def test_two_documents_that_differ_on_a_year_tell_no_change_from_it(tmp_path: Path) -> None:
    reports = [made_report(name, 2562, scores={2: score}) for name, score in (("a", 70), ("b", 71))]
    answers = _answers(
        made_database(tmp_path / "x.db", *reports, made_report("c", 2563, scores={2: 75})), "scores_over_years"
    )
    assert [row["change"] for row in answers] == [None, None, None]


def test_scores_stand_under_the_office_that_was_assessed(tmp_path: Path) -> None:
    scores = made_report("x", 2563, scores={2: 70}, total=71).assessment
    assert scores
    agencies = (
        AgencyAssessment(name=OTHER.raw, is_total=False, office_mention=OTHER, assessment=scores),
        AgencyAssessment(name="กองคลัง", is_total=False, office_mention=None, assessment=scores),
    )
    told = with_ids(made_report("a", 2563, scores={2: 80}).model_copy(update={"agencies": agencies}), "a")
    path = made_database(tmp_path / "x.db", told)
    shown = text_of(get(path, f"/{DATABASE}/indicators").text)
    assert "หน่วยงานที่ถูกประเมิน" in shown
    assert all(f"{name} 2 การใช้งบประมาณ" in shown for name in (OFFICE.raw, OTHER.raw, "กองคลัง"))
    for asked in (OTHER.office_id, "กองคลัง"):
        rows = _rows(path, f"indicators.json?_shape=array&_assessed_office={asked}")
        assert [row["score"] for row in rows] == [70.0]
    assert len(_rows(path, f"indicators.json?_shape=array&_office={OFFICE.office_id}")) == 3


def _rows(path: Path, asked: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = get(path, f"/{DATABASE}/{asked}").json()
    return rows
