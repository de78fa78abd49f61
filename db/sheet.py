"""The sheet of all actions in full: each with its office, year, indicator, measure, dates and place, in words.

It is for people who read and sort in a spreadsheet; the tables, with their ids, are for programs.
"""

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from sqlite_utils import Database

from db.listings import Cell, Column, Kind, Listing
from db.sources import PATH_READ
from schemas.base import Record
from schemas.report import Status

# Dates and offices as they are printed, in that order; the days in between are not told by first and last.
_ACTIONS_IN_FULL = f"""
    select
        coalesce(offices.name, reports.office_as_written) as office,
        reports.fiscal_year as fiscal_year,
        measures.indicator_number as indicator_number,
        measures.indicator_name as indicator_name,
        measures.number as measure_number,
        measures.text as measure,
        measures.responsible as responsible,
        measures.period as period,
        measures.budget_baht as budget_baht,
        actions.parent_number as parent_number,
        actions.number as action_number,
        actions.text as action,
        actions.status as status,
        (select group_concat(raw, '; ') from
            (select raw from action_dates where action_id = actions.id order by position)) as dates,
        (select min(start) from action_dates where action_id = actions.id) as first_day,
        (select max("end") from action_dates where action_id = actions.id) as last_day,
        (select group_concat(name, '; ') from
            (select name from action_offices join offices on offices.id = office_id
            where action_id = actions.id group by name order by min(position))) as offices,
        place.page as page,
        place.line as line,
        place.text as evidence,
        {PATH_READ} as source,
        actions.id as action_id
    from actions
    join measures on measures.id = actions.measure_id
    join reports on reports.id = actions.report_id
    left join offices on offices.id = reports.office_id
    left join evidence as place on place.record_id = actions.id and place.position = 1
    order by office, fiscal_year, actions.sort_key
"""


class SheetWords(Record):
    """Headings of the sheet by column, in order, kinds of the columns that hold no text, words for a status."""

    title: str
    headings: dict[str, str]
    kinds: dict[str, Kind]
    status: dict[Status, str]


@cache
def sheet_words() -> SheetWords:
    """The words of the sheet; raises `pydantic.ValidationError` where `sheet.toml` is wrong."""
    return SheetWords.model_validate(tomllib.loads((files("db") / "sheet.toml").read_text(encoding="utf-8")))


def status_word(status: Status) -> str:
    """What an action's status means, in Thai."""
    return sheet_words().status[status]


def actions_in_full(db: Database) -> Listing:
    """A row for each action, by office, year and printed order."""
    words = sheet_words()
    columns = tuple(Column(name, heading, words.kinds.get(name, "text")) for name, heading in words.headings.items())
    return Listing("actions-in-full", columns, _told(db))


def _told(db: Database) -> Iterator[list[Cell]]:
    for row in db.query(_ACTIONS_IN_FULL):
        told = {**row, "status": status_word(row["status"])}
        yield [told[column] for column in sheet_words().headings]
