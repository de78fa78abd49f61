"""The command line: `prongsai COMMAND`. Standard output is data only; exit codes are in `pipeline.exit_codes`."""

import contextlib
import errno
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any, NamedTuple

import click

from db.unusable import UnusableDatabase
from pipeline.corrections import UnusableCorrections
from pipeline.errors import CommandError
from pipeline.exit_codes import ExitCode
from pipeline.interrupts import uninterrupted

# What the system says where standard output cannot be written, of a disk, a quota, a device, a closed file.
_UNWRITABLE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF)


class CommandPlace(NamedTuple):
    """A command, what it does in a few words, and the module that holds it as `NAME_command`."""

    name: str
    module: str
    short_help: str


COMMANDS = (
    CommandPlace("ingest", "ingest", "อ่านรายงานเข้าฐานข้อมูล · Load reports into the database."),
    CommandPlace("status", "records", "อ่านอะไรแล้ว อะไรอ่านไม่ได้ · What was read and what failed."),
    CommandPlace("search", "search", "ค้นข้อความ · Search the records."),
    CommandPlace("serve", "records", "เปิดเว็บไซต์ · Open the site."),
    CommandPlace("check", "check", "ตรวจสอบความสอดคล้อง · Check what does not add up."),
    CommandPlace("judge", "judge", "พิจารณาข้อค้นพบ · Confirm or dismiss a finding."),
    CommandPlace("correct", "correct", "แก้ไขข้อมูลที่อ่านผิด · Correct what was read wrongly."),
    CommandPlace("export", "export", "ส่งออกข้อมูล · Export the records."),
    CommandPlace("publish", "publish", "จัดทำเว็บไซต์เพื่อเผยแพร่ · Make a copy of the site to be served elsewhere."),
    CommandPlace("extract", "documents", "อ่านไฟล์เดียวเป็นระเบียน · The records in one file."),
    CommandPlace("text", "documents", "ข้อความตามที่อ่านได้ · The text as read."),
    CommandPlace("tables", "documents", "ตารางเป็น TSV · The tables as TSV."),
    CommandPlace("look", "documents", "ภาพหน้าพร้อมสิ่งที่อ่านได้ · A page drawn with what was read."),
    CommandPlace("evaluate", "evaluate", "วัดความถูกต้องกับเฉลย · Score documents against gold records."),
    CommandPlace("schema", "documents", "รูปแบบ JSON ของรายงาน · The JSON Schema of a report."),
)


class Commands(click.Group):
    """The group of commands; turns what can go wrong in any of them into a sentence and an exit code.

    A command's module is imported when the command is asked for: the readers of documents take more than a second.
    """

    def list_commands(self, context: click.Context) -> list[str]:
        """The names, those first that are needed first."""
        return [each.name for each in COMMANDS]

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """The command of that name; none where there is no such command."""
        place = next((each for each in COMMANDS if each.name == name), None)
        if place is None:
            return None
        with uninterrupted():  # a library that is interrupted while it is imported tells of other errors
            module = import_module(f"pipeline.commands.{place.module}")
        command: click.Command = getattr(module, f"{name}_command")
        return command

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands in the help, which needs none of their modules."""
        with formatter.section("Commands"):
            formatter.write_dl([(each.name, each.short_help) for each in COMMANDS])

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
