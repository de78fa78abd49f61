"""The examples are what their ledger says: files, planted inconsistencies and gold records agree."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import docx
import lxml.html
import pytest

from extractors.read import read
from extractors.report.paragraphs import paragraphs
from pipeline.gold import SUFFIX, GoldReport, load_gold
from schemas.base import Record
from schemas.document import Line
from schemas.reference import load_reference

EXAMPLES = Path(__file__).parent.parent / "examples"
DOCUMENT_SUFFIXES: dict[str, str] = {".txt": "text", ".html": "html", ".docx": "docx", ".pdf": "pdf"}
NEEDS_SECOND_REPORT = frozenset({"action-copied", "promise-unreported"})
LARGEST_BYTES = 60_000


class Planted(Record):
    """An inconsistency put into an example on purpose."""

    check: str
    at: str
    what: str


class Entry(Record):
    """A line of the ledger; the years are Buddhist era."""

    file: str
    office: str
    year: int
    fiscal_year: int
    format: Literal["text", "html", "docx", "pdf"]
    shows: str
    planted: tuple[Planted, ...]

    @property
    def path(self) -> Path:
        return EXAMPLES / self.file

    @property
    def gold(self) -> GoldReport:
        return load_gold(self.path.with_name(self.path.stem + SUFFIX))


class Ledger(Record):
    """All examples."""

    report: tuple[Entry, ...]


def read_ledger() -> tuple[Entry, ...]:
    text = (EXAMPLES / "LEDGER.toml").read_text(encoding="utf-8")
    return Ledger.model_validate(tomllib.loads(text)).report


LEDGER = read_ledger()
each_example = pytest.mark.parametrize("entry", LEDGER, ids=lambda entry: entry.file)


def places(gold: GoldReport) -> Iterator[str]:
    """Every place in a report that a finding can name."""
    yield "report"
    if gold.assessment is not None:
        yield "assessment"
        yield from (f"indicator/{indicator.number}" for indicator in gold.assessment.indicators)
    for measure in gold.measures:
        place = f"{measure.indicator_number or '-'}/{measure.number or '-'}"
        yield place
        yield from (f"{place}/{action.number or '-'}" for action in measure.actions)


def printed_text(path: Path) -> str:
    """The text that a reader sees, without white space and without the numbers that Word puts in."""
    if path.suffix == ".docx":
        text = "".join(docx.Document(str(path)).element.body.itertext())
    elif path.suffix == ".html":
        text = "".join(map(str, lxml.html.fromstring(path.read_bytes()).itertext()))
    elif path.suffix == ".pdf":
        blocks = paragraphs(read(path).blocks, load_reference())
        lines = (
            block.text if isinstance(block, Line) else "".join(cell.text for cell in block.cells) for block in blocks
        )
        text = "".join(lines)
    else:
        text = re.sub(r"</?p>|[*#]", "", path.read_text(encoding="utf-8"))
    return without_space(text)


def without_space(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_the_ledger_names_every_document_and_every_document_is_in_the_ledger() -> None:
    documents = sorted(path.name for path in EXAMPLES.iterdir() if path.suffix in DOCUMENT_SUFFIXES)
    assert sorted(entry.file for entry in LEDGER) == documents


def test_there_are_three_offices_with_three_or_more_consecutive_years_each_in_several_formats() -> None:
    offices = {entry.office for entry in LEDGER}
    assert len(offices) == 3
    for office in offices:
        entries = sorted((entry for entry in LEDGER if entry.office == office), key=lambda entry: entry.year)
        assert [entry.year - entries[0].year for entry in entries] == list(range(len(entries)))
        assert len(entries) >= 3
        assert len({entry.format for entry in entries}) > 1


def test_every_format_has_a_report_and_most_have_three() -> None:
    assert Counter(entry.format for entry in LEDGER) == {"text": 3, "html": 3, "docx": 3, "pdf": 1}


def test_two_reports_are_clean_and_the_others_hold_more_than_twelve_inconsistencies() -> None:
    planted = [len(entry.planted) for entry in LEDGER]
    assert planted.count(0) == 2
    assert sum(planted) > 12


@each_example
def test_an_example_is_long_enough_to_be_like_a_real_report_and_its_file_is_small(entry: Entry) -> None:
    assert len(entry.gold.measures) >= 8
    assert sum(len(measure.actions) for measure in entry.gold.measures) >= 15
    assert entry.path.stat().st_size < LARGEST_BYTES


@each_example
def test_gold_and_ledger_agree_on_office_years_and_format(entry: Entry) -> None:
    gold = entry.gold
    assert gold.assessment is not None
    assert (gold.office, gold.assessment.year, gold.fiscal_year) == (entry.office, entry.year, entry.fiscal_year)
    assert DOCUMENT_SUFFIXES[entry.path.suffix] == entry.format


@each_example
def test_every_planted_inconsistency_names_exactly_one_record(entry: Entry) -> None:
    known = Counter(places(entry.gold))
    assert {planted.at: known[planted.at] for planted in entry.planted if known[planted.at] != 1} == {}


@each_example
def test_gold_findings_are_the_planted_ones_that_one_report_can_show(entry: Entry) -> None:
    planted = {(item.check, item.at) for item in entry.planted if item.check not in NEEDS_SECOND_REPORT}
    findings = [(finding.check, finding.at) for finding in entry.gold.findings]
    assert sorted(planted) == sorted(findings)


@each_example
def test_every_text_of_the_gold_record_stands_in_the_document(entry: Entry) -> None:
    gold, printed = entry.gold, printed_text(entry.path)
    texts = [text for measure in gold.measures for text in (measure.text, measure.responsible, measure.period) if text]
    texts += [action.text for measure in gold.measures for action in measure.actions]
    assert [text for text in [gold.title or "", *texts] if without_space(text) not in printed] == []


def test_what_is_planted_as_copied_stands_in_two_reports() -> None:
    copied = [(entry, item.at) for entry in LEDGER for item in entry.planted if item.check == "action-copied"]
    texts = Counter(
        text for entry in LEDGER for text in {action.text for m in entry.gold.measures for action in m.actions}
    )
    assert len(copied) == len([text for text, reports in texts.items() if reports > 1])
    for entry, at in copied:
        assert texts[text_at(entry.gold, at)] == 2


def test_what_is_planted_as_an_unreported_promise_is_told_as_planned() -> None:
    promises = [(entry, item.at) for entry in LEDGER for item in entry.planted if item.check == "promise-unreported"]
    assert promises
    for entry, at in promises:
        planned = {action.text for m in entry.gold.measures for action in m.actions if action.status == "planned"}
        assert text_at(entry.gold, at) in planned


def text_at(gold: GoldReport, at: str) -> str:
    """The text of the action at INDICATOR/MEASURE/ACTION."""
    indicator, measure_number, action_number = at.split("/")
    return next(
        action.text
        for measure in gold.measures
        if (str(measure.indicator_number), measure.number) == (indicator, measure_number)
        for action in measure.actions
        if action.number == action_number
    )
