"""What a list of findings tells beside its own columns when it is taken along, so that whoever has it alone finds each.

The place in words, the pages or lines and the file, and the whole address of the page with the evidence.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from db.sources import PATH_READ

# By column; {id} stands for the column of the findings' ids.
_TOLD = {
    "place": "(select place_in_words(at) from findings where findings.id = {id})",
    "pages": """(select group_concat(page, ', ') from
        (select distinct page from evidence where record_id = {id} and page is not null order by page))""",
    "lines": """(select group_concat(line, ', ') from
        (select distinct line from evidence where record_id = {id} and page is null order by line))""",
    "file": f"""(select file_name({PATH_READ}) from reports
        where reports.id = (select report_id from findings where findings.id = {{id}}))""",
    "address": "evidence_address({id})",
}

Functions = Mapping[str, Callable[[str], str]]
"""Functions of SQL by their names; each takes a text and gives one."""


def column_of_ids(table: str | None, columns: Sequence[str]) -> str | None:
    """The column of findings' ids in a list of a table, or of a question; null where it is no list of findings."""
    name = "id" if table == "findings" else "finding_id"
    return name if table in (None, "findings") and name in columns else None


def told_beside(listed: str, ids: str, columns: Sequence[str]) -> Iterator[str]:
    """SQL of what `listed` (a subquery's name) does not tell yet; it calls `place_in_words`, `evidence_address`."""
    of = f'{listed}."{ids}"'
    return (f'{sql.format(id=of)} as "{name}"' for name, sql in _TOLD.items() if name not in columns)
