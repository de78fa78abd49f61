"""A small report of an invented office, and a folder to load from."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlite_utils import Database

from db.schema import open_database
from pipeline.files import walk
from pipeline.ingest import Outcome, ingest
from pipeline.settings import Settings

REPORT = """รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. {year}

องค์การบริหารส่วนตำบลหนองบัวทอง{office}

ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. {assessed} คะแนน 81.25 ระดับ B

ที่\tตัวชี้วัด\tมาตรการ\tการดำเนินการตามมาตรการ
๑\tการใช้งบประมาณ\t๑. เผยแพร่แผนการใช้จ่ายงบประมาณ\t๑. ปิดประกาศแผน ณ ที่ทำการ เมื่อวันที่ ๑๒ มกราคม {year} ๒. {told}
๒\tการป้องกันการทุจริต\t๑. ประกาศเจตจำนงสุจริต\t๑. ผู้บริหารลงนามประกาศ และอ่านต่อที่ประชุมพนักงานทุกส่วนราชการ
"""
TOLD = "รายงานผลการใช้จ่ายต่อสภาท้องถิ่นทุกไตรมาส และเผยแพร่ทางเว็บไซต์"

Ingest = Callable[..., Outcome]
Rows = dict[str, list[tuple[object, ...]]]


def _report_text(office: str = "", year: int = 2564, told: str = TOLD) -> str:
    """A report in plain text; `year` is the fiscal year, Buddhist era."""
    return REPORT.format(office=office, year=year, assessed=year - 1, told=told)


def _as_html(text: str) -> str:
    """The same report as a web page."""
    front, _, rows = text.partition("ที่\t")
    cells = ("".join(f"<td>{cell}</td>" for cell in row.split("\t")) for row in ("ที่\t" + rows).splitlines())
    lines = "".join(f"<p>{line}</p>" for line in front.splitlines() if line)
    return f"<html><body>{lines}<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table></body></html>"


def _dump(db: Database) -> Rows:
    """All that the database holds, apart from runs and the time of reading."""
    tables = [name for name in db.table_names() if "_fts" not in name and not name.startswith("_") and name != "runs"]
    rows = {}
    for name in tables:
        columns = ", ".join(f'"{c.name}"' for c in db.table(name).columns if c.name != "extracted_at")
        rows[name] = sorted(db.execute(f"select {columns} from {name}").fetchall(), key=repr)
    return rows


@pytest.fixture(scope="session")
def report_text() -> Callable[..., str]:
    """Makes the text of a report."""
    return _report_text


@pytest.fixture
def as_html() -> Callable[[str], str]:
    """Makes a web page of the text of a report."""
    return _as_html


@pytest.fixture
def dump() -> Callable[[Database], Rows]:
    """Tells all that a database holds."""
    return _dump


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    documents = tmp_path / "documents"
    documents.mkdir()
    return documents


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "prongsai.db"


@pytest.fixture
def load(database: Path) -> Ingest:
    """Loads paths into the database, as the command does."""

    def load_paths(*paths: Path, into: Path = database, settings: Settings | None = None) -> Outcome:
        db = open_database(into)
        try:
            with ThreadPoolExecutor(2) as executor:
                return ingest(db, into, walk(paths), settings or Settings(), executor, lambda *_: None)
        finally:
            db.close()

    return load_paths
