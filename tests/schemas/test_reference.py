"""The reference facts: data files that fit their schema and do not contradict each other."""

from collections import Counter

import pytest
from pydantic import ValidationError

from schemas.reference import ColumnHeading, GradeBand, StatusWords, load_reference
from schemas.wording import Wording, any_of

REFERENCE = load_reference()


def test_ten_indicators_in_three_instruments() -> None:
    assert [fact.number for fact in REFERENCE.indicators] == list(range(1, 11))
    assert Counter(fact.instrument for fact in REFERENCE.indicators) == {"IIT": 5, "EIT": 3, "OIT": 2}


def test_no_name_belongs_to_two_indicators() -> None:
    names = [name for fact in REFERENCE.indicators for name in fact.names]
    assert len(names) == len(set(names))


def test_letter_grades_cover_every_score_once() -> None:
    letters = [band for band in REFERENCE.grade_bands if band.scheme == "letters"]
    for hundredths in range(10001):
        score = hundredths / 100
        assert sum(band.lowest <= score <= band.highest for band in letters) == 1, score


def test_no_phrase_of_a_column_heading_means_two_things() -> None:
    meanings = Counter(phrase for column in REFERENCE.columns for phrase in set(column.phrases))
    assert [phrase for phrase, count in meanings.items() if count > 1] == []


def test_no_label_fills_two_fields() -> None:
    words = Counter(word for label in REFERENCE.labels for word in set(label.words))
    assert [word for word, count in words.items() if count > 1] == []


def test_a_data_file_with_an_unknown_meaning_is_refused() -> None:
    with pytest.raises(ValidationError):
        ColumnHeading.model_validate({"meaning": "colour", "phrases": ["สี"]})
    with pytest.raises(ValidationError):
        StatusWords.model_validate({"status": "done", "cell": [], "phrases": []})
    with pytest.raises(ValidationError):
        Wording.model_validate({**REFERENCE.wording.model_dump(), "colours": {}})


def test_a_longer_phrase_is_met_before_a_shorter_one_within_it() -> None:
    assert any_of(("ผ่าน", "ผ่านดี")) == "(?:ผ่านดี|ผ่าน)"
    assert REFERENCE.grades.index("AA") < REFERENCE.grades.index("A")


def test_the_bands_of_words_need_their_parts() -> None:
    best = next(band for band in REFERENCE.grade_bands if band.grade == "ผ่านดีเยี่ยม")
    assert isinstance(best, GradeBand)
    assert best.parts_at_least == 95
