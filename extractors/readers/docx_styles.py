"""What the styles of a Word file pass on to paragraphs and runs: headings, numbering, bold, hidden."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docx.oxml.ns import qn

from extractors.readers.wordml import WordElement, flag, number, value

_HEADING = re.compile(r"heading ([1-6])")
_CONTENTS = re.compile(r"toc (?:[1-9]|heading)|table of figures")
_DEEPEST_CHAIN = 20
_LAST_OUTLINE_LEVEL = 5


@dataclass(frozen=True)
class Style:
    """What one style itself states; None where it says nothing."""

    style_id: str
    name: str
    based_on: str | None
    number_id: int | None
    list_level: int | None
    outline: int | None
    bold: bool | None
    hidden: bool | None


class Styles:
    """The styles of a file by their ids."""

    def __init__(self, root: WordElement | None) -> None:
        elements = [] if root is None else list(root.iterchildren(qn("w:style")))
        self._styles = {style.style_id: style for style in map(_style, elements)}
        defaults = [e for e in elements if e.get(qn("w:default")) in ("1", "true", "on")]
        self._default = next((_style(e).style_id for e in defaults if e.get(qn("w:type")) == "paragraph"), None)

    def paragraph_style(self, paragraph: WordElement) -> str | None:
        """The id of the paragraph's style, the file's default one where it names none."""
        return value(paragraph, "w:pPr/w:pStyle") or self._default

    def chain(self, style_id: str | None) -> Iterator[Style]:
        """The style and those it is based on, the nearest first."""
        for _ in range(_DEEPEST_CHAIN):
            style = self._styles.get(style_id or "")
            if style is None:
                return
            yield style
            style_id = style.based_on

    def heading(self, style_id: str | None) -> int:
        """The heading level 1 to 6 of a style («heading 2», an outline level, Title as 1); 0 for none."""
        for style in self.chain(style_id):
            named = _HEADING.fullmatch(style.name)
            if named:
                return int(named[1])
            if style.name == "title":
                return 1
            if style.outline is not None:
                return heading_of_outline(style.outline)
        return 0

    def is_contents(self, style_id: str | None) -> bool:
        """Whether the style is that of a table of contents, which repeats the headings."""
        return any(_CONTENTS.fullmatch(style.name) for style in self.chain(style_id))

    def bold(self, style_id: str | None) -> bool:
        """Whether the style's text is bold."""
        return next((style.bold for style in self.chain(style_id) if style.bold is not None), False)

    def hidden(self, style_id: str | None) -> bool:
        """Whether the style's text is hidden."""
        return next((style.hidden for style in self.chain(style_id) if style.hidden is not None), False)


def heading_of_outline(outline: int) -> int:
    """The heading level of an outline level (0 to 8, 9 for body text); 0 where there is none."""
    return outline + 1 if 0 <= outline <= _LAST_OUTLINE_LEVEL else 0


def bold_of(properties: WordElement | None) -> bool | None:
    """Whether run properties state bold; Thai goes by `w:bCs`, yet many programs write `w:b` alone."""
    stated = [on for on in (flag(properties, "w:b"), flag(properties, "w:bCs")) if on is not None]
    return any(stated) if stated else None


def _style(element: WordElement) -> Style:
    properties = element.find(qn("w:rPr"))
    return Style(
        style_id=element.get(qn("w:styleId")) or "",
        name=(value(element, "w:name") or "").lower(),
        based_on=value(element, "w:basedOn"),
        number_id=number(element, "w:pPr/w:numPr/w:numId"),
        list_level=number(element, "w:pPr/w:numPr/w:ilvl"),
        outline=number(element, "w:pPr/w:outlineLvl"),
        bold=bold_of(properties),
        hidden=flag(properties, "w:vanish"),
    )
