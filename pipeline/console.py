"""Where output goes: data to standard output, everything else to standard error."""

import re
import sys

import click
from rich.console import Console, JustifyMethod
from rich.table import Table

# Columns of a table that goes into a file or to another program.
_FILE_WIDTH = 200

# What would break a line or steer a terminal; a file's name may hold any of it.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leaves it to the group of commands, which ends with the exit code for it; rich itself ends with 1."""
        raise BrokenPipeError


def messages() -> Console:
    """The console for progress, summaries and warnings."""
    return _Console(stderr=True)


def data() -> Console:
    """The console for results that people read; lines are not broken when the output is a file or another program."""
    if sys.stdout.isatty():
        return _Console(highlight=False)
    return _Console(highlight=False, soft_wrap=True, width=_FILE_WIDTH)


def echo(text: str) -> None:
    """Data as it is, in UTF-8 whatever the locale says, with a line end."""
    click.echo((text + "\n").encode("utf-8", "replace"), nl=False)


def one_line(name: str) -> str:
    r"""A file's name as it may stand in a message: line feeds and other control characters written as `\n`, `\x1b`."""
    return _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), name)


def table(*headings: str) -> Table:
    """An empty table; headings that begin with # are of numbers, right-aligned."""
    made = Table()
    for heading in headings:
        is_number = heading.startswith("#")
        justify: JustifyMethod = "right" if is_number else "left"
        made.add_column(heading.lstrip("#"), justify=justify, overflow="fold", no_wrap=is_number)
    return made
