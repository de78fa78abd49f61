"""Nikhahit and sara aa told by the company they keep, without a look at their glyphs.

Word and others draw sara am as two glyphs, nikhahit and sara aa, a tone mark between or not. Within one font the code
that sara aa always follows, and whose stated text is a blank, nothing or sara am, is nikhahit.
"""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from extractors.readers.pdf.content import ACTUAL_TEXT, Glyph
from extractors.readers.pdf.damage import NIKHAHIT, SARA_AA, SARA_AM, is_control

_TONES = frozenset("\u0e48\u0e49\u0e4a\u0e4b")
_ALWAYS = 0.95
"""Share of a code's appearances that one follower must have; marks of other kinds keep below 0.5."""
_ENOUGH = 3
"""Appearances that a blank needs: one blank before one sara aa may be print."""

Code = tuple[int, int]
"""A font's ordinal and a code of it."""


@dataclass
class Company:
    """What a code states, and what follows it: the next code of its font past a tone mark, and that one's text.

    `beside_tones` is how often a tone mark comes right before or behind it.
    """

    text: str = ""
    followers: Counter[tuple[Code, str] | None] = field(default_factory=Counter)
    beside_tones: int = 0

    @property
    def constant_follower(self) -> tuple[Code, str] | None:
        """What nearly always follows, by its code and its stated text."""
        follower, times = self.followers.most_common(1)[0]
        return follower if times >= _ALWAYS * self.followers.total() else None

    @property
    def is_before_sara_aa(self) -> bool:
        """Whether sara aa, stated as such or as sara am, nearly always follows: as it follows nikhahit."""
        follower = self.constant_follower
        return follower is not None and follower[1] in (SARA_AA, SARA_AM) and self.followers.total() >= _ENOUGH


def is_no_tone(company: Company) -> bool:
    """Whether a code stated as a tone mark is none: sara aa always follows, as it does nikhahit, or a tone mark."""
    return company.is_before_sara_aa or (company.text in _TONES and company.beside_tones > 0)


def companies_of(pages: Iterable[Sequence[Glyph]], codes: Container[Code]) -> dict[Code, Company]:
    """The company that these codes keep on the pages."""
    companies: dict[Code, Company] = defaultdict(Company)
    for glyphs in pages:
        for place, glyph in enumerate(glyphs):
            if (glyph.font, glyph.code) in codes:
                company = companies[glyph.font, glyph.code]
                company.text = glyph.text
                company.followers[_follower(glyphs, place)] += 1
                company.beside_tones += any(near.text in _TONES for near in glyphs[max(0, place - 1) : place + 2 : 2])
    return companies


def sara_am_codes(companies: Mapping[Code, Company]) -> Iterator[tuple[Code, str]]:
    """Codes that are nikhahit or sara aa though the file states otherwise."""
    for code, company in companies.items():
        follower = company.constant_follower
        if follower is not None and follower[0] != code and _is_pair(company, follower[1]):
            yield code, NIKHAHIT
            yield follower[0], SARA_AA


def _follower(glyphs: Sequence[Glyph], place: int) -> tuple[Code, str] | None:
    after = place + 1
    if after < len(glyphs) and glyphs[after].text in _TONES:
        after += 1
    if after < len(glyphs) and glyphs[after].font == glyphs[place].font and glyphs[after].code != ACTUAL_TEXT:
        return (glyphs[after].font, glyphs[after].code), glyphs[after].text
    return None


def _is_pair(company: Company, follower: str) -> bool:
    if company.text == SARA_AM:
        return follower in ("", SARA_AA) or is_control(follower)
    says_nothing = not company.text or is_control(company.text)
    blank = company.text == " " and company.followers.total() >= _ENOUGH
    return (says_nothing or blank) and follower in (SARA_AA, SARA_AM)
