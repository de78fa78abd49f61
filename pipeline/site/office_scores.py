"""An office's results over the years: the total and every indicator, by the year that was assessed."""

from collections.abc import Iterator, Sequence

from pydantic import Field
from sqlite_utils import Database

from extractors.thai.text import fold
from pipeline.site.charts import Series
from schemas.base import Record


class IndicatorScore(Record):
    """One indicator's score in one result."""

    id: str
    assessment_id: str
    number: int | None
    name: str
    score: float | None
    weak: bool

    @property
    def key(self) -> str:
        """What brings the years of one indicator together: the official number, else the name."""
        return str(self.number) if self.number is not None else fold(self.name)


class YearResult(Record):
    """The result of one year, from one report."""

    id: str
    report_id: str
    report: str = Field(description="how lists name the report")
    own: bool = Field(description="told by the office's own report; else a row of a table of several offices")
    year: int | None = Field(description="Buddhist-era year that was assessed")
    score: float | None
    grade: str | None
    threshold: float | None
    iit: float | None
    eit: float | None
    oit: float | None
    indicators: tuple[IndicatorScore, ...] = ()

    def indicator(self, key: str) -> IndicatorScore | None:
        """The score of an indicator; null where the result does not tell it."""
        return next((each for each in self.indicators if each.key == key), None)

    def tells_as(self, other: "YearResult") -> bool:
        """Whether the two tell the same figures of the same year."""
        figures = [(each.year, each.score, each.grade, each.iit, each.eit, each.oit) for each in (self, other)]
        scores = [{(one.key, one.score) for one in each.indicators} for each in (self, other)]
        return figures[0] == figures[1] and scores[0] == scores[1]


class ScoreCell(Record):
    """A figure of one year, and how much it has changed from the year before."""

    id: str | None
    score: float | None
    weak: bool = False
    change: float | None = Field(description="points; null where the year before has no figure")


class ScoreRow(Record):
    """One figure over the years, a cell a result."""

    number: int | None
    name: str
    cells: tuple[ScoreCell | None, ...]


def read_results(db: Database, office_id: str) -> tuple[YearResult, ...]:
    """The office's results by year; one that another report tells again with the same figures stands once."""
    scores = [IndicatorScore(**row) for row in db.query(_INDICATORS, (office_id,))]
    results: list[YearResult] = []
    for row in db.query(_RESULTS, (office_id,)):
        result = YearResult(**row, indicators=tuple(score for score in scores if score.assessment_id == row["id"]))
        if not any(result.tells_as(other) for other in results):
            results.append(result)
    return tuple(results)


def score_rows(results: Sequence[YearResult]) -> tuple[ScoreRow, ...]:
    """A row for every indicator that a result tells, by number; those without a number last."""
    known = {each.key: each for result in results for each in result.indicators}
    ordered = sorted(known.values(), key=lambda each: (each.number is None, each.number or 0, each.name))
    return tuple(ScoreRow(number=each.number, name=each.name, cells=_cells(results, each.key)) for each in ordered)


def total_row(results: Sequence[YearResult], name: str) -> ScoreRow:
    """The total score over the years."""
    cells = tuple(
        ScoreCell(id=result.id, score=result.score, change=_change(result.score, _before(results, place, None)))
        for place, result in enumerate(results)
    )
    return ScoreRow(number=None, name=name, cells=cells)


def changed(rows: Sequence[ScoreRow]) -> tuple[bool, ...]:
    """Of each result whether any of its figures has changed since the year before."""
    columns = zip(*(row.cells for row in rows), strict=True)
    return tuple(any(cell and cell.change is not None for cell in column) for column in columns)


def series_of(results: Sequence[YearResult], row: ScoreRow) -> Series:
    """A row as a line over the assessed years; of two results of one year the first that has the figure."""
    told: dict[int, float | None] = {}
    for result, cell in zip(results, row.cells, strict=True):
        if result.year is not None and told.get(result.year) is None:
            told[result.year] = cell.score if cell else None
    years = range(min(told), max(told) + 1) if told else range(0)
    return Series(name=row.name, points=tuple((year, told.get(year)) for year in years))


def _cells(results: Sequence[YearResult], key: str) -> tuple[ScoreCell | None, ...]:
    return tuple(_cells_of(results, key))


def _cells_of(results: Sequence[YearResult], key: str) -> Iterator[ScoreCell | None]:
    for place, result in enumerate(results):
        found = result.indicator(key)
        if found is None:
            yield None
        else:
            change = _change(found.score, _before(results, place, key))
            yield ScoreCell(id=found.id, score=found.score, weak=found.weak, change=change)


def _before(results: Sequence[YearResult], place: int, key: str | None) -> float | None:
    """The figure of the year before the result's: an indicator's, else the total."""
    year = results[place].year
    for result in reversed(results[:place]):
        if year is not None and result.year == year - 1:
            found = result.indicator(key) if key is not None else result
            if found and found.score is not None:
                return found.score
    return None


def _change(score: float | None, before: float | None) -> float | None:
    return None if score is None or before is None else round(score - before, 2)


_RESULTS = """
    select assessments.id, report_id, label as report, reports.office_id is assessments.office_id as own,
      year, score, grade, threshold, iit, eit, oit
    from assessments join reports on reports.id = assessments.report_id where assessments.office_id = ?
    order by year, position, fiscal_year, assessments.id
"""

_INDICATORS = """
    select indicators.id, assessment_id, number, name, indicators.score, weak
    from assessments join indicators on assessment_id = assessments.id where office_id = ?
    order by assessment_id, indicators.position
"""
