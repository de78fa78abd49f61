"""The command line: `prongsai COMMAND`. Standard output is data only; exit codes are in `pipeline.exit_codes`."""

import io
import os
import sqlite3
import sys
from typing import Any

import click

from db.schema import UnusableDatabase
from pipeline.commands.documents import extract_command, schema_command, text_command
from pipeline.commands.evaluate import evaluate_command
from pipeline.commands.ingest import ingest_command
from pipeline.commands.records import export_command, search_command, serve_command, status_command
from pipeline.corrections import UnusableCorrections
from pipeline.errors import CommandError
from pipeline.exit_codes import ExitCode


class Commands(click.Group):
    """The group of commands; turns what can go wrong in any of them into a sentence and an exit code."""

    def invoke(self, context: click.Context) -> Any:
        """Runs a command."""
        try:
            result = super().invoke(context)
            sys.stdout.flush()
        except KeyboardInterrupt:
            click.echo("หยุดแล้ว · Stopped.", err=True)
            context.exit(ExitCode.INTERRUPTED)
        except BrokenPipeError:
            _abandon_output()
            context.exit(ExitCode.BROKEN_PIPE)
        except (CommandError, UnusableDatabase, UnusableCorrections, sqlite3.DatabaseError) as error:
            end = _command_error(error)
            click.echo(end.message, err=True)
            context.exit(end.code)
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


def program() -> None:
    """The program `prongsai`: the commands, in a process of their own."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without Thai letters is no reason to fail
    # Processes that read documents must not import modules from the folder that the documents are in.
    os.environ.setdefault("PYTHONSAFEPATH", "1")
    main(prog_name="prongsai")


def _command_error(error: Exception) -> CommandError:
    if isinstance(error, CommandError):
        return error
    if isinstance(error, UnusableDatabase | UnusableCorrections):
        return CommandError(ExitCode.DATABASE_UNUSABLE, "prongsai", error.message_th, error.message_en)
    return CommandError(
        ExitCode.DATABASE_UNUSABLE,
        "prongsai",
        f"ใช้ฐานข้อมูลไม่ได้ ({error}) โปรดตรวจว่าดิสก์ไม่เต็มและไม่มีโปรแกรมอื่นใช้ไฟล์อยู่ แล้วลองใหม่",
        f"The database cannot be used ({error}): check that the disk is not full and no other program is using the "
        "file, then try again.",
    )


def _abandon_output() -> None:
    """Points standard output at nothing, so that Python does not fail on it once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


for command in (
    ingest_command,
    status_command,
    search_command,
    serve_command,
    export_command,
    extract_command,
    text_command,
    evaluate_command,
    schema_command,
):
    main.add_command(command)
