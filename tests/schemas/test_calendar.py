"""The calendar's words are whole, and no spelling stands for two months or days."""

import pytest
from pydantic import ValidationError

from schemas.calendar import Calendar, load_calendar


def test_every_spelling_stands_for_one_month_and_one_day() -> None:
    calendar = load_calendar()
    months = [name for month in calendar.months for name in (month.name, month.abbreviation, *month.variants)]
    days = [name for day in calendar.weekdays for name in (day.name, *day.variants)]
    assert len(set(months)) == len(months)
    assert len(set(days)) == len(days)


def test_weekdays_count_from_monday_as_in_python() -> None:
    calendar = load_calendar()
    assert calendar.weekday_number("จันทร์") == 0
    assert calendar.weekday_number("พฤหัส") == 3
    assert calendar.weekday_number("มะรืน") is None


def test_a_calendar_with_a_month_missing_is_refused() -> None:
    whole = load_calendar().model_dump()
    with pytest.raises(ValidationError, match="months 1 to 12"):
        Calendar.model_validate({**whole, "months": whole["months"][:11]})
