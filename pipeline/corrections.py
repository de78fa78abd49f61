"""The corrections file: what a rebuild must know beside the documents, one JSON object a line, beside the database.

It holds which report a file's bytes belong to, where the bytes alone would say another, and what people judged of
findings, corrected and checked (`schemas.correction`). The file is only ever appended to; of two lines about the same
the later holds. Lines of other kinds are left alone.
"""

import contextlib
import datetime
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from pydantic import ValidationError

from schemas.correction import (
    WITHDRAWN,
    FieldCorrection,
    FindingJudgement,
    IdentityReason,
    Line,
    NumberedLine,
    RecordChecked,
    ReportIdentity,
    Withdrawal,
)

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

FILE_NAME = "corrections.jsonl"
_KINDS: Mapping[str, type[Line]] = {
    "report-identity": ReportIdentity,
    "finding-judgement": FindingJudgement,
    "field-correction": FieldCorrection,
    "record-checked": RecordChecked,
    **dict.fromkeys(WITHDRAWN, Withdrawal),
}


class UnusableCorrections(Exception):
    """The corrections file cannot be used; the messages are one sentence each; `line` is the one at fault."""

    def __init__(self, message_th: str, message_en: str, line: int | None = None) -> None:
        super().__init__(message_th, message_en)
        self.line = line
        self.message_th = message_th
        self.message_en = message_en


def corrections_path(database: Path) -> Path:
    """The corrections file of a database."""
    return database.parent / FILE_NAME


def read_lines(path: Path) -> tuple[NumberedLine, ...]:
    """The lines of known kinds, in order; none where there is no file. Raises `UnusableCorrections`."""
    return tuple(_lines(path))


def identities(lines: tuple[NumberedLine, ...]) -> Mapping[str, str]:
    """Report ids by SHA-256 of a file's bytes."""
    return {line.sha256: line.report_id for _, line in lines if isinstance(line, ReportIdentity)}


def read_identities(path: Path) -> Mapping[str, str]:
    """The same as the file tells; empty where there is none. Raises `UnusableCorrections`."""
    return identities(read_lines(path))


def append_identity(path: Path, sha256: str, report_id: str, source: str, reason: IdentityReason) -> None:
    """Writes down that these bytes belong to that report; on disk when this returns. Raises `UnusableCorrections`."""
    append(path, ReportIdentity(sha256=sha256, report_id=report_id, source=source, reason=reason, when=now()))


def append(path: Path, line: Line) -> None:
    """Writes a line at the end of the file; on disk, and whole, when this returns. Raises `UnusableCorrections`."""
    try:
        with path.open("a+b", buffering=0) as file, _alone(file):
            end = file.seek(0, os.SEEK_END)
            try:
                _write(file, _line_end_due(file, end) + line.model_dump_json().encode() + b"\n")
            except OSError:
                file.truncate(end)
                raise
    except OSError as error:
        raise _unusable(path, error) from error


def now() -> datetime.datetime:
    """The present time as lines tell it: UTC, to the second."""
    return datetime.datetime.now(datetime.UTC).replace(microsecond=0)


@contextlib.contextmanager
def _alone(file: BinaryIO) -> Iterator[None]:
    """No other program appends meanwhile; on Windows, only the database's own turn-taking sees to that."""
    if fcntl is not None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX)  # ends with the file's being closed
    yield


def _write(file: BinaryIO, data: bytes) -> None:
    written = 0
    while written < len(data):
        written += file.write(data[written:])
    os.fsync(file.fileno())


def _line_end_due(file: BinaryIO, end: int) -> bytes:
    """The line end that the last line of a file lacks, as an editor may leave it."""
    if end == 0:
        return b""
    file.seek(end - 1)
    return b"" if file.read(1) == b"\n" else b"\n"


def _lines(path: Path) -> Iterator[NumberedLine]:
    if not path.exists():
        return
    # Not splitlines: a file's name may hold characters that it takes for line ends.
    for number, text in enumerate(_content(path).split("\n"), 1):
        line = _line(path, number, text) if text.strip() else None
        if line is not None:
            yield NumberedLine(number, line)


def _content(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise _unusable(path, error) from error


def _unusable(path: Path, error: OSError | UnicodeDecodeError) -> UnusableCorrections:
    return UnusableCorrections(
        f"ใช้ไฟล์ {path} ไม่ได้ ({error}) โปรดตรวจว่าเป็นข้อความ UTF-8 และคุณมีสิทธิ์อ่านและเขียน",
        f"{path} cannot be used ({error}): check that it is text in UTF-8, and that you may read and write it.",
    )


def _line(path: Path, number: int, text: str) -> Line | None:
    try:
        fields = json.loads(text)
        kind = _KINDS.get(fields.get("kind"))
        return kind.model_validate(fields) if kind else None
    except (ValueError, AttributeError, ValidationError):
        raise UnusableCorrections(
            f"บรรทัดที่ {number} ของ {path} อ่านไม่ได้ โปรดแก้ไขหรือลบบรรทัดนั้น",
            f"Line {number} of {path} cannot be read: mend or remove that line.",
            number,
        ) from None
