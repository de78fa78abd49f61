"""Commands on the database: `search`, `status`, `export` and `serve`."""

from pathlib import Path
from typing import Literal

import click
from rich.console import Console
from rich.text import Text

from db.export import export_csv, export_json
from db.schema import open_database
from db.search import SEARCH_TABLES, SearchTable, TableHits, count_hits, query_terms
from pipeline import console
from pipeline.commands.ingest import print_failures, print_unread_pages, print_without_measures
from pipeline.commands.options import FILE, database_option, json_option
from pipeline.console import one_line
from pipeline.errors import CommandError
from pipeline.exit_codes import ExitCode
from pipeline.hits import FoundText, find
from pipeline.status import RunStatus, SourceStatus, Status, status_of
from schemas.document import ReadBy

_READ_BY: dict[ReadBy, str] = {
    "text": "ไม่ใช่ PDF",
    "layer": "ชั้นข้อความตามเดิม",
    "repaired": "ชั้นข้อความที่ซ่อมแล้ว",
    "decoded": "ถอดจากรูปอักษร",
    "needs-ocr": "ยังอ่านไม่ได้",
}


class _Search(click.Command):
    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Tells how to search for a text that looks like an option."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            hint = "หากเป็นคำค้น โปรดใส่ -- ไว้ข้างหน้า · If it is what you search for, put -- before it"
            raise click.NoSuchOption(
                error.option_name,
                f"No such option: {error.option_name} ({hint}: prongsai search -- {error.option_name})",
                error.possibilities,
                ctx,
            ) from None


@click.command("search", cls=_Search, short_help="ค้นข้อความ · Search the records.")
@click.argument("text")
@click.option(
    "--in", "tables", multiple=True, type=click.Choice(SEARCH_TABLES), help="Search only this table (repeatable)."
)
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Most hits of each table.")
@json_option
@database_option
def search_command(text: str, tables: tuple[SearchTable, ...], limit: int, as_json: bool, database: Path) -> None:
    """ค้นข้อความในรายงาน มาตรการ และการดำเนินการ เลขไทยและเลขอารบิกถือว่าเหมือนกัน

    Finds the records that contain every word of TEXT, anywhere in a word; Thai and Arabic digits are alike, and
    "words in quotes" stand together.

    \b
    Example:
      prongsai search "ประกาศเจตจำนง" --in actions --limit 5
    """
    if not query_terms(text):
        raise click.UsageError("คำค้นว่างเปล่า โปรดพิมพ์คำที่จะค้น · The query is empty: give a word to search for.")
    db = open_database(database, create=False)
    try:
        found = tuple(find(db, text, tables or SEARCH_TABLES, limit))
        counts = count_hits(db, text, tables=tables or SEARCH_TABLES)
    finally:
        db.close()
    for hit in found:
        if as_json:
            console.echo(hit.model_dump_json())
        else:
            _print_hit(hit)
    _tell_of_hits(text, counts, limit)


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


@click.command("export", short_help="ส่งออกข้อมูล · Export the records.")
@click.option("--format", "kind", type=click.Choice(("json", "csv")), required=True, help="JSON, or CSV for Excel.")
@click.option("--output", type=FILE, required=True, metavar="DIR", help="Folder to write to; made if it is not there.")
@database_option
def export_command(kind: Literal["json", "csv"], output: Path, database: Path) -> None:
    """ส่งออกทุกระเบียนเป็นไฟล์ JSON (ทุกรายงาน) หรือ CSV (ตารางละไฟล์ เปิดใน Excel ได้)

    Writes all records to a folder: reports.json with every report, or a CSV file a table that Excel opens.

    \b
    Example:
      prongsai export --format csv --output tables/
    """
    db = open_database(database, create=False)
    try:
        output.mkdir(parents=True, exist_ok=True)
        if kind == "json":
            export_json(db, output / "reports.json")
        else:
            export_csv(db, output)
    except OSError as error:
        raise CommandError(
            ExitCode.OUTPUT_UNWRITABLE,
            str(output),
            f"เขียนไม่ได้ ({error.strerror}) โปรดระบุโฟลเดอร์อื่นด้วย --output",
            f"It cannot be written to ({error.strerror}): name another folder with --output.",
        ) from error
    finally:
        db.close()


@click.command("serve", short_help="เปิดเว็บไซต์ · Open the site.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="Port to listen at.")
@click.option("--open/--no-open", "open_browser", default=False, help="Open the site in the browser.")
@database_option
def serve_command(host: str, port: int, open_browser: bool, database: Path) -> None:
    """เปิดเว็บไซต์สำหรับค้นและดูข้อมูลในเครื่องนี้ กด Ctrl-C เพื่อหยุด

    Serves the records as a site on this computer, until Ctrl-C.

    \b
    Example:
      prongsai serve --db ita.db --open
    """
    from pipeline.site.server import serve  # Datasette takes a while to import, and only this command needs it

    open_database(database, create=False).close()
    serve(database, host, port, open_browser)


def _print_hit(hit: FoundText) -> None:
    out = console.data()
    where = " · ".join(part for part in (hit.report, ", ".join(hit.places), f"{hit.table} {hit.record_id}") if part)
    out.print(where, style="dim", markup=False)
    marked = Text.assemble(*((part.text, "bold reverse" if part.hit else "") for part in hit.segments))
    out.print(Text("  ") + marked)


def _tell_of_hits(text: str, counts: list[TableHits], limit: int) -> None:
    """On standard error: that nothing was found, or that more was found than is shown."""
    out = console.messages()
    if not any(each.count for each in counts):
        out.print(f"ไม่พบ “{one_line(text)}” · Nothing was found.", markup=False, highlight=False, soft_wrap=True)
    for each in counts:
        if each.count > limit:
            out.print(
                f"{each.table}: แสดง {limit} จาก {each.count} รายการ เพิ่มได้ด้วย --limit · "
                f"{limit} of {each.count} are shown; more with --limit.",
                highlight=False,
                soft_wrap=True,
            )


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
