"""Gold records: what a careful reader writes down from a report, to measure the extraction by.

A gold file `NAME.gold.json` stands beside the document's renderings (`NAME.txt`, `NAME.docx` …). It has the shape of
the public JSON of a report, less evidence and ids; keys that are not scored are passed over.
"""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from extractors.readers.refusals import not_permitted
from schemas.finding import CheckedReport

SUFFIX = ".gold.json"


class _Gold(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class GoldDate(_Gold):
    """A date or range, ISO and Common Era; both ends null for an impossible one."""

    start: str | None
    end: str | None


class GoldAction(_Gold):
    """An action and its offices' canonical names."""

    number: str | None
    parent: str | None
    text: str
    status: str
    dates: tuple[GoldDate, ...] = ()
    offices: tuple[str, ...] = ()


class GoldMeasure(_Gold):
    """A measure; `budget_baht` in baht."""

    indicator_number: int | None
    number: str | None
    text: str
    responsible: str | None = None
    period: str | None = None
    budget_baht: float | None = None
    actions: tuple[GoldAction, ...] = ()


class GoldIndicator(_Gold):
    """An indicator's score, of 100."""

    number: int | None
    name: str
    score: float | None
    weak: bool


class GoldAssessment(_Gold):
    """The assessment's figures as printed; the year is Buddhist era."""

    year: int | None = None
    score: float | None = None
    grade: str | None = None
    threshold: float | None = None
    weak_count: int | None = None
    iit: float | None = None
    eit: float | None = None
    oit: float | None = None
    indicators: tuple[GoldIndicator, ...] = ()


class GoldFinding(_Gold):
    """A check's name and the place where it fails."""

    check: str
    at: str


class GoldReport(_Gold):
    """A report as it is scored; the fiscal year is Buddhist era."""

    title: str | None
    office: str | None
    fiscal_year: int | None
    assessment: GoldAssessment | None = None
    measures: tuple[GoldMeasure, ...] = ()
    findings: tuple[GoldFinding, ...] = ()


class UnusableGold(Exception):
    """A gold file is no gold record; the messages are one sentence each and say what to do."""

    def __init__(self, path: Path, message_th: str, message_en: str) -> None:
        super().__init__(path, message_th, message_en)
        self.path = path
        self.message_th = message_th
        self.message_en = message_en


def load_gold(path: Path) -> GoldReport:
    """The gold record in a file; raises `UnusableGold`."""
    try:
        return GoldReport.model_validate_json(path.read_bytes())
    except OSError as error:
        refusal = not_permitted()
        raise UnusableGold(path, refusal.message_th, refusal.message_en) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "-"
        raise UnusableGold(
            path,
            f"ไฟล์เฉลยไม่ถูกต้องที่ {place} โปรดแก้ไข ({first['msg']})",
            f"The gold file is wrong at {place}: mend it ({first['msg']}).",
        ) from None


def as_gold(report: CheckedReport) -> GoldReport:
    """An extracted report, as far as it is scored."""
    return GoldReport.model_validate(report.model_dump(mode="json"))
