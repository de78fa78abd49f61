"""Folded texts with one byte a character: a third of their size in UTF-8, and searched in a third of the time.

Thai letters and ASCII are a byte each, as in TIS-620; any other character is seven bytes that stand for nothing else.
So a text is a part of another exactly if its bytes are a part of the other's.
"""

import re

_ENCODING = "iso8859_11"
# The escape's own bytes: an opening one and six hexadecimal digits. Control characters in a text are escaped, too.
_OPENING = "\x01"
_DIGITS = {f"{digit:x}": chr(0x10 + digit) for digit in range(16)}
_VALUES = {sign: digit for digit, sign in _DIGITS.items()}
_ESCAPED = re.compile(f"{_OPENING}([\x10-\x1f]{{6}})")
_OTHER = re.compile("[^\n -~\u0e01-\u0e3a\u0e3f-\u0e5b]")


def pack(folded: str) -> bytes:
    """The bytes of a text."""
    return _OTHER.sub(_escape, folded).encode(_ENCODING)


def unpack(packed: bytes) -> str:
    """The text of the bytes."""
    return _ESCAPED.sub(_character, packed.decode(_ENCODING))


def _escape(character: re.Match[str]) -> str:
    return _OPENING + "".join(_DIGITS[digit] for digit in f"{ord(character[0]):06x}")


def _character(escaped: re.Match[str]) -> str:
    return chr(int("".join(_VALUES[sign] for sign in escaped[1]), 16))
