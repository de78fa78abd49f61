"""Which word a number of a result belongs to: «IIT», an indicator's name or «ต่ำกว่าร้อยละ» claim what follows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from extractors.report.names import IndicatorName
from schemas.wording import ResultWording, any_of

ClaimKind = Literal["indicator", "iit", "eit", "oit", "total", "score", "threshold", "full_marks", "goal", "earlier"]
# How far a word's claim reaches: the longest indicator name with «ได้คะแนนเฉลี่ยร้อยละ» fits.
REACH = 90

# «คะแนนเฉลี่ยน้อยที่สุด» is told of one among others, never of the whole.
_NO_SUPERLATIVE = "(?!(?:ที่)?(?:สูง|มาก|ต่ำ|น้อย)(?:ที่)?สุด)"
_OWNERS = ("indicator", "iit", "eit", "oit", "full_marks", "goal", "earlier")


@dataclass(frozen=True)
class Claim:
    """A word that claims the number after it."""

    kind: ClaimKind
    start: int
    end: int
    name: IndicatorName | None = None


def claims_in(text: str, names: Sequence[IndicatorName], wording: ResultWording) -> tuple[Claim, ...]:
    """Every claiming word of a text, by where it ends; words inside a longer one or a name claim nothing."""
    claims = [Claim("indicator", name.start, name.end, name) for name in names]
    for kind, pattern in _patterns(wording):
        claims.extend(
            Claim(kind, match.start(), match.end())
            for match in pattern.finditer(text)
            if not any(name.start <= match.start() < name.end for name in names)
        )
    whole = [claim for claim in claims if not any(_within(claim, other) for other in claims)]
    return tuple(sorted(whole, key=lambda claim: claim.end))


def claim_on(place: int, claims: Sequence[Claim], claimed: set[int]) -> Claim | None:
    """The word that claims the number at `place`: the nearest before it that has no number yet.

    A mere «คะแนน» speaks for the word before it («การใช้งบประมาณ ได้คะแนน …»); «คะแนนรวม» speaks for itself beside an
    indicator's name.
    """
    before = [claim for claim in claims if claim.end <= place and place - claim.end <= REACH]
    if not before:
        return None
    nearest = _first_of_run(before)
    if nearest.kind in ("score", "total"):
        owner = next((claim for claim in reversed(before) if claim.kind in _OWNERS), None)
        if owner is not None and owner.start not in claimed and not _speaks_for_itself(nearest, owner):
            return owner
    return None if nearest.start in claimed else nearest


def _first_of_run(claims: Sequence[Claim]) -> Claim:
    """The last claim, or the word of the total that words of score follow: «คะแนนเฉลี่ย|เท่ากับ|ร้อยละ ๘๘.๖๑»."""
    last = len(claims) - 1
    while last > 0 and claims[last].kind == "score" and 0 <= claims[last].start - claims[last - 1].end <= 1:
        last -= 1
    return claims[last] if claims[last].kind == "total" else claims[-1]


def _within(claim: Claim, other: Claim) -> bool:
    return other.start <= claim.start and claim.end <= other.end and other.end - other.start > claim.end - claim.start


def _speaks_for_itself(nearest: Claim, owner: Claim) -> bool:
    return nearest.kind == "total" and owner.kind == "indicator"


@cache
def _patterns(wording: ResultWording) -> tuple[tuple[ClaimKind, re.Pattern[str]], ...]:
    fillers = rf"(?:{any_of(wording.pass_mark_fillers)}|[(:\s])*"
    return (
        ("iit", re.compile(any_of(wording.iit) + "(?!นอก)")),
        ("eit", re.compile(any_of(wording.eit))),
        ("oit", re.compile(any_of(wording.oit))),
        ("full_marks", re.compile(any_of(wording.full_marks))),
        ("goal", re.compile(any_of(wording.goals) + "(?!จาก)")),
        ("threshold", re.compile(any_of(wording.pass_mark) + fillers + "(?=[0-9])")),
        ("earlier", re.compile(any_of(wording.earlier))),
        ("total", re.compile(any_of(wording.total) + _NO_SUPERLATIVE)),
        ("score", re.compile(any_of(wording.score) + r"|ได้(?:รับ)?(?=\s*[0-9]{1,3}(?:\.[0-9]{1,2})?\s*คะแนน)")),
    )
