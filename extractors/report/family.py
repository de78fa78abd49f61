"""Whether a document is of the family that is read: reports, plans and results of integrity assessments (ITA).

Other documents of the same offices have tables of measures, too (budget plans, manuals, follow-up plans of other
programmes); what they promise is no answer to an assessment.
"""

import re
from functools import cache

from extractors.thai.text import fold
from schemas.reference import Reference

OPENING = 4000
"""Characters at the head of a document in which a report of the family says what it is about."""
FEWEST_PER_CHARACTERS = 2000
"""Characters of a longer document that name the assessment once on average, if it has a part about it: an
anti-corruption plan with its analysis has 1,300, a procurement report and a policy that mention it 2,700 and more."""
FEWEST_INDICATORS = 3


def is_of_family(text: str, reference: Reference) -> bool:
    """Whether the text tells of an integrity assessment: by its name, or by names of its indicators."""
    naming = _naming(reference.wording.family)
    if naming.search(text[:OPENING]):
        return True
    if sum(1 for _ in naming.finditer(text)) * FEWEST_PER_CHARACTERS >= len(text) > 0:
        return True
    folded = fold(text)
    names = {fact.name for fact in reference.indicators if fold(fact.name) in folded}
    return len(names) >= FEWEST_INDICATORS


def names_assessment(text: str, reference: Reference) -> bool:
    """Whether a text names the assessment."""
    return _naming(reference.wording.family).search(text) is not None


@cache
def _naming(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """The assessment's names, Latin ones as whole words, with blanks as they may stand in Thai."""
    return re.compile("|".join(_pattern(phrase) for phrase in phrases))


def _pattern(phrase: str) -> str:
    if phrase.isascii():
        return rf"(?<![A-Za-z]){re.escape(phrase)}(?![A-Za-z])"
    return r"\s*".join(map(re.escape, phrase))
