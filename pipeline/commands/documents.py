"""Commands on a single document, without a database: `extract` and `text`; and the shape of what they print."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import click
from pydantic.json_schema import GenerateJsonSchema
from rich.console import Console

from db.sheet import status_word
from pipeline import console
from pipeline.commands.options import FILE, json_option, limits_options
from pipeline.errors import failed
from pipeline.files import examine
from pipeline.limits import run_limited
from pipeline.reading import read_document, read_report
from pipeline.settings import Settings
from schemas.base import Record
from schemas.failure import Failure
from schemas.finding import CheckedReport, Finding, with_findings
from schemas.report import Measure, Report

Value = TypeVar("Value", bound=Record)


@click.command("extract", short_help="อ่านไฟล์เดียวเป็นระเบียน · The records in one file.")
@click.argument("file", type=FILE)
@json_option
@limits_options
def extract_command(file: Path, as_json: bool, settings: Settings) -> None:
    """อ่านรายงานหนึ่งไฟล์ แล้วแสดงคะแนน มาตรการ และการดำเนินการ โดยไม่ใช้ฐานข้อมูล

    Reads one report and prints its assessment, measures, actions and findings; with --json, everything, with evidence
    (`prongsai schema` tells the shape).

    \b
    Example:
      prongsai extract report.docx --json > report.json
    """
    reading = _read(read_report, file, settings)
    if as_json:
        checked = with_findings(reading.report, reading.findings)
        console.echo(json.dumps(checked.model_dump(mode="json"), ensure_ascii=False, indent=2))
    else:
        _print_report(console.data(), reading.report)
        _print_findings(console.data(), reading.findings)


@click.command("text", short_help="ข้อความตามที่อ่านได้ · The text as read.")
@click.argument("file", type=FILE)
@limits_options
def text_command(file: Path, settings: Settings) -> None:
    """แสดงข้อความในไฟล์ตามที่อ่านได้

    Prints the text of a document as it was read: a line a line, the cells of a table row joined by tabs.

    \b
    Example:
      prongsai text report.docx | less
    """
    console.echo(_read(read_document, file, settings).text)


@click.command("schema", short_help="รูปแบบ JSON ของรายงาน · The JSON Schema of a report.")
def schema_command() -> None:
    """แสดง JSON Schema ของผลลัพธ์จาก prongsai extract --json

    Prints the JSON Schema of what `prongsai extract --json` prints.

    \b
    Example:
      prongsai schema > report.schema.json
    """
    schema = CheckedReport.model_json_schema(mode="serialization")
    schema = {"$schema": GenerateJsonSchema.schema_dialect, **schema}
    console.echo(json.dumps(schema, ensure_ascii=False, indent=2))


def _read(job: Callable[[Path], Value], file: Path, settings: Settings) -> Value:
    """The job's result on a file, within the limits; raises `CommandError`."""
    facts = examine(file, str(file), settings)
    result = facts if isinstance(facts, Failure) else run_limited(job, file, str(file), settings)
    if isinstance(result, Failure):
        raise failed(result)
    return result


def _print_report(out: Console, report: Report) -> None:
    out.print(report.title or "(ไม่พบชื่อรายงาน · no title)", style="bold", markup=False)
    out.print(f"{report.office or '(ไม่พบหน่วยงาน · no office)'} · ปีงบประมาณ {report.fiscal_year or '?'}", markup=False)
    _print_assessment(out, report)
    for measure in report.measures:
        _print_measure(out, measure)
    share = report.unrecorded_characters / report.characters if report.characters else 0
    out.print(f"ข้อความที่ไม่เข้าระเบียน · text in no record: {share:.1%}", style="dim")
    for note in report.notes:
        out.print(f"{note.code}: {note.text[:100]}", style="dim", markup=False)


def _print_assessment(out: Console, report: Report) -> None:
    if report.assessment is None:
        return
    result = report.assessment
    out.print(f"ITA {result.year or '?'}: {_shown(result.score)} ({result.grade or '-'})", markup=False)
    for indicator in result.indicators:
        out.print(
            f"  {indicator.number or '-'} {indicator.name} {_shown(indicator.score)}{' ⚠' if indicator.weak else ''}",
            markup=False,
        )


def _print_measure(out: Console, measure: Measure) -> None:
    out.print(
        f"\n[{measure.indicator_number or '-'}] {measure.number or '•'} {measure.text}", style="cyan", markup=False
    )
    for action in measure.actions:
        out.print(f"    {action.number or '•'} {action.text} ({status_word(action.status)})", markup=False)


def _print_findings(out: Console, findings: Sequence[Finding]) -> None:
    for finding in findings:
        out.print(f"{finding.severity} {finding.check} {finding.at}: {finding.message_th}", style="red", markup=False)


def _shown(number: float | None) -> str:
    return "-" if number is None else f"{number:g}"
