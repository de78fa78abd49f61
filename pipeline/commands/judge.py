"""The command `judge`: a person confirms or dismisses a finding, or takes that back."""

import getpass
from pathlib import Path
from typing import Literal

import click

from db.schema import open_database
from pipeline.acts import Refused, judge_finding, withdraw
from pipeline.commands.options import database_option
from pipeline.commands.refusals import refusal
from schemas.finding import Verdict


@click.command("judge")
@click.argument("finding")
@click.argument("judgement", type=click.Choice(("confirmed", "dismissed", "withdrawn")))
@click.option("--reason", default=None, help="Why; needed to dismiss a finding.")
@click.option("--who", default=None, help="Who judged.  [default: the user of this computer]")
@database_option
def judge_command(
    finding: str, judgement: Verdict | Literal["withdrawn"], reason: str | None, who: str | None, database: Path
) -> None:
    """บันทึกว่าข้อค้นพบถูกต้อง (confirmed) หรือไม่ใช่ (dismissed) พร้อมเหตุผล หรือถอนผลนั้น (withdrawn) ใช้ทุกครั้งที่นำเข้า

    Notes that the finding of that id stands (confirmed) or does not (dismissed, with a reason), or takes that back
    (withdrawn). It is written to corrections.jsonl beside the database and holds whenever the reports are loaded or
    checked again.

    \b
    Example:
      prongsai judge 1a2b3c4d5e6f-0123456789 dismissed --reason "เป็นหน่วยงานร่วมจัด"
    """
    if judgement == "dismissed" and not reason:
        raise click.UsageError("โปรดระบุเหตุผลด้วย --reason · To dismiss a finding, say why with --reason.")
    by = who or getpass.getuser()
    db = open_database(database, create=False)
    try:
        if judgement == "withdrawn":
            withdraw(db, database, "judgement-withdrawn", finding, reason=reason, who=by)
        else:
            judge_finding(db, database, finding, judgement, reason, by)
    except Refused as error:
        raise refusal(error, finding) from error
    finally:
        db.close()
