"""A site over a small database, served to a client and to a real browser."""

import datetime
import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import serving
from browsing import late
from datasette import __version__
from judged_site import Served, judged_site
from pdf_files import Page, Text, pdf_file, table
from playwright.sync_api import Browser, sync_playwright
from sqlite_utils import Database

from db.load import load_findings, load_report
from db.schema import open_database
from db.tables import tables
from extractors.report.identity import report_id, with_ids
from pipeline.reading import read_report
from pipeline.site.application import make_site
from schemas.finding import Finding
from schemas.source import Source

DATASETTE_1 = not __version__.startswith("0.")
EXAMPLES = Path(__file__).parents[3] / "examples"
CHROMIUM = Path("/usr/bin/chromium")
CHROMIUM_OPTIONS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)

# Words that searches look for, and what would run in a careless page.
HOSTILE = """รายงานผลการดำเนินการตามมาตรการ ประจำปีงบประมาณ พ.ศ. ๒๕๖๒

สำนักงานจังหวัดภูเก็ต

ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. ๒๕๖๑ คะแนน 81.25 ระดับ B

ที่\tตัวชี้วัด\tมาตรการ\tการดำเนินการตามมาตรการ
๑\tการใช้งบประมาณ\t๑. เผยแพร่ "แผน" & งบ<i\t๑. ปิดประกาศ <script>alert('งบ')</script> ณ ศาลากลางจังหวัดภูเก็ต \
เมื่อวันที่ ๑๒ มกราคม ๒๕๖๑ ๒. อบรมเจ้าหน้าที่ "การเงิน" ปี 2561 <img src=x onerror=alert(1)>
๒\tการป้องกันการทุจริต\t๑. ประกาศเจตจำนง' or 1=1 --\t๑. ผู้ว่าราชการจังหวัดลงนาม
๓\tการใช้อำนาจ\t๑. ทบทวนคำสั่ง\t=HYPERLINK("http://example.com", "คำสั่ง") แก้ไขแล้ว
"""


# Two pages: a cell of the table goes on over the page end, and a mark is in the private use area, as in old Thai fonts.
PDF_EDGES = (60, 90, 200, 360, 560)
PDF_HEADINGS = ["ที่", "ตัวชี้วัด", "มาตรการ", "การดำเนินการตามมาตรการ"]
PDF_PAGES: list[Page] = [
    [
        Text(72, 60, "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส"),
        Text(72, 84, "เทศบาลตำบลบึงสมมุติ ประจำปีงบประมาณ พ.ศ. ๒๕๖๕"),
        *table(
            [PDF_HEADINGS, ["๑", "การใช้งบประมาณ", "๑. เผยแพร่แผนงบประมาณ", "๑. ปิดประกาศแผนที\uf70aศาลา"]], PDF_EDGES, 740
        ),
    ],
    table([PDF_HEADINGS, ["", "", "", "กลางหมู่บ้านทุกแห่งแล้ว"]], PDF_EDGES, 60),
]


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of an office's three years, in three formats, and of a hostile report with a finding."""
    folder = tmp_path_factory.mktemp("site")
    hostile = folder / "hostile.txt"
    hostile.write_text(HOSTILE, encoding="utf-8")
    path = folder / "any name.db"
    db = open_database(path)
    for file in sorted(EXAMPLES.glob("don-takhian-kaeo-*.*[!n]")):
        _load(db, file)
    _load(db, hostile, title="<script>alert('ชื่อ')</script> รายงาน")
    damaged = folder / "damaged.pdf"
    damaged.write_bytes(pdf_file(PDF_PAGES))
    _load(db, damaged)
    found = Finding(
        id="f1", check="office-mismatch", severity="warning", at="report", message_th="<i>ชื่อไม่ตรง</i>", message_en="x"
    )
    load_findings(db, next(db.query("select id from reports where format = 'text'"))["id"], [found], checked_by="1")
    db.close()
    return path


def _load(db: Database, file: Path, **changed: str) -> None:
    reading = read_report(file)
    document = reading.document
    report = reading.report.model_copy(update=changed)
    load_report(
        db,
        with_ids(report, report_id(document.sha256)),
        document,
        Source(path_or_url=str(file), sha256=document.sha256, format=document.format),
        offices=reading.offices,
        extractor_version="1",
        extracted_at=datetime.datetime.now(datetime.UTC),
    )


@pytest.fixture(scope="session")
def address(database: Path) -> Iterator[str]:
    """The address of the site, served as `prongsai serve` does it."""
    with serving.served(late(make_site(database).app())) as at:
        yield at


@pytest.fixture(scope="session")
def client(address: str) -> Iterator[httpx.Client]:
    """A client of the site; follows redirects as browsers do."""
    hooks = {"request": [_as_before_one]} if DATASETTE_1 else None
    with httpx.Client(base_url=address, follow_redirects=True, timeout=20, event_hooks=hooks) as each:
        yield each


def _as_before_one(request: httpx.Request) -> None:
    """Ask Datasette 1.0 for the JSON that 0.65 gives unasked."""
    if request.url.path.endswith(".json") and "_shape" not in request.url.params:
        is_table = request.url.path.removesuffix(".json").rsplit("/", 1)[-1] in {table.name for table in tables()}
        asked = {"_shape": "arrays"} | ({"_extra": "facet_results,count"} if is_table else {})
        request.url = request.url.copy_merge_params(asked)


@pytest.fixture(scope="session")
def rows(database: Path) -> Iterator[Database]:
    """The database itself, to compare with."""
    db = open_database(database)
    yield db
    db.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; for one module, since Playwright's event loop runs in this thread as long as it is open."""
    if not CHROMIUM.exists():
        message = f"{CHROMIUM} is missing; install it with: apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(CHROMIUM), args=CHROMIUM_OPTIONS.split())
        yield launched
        launched.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A site that people judge and correct on."""
    with judged_site(tmp_path) as each:
        yield each
