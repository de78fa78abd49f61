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
