"""Exit codes are distinct, complete and documented."""

from typing import get_args

from pipeline.exit_codes import MEANINGS, ExitCode, exit_code_of
from schemas.failure import FailureCode


def test_every_kind_of_failure_has_an_exit_code_of_its_own() -> None:
    codes = [exit_code_of(code) for code in get_args(FailureCode)]
    assert len(set(codes)) == len(codes)
    assert not {ExitCode.OK, ExitCode.USAGE, ExitCode.SOME_FAILED} & set(codes)


def test_every_exit_code_has_a_meaning() -> None:
    assert set(MEANINGS) == set(ExitCode)
