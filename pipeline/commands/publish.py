"""The command `publish`: a folder with the database and its site, to be served elsewhere."""

import sqlite3
from pathlib import Path

import click

from db.schema import open_database
from pipeline import console
from pipeline.commands.options import database_option
from pipeline.console import one_line
from pipeline.errors import CommandError
from pipeline.exit_codes import ExitCode

# Files named at the end, of those that are missing.
_NAMED = 10


@click.command("publish")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--with-documents", is_flag=True, help="Take the original files along, for the pictures of evidence.")
@click.option("--with-names", is_flag=True, help="Keep the names of those who judged and corrected.")
@click.option("--index", is_flag=True, help="Let search engines show the site in their results.")
@database_option
def publish_command(folder: Path, with_documents: bool, with_names: bool, index: bool, database: Path) -> None:
    """จัดทำโฟลเดอร์ที่มีฐานข้อมูลและเว็บไซต์ (อ่านอย่างเดียว) เพื่อให้บริการที่อื่น สั่งซ้ำเพื่อปรับข้อมูลได้แม้กำลังให้บริการอยู่

    Writes the database and its site to DIR, read only, to be served there with “datasette serve DIR” or taken to
    another computer. Run again, it brings DIR up to date, also while it is served. Reports name officials: read
    docs/publishing.md before you put them on a network.

    \b
    Example:
      prongsai publish site/ --with-documents
    """
    from pipeline.publish import Choices, publish  # Datasette takes a while to import, and few commands need it

    db = open_database(database, create=False)
    try:
        published = publish(db, database, folder, Choices(with_documents, with_names, index))
    except OSError as error:
        raise CommandError(
            ExitCode.OUTPUT_UNWRITABLE,
            str(folder),
            f"เขียนไม่ได้ ({error.strerror or error}) โปรดตรวจว่าดิสก์ไม่เต็ม หรือระบุโฟลเดอร์อื่น",
            f"It cannot be written to ({error.strerror or error}): check that the disk is not full, or name another.",
        ) from error
    except sqlite3.OperationalError as error:
        raise CommandError(
            ExitCode.OUTPUT_UNWRITABLE,
            str(folder),
            f"ปรับฐานข้อมูลที่เผยแพร่ไม่ได้ ({error}) ผู้อ่านยังเห็นข้อมูลเดิม โปรดลองใหม่",
            f"The published database cannot be updated ({error}); readers still have the former content: try again.",
        ) from error
    finally:
        db.close()
    _tell(folder, published.documents, published.missing, published.held)


def _tell(folder: Path, documents: int, missing: tuple[str, ...], held: bool) -> None:
    out = console.messages()
    told = f"เผยแพร่ไว้ที่ {folder} แล้ว · Published to {folder}: datasette serve {folder}"
    out.print(told, markup=False, highlight=False, soft_wrap=True)
    if documents:
        out.print(f"เอกสารต้นฉบับ {documents} ไฟล์ · {documents} original files", highlight=False)
    if missing:
        count = len(missing)
        out.print(f"ไม่พบต้นฉบับ {count} ไฟล์ · {count} originals are not there:", style="yellow", highlight=False)
        for name in missing[:_NAMED]:
            out.print(f"  {one_line(name)}", markup=False, highlight=False, soft_wrap=True)
    if held:
        told_th = "มีผู้อ่านข้อมูลเดิมค้างอยู่ พื้นที่ดิสก์จะคืนเมื่อเผยแพร่ครั้งต่อไป"
        told_en = "A reader still holds the former content; the disk space is given back when you publish next."
        out.print(f"{told_th} · {told_en}", style="yellow", highlight=False, soft_wrap=True)
