"""The command `judge`: a person confirms or dismisses a finding."""

import getpass
from pathlib import Path
from typing import get_args

import click

from db.read import has_finding
from db.schema import open_database
from pipeline.check import apply_judgements
from pipeline.commands.options import database_option
from pipeline.corrections import append_judgement, corrections_path
from pipeline.errors import CommandError
from pipeline.exit_codes import ExitCode
from schemas.finding import Verdict


@click.command("judge", short_help="พิจารณาข้อค้นพบ · Confirm or dismiss a finding.")
@click.argument("finding")
@click.argument("judgement", type=click.Choice(get_args(Verdict)))
@click.option("--reason", default=None, help="Why; needed to dismiss a finding.")
@click.option("--who", default=None, help="Who judged.  [default: the user of this computer]")
@database_option
def judge_command(finding: str, judgement: Verdict, reason: str | None, who: str | None, database: Path) -> None:
    """บันทึกว่าข้อค้นพบถูกต้อง (confirmed) หรือไม่ใช่ (dismissed) พร้อมเหตุผล การบันทึกอยู่ใน corrections.jsonl และใช้ทุกครั้งที่นำเข้า

    Notes that the finding of that id stands (confirmed) or does not (dismissed, with a reason). It is written to
    corrections.jsonl beside the database and holds whenever the reports are loaded or checked again.

    \b
    Example:
      prongsai judge 1a2b3c4d5e6f-0123456789 dismissed --reason "เป็นหน่วยงานร่วมจัด"
    """
    if judgement == "dismissed" and not reason:
        raise click.UsageError("โปรดระบุเหตุผลด้วย --reason · To dismiss a finding, say why with --reason.")
    db = open_database(database, create=False)
    try:
        if not has_finding(db, finding):
            raise CommandError(
                ExitCode.NO_FINDING,
                finding,
                "ไม่มีข้อค้นพบรหัสนี้ โปรดดูรหัสด้วย prongsai check --json หรือในเว็บไซต์",
                "There is no finding of that id: look for ids with “prongsai check --json” or on the site.",
            )
        append_judgement(corrections_path(database), finding, judgement, reason, who or getpass.getuser())
        apply_judgements(db, database)
    finally:
        db.close()
