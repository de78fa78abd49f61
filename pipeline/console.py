"""Where output goes: data to standard output, everything else to standard error."""

import sys

import click
from rich.console import Console
from rich.table import Table


def messages() -> Console:
    """The console for progress, summaries and warnings."""
    return Console(stderr=True)


def data() -> Console:
    """The console for results that people read; lines are not broken when the output is a file or another program."""
    return Console(soft_wrap=not sys.stdout.isatty(), highlight=False)


def echo(text: str) -> None:
    """Data as it is, in UTF-8 whatever the locale says, with a line end."""
    click.echo((text + "\n").encode("utf-8", "replace"), nl=False)


def table(title: str, *headings: str) -> Table:
    """An empty table; headings that begin with # are of numbers, right-aligned."""
    made = Table(title=title, title_justify="left")
    for heading in headings:
        made.add_column(heading.lstrip("#"), justify="right" if heading.startswith("#") else "left", overflow="fold")
    return made
