"""What an element's tag and style attribute say about how it is printed."""

import re

from lxml.html import HtmlElement

_DECLARATION = re.compile(r"([a-z-]+)\s*:\s*([^;]+)", re.IGNORECASE)
_SITE = frozenset(("aside", "footer", "head", "header", "nav", "title"))
_CONTROLS = frozenset(("button", "datalist", "input", "option", "select", "textarea"))
_EMBEDDED = frozenset(("audio", "canvas", "iframe", "map", "object", "svg", "video"))
_CODE = frozenset(("noscript", "rp", "rt", "script", "style", "template"))
_UNPRINTED = _SITE | _CONTROLS | _EMBEDDED | _CODE
_BOLD_TAGS = frozenset(["b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"])
_ARTICLES = frozenset(("article", "main", "section"))


def style_of(element: HtmlElement) -> dict[str, str]:
    """The declarations of the style attribute, in lower case."""
    declared = _DECLARATION.findall(element.get("style") or "")
    return {name.lower(): value.replace("!important", "").strip().lower() for name, value in declared}


def tag_of(element: HtmlElement) -> str:
    """The tag in lower case, without a namespace prefix; an empty string for what is no element."""
    return element.tag.rpartition(":")[2].lower() if isinstance(element.tag, str) else ""


def is_printed(element: HtmlElement) -> bool:
    """False for what a browser does not show, and for what is the site's and not the page's own content.

    A header or footer inside an article, a main part or a section is that text's own, and printed.
    """
    tag = tag_of(element)
    if tag in ("header", "footer"):
        return any(tag_of(ancestor) in _ARTICLES for ancestor in element.iterancestors())
    style = style_of(element)
    hidden = style.get("display") == "none" or style.get("visibility") in ("hidden", "collapse")
    return bool(tag) and tag not in _UNPRINTED and not hidden and "hidden" not in element.attrib


def is_bold(element: HtmlElement, inherited: bool) -> bool:
    """Whether text in the element is bold, given whether its parent's is."""
    weight = style_of(element).get("font-weight")
    if weight:
        return weight in ("bold", "bolder") or (weight.isdecimal() and int(weight[:4]) >= 600)
    return inherited or tag_of(element) in _BOLD_TAGS


def keeps_line_ends(element: HtmlElement, inherited: bool) -> bool:
    """Whether line ends in the source are line ends in print (`<pre>`, white-space: pre…)."""
    white_space = style_of(element).get("white-space")
    return white_space.startswith("pre") if white_space else inherited or tag_of(element) == "pre"
