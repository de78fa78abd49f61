"""The pages of the list of judgements, and how the site of those who judge is started."""

from pathlib import Path

import pytest

from db.schema import open_database
from pipeline.errors import CommandError
from pipeline.site.judging import ON_A_PAGE, read_corrections_page
from pipeline.site.server import serve


def test_the_list_of_many_lines_has_every_line_once(tmp_path: Path) -> None:
    db = open_database(tmp_path / "a.db")
    lines = range(1, 2 * ON_A_PAGE + 8)
    db.table("corrections").insert_all(
        {
            "line": n,
            "kind": "record-checked",
            "record_id": "r",
            "made_at": "2026-01-01",
            "state": ("stale", "checked")[n % 2],
        }
        for n in lines
    )
    pages = [read_corrections_page(db.conn, None, page) for page in (1, 2, 3)]
    assert sorted(each.correction.line for page in pages for each in page.lines) == list(lines)
    assert pages[0].pages == 3
    assert read_corrections_page(db.conn, None, 9).page == 3
    db.close()


def test_settings_of_plugins_that_cannot_be_read_are_told_in_a_sentence(tmp_path: Path) -> None:
    for content in ("no json", "[]"):
        (tmp_path / "plugins.json").write_text(content, encoding="utf-8")
        with pytest.raises(CommandError, match="settings of plugins"):
            serve(tmp_path / "a.db", "127.0.0.1", 0, False, tmp_path / "plugins.json")
