"""How an act of a person that is refused ends a command."""

from pipeline.acts import Refused
from pipeline.errors import CommandError
from pipeline.exit_codes import ExitCode

_CODES = {"no-record": ExitCode.NO_RECORD, "no-finding": ExitCode.NO_FINDING, "wrong": ExitCode.USAGE}


def refusal(refused: Refused, subject: str) -> CommandError:
    """The end of a command on the record or finding `subject`."""
    return CommandError(_CODES[refused.why], subject, refused.message_th, refused.message_en)
