"""A finding as commands print it for people."""

from rich.console import Console

from pipeline.commands.bilingual import meaning, place
from schemas.finding import Finding


def print_finding(out: Console, found: Finding, report: str | None = None, judgement: str | None = None) -> None:
    """Where it stands with its id, which check found it, and what it says in both languages."""
    judged = f" ({meaning('judgement', judgement)})" if judgement else ""
    where = " | ".join(part for part in (report, place(found.at), found.id) if part)
    out.print(f"{where}{judged}", style="dim", markup=False)
    what = f"{meaning('severity', found.severity)}: {meaning('check', found.check)} [{found.check}]"
    out.print(f"  {what}", style="bold", markup=False)
    out.print(f"  {found.message_th}\n  {found.message_en}", markup=False)
