"""Passages: the stretches of a document between two headings. Figures that stand in one are of one subject and year.

An office's own result is printed together, in a table or in a section; what a long document tells elsewhere (of the
whole country, of other years, as a goal) stands in other sections.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from extractors.report.columns import LaidTable
from extractors.report.results import Told
from extractors.report.sections import begins_section, heading_year
from schemas.document import Line


class Passage(NamedTuple):
    """Where a line stands: the number of its passage, and the year (Buddhist era) that heads it."""

    number: int
    year: int | None


def in_passages(told: Sequence[Told], blocks: Sequence[Line | LaidTable], title: Sequence[Line]) -> tuple[Told, ...]:
    """What was told, each with its passage; the lines of the title head none.

    Where several years alone head figures, one after another, each figure that names no year is of the one above it. A
    single one may as well be the year in which the report was written.
    """
    figures = {id(item.line) for item in told if item.value is not None}
    passages = dict(_passages(blocks, figures | {id(line) for line in title}))
    placed = [(item, passages.get(id(item.line), Passage(0, None))) for item in told]
    years = {passage.year for item, passage in placed if passage.year is not None and item.value is not None}
    return tuple(_placed(item, passage, by_year=len(years) > 1) for item, passage in placed)


def _placed(told: Told, passage: Passage, *, by_year: bool) -> Told:
    year = passage.year if by_year and told.year is None else told.year
    return replace(told, passage=passage.number, year=year)


def _passages(blocks: Sequence[Line | LaidTable], no_headings: set[int]) -> Iterator[tuple[int, Passage]]:
    """The passage of every line, by the line's identity; a table is a passage of its own."""
    number, count, year = 0, 0, None
    for block in blocks:
        if isinstance(block, LaidTable):
            count += 1
            table = Passage(count, year)
            yield from ((id(line), table) for cell in block.table.cells for line in cell.lines)
            continue
        if id(block) not in no_headings and begins_section(block):
            count += 1
            number, year = count, heading_year(block)
        yield id(block), Passage(number, year)
