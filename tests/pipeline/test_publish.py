"""A published folder is served elsewhere as it is, tells nothing of the analyst, and is updated under its readers."""

import asyncio
import json
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner, Result
from datasette.app import Datasette
from sqlite_utils import Database

from pipeline import publish as module
from pipeline.cli import main
from pipeline.exit_codes import ExitCode
from pipeline.publishing import database as published_database
from pipeline.publishing.program import requirements
from pipeline.site.published import MARK

ReportText = Callable[..., str]
Load = Callable[..., object]


@pytest.fixture
def loaded(folder: Path, database: Path, load: Load, report_text: ReportText) -> Path:
    """A database of one report, in a folder whose name is nobody's business."""
    private = folder / "คดี-ลับ"
    private.mkdir()
    (private / "รายงาน.txt").write_text(report_text(), encoding="utf-8")
    load(folder)
    return database


@pytest.fixture
def published(loaded: Path, tmp_path: Path) -> Path:
    """The folder that it was published to."""
    assert _publish(loaded, tmp_path / "site").exit_code == 0
    return tmp_path / "site"


def _publish(database: Path, folder: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["publish", str(folder), "--db", str(database), *options])


def _add_year(folder: Path, load: Load, report_text: ReportText, year: int) -> None:
    (folder / f"{year}.txt").write_text(report_text(year=year), encoding="utf-8")
    load(folder)


def _years(path: Path) -> list[int]:
    with closing(sqlite3.connect(path)) as connection:
        return [year for (year,) in connection.execute("select fiscal_year from reports order by 1")]


@pytest.fixture
def open_site(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], Datasette]:
    """Opens a folder as `datasette serve` does."""
    monkeypatch.setattr(sys, "path", [*sys.path])
    return lambda folder: Datasette(config_dir=folder)


def _get(site: Datasette, *paths: str, **options: Any) -> list[httpx.Response]:
    async def ask() -> list[httpx.Response]:
        await site.invoke_startup()
        return [await site.client.get(path, follow_redirects=True, **options) for path in paths]

    return asyncio.run(ask())


def test_a_plain_datasette_shows_the_same_site(published: Path, open_site: Callable[[Path], Datasette]) -> None:
    paths = ("/", "/prongsai/actions?_search=ประกาศ", "/prongsai/not_yet_done?office=&year=", "/assets/site.css")
    home, actions, question, look = _get(open_site(published), *paths)
    assert [page.status_code for page in (home, actions, question, look)] == [200] * 4
    assert "โปร่งใส" in home.text
    assert "ปิดประกาศแผน" in re.sub("</?mark>", "", actions.text)
    assert "ยังไม่ได้ดำเนินการ" in question.text
    assert "--ink" in look.text


def test_the_folder_has_what_serving_it_needs(published: Path) -> None:
    files = ("metadata.json", "inspect-data.json", "requirements.txt", "Dockerfile", "prongsai.service", "README.md")
    assert [name for name in files if not (published / name).is_file()] == []
    pinned = (published / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert all("==" in line for line in pinned)
    assert {"datasette", "sqlite-utils", "pydantic"} <= {line.split("==")[0] for line in pinned}
    assert "@" not in (published / "Dockerfile").read_text(encoding="utf-8")
    told = json.loads((published / "inspect-data.json").read_text(encoding="utf-8"))["prongsai"]
    assert told["tables"]["reports"] == {"count": 1}
    with closing(sqlite3.connect(published / "prongsai.db")) as connection:
        assert connection.execute("pragma journal_mode").fetchone() == ("delete",)
        assert connection.execute("select count(*) from sqlite_stat1").fetchone()[0] > 5
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)


def test_it_is_served_by_its_own_program_and_read_only(published: Path, tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-c", _WHERE, str(published)], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout.split()
    assert told == [str(published / "plugins" / "prongsai" / "pipeline" / "__init__.py"), "False"]


_WHERE = """
import asyncio, sys
from pathlib import Path
from datasette.app import Datasette
from sqlite_utils import Database
site = Datasette(config_dir=Path(sys.argv[1]))
asyncio.run(site.invoke_startup())
import pipeline
print(pipeline.__file__, site.get_database("prongsai").is_mutable)
"""


def test_nothing_tells_the_folders_of_the_analyst(published: Path) -> None:
    files = [path for path in published.rglob("*") if path.is_file() and "plugins" not in path.parts]
    assert [path.name for path in files if "คดี-ลับ".encode() in path.read_bytes()] == []
    with closing(sqlite3.connect(published / "prongsai.db")) as connection:
        assert connection.execute("select path_or_url from sources").fetchall() == [("รายงาน.txt",)]


def test_files_of_equal_names_stay_apart_and_web_addresses_stay() -> None:
    paths = ["../a/รายงาน.pdf", "../b/รายงาน.pdf", r"C:\x\รายงาน.pdf", "c/รายงาน (2).pdf", "a/ไม่มีนามสกุล", "b/ไม่มีนามสกุล"]
    expected = ["รายงาน.pdf", "รายงาน (2).pdf", "รายงาน (3).pdf", "รายงาน (2) (2).pdf", "ไม่มีนามสกุล", "ไม่มีนามสกุล (2)"]
    assert list(published_database._names(paths)) == expected
    assert list(published_database._names(["https://a.go.th/x/y.pdf"])) == ["https://a.go.th/x/y.pdf"]


@pytest.mark.parametrize(("options", "who"), [((), None), (("--with-names",), "สมหญิง")])
def test_who_judged_is_told_only_when_asked_for(
    loaded: Path, tmp_path: Path, options: tuple[str, ...], who: str | None
) -> None:
    with closing(sqlite3.connect(loaded)) as connection:
        connection.execute(
            "insert into corrections (line, record_id, reason, who, state) values (1, 'x', 'เหตุผล', 'สมหญิง', 'stale')"
        )
        connection.commit()
    _publish(loaded, tmp_path / "site", *options)
    with closing(sqlite3.connect(tmp_path / "site" / "prongsai.db")) as connection:
        assert connection.execute("select who, reason from corrections").fetchall() == [(who, "เหตุผล")]
    assert (who is None) == ("สมหญิง".encode() not in (tmp_path / "site" / "prongsai.db").read_bytes())


def test_search_engines_are_asked_to_keep_out_unless_they_are_let_in(
    published: Path, loaded: Path, open_site: Callable[[Path], Datasette]
) -> None:
    home, robots = _get(open_site(published), "/", "/robots.txt")
    assert home.headers["x-robots-tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex' in home.text
    assert robots.text == "User-agent: *\nDisallow: /\n"
    _publish(loaded, published, "--index")
    home, robots = _get(open_site(published), "/", "/robots.txt")
    assert "x-robots-tag" not in home.headers
    assert 'name="robots"' not in home.text
    assert "Allow: /\n" in robots.text


def test_originals_go_along_when_asked_for_and_leave_with_their_reports(
    loaded: Path,
    folder: Path,
    tmp_path: Path,
    open_site: Callable[[Path], Datasette],
    load: Load,
    report_text: ReportText,
) -> None:
    site = tmp_path / "site"
    assert _publish(loaded, site, "--with-documents").exit_code == 0
    (original,) = (site / "documents").iterdir()
    assert original.read_text(encoding="utf-8") == report_text()
    shutil.rmtree(folder)
    with closing(sqlite3.connect(loaded)) as connection:
        (report_id,) = connection.execute("select id from reports").fetchone()
    (answer,) = _get(open_site(site), f"/original/{report_id}")
    assert answer.content == original.read_bytes()
    assert "รายงาน.txt".encode() in answer.headers["content-disposition"].encode() or "%E0" in str(answer.headers)
    again = _publish(loaded, site, "--with-documents")
    assert (again.exit_code, original.is_file()) == (0, True)
    _publish(loaded, site)
    assert not (site / "documents").exists()


def test_an_original_that_is_gone_is_named(loaded: Path, folder: Path, tmp_path: Path) -> None:
    shutil.rmtree(folder)
    result = _publish(loaded, tmp_path / "site", "--with-documents")
    assert result.exit_code == 0
    assert "รายงาน.txt" in result.stderr
    assert list((tmp_path / "site" / "documents").iterdir()) == []


@pytest.mark.parametrize("other", ["รูป.jpg", "prongsai.db", ".hidden"])
def test_a_folder_with_other_things_is_left_alone(loaded: Path, tmp_path: Path, other: str) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / other).write_text("x", encoding="utf-8")
    result = _publish(loaded, tmp_path / "mine")
    assert result.exit_code == ExitCode.OUTPUT_UNWRITABLE
    assert "other things" in result.stderr
    assert [path.name for path in (tmp_path / "mine").iterdir()] == [other]
    result = _publish(loaded, tmp_path / "mine" / other)
    assert result.exit_code == ExitCode.OUTPUT_UNWRITABLE


def test_an_empty_folder_may_be_published_to(loaded: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert _publish(loaded, tmp_path / "empty").exit_code == 0
    assert (tmp_path / "empty" / MARK).is_file()


def test_what_is_broken_off_leaves_the_former_content_and_can_be_done_again(
    published: Path, loaded: Path, folder: Path, load: Load, report_text: ReportText, monkeypatch: pytest.MonkeyPatch
) -> None:
    _add_year(folder, load, report_text, 2565)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(module, "put_in_place", stop)
        assert _publish(loaded, published).exit_code != 0
    assert _years(published / "prongsai.db") == [2564]
    assert [path.name for path in published.iterdir() if path.name.startswith(".prongsai")] == []
    assert _publish(loaded, published).exit_code == 0
    assert _years(published / "prongsai.db") == [2564, 2565]


def test_a_first_publishing_that_is_broken_off_can_be_done_again(
    loaded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(module, "copy_for_readers", stop)
        _publish(loaded, tmp_path / "site")
    assert _publish(loaded, tmp_path / "site").exit_code == 0
    assert _years(tmp_path / "site" / "prongsai.db") == [2564]


def test_a_reader_goes_on_with_what_it_began_with(
    published: Path, loaded: Path, folder: Path, load: Load, report_text: ReportText
) -> None:
    path = published / "prongsai.db"
    asked = "select fiscal_year from reports order by 1"
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as reader:
        reader.execute("begin")
        assert reader.execute(asked).fetchall() == [(2564,)]
        _add_year(folder, load, report_text, 2565)
        publishing = threading.Thread(target=_publish_in_thread, args=(loaded, published))
        publishing.start()
        publishing.join(timeout=3)  # much longer than it takes without a reader
        assert publishing.is_alive()
        assert reader.execute(asked).fetchall() == [(2564,)]
        reader.execute("commit")
        publishing.join()
        assert reader.execute(asked).fetchall() == [(2564,), (2565,)]


def _publish_in_thread(database: Path, folder: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        module.publish(Database(connection), database, folder, module.Choices())


def test_while_new_content_is_written_readers_read_the_former(
    published: Path, loaded: Path, folder: Path, load: Load, report_text: ReportText, tmp_path: Path
) -> None:
    path, prepared = published / "prongsai.db", tmp_path / "prepared.db"
    asked = "select fiscal_year from reports order by 1"
    _add_year(folder, load, report_text, 2565)
    with closing(sqlite3.connect(loaded)) as source:
        published_database.copy_for_readers(source, prepared, with_names=False)
    with closing(sqlite3.connect(path)) as served, closing(sqlite3.connect(path)) as reader:
        published_database._ahead_of_readers(served)
        reader.execute("begin")
        assert reader.execute(asked).fetchall() == [(2564,)]
        assert published_database.put_in_place(prepared, path, patience=0.1) is False
        assert reader.execute(asked).fetchall() == [(2564,)]
        reader.execute("commit")
        assert reader.execute(asked).fetchall() == [(2564,), (2565,)]
        served.execute("pragma optimize")
    assert published_database.put_in_place(prepared, path) is True
    assert [each.name for each in published.glob("prongsai.db*")] == ["prongsai.db"]


def test_a_file_that_a_server_has_open_is_written_to_and_not_replaced(published: Path, loaded: Path) -> None:
    before = (published / "prongsai.db").stat().st_ino
    _publish(loaded, published)
    assert (published / "prongsai.db").stat().st_ino == before


@pytest.fixture
def server(published: Path, tmp_path: Path) -> Iterator[httpx.Client]:
    """A client of the folder, served by Datasette's own command."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = (sys.executable, "-m", "datasette", "serve", published, "--port", port)
    process = subprocess.Popen([*map(str, command)], cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        transport = httpx.HTTPTransport(retries=9)
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30, transport=transport) as client:
            yield client
    finally:
        process.terminate()
        process.wait()


def test_readers_of_a_served_folder_see_the_former_content_or_the_new_one_and_no_error(
    server: httpx.Client, published: Path, loaded: Path, folder: Path, load: Load, report_text: ReportText
) -> None:
    answers: list[tuple[int, str]] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            answer = server.get("/prongsai/reports.json?_shape=arrayfirst&_col=fiscal_year&_sort=fiscal_year")
            answers.append((answer.status_code, answer.text))

    server.get("/prongsai/reports")
    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for year in (2565, 2566, 2567):
        _add_year(folder, load, report_text, year)
        assert _publish(loaded, published).exit_code == 0
    done.set()
    for reader in readers:
        reader.join()
    assert {status for status, _ in answers} == {200}
    assert len(answers) > 10
    assert "4" in server.get("/prongsai/reports?_nofacet=1").text
    count = server.get("/prongsai/reports.json?_extra=count").json()
    assert count.get("filtered_table_rows_count", count.get("count")) == 4


def test_datasette_publish_can_take_it_along(published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path])
    elsewhere = tmp_path / "app"
    elsewhere.mkdir()
    for name in ("prongsai.db", "inspect-data.json", "metadata.json"):
        shutil.copy(published / name, elsewhere)
    shutil.copytree(published / "plugins", elsewhere / "plugins")
    options = (published / "extra-options.txt").read_text(encoding="utf-8").split()
    settings = {name: json.loads(value) for name, value in zip(options[1::3], options[2::3], strict=True)}
    told = json.loads((published / "metadata.json").read_text(encoding="utf-8"))
    config = published / "datasette.json"
    if config.exists():
        told |= json.loads(config.read_text(encoding="utf-8"))
        told.pop("settings")
    site = Datasette(
        immutables=[str(elsewhere / "prongsai.db")],
        metadata=told,
        plugins_dir=str(elsewhere / "plugins"),
        settings=settings,
    )
    home, look, robots = _get(site, "/", "/assets/site.css", "/robots.txt")
    assert (home.status_code, look.status_code, robots.status_code) == (200, 200, 200)
    assert "โปร่งใส" in home.text


def test_requirements_are_those_of_the_program_and_no_more() -> None:
    named = {line.split("==")[0] for line in requirements().splitlines()}
    assert {"datasette", "pypdfium2", "xlsxwriter", "pyarrow"} <= named
    assert not {"pytest", "mypy", "prongsai"} & named


def test_a_database_that_is_not_there_is_told(tmp_path: Path) -> None:
    result = _publish(tmp_path / "nothing.db", tmp_path / "site")
    assert result.exit_code == ExitCode.DATABASE_UNUSABLE
    assert not (tmp_path / "site").exists()
    assert list(tmp_path.iterdir()) == []
