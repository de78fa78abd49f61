"""How a list's counter is printed: digits, letters, Roman numerals and words, as browsers and Word do it."""

from pythainlp.util import num_to_thaiword

_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_UNITS = ((9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LARGEST_ROMAN = 3999
_LONGEST_REPEAT = 30

LATIN = "abcdefghijklmnopqrstuvwxyz"
THAI = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
"""The letters of Word's format thaiLetters (ECMA-376 part 1, 17.18.59): without ฃ ฅ ฆ ฤ ฦ."""


def thai_digits(count: int) -> str:
    """๑, ๒ … ๑๐."""
    return str(count).translate(_THAI_DIGITS)


def thai_words(count: int) -> str:
    """หนึ่ง, สอง … สิบ."""
    return str(num_to_thaiword(count))


def roman(count: int) -> str:
    """i, ii … mmmcmxcix; digits outside 1 to 3999, as browsers and Word do."""
    if not 0 < count <= _LARGEST_ROMAN:
        return str(count)
    text = ""
    for value, letters in _ROMAN + _ROMAN_UNITS:
        times, count = divmod(count, value)
        text += letters * times
    return text


def alphabetic(count: int, letters: str) -> str:
    """a … z, aa, ab: the browsers' way (CSS Counter Styles 3, «alphabetic»); digits below 1."""
    if count < 1:
        return str(count)
    text = ""
    while count:
        count, index = divmod(count - 1, len(letters))
        text = letters[index] + text
    return text


def repeated(count: int, letters: str) -> str:
    """a … z, aa, bb: Word's way; digits below 1 and beyond what a list can reach."""
    times, index = divmod(count - 1, len(letters))
    return letters[index] * (times + 1) if 0 <= times < _LONGEST_REPEAT else str(count)


def ordinal(count: int) -> str:
    """1st, 2nd, 3rd, 4th … 11th."""
    teen = 10 <= count % 100 <= 20
    return f"{count}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(count % 10, 'th')}"
