"""The command `check`: what does not add up in the reports of the database."""

from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn
from sqlite_utils import Database

from db.read import FoundIn, read_all_findings
from db.schema import open_database
from pipeline import console
from pipeline.check import check_all
from pipeline.commands.bilingual import meaning
from pipeline.commands.findings import print_finding
from pipeline.commands.options import database_option, json_option
from pipeline.corrections import corrections_path, read_lines
from pipeline.exit_codes import ExitCode
from pipeline.judgements import correct_reports, note_states
from pipeline.reading import reference
from schemas.correction import Correction
from schemas.finding import SEVERITIES, Severity


@click.command("check")
@click.option(
    "--fail-on",
    type=click.Choice(SEVERITIES),
    default=None,
    help="Exit with code 7 where a finding of this severity or a graver one stands that nobody has dismissed.",
)
@json_option
@database_option
def check_command(fail_on: Severity | None, as_json: bool, database: Path) -> None:
    """ตรวจรายงานทุกฉบับในฐานข้อมูล แล้วแสดงสิ่งที่ไม่สอดคล้องกัน (นำเข้ารายงานใหม่ก็ตรวจให้แล้ว คำสั่งนี้ตรวจใหม่ทั้งหมด)

    Runs all checks on every report of the database and prints what they find, each with its id for `prongsai judge`;
    the findings are also in the table `findings` and on the site. `ingest` has checked new reports already; this
    checks all of them anew.

    \b
    Example:
      prongsai check --fail-on error --db ita.db
    """
    db = open_database(database, create=False)
    try:
        corrections = _check(db, database)
        found = read_all_findings(db)
    finally:
        db.close()
    for each in found:
        if as_json:
            console.echo(each.model_dump_json())
        else:
            print_finding(console.data(), each, each.report, each.judgement)
    _print_counts(console.messages(), found)
    _print_stale(console.messages(), corrections)
    if fail_on is not None and any(_counts(each, fail_on) for each in found):
        raise click.exceptions.Exit(ExitCode.FINDINGS)


def _check(db: Database, database: Path) -> tuple[Correction, ...]:
    """Checks all reports, as corrected; the lines of the corrections file with their states."""
    lines = read_lines(corrections_path(database))
    step = correct_reports(db, lines)
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console.messages(), transient=True) as bar:
        task = bar.add_task("", total=None)
        check_all(db, reference(), lambda _, done, total: bar.update(task, completed=done, total=total))
    return note_states(db, lines, step)


def _counts(found: FoundIn, fail_on: Severity) -> bool:
    grave = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    return found.severity in grave and found.judgement != "dismissed"


def _print_stale(out: Console, corrections: tuple[Correction, ...]) -> None:
    """Tells how many judgements and corrections no longer fit what is read."""
    stale = [each for each in corrections if each.state == "stale"]
    judgements = sum(each.kind == "finding-judgement" for each in stale)
    others = sum(each.kind in ("field-correction", "record-checked") for each in stale)
    if judgements:
        out.print(
            f"ผลการพิจารณา {judgements} รายการไม่มีข้อค้นพบแล้ว (ยังอยู่ใน corrections.jsonl) · "
            f"{judgements} judgements are of findings that are there no more; they stay in corrections.jsonl.",
            style="yellow",
            soft_wrap=True,
        )
    if others:
        out.print(
            f"การแก้ไขหรือการตรวจทาน {others} รายการไม่ตรงกับที่อ่านได้แล้ว จึงไม่ได้ใช้ (ยังอยู่ใน corrections.jsonl) · "
            f"{others} corrections or marks no longer fit what is read and were not applied; they stay in "
            "corrections.jsonl.",
            style="yellow",
            soft_wrap=True,
        )


def _print_counts(out: Console, found: tuple[FoundIn, ...]) -> None:
    counts = console.table("ข้อค้นพบ · Findings", "#")
    for severity in SEVERITIES:
        counts.add_row(meaning("severity", severity), str(sum(each.severity == severity for each in found)))
    out.print(counts)
