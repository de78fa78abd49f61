"""Where output goes: data to standard output, everything else to standard error."""

import sys

import click
from rich.console import Console, JustifyMethod
from rich.table import Table

# Columns of a table that goes into a file or to another program.
_FILE_WIDTH = 200


def messages() -> Console:
    """The console for progress, summaries and warnings."""
    return Console(stderr=True)


def data() -> Console:
    """The console for results that people read; lines are not broken when the output is a file or another program."""
    if sys.stdout.isatty():
        return Console(highlight=False)
    return Console(highlight=False, soft_wrap=True, width=_FILE_WIDTH)


def echo(text: str) -> None:
    """Data as it is, in UTF-8 whatever the locale says, with a line end."""
    click.echo((text + "\n").encode("utf-8", "replace"), nl=False)


def table(*headings: str) -> Table:
    """An empty table; headings that begin with # are of numbers, right-aligned."""
    made = Table()
    for heading in headings:
        is_number = heading.startswith("#")
        justify: JustifyMethod = "right" if is_number else "left"
        made.add_column(heading.lstrip("#"), justify=justify, overflow="fold", no_wrap=is_number)
    return made
