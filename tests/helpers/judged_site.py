"""A site over a database that people judge and correct on, and what is in it."""

import re
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import serving
from browsing import late

from db.schema import open_database
from pipeline.acts import correct_field, judge_finding, mark_checked
from pipeline.files import walk
from pipeline.ingest import ingest
from pipeline.settings import Settings
from pipeline.site.application import make_site
from pipeline.site.server import sign_in_link

REPORT = """รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. 2564

องค์การบริหารส่วนตำบลหนองบัวทอง

ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2563 คะแนน 81.25 ระดับ B

ที่\tตัวชี้วัด\tมาตรการ\tการดำเนินการตามมาตรการ
๑\tการใช้งบประมาณ\t๑. เผยแพร่แผนการใช้จ่ายงบประมาณ\t๑. ปิดประกาศแผน เมื่อวันที่ ๑๒ มกราคม ๒๕๕๙ ๒. ติดป้าย <b>งบ</b> (ยังไม่ได้ดำเนินการ)
๒\tการป้องกันการทุจริต\t๑. ประกาศเจตจำนงสุจริต\t๑. ผู้บริหารลงนามประกาศ และอ่านต่อที่ประชุมพนักงานทุกส่วนราชการ
"""


class Served(NamedTuple):
    """A site over a database that may be written to, and what is in it."""

    database: Path
    folder: Path
    address: str
    sign_in: str
    action: str
    finding: str
    site: Any = None

    @contextmanager
    def signed_in(self) -> Iterator[httpx.Client]:
        with httpx.Client(base_url=self.address, follow_redirects=True, timeout=40) as client:
            assert client.get(self.sign_in).status_code == 200
            yield client

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        connection = sqlite3.connect(self.database)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def load(self) -> None:
        db = open_database(self.database)
        try:
            with ThreadPoolExecutor(1) as pool:
                ingest(db, self.database, walk([self.folder]), Settings(), pool, lambda *_: None)
        finally:
            db.close()


@contextmanager
def judged_site(tmp_path: Path) -> Iterator[Served]:
    """The site while it is served, over one report with an action of a date that is too early."""
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "a.txt").write_text(REPORT, encoding="utf-8")
    database = tmp_path / "any.db"
    made = Served(database, folder, "", "", "", "")
    made.load()
    ((action,),) = made.rows("select id from actions where text like '%ปิดประกาศ%'")
    ((finding,),) = made.rows("""select id from findings where "check" = 'action-not-done'""")
    site = make_site(database)
    with serving.served(late(site.app())) as address:
        yield made._replace(
            address=address,
            sign_in=sign_in_link(site, f"{address}/"),
            action=str(action),
            finding=str(finding),
            site=site,
        )


def send(client: httpx.Client, path: str, page: str, **form: str) -> httpx.Response:
    """Sends a form as the page that holds it does, with its token."""
    token = re.search(r'name="csrftoken" value="([^"]+)"', client.get(page).text)
    assert token
    return client.post(path, data={"csrftoken": token[1], "next": page, **form})


def with_judgements(served: Served) -> None:
    """A correction, a mark and a judgement."""
    db = open_database(served.database)
    correct_field(db, served.database, served.action, "dates.1", "๑๒ มกราคม ๒๕๖๔", "ก", "ข")
    mark_checked(db, served.database, served.action, "ข")
    judge_finding(db, served.database, served.finding, "confirmed", None, "ข")
    db.close()
