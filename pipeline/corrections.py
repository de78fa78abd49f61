"""The corrections file: judgements that a rebuild must know, one JSON object a line, beside the database.

It holds two kinds: which report a file's bytes belong to, where the bytes alone would say another; and what a person
judged of a finding. The file is only ever appended to; of two lines on the same bytes or finding the later holds. Lines
of other kinds are left alone.
"""

import datetime
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, Literal

from pydantic import AwareDatetime, ValidationError

from schemas.base import Record
from schemas.finding import Judgement, Verdict

FILE_NAME = "corrections.jsonl"
Reason = Literal["new-bytes", "other-rendering"]


class ReportIdentity(Record):
    """The bytes with this digest are those of that report."""

    kind: Literal["report-identity"] = "report-identity"
    sha256: str
    report_id: str
    source: str
    reason: Reason
    when: AwareDatetime


class FindingJudgement(Record):
    """A person judged a finding."""

    kind: Literal["finding-judgement"] = "finding-judgement"
    finding_id: str
    judgement: Verdict
    reason: str | None = None
    who: str | None = None
    when: AwareDatetime


Line = ReportIdentity | FindingJudgement
_KINDS: Mapping[str, type[Line]] = {"report-identity": ReportIdentity, "finding-judgement": FindingJudgement}


class UnusableCorrections(Exception):
    """The corrections file cannot be used; the messages are one sentence each and say what to do."""

    def __init__(self, message_th: str, message_en: str) -> None:
        super().__init__(message_th, message_en)
        self.message_th = message_th
        self.message_en = message_en


def corrections_path(database: Path) -> Path:
    """The corrections file of a database."""
    return database.parent / FILE_NAME


def read_identities(path: Path) -> Mapping[str, str]:
    """Report ids by SHA-256 of a file's bytes; empty where there is no file. Raises `UnusableCorrections`."""
    lines = (line for _, line in _lines(path))
    return {line.sha256: line.report_id for line in lines if isinstance(line, ReportIdentity)}


def read_judgements(path: Path) -> tuple[Judgement, ...]:
    """What people judged of findings, in order; empty where there is no file. Raises `UnusableCorrections`."""
    return tuple(
        Judgement(line=number, **line.model_dump(exclude={"kind"}))
        for number, line in _lines(path)
        if isinstance(line, FindingJudgement)
    )


def append_identity(path: Path, sha256: str, report_id: str, source: str, reason: Reason) -> None:
    """Writes down that these bytes belong to that report; on disk when this returns. Raises `UnusableCorrections`."""
    _append(path, ReportIdentity(sha256=sha256, report_id=report_id, source=source, reason=reason, when=_now()))


def append_judgement(path: Path, finding_id: str, judgement: Verdict, reason: str | None, who: str | None) -> None:
    """Writes down what a person judged of a finding; on disk when this returns. Raises `UnusableCorrections`."""
    _append(path, FindingJudgement(finding_id=finding_id, judgement=judgement, reason=reason, who=who, when=_now()))


def _append(path: Path, line: Line) -> None:
    try:
        with path.open("a+b") as file:
            file.write(_line_end_due(file) + line.model_dump_json().encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise _unusable(path, error) from error


def _lines(path: Path) -> Iterator[tuple[int, Line]]:
    """The lines of known kinds with their numbers, from 1."""
    if not path.exists():
        return
    # Not splitlines: a file's name may hold characters that it takes for line ends.
    for number, text in enumerate(_content(path).split("\n"), 1):
        line = _line(path, number, text) if text.strip() else None
        if line is not None:
            yield number, line


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC).replace(microsecond=0)


def _content(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise _unusable(path, error) from error


def _line_end_due(file: BinaryIO) -> bytes:
    """The line end that the last line of a file lacks, as an editor may leave it."""
    if file.seek(0, os.SEEK_END) == 0:
        return b""
    file.seek(-1, os.SEEK_END)
    return b"" if file.read(1) == b"\n" else b"\n"


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
        ) from None
