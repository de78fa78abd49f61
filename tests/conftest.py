"""One flag for all golden files: `pytest --refresh-golden` writes them anew, and fails, so that it never stays on."""

from collections.abc import Callable
from pathlib import Path

import pytest

Golden = Callable[[Path, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the flag."""
    parser.addoption("--refresh-golden", action="store_true", help="write the golden files anew, and fail")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare a text with a golden file; with the flag on, write the file and fail."""

    def check(path: Path, text: str) -> None:
        if request.config.getoption("--refresh-golden"):
            path.write_text(text, encoding="utf-8")
            pytest.fail(f"{path.name} was written anew: look at it, and run again without --refresh-golden")
        assert path.read_text(encoding="utf-8") == text, f"{path.name} differs; if it should: pytest --refresh-golden"

    return check
