"""The findings of the examples and layouts are those of their gold records: all, and none besides."""

from pathlib import Path

import pytest

from pipeline.gold import load_gold
from pipeline.reading import read_report

TESTS = Path(__file__).parents[2]
DOCUMENTS = sorted(
    path
    for folder in (
        TESTS.parent / "examples",
        TESTS / "extractors" / "report" / "layouts",
        TESTS / "extractors" / "readers" / "pdf" / "corpus",
    )
    for path in folder.iterdir()
    if path.suffix in (".txt", ".html", ".docx", ".pdf") and path.name != "encrypted.pdf"
)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_documents_findings_are_those_that_a_careful_reader_wrote_down(path: Path) -> None:
    gold = load_gold(path.parent / f"{path.name.split('.')[0]}.gold.json")
    found = sorted((finding.check, finding.at) for finding in read_report(path).findings)
    assert found == sorted((finding.check, finding.at) for finding in gold.findings)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_finding_has_evidence_and_an_id_of_its_own_that_stays(path: Path) -> None:
    findings = read_report(path).findings
    assert all(finding.evidence for finding in findings)
    if path.suffix == ".pdf":
        places = [place for finding in findings for place in finding.evidence]
        assert all(place.page is not None and place.x0 is not None for place in places)
    ids = [finding.id for finding in findings]
    assert len(set(ids)) == len(ids)
    assert ids == [finding.id for finding in read_report(path).findings]
