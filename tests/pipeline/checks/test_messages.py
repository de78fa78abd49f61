"""What findings say is wholly in its language, but for words of the documents and names."""

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from sqlite_utils import Database

from db.schema import open_database
from extractors.read import read_bytes
from extractors.thai.dates import find_dates
from extractors.thai.text import fold
from pipeline.checks.catalogue import CheckFacts, load_catalogue
from pipeline.checks.findings import finding_of
from pipeline.checks.phrases import load_phrases, reason_in_words
from pipeline.checks.years import compare_years
from pipeline.commands.ingest import ingest_command
from pipeline.reading import reference, report_in
from schemas.finding import Finding

EXAMPLES = Path(__file__).parents[3] / "examples"
# Names that Thai texts write in Latin letters.
NAMES = {"ITA", "IIT", "EIT", "OIT", "PDF"}
TEMPLATES = [(facts, message.th, message.en) for facts in load_catalogue().values() for message in facts.messages]
PHRASES = [(each.th, each.en) for each in (*load_phrases().phrase.values(), *load_phrases().reason)]


def thai_in(text: str) -> list[str]:
    return re.findall("[\u0e01-\u0e3a\u0e40-\u0e4e]+", text)


def latin_in(text: str) -> list[str]:
    return [word for word in re.findall("[A-Za-z]{2,}", text) if word not in NAMES]


def without_values(template: str) -> str:
    return " ".join(literal for literal, *_ in Formatter().parse(template))


@pytest.mark.parametrize(("facts", "thai", "english"), TEMPLATES, ids=lambda each: getattr(each, "name", ""))
def test_the_templates_of_a_check_are_each_in_one_language(facts: CheckFacts, thai: str, english: str) -> None:
    assert latin_in(without_values(thai)) == []
    assert thai_in(without_values(english)) == []
    assert thai_in(facts.title_en) == latin_in(facts.title_th) == []


@pytest.mark.parametrize(("thai", "english"), PHRASES)
def test_what_stands_in_the_place_of_a_value_has_words_in_both_languages(thai: str, english: str) -> None:
    assert latin_in(without_values(thai)) == []
    assert thai_in(without_values(english)) == []
    assert thai_in(thai)
    assert latin_in(english)


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    path = tmp_path_factory.mktemp("messages") / "prongsai.db"
    ingest_command.main([str(EXAMPLES), "--db", str(path)], standalone_mode=False)
    db = open_database(path)
    yield db
    db.close()


def test_findings_in_the_examples_mix_languages_only_with_words_of_documents_and_names(examples: Database) -> None:
    printed = [text for (text,) in examples.execute("select text from pages union all select name from offices")]
    printed += [each.name for each in reference().indicators]
    known = fold(" ".join(printed))
    findings = examples.execute('select "check", message_th, message_en from findings').fetchall()
    assert len({check for check, *_ in findings}) >= 10
    for check, thai, english in findings:
        assert [word for word in latin_in(thai) if fold(word) not in known] == [], (check, thai)
        assert [word for word in thai_in(english) if fold(word) not in known] == [], (check, english)


def test_the_place_of_a_copied_action_is_told_in_words(examples: Database) -> None:
    copied = examples.execute(
        "select message_th, message_en from findings where \"check\" = 'action-copied'"
    ).fetchall()
    assert copied
    for thai, english in copied:
        assert re.search(r"ตัวชี้วัดที่ \d+ มาตรการที่ \d+ การดำเนินการที่ ?\S+ \(", thai)
        assert re.search(r", indicator \d+, measure \d+, (?:an )?action [^(,]+ \(", english)


def test_figures_that_two_reports_print_differently_are_named_in_the_reader_s_language() -> None:
    finding = reprinted("81.25", "79.50")
    assert finding.message_th == (
        "ผลประเมินปี 2563 ในรายงานสองฉบับไม่ตรงกัน: คะแนนรวม 81.25 / 81.52, ตัวชี้วัดที่ 2 79.50 / 79.05"
    )
    assert finding.message_en == (
        "Two reports give different figures of the assessment of 2563: total 81.25 / 81.52, indicator 2 79.50 / 79.05"
    )


def reprinted(total: str, second: str) -> Finding:
    one, other = (
        report_in(read_bytes(RESULT.format(half=half, total=total, second=second, repeated="").encode())).report
        for half, total, second in (("รอบ ๖ เดือน", total, second), ("รอบ ๑๒ เดือน", "81.52", "79.05"))
    )
    later = other.model_copy(update={"fiscal_year": 2565})
    told = [each for _, each in compare_years((one, later)) if each.check == "score-reprinted"]
    assert len(told) == 1
    return finding_of(told[0], other.id)


RESULT = """รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส {half} ประจำปีงบประมาณ พ.ศ. 2564

องค์การบริหารส่วนตำบลหนองบัวทอง

ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2563 คะแนน {total} ระดับ B
- ตัวชี้วัดที่ ๒ การใช้งบประมาณ ได้ {second} คะแนน

ที่\tตัวชี้วัด\tมาตรการ\tการดำเนินการตามมาตรการ
๑\tการใช้งบประมาณ\t๑. เผยแพร่แผนการใช้จ่ายงบประมาณ\t๑. ปิดประกาศแผน ณ ที่ทำการ {repeated}
"""


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("เมื่อวันที่ ๓๑ เมษายน ๒๕๖๔", "there is no day 31: the month has 30 days"),
        ("เมื่อวันที่ ๑๐/๑๓/๒๕๖๔", "there is no month 13"),
        ("เมื่อวันที่ ๘ พฤศจิกายน ๓๑๐๕", "there is no year 3105; 543 was probably added twice"),
        ("เมื่อวันที่ ๔ กันยายน พ.ศ. ๒๐๒๕", "2025 is a Common-Era year, printed as one of the Buddhist era"),
        ("เมื่อวันที่ ๔ กันยายน ค.ศ. ๒๕๖๔", "2564 is a Buddhist-era year, printed as one of the Common Era"),
    ],
)
def test_why_a_date_is_impossible_is_told_in_both_languages(text: str, english: str) -> None:
    (found,) = find_dates(text)
    told = reason_in_words(found.mention.reason or "")
    assert (told.thai, told.english) == (found.mention.reason, english)


def test_every_reason_that_the_reader_of_dates_gives_has_its_words() -> None:
    source = "".join(
        (Path(__file__).parents[3] / "extractors" / "thai" / name).read_text("utf-8")
        for name in ("date_pieces.py", "years.py")
    )
    given = set(re.findall('"((?:ไม่มี|ปี \\{)[^"]*)"', source))
    blank = {re.sub(r"\{[^}]*\}", "{}", each) for each in given}
    assert blank == {re.sub(r"\{[^}]*\}", "{}", each.th) for each in load_phrases().reason}
    assert reason_in_words("เหตุอื่น").english == "there is no such day"


def test_a_number_that_stands_twice_is_told_as_such_and_one_out_of_order_as_before() -> None:
    assert numbering("๒. รายงานต่อสภา ๒. เผยแพร่ทางเว็บไซต์") == ("เลขลำดับ 2 ซ้ำ", "List number 2 stands twice.")
    assert numbering("๒. รายงานต่อสภา ๕. เผยแพร่ทางเว็บไซต์") == (
        "เลขลำดับ 5 ไม่ต่อจาก 2",
        "List number 5 does not follow 2.",
    )


def numbering(rest: str) -> tuple[str, str]:
    text = RESULT.format(half="", total="81.25", second="79.50", repeated=rest)
    (finding,) = [each for each in report_in(read_bytes(text.encode())).findings if each.check == "numbering"]
    return finding.message_th, finding.message_en
