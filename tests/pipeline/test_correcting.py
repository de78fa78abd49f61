"""Corrections put on a report as it was read, and taken off again."""

import datetime
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.correctable import (
    FIELDS,
    CorrectableRecord,
    field_of,
    fields_of,
    normal_value,
    printed_digest,
    table_of,
)
from pipeline.correcting import (
    apply_corrections,
    digest_of,
    judgement_states,
    records_of,
    report_as_read,
    without_report,
)
from pipeline.reading import read_report, reference
from schemas.correction import FieldCorrection, FindingJudgement, Line, NumberedLine, RecordChecked, Withdrawal
from schemas.report import Action, DateMention, Evidence, FiscalYearBasis, Measure, Report

EXAMPLES = Path(__file__).parents[2] / "examples"
FACTS = reference()
WHEN = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
DAY = DateMention(raw="๓๑ ก.พ. ๖๒", reason="ไม่มีวันที่ 31")
ACTION = Action(id="r-a", number="1", text="จัดอบรม ๓๑ ก.พ. ๖๒", dates=(DAY,))
ITEM = Action(id="r-i", number="1.1", parent="1", text="เชิญวิทยากร")
MEASURE = Measure(id="r-m", indicator_number=1, indicator_name=None, number="1", text="อบรม", actions=(ACTION, ITEM))
REPORT = Report(id="r", title="รายงาน", fiscal_year=None, fiscal_year_basis=None, measures=(MEASURE,))


def lines(*given: Line) -> list[NumberedLine]:
    return [NumberedLine(number, line) for number, line in enumerate(given, 1)]


def correction(
    record_id: str, field: str, as_read: str | None, as_corrected: str | None, as_printed: str | None = None
) -> FieldCorrection:
    return FieldCorrection(
        record_id=record_id,
        field=field,
        as_read=as_read,
        as_printed=as_printed,
        as_corrected=as_corrected,
        reason="พิมพ์ผิด",
        when=WHEN,
    )


def withdrawal(field: str) -> Withdrawal:
    return Withdrawal(kind="correction-withdrawn", record_id="r-a", field=field, when=WHEN)


def states(report: Report, *given: Line) -> list[str]:
    return [each.state for each in apply_corrections(report, lines(*given), FACTS).corrections]


def test_a_date_is_corrected_and_what_is_printed_stays() -> None:
    corrected = apply_corrections(REPORT, lines(correction("r-a", "dates.1", None, "2019-02-28")), FACTS)
    date = corrected.report.measures[0].actions[0].dates[0]
    assert (date.raw, date.reason, date.start, date.end) == (DAY.raw, None, *[datetime.date(2019, 2, 28)] * 2)
    assert [each.state for each in corrected.corrections] == ["applied"]
    assert report_as_read(corrected.report, corrected.as_read) == REPORT


def test_of_several_corrections_of_a_field_the_last_holds() -> None:
    first, second = (correction("r-a", "status", "reported", to) for to in ("not_done", "planned"))
    corrected = apply_corrections(REPORT, lines(first, second), FACTS)
    assert corrected.report.measures[0].actions[0].status == "planned"
    assert [each.state for each in corrected.corrections] == ["superseded", "applied"]


def test_a_withdrawn_correction_is_not_applied_and_may_be_made_again() -> None:
    made = correction("r-a", "status", "reported", "planned")
    assert states(REPORT, made, withdrawal("status")) == ["withdrawn", "applied"]
    assert apply_corrections(REPORT, lines(made, withdrawal("status")), FACTS).report == REPORT
    assert states(REPORT, made, withdrawal("status"), made) == ["withdrawn", "superseded", "applied"]


@pytest.mark.parametrize(
    ("line", "state"),
    [
        (correction("r-a", "text", "อย่างอื่น", "จัดประชุม"), "stale"),
        (correction("r-a", "text", "อย่างอื่น", ACTION.text), "agreed"),
        (correction("r-gone", "text", "ก", "ข"), "stale"),
        (correction("r-a", "dates.2", None, "2019-02-28"), "stale"),
        (correction("r-a", "nonsense", None, "1"), "stale"),
        (correction("r-a", "status", "reported", "finished"), "stale"),
        (correction("r-a", "text", ACTION.text, None), "stale"),
    ],
)
def test_what_does_not_fit_is_never_applied(line: FieldCorrection, state: str) -> None:
    corrected = apply_corrections(REPORT, lines(line), FACTS)
    assert (corrected.report, corrected.as_read) == (REPORT, ())
    assert [each.state for each in corrected.corrections] == [state]


def test_items_follow_the_corrected_number_of_their_action() -> None:
    corrected = apply_corrections(REPORT, lines(correction("r-a", "number", "1", "2")), FACTS)
    assert [(action.number, action.parent) for action in corrected.report.measures[0].actions] == [
        ("2", None),
        ("1.1", "2"),
    ]
    assert report_as_read(corrected.report, corrected.as_read) == REPORT


@pytest.mark.parametrize("basis", ["stated", "inferred"])
def test_a_corrected_year_is_neither_stated_nor_inferred(basis: FiscalYearBasis) -> None:
    read = REPORT.model_copy(update={"fiscal_year": 2562, "fiscal_year_basis": basis})
    corrected = apply_corrections(read, lines(correction("r", "fiscal_year", "2562", "2563")), FACTS)
    assert (corrected.report.fiscal_year, corrected.report.fiscal_year_basis) == (2563, None)
    assert report_as_read(corrected.report, corrected.as_read) == read


def printed(record: CorrectableRecord, name: str) -> str | None:
    field = field_of(record, name)
    assert field
    return printed_digest(record, field, FACTS)


def test_a_correction_of_an_impossible_date_goes_stale_when_another_is_printed() -> None:
    line = correction("r-a", "dates.1", None, "2019-02-28", as_printed=printed(ACTION, "dates.1"))
    assert states(REPORT, line) == ["applied"]
    for raw, state in (("31 ก.พ. 62", "applied"), ("๓๑ ก.พ. ๖๔", "stale"), ("๓๐ ก.พ. ๖๒", "stale")):
        action = ACTION.model_copy(update={"dates": (DAY.model_copy(update={"raw": raw}),)})
        measure = MEASURE.model_copy(update={"actions": (action, ITEM)})
        assert states(REPORT.model_copy(update={"measures": (measure,)}), line) == [state]


@pytest.mark.parametrize(("record_id", "field", "value"), [("r", "fiscal_year", "2563"), ("r-m", "budget_baht", "500")])
def test_a_correction_of_what_was_not_read_goes_stale_when_something_else_is_printed(
    record_id: str, field: str, value: str
) -> None:
    def report(text: str) -> Report:
        evidence = (Evidence(line=1, text=text),)
        measure = MEASURE.model_copy(update={"evidence": evidence})
        return REPORT.model_copy(update={"measures": (measure,), "evidence": evidence})

    record = next(each for each in records_of(report("งบ ๕xx")) if each.id == record_id)
    line = correction(record_id, field, None, value, as_printed=printed(record, field))
    assert states(report("งบ 5xx"), line) == ["applied"]
    assert states(report("งบ ๙xx"), line) == ["stale"]


def test_a_line_of_before_without_what_is_printed_still_holds() -> None:
    made = FieldCorrection.model_validate_json(
        '{"kind":"field-correction","record_id":"r-a","field":"dates.1","as_read":null,"as_corrected":"2019-02-28",'
        '"reason":"ก","who":null,"when":"2026-01-01T00:00:00Z"}'
    )
    assert states(REPORT, made) == ["applied"]
    assert "as_printed" not in made.model_dump_json()


def test_control_characters_in_a_line_written_by_hand_reach_no_table() -> None:
    line = correction("r-a", "text", ACTION.text, "ก\0ข").model_copy(
        update={"reason": "เพราะ\0\u2028ผิด", "who": "ก\x9b"}
    )
    (shown,) = apply_corrections(REPORT, lines(line), FACTS).corrections
    assert (shown.state, shown.as_corrected, shown.reason, shown.who) == ("stale", "กข", "เพราะผิด", "ก")


def test_a_mark_holds_until_the_record_is_read_differently() -> None:
    mark = RecordChecked(record_id="r-a", digest=digest_of(ACTION, FACTS), when=WHEN)
    assert states(REPORT, mark) == ["checked"]
    assert states(REPORT, mark, correction("r-a", "status", "reported", "planned")) == ["checked", "applied"]
    changed = MEASURE.model_copy(update={"actions": (ACTION.model_copy(update={"text": "จัดประชุม"}), ITEM)})
    assert states(REPORT.model_copy(update={"measures": (changed,)}), mark) == ["stale"]


def test_without_the_report_all_lines_are_kept_and_none_holds() -> None:
    made = correction("r-a", "status", "reported", "planned")
    assert [each.state for each in without_report(lines(made, made, withdrawal("status")))] == [
        "superseded",
        "withdrawn",
        "stale",
    ]


def test_a_judgement_holds_until_the_next_or_a_withdrawal() -> None:
    confirmed, dismissed = (
        FindingJudgement(finding_id="r-f", judgement=judgement, when=WHEN) for judgement in ("confirmed", "dismissed")
    )
    back = Withdrawal(kind="judgement-withdrawn", record_id="r-f", when=WHEN)

    def judged(*given: Line) -> list[str]:
        return [each.state for each in judgement_states(lines(*given), frozenset(["r-f"]))]

    assert judged(confirmed, dismissed) == ["superseded", "dismissed"]
    assert judged(confirmed, back) == ["withdrawn", "applied"]
    assert [each.state for each in judgement_states(lines(confirmed), frozenset())] == ["stale"]


@cache
def example() -> Report:
    return read_report(next(EXAMPLES.glob("don-takhian-kaeo-2564.*[!n]"))).report


TYPED = {
    "text": st.text("กขคงabc๑๒ ", min_size=1).filter(str.strip),
    "list-number": st.integers(1, 99).map(str),
    "office": st.sampled_from(["สำนักงานจังหวัดภูเก็ต", "เทศบาลตำบลหนองบัว จังหวัดอุดรธานี"]),
    "year": st.integers(2550, 2590).map(str),
    "dates": st.dates(datetime.date(2000, 1, 1), datetime.date(2099, 1, 1)).map(str),
    "points": st.integers(0, 100).map(str),
    "baht": st.integers(0, 10**9).map(str),
    "count": st.integers(0, 10).map(str),
    "indicator": st.integers(1, 10).map(str),
    "grade": st.sampled_from(["A", "B"]),
    "status": st.sampled_from(["planned", "not_done"]),
    "yes-no": st.sampled_from(["true", "false"]),
}


@st.composite
def corrections_of_the_example(draw: st.DrawFn) -> list[NumberedLine]:
    made: list[Line] = []
    for record in draw(st.lists(st.sampled_from(list(records_of(example()))), max_size=8)):
        field = draw(st.sampled_from(fields_of(record)))
        typed = " ".join(draw(TYPED[field.field.kind]).split())
        made.append(correction(record.id, field.name, normal_value(record, field, FACTS), typed))
    return lines(*made)


@settings(max_examples=40, deadline=None)
@given(corrections_of_the_example())
def test_any_corrections_are_applied_and_taken_off_without_a_trace(made: list[NumberedLine]) -> None:
    corrected = apply_corrections(example(), made, FACTS)
    assert report_as_read(corrected.report, corrected.as_read) == example()
    records = {record.id: record for record in records_of(corrected.report)}
    assert list(records) == [record.id for record in records_of(example())]
    for each in corrected.corrections:
        if each.state == "applied":
            record = records[each.record_id]
            field = next(field for field in fields_of(record) if field.name == each.field)
            assert normal_value(record, field, FACTS) == each.as_corrected


def test_every_field_in_the_list_is_one_of_its_records() -> None:
    tables = {table_of(record): record for record in records_of(example())}
    for field in FIELDS:
        record = tables[field.table]
        assert all(attribute in type(record).model_fields for attribute in field.attributes)
