"""Commands on the database: `status` and `serve`."""

from pathlib import Path
from typing import get_args

import click
from rich.console import Console

from db.schema import open_database
from pipeline import console
from pipeline.commands.bilingual import meaning, table_title
from pipeline.commands.options import FILE, database_option, json_option
from pipeline.commands.problems import (
    Listed,
    print_failures,
    print_gone,
    print_lines,
    print_reasons,
    print_unread_pages,
    print_without_measures,
    unread_lines,
)
from pipeline.console import one_line
from pipeline.status import RunStatus, SourceStatus, Status, status_of


@click.command("status")
@click.option("--list", "kind", type=click.Choice(get_args(Listed)), help="Name all files of this kind, nothing else.")
@json_option
@database_option
def status_command(kind: Listed | None, as_json: bool, database: Path) -> None:
    """แสดงว่าอ่านไฟล์แล้วเท่าใด ไฟล์ใดอ่านไม่ได้และเพราะเหตุใด ไฟล์ใดหายไป

    Tells how much was read and how, the last runs, which files hold no measures, have pages that were not read, or are
    gone, and last which could not be read and why. Of many files some are named; --list names all of one kind, --json
    tells everything.

    \b
    Example:
      prongsai status --db ita.db
      prongsai status --list failed
    """
    if kind and as_json:
        raise click.UsageError("--json แสดงทุกอย่างอยู่แล้ว ไม่ต้องใช้ --list · --json tells everything: leave out --list.")
    db = open_database(database, create=False)
    try:
        status = status_of(db, database)
    finally:
        db.close()
    if as_json:
        console.echo(status.model_dump_json(indent=2))
    elif kind:
        _print_list(status, kind)
    else:
        _print_status(status, database)


@click.command("serve")
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


def _print_list(status: Status, kind: Listed) -> None:
    """All files of a kind, and nothing else."""
    out = console.data()
    if kind == "files":
        for source in status.sources:
            _print_source(out, source)
    elif kind == "failed":
        print_reasons(out, status.failures)
    elif kind == "unread-pages":
        print_lines(out, unread_lines(status.unread_pages))
    else:
        print_lines(out, status.gone if kind == "gone" else status.without_measures)


def _print_status(status: Status, database: Path) -> None:
    """Prints the most before the most important, which is then last on the screen."""
    out = console.data()
    counts = console.table("ในฐานข้อมูล · In the database", "#")
    counts.add_row("ไฟล์ · Files (--list files)", str(len(status.sources)))
    for count in status.counts:
        counts.add_row(table_title(count.table), str(count.rows))
    out.print(counts)
    _print_pages(out, status)
    for run in status.last_runs:
        _print_run(out, run)
    print_without_measures(out, status.without_measures, database)
    print_unread_pages(out, status.unread_pages, database)
    print_gone(out, status.gone, database)
    print_failures(out, status.failures, database)


def _print_pages(out: Console, status: Status) -> None:
    """How the pages of PDF files were read; other formats have no pages to speak of."""
    if any(each.read_by != "text" for each in status.pages):
        told = console.table("วิธีอ่านหน้า · Pages read by", "#")
        for each in status.pages:
            told.add_row(meaning("read_by", each.read_by), str(each.pages))
        out.print(told)


def _print_source(out: Console, source: SourceStatus) -> None:
    state = "อ่านแล้ว · read" if source.present else "ไฟล์หายไป ข้อมูลยังอยู่ · gone, its report stays"
    out.print(f"{one_line(source.source)} [{source.report_id}] {state}", markup=False, highlight=False, soft_wrap=True)


def _print_run(out: Console, run: RunStatus) -> None:
    left = run.found - run.loaded - run.unchanged - run.failed
    stopped = "" if run.complete else f" ยังไม่เสร็จหรือถูกหยุดกลางคัน · not at its end, or stopped: {left} left"
    out.print(
        f"{run.started_at:%Y-%m-%d %H:%M} {meaning('command', run.command)}: อ่านเข้าแล้ว {run.loaded} "
        f"ไม่เปลี่ยน {run.unchanged} อ่านไม่ได้ {run.failed} · {run.loaded} loaded, {run.unchanged} unchanged, "
        f"{run.failed} failed{stopped} ({run.extractor_version})",
        style="dim",
        markup=False,
        soft_wrap=True,
    )
