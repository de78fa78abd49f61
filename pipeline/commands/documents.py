"""Commands on a single document, without a database: `extract`, `text`, `tables`, `look`; and what `extract` prints."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import click
from pydantic.json_schema import GenerateJsonSchema
from rich.console import Console

from pipeline import console
from pipeline.checks.case import at_measure
from pipeline.commands.bilingual import meaning, place
from pipeline.commands.findings import print_finding
from pipeline.commands.options import FILE, json_option, limits_options, page_option
from pipeline.errors import CommandError, failed
from pipeline.exit_codes import ExitCode
from pipeline.files import examine
from pipeline.limits import run_limited
from pipeline.reading import read_document, read_report
from pipeline.settings import Settings
from pipeline.tsv import table_lines
from schemas.base import Record
from schemas.document import Document, Page, Table
from schemas.failure import Failure
from schemas.finding import CheckedReport, with_findings
from schemas.report import Measure, Report

Value = TypeVar("Value", bound=Record)


@click.command("extract")
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
        for finding in reading.findings:
            print_finding(console.data(), finding)


@click.command("text")
@click.argument("file", type=FILE)
@page_option
@limits_options
def text_command(file: Path, page: int | None, settings: Settings) -> None:
    """แสดงข้อความในไฟล์ หรือในหน้าเดียว ตามที่อ่านได้

    Prints the text of a document, or of one page, as it was read: a line a line, the cells of a table row joined by
    tabs. Formats without pages have page 1 only.

    \b
    Example:
      prongsai text report.pdf --page 3
    """
    pages = _pages(_read(read_document, file, settings), page, file)
    console.echo("\n".join(each.text for each in pages))
    _tell_of_unread(pages)


@click.command("tables")
@click.argument("file", type=FILE)
@page_option
@limits_options
def tables_command(file: Path, page: int | None, settings: Settings) -> None:
    """แสดงตารางในไฟล์ หรือในหน้าเดียว เป็น TSV: หนึ่งบรรทัดต่อหนึ่งแถวที่พิมพ์ คั่นช่องด้วยแท็บ คั่นตารางด้วยบรรทัดว่าง

    Prints the tables of a document, or of one page, as TSV: a line a printed row, an empty line between tables. The
    text of a merged cell stands once, at its first place; the other places are empty.

    \b
    Example:
      prongsai tables report.pdf --page 3 > tables.tsv
    """
    pages = _pages(_read(read_document, file, settings), page, file)
    tables = [table_lines(block) for each in pages for block in each.blocks if isinstance(block, Table)]
    if tables:
        console.echo("\n\n".join("\n".join(lines) for lines in tables))
    else:
        console.messages().print("ไม่พบตาราง · No table was found.")
    _tell_of_unread(pages)


@click.command("look")
@click.argument("file", type=FILE)
@click.option("--page", type=click.IntRange(min=1), required=True, help="Number of the page, from 1.")
@click.option("--output", "-o", type=FILE, required=True, metavar="FILE.png", help="The image to write (PNG).")
@click.option(
    "--resolution",
    type=click.IntRange(36, 400),
    default=100,
    show_default=True,
    help="Dots an inch; fewer where the image would be too large.",
)
@limits_options
def look_command(file: Path, page: int, output: Path, resolution: int, settings: Settings) -> None:
    """วาดหน้า PDF เป็นภาพ พร้อมกรอบของบรรทัด ตาราง และระเบียนที่อ่านได้ เพื่อดูว่าระเบียนมาจากที่ใด

    Draws a page of a PDF file with what was read marked on it: lines, tables, records by kind and number, page
    furniture, and lines whose letters differ from the file's text layer, which were put right.

    \b
    Example:
      prongsai look report.pdf --page 3 -o page3.png
    """
    from pipeline.look.drawing import draw_page  # the libraries for images are needed by this command only

    drawn = _read(partial(draw_page, number=page, resolution=resolution), file, settings)
    if drawn.png is None:
        raise _no_such_page(file, page, drawn.pages)
    _write(output, drawn.png)


@click.command("schema")
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


def _pages(document: Document, number: int | None, file: Path) -> tuple[Page, ...]:
    """The page of that number, or all; raises `CommandError` where the document has no such page."""
    if number is None:
        return document.pages
    if number > len(document.pages):
        raise _no_such_page(file, number, len(document.pages))
    return document.pages[number - 1 : number]


def _tell_of_unread(pages: tuple[Page, ...]) -> None:
    """On standard error: pages of which nothing, or little, is printed, since they are pictures."""
    unread = ", ".join(str(page.number) for page in pages if page.read_by == "needs-ocr")
    if unread:
        console.messages().print(
            f"หน้าที่ยังอ่านไม่ได้ เพราะเป็นภาพหรือข้อความในไฟล์ใช้ไม่ได้: {unread}\n"
            f"Not read, as they are pictures or their text is of no use: page {unread}",
            highlight=False,
            soft_wrap=True,
        )


def _no_such_page(file: Path, number: int, pages: int) -> CommandError:
    return CommandError(
        ExitCode.USAGE,
        str(file),
        f"ไม่มีหน้า {number} เอกสารมี {pages} หน้า โปรดระบุ --page ไม่เกิน {pages}",
        f"There is no page {number}: the document has {pages}, give --page a number up to {pages}.",
    )


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise CommandError(
            ExitCode.OUTPUT_UNWRITABLE,
            str(path),
            f"เขียนไม่ได้ ({error.strerror}) โปรดระบุไฟล์อื่นด้วย -o",
            f"It cannot be written to ({error.strerror}): name another file with -o.",
        ) from error


def _print_report(out: Console, report: Report) -> None:
    out.print(report.title or "(ไม่พบชื่อรายงาน · no title)", style="bold", markup=False)
    year = report.fiscal_year or "?"
    out.print(f"{report.office or '(ไม่พบหน่วยงาน · no office)'} | ปีงบประมาณ {year} · fiscal year {year}", markup=False)
    _print_assessment(out, report)
    for measure in report.measures:
        _print_measure(out, measure)
    share = report.unrecorded_characters / report.characters if report.characters else 0
    out.print(f"ข้อความที่ไม่เข้าระเบียน · text in no record: {share:.1%}", style="dim")
    for note in report.notes:
        out.print(f"{meaning('code', note.code)}: {note.text[:100]}", style="dim", markup=False)


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
    out.print(f"\n{place(at_measure(measure))}: {measure.text}", style="cyan", markup=False)
    for action in measure.actions:
        out.print(f"    {action.number or '•'} {action.text} ({meaning('status', action.status)})", markup=False)


def _shown(number: float | None) -> str:
    return "-" if number is None else f"{number:g}"
