"""What reports and files are called on pages, so that a reader can tell one document from another."""

import re
import sqlite3
from typing import NamedTuple
from urllib.parse import unquote

from db.sources import PATH_READ
from pipeline.site.charts import shortened

# Letters of a title that stands for its document.
LONGEST = 60


class _Known(NamedTuple):
    """What names a report; `shared` and `same_title`: whether another report of its office has its label, or both."""

    title: str | None
    fiscal_year: int | None
    path_or_url: str | None
    has_office: bool
    shared: bool
    same_title: bool

    @property
    def document(self) -> str | None:
        if self.title and not self.same_title:
            return shortened(self.title, LONGEST)
        return file_name(self.path_or_url) if self.path_or_url else self.title


def file_name(path_or_url: str) -> str:
    """The last part of a path or address."""
    return unquote(re.split(r"[/\\]", path_or_url.rstrip("/\\"))[-1]) or path_or_url


def report_name(connection: sqlite3.Connection, report_id: str, label: str) -> str:
    """The report's label, with what tells the document apart where another report has that label.

    Where no office was found, the label has a title, which may be that of many documents, or only the report's id: the
    file's name stands beside the one, and in the place of the other.
    """
    known = _known(connection, report_id)
    if known is None:
        return label
    year = f" · ปี {known.fiscal_year}" if known.fiscal_year is not None else ""
    name, file = label.removesuffix(year), file_name(known.path_or_url or report_id)
    if known.has_office:
        return f"{label} · {known.document}" if known.shared and known.document else label
    return f"{file}{year}" if name == report_id else f"{shortened(name, LONGEST)}{year} · {file}"


def document_name(connection: sqlite3.Connection, report_id: str) -> str:
    """What a document is called among those of its office: by its title, else by its file's name."""
    known = _known(connection, report_id)
    return (known.document if known else None) or report_id


def _known(connection: sqlite3.Connection, report_id: str) -> _Known | None:
    row = connection.execute(_KNOWN, (LONGEST, LONGEST, report_id)).fetchone()
    return _Known._make(row) if row else None


_KNOWN = f"""
    select title, fiscal_year,
      {PATH_READ},
      office_id is not null,
      exists (select 1 from reports as other
        where other.office_id = reports.office_id and other.label = reports.label and other.id <> reports.id),
      exists (select 1 from reports as other
        where other.office_id = reports.office_id and other.label = reports.label and other.id <> reports.id
        and substr(other.title, 1, ?) = substr(reports.title, 1, ?))
    from reports where id = ?
"""
