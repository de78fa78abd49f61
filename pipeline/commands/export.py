"""The command `export`: all records, in a format for people or for programs."""

from pathlib import Path
from typing import get_args

import click

from db.schema import open_database
from pipeline.commands.options import FILE, database_option
from pipeline.errors import CommandError
from pipeline.exit_codes import ExitCode
from pipeline.export import ExportFormat, contradicts, ending_of, export_to


@click.command("export")
@click.option(
    "--format",
    "kind",
    type=click.Choice(get_args(ExportFormat)),
    required=True,
    help="JSON of the reports; CSV or a workbook (xlsx) for Excel; a Frictionless data package; Parquet.",
)
@click.option(
    "--output",
    type=FILE,
    required=True,
    metavar="PATH",
    help="Folder to write to, made if it is not there; or the file: .json, .xlsx, or .zip for the other formats.",
)
@database_option
def export_command(kind: ExportFormat, output: Path, database: Path) -> None:
    """ส่งออกทุกระเบียน: xlsx หรือ csv สำหรับ Excel, json ทุกรายงาน, datapackage และ parquet สำหรับโปรแกรมวิเคราะห์ข้อมูล

    Writes all records: a workbook (xlsx) or CSV files for Excel, JSON with every report, a Frictionless data package,
    or Parquet files.

    \b
    Example:
      prongsai export --format xlsx --output ita.xlsx
      prongsai export --format csv --output tables/
    """
    if contradicts(kind, output):
        raise click.UsageError(
            f"“{output.name}” ไม่ใช่ชื่อไฟล์ของรูปแบบ {kind} โปรดใช้ชื่อที่ลงท้ายด้วย {ending_of(kind)} หรือชื่อโฟลเดอร์ · "
            f"A file of the format {kind} does not end in {output.suffix}: "
            f"name one that ends in {ending_of(kind)}, or a folder."
        )
    db = open_database(database, create=False)
    try:
        export_to(db, kind, output)
    except OSError as error:
        raise CommandError(
            ExitCode.OUTPUT_UNWRITABLE,
            str(output),
            f"เขียนไม่ได้ ({error.strerror or error}) โปรดระบุที่อื่นด้วย --output",
            f"It cannot be written to ({error.strerror or error}): name another place with --output.",
        ) from error
    finally:
        db.close()
