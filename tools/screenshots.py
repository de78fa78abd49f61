"""Takes the pictures of the documentation and of the help page anew, from the example reports, with Debian's Chromium.

    python tools/screenshots.py

loads `examples/` into a database of its own, serves it, and writes `docs/screenshots/*.png` (the first screen, 1280
pixels wide) and `pipeline/site/static/help/*.png` (the same, smaller). Needs the development libraries and Chromium.
"""

import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from click.testing import CliRunner
from PIL import Image
from playwright.sync_api import Page, sync_playwright
from serving import served
from sqlite_utils import Database

from db.schema import open_database
from pipeline.cli import main
from pipeline.site.application import make_site
from pipeline.site.words import DATABASE

ROOT = Path(__file__).parents[1]
LARGE = ROOT / "docs" / "screenshots"
SMALL = ROOT / "pipeline" / "site" / "static" / "help"
CHROMIUM = "/usr/bin/chromium"
WIDTH, HEIGHT, SMALL_WIDTH = 1280, 900, 800
# Colours of a picture: pages have few, and a palette makes the files a third as large.
COLOURS = 128


class Shot(NamedTuple):
    """A picture's name, and the address of what it shows."""

    name: str
    address: str


def take() -> None:
    """Take all pictures."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "examples.db"
        loaded = CliRunner().invoke(main, ["ingest", str(ROOT / "examples"), "--db", str(database)])
        if loaded.exit_code:
            raise SystemExit(loaded.output)
        db = open_database(database)
        shots = tuple(_shots(db))
        db.close()
        with served(make_site(database).app()) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_page(base_url=address, viewport={"width": WIDTH, "height": HEIGHT}, locale="th-TH")
            for shot in shots:
                _take_one(page, shot)
            browser.close()


def _shots(db: Database) -> Iterator[Shot]:
    """The six pages, over the office with the most reports and a finding that stands on a page of a PDF file."""
    office = _one(db, "select office_id from reports group by 1 order by count(*) desc, 1 limit 1")
    years = "select id from reports where office_id = ? order by fiscal_year desc limit 1 offset ?"
    later, earlier = _one(db, years, office, 0), _one(db, years, office, 1)
    finding = _one(
        db,
        "select record_id from evidence join findings on findings.id = record_id where page is not null "
        "order by instr('error warning info', severity), record_id limit 1",
    )
    yield Shot("home", "/")
    yield Shot("search", f"/search?q={quote('แผน งบ')}")
    yield Shot("office", f"/{DATABASE}/offices/{office}")
    yield Shot("report", f"/{DATABASE}/reports/{later}")
    yield Shot("compare", f"/compare?left={earlier}&right={later}")
    yield Shot("evidence", f"/evidence/{finding}")


def _one(db: Database, query: str, *parameters: object) -> str:
    return str(db.execute(query, parameters).fetchone()[0])


def _take_one(page: Page, shot: Shot) -> None:
    answer = page.goto(shot.address)
    if answer is None or answer.status != 200:
        raise SystemExit(f"{shot.address}: {answer and answer.status}")
    page.wait_for_load_state("networkidle")
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    small = picture.resize((SMALL_WIDTH, picture.height * SMALL_WIDTH // picture.width), Image.Resampling.LANCZOS)
    for folder, image in ((LARGE, picture), (SMALL, small)):
        folder.mkdir(parents=True, exist_ok=True)
        image.quantize(COLOURS).save(folder / f"{shot.name}.png", optimize=True)
    print(f"{shot.name}: {shot.address}")


if __name__ == "__main__":
    take()
