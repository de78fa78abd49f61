"""The command `correct`: a person puts a field of a record right, marks a record as checked, or takes that back."""

import getpass
from pathlib import Path

import click
from sqlite_utils import Database

from db.schema import open_database
from pipeline import console
from pipeline.acts import Refused, correct_field, find_field, find_record, mark_checked, withdraw
from pipeline.commands.options import database_option, json_option
from pipeline.commands.refusals import refusal
from pipeline.correctable import FieldValue, values_of
from pipeline.reading import reference


# A value may begin with «-», as items of lists do.
@click.command("correct", context_settings={"ignore_unknown_options": True})
@click.argument("record")
@click.argument("field", required=False)
@click.argument("value", required=False)
@click.option("--reason", default=None, help="Why; needed to correct a field.")
@click.option("--checked", is_flag=True, help="Mark the record as held against the document and found right.")
@click.option(
    "--withdraw", "withdrawn", is_flag=True, help="Take back the correction of FIELD, or the mark of --checked."
)
@click.option("--who", default=None, help="Who corrects.  [default: the user of this computer]")
@json_option
@database_option
def correct_command(
    record: str,
    field: str | None,
    value: str | None,
    reason: str | None,
    checked: bool,
    withdrawn: bool,
    who: str | None,
    as_json: bool,
    database: Path,
) -> None:
    """แก้ไขช่องข้อมูลของรายการที่อ่านผิด พร้อมเหตุผล ค่าที่อ่านได้และต้นฉบับยังอยู่ ใช้ทุกครั้งที่นำเข้า

    Puts VALUE in place of a field of the record of that id, or marks the record as checked. With RECORD alone, prints
    the fields that can be corrected, with their values. Thai digits, Buddhist-era dates and numbers with commas are
    understood; an empty VALUE ('') empties the field. It is written to corrections.jsonl beside the database, applied
    at once, and holds whenever the reports are loaded again, as long as the program reads what it reads now.

    \b
    Example:
      prongsai correct 1a2b3c4d5e6f-0123456789 dates.1 "12 มกราคม 2562" --reason "อ่านเลข ๒ เป็น ๑"
    """
    _refuse_what_contradicts(field, value, checked, withdrawn)
    by = who or getpass.getuser()
    db = open_database(database, create=False)
    try:
        if checked and not withdrawn:
            mark_checked(db, database, record, by)
        elif checked:
            withdraw(db, database, "check-withdrawn", record, reason=reason, who=by)
        elif withdrawn:
            withdraw(db, database, "correction-withdrawn", record, field, reason, by)
        elif field is not None and value is not None:
            correct_field(db, database, record, field, value, reason, by)
        else:
            _print_fields(_fields(db, record, field), as_json)
    except Refused as error:
        raise refusal(error, record) from error
    finally:
        db.close()


def _refuse_what_contradicts(field: str | None, value: str | None, checked: bool, withdrawn: bool) -> None:
    if checked and field is not None:
        raise click.UsageError("--checked ใช้กับทั้งรายการ ไม่ใช่ช่องเดียว · --checked is of the whole record: name no FIELD.")
    if withdrawn and not checked and field is None:
        raise click.UsageError("โปรดระบุช่องที่จะถอนการแก้ไข · Name the FIELD whose correction is to be withdrawn.")
    if withdrawn and value is not None:
        raise click.UsageError("เมื่อถอนการแก้ไข ไม่ต้องระบุค่า · To withdraw a correction, give no VALUE.")


def _fields(db: Database, record_id: str, name: str | None) -> tuple[FieldValue, ...]:
    """The fields of the record, or the one of that name."""
    record = find_record(db, record_id)
    wanted = None if name is None else find_field(record, name).name
    return tuple(each for each in values_of(record, reference()) if wanted in (None, each.name))


def _print_fields(fields: tuple[FieldValue, ...], as_json: bool) -> None:
    """A field a line: name, value, and what is printed where that is another thing."""
    for each in fields:
        if as_json:
            console.echo(each.model_dump_json())
        else:
            parts = (each.name, each.value or "", *([f"“{each.raw}”"] if each.raw else []))
            console.echo("\t".join(console.one_line(part) for part in parts))
