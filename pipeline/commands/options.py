"""Options that several commands share."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click
from pydantic import ValidationError

from pipeline.settings import DATABASE_VARIABLE, DEFAULT_DATABASE, Settings, option_of, variable_of

Command = TypeVar("Command", bound=Callable[..., Any])

# A file that may not be read is told of with the others that cannot be, and stops none.
FILE = click.Path(path_type=Path, readable=False)

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

page_option = click.option("--page", type=click.IntRange(min=1), help="Only this page, from 1.  [default: all pages]")

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text for people.")


def settings_options(command: Callable[..., None]) -> Callable[..., None]:
    """Adds an option for every setting; the command gets them as one argument, `settings`."""
    return _with_options(command, tuple(Settings.model_fields))


def limits_options(command: Callable[..., None]) -> Callable[..., None]:
    """As `settings_options`, for a command on a single file: nothing is read side by side."""
    return _with_options(command, tuple(name for name in Settings.model_fields if name != "workers"))


def _with_options(command: Callable[..., None], names: tuple[str, ...]) -> Callable[..., None]:
    @wraps(command)
    def with_settings(**arguments: Any) -> None:
        chosen = {name: arguments.pop(name) for name in names}
        given = {name: value for name, value in chosen.items() if value is not None}
        command(settings=_settings(given), **arguments)

    decorated: Callable[..., None] = with_settings
    for name in reversed(names):
        field = Settings.model_fields[name]
        decorated = click.option(
            option_of(name),
            type=_range(name),
            envvar=variable_of(name),
            show_envvar=True,
            default=field.default if field.default_factory is None else None,
            show_default=field.default_factory is None,
            help=_sentence(field.description or ""),
        )(decorated)
    return decorated


def _settings(given: dict[str, Any]) -> Settings:
    try:
        return Settings(**given)
    except ValidationError as error:  # what a range lets through: nan
        first = error.errors()[0]
        raise click.UsageError(f"{option_of(str(first['loc'][0]))}: {first['msg']}") from error


def _range(name: str) -> click.IntRange | click.FloatRange:
    """The numbers between the bounds of a setting; whole ones where it is."""
    schema = Settings.model_json_schema()["properties"][name]
    least, most = schema["minimum"], schema["maximum"]
    return click.IntRange(least, most) if schema["type"] == "integer" else click.FloatRange(least, most)


def _sentence(description: str) -> str:
    return description[:1].upper() + description[1:] + "."
