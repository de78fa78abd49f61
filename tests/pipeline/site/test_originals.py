"""The file that a report was read from is given only from where the database says, and only with the bytes read."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from evidence_site import EXAMPLES, load_file
from pdf_files import Text, pdf_file
from sqlite_utils import Database

from db.migrations import MIGRATIONS
from db.schema import open_database
from pipeline.site.originals import (
    Original,
    disposition,
    find_original,
    open_unchanged,
    read_original_sources,
    read_unchanged,
)
from schemas.document import Format
from schemas.source import Source

DATA = b"%PDF-1.7 as it was read"


def _source(path: str, data: bytes = DATA, kind: Format = "pdf") -> Source:
    return Source(path_or_url=path, sha256=hashlib.sha256(data).hexdigest(), format=kind, size_bytes=len(data))


@pytest.fixture
def find(tmp_path: Path) -> Callable[[str], Original]:
    """Find the file of a source, with the database in the folder `db`."""
    (tmp_path / "db").mkdir()

    def found(path: str) -> Original:
        original = find_original([_source(path)], tmp_path / "db" / "prongsai.db")
        assert original is not None
        return original

    return found


def test_a_file_is_found_from_the_databases_folder(tmp_path: Path, find: Callable[[str], Original]) -> None:
    (tmp_path / "รายงาน.pdf").write_bytes(DATA)
    original = find("../รายงาน.pdf")
    assert (original.state, original.path) == ("here", tmp_path / "รายงาน.pdf")
    assert read_unchanged(tmp_path / "รายงาน.pdf", original.source.sha256) == DATA


def test_the_folder_of_documents_beside_the_database_comes_first(
    tmp_path: Path, find: Callable[[str], Original]
) -> None:
    (tmp_path / "a.pdf").write_bytes(DATA)
    published = tmp_path / "db" / "documents" / f"{hashlib.sha256(DATA).hexdigest()}.pdf"
    published.parent.mkdir()
    published.write_bytes(DATA)
    assert find("../a.pdf").path == published
    published.write_bytes(b"something else")
    assert find("../a.pdf").path == tmp_path / "a.pdf"


def test_a_file_that_is_gone_or_has_other_bytes_is_told_so(tmp_path: Path, find: Callable[[str], Original]) -> None:
    path = tmp_path / "a.pdf"
    assert find("../a.pdf").state == "gone"
    path.write_bytes(DATA)
    assert find("../a.pdf").state == "here"
    path.write_bytes(DATA.replace(b"read", b"Read"))
    changed = find("../a.pdf")
    assert (changed.state, changed.path) == ("changed", None)
    assert open_unchanged(path, changed.source.sha256) is None


def test_a_file_that_was_replaced_by_a_link_to_another_is_not_given(
    tmp_path: Path, find: Callable[[str], Original]
) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"root:x:0:0")
    (tmp_path / "a.pdf").symlink_to(secret)
    assert find("../a.pdf").path is None
    assert read_unchanged(tmp_path / "a.pdf", _source("a.pdf").sha256) is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes are of POSIX")
def test_a_pipe_or_a_folder_in_the_files_place_keeps_nobody_waiting(
    tmp_path: Path, find: Callable[[str], Original]
) -> None:
    os.mkfifo(tmp_path / "a.pdf")
    assert find("../a.pdf").state == "gone"
    assert open_unchanged(tmp_path / "a.pdf", _source("a.pdf").sha256) is None
    assert find("..").state == "gone"


@pytest.mark.parametrize(
    ("path", "state"),
    [("https://example.go.th/ita.pdf", "web"), ("a\0b.pdf", "gone"), ("x" * 5000, "gone")],
    ids=["address", "with NUL", "too long"],
)
def test_what_is_no_path_of_a_file_is_not_looked_for(find: Callable[[str], Original], path: str, state: str) -> None:
    assert find(path).state == state


def test_a_report_in_two_printings_is_shown_in_the_one_that_was_read(tmp_path: Path) -> None:
    """Boxes are of one file: the other has the same words elsewhere."""
    database = tmp_path / "prongsai.db"
    db = open_database(database)
    example = EXAMPLES / "wiang-khram-2-2565.pdf"
    report = load_file(db, example, database)
    other = tmp_path / "a.pdf"
    other.write_bytes(pdf_file([[Text(10, 10, "อีกฉบับ")]]))
    source = _source("a.pdf", other.read_bytes())
    db.table("sources").insert({"report_id": report.id, **source.model_dump()})
    sources = read_original_sources(db.conn, report.id)
    assert [each.sha256 for each in sources] == [hashlib.sha256(example.read_bytes()).hexdigest()]
    assert read_original_sources(db.conn, "nothing") == ()


def test_a_database_from_before_knows_the_file_where_there_is_only_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "prongsai.db"
    with monkeypatch.context() as older:
        older.setattr("db.migrations.MIGRATIONS", [each for each in MIGRATIONS if "bytes_read" not in each.__name__])
        db = open_database(path)
        for report, digests in (("one", "a"), ("two", "bc")):
            _old_report(db, report, digests)
    rows = open_database(path).query("select id, source_sha256 from reports order by id")
    assert [(row["id"], row["source_sha256"]) for row in rows] == [("one", "a" * 64), ("two", None)]


def _old_report(db: Database, report: str, digests: str) -> None:
    db.table("reports").insert(
        {
            **dict.fromkeys(("id", "label", "extracted_at", "extractor_version"), report),
            "format": "pdf",
            "pages": 1,
            "read_by": "layer",
            "characters": 1,
            "unrecorded_characters": 0,
        }
    )
    for digest in digests:
        db.table("sources").insert(
            {"path_or_url": f"{digest}.pdf", "report_id": report, "sha256": digest * 64, "format": "pdf"}
        )


@pytest.mark.parametrize(
    ("path", "kind", "name"),
    [
        ("../รายงาน ปี ๒๕๖๒.pdf", "pdf", "%E0%B8%A3%E0%B8%B2%E0%B8%A2%E0%B8%87%E0%B8%B2%E0%B8%99%20"),
        ('a"b\r\nSet-Cookie: x=1;.html', "html", "a%22bSet-Cookie%3A%20x%3D1%3B.html"),
        ("..\\..\\report", "docx", "report.docx"),
        ("folder/", "text", "report.txt"),
    ],
)
def test_the_saved_file_has_the_name_that_it_had(path: str, kind: Format, name: str) -> None:
    header = disposition(Original(source=_source(path, kind=kind), state="gone"))
    assert header.startswith('attachment; filename="report.')
    assert header.partition("filename*=UTF-8''")[2].startswith(name)
    assert header.isascii() and header.isprintable()
