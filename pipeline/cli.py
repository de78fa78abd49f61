"""The command line: `prongsai COMMAND`. Standard output is data only; exit codes are in `pipeline.exit_codes`."""

import contextlib
import errno
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from db.schema import UnusableDatabase
from pipeline.commands.check import check_command
from pipeline.commands.correct import correct_command
from pipeline.commands.documents import (
    extract_command,
    look_command,
    schema_command,
    tables_command,
    text_command,
)
from pipeline.commands.evaluate import evaluate_command
from pipeline.commands.export import export_command
from pipeline.commands.ingest import ingest_command
from pipeline.commands.judge import judge_command
from pipeline.commands.publish import publish_command
from pipeline.commands.records import serve_command, status_command
from pipeline.commands.search import search_command
from pipeline.corrections import UnusableCorrections
from pipeline.errors import CommandError
from pipeline.exit_codes import ExitCode

# What the system says where standard output cannot be written, of a disk, a quota, a device, a closed file.
_UNWRITABLE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF)


class Commands(click.Group):
    """The group of commands; turns what can go wrong in any of them into a sentence and an exit code."""

    def make_context(self, *arguments: Any, **options: Any) -> click.Context:
        """Reads the command line; `--help` and `--version` print here."""
        with _ending():
            return super().make_context(*arguments, **options)

    def invoke(self, context: click.Context) -> Any:
        """Runs a command."""
        with _ending():
            result = super().invoke(context)
            sys.stdout.flush()
            return result


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="prongsai")
def main() -> None:
    """โปร่งใส: อ่านรายงานคุณธรรมและความโปร่งใส (ITA) ของหน่วยงานรัฐ ให้ค้น เปรียบเทียบ และตรวจสอบได้

    Reads the integrity-assessment (ITA) reports of Thai public offices into records that can be searched, compared
    and traced back to the page.

    \b
    Example:
      prongsai ingest reports/
      prongsai search ภูเก็ต
      prongsai serve
    """


@contextmanager
def _ending() -> Iterator[None]:
    """What goes wrong inside is told, and ends the program with its exit code."""
    try:
        yield
    except KeyboardInterrupt:
        _tell("หยุดแล้ว · Stopped.")
        raise click.exceptions.Exit(ExitCode.INTERRUPTED) from None
    except BrokenPipeError:
        _abandon_output()
        raise click.exceptions.Exit(ExitCode.BROKEN_PIPE) from None
    except (CommandError, UnusableDatabase, UnusableCorrections, sqlite3.DatabaseError) as error:
        end = _command_error(error)
        _tell(end.message)
        raise click.exceptions.Exit(end.code) from error
    except OSError as error:
        if error.errno not in _UNWRITABLE:
            raise
        _abandon_output()
        _tell(_unwritable(error).message)
        raise click.exceptions.Exit(ExitCode.OUTPUT_UNWRITABLE) from error


def _command_error(error: Exception) -> CommandError:
    if isinstance(error, CommandError):
        return error
    if _is_locked(error) or _is_locked(error.__cause__):
        return _in_use()
    if isinstance(error, UnusableDatabase | UnusableCorrections):
        return CommandError(ExitCode.DATABASE_UNUSABLE, "prongsai", error.message_th, error.message_en)
    return CommandError(
        ExitCode.DATABASE_UNUSABLE,
        "prongsai",
        f"ใช้ฐานข้อมูลไม่ได้ ({error}) โปรดตรวจว่าดิสก์ไม่เต็มและไม่มีโปรแกรมอื่นใช้ไฟล์อยู่ แล้วลองใหม่",
        f"The database cannot be used ({error}): check that the disk is not full and no other program is using the "
        "file, then try again.",
    )


def _is_locked(error: BaseException | None) -> bool:
    """The database waited in vain for another program that writes."""
    # The low byte is the kind of error, the others say more.
    code = (error.sqlite_errorcode or 0) & 0xFF if isinstance(error, sqlite3.OperationalError) else 0
    return code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _in_use() -> CommandError:
    return CommandError(
        ExitCode.DATABASE_UNUSABLE,
        "prongsai",
        "อีกโปรแกรมกำลังนำเข้าอยู่ (ฐานข้อมูลถูกใช้อยู่) โปรดรอให้เสร็จ แล้วลองใหม่",
        "Another program is loading reports (the database is in use): wait for it to end, then try again.",
    )


def _unwritable(error: OSError) -> CommandError:
    return CommandError(
        ExitCode.OUTPUT_UNWRITABLE,
        "prongsai",
        f"เขียนผลลัพธ์ไม่ได้ ({error.strerror}) โปรดตรวจว่าดิสก์ไม่เต็ม หรือส่งผลลัพธ์ไปที่อื่น",
        f"The output cannot be written ({error.strerror}): check that the disk is not full, or send it elsewhere.",
    )


def _tell(message: str) -> None:
    """A message on standard error; where that is gone, too, the exit code must do."""
    with contextlib.suppress(OSError):
        click.echo(message, err=True)


def _abandon_output() -> None:
    """Points standard output at nothing, so that Python does not fail on it once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


for command in (
    ingest_command,
    check_command,
    judge_command,
    correct_command,
    status_command,
    search_command,
    serve_command,
    export_command,
    publish_command,
    extract_command,
    text_command,
    tables_command,
    look_command,
    evaluate_command,
    schema_command,
):
    main.add_command(command)
