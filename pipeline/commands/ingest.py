"""The command `ingest`: files and folders into the database."""

from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from sqlite_utils import Database

from db.read import count_rows
from db.schema import open_database
from pipeline import console
from pipeline.commands.options import FILE, database_option, settings_options
from pipeline.console import one_line
from pipeline.executors import local_executor
from pipeline.exit_codes import ExitCode
from pipeline.files import Walk, source_name, walk
from pipeline.ingest import Outcome, ingest
from pipeline.settings import Settings
from pipeline.status import UnreadPages, unread_pages, without_measures
from schemas.failure import Failure

_COUNTED = ("reports", "assessments", "indicators", "measures", "actions", "notes")


@click.command("ingest", short_help="อ่านรายงานเข้าฐานข้อมูล · Load reports into the database.")
@click.argument("paths", nargs=-1, required=True, type=FILE, metavar="PATH...")
@click.option("--verbose", "-v", is_flag=True, help="Name the ignored files, too.")
@database_option
@settings_options
def ingest_command(paths: tuple[Path, ...], verbose: bool, database: Path, settings: Settings) -> None:
    """อ่านไฟล์และโฟลเดอร์ของรายงานเข้าฐานข้อมูล ไฟล์ที่เคยอ่านแล้วและไม่เปลี่ยนจะไม่อ่านซ้ำ

    Loads reports (files, or folders with all that is in them) into the database. A file that was loaded before and has
    not changed is left alone. A file that cannot be read does not stop the others; the exit code is then 3, and
    `prongsai status` tells why.

    \b
    Example:
      prongsai ingest reports/ extra-report.docx --db ita.db
    """
    found = walk(paths)
    db = open_database(database)
    try:
        outcome = _ingest(db, database, found, settings)
        out = console.messages()
        _print_counts(out, found, outcome, verbose)
        records = console.table("ในฐานข้อมูล · In the database", "#")
        for each in count_rows(db, _COUNTED):
            records.add_row(each.table, str(each.rows))
        out.print(records)
        names = [source_name(path, database) for path in found.files]
        empty_handed, unread = without_measures(db, names), unread_pages(db, names)
    finally:
        db.close()
    _print_passed_over(out, found, verbose)
    print_without_measures(out, empty_handed)
    print_unread_pages(out, unread)
    print_failures(out, outcome.failed)
    if outcome.failed:
        raise click.exceptions.Exit(ExitCode.SOME_FAILED)


def print_without_measures(out: Console, sources: tuple[str, ...]) -> None:
    """Names the files that were read and in which no measures were found: they may be no reports."""
    if not sources:
        return
    out.print(
        f"อ่านแล้ว แต่ไม่พบมาตรการหรือการดำเนินการ: {len(sources)} ไฟล์ โปรดตรวจว่าเป็นรายงาน\n"
        f"Read, but no measures or actions were found in {len(sources)} of the files; check that they are reports:",
        style="yellow",
        soft_wrap=True,
    )
    for source in sources:
        out.print(f"  {one_line(source)}", markup=False, soft_wrap=True)


def print_unread_pages(out: Console, files: tuple[UnreadPages, ...]) -> None:
    """Names the files that have pages that could not be read."""
    if not files:
        return
    out.print(
        f"มีหน้าที่ยังอ่านไม่ได้ เพราะเป็นภาพหรือข้อความในไฟล์ใช้ไม่ได้: {len(files)} ไฟล์ หากมีต้นฉบับที่เป็นข้อความ โปรดใช้แทน\n"
        f"Some pages are pictures, or their text is of no use, and were not read, in {len(files)} of the files; "
        "where there is an original with text, use that:",
        style="yellow",
        soft_wrap=True,
    )
    for file in files:
        out.print(
            f"  {one_line(file.source)}: {file.unread} จาก {file.pages} หน้า · {file.unread} of {file.pages} pages",
            markup=False,
            highlight=False,
            soft_wrap=True,
        )


def print_failures(out: Console, failures: tuple[Failure, ...]) -> None:
    """Names the files that could not be read, with the reasons, and at the end how many they are."""
    for failure in failures:
        out.print(f"{one_line(failure.source)} [{failure.code}]", style="red", markup=False, soft_wrap=True)
        out.print(f"  {failure.message_th}\n  {failure.message_en}", markup=False, soft_wrap=True)
    if failures:
        out.print(f"อ่านไม่ได้ {len(failures)} ไฟล์ · {len(failures)} could not be read.", style="red")


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


def _print_counts(out: Console, found: Walk, outcome: Outcome, verbose: bool) -> None:
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
