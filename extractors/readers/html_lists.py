"""The marker that a browser prints before a list item: its number in the list's style, or a bullet."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from extractors.readers.counters import LATIN, alphabetic, roman, thai_digits
from extractors.readers.html_style import is_printed, style_of, tag_of

BULLET = "•"
_INTEGER = re.compile(r"\s*([+-]?[0-9]{1,9})")
_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_BULLETS = frozenset(("disc", "circle", "square"))
_LETTERS = frozenset(("lower-alpha", "lower-latin", "upper-alpha", "upper-latin", "lower-roman", "upper-roman"))
_NUMBERS = _LETTERS | {"decimal", "decimal-leading-zero", "thai"}


def marked_items(items: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """The printed children of `<ol>` or `<ul>`, each with its marker («๒.», «•», «»).

    The number goes by `start`, `value` and `reversed`, the style by `list-style-type` or `type`.
    """
    children = [child for child in items.iterchildren() if is_printed(child)]
    backwards = "reversed" in items.attrib
    listed = sum(tag_of(child) == "li" for child in children)
    number = _integer(items.get("start"), listed if backwards else 1)
    for child in children:
        if tag_of(child) != "li":
            yield child, ""
            continue
        number = _integer(child.get("value"), number)
        yield child, _marker(number, _item_style(items, child))
        number += -1 if backwards else 1


def _integer(text: str | None, default: int) -> int:
    digits = _INTEGER.match(text or "")
    return int(digits[1]) if digits else default


def _item_style(items: HtmlElement, item: HtmlElement) -> str:
    default = "decimal" if tag_of(items) == "ol" else "disc"
    return _css_style(item) or _type(item) or _css_style(items) or _type(items) or default


def _type(element: HtmlElement) -> str:
    value = (element.get("type") or "").strip()
    return _TYPES.get(value) or (value.lower() if value.lower() in _BULLETS | {"none"} else "")


def _css_style(element: HtmlElement) -> str:
    style = style_of(element)
    value = style.get("list-style-type") or style.get("list-style") or ""
    if value[:1] in ("'", '"'):
        return value
    return next((word for word in value.split() if word in _NUMBERS | _BULLETS | {"none"}), "")


def _marker(number: int, style: str) -> str:
    if style == "none":
        return ""
    if style in _BULLETS:
        return BULLET
    if style[0] in "'\"":
        return style.strip("'\" ")
    return f"{_number(number, style)}."


def _number(number: int, style: str) -> str:
    match style:
        case "thai":
            return thai_digits(number)
        case "lower-alpha" | "lower-latin":
            return alphabetic(number, LATIN)
        case "upper-alpha" | "upper-latin":
            return alphabetic(number, LATIN.upper())
        case "lower-roman":
            return roman(number)
        case "upper-roman":
            return roman(number).upper()
        case "decimal-leading-zero":
            return f"{number:02}"
        case _:
            return str(number)
