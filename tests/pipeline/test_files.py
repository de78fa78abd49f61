"""Which files are looked at."""

import os
import sys
from pathlib import Path

import pytest

from pipeline.files import FileFacts, examine, source_name, source_path, walk
from pipeline.settings import Settings
from schemas.failure import Failure


def test_a_folder_gives_its_files_in_order_without_hidden_and_accompanying_ones(tmp_path: Path) -> None:
    for name in ("b.txt", "a.docx", "sub/c.html", ".hidden.txt", "README.md", "x.db", "x.gold.json", "~$a.docx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = walk([tmp_path])
    assert [path.relative_to(tmp_path).as_posix() for path in found.files] == ["a.docx", "b.txt", "sub/c.html"]
    assert [path.name for path in found.ignored] == ["README.md", "x.db", "x.gold.json", "~$a.docx"]


def test_a_file_that_is_named_is_looked_at_whatever_its_name(tmp_path: Path) -> None:
    readme = tmp_path / "README.txt"
    readme.touch()
    assert walk([readme, tmp_path]).files == (readme,)


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "a.txt").touch()
    (inner / "back").symlink_to(tmp_path, target_is_directory=True)
    assert [path.name for path in walk([tmp_path]).files] == ["a.txt"]


def test_a_link_to_nothing_is_a_missing_file(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (path,) = walk([tmp_path]).files
    failure = examine(path, "gone.txt", Settings())
    assert isinstance(failure, Failure)
    assert failure.code == "missing"


def test_a_named_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    failure = examine(pipe, "pipe", Settings())
    assert isinstance(failure, Failure)
    assert failure.code == "unsupported-format"


def test_the_size_limit_is_the_last_size_that_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    settings = Settings(max_file_mb=0.001)
    path.write_bytes(b"x" * 1000)
    assert isinstance(examine(path, "a.txt", settings), FileFacts)
    path.write_bytes(b"x" * 1001)
    failure = examine(path, "a.txt", settings)
    assert isinstance(failure, Failure)
    assert failure.code == "too-large"
    assert "--max-file-mb" in failure.message_en


def test_names_in_the_database_are_seen_from_its_folder(tmp_path: Path) -> None:
    database = tmp_path / "data" / "ita.db"
    path = tmp_path / "documents" / "รายงาน.txt"
    assert source_name(path, database) == "../documents/รายงาน.txt"
    assert source_path("../documents/รายงาน.txt", database) == path


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="names are always Unicode there")
def test_a_name_that_is_no_unicode_is_written_down_and_found_again(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode("รายงาน ".encode() + "ปี 2563.txt".encode("cp874"))
    path.touch()
    database = tmp_path / "prongsai.db"
    name = source_name(path, database)
    assert name.encode()
    assert source_path(name, database) == path
