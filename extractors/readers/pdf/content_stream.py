"""The operators of a content stream with their operands, by one regular expression.

playa-pdf reads content streams, too, but through Python objects for every token: 15 to 29 ms a page on reports and
manuals, against 2 to 5 ms for this (`benchmarks/`). All else of the file (cross-references, filters, encryption, fonts)
stays with playa.
"""

import re
from binascii import unhexlify
from collections.abc import Iterator
from typing import Any

Operand = Any
"""A number as float; a string as bytes; a name as str; an array as list; a dictionary as dict."""

MAX_OPERANDS = 4096
"""Operands that are kept for one operator; a stream of numbers without operators is no page."""

_TOKEN = re.compile(
    rb"""[\x00\t\n\x0c\r ]*+(?:
      ([-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))(?![^\x00\t\n\x0c\r \[\]<>(/)%{}])  # 1 number
    | ([A-Za-z'"][A-Za-z0-9*'"]*)                                                # 2 operator
    | \(((?:[^()\\]|\\.)*)\)                                                     # 3 string without brackets
    | <([0-9A-Fa-f\x00\t\n\x0c\r ]*)>                                            # 4 string of hexadecimal digits
    | /([^\x00\t\n\x0c\r ()<>\[\]{}/%]*)                                         # 5 name
    | (<<|>>|\[|\])                                                              # 6 bracket
    | %[^\r\n]*                                                                  #   comment
    | (\()                                                                       # 7 string with brackets
    | [^\x00\t\n\x0c\r ]
    )""",
    re.VERBOSE | re.DOTALL,
)
_NUMBER, _OPERATOR, _STRING, _HEX, _NAME, _BRACKET, _NESTED = range(1, 8)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}
_STRING_PART = re.compile(rb"[^()\\]+|\\.|[()]", re.DOTALL)
_NAME_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_IMAGE_END = re.compile(rb"[\x00\t\n\x0c\r ]EI(?=[\x00\t\n\x0c\r /<\[]|$)")
_CONSTANTS = {b"true": 1.0, b"false": 0.0, b"null": 0.0}


def operations(data: bytes) -> Iterator[tuple[bytes, list[Operand]]]:
    """Each operator of the stream with its operands; what is no operator or operand is passed over."""
    operands: list[Operand] = []
    open_brackets: list[tuple[bytes, list[Operand]]] = []
    match = _TOKEN.match
    place = 0
    while (token := match(data, place)) is not None:
        place = token.end()
        kind = token.lastindex
        if kind == _NUMBER:
            operands.append(float(token[1]))
        elif kind == _OPERATOR:
            name = token[2]
            if name in _CONSTANTS:
                operands.append(_CONSTANTS[name])
                continue
            yield name, operands
            if name == b"ID":
                place = _after_image(data, place)
            operands, open_brackets = [], []
        elif kind == _STRING:
            operands.append(_unescaped(token[3]))
        elif kind == _HEX:
            operands.append(_from_hex(token[4]))
        elif kind == _NAME:
            operands.append(_name(token[5]))
        elif kind == _BRACKET:
            operands = _bracketed(token[6], operands, open_brackets)
        elif kind == _NESTED:
            text, place = _nested_string(data, place)
            operands.append(text)
        if len(operands) > MAX_OPERANDS:
            del operands[:-MAX_OPERANDS]


def _bracketed(
    bracket: bytes, operands: list[Operand], open_brackets: list[tuple[bytes, list[Operand]]]
) -> list[Operand]:
    """The list that operands go to after a bracket: a new one, or the one outside with the closed one in it."""
    if bracket in (b"[", b"<<"):
        open_brackets.append((bracket, operands))
        return []
    if not open_brackets:
        return operands
    opened, outside = open_brackets.pop()
    outside.append(operands if opened == b"[" else _dictionary(operands))
    return outside


def _dictionary(items: list[Operand]) -> dict[str, Operand]:
    return {key: value for key, value in zip(items[::2], items[1::2], strict=False) if isinstance(key, str)}


def _unescaped(text: bytes) -> bytes:
    return _ESCAPE.sub(_escaped, text) if b"\\" in text else text


def _escaped(found: re.Match[bytes]) -> bytes:
    code = found[1]
    if code[:1] in b"01234567":
        return bytes((int(code, 8) & 0xFF,))
    return _ESCAPED.get(code, code)


def _from_hex(digits: bytes) -> bytes:
    try:
        return unhexlify(digits)
    except ValueError:  # blanks between the digits, or an odd number of them
        digits = b"".join(digits.split()).replace(b"\x00", b"")
        return unhexlify(digits + b"0" * (len(digits) % 2))


def _name(raw: bytes) -> str:
    if b"#" in raw:
        raw = _NAME_ESCAPE.sub(lambda found: bytes((int(found[1], 16),)), raw)
    return raw.decode("utf-8", "replace")


def _nested_string(data: bytes, place: int) -> tuple[bytes, int]:
    """A string that holds brackets, from behind its opening one, and the place behind its end."""
    depth = 1
    parts: list[bytes] = []
    for part in _STRING_PART.finditer(data, place):
        depth += {b"(": 1, b")": -1}.get(part[0], 0)
        if depth == 0:
            return _unescaped(b"".join(parts)), part.end()
        parts.append(part[0])
    return b"", len(data)


def _after_image(data: bytes, place: int) -> int:
    """The place behind the bytes of an inline image."""
    end = _IMAGE_END.search(data, place)
    return end.end() if end else len(data)
