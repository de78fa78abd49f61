"""Which report a file belongs to.

In this order, the first that holds:

1. the corrections file says so for these bytes;
2. the database knows these bytes;
3. the file is known with other bytes: it keeps its report, unless that report has another file, too, whose text is
   not near-equal to the new one;
4. the database holds the same report from another file: same office, same fiscal year, same numbers in the title, and
   near-equal text;
5. it is a new report, named by the first 12 hex digits of the SHA-256 of its bytes.

What 3 and 4 decide is written to the corrections file, because the bytes alone do not tell it.
"""

import re
from collections import Counter
from collections.abc import Mapping

from sqlite_utils import Database

from db.corrections import corrected_reports
from db.read import UnknownReport, known_source, read_document_pages, read_report, read_sources, report_id_of_bytes
from extractors.report.identity import report_id as report_id_of_new_bytes
from extractors.thai.text import fold, fold_digits
from pipeline.judgements import read_as_first_read
from pipeline.reading import Reading
from schemas.base import Record
from schemas.correction import IdentityReason
from schemas.report import Report

NEAR_EQUAL = 0.92
"""Share of alike runs of letters.

Measured: renderings of one report (text, Word, HTML, PDF files of eleven producers, in which cells go on over pages and
headings are repeated) 0.94 to 1.00, reports of one office for different years 0.31 to 0.54. Letters in order (the ratio
of an edit distance) tell less: 0.91 to 1.00, since a cell that goes on over a page stands in two places.
"""
_RUN = 4
"""Letters of a run: with fewer, all Thai texts become alike."""


class Identity(Record):
    """A report id, and why the corrections file must hold it (null: it need not)."""

    report_id: str
    reason: IdentityReason | None = None


class Quality(Record):
    """How well a report was read; of two readings of one report the greater is kept."""

    recorded_characters: int
    unrecorded_characters: int
    records: int
    text: str

    @property
    def rank(self) -> tuple[int, int, int, str]:
        """More text in records, less beside them, more records; the text itself decides between equals."""
        return (self.recorded_characters, -self.unrecorded_characters, self.records, self.text)


def identify(db: Database, reading: Reading, source: str, judged: Mapping[str, str]) -> Identity:
    """The report that the reading of the file `source` belongs to; `judged` is report ids by SHA-256."""
    sha256 = reading.document.sha256
    if (decided := judged.get(sha256) or report_id_of_bytes(db, sha256)) is not None:
        return Identity(report_id=decided)
    known = known_source(db, source)
    if known is not None and (
        not _has_other_source(db, known.report_id, source) or _same(db, known.report_id, reading)
    ):
        return Identity(report_id=known.report_id, reason="new-bytes")
    for candidate in _of_same_office_and_year(db, reading.report):
        if _same(db, candidate, reading):
            return Identity(report_id=candidate, reason="other-rendering")
    return Identity(report_id=report_id_of_new_bytes(sha256))


def quality_of_reading(reading: Reading) -> Quality:
    """The quality of what was just read."""
    return _quality(reading.report, reading.document.text)


def quality_of_loaded(db: Database, report_id: str) -> Quality | None:
    """The quality of what the database holds; null where it holds no such report."""
    try:
        return _quality(read_report(db, report_id), _loaded_text(db, report_id))
    except UnknownReport:
        return None


def near_equal(one: str, other: str) -> bool:
    """Two texts differ in no more than formats of one report do; white space, digits' script and dashes aside."""
    first, second = fold(one), fold(other)
    if first == second:
        return True
    runs, others = _runs(first), _runs(second)
    return 2 * (runs & others).total() >= NEAR_EQUAL * max(runs.total() + others.total(), 1)


def _runs(text: str) -> Counter[str]:
    return Counter(text[start : start + _RUN] for start in range(len(text) - _RUN + 1))


def _quality(report: Report, text: str) -> Quality:
    indicators = report.assessment.indicators if report.assessment else ()
    actions = sum(len(measure.actions) for measure in report.measures)
    return Quality(
        recorded_characters=report.characters - report.unrecorded_characters,
        unrecorded_characters=report.unrecorded_characters,
        records=len(indicators) + len(report.measures) + actions,
        text=text,
    )


def _same(db: Database, report_id: str, reading: Reading) -> bool:
    if _numbers(read_as_first_read(db, report_id).title) != _numbers(reading.report.title):
        return False
    return near_equal(_loaded_text(db, report_id), reading.document.text)


def _numbers(title: str | None) -> list[str]:
    """The numbers in a title: «รอบ ๖ เดือน» and «รอบ ๑๒ เดือน» are two reports."""
    return re.findall(r"\d+", fold_digits(title or ""))


def _loaded_text(db: Database, report_id: str) -> str:
    return "\n".join(page.text for page in read_document_pages(db, report_id))


def _has_other_source(db: Database, report_id: str, source: str) -> bool:
    return any(known.report_id == report_id and known.source.path_or_url != source for known in read_sources(db))


def _of_same_office_and_year(db: Database, report: Report) -> list[str]:
    """As read: what people corrected in one rendering the other does not know."""
    office = _office_and_year(report)
    if None in office:
        return []
    rows = db.execute("select id from reports where office_id = ? and fiscal_year = ?", office)
    likely = {str(report_id) for (report_id,) in rows} | {*corrected_reports(db)}
    return [each for each in sorted(likely) if _office_and_year(read_as_first_read(db, each)) == office]


def _office_and_year(report: Report) -> tuple[str | None, int | None]:
    return (report.office_mention.office_id if report.office_mention else None), report.fiscal_year
