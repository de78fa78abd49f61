"""What reports and files are called on pages, where what the database has says nothing to a reader."""

import re
import sqlite3
from urllib.parse import unquote


def file_name(path_or_url: str) -> str:
    """The last part of a path or address."""
    return unquote(re.split(r"[/\\]", path_or_url.rstrip("/\\"))[-1]) or path_or_url


def report_name(connection: sqlite3.Connection, report_id: str, label: str) -> str:
    """The report's label; where that is only its id, as no office and no title were found, its file's name."""
    if label != report_id and not label.startswith(f"{report_id} · "):
        return label
    source = connection.execute(_SOURCE, (report_id,)).fetchone()
    return file_name(source[0]) + label[len(report_id) :] if source else label


_SOURCE = "select path_or_url from sources where report_id = ? order by path_or_url limit 1"
