"""What is read for the page of a record's evidence: where it stands, what is beside it, before it and after it."""

from collections.abc import Iterator

import pytest
from evidence_site import PDF, make_database
from sqlite_utils import Database

from db.schema import open_database
from pipeline.site.evidence import Shown, read_page, read_shown
from pipeline.site.evidence_text import MOST_LINES, Spot, TextLine, marked_lines


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    opened = open_database(make_database(tmp_path_factory.mktemp("evidence")))
    yield opened
    opened.close()


def _shown(db: Database, record_id: str, number: int | None = None) -> Shown:
    shown = read_shown(db.conn, record_id, number)
    assert shown is not None
    return shown


def _id(db: Database, sql: str) -> str:
    return str(db.execute(sql).fetchone()[0])


def test_every_record_and_finding_is_shown_with_its_places(db: Database) -> None:
    for table in ("reports", "assessments", "indicators", "measures", "actions", "findings", "notes"):
        for (record_id,) in db.execute(f"select id from {table}").fetchall():
            shown = _shown(db, record_id)
            assert (shown.record.table, shown.record.id) == (table, record_id)
            places = db.execute("select text from evidence where record_id = ? order by position", [record_id])
            assert [place.text for place in shown.places] == [text for (text,) in places]


def test_a_page_shows_the_boxes_of_the_record_and_of_all_others_on_it(db: Database) -> None:
    record = _id(db, "select record_id from evidence where record_table = 'actions' and page is not null")
    shown = _shown(db, record)
    assert shown.page is not None
    at = [shown.report.id, shown.page.number]
    own = db.execute("select x0, top from evidence where record_id = ? and page = ?", [record, at[1]]).fetchall()
    assert [(box.x0, box.top) for box in shown.page.boxes] == own
    others = db.execute(
        "select distinct record_id from evidence where report_id = ? and page = ? and record_table <> 'findings'", at
    )
    assert {other.record.id for other in shown.page.others} == {other for (other,) in others} - {record}
    assert shown.page.number in shown.pages.own


def test_a_record_on_two_pages_is_shown_on_the_one_asked_for(db: Database) -> None:
    record = _id(db, "select record_id from evidence group by record_id having count(distinct page) > 1")
    pages = list(_shown(db, record).pages.own)
    assert [page.number for number in pages if (page := _shown(db, record, number).page)] == pages
    assert read_shown(db.conn, record, 999) is None


def test_the_ways_to_other_pages_are_the_records_own_and_those_beside_the_one_shown(db: Database) -> None:
    report, last = db.execute("select id, pages from reports where format = 'pdf'").fetchone()
    record = _id(db, "select id from measures where report_id = (select id from reports where format = 'pdf')")
    for number in range(1, last + 1):
        pages = _shown(db, record, number).pages
        own = db.execute("select distinct page from evidence where record_id = ? order by page", [record]).fetchall()
        assert pages.own == tuple(page for (page,) in own)
        assert (pages.before, pages.after) == (number - 1 or None, number + 1 if number < last else None)
        assert pages.last == last
    assert _shown(db, report).report.file == PDF


def test_an_unknown_record_is_not_shown(db: Database) -> None:
    assert read_shown(db.conn, "nothing") is None
    assert read_shown(db.conn, "' or 1=1 --") is None
    assert read_page(db.conn, "nothing", 1) is None


def test_stepping_on_leads_through_all_records_in_printed_order_and_back(db: Database) -> None:
    report = _id(db, "select id from reports where format = 'pdf'")
    steps = [_shown(db, report)]
    while steps[-1].next:
        steps.append(_shown(db, steps[-1].next.id))
    expected = [report]
    for table in ("assessments", "indicators", "measures"):
        for (record_id,) in db.execute(f"select id from {table} where report_id = ? order by position", [report]):
            expected.append(record_id)
            of_measure = "select id from actions where measure_id = ? order by position"
            expected += [action for (action,) in db.execute(of_measure, [record_id])]
    assert [step.record.id for step in steps] == expected
    back = [step.previous.id if step.previous else None for step in steps]
    assert back == [None, *(step.record.id for step in steps[:-1])]


def test_findings_follow_findings(db: Database) -> None:
    first = _shown(db, "finding-1")
    assert first.previous is None
    assert first.next is not None and first.next.id == "finding-2"
    assert _shown(db, "finding-2").next is None


def test_a_finding_names_the_record_and_the_record_its_findings(db: Database) -> None:
    (record,) = _shown(db, "finding-1").concerned
    assert record.table == "actions"
    (finding,) = _shown(db, record.id).findings
    assert (finding.id, finding.english) == ("finding-1", "The date is out of the period 1")


def test_a_finding_from_before_records_were_kept_is_matched_by_its_place(db: Database) -> None:
    concerned = _shown(db, "old").concerned
    assert "actions" in {record.table for record in concerned}
    action = next(record for record in concerned if record.table == "actions")
    assert [finding.id for finding in _shown(db, action.id).findings] == ["old"]


def test_an_action_tells_the_measure_that_it_belongs_to(db: Database) -> None:
    action = _id(db, "select id from actions")
    measure = _id(db, f"select measure_id from actions where id = '{action}'")
    assert _shown(db, action).above[0].id == measure


def test_a_text_without_pages_is_marked_at_the_line_of_the_record(db: Database) -> None:
    record, line = db.execute(
        "select record_id, line from evidence where record_table = 'actions' and line is not null"
    ).fetchone()
    shown = _shown(db, record)
    assert shown.page is not None and shown.page.width is None
    assert [each.number for each in shown.page.lines if each.marked] == [line]


def _marked(lines: tuple[TextLine, ...]) -> list[tuple[int, str]]:
    return [(line.number, part.text) for line in lines for part in line.parts if part.marked]


def test_a_text_in_several_lines_is_marked_where_its_neighbours_stand() -> None:
    text = "หัวข้อ\tประชุม\nก่อน\tประชุม\nหลัง\tประชุม"
    spot = Spot(text="ประชุม", top=300)
    assert _marked(marked_lines(text, [spot])) == []
    others = [Spot(text="ก่อน", top=200), Spot(text="หลัง", top=310)]
    assert _marked(marked_lines(text, [spot], others)) == [(3, "ประชุม")]


def test_a_line_that_is_written_otherwise_is_marked_as_a_whole() -> None:
    assert _marked(marked_lines("ก\nข ค\nง", [Spot(text="ขค", line=2)])) == [(2, "ข ค")]
    assert _marked(marked_lines("ก\n\nง", [Spot(text="", line=2)])) == [(2, "")]
    assert marked_lines("ก", [Spot(text="ก", line=7)])[0].marked is False


def test_a_very_long_text_is_shown_around_the_record_only() -> None:
    lines = marked_lines("\n".join(["ก"] * (MOST_LINES + 1)), [Spot(text="ก", line=2000)])
    assert 1 < len(lines) < 20
    assert all(line.near for line in lines)


@pytest.mark.parametrize("text", ["<b>", "ก<script>ข", "aXbXc"])
def test_the_pieces_of_a_line_are_the_line(text: str) -> None:
    (line,) = marked_lines(text, [Spot(text="X", line=1)])
    assert "".join(part.text for part in line.parts) == text


def test_the_pieces_of_a_tall_cell_are_marked_in_the_row_that_holds_the_others() -> None:
    """A table's row is one line of text; below the middle of a tall row, the next row is nearer on the page."""
    text = "1\tแผนแรก - กรม - จังหวัด\n2\tแผนสอง - กรม - จังหวัด"
    spots = [Spot(text="แผนแรก", top=100), Spot(text="- กรม", top=200), Spot(text="- จังหวัด", top=300)]
    others = [Spot(text="แผนสอง", top=320), Spot(text="- กรม", top=420), Spot(text="- จังหวัด", top=520)]
    marked = _marked(marked_lines(text, spots, others))
    assert marked == [(1, "แผนแรก"), (1, "- กรม"), (1, "- จังหวัด")]
