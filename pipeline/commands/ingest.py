"""The command `ingest`: files and folders into the database."""

from pathlib import Path

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from db.read import count_rows
from db.schema import open_database
from pipeline import console
from pipeline.commands.options import FILE, database_option, settings_options
from pipeline.executors import local_executor
from pipeline.exit_codes import ExitCode
from pipeline.files import Walk, walk
from pipeline.ingest import Outcome, ingest
from pipeline.settings import Settings

_COUNTED = ("reports", "assessments", "indicators", "measures", "actions", "notes")


@click.command("ingest", short_help="อ่านรายงานเข้าฐานข้อมูล · Load reports into the database.")
@click.argument("paths", nargs=-1, required=True, type=FILE, metavar="PATH...")
@database_option
@settings_options
def ingest_command(paths: tuple[Path, ...], database: Path, settings: Settings) -> None:
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
        with local_executor(settings.workers) as executor, _progress() as bar:
            task = bar.add_task("", total=None)
            outcome = ingest(
                db,
                database,
                found,
                settings,
                executor,
                lambda source, done, total: bar.update(task, completed=done, total=total, description=source[-40:]),
            )
        _print_summary(found, outcome, {each.table: each.rows for each in count_rows(db, _COUNTED)})
    finally:
        db.close()
    if outcome.failed:
        raise click.exceptions.Exit(ExitCode.SOME_FAILED)


def _progress() -> Progress:
    return Progress(
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}", markup=False),
        console=console.messages(),
        transient=True,
    )


def _print_summary(found: Walk, outcome: Outcome, rows: dict[str, int]) -> None:
    out, run = console.messages(), outcome.run
    files = console.table("ไฟล์ · Files", "#")
    files.add_row("อ่านเข้าแล้ว · loaded", str(run.loaded))
    files.add_row("ไม่เปลี่ยน · unchanged", str(run.unchanged))
    files.add_row("อ่านไม่ได้ · failed", str(run.failed))
    files.add_row("ข้าม · ignored", str(len(found.ignored)))
    out.print(files)
    records = console.table("ในฐานข้อมูล · In the database", "#")
    for name, count in rows.items():
        records.add_row(name, str(count))
    out.print(records)
    for failure in outcome.failed:
        out.print(
            f"{failure.source} [{failure.code}]\n  {failure.message_th}\n  {failure.message_en}",
            markup=False,
            soft_wrap=True,
        )
