"""Commands on the database: `status` and `serve`."""

from pathlib import Path

import click
from rich.console import Console

from db.schema import open_database
from pipeline import console
from pipeline.commands.ingest import print_failures, print_unread_pages, print_without_measures
from pipeline.commands.options import FILE, database_option, json_option
from pipeline.console import one_line
from pipeline.status import RunStatus, SourceStatus, Status, status_of
from schemas.document import ReadBy

_READ_BY: dict[ReadBy, str] = {
    "text": "ไม่ใช่ PDF",
    "layer": "ชั้นข้อความตามเดิม",
    "repaired": "ชั้นข้อความที่ซ่อมแล้ว",
    "decoded": "ถอดจากรูปอักษร",
    "needs-ocr": "ยังอ่านไม่ได้",
}


@click.command("status", short_help="อ่านอะไรแล้ว อะไรอ่านไม่ได้ · What was read and what failed.")
@json_option
@database_option
def status_command(as_json: bool, database: Path) -> None:
    """แสดงว่าอ่านไฟล์ใดแล้ว ไฟล์ใดอ่านไม่ได้และเพราะเหตุใด ไฟล์ใดหายไป

    Tells which files were read, which could not be read and why, which are gone since, and the last runs.

    \b
    Example:
      prongsai status --db ita.db
    """
    db = open_database(database, create=False)
    try:
        status = status_of(db, database)
    finally:
        db.close()
    if as_json:
        console.echo(status.model_dump_json(indent=2))
    else:
        _print_status(status)


@click.command("serve", short_help="เปิดเว็บไซต์ · Open the site.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="Port to listen at.")
@click.option("--open/--no-open", "open_browser", default=False, help="Open the site in the browser.")
@click.option(
    "--plugin-settings", type=FILE, default=None, help="JSON file with the settings of Datasette plugins, by name."
)
@database_option
def serve_command(host: str, port: int, open_browser: bool, plugin_settings: Path | None, database: Path) -> None:
    """เปิดเว็บไซต์สำหรับค้นและดูข้อมูลในเครื่องนี้ กด Ctrl-C เพื่อหยุด

    Serves the records as a site on this computer, until Ctrl-C.

    \b
    Example:
      prongsai serve --db ita.db --open
    """
    from pipeline.site.server import serve  # Datasette takes a while to import, and only this command needs it

    open_database(database, create=False).close()
    serve(database, host, port, open_browser, plugin_settings)


def _print_status(status: Status) -> None:
    """Prints the most before the most important, which is then last on the screen."""
    out = console.data()
    for source in status.sources:
        _print_source(out, source)
    counts = console.table("ในฐานข้อมูล · In the database", "#")
    counts.add_row("files", str(len(status.sources)))
    for count in status.counts:
        counts.add_row(count.table, str(count.rows))
    out.print(counts)
    _print_pages(out, status)
    for run in status.last_runs:
        _print_run(out, run)
    print_without_measures(out, status.without_measures)
    print_unread_pages(out, status.unread_pages)
    gone = sum(not source.present for source in status.sources)
    if gone:
        out.print(f"ไฟล์ที่หายไป {gone} ไฟล์ ข้อมูลยังอยู่ · {gone} are gone, their reports stay.", style="yellow")
    print_failures(out, status.failures)


def _print_pages(out: Console, status: Status) -> None:
    """How the pages of PDF files were read; other formats have no pages to speak of."""
    if any(each.read_by != "text" for each in status.pages):
        told = console.table("วิธีอ่านหน้า · Pages read by", "#")
        for each in status.pages:
            told.add_row(f"{_READ_BY[each.read_by]} · {each.read_by}", str(each.pages))
        out.print(told)


def _print_source(out: Console, source: SourceStatus) -> None:
    state = "อ่านแล้ว · read" if source.present else "ไฟล์หายไป ข้อมูลยังอยู่ · gone, its report stays"
    out.print(f"{one_line(source.source)} [{source.report_id}] {state}", markup=False)


def _print_run(out: Console, run: RunStatus) -> None:
    left = run.found - run.loaded - run.unchanged - run.failed
    state = "" if run.complete else f", ยังไม่เสร็จหรือถูกหยุดกลางคัน · not at its end, or stopped: {left} left"
    out.print(
        f"{run.started_at:%Y-%m-%d %H:%M} {run.command}: {run.loaded} loaded, {run.unchanged} unchanged, "
        f"{run.failed} failed{state} ({run.extractor_version})",
        style="dim",
        markup=False,
    )
