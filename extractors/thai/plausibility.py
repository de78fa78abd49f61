"""How far a text looks like Thai as it is written: the measure by which a page's text layer is trusted or not.

Measured on pages of 24 real PDFs (texts as pdfplumber and PDFium read them), on the same pages as printed, and on
reports:

| text | plausibility |
|---|---|
| as printed: 24 pages and 11 reports | 0.965 to 1, median 0.99 |
| as printed: lists of 40 school names, most in no word list | 0.82 to 0.93 |
| damaged, before repair, page medians | 0.41 to 0.97 |
| the same after `repair` with evidence, pages | 0.875 to 1, medians 0.95 to 1 (a page of an organisation chart 0.875) |
| no table of letters (ASCII and controls for Thai), junk of a hidden recogniser's layer | 0 to 0.07 |

Damage that still makes words («จ้า เป็น») costs little: a plausible text may be damaged; an implausible one is.
"""

import re

from extractors.thai.known_words import known_letters

TRUSTED = 0.96
"""A page from here on reads as print does."""

_THAI_RUN = re.compile("[ก-ฺเ-๎]+")
# Characters that no Thai text has: glyphs without a letter, private use, controls; and Latin letters or signs inside a
# Thai word, which wrong tables of letters give («QหO0N3»).
_FOREIGN = re.compile(
    "\\(cid:[0-9]+\\)|[\ufffd\uf700-\uf8ff\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]"
    "|(?<=[ก-ฺเ-๎])[A-Za-z0-9<>@?|\\\\^`~{}\u00a1-\u02af]+(?=[ก-ฺเ-๎])"
)
# Signs that words, numbers and addresses have at most one of: «1>@01>1/0@1».
_STRANGE = re.compile("[<>@?|\\\\^`~{}\u00a1-\u02af]")
_NOT_THAI = re.compile("[^\\sก-๛]{4,}")
_MOST_STRANGE = 1


def plausibility(text: str) -> float:
    """The share of the text's Thai letters that belong to known words; 1 for a text without Thai and without junk.

    Characters that have no place in Thai text count as letters that do not.
    """
    runs = _THAI_RUN.findall(text)
    letters = sum(map(len, runs)) + _foreign_characters(text)
    return sum(map(known_letters, runs)) / letters if letters else 1.0


def _foreign_characters(text: str) -> int:
    foreign = sum(len(found[0]) for found in _FOREIGN.finditer(text))
    return foreign + sum(len(token) for token in _NOT_THAI.findall(text) if _is_junk(token))


def _is_junk(token: str) -> bool:
    return len(_STRANGE.findall(token)) > _MOST_STRANGE
