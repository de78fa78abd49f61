"""Which year is the assessment's and which the measures': the words before a year decide.

«ผลการประเมิน ITA ประจำปี ๒๕๖๒» names the assessed year, «มาตรการ … ประจำปีงบประมาณ พ.ศ. ๒๕๖๓» the fiscal year of the
measures.
All years are Buddhist era.
"""

import re
from dataclasses import dataclass
from typing import Literal

from extractors.thai.text import fold_digits
from extractors.thai.years import FoundYear, find_years
from schemas.wording import YearWording, finds

YearRole = Literal["assessment", "activity", "none"]

# The assessment's full name holds words of doing («ในการดำเนินงาน»), which are no doing of the office.
_NAME = re.compile(
    r"ประเมิน(?:ผล)?(?:ระดับ)?คุณธรรม\s*(?:และ|เเละ)\s*ความโปร่งใส(?:\s*ใน\s*การดำเนินงาน)?(?:\s*ของ\s*หน่วยงาน(?:ภาครัฐ|ของรัฐ)?)?"
)
_REACH = 160
_REACH_AFTER = 40


@dataclass(frozen=True)
class YearMention:
    """A year named in a text, and whether it is the assessment's or that of the office's doings."""

    year: int
    start: int
    end: int
    role: YearRole
    fiscal: bool


def year_mentions(text: str, wording: YearWording) -> tuple[YearMention, ...]:
    """Every Buddhist-era year that the text names, in order."""
    folded = fold_digits(text)
    years = find_years(folded)
    if not years:
        return ()
    masked = _NAME.sub(lambda match: "ประเมิน".ljust(len(match[0])), folded)
    masked = finds(wording.other_assessments).sub(lambda match: " " * len(match[0]), masked)
    return tuple(_mention(found, masked, wording) for found in years)


def _mention(found: FoundYear, masked: str, wording: YearWording) -> YearMention:
    left = masked[max(0, found.start - _REACH) : found.start]
    right = masked[found.end : found.end + _REACH_AFTER]
    role = _role(left, wording) or _role_after(right, wording)
    return YearMention(found.year, found.start, found.end, role, found.fiscal)


def _role(left: str, wording: YearWording) -> YearRole | None:
    """The role that the nearest word to the left gives."""
    assessment = _last(finds(wording.assessment), left)
    activity = _last(finds(wording.activity), left)
    if assessment < 0 and activity < 0:
        return None
    return "assessment" if assessment > activity else "activity"


def _role_after(right: str, wording: YearWording) -> YearRole:
    assessment, activity = finds(wording.assessment).search(right), finds(wording.activity).search(right)
    if assessment and (not activity or assessment.start() < activity.start()):
        return "assessment"
    return "activity" if activity else "none"


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in pattern.finditer(text)), default=-1)
