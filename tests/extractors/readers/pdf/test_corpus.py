"""Invented reports as real programs write them (`corpus/LEDGER.toml`): how well each is read, or why it is not.

`corpus/read/` has a digest of each file as it is read today; `pytest --refresh-golden` writes it anew.
"""

import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from extractors.extract import extract
from extractors.read import read
from pipeline.gold import SUFFIX, as_gold, load_gold
from pipeline.scoring import Score, score_report
from schemas.document import Document
from schemas.failure import UnreadableFile
from schemas.finding import with_findings
from schemas.reference import Reference

CORPUS = Path(__file__).parent / "corpus"
LEDGER = tomllib.loads((CORPUS / "LEDGER.toml").read_text(encoding="utf-8"))["fixture"]
LARGEST_BYTES, LARGEST_CORPUS_BYTES = 75_000, 700_000
FIRST_LINES = 4

AS_IN_GOLD = (
    "hospital-tharawan-2564.lost-am-turned",
    "hospital-tharawan-2564.weasyprint",
    "saen-samran-2565.chromium",
    "saen-samran-2565.cipher",
    "saen-samran-2565.private-use",
    "technic-mueangman-2566.am-for-aa",
    "technic-mueangman-2566.no-tounicode",
    "technic-mueangman-2566.password-to-change",
    "technic-mueangman-2566.tones-dropped",
)
SHORTFALLS = {
    "saen-samran-2565.ghostscript": "the mai tho of น้ำ, which Ghostscript gives no text, is lost: «นำมัน»",
    "saen-samran-2565.letter-spaced": (
        "the office's line is taken into the title; an office's name that goes on in the next line of a cell is cut "
        "short («โรงเรียนบ้านหนองบัวสำ»)"
    ),
}
"""Files whose fields are not all right, and why; each test fails as soon as they are, to be moved above."""
FAILURES = {"encrypted": "encrypted"}

each_read_file = pytest.mark.parametrize("name", sorted([*AS_IN_GOLD, *SHORTFALLS]))


def pdf(name: str) -> Path:
    return CORPUS / f"{name}.pdf"


def score(name: str, reference: Reference) -> Score:
    gold = load_gold(CORPUS / f"{name.partition('.')[0]}{SUFFIX}")
    return score_report(gold, as_gold(with_findings(extract(read(pdf(name)), reference), ())))


def digest(document: Document) -> str:
    """Of each page: how it was read, how plausible it is, what was put right, its first lines."""
    pages = [
        {
            "read_by": page.read_by,
            "quality": None if page.quality is None else round(page.quality, 1),
            "repairs": {repair.damage: repair.count for repair in page.repairs},
            "first_lines": page.text.splitlines()[:FIRST_LINES],
        }
        for page in document.pages
    ]
    return json.dumps(pages, ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize("name", AS_IN_GOLD)
def test_every_record_and_field_is_read_as_in_gold(name: str, reference: Reference) -> None:
    found = score(name, reference)
    assert (found.records_f1, found.field_accuracy) == (1.0, 1.0), found.misses


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.xfail(strict=True, reason=why)) for name, why in SHORTFALLS.items()]
)
def test_every_field_is_read_as_in_gold_but_for_known_shortfalls(name: str, reference: Reference) -> None:
    assert score(name, reference).field_accuracy == 1.0


@pytest.mark.parametrize("name", SHORTFALLS)
def test_no_record_is_lost_or_invented_where_fields_fall_short(name: str, reference: Reference) -> None:
    found = score(name, reference)
    assert found.records_f1 == 1.0, found.misses


@pytest.mark.parametrize(("name", "code"), FAILURES.items())
def test_a_file_that_cannot_be_read_is_refused_with_its_code(name: str, code: str) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read(pdf(name))
    assert refusal.value.code == code


@each_read_file
def test_pages_are_read_as_they_were(name: str, golden: Callable[[Path, str], None]) -> None:
    golden(CORPUS / "read" / f"{name}.json", digest(read(pdf(name))))


def test_the_ledger_names_every_file_and_every_file_has_an_expectation() -> None:
    files = sorted(path.name for path in CORPUS.glob("*.pdf"))
    assert sorted(entry["file"] for entry in LEDGER) == files
    assert sorted(f"{name}.pdf" for name in (*AS_IN_GOLD, *SHORTFALLS, *FAILURES)) == files


def test_every_entry_of_the_ledger_tells_producer_fonts_and_damage() -> None:
    assert [entry["file"] for entry in LEDGER if not (entry["producer"] and entry["fonts"] and entry["damage"])] == []


def test_gold_and_digests_belong_to_files() -> None:
    names = {path.stem for path in CORPUS.glob("*.pdf")}
    assert {path.stem for path in (CORPUS / "read").iterdir()} <= names
    reports = {name.partition(".")[0] for name in names}
    assert {path.name.removesuffix(SUFFIX) for path in CORPUS.glob(f"*{SUFFIX}")} <= reports


def test_the_files_are_small() -> None:
    sizes = [path.stat().st_size for path in CORPUS.glob("*.pdf")]
    assert max(sizes) < LARGEST_BYTES
    assert sum(sizes) < LARGEST_CORPUS_BYTES
