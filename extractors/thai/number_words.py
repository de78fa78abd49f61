"""Numbers spelt out in Thai words: ยี่สิบเอ็ด, สองล้านสามแสนห้าหมื่น, แปดสิบสองจุดสองสอง."""

import re
from decimal import Decimal

UNIT_WORDS = ("ศูนย์", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
"""The words for 0 to 9."""

_DIGIT = {word: value for value, word in enumerate(UNIT_WORDS)} | {"เอ็ด": 1, "ยี่": 2}
_PLACES = (("แสน", 100_000), ("หมื่น", 10_000), ("พัน", 1_000), ("ร้อย", 100), ("สิบ", 10))
_MILLION = 1_000_000
_LONGEST = 300  # characters; longer runs are damaged text, and their powers of a million would take long to multiply

_NONZERO = "|".join(UNIT_WORDS[1:])
# One group under a million: each place once at most, in falling order; a place without a digit counts once (ร้อย = 100).
_GROUP = re.compile(
    "".join(
        rf"(?:(?P<{place}>{_NONZERO}{'|ยี่' if place == 'สิบ' else ''})?(?P<has_{place}>{place}))?" for place, _ in _PLACES
    )
    + rf"(?P<unit>{_NONZERO}|เอ็ด)?"
)
_DECIMALS = re.compile(rf"(?:{'|'.join(UNIT_WORDS)})+")
_WORD = re.compile("|".join(UNIT_WORDS))

WORD_RUN = re.compile("(?:" + "|".join((*_DIGIT, *(place for place, _ in _PLACES), "ล้าน", "จุด")) + ")+")
"""A run of number words in a text; whether it is a number, `number_from_words` tells."""


def number_from_words(text: str) -> Decimal | None:
    """The number that the words spell, white space aside; None where they spell none («สิบแสน», «สามร้อยสองพัน»)."""
    words = "".join(text.split())
    if len(words) > _LONGEST:
        return None
    whole_words, point, decimal_words = words.partition("จุด")
    whole = _whole(whole_words)
    if whole is None or not point:
        return None if whole is None else Decimal(whole)
    if not _DECIMALS.fullmatch(decimal_words):
        return None
    return Decimal(f"{whole}." + "".join(str(_DIGIT[word]) for word in _WORD.findall(decimal_words)))


def _whole(words: str) -> int | None:
    if words == "ศูนย์":
        return 0
    *millions, rest = words.split("ล้าน")
    total = 0
    for group in millions:
        # «ล้านล้าน»: an empty group between two is a further power of a million; at the head it counts once.
        value = _group(group) if group or total else 1
        if value is None:
            return None
        total = (total + value) * _MILLION
    last = _group(rest)
    return None if last is None or not words else total + last


def _group(words: str) -> int | None:
    match = _GROUP.fullmatch(words)
    if match is None:
        return None
    total = _DIGIT[match["unit"]] if match["unit"] else 0
    for place, worth in _PLACES:
        if match[f"has_{place}"]:
            total += worth * (_DIGIT[match[place]] if match[place] else 1)
    return total
