"""A small database of reports with evidence: a PDF file, a text that would run in a careless page, findings."""

import asyncio
import datetime
from pathlib import Path
from typing import Any

import httpx
from sqlite_utils import Database

from db.load import load_findings, load_report
from db.schema import open_database
from extractors.report.identity import report_id, with_ids
from pipeline.files import source_name
from pipeline.reading import read_report
from pipeline.site.application import make_site
from schemas.finding import Finding
from schemas.report import Report
from schemas.source import Source

EXAMPLES = Path(__file__).parents[2] / "examples"
PDF = "wiang-khram-2-2565.pdf"
HOSTILE = """รายงานผลการดำเนินการตามมาตรการ ประจำปีงบประมาณ พ.ศ. ๒๕๖๒

สำนักงานจังหวัดภูเก็ต

ที่\tตัวชี้วัด\tมาตรการ\tการดำเนินการตามมาตรการ
๑\tการใช้งบประมาณ\t๑. เผยแพร่ "แผน" & งบ<i\t๑. ปิดประกาศ <script>alert('งบ')</script> ณ ศาลากลาง javascript:alert(1) "ก' \
เมื่อวันที่ ๑๒ มกราคม ๒๕๖๑
๒\tการป้องกันการทุจริต\t๑. ประกาศเจตจำนง' or 1=1 --\t๑. ผู้ว่าราชการจังหวัดลงนาม
๓\tการใช้อำนาจ\t๑. ทบทวนคำสั่ง\t๑. แก้ไขคำสั่งแล้ว
"""


def load_file(db: Database, file: Path, database: Path) -> Report:
    """Load a file as `ingest` does, without checking it; the report with its ids."""
    reading = read_report(file)
    document = reading.document
    report = with_ids(reading.report, report_id(document.sha256))
    load_report(
        db,
        report,
        document,
        Source(
            path_or_url=source_name(file, database),
            sha256=document.sha256,
            format=document.format,
            size_bytes=file.stat().st_size,
        ),
        offices=reading.offices,
        extractor_version="1",
        extracted_at=datetime.datetime.now(datetime.UTC),
    )
    return report


def make_database(folder: Path) -> Path:
    """A database with the PDF example, two findings about its actions, and the hostile text, all in `folder`."""
    (folder / PDF).write_bytes((EXAMPLES / PDF).read_bytes())
    (folder / "hostile.txt").write_text(HOSTILE, encoding="utf-8")
    path = folder / "evidence.db"
    db = open_database(path)
    pdf = load_file(db, folder / PDF, path)
    hostile = load_file(db, folder / "hostile.txt", path)
    first, second = pdf.measures[0].actions[0], pdf.measures[1].actions[0]
    findings = [
        Finding(
            id=f"finding-{number}",
            check="date-out-of-period",
            severity="warning",
            at="10/1/1",
            message_th=f"วันที่อยู่นอกช่วงเวลา {number}",
            message_en=f"The date is out of the period {number}",
            records=(action.id,),
            evidence=action.evidence,
        )
        for number, action in enumerate((first, second), 1)
    ]
    load_findings(db, pdf.id, findings, checked_by="1")
    action = hostile.measures[0].actions[0]
    load_findings(
        db,
        hostile.id,
        [findings[0].model_copy(update={"id": "old", "records": (), "evidence": action.evidence})],
        checked_by="1",
    )
    db.close()
    return path


def get(database: Path, path: str, **asked: Any) -> httpx.Response:
    """The site's answer to a request."""
    answer: httpx.Response = asyncio.run(make_site(database).client.get(path, **asked))
    return answer
