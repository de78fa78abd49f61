"""The exit codes of the commands, one per kind of failure: a public contract, listed in `docs/operating.md`."""

from collections.abc import Mapping
from enum import IntEnum

from schemas.failure import FailureCode


class ExitCode(IntEnum):
    """What a command's exit status tells a script."""

    OK = 0
    INTERNAL = 1
    USAGE = 2
    SOME_FAILED = 3
    DATABASE_UNUSABLE = 4
    BELOW_TARGET = 5
    OUTPUT_UNWRITABLE = 6
    FINDINGS = 7
    NO_FINDING = 8
    NO_RECORD = 9
    MISSING = 10
    NOT_PERMITTED = 11
    EMPTY = 12
    DAMAGED = 13
    ENCRYPTED = 14
    UNSUPPORTED_FORMAT = 15
    NOT_THAI = 16
    TOO_LARGE = 17
    TOO_MANY_PAGES = 18
    TOO_MUCH_MEMORY = 19
    TOO_SLOW = 20
    CRASHED = 21
    INTERRUPTED = 130
    BROKEN_PIPE = 141


MEANINGS: Mapping[ExitCode, str] = {
    ExitCode.OK: "all done",
    ExitCode.INTERNAL: "a fault of the program itself",
    ExitCode.USAGE: "the command line is wrong: an unknown option, a missing argument, a page that is not there",
    ExitCode.SOME_FAILED: "some files could not be read; all others are loaded or scored",
    ExitCode.DATABASE_UNUSABLE: "the database or its corrections file cannot be used",
    ExitCode.BELOW_TARGET: "`evaluate --at-least`: the records F1 of all documents is lower",
    ExitCode.OUTPUT_UNWRITABLE: "the output cannot be written",
    ExitCode.FINDINGS: "`check --fail-on`: there are findings of that severity",
    ExitCode.NO_FINDING: "`judge`: there is no finding of that id, or nothing to withdraw",
    ExitCode.NO_RECORD: "`correct`: there is no record of that id, or nothing to withdraw",
    ExitCode.MISSING: "the file does not exist",
    ExitCode.NOT_PERMITTED: "the file may not be read",
    ExitCode.EMPTY: "the file is empty",
    ExitCode.DAMAGED: "the file is damaged",
    ExitCode.ENCRYPTED: "the file is locked with a password",
    ExitCode.UNSUPPORTED_FORMAT: "the file's format is not read",
    ExitCode.NOT_THAI: "the file holds no Thai text",
    ExitCode.TOO_LARGE: "the file is over the size limit",
    ExitCode.TOO_MANY_PAGES: "the file is over the page limit",
    ExitCode.TOO_MUCH_MEMORY: "reading the file needs more than the memory limit",
    ExitCode.TOO_SLOW: "reading the file takes longer than the time limit",
    ExitCode.CRASHED: "reading the file crashed",
    ExitCode.INTERRUPTED: "stopped with Ctrl-C; what was loaded until then stays",
    ExitCode.BROKEN_PIPE: "the reader of the output went away",
}

_BY_FAILURE: Mapping[FailureCode, ExitCode] = {
    "missing": ExitCode.MISSING,
    "not-permitted": ExitCode.NOT_PERMITTED,
    "empty": ExitCode.EMPTY,
    "damaged": ExitCode.DAMAGED,
    "encrypted": ExitCode.ENCRYPTED,
    "unsupported-format": ExitCode.UNSUPPORTED_FORMAT,
    "not-thai": ExitCode.NOT_THAI,
    "too-large": ExitCode.TOO_LARGE,
    "too-many-pages": ExitCode.TOO_MANY_PAGES,
    "too-much-memory": ExitCode.TOO_MUCH_MEMORY,
    "too-slow": ExitCode.TOO_SLOW,
    "crashed": ExitCode.CRASHED,
}


def exit_code_of(code: FailureCode) -> ExitCode:
    """The exit code of a command on one file that fails with `code`."""
    return _BY_FAILURE[code]
