"""Marks put back on their letters, with the help of known words.

How the damage arises: a mark has no width of its own and is drawn where its consonant ends. Programs that put a line's
characters in order of their left edges place it at random before or behind the next letter («พฒันา» for «พัฒนา»), and
where it lands they may see a gap («พฒั นา»). Nikhahit of sara am suffers the same («สาํนักงาน»), or comes out as a blank
(«ส านักงาน»), as nothing («สานักงาน») or as mai tho («ส้านักงาน»). The letters themselves keep their order.

So a damaged stretch is a noisy copy: over its letters runs the cheapest sequence of known words (by how common they
are) and unknown letters, where each mark that stands elsewhere than the word has it costs something. It is Viterbi's
search (1967) over a word list, as in spelling correction by the noisy channel (Kernighan, Church and Gale 1990).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from extractors.thai.mark_damage import (
    UNKNOWN_MARK,
    Costs,
    Explained,
    MarkDamage,
    explain_marks,
    in_written_order,
    is_well_formed,
    less,
)
from extractors.thai.word_list import NIKHAHIT, SARA_AA, Word, letters_beginning, longest_letters, words_with_letters

# A letter outside all words costs as much as a word met once in a hundred thousand; measured on the names of public
# offices, 4 to 6 give the same result.
_UNKNOWN_LETTER_COST = 5.0
_UNKNOWN_MARKS_COST = 1.0
_ILL_FORMED_COST = 6.0
# A blank behind a mark that was moved is the gap which the move left.
_GAP_OF_MARK_COST = 0.5
_GAP_BEFORE_VOWEL_COST = 4.0
# «การค ้า», «น ้าหนัก»: the blank may as well have come before the tone mark as stand for nikhahit.
_GAP_OF_TONE_COST = 1.5
_NEVER_FIRST = "ะา"
_LOWER_VOWELS = "ุู"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Thai letters, the marks read after each, the number of blanks read after each."""

    letters: str
    marks: tuple[str, ...]
    gaps: tuple[int, ...]
    letter_spaced: bool

    def marks_after(self, place: int) -> str:
        """The marks read at the letter behind `place`."""
        return self.marks[place + 1] if place + 1 < len(self.marks) else ""

    def marks_of_blank(self, place: int) -> str:
        """The marks that the blanks at the letter may stand for.

        Nikhahit, where they stand before sara aa, or behind it one more than between words; and the vowels below the
        line («สาธารณส ข»), where a program took their glyphs, out of place in some fonts, for blanks.
        """
        if self.letter_spaced:
            return ""
        before_aa = self.letters[place + 1 : place + 2] == SARA_AA
        if before_aa and (self.gaps[place] > 0 or self.gaps[place + 1] > 1):
            return NIKHAHIT
        return "" if before_aa or self.gaps[place] != 1 else _LOWER_VOWELS


class Piece(NamedTuple):
    """A known word or an unknown letter at the letters `start` to `end`.

    `pending` are its marks read behind `end`; `late` says that its last letter was read with a mark of the one before.
    """

    start: int
    end: int
    written: str
    is_word: bool
    damage: tuple[MarkDamage, ...]
    pending: str
    late: bool


class _Arc(NamedTuple):
    cost: float
    pending_before: str
    piece: Piece


@dataclass(frozen=True, slots=True)
class _Search:
    """The cheapest way to each letter, for each set of marks still to be found."""

    stretch: Stretch
    costs: Costs
    best: list[dict[str, _Arc]]

    def offer(self, pending_before: str, cost: float, piece: Piece) -> None:
        """Keeps the piece as the way to its end if there is none cheaper."""
        ways = self.best[piece.end]
        standing = ways.get(piece.pending)
        if standing is None or cost < standing.cost:
            ways[piece.pending] = _Arc(cost, pending_before, piece)

    def explain(self, place: int, pending: str, marks: str) -> Explained | None:
        """How the letter at `place`, if it had these marks, came to be read as it was."""
        stretch = self.stretch
        blank = stretch.marks_of_blank(place)
        return explain_marks(self.costs, stretch.marks[place], pending, marks, stretch.marks_after(place), blank)

    def go_on(self, place: int, pending: str, cost: float) -> None:
        """Offers every word and the unknown letter that may come at `place`."""
        for word in _words_at(self.stretch.letters, place):
            self._offer_word(place, pending, cost, word)
        for marks in _marks_of_unknown(self.stretch, place, pending):
            explained = self.explain(place, pending, marks)
            if explained is not None:
                self._offer_letter(place, pending, cost, marks, explained)

    def _offer_word(self, start: int, pending_before: str, cost: float, word: Word) -> None:
        cost += word.cost
        pending = late = pending_before
        damage: tuple[MarkDamage, ...] = ()
        end = start + len(word.letters)
        for place, marks in enumerate(word.marks, start):
            explained = self.explain(place, pending, marks)
            if explained is None:
                return
            gap = self.stretch.gaps[place]
            if gap and place + 1 < end:
                cost += self._gap_cost(place, moved=bool(explained.damage or (pending and gap == 1)))
            cost += explained.cost
            damage += explained.damage
            late, pending = pending, explained.pending
        self.offer(pending_before, cost, Piece(start, end, word.written, True, damage, pending, bool(late)))

    def _gap_cost(self, place: int, moved: bool) -> float:
        """What it costs to hold the blanks behind a letter for none of the writer's."""
        if moved:
            return _GAP_OF_MARK_COST
        if self.stretch.letters[place + 1] not in _NEVER_FIRST:
            return self.costs.gap
        cost = _GAP_OF_TONE_COST if self.stretch.marks[place] else _GAP_BEFORE_VOWEL_COST
        return min(cost, self.costs.gap)

    def _offer_letter(self, place: int, pending: str, cost: float, marks: str, explained: Explained) -> None:
        letter = self.stretch.letters[place]
        cost += _UNKNOWN_LETTER_COST + explained.cost
        if marks:
            cost += _UNKNOWN_MARKS_COST if is_well_formed(letter, marks) else _ILL_FORMED_COST
        written = letter + in_written_order(marks)
        piece = Piece(place, place + 1, written, False, explained.damage, explained.pending, bool(pending))
        self.offer(pending, cost, piece)


def cheapest_reading(stretch: Stretch, costs: Costs) -> tuple[Piece, ...]:
    """The words and unknown letters that explain the stretch at the least cost."""
    search = _Search(stretch, costs, [{} for _ in range(len(stretch.letters) + 1)])
    search.go_on(0, "", 0.0)
    for place in range(1, len(stretch.letters)):
        for pending, arc in search.best[place].items():
            search.go_on(place, pending, arc.cost)
    return tuple(_way_back(search.best))[::-1]


def _way_back(best: list[dict[str, _Arc]]) -> Iterator[Piece]:
    place, pending = len(best) - 1, ""
    while place:
        arc = best[place][pending]
        yield arc.piece
        place, pending = arc.piece.start, arc.pending_before


def _words_at(letters: str, place: int) -> tuple[Word, ...]:
    return _words_beginning(letters[place : place + longest_letters()])


@lru_cache(maxsize=4096)
def _words_beginning(letters: str) -> tuple[Word, ...]:
    return tuple(word for known in letters_beginning(letters) for word in words_with_letters(known))


def _marks_of_unknown(stretch: Stretch, place: int, pending: str) -> tuple[str, ...]:
    """The marks that a letter outside all words may have: those read there, and those the next letter cannot bear."""
    rest = less(stretch.marks[place], pending)
    following = stretch.marks_after(place)
    choices = [rest]
    if following and not is_well_formed(stretch.letters[place + 1], following):
        choices += [rest + mark for mark in dict.fromkeys((*following, following)) if UNKNOWN_MARK not in mark]
    if stretch.gaps[place] and stretch.marks_of_blank(place) == NIKHAHIT:
        choices.append(rest + NIKHAHIT)
    return tuple("".join(sorted(choice)) for choice in choices)
