"""The text layer put right, font by font, before glyphs become text: where the clue to the damage still is.

A code whose stated text cannot be what is drawn (nothing, a blank without width, a private-use character, a sara am
that may be a sara aa) is looked up by its shape in the font itself; where the font is not embedded or the shape is
unknown, the company that the code keeps tells nikhahit and sara aa from the rest.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from extractors.readers.pdf.content import Glyph
from extractors.readers.pdf.damage import SARA_AA, SARA_AM, Damage, damage_of, is_doubtful, is_suspect
from extractors.readers.pdf.fonts import Coded, CodedFont, DocumentFonts, states_text
from extractors.readers.pdf.glyph_shapes import read_font
from extractors.readers.pdf.sequences import Code, Company, companies_of, is_no_tone, sara_am_codes
from extractors.readers.pdf.symbols import is_symbol_font, sign_of
from extractors.thai.private_use import letters_for_private_use
from extractors.thai.text import fold_digits

_SURE = 0.85
"""Certainty of a shape's reading from which it replaces what the file states."""
_SURE_OF_WITNESS, _WITNESSED = 0.6, 0.8
"""The certainty that is enough for a font whose readings mostly agree with what the file states: they bear each other
out, and where they differ the damage is the file's."""
_SHARE_OF_LIES = 0.3
"""Share of a font's codes whose shapes say otherwise from which no code is believed; in damaged maps up to 0.15 are
wrong (shifted marks, sara am), in ciphers and lost maps nearly all."""
_FEWEST_LIES = 4


class RepairedText(NamedTuple):
    """A page's glyphs with their text put right, how often each class of damage was met, and how many glyphs of fonts

    whose stated text is of no use were decoded.
    """

    glyphs: list[Glyph]
    repairs: Counter[Damage]
    decoded: int


class TextLayer:
    """What the codes of a document's fonts stand for, as far as its pages were seen."""

    def __init__(self, fonts: DocumentFonts) -> None:
        self._fonts = fonts
        self._letters: list[dict[int, str]] = []
        self._judged: list[set[int]] = []
        self._decoded: set[int] = set()

    def learn(self, pages: Sequence[Sequence[Glyph]]) -> None:
        """Judge every code of these pages that was not met before."""
        suspects, doubts = self._new_suspects()
        if not suspects and not doubts:
            return
        companies = companies_of(pages, {*suspects, *doubts})
        for (font, code), letter in sara_am_codes(companies):
            self._letters[font].setdefault(code, letter)
        suspects.extend(code for code in doubts if self._is_confirmed(code, companies))
        for font, codes in groupby(sorted(suspects), key=lambda code: code[0]):
            unread = [code for _, code in codes if code not in self._letters[font]]
            if unread:
                self._read_shapes(font, unread)

    def repaired(self, glyphs: Sequence[Glyph]) -> RepairedText:
        """The glyphs with what was learnt so far; those that are right stay as they are."""
        repairs: Counter[Damage] = Counter()
        decoded = 0
        for glyph in glyphs:
            letter = self._letters[glyph.font].get(glyph.code)
            if letter is None or letter == glyph.text:
                continue
            if glyph.font in self._decoded:
                decoded += 1
            else:
                repairs[damage_of(glyph.text, letter)] += 1
        return RepairedText(self._put_right(glyphs), repairs, decoded)

    def _put_right(self, glyphs: Sequence[Glyph]) -> list[Glyph]:
        letters = self._letters
        return [
            glyph if (letter := letters[glyph.font].get(glyph.code)) is None else Glyph(letter, *glyph[1:])
            for glyph in glyphs
        ]

    def _new_suspects(self) -> tuple[list[Code], list[Code]]:
        """The codes met for the first time whose stated text is suspect, and those where it is doubtful."""
        suspects: list[Code] = []
        doubts: list[Code] = []
        for ordinal in range(len(self._fonts)):
            if ordinal == len(self._letters):
                self._letters.append({})
                self._judged.append(set())
            font, letters, judged = self._fonts[ordinal], self._letters[ordinal], self._judged[ordinal]
            new = [coded for code, coded in font.seen.items() if code not in judged]
            judged.update(coded.code for coded in new)
            if is_symbol_font(font.font.fontname):
                letters.update(_signs(font, new))
                continue
            letters.update(_private_letters(new))
            unread = [coded for coded in new if coded.code not in letters]
            times = Counter(coded.text for coded in font.seen.values())
            states = states_text(font.font)
            for coded in unread:
                repeated = times[coded.text] > 1
                if not states or is_suspect(coded, repeated):
                    suspects.append((ordinal, coded.code))
                elif is_doubtful(coded, repeated):
                    doubts.append((ordinal, coded.code))
        return suspects, doubts

    def _is_confirmed(self, code: Code, companies: Mapping[Code, Company]) -> bool:
        """Whether a doubt holds: a tone mark where none can be, or a sara am in a font that states no sara aa."""
        ordinal, number = code
        font = self._fonts[ordinal]
        if SARA_AM in font.seen[number].text:
            texts = [coded.text for coded in font.seen.values()]
            return SARA_AA not in texts or texts.count(SARA_AM) > 1
        return code in companies and is_no_tone(companies[code])

    def _read_shapes(self, ordinal: int, unread: Sequence[int]) -> None:
        """Read the codes by the shapes of their glyphs; all codes of a font whose statements prove to be lies."""
        font, letters = self._fonts[ordinal], self._letters[ordinal]
        drawn = _drawn_letters(font)
        if not states_text(font.font) or _lies(font, drawn):
            self._decoded.add(ordinal)
            letters.update(drawn)
            return
        wanted = {*unread, *_foreign(font, drawn)}
        letters.update((code, drawn[code]) for code in wanted if code in drawn)


def _signs(font: CodedFont, codes: Sequence[Coded]) -> Iterator[tuple[int, str]]:
    for coded in codes:
        sign = sign_of(font.font.fontname, coded)
        if sign is not None:
            yield coded.code, sign


def _private_letters(suspects: Sequence[Coded]) -> Iterator[tuple[int, str]]:
    for coded in suspects:
        letter, private = letters_for_private_use(coded.text)
        if private:
            yield coded.code, letter


def _drawn_letters(font: CodedFont) -> dict[int, str]:
    """What the glyphs draw, as far as that is sure."""
    reading = read_font(font.font, font.seen)
    readings = {code: read for code in font.seen if (read := reading.text_of(code)) is not None}
    agreeing = sum(fold_digits(font.seen[code].text) == fold_digits(read.text) for code, read in readings.items())
    least = _SURE_OF_WITNESS if agreeing >= _WITNESSED * len(readings) else _SURE
    return {code: read.text for code, read in readings.items() if read.certainty >= least}


def _foreign(font: CodedFont, drawn: dict[int, str]) -> Iterator[int]:
    """Codes stated as something else than Thai that draw a Thai letter («/» for ร, by Ghostscript)."""
    for code, letter in drawn.items():
        if _is_thai_letter(letter) and not any(map(_is_thai_letter, font.seen[code].text)):
            yield code


def _is_thai_letter(text: str) -> bool:
    return "\u0e01" <= text[:1] <= "\u0e4e"


def _lies(font: CodedFont, drawn: dict[int, str]) -> bool:
    """Whether the font's stated texts are wrong throughout: a cipher, or another font's map."""
    stated = [(font.seen[code].text, letter) for code, letter in drawn.items() if letter.strip()]
    wrong = sum(fold_digits(text) != fold_digits(letter) for text, letter in stated)
    return wrong >= _FEWEST_LIES and wrong > _SHARE_OF_LIES * len(stated)
