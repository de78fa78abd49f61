"""What a person corrects is applied at once, at every later load and in a rebuild, as long as it fits."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner, Result
from sqlite_utils import Database

from db.schema import open_database
from pipeline.cli import main
from pipeline.compare import compare_again, compare_reports
from pipeline.corrections import append, now, read_lines
from schemas.correction import FieldCorrection

Ingest = Callable[..., object]
Dump = Callable[[Database], object]
EXAMPLES = Path(__file__).parents[2] / "examples"
LATE = "อบรมพนักงานเรื่องผลประโยชน์ทับซ้อน เมื่อวันที่ ๑๒ มกราคม ๒๕๕๙ ณ ห้องประชุม"


class Loaded(NamedTuple):
    """A report with an action of a date that is too early."""

    database: Path
    report: str
    action: str
    file: Path

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        db: Database = open_database(self.database)
        try:
            return list(db.execute(sql).fetchall())
        finally:
            db.close()

    def dates(self) -> list[tuple[object, ...]]:
        return self.rows(f"""select raw, start, "end" from action_dates where action_id = '{self.action}'""")

    def states(self) -> list[object]:
        return [state for (state,) in self.rows("select state from corrections order by line")]

    def checks(self) -> list[object]:
        return [check for (check,) in self.rows('select "check" from findings')]

    def run(self, *arguments: str) -> Result:
        return CliRunner().invoke(main, [*arguments, "--db", str(self.database)])

    def correct(self, *arguments: str) -> int:
        return self.run("correct", *arguments, "--reason", "ปีพิมพ์ผิด", "--who", "ผู้ตรวจ").exit_code


@pytest.fixture
def loaded(folder: Path, database: Path, load: Ingest, report_text: Callable[..., str]) -> Loaded:
    file = folder / "a.txt"
    file.write_text(report_text(told=LATE), encoding="utf-8")
    load(folder)
    db = open_database(database)
    ((action, report),) = db.execute("select id, report_id from actions where text like '%ทับซ้อน%'").fetchall()
    db.close()
    made = Loaded(database, report, action, file)
    assert made.checks() == ["date-out-of-period"]
    return made


def test_a_corrected_date_is_there_at_once_and_its_finding_is_gone(loaded: Loaded) -> None:
    assert loaded.correct(loaded.action, "dates.1", "๑๒ มกราคม ๒๕๖๔") == 0
    assert loaded.dates() == [("๑๒ มกราคม ๒๕๕๙", "2021-01-12", "2021-01-12")]
    assert loaded.checks() == []
    ((kind, as_read, as_corrected, who, state),) = loaded.rows(
        "select kind, as_read, as_corrected, who, state from corrections"
    )
    assert (kind, as_read, as_corrected) == ("field-correction", "2016-01-12", "2021-01-12")
    assert (who, state) == ("ผู้ตรวจ", "applied")
    assert all("๒๕๕๙" in str(text) for (text,) in loaded.rows("select text from evidence where text like '%ทับซ้อน%'"))


@pytest.mark.parametrize("arguments", [("ingest",), ("check",)])
def test_a_correction_holds_when_reports_are_loaded_or_checked_again(
    loaded: Loaded, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded.correct(loaded.action, "dates.1", "๑๒ มกราคม ๒๕๖๔")
    monkeypatch.setattr("pipeline.ingest.extractor_version", lambda: "another")  # so that every file is read anew
    loaded.run(*arguments, *([str(loaded.file)] if arguments == ("ingest",) else []))
    assert (loaded.dates()[0][1], loaded.checks(), loaded.states()) == ("2021-01-12", [], ["applied"])


def test_a_rebuild_gives_the_same_database(
    loaded: Loaded, folder: Path, load: Ingest, dump: Dump, report_text: Callable[..., str]
) -> None:
    (folder / "b.txt").write_text(report_text("เหนือ"), encoding="utf-8")
    load(folder)
    other = next(str(key) for (key,) in loaded.rows("select id from reports") if key != loaded.report)
    loaded.correct(loaded.action, "dates.1", "๑๒ มกราคม ๒๕๖๔")
    loaded.correct(loaded.action, "dates.1", "๑๓ มกราคม ๒๕๖๔")
    loaded.correct(loaded.action, "text", "อบรมพนักงานเรื่องผลประโยชน์ทับซ้อน เมื่อวันที่ ๑๒ มกราคม ๒๕๖๔")
    loaded.correct(other, "office", "เทศบาลตำบลหนองบัว จังหวัดอุดรธานี")
    loaded.correct(other, "fiscal_year", "๒๕๖๕")
    loaded.correct(other, "fiscal_year", "๒๕๖๔")
    assert loaded.run("correct", loaded.report, "--checked").exit_code == 0
    assert len(loaded.states()) == 7

    def contents() -> object:
        db = open_database(loaded.database)
        try:
            return dump(db), list(db.execute("select * from _as_read order by 1").fetchall())
        finally:
            db.close()

    before = contents()
    loaded.database.unlink()
    load(folder)
    assert contents() == before


def test_a_correction_whose_text_has_changed_is_shown_and_not_applied_nor_lost(
    loaded: Loaded, load: Ingest, report_text: Callable[..., str]
) -> None:
    loaded.correct(loaded.action, "dates.1", "๑๒ มกราคม ๒๕๖๔")
    was = loaded.file.read_text("utf-8")
    loaded.file.write_text(report_text(told=LATE.replace("๒๕๕๙", "๒๕๖๓")), encoding="utf-8")
    load(loaded.file)
    assert loaded.states() == ["stale"]
    assert "1 corrections or marks no longer fit" in loaded.run("check").output
    loaded.file.write_text(was, encoding="utf-8")
    load(loaded.file)
    assert (loaded.dates()[0][1], loaded.states()) == ("2021-01-12", ["applied"])


def test_a_corrected_impossible_date_is_stale_when_another_impossible_date_is_printed(
    loaded: Loaded, load: Ingest, report_text: Callable[..., str]
) -> None:
    loaded.file.write_text(report_text(told=LATE.replace("๑๒ มกราคม ๒๕๕๙", "31 มิถุนายน 2563")), encoding="utf-8")
    load(loaded.file)
    assert loaded.correct(loaded.action, "dates.1", "30 มิถุนายน 2563") == 0
    loaded.file.write_text(report_text(told=LATE.replace("๑๒ มกราคม ๒๕๕๙", "30 กุมภาพันธ์ 2564")), encoding="utf-8")
    load(loaded.file)
    assert loaded.dates() == [("30 กุมภาพันธ์ 2564", None, None)]
    assert loaded.states() == ["stale"]


def test_what_was_corrected_where_nothing_was_read_holds_in_a_rebuild(loaded: Loaded, load: Ingest) -> None:
    ((measure,),) = loaded.rows("select id from measures where budget_baht is null limit 1")
    assert loaded.correct(str(measure), "budget_baht", "๑๕,๐๐๐") == 0
    assert loaded.correct(loaded.report, "title", "") == 0
    line = read_lines(loaded.database.parent / "corrections.jsonl")[0].line
    assert isinstance(line, FieldCorrection)
    assert (line.as_read, bool(line.as_printed)) == (None, True)
    loaded.database.unlink()
    load(loaded.file)
    assert loaded.rows(f"select budget_baht from measures where id = '{measure}'") == [(15000,)]
    assert loaded.states() == ["applied", "applied"]


@pytest.mark.parametrize("year", ["99", "ปี ๙๙", "2539", "2601", "2100", "1990", "10"])
def test_a_year_that_cannot_be_right_is_refused(loaded: Loaded, year: str) -> None:
    result = loaded.run("correct", loaded.report, "fiscal_year", year, "--reason", "ก")
    assert result.exit_code == 2
    assert "2540" in result.output


@pytest.mark.parametrize(("typed", "year"), [("๖๕", 2565), ("2019", 2562), ("ปีงบประมาณ พ.ศ. ๒๖๐๐", 2600)])
def test_years_are_typed_as_people_write_them(loaded: Loaded, typed: str, year: int) -> None:
    assert loaded.correct(loaded.report, "fiscal_year", typed) == 0
    assert loaded.rows("select fiscal_year, fiscal_year_basis from reports") == [(year, None)]


@pytest.mark.parametrize("character", ["\0", "\x1b", "\x7f", "\x9b", "\x08", "\ud800"])
def test_control_characters_in_a_value_are_refused(loaded: Loaded, character: str) -> None:
    assert loaded.correct(loaded.action, "text", f"ก{character}ข") == 2
    assert not (loaded.database.parent / "corrections.jsonl").exists()


def test_line_ends_of_any_kind_are_blanks_and_reasons_and_names_lose_what_cannot_be_seen(loaded: Loaded) -> None:
    arguments = ("--reason", "เพราะ\0\u2028ผิด", "--who", "ผู้\x1bตรวจ\n")
    assert loaded.run("correct", loaded.action, "text", "ก\u2028ข\tค\nง", *arguments).exit_code == 0
    assert loaded.rows("select as_corrected, reason, who from corrections") == [("ก ข ค ง", "เพราะ ผิด", "ผู้ตรวจ")]


def test_where_the_reading_has_come_to_agree_nothing_is_applied(
    loaded: Loaded, load: Ingest, report_text: Callable[..., str]
) -> None:
    assert loaded.correct(loaded.action, "status", "ยังไม่ได้ดำเนินการ") == 0
    assert "action-not-done" in loaded.checks()
    loaded.correct(loaded.report, "title", "ชื่อใหม่")
    line = read_lines(loaded.database.parent / "corrections.jsonl")[-1].line
    assert isinstance(line, FieldCorrection)
    append(
        loaded.database.parent / "corrections.jsonl",
        line.model_copy(update={"as_read": "อย่างอื่น", "as_corrected": line.as_read}),
    )
    load(loaded.file)
    assert loaded.states() == ["applied", "superseded", "agreed"]
    assert loaded.rows("select title from reports") == [(line.as_read,)]


def test_a_correction_is_withdrawn_and_the_database_is_as_it_was(loaded: Loaded, dump: Dump) -> None:
    def reports() -> object:
        db = open_database(loaded.database)
        try:
            return {table: rows for table, rows in dump(db).items() if table != "corrections"}  # type: ignore[attr-defined]
        finally:
            db.close()

    before = reports()
    loaded.correct(loaded.action, "text", "อย่างอื่น")
    loaded.correct(loaded.report, "office", "สำนักงานจังหวัดภูเก็ต")
    assert reports() != before
    assert loaded.correct(loaded.action, "text", "--withdraw") == 0
    assert loaded.correct(loaded.report, "office", "--withdraw") == 0
    assert reports() == before
    assert loaded.states() == ["withdrawn", "withdrawn", "applied", "applied"]


def test_typing_what_was_read_takes_the_correction_back(loaded: Loaded) -> None:
    loaded.correct(loaded.action, "dates.1", "๑๒ มกราคม ๒๕๖๔")
    assert loaded.correct(loaded.action, "dates.1", "๑๒ มกราคม ๒๕๕๙") == 0
    assert (loaded.dates()[0][1], loaded.states()) == ("2016-01-12", ["withdrawn", "applied"])


def test_a_mark_goes_stale_when_the_record_is_read_differently(
    loaded: Loaded, load: Ingest, report_text: Callable[..., str]
) -> None:
    assert loaded.run("correct", loaded.action, "--checked").exit_code == 0
    assert loaded.states() == ["checked"]
    number = loaded.rows(f"select number from actions where id = '{loaded.action}'")
    loaded.file.write_text(report_text(told="อย่างอื่น"), encoding="utf-8")
    load(loaded.file)
    assert loaded.rows(f"select number from actions where id = '{loaded.action}'") == number
    assert loaded.states() == ["stale"]
    assert loaded.run("correct", loaded.action, "--checked", "--withdraw").exit_code == 0
    assert loaded.states() == ["withdrawn", "applied"]


def test_lines_that_come_from_elsewhere_are_applied_to_reports_that_are_not_read_again(
    loaded: Loaded, load: Ingest
) -> None:
    loaded.correct(loaded.action, "dates.1", "๑๒ มกราคม ๒๕๖๔")
    path = loaded.database.parent / "corrections.jsonl"
    made = json.loads(path.read_text("utf-8"))
    path.write_text(
        "\n" + json.dumps({**made, "field": "text", "as_read": LATE, "as_corrected": "จัดอบรม"}) + "\n", encoding="utf-8"
    )
    load(loaded.file)  # another program put another line in the place of ours
    assert loaded.rows(f"select text from actions where id = '{loaded.action}'") == [("จัดอบรม",)]
    assert loaded.dates()[0][1] == "2016-01-12"
    assert loaded.rows("select line, state from corrections") == [(2, "applied")]


def test_another_rendering_is_known_though_its_office_and_year_are_corrected(
    loaded: Loaded, folder: Path, load: Ingest, as_html: Callable[[str], str]
) -> None:
    loaded.correct(loaded.report, "office", "สำนักงานจังหวัดภูเก็ต")
    loaded.correct(loaded.report, "fiscal_year", "2560")
    loaded.correct(loaded.report, "title", "รายงานฉบับที่ 99")
    (folder / "a.html").write_text(as_html(loaded.file.read_text("utf-8")), encoding="utf-8")
    load(folder)
    assert loaded.rows("select report_id from sources") == [(loaded.report,)] * 2
    assert loaded.rows("select fiscal_year from reports") == [(2560,)]


def test_the_command_lists_what_can_be_corrected(loaded: Loaded) -> None:
    listed = loaded.run("correct", loaded.action).stdout.splitlines()
    assert [line.split("\t")[0] for line in listed] == ["number", "text", "status", "dates.1"]
    assert listed[-1] == "dates.1\t2016-01-12\t“๑๒ มกราคม ๒๕๕๙”"
    (line,) = loaded.run("correct", loaded.action, "dates.1", "--json").stdout.splitlines()
    assert json.loads(line)["value"] == "2016-01-12"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["nowhere"], 9),
        (["ACTION", "nonsense", "1"], 2),
        (["ACTION", "dates.1", "เมื่อวาน"], 2),
        (["ACTION", "dates.1", ""], 2),
        (["ACTION", "text", ""], 2),
        (["ACTION", "dates.1", "2016-01-12"], 2),
        (["ACTION", "dates.1", "--withdraw"], 9),
        (["ACTION", "--checked", "--withdraw"], 9),
        (["ACTION", "--withdraw"], 2),
        (["ACTION", "text", "--checked"], 2),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_exit_code_and_writes_nothing(
    loaded: Loaded, arguments: list[str], code: int
) -> None:
    given = [loaded.action if each == "ACTION" else each for each in arguments]
    result = loaded.run("correct", *given)  # without a reason, too
    assert result.exit_code == code
    assert not (loaded.database.parent / "corrections.jsonl").exists()


def test_a_date_that_is_none_is_emptied(loaded: Loaded) -> None:
    assert loaded.correct(loaded.action, "dates.1", "") == 0
    assert loaded.dates() == [("๑๒ มกราคม ๒๕๕๙", None, None)]
    assert loaded.checks() == []


def test_lines_of_several_programs_at_once_stay_whole(tmp_path: Path) -> None:
    path = tmp_path / "corrections.jsonl"

    def write(number: int) -> None:
        append(
            path,
            FieldCorrection(
                record_id=f"r-{number}", field="text", as_read="ก" * 9000, as_corrected="ข", reason="ก", when=now()
            ),
        )

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(60)))
    assert sorted(line.record_id for _, line in read_lines(path) if isinstance(line, FieldCorrection)) == sorted(
        f"r-{number}" for number in range(60)
    )


def test_comparing_again_without_the_texts_finds_what_comparing_all_finds(database: Path, load: Ingest) -> None:
    load(EXAMPLES)
    db = open_database(database)

    def found() -> Iterator[tuple[object, ...]]:
        yield from db.execute('select id, report_id, position, "check", message_th from findings order by 1').fetchall()

    compare_reports(db)
    whole = list(found())
    assert any(check == "action-copied" for *_, check, _ in whole)
    for (report_id,) in db.execute("select id from reports").fetchall():
        compare_again(db, frozenset([report_id]))
    assert list(found()) == whole
    db.close()
