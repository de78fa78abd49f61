"""docs/operating.md tells every command, option, setting, exit code and ignored file name."""

from inspect import cleandoc
from pathlib import Path

import click
import pytest

from pipeline.cli import COMMANDS as PLACES
from pipeline.cli import main
from pipeline.exit_codes import MEANINGS, ExitCode
from pipeline.files import IGNORED
from pipeline.settings import Settings, option_of, variable_of

DOCUMENT = (Path(__file__).parents[2] / "docs" / "operating.md").read_text(encoding="utf-8")
COMMANDS = [command for each in PLACES if (command := main.get_command(click.Context(main), each.name))]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_and_each_of_its_options_is_documented(command: click.Command) -> None:
    assert f"`prongsai {command.name}" in DOCUMENT
    options = [parameter.opts[0] for parameter in command.params if isinstance(parameter, click.Option)]
    assert [option for option in options if f"`{option}" not in DOCUMENT] == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_has_help_in_thai_and_english_with_an_example(command: click.Command) -> None:
    assert command.help is not None
    assert any("ก" <= letter <= "๙" for letter in command.help)
    assert f"Example:\n  prongsai {command.name}" in cleandoc(command.help)


@pytest.mark.parametrize("setting", Settings.model_fields)
def test_every_setting_is_documented_with_its_option_and_variable(setting: str) -> None:
    assert f"| `{option_of(setting)}` | `{variable_of(setting)}` |" in DOCUMENT


@pytest.mark.parametrize("code", ExitCode)
def test_every_exit_code_is_documented_with_its_meaning(code: ExitCode) -> None:
    assert f"| {int(code)} | {MEANINGS[code]} |" in DOCUMENT


def test_every_ignored_name_is_documented() -> None:
    assert [pattern for pattern in IGNORED if f"`{pattern}`" not in DOCUMENT] == []
