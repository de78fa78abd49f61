"""Automatic numbering in Word files: the number that Word prints before a paragraph (ECMA-376 part 1, 17.9)."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from docx.oxml.ns import qn

from extractors.readers.counters import LATIN, THAI, ordinal, repeated, roman, thai_digits, thai_words
from extractors.readers.docx_styles import Styles
from extractors.readers.wordml import WordElement, flag, number, value

BULLET = "•"
LEVELS = 9
_PLACEHOLDER = re.compile("%([1-9])")
_SYMBOL_FONTS = ("symbol", "wingdings", "webdings", "marlett")
_PRIVATE_USE = re.compile("[\ue000-\uf8ff]")
_SYMBOL_DASHES = frozenset("\uf02d\uf0be")

_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda count: f"{count:02}",
    "decimalEnclosedParen": lambda count: f"({count})",
    "decimalEnclosedFullstop": lambda count: f"{count}.",
    "numberInDash": lambda count: f"- {count} -",
    "ordinal": ordinal,
    "thaiNumbers": thai_digits,
    "thaiLetters": lambda count: repeated(count, THAI),
    "thaiCounting": thai_words,
    "lowerLetter": lambda count: repeated(count, LATIN),
    "upperLetter": lambda count: repeated(count, LATIN.upper()),
    "lowerRoman": roman,
    "upperRoman": lambda count: roman(count).upper(),
    "none": lambda count: "",
}
"""Formats by their names in the standard; any other is printed in digits, as the standard bids programs to do."""


@dataclass(frozen=True)
class Level:
    """How one level of a list is numbered; `restart` is the level (1-based) after which it begins anew, 0 never."""

    start: int
    number_format: str
    text: str
    separator: str
    restart: int | None
    in_digits: bool
    style_id: str | None


@dataclass(frozen=True)
class List:
    """A list instance (`w:num`): the definition whose counters it shares, its levels and where it starts anew."""

    definition_id: str
    levels: dict[int, Level]
    starts: dict[int, int]


@dataclass
class ListCounter:
    """Counts paragraphs in document order; lists with one definition count on together, as Word has it."""

    lists: dict[int, List]
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    started: set[tuple[int, int]] = field(default_factory=set)

    def marker(self, list_id: int, level: int) -> tuple[str, str]:
        """The next number of that list and level, as printed, and what parts it from the text (a space or nothing)."""
        numbered = self.lists.get(list_id)
        if numbered is None or level not in numbered.levels:
            return "", ""
        counts = self.counts.setdefault(numbered.definition_id, [None] * LEVELS)
        self._count(list_id, numbered, level, counts)
        return _printed(numbered, level, counts), numbered.levels[level].separator

    def _count(self, list_id: int, numbered: List, level: int, counts: list[int | None]) -> None:
        for above in range(level):
            if counts[above] is None:
                counts[above] = _start(numbered, above)
        count = counts[level]
        if level in numbered.starts and (list_id, level) not in self.started:
            counts[level] = numbered.starts[level]
            self.started.add((list_id, level))
        else:
            counts[level] = _start(numbered, level) if count is None else count + 1
        for below in range(level + 1, LEVELS):
            if _restarts(numbered, below, level):
                counts[below] = None


def read_lists(root: WordElement | None, styles: Styles) -> dict[int, List]:
    """The file's list instances by their ids."""
    if root is None:
        return {}
    definitions = {e.get(qn("w:abstractNumId")) or "": e for e in root.iterchildren(qn("w:abstractNum"))}
    instances = {_id(e): e for e in root.iterchildren(qn("w:num"))}
    return {key: _list(e, definitions, instances, styles) for key, e in instances.items()}


def list_place(paragraph: WordElement, style_id: str | None, styles: Styles, lists: dict[int, List]) -> tuple[int, int]:
    """The list id and level (0 to 8) of a paragraph, its own or its style's; list 0 for none."""
    own_list = number(paragraph, "w:pPr/w:numPr/w:numId")
    own_level = number(paragraph, "w:pPr/w:numPr/w:ilvl")
    if own_list is not None:
        return own_list, _within(own_level or 0)
    for style in styles.chain(style_id):
        if style.number_id is not None:
            level = _style_level(style.style_id, lists.get(style.number_id))
            levels = (own_level, level, style.list_level, 0)
            return style.number_id, _within(next(level for level in levels if level is not None))
    return 0, 0


def _within(level: int) -> int:
    return min(max(level, 0), LEVELS - 1)


def _style_level(style_id: str, numbered: List | None) -> int | None:
    levels = numbered.levels if numbered else {}
    return next((index for index, level in levels.items() if level.style_id == style_id), None)


def _list(
    instance: WordElement, definitions: dict[str, WordElement], instances: dict[int, WordElement], styles: Styles
) -> List:
    definition_id, definition = _definition(instance, definitions)
    linked = value(definition, "w:numStyleLink")
    if linked:
        owner = next((style.number_id for style in styles.chain(linked) if style.number_id is not None), None)
        definition_id, definition = _definition(instances.get(owner or 0, instance), definitions)
    levels = {} if definition is None else dict(map(_level, definition.iterchildren(qn("w:lvl"))))
    overrides = list(instance.iterchildren(qn("w:lvlOverride")))
    levels |= dict(_level(level) for override in overrides for level in override.iterchildren(qn("w:lvl")))
    starts = {_index(override): number(override, "w:startOverride") for override in overrides}
    return List(definition_id, levels, {index: start for index, start in starts.items() if start is not None})


def _definition(instance: WordElement, definitions: dict[str, WordElement]) -> tuple[str, WordElement | None]:
    key = value(instance, "w:abstractNumId") or ""
    return key, definitions.get(key)


def _level(element: WordElement) -> tuple[int, Level]:
    # A custom format stands in two branches, the standard one last.
    formats = [child.get(qn("w:val")) or "decimal" for child in element.iter(qn("w:numFmt"))] or ["decimal"]
    text = value(element, "w:lvlText") or ""
    level = Level(
        start=number(element, "w:start") or 0,
        number_format=formats[-1],
        text=_bullet(element, text) if formats[-1] == "bullet" else text,
        separator="" if value(element, "w:suff") == "nothing" else " ",
        restart=number(element, "w:lvlRestart"),
        in_digits=flag(element, "w:isLgl") or False,
        style_id=value(element, "w:pStyle"),
    )
    return _index(element), level


def _bullet(element: WordElement, text: str) -> str:
    """The bullet as a character of Unicode: pictures, hollow circles and glyphs of symbol fonts become «•»."""
    if text and all(character in _SYMBOL_DASHES for character in text):
        return "-"
    fonts = element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    font = "" if fonts is None else (fonts.get(qn("w:ascii")) or "").lower()
    is_glyph = _PRIVATE_USE.search(text) is not None or (font.startswith(_SYMBOL_FONTS) and text not in "-–—")
    return BULLET if is_glyph or text in ("", "o") else text


def _id(element: WordElement) -> int:
    text = element.get(qn("w:numId")) or ""
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _index(element: WordElement) -> int:
    text = element.get(qn("w:ilvl")) or ""
    return int(text) if text in set("012345678") else 0


def _start(numbered: List, level: int) -> int:
    stated = numbered.levels.get(level)
    return stated.start if stated else 1


def _restarts(numbered: List, below: int, level: int) -> bool:
    stated = numbered.levels.get(below)
    after = below if stated is None or stated.restart is None else stated.restart
    return level < after


def _printed(numbered: List, level: int, counts: list[int | None]) -> str:
    shown = numbered.levels[level]

    def count_text(placeholder: re.Match[str]) -> str:
        """The counter in the form that its level prints."""
        index = int(placeholder[1]) - 1
        count, own = counts[index], numbered.levels.get(index, shown)
        name = "decimal" if shown.in_digits else own.number_format
        return "" if count is None else _FORMATS.get(name, str)(count)

    return _PLACEHOLDER.sub(count_text, shown.text)
