"""The command `ingest`: files and folders into the database."""

import shlex
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from sqlite_utils import Database

from db.read import TableCount, count_rows
from db.schema import open_database
from pipeline import console
from pipeline.commands.bilingual import table_title
from pipeline.commands.options import FILE, database_option, settings_options
from pipeline.commands.problems import print_failures, print_unread_pages, print_without_measures
from pipeline.console import one_line
from pipeline.executors import local_executor
from pipeline.exit_codes import ExitCode
from pipeline.files import Walk, source_name, walk
from pipeline.ingest import Outcome, ingest
from pipeline.settings import Settings
from pipeline.status import unread_pages, without_measures

_COUNTED = ("reports", "assessments", "indicators", "measures", "actions", "findings", "notes")


@click.command("ingest")
@click.argument("paths", nargs=-1, required=True, type=FILE, metavar="PATH...")
@click.option("--verbose", "-v", is_flag=True, help="Name the ignored files, too.")
@database_option
@settings_options
def ingest_command(paths: tuple[Path, ...], verbose: bool, database: Path, settings: Settings) -> None:
    """อ่านไฟล์และโฟลเดอร์ของรายงานเข้าฐานข้อมูล ไฟล์ที่เคยอ่านแล้วและไม่เปลี่ยนจะไม่อ่านซ้ำ

    Loads reports (files, or folders with all that is in them) into the database. A file that was loaded before and has
    not changed is left alone. A file that cannot be read does not stop the others; the exit code is then 3, and
    the reason is told at the end, and again by `prongsai status`.

    \b
    Example:
      prongsai ingest reports/ extra-report.docx --db ita.db
    """
    found = walk(paths)
    db = open_database(database)
    try:
        outcome = _ingest(db, database, found, settings)
        records = count_rows(db, _COUNTED)
        names = [source_name(path, database) for path in found.files]
        empty_handed, unread = without_measures(db, names), unread_pages(db, names)
    finally:
        db.close()
    out = console.messages()
    _print_passed_over(out, found, verbose)
    _print_records(out, records)
    print_without_measures(out, empty_handed, database)
    print_unread_pages(out, unread, database)
    print_failures(out, outcome.failed, database)
    _print_files(out, found, outcome, verbose)
    if records[0].rows:
        command = f"prongsai serve --open --db {shlex.quote(str(database))}"
        out.print(f"เปิดดูในเว็บไซต์ · To see it all: {command}", markup=False, highlight=False, soft_wrap=True)
    if outcome.failed:
        raise click.exceptions.Exit(ExitCode.SOME_FAILED)


def _ingest(db: Database, database: Path, found: Walk, settings: Settings) -> Outcome:
    with local_executor(settings.workers) as executor, _progress() as bar:
        task = bar.add_task("", total=None)

        def show(source: str, done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, description=one_line(source[-40:]))

        return ingest(db, database, found, settings, executor, show)


def _progress() -> Progress:
    return Progress(
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}", markup=False),
        console=console.messages(),
        transient=True,
    )


def _print_records(out: Console, counts: tuple[TableCount, ...]) -> None:
    records = console.table("ในฐานข้อมูล · In the database", "#")
    for each in counts:
        records.add_row(table_title(each.table), str(each.rows))
    out.print(records)


def _print_files(out: Console, found: Walk, outcome: Outcome, verbose: bool) -> None:
    run = outcome.run
    files = console.table("ไฟล์ · Files", "#")
    files.add_row("อ่านเข้าแล้ว · loaded", str(run.loaded))
    files.add_row("ไม่เปลี่ยน · unchanged", str(run.unchanged))
    files.add_row("อ่านไม่ได้ · failed", str(run.failed))
    hint = "" if verbose or not found.ignored else " (ดูชื่อด้วย --verbose · named with --verbose)"
    files.add_row(f"ข้าม · ignored{hint}", str(len(found.ignored)))
    out.print(files)


def _print_passed_over(out: Console, found: Walk, verbose: bool) -> None:
    """Names what was not even tried."""
    for path in found.ignored if verbose else ():
        out.print(f"ข้าม · ignored: {one_line(str(path))}", markup=False, soft_wrap=True)
    for path in found.special:
        out.print(
            f"ข้าม เพราะไม่ใช่ไฟล์ข้อมูล · skipped, a pipe or a device: {one_line(str(path))}", markup=False, soft_wrap=True
        )
    if not (found.files or found.unreadable):
        out.print("ไม่พบไฟล์ที่จะอ่าน โปรดตรวจชื่อโฟลเดอร์ · No file was found to read: check the folder's name.")
