"""Thai text in one spelling: the forms that reading, comparing and searching work on.

Four strengths, each including the one before where it says so:

- `fold_digits`: Thai digits as ASCII, every character in its place;
- `normalise`: one spelling of the same print (mark order, sara am, invisible characters); lines stay;
- `search_fold`: `normalise`, digits and case folded, white space to single spaces; what search compares;
- `fold`: `search_fold` without any white space, quotes and dashes unified; what "the same text" means.

All but `fold_digits` may change the length; all are idempotent.

They run on every line many times over, and most lines need no change: a look for what would be changed takes 0.1 to
0.9 µs a line, `str.translate` 7 to 12 (3,381 lines of 66 characters on average).
"""

import re
import unicodedata
from functools import lru_cache

_DIGIT = re.compile("[๐-๙]")
_DIGITS = tuple(zip("๐๑๒๓๔๕๖๗๘๙", "0123456789", strict=True))

_QUOTES_AND_DASHES = {
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‘’‚‛′`", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
}
_QUOTE_OR_DASH = re.compile(f"[{''.join(_QUOTES_AND_DASHES)}]")

# Zero-width spaces and joiners, direction marks, soft hyphen, byte order mark: nothing of them is printed.
_INVISIBLE = (
    "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_BLANKS = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_SPACING = {**dict.fromkeys(_INVISIBLE, ""), **dict.fromkeys(_BLANKS, " ")}
_SPACE = re.compile(f"[{_INVISIBLE}{_BLANKS}]")

_MARK_RUN = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]{2,}")
_PHINTHU = "\u0e3a"
_VOWEL_MARKS = "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e47"
# Phinthu stands first as Unicode's canonical order has it; tone marks and thanthakhat last.
_MARK_RANK = {_PHINTHU: 0, **dict.fromkeys(_VOWEL_MARKS, 1), "\u0e4d": 2}
# Where neither stands, the marks are in order: a phinthu, or a mark behind one that ranks after it.
_AFTER_TONE = re.compile(f"[\u0e48-\u0e4e][{_VOWEL_MARKS}\u0e4d]")
_NIKHAHIT_AA = re.compile("\u0e4d([\u0e48-\u0e4c\u0e4e]*)\u0e32")
_AM_RUN = re.compile("\u0e33[\u0e33\u0e48-\u0e4b]+")


def fold_digits(text: str) -> str:
    """Thai digits as ASCII digits; the text keeps its length, so places in it stay true."""
    if _DIGIT.search(text):
        for thai, digit in _DIGITS:
            text = text.replace(thai, digit)
    return text


def normalise(text: str) -> str:
    """The same print in one spelling, with its lines and digits as they are.

    NFC; nikhahit and sara aa (a tone mark between or not) as sara am; เเ as แ; vowel marks before tone marks, tone
    mark before sara am; invisible characters removed; every kind of blank but tab and line ends as a space.
    """
    text = _SPACE.sub(lambda space: _SPACING[space[0]], text)
    while (spelt := _spell(text)) != text:
        text = spelt
    return text


def search_fold(text: str) -> str:
    """`normalise`, with ASCII digits, case folded, runs of white space as one space, none at the ends."""
    return " ".join(_fold_case(fold_digits(text)).split())


def fold(text: str) -> str:
    """The text for comparing: as `search_fold`, without white space, quotes and dashes each of one kind."""
    unspaced = _QUOTE_OR_DASH.sub(lambda sign: _QUOTES_AND_DASHES[sign[0]], "".join(text.split()))
    return _fold_case(fold_digits(unspaced))


@lru_cache(maxsize=256)
def fold_phrases(phrases: tuple[str, ...]) -> tuple[str, ...]:
    """`fold` for phrases of the data files, which are compared again and again."""
    return tuple(map(fold, phrases))


def _spell(text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    if _PHINTHU in text or _AFTER_TONE.search(text):
        text = _MARK_RUN.sub(_sorted_marks, text)
    if "\u0e4d" in text:
        text = _NIKHAHIT_AA.sub("\\1\u0e33", text)
    # The whole run at once: swapped pair by pair, damaged text («ำ่ำ่ำ่…») would take time by its length squared.
    text = _AM_RUN.sub(_tones_first, text)
    return text.replace("เเ", "แ")


def _sorted_marks(run: re.Match[str]) -> str:
    return "".join(sorted(run[0], key=lambda mark: _MARK_RANK.get(mark, 3)))


def _tones_first(run: re.Match[str]) -> str:
    tones = run[0].replace("\u0e33", "")
    return tones + "\u0e33" * (len(run[0]) - len(tones))


def _fold_case(text: str) -> str:
    # Case folding can undo NFC (ΐ), and NFC can give letters that fold again.
    normal = normalise(text)
    folded = normal.casefold()
    return normal if folded == normal else normalise(folded)
