"""Reports of many layouts, each with a gold record: nothing is lost, nothing invented, fields are right.

The gold records are written by hand from what each report says (`layouts/LEDGER.toml`), never from the output.
"""

import tomllib
from pathlib import Path

import pytest

from extractors.extract import extract
from extractors.read import read
from pipeline.gold import as_gold, load_gold
from pipeline.scoring import score_report
from schemas.finding import with_findings
from schemas.reference import Reference

LAYOUTS = Path(__file__).parent / "layouts"
EXAMPLES = Path(__file__).parents[3] / "examples"
DOCUMENTS = sorted(
    path
    for folder in (LAYOUTS, EXAMPLES)
    for path in folder.iterdir()
    if path.suffix in (".txt", ".html", ".docx", ".pdf")
)
LEAST_RECORDS_F1 = 0.98
LEAST_FIELDS = 0.97


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_layouts_records_and_fields_are_read_as_a_careful_reader_would(path: Path, reference: Reference) -> None:
    gold = load_gold(path.parent / f"{path.name.split('.')[0]}.gold.json")
    report = extract(read(path), reference)
    score = score_report(gold, as_gold(with_findings(report, ())))
    assert score.records_f1 >= LEAST_RECORDS_F1, score.misses
    assert score.field_accuracy >= LEAST_FIELDS, score.misses


def test_every_layout_is_in_the_ledger() -> None:
    ledger = tomllib.loads((LAYOUTS / "LEDGER.toml").read_text(encoding="utf-8"))
    listed = {entry["name"] for entry in ledger["layout"]}
    assert {path.name.removesuffix(".gold.json") for path in LAYOUTS.glob("*.gold.json")} == listed
    assert len(listed) >= 9
