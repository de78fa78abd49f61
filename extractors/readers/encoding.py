"""Which encoding the bytes of a text are in: UTF-8, UTF-16 or the Thai TIS-620 (CP874)."""

import codecs
import re
from collections.abc import Callable

from extractors.readers.refusals import unknown_encoding

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Thai marks stand on a Thai letter; in Latin-1 text the same bytes are accented letters in Latin words.
_MARKS_ON_THAI = re.compile("(?<=[\u0e01-\u0e4e])[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
_THAI_MARKS = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
_THAI_LETTERS = re.compile("[\u0e01-\u0e4e]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
_PLAIN = re.compile("[\t\n\r\x20-\x7e\u00a0\u0e01-\u0e5b\u200b\u2010-\u2026\ufeff]")

_MAX_CONTROLS = 0.01
_MAX_BROKEN = 0.01
_MIN_PLAIN = 0.9
_MIN_MARKS_ON_THAI = 0.9


def encoding_of(data: bytes) -> str | None:
    """The codec that turns these bytes into text (Python's name for it), or None where they are no text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding if _is_text(data.decode(encoding, "replace")) else None
    return next((name for name, fits in _GUESSES if fits(data)), None)


def decode(data: bytes) -> tuple[str, str]:
    """The text and its encoding; a few broken bytes become U+FFFD, so that they are seen.

    Raises `UnreadableFile` («unsupported-format») for bytes that are no text.
    """
    encoding = encoding_of(data)
    if encoding is None:
        raise unknown_encoding()
    return data.decode(encoding, "replace"), encoding


def decode_as(data: bytes, stated: str | None) -> tuple[str, str]:
    """As `decode`, in the encoding that the file itself states, where it is known, fits the bytes and gives Thai.

    Old pages state Latin-1, which fits any bytes, and hold TIS-620.
    """
    if stated and not any(data.startswith(mark) for mark, _ in _MARKS):
        name = _THAI_NAMES.get(stated.lower(), stated)
        try:
            text, encoding = data.decode(name), codecs.lookup(name).name
        except (LookupError, UnicodeError):
            return decode(data)
        if _THAI_LETTERS.search(text):
            return text, encoding
    return decode(data)


# Windows calls its superset of TIS-620 «windows-874»; Python does not know that name.
_THAI_NAMES = dict.fromkeys(("tis-620", "tis620", "windows-874", "cp874", "iso-8859-11", "x-windows-874"), "cp874")


def _is_utf16(data: bytes, encoding: str) -> bool:
    # Python's strict UTF-8 takes UTF-16 Thai without a mark as ASCII with control characters: this is asked first.
    if len(data) % 2 or not data:
        return False
    text = data.decode(encoding, "replace")
    return len(_PLAIN.findall(text)) >= _MIN_PLAIN * len(text) and bool(_CONTROLS.search(data.decode("latin-1")))


def _is_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", "replace")
    try:
        data.decode("utf-8")
        broken = 0
    except UnicodeDecodeError:
        broken = text.count("\ufffd")
    return broken <= _MAX_BROKEN * len(text) and _is_text(text)


def _is_cp874(data: bytes) -> bool:
    try:
        text = data.decode("cp874")
    except UnicodeDecodeError:
        return False
    marks = len(_THAI_MARKS.findall(text))
    placed = len(_MARKS_ON_THAI.findall(text))
    return bool(_THAI_LETTERS.search(text)) and placed >= _MIN_MARKS_ON_THAI * marks and _is_text(text)


def _is_text(text: str) -> bool:
    return len(_CONTROLS.findall(text)) <= _MAX_CONTROLS * len(text)


_GUESSES: list[tuple[str, Callable[[bytes], bool]]] = [
    ("utf-16-le", lambda data: _is_utf16(data, "utf-16-le")),
    ("utf-16-be", lambda data: _is_utf16(data, "utf-16-be")),
    ("utf-8", _is_utf8),
    ("cp874", _is_cp874),
]
