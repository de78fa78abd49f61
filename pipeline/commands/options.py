"""Options that several commands share."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from pipeline.settings import DATABASE_VARIABLE, DEFAULT_DATABASE, Settings, option_of, variable_of

Command = TypeVar("Command", bound=Callable[..., Any])

FILE = click.Path(path_type=Path)

database_option = click.option(
    "--db",
    "database",
    type=click.Path(dir_okay=False, path_type=Path),
    default=DEFAULT_DATABASE,
    show_default=True,
    envvar=DATABASE_VARIABLE,
    show_envvar=True,
    help="The database file.",
)

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text for people.")


def settings_options(command: Callable[..., None]) -> Callable[..., None]:
    """Adds an option for every setting; the command gets them as one argument, `settings`."""

    @wraps(command)
    def with_settings(**arguments: Any) -> None:
        chosen = {name: arguments.pop(name) for name in Settings.model_fields}
        given = {name: value for name, value in chosen.items() if value is not None}
        command(settings=Settings(**given), **arguments)

    decorated: Callable[..., None] = with_settings
    for name, field in reversed(Settings.model_fields.items()):
        number = click.FloatRange(min=0, min_open=True) if field.annotation is float else click.IntRange(min=1)
        decorated = click.option(
            option_of(name),
            type=number,
            envvar=variable_of(name),
            show_envvar=True,
            default=field.default if field.default_factory is None else None,
            show_default=field.default_factory is None,
            help=_sentence(field.description or ""),
        )(decorated)
    return decorated


def _sentence(description: str) -> str:
    return description[:1].upper() + description[1:] + "."
