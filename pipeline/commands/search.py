"""The command `search`."""

from pathlib import Path

import click
from rich.text import Text

from db.query import parse_query
from db.schema import open_database
from db.search import TableHits, search_page
from db.search_tables import SEARCH_TABLES, SearchTable
from db.suggestions import suggest
from pipeline import console
from pipeline.commands.bilingual import pages_or_lines, table_title
from pipeline.commands.options import database_option, json_option
from pipeline.console import one_line
from pipeline.hits import FoundText, found_texts


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


@click.command("search", cls=_Search)
@click.argument("text")
@click.option(
    "--in", "tables", multiple=True, type=click.Choice(SEARCH_TABLES), help="Search only this table (repeatable)."
)
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Most hits of each table.")
@click.option("--whole-words", is_flag=True, help="Only where the words of TEXT are whole words.")
@json_option
@database_option
def search_command(
    text: str, tables: tuple[SearchTable, ...], limit: int, whole_words: bool, as_json: bool, database: Path
) -> None:
    """ค้นข้อความในรายงาน มาตรการ และการดำเนินการ เลขไทยและเลขอารบิกถือว่าเหมือนกัน

    Finds the records that contain every word of TEXT, anywhere in a word; Thai and Arabic digits are alike, and
    "words in quotes" stand together. -word leaves out, office:NAME and year:2562-2564 choose reports.

    \b
    Example:
      prongsai search "ประกาศเจตจำนง office:เทศบาล year:2564" --in actions --limit 5
    """
    query = parse_query(text)
    if query.is_empty:
        raise click.UsageError("คำค้นว่างเปล่า โปรดพิมพ์คำที่จะค้น · The query is empty: give a word to search for.")
    db = open_database(database, create=False)
    try:
        pages = [
            search_page(db.conn, query, table, size=limit, whole_words=whole_words) for table in tables or SEARCH_TABLES
        ]
        found = tuple(hit for page in pages for hit in found_texts(db.conn, page.hits, text))
        better = None if found else suggest(db.conn, text)
    finally:
        db.close()
    for hit in found:
        if as_json:
            console.echo(hit.model_dump_json())
        else:
            _print_hit(hit)
    _tell_of_hits(text, [page.found for page in pages], limit, better)


def _print_hit(hit: FoundText) -> None:
    out = console.data()
    parts = (hit.report, pages_or_lines(hit.places), table_title(hit.table), hit.record_id)
    where = " | ".join(part for part in parts if part)
    out.print(where, style="dim", markup=False)
    marked = Text.assemble(*((part.text, "bold reverse" if part.hit else "") for part in hit.segments))
    out.print(Text("  ") + marked)


def _tell_of_hits(text: str, counts: list[TableHits], limit: int, better: str | None) -> None:
    """On standard error: that nothing was found, or that more was found than is shown."""
    out = console.messages()
    if not any(each.count for each in counts):
        meant = f" อาจหมายถึง · Perhaps: {one_line(better)}" if better else ""
        told = f"ไม่พบ “{one_line(text)}” · Nothing was found.{meant}"
        out.print(told, markup=False, highlight=False, soft_wrap=True)
    for each in counts:
        if each.count > limit:
            count = f"{each.count}{'+' if each.more else ''}"
            out.print(
                f"{table_title(each.table)} ({each.table}): แสดง {limit} จาก {count} รายการ เพิ่มได้ด้วย --limit · "
                f"{limit} of {count} are shown; more with --limit.",
                highlight=False,
                soft_wrap=True,
            )
