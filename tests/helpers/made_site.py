"""A site over reports made for a test: measures and actions by their texts, results by their scores."""

import asyncio
import datetime
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import httpx

from db.load import load_findings, load_report
from db.schema import open_database
from extractors.report.identity import with_ids
from pipeline.site.application import make_site
from schemas.document import Document, Line, Page
from schemas.finding import Finding
from schemas.report import Action, Assessment, DateMention, Indicator, Measure, OfficeMention, Report
from schemas.source import Source

OFFICE = OfficeMention(raw="อบต.สมมุติ", name="องค์การบริหารส่วนตำบลสมมุติ", office_id="o1", listed=False, score=1)
OTHER = OfficeMention(raw="ทต.ใกล้เคียง", name="เทศบาลตำบลใกล้เคียง", office_id="o2", listed=False, score=1)
NAMES = {2: "การใช้งบประมาณ", 10: "การป้องกันการทุจริต"}

# Measures by their texts, each with its actions: texts, or actions as they are.
Promises = Mapping[str, Sequence[str | Action]]


def made_report(
    report_id: str,
    year: int | None,
    promises: Promises | None = None,
    *,
    office: OfficeMention | None = OFFICE,
    scores: Mapping[int, float] | None = None,
    total: float | None = None,
    title: str = "รายงานผล",
    assessed: int | None = None,
) -> Report:
    """A report with its ids; all measures are of indicator 10, results are of the year before unless `assessed`."""
    told = assessed or (year - 1 if year is not None else None)
    return with_ids(
        Report(
            title=title,
            office_mention=office,
            fiscal_year=year,
            fiscal_year_basis="stated" if year is not None else None,
            assessment=_assessment(told, scores or {}, total) if scores or total is not None else None,
            measures=tuple(_measure(n, text, told) for n, (text, told) in enumerate((promises or {}).items(), 1)),
        ),
        report_id,
    )


def made_database(path: Path, *reports: Report, findings: Mapping[str, Sequence[Finding]] | None = None) -> Path:
    """A database of the reports, with findings by the report's id."""
    db = open_database(path)
    for report in reports:
        sha256 = report.id.encode().hex()[:64].ljust(64, "0")
        load_report(
            db,
            report,
            Document(sha256=sha256, format="text", pages=(Page(number=1, blocks=(Line(text="หน้าแรก"),)),)),
            Source(path_or_url=f"{report.id}.txt", sha256=sha256, format="text"),
            offices=(),
            extractor_version="1.0",
            extracted_at=datetime.datetime(2024, 1, 15, 12, 0, tzinfo=datetime.UTC),
        )
        load_findings(db, report.id, (findings or {}).get(report.id, ()), checked_by="1")
    db.close()
    return path


def made_finding(finding_id: str, *records: str, message: str = "ไม่สอดคล้อง", severity: str = "warning") -> Finding:
    """A finding about records."""
    return Finding.model_validate(
        {
            "id": finding_id,
            "check": "numbering",
            "severity": severity,
            "at": "report",
            "message_th": message,
            "message_en": f"{message} (in English)",
            "records": records,
        }
    )


def dated(number: str, text: str, raw: str, day: datetime.date | None, parent: str | None = None) -> Action:
    """An action that names a day."""
    date = DateMention(raw=raw, start=day, end=day, reason=None if day else "no such day")
    return Action(number=number, parent=parent, text=text, dates=(date,))


def get(database: Path, address: str, language: str = "th") -> httpx.Response:
    """What the site over the database answers."""
    cookies = {"prongsai_language": language}
    answer: httpx.Response = asyncio.run(make_site(database).client.get(address, cookies=cookies))
    return answer


def text_of(html: str) -> str:
    """What a page shows, without its tags, white space as one blank."""
    body = html.partition("<main")[2].partition(">")[2]
    body = re.sub(r"<(style|script)\b.*?</\1>", " ", body, flags=re.DOTALL)
    body = re.sub(r"</(td|th|p|li|h[1-6]|div|dt|dd|tr|summary|option)>", " ", body)
    return " ".join(re.sub(r"<[^>]*>", "", body).split())


def _assessment(year: int | None, scores: Mapping[int, float], total: float | None) -> Assessment:
    indicators = tuple(
        Indicator(number=number, name=NAMES.get(number, f"ตัวชี้วัด {number}"), score=score, weak=score < 85)
        for number, score in scores.items()
    )
    return Assessment(year=year, score=total, indicators=indicators)


def _measure(number: int, text: str, actions: Sequence[str | Action]) -> Measure:
    return Measure(
        indicator_number=10,
        indicator_name=NAMES[10],
        number=str(number),
        text=text,
        actions=tuple(
            Action(number=str(n), text=each) if isinstance(each, str) else each for n, each in enumerate(actions, 1)
        ),
    )
