"""Text without blanks and dots, which remembers where they stood.

Names are printed «สพป.ภูเก็ต», «สพป. ภูเก็ต» and «สำนักงานเขตพื้นที่การศึกษา ประถมศึกษาภูเก็ต»; without blanks and dots
these are compared in one way, and what is found is told in places of the text as written.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from extractors.thai.text import fold_digits

_LEFT_OUT = re.compile(r"[ .\u00a0\u200b]+")
_LEADING_VOWELS = "เแโใไ"
# Signs that cannot begin a syllable: where one follows, a name has not ended.
_JOINED_SIGNS = frozenset("ะัาำิีึืฺุูๅ็่้๊๋์ํ๎ฯ")
_THAI_LETTER = re.compile("[ก-๎]")
_THAI_RUN = re.compile("[ก-๎][ก-๎-]*")


@dataclass(frozen=True)
class Squeezed:
    """A text's characters but for blanks and dots, digits folded; line ends and tabs stay."""

    written: str
    text: str
    places: tuple[int, ...]
    left_out: Mapping[int, str]

    def start(self, index: int) -> int:
        """Where in the written text the character at `index` stands."""
        return self.places[index]

    def end(self, index: int) -> int:
        """Where in the written text the characters before `index` end."""
        return self.places[index - 1] + 1

    def blank_before(self, index: int) -> bool:
        """A blank was left out before the character at `index`."""
        return " " in self.left_out.get(index, "")

    def is_joined(self, start: int, end: int) -> bool:
        """Nothing was left out between the characters from `start` to `end`."""
        return not any(index in self.left_out for index in range(start + 1, end))

    def starts_word(self, index: int) -> bool:
        """The character at `index` may begin a word: no leading vowel stands before it."""
        place = self.places[index]
        return place == 0 or self.written[place - 1] not in _LEADING_VOWELS

    def after_letter(self, index: int) -> bool:
        """A Thai letter or sign stands right before the character at `index`."""
        place = self.places[index]
        return place > 0 and _THAI_LETTER.match(self.written[place - 1]) is not None

    def next_written(self, index: int) -> str:
        """The written character right after the characters before `index`; empty at the text's end."""
        end = self.end(index)
        return self.written[end : end + 1]

    def ends_word(self, index: int) -> bool:
        """The characters before `index` may end a word."""
        return self.next_written(index) not in _JOINED_SIGNS and self.text[index - 1] not in _LEADING_VOWELS

    def stretch(self, start: int, most: int) -> str:
        """Thai letters from `start` up to a blank, dot or other character, at most `most` of them."""
        run = _THAI_RUN.match(self.text, start, start + most)
        end = run.end() if run else start
        gap = next((index for index in range(start + 1, end) if index in self.left_out), end)
        return self.text[start:gap]


def without_gaps(text: str) -> str:
    """The text without blanks and dots, digits folded."""
    return _LEFT_OUT.sub("", fold_digits(text))


def squeeze(text: str) -> Squeezed:
    """The text without blanks and dots, and where they stood."""
    folded = fold_digits(text)
    kept: list[str] = []
    places: list[int] = []
    left_out: dict[int, str] = {}
    last = 0
    for gap in _LEFT_OUT.finditer(folded):
        kept.append(folded[last : gap.start()])
        places.extend(range(last, gap.start()))
        left_out[len(places)] = gap[0]
        last = gap.end()
    kept.append(folded[last:])
    places.extend(range(last, len(folded)))
    return Squeezed(written=folded, text="".join(kept), places=tuple(places), left_out=left_out)
