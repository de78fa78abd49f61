"""How a command fails: one sentence that says what to do, in Thai and in English, and an exit code."""

from pipeline.console import one_line
from pipeline.exit_codes import ExitCode, exit_code_of
from schemas.failure import Failure


class CommandError(Exception):
    """Ends a command; `subject` is the file or folder concerned. The group of commands prints it and exits."""

    def __init__(self, code: ExitCode, subject: str, message_th: str, message_en: str) -> None:
        super().__init__(message_en)
        self.code = code
        name = one_line(subject)
        self.message = f"{name}: {message_th}\n{name}: {message_en}"


def failed(failure: Failure) -> CommandError:
    """The end of a command on a single file that cannot be read."""
    return CommandError(exit_code_of(failure.code), failure.source, failure.message_th, failure.message_en)
