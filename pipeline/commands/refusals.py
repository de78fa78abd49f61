"""How an act of a person that is refused ends a command."""

from collections.abc import Mapping

from pipeline.acts import Refused, Why
from pipeline.errors import CommandError
from pipeline.exit_codes import ExitCode

_CODES: Mapping[Why, ExitCode] = {
    "no-record": ExitCode.NO_RECORD,
    "no-finding": ExitCode.NO_FINDING,
    "wrong": ExitCode.USAGE,
    "changed": ExitCode.USAGE,
}


def refusal(refused: Refused, subject: str) -> CommandError:
    """The end of a command on the record or finding `subject`."""
    return CommandError(_CODES[refused.why], subject, refused.message_th, refused.message_en)
