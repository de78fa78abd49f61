"""The settings: each is an option of the commands that read documents, and an environment variable.

A setting `max_seconds` is the option `--max-seconds` and the variable `PRONGSAI_MAX_SECONDS`; the option wins.
"""

import os
from pathlib import Path

from pydantic import Field

from schemas.base import Record

DATABASE_VARIABLE = "PRONGSAI_DB"
DEFAULT_DATABASE = Path("prongsai.db")


class Settings(Record):
    """Limits on the reading of one document, and how many are read at a time.

    Less memory than the least is not enough for a Word file of a few pages; the greatest values only keep out slips.
    """

    max_file_mb: float = Field(
        default=20, ge=0.001, le=100_000, description="largest file that is read, in megabytes (10^6 bytes)"
    )
    max_seconds: float = Field(
        default=120, ge=1, le=86_400, description="longest time that reading one file may take, in seconds"
    )
    max_memory_mb: int = Field(
        default=2048,
        ge=256,
        le=1_048_576,
        description="most memory that reading one file may take, in MB (2^20 bytes; not enforced on Windows and macOS)",
    )
    workers: int = Field(
        default_factory=lambda: os.cpu_count() or 1,
        ge=1,
        le=1024,
        description="files read at a time [default: one per core]",
    )


def variable_of(setting: str) -> str:
    """The environment variable of a setting: `PRONGSAI_` and its name in capitals."""
    return f"PRONGSAI_{setting.upper()}"


def option_of(setting: str) -> str:
    """The command-line option of a setting."""
    return "--" + setting.replace("_", "-")
