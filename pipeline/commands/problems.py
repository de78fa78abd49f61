"""Files that people should look at, as `ingest` and `status` tell of them: few by name, and how to see all."""

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from rich.console import Console

from pipeline.console import one_line
from pipeline.status import UnreadPages
from schemas.failure import Failure

# What `status --list` names.
Listed = Literal["files", "without-measures", "unread-pages", "gone", "failed"]
# The most files that are named where all could fill the screen.
NAMED = 5
NAMED_FAILURES = 20


def print_without_measures(out: Console, sources: tuple[str, ...], database: Path) -> None:
    """Tells of files that were read and in which no measures were found: they may be no reports."""
    if sources:
        out.print(
            f"อ่านแล้ว แต่ไม่พบมาตรการหรือการดำเนินการ: {len(sources)} ไฟล์ โปรดตรวจว่าเป็นรายงาน\n"
            f"Read, but no measures or actions were found in {len(sources)} of the files; check that they are reports:",
            style="yellow",
            highlight=False,
            soft_wrap=True,
        )
        print_lines(out, sources[:NAMED])
        _print_rest(out, len(sources) - NAMED, "without-measures", database)


def print_unread_pages(out: Console, files: tuple[UnreadPages, ...], database: Path) -> None:
    """Tells of files that have pages that could not be read."""
    if files:
        out.print(
            f"มีหน้าที่ยังอ่านไม่ได้ เพราะเป็นภาพหรือข้อความในไฟล์ใช้ไม่ได้: {len(files)} ไฟล์ หากมีต้นฉบับที่เป็นข้อความ โปรดใช้แทน\n"
            f"Some pages are pictures, or their text is of no use, and were not read, in {len(files)} of the files; "
            "where there is an original with text, use that:",
            style="yellow",
            highlight=False,
            soft_wrap=True,
        )
        print_lines(out, unread_lines(files[:NAMED]))
        _print_rest(out, len(files) - NAMED, "unread-pages", database)


def print_gone(out: Console, sources: Sequence[str], database: Path) -> None:
    """Tells of files that were read and are there no more."""
    if sources:
        told = f"ไฟล์ที่หายไป {len(sources)} ไฟล์ ข้อมูลยังอยู่ · {len(sources)} files are gone, their reports stay:"
        out.print(told, style="yellow", highlight=False, soft_wrap=True)
        print_lines(out, sources[:NAMED])
        _print_rest(out, len(sources) - NAMED, "gone", database)


def print_failures(out: Console, failures: tuple[Failure, ...], database: Path) -> None:
    """Tells of files that could not be read, with the reasons, and at the end how many they are."""
    print_reasons(out, failures[:NAMED_FAILURES])
    _print_rest(out, len(failures) - NAMED_FAILURES, "failed", database)
    if failures:
        count = len(failures)
        out.print(f"อ่านไม่ได้ {count} ไฟล์ · {count} could not be read.", style="red", highlight=False)


def print_reasons(out: Console, failures: Sequence[Failure]) -> None:
    """A file that could not be read, and why in both languages."""
    for failure in failures:
        out.print(one_line(failure.source), style="red", markup=False, soft_wrap=True)
        out.print(f"  {failure.message_th}\n  {failure.message_en}", markup=False, soft_wrap=True)


def unread_lines(files: Sequence[UnreadPages]) -> list[str]:
    """A file a line, with the number of pages."""
    return [
        f"{each.source}: {each.unread} จาก {each.pages} หน้า · {each.unread} of {each.pages} pages" for each in files
    ]


def print_lines(out: Console, lines: Sequence[str]) -> None:
    """A file a line, whatever its name holds."""
    for line in lines:
        out.print(f"  {one_line(line)}", markup=False, highlight=False, soft_wrap=True)


def _print_rest(out: Console, left: int, kind: Listed, database: Path) -> None:
    if left > 0:
        command = f"prongsai status --list {kind} --db {shlex.quote(str(database))}"
        told = f"  … และอีก {left} ไฟล์ ดูทั้งหมดด้วย · and {left} more; to see all: {command}"
        out.print(told, markup=False, highlight=False, soft_wrap=True)
