"""Scores agree with figures computed by hand."""

from typing import Any

import pytest

from pipeline.gold import GoldReport
from pipeline.scoring import Score, fold, match, score_report, total


def action(text: str, **fields: Any) -> dict[str, Any]:
    return {"number": "1", "parent": None, "text": text, "status": "reported", **fields}


def measure(text: str, *actions: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"indicator_number": 2, "number": "1", "text": text, "actions": actions, **fields}


def report(*measures: dict[str, Any], **fields: Any) -> GoldReport:
    values = {"title": "รายงาน", "office": "อบต.ก", "fiscal_year": 2564, "measures": measures, **fields}
    return GoldReport.model_validate(values)


def fields_of(score: Score) -> dict[str, bool]:
    return {item.field: item.agrees for item in score.comparisons}


def test_folding_passes_over_digits_script_quotes_dashes_and_white_space_but_not_case() -> None:
    assert fold(" “๒๕๖๔” –\u00a0A\u200b\n") == '"2564"-A'
    assert fold("A") != fold("a")
    assert fold(None) == ""


def test_ten_letters_may_differ_in_one_and_not_in_two() -> None:
    assert match(["กขคงจฉชซฌญ"], ["กขคงจฉชซฌฎ"]) == {0: 0}
    assert match(["กขคงจฉชซฌญ"], ["กขคงจฉชซฏฎ"]) == {}


def test_the_most_alike_pair_is_matched_first_and_each_record_once() -> None:
    assert match(["กขคงจฉชซฌญ", "กขคงจฉชซฌฎ"], ["กขคงจฉชซฌฎ"]) == {1: 0}
    assert match(["ก", "ก"], ["ก", "ก"]) == {0: 0, 1: 1}


def test_two_empty_texts_are_the_same() -> None:
    assert match([""], [" "]) == {0: 0}
    assert match([""], ["ก"]) == {}


def test_a_perfect_report_scores_one() -> None:
    gold = report(measure("เผยแพร่แผน", action("ปิดประกาศ")))
    score = score_report(gold, gold)
    assert (score.records_f1, score.field_accuracy, score.misses) == (1.0, 1.0, ())


def test_records_f1_counts_missing_and_surplus_records() -> None:
    gold = report(measure("เผยแพร่แผน", action("ปิดประกาศ"), action("ประชุม")), measure("อบรม"))
    found = report(measure("เผยแพร่แผน", action("ปิดประกาศ"), action("ส่งหนังสือเวียน")))
    score = score_report(gold, found)
    # hits: 1 of 2 measures, 1 of 2 actions; gold has 4 records, found 3: 2 * 2 / (4 + 3).
    assert score.records_f1 == pytest.approx(4 / 7)
    assert (score.count("measures").hit, score.count("measures").gold, score.count("measures").found) == (1, 2, 1)
    assert len(score.misses) == 3


def test_fields_count_on_matched_records_and_only_where_one_side_has_them() -> None:
    gold = report(measure("เผยแพร่แผน", responsible="กองคลัง"))
    score = score_report(gold, report(measure("เผยแพร่แผน", responsible="สำนักปลัด", budget_baht=500)))
    # title, office, year; text, number, indicator; responsible and budget wrong; no period on either side.
    assert fields_of(score)["measure.responsible"] is False
    assert fields_of(score)["measure.budget_baht"] is False
    assert score.field_accuracy == pytest.approx(6 / 8)


def test_an_action_under_the_wrong_measure_is_found_but_misplaced() -> None:
    gold = report(measure("เผยแพร่แผน", action("ปิดประกาศ")), measure("อบรม", number="2"))
    found = report(measure("เผยแพร่แผน"), measure("อบรม", action("ปิดประกาศ"), number="2"))
    score = score_report(gold, found)
    assert score.records_f1 == 1.0
    assert fields_of(score)["action.measure"] is False


def test_offices_are_compared_in_any_order_and_dates_in_theirs() -> None:
    january, may = {"start": "2021-01-05", "end": "2021-01-05"}, {"start": "2021-05-02", "end": "2021-05-02"}
    gold = report(measure("ก", action("ข", offices=("อบต.ก", "อบต.ข"), dates=(january, may))))
    found = report(measure("ก", action("ข", offices=("อบต.ข", "อบต.ก"), dates=(may, january))))
    fields = fields_of(score_report(gold, found))
    assert fields["action.offices"] is True
    assert fields["action.dates"] is False


def test_figures_agree_to_two_decimals_and_indicators_by_number() -> None:
    indicator = {"number": 10, "name": "การป้องกันการทุจริต", "score": 62.551, "weak": True}
    gold = report(assessment={"score": 82.22, "grade": "B", "indicators": [indicator]})
    other = indicator | {"score": 62.549, "name": "การ ป้องกันการทุจริต", "weak": False}
    found = report(assessment={"score": 82.224, "indicators": [other, other]})
    score = score_report(gold, found)
    assert (score.count("indicators").hit, score.count("indicators").found) == (1, 2)
    assert score.records_f1 == pytest.approx(2 / 3)
    wrong = [item.field for item in score.comparisons if not item.agrees]
    assert wrong == ["assessment.grade", "indicator.weak"]


def test_findings_are_compared_by_check_and_place_and_stay_out_of_the_records() -> None:
    finding = {"check": "grade-band", "at": "assessment"}
    gold = report(findings=[finding])
    score = score_report(gold, report(findings=[finding | {"at": "report"}]))
    assert (score.count("findings").hit, score.count("findings").gold, score.count("findings").found) == (0, 1, 1)
    assert score.records_f1 == 1.0


def test_a_report_without_anything_scores_nothing() -> None:
    gold = report(measure("เผยแพร่แผน", action("ปิดประกาศ")))
    score = score_report(gold, GoldReport(title=None, office=None, fiscal_year=None))
    assert (score.records_f1, score.field_accuracy) == (0.0, 0.0)


def test_the_total_weighs_every_record_the_same() -> None:
    perfect = report(measure("ก", action("ข")))
    missed = report(measure("ก", action("ข"), action("คง"), action("จฉ")))
    scores = [score_report(perfect, perfect), score_report(missed, perfect)]
    # 2 of 2 and 2 of 4 records, 2 and 2 found: 2 * 4 / (6 + 4).
    assert total(scores).records_f1 == pytest.approx(0.8)
