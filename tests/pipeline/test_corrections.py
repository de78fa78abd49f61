"""The corrections file keeps what the documents alone do not tell."""

import json
from pathlib import Path

import pytest

from pipeline.corrections import UnusableCorrections, append_identity, read_identities


def test_what_was_written_down_is_read_back_and_the_later_line_holds(tmp_path: Path) -> None:
    path = tmp_path / "corrections.jsonl"
    append_identity(path, "a" * 64, "111111111111", "ก.txt", "new-bytes")
    append_identity(path, "a" * 64, "222222222222", "ก.txt", "other-rendering")
    assert read_identities(path) == {"a" * 64: "222222222222"}
    assert [json.loads(line)["source"] for line in path.read_text("utf-8").splitlines()] == ["ก.txt", "ก.txt"]


def test_without_a_file_nothing_is_known(tmp_path: Path) -> None:
    assert read_identities(tmp_path / "corrections.jsonl") == {}


def test_lines_of_other_kinds_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "corrections.jsonl"
    path.write_text('{"kind": "field", "record_id": "x"}\n\n', encoding="utf-8")
    append_identity(path, "a" * 64, "111111111111", "a.txt", "new-bytes")
    assert len(read_identities(path)) == 1


@pytest.mark.parametrize("line", ["{", "[]", '{"kind": "report-identity", "sha256": "x"}'])
def test_a_line_that_cannot_be_read_is_an_error_that_names_it(tmp_path: Path, line: str) -> None:
    path = tmp_path / "corrections.jsonl"
    path.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(UnusableCorrections, match="Line 2"):
        read_identities(path)


@pytest.mark.parametrize("name", ["a\u2028b.txt", "a\x85b.txt", "a\nb.txt"])
def test_a_file_name_with_a_line_end_in_it_breaks_no_line(tmp_path: Path, name: str) -> None:
    path = tmp_path / "corrections.jsonl"
    append_identity(path, "a" * 64, "111111111111", name, "new-bytes")
    assert read_identities(path) == {"a" * 64: "111111111111"}


def test_a_last_line_that_an_editor_left_without_its_end_stays_a_line(tmp_path: Path) -> None:
    path = tmp_path / "corrections.jsonl"
    append_identity(path, "a" * 64, "111111111111", "a.txt", "new-bytes")
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    append_identity(path, "b" * 64, "222222222222", "b.txt", "new-bytes")
    assert read_identities(path) == {"a" * 64: "111111111111", "b" * 64: "222222222222"}


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "corrections.jsonl"
    path.write_bytes(b"\xff\xfe{")
    with pytest.raises(UnusableCorrections, match="UTF-8"):
        read_identities(path)


def test_a_file_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnusableCorrections, match="cannot be used"):
        append_identity(tmp_path / "missing" / "corrections.jsonl", "a" * 64, "111111111111", "a.txt", "new-bytes")
