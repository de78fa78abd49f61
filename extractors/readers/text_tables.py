"""Tables in plain text: runs of lines with tabs (with Excel's quoted cells), and Markdown's pipe tables."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from extractors.readers.markup import LIST_MARK, cell_lines
from extractors.readers.tables import check_size, padded_table
from schemas.document import Table

_PIPE_RULE = re.compile(r"\s*[|+]?\s*:?-+:?\s*(?:[|+]\s*:?-+:?\s*)*[|+]?\s*")
_PIPE = re.compile(r"(?<!\\)\|")
_QUOTE_OPENS = re.compile(r'(?:^|\t)"(?:[^"\t]|"")*$')
_QUOTE_CLOSES = re.compile(r'^(?:[^"\t]|"")*"(?:\t|$)')
_CELL = re.compile(r'(?:\A|\t)(?:"((?:[^"]|"")*)"(?=\t|\Z)|([^\t]*))')
_LONGEST_QUOTED_CELL = 200
"""Lines in a quoted cell; a quotation mark that closes later than that is no cell's."""


@dataclass(frozen=True)
class Region:
    """A run of lines of the text, and the table that they print, if any."""

    lines: tuple[str, ...]
    table: Table | None = None


def regions(lines: Sequence[str]) -> Iterator[Region]:
    """The text cut into tables and what stands between them, in order, no line left out."""
    rows = _joined_quoted_cells(lines)
    widths = Counter(_cell_count(row) for row in rows if "\t" in row)
    for kind, run in groupby(_kinds(rows), key=lambda line: line[0]):
        texts = tuple(text for _, text in run)
        yield _region(kind, texts, widths)


def _region(kind: str, texts: tuple[str, ...], widths: Counter[int]) -> Region:
    if kind == "pipe" and _is_pipe_table(texts):
        return Region(texts, _pipe_table(texts))
    if kind == "tab" and _is_tab_table(texts, widths):
        return Region(texts, _tab_table(texts))
    return Region(tuple(_as_prose(text) for text in texts))


def _kinds(rows: Sequence[str]) -> Iterator[tuple[str, str]]:
    for row in rows:
        yield ("tab" if "\t" in row else "pipe" if "|" in row else "prose"), row


def _joined_quoted_cells(lines: Sequence[str]) -> list[str]:
    """The lines, those of one quoted cell («"…» to «…"» over line ends, as Excel copies it) as one with line ends."""
    joined: list[str] = []
    index = 0
    while index < len(lines):
        end = _quoted_end(lines, index)
        joined.append("\n".join(lines[index : end + 1]))
        index = end + 1
    return joined


def _quoted_end(lines: Sequence[str], start: int) -> int:
    end = start
    rest = lines[start] if "\t" in lines[start] else ""
    while _QUOTE_OPENS.search(rest):
        closing = _closing_line(lines, end + 1)
        if closing is None:
            return end
        end = closing
        rest = _QUOTE_CLOSES.sub("", lines[end])
    return end


def _closing_line(lines: Sequence[str], start: int) -> int | None:
    for index in range(start, min(start + _LONGEST_QUOTED_CELL, len(lines))):
        if _QUOTE_CLOSES.match(lines[index]):
            return index
        if "\t" in lines[index]:
            return None
    return None


def _cells(row: str) -> list[str]:
    if "\n" not in row and '""' not in row:
        return row.split("\t")
    return [_unquoted(cell) for cell in _CELL.finditer(row)]


def _unquoted(cell: re.Match[str]) -> str:
    # A spreadsheet quotes a cell only for what is in it; other quotation marks are the author's.
    quoted: str | None = cell[1]
    if quoted is None or not ("\n" in quoted or '""' in quoted):
        return cell[0].removeprefix("\t")
    return quoted.replace('""', '"')


def _cell_count(row: str) -> int:
    return row.count("\t") + 1


def _is_tab_table(texts: Sequence[str], widths: Counter[int]) -> bool:
    """Rows of at least two filled cells; lines indented by tabs and list numbers set off by a tab are no rows.

    A tabbed line that stands alone is a row only where another line of the text has as many cells.
    """
    filled = [[cell for cell in text.split("\t") if cell.strip()] for text in texts]
    rows = [cells for cells in filled if len(cells) > 1]
    if all(len(cells) == 2 and LIST_MARK.fullmatch(cells[0].strip()) for cells in rows):
        return False
    return len(texts) > 1 or widths[_cell_count(texts[0])] > 1


def _tab_table(texts: Sequence[str]) -> Table:
    check_size(len(texts), max(map(_cell_count, texts)))
    return padded_table([[cell_lines(cell) for cell in _cells(text)] for text in texts])


def _as_prose(text: str) -> str:
    """A line as printed; the tab after a list number is the space that it stands for."""
    mark, tab, rest = text.lstrip().partition("\t")
    if tab and LIST_MARK.fullmatch(mark.strip()):
        indent = text[: len(text) - len(text.lstrip())]
        return f"{indent}{mark.strip()} {rest.strip()}"
    return text.replace("\n", " ")


def _is_pipe_table(texts: Sequence[str]) -> bool:
    """A rule under the first row, or two rows and more that stand between pipes."""
    if len(texts) > 1 and _is_rule(texts[1]):
        return True
    return len(texts) > 1 and all(text.strip().startswith("|") and text.strip().endswith("|") for text in texts)


def _is_rule(text: str) -> bool:
    return "|" in text and bool(_PIPE_RULE.fullmatch(text))


def _pipe_table(texts: Sequence[str]) -> Table:
    return padded_table([[cell_lines(cell) for cell in _pipe_cells(text)] for text in texts if not _is_rule(text)])


def _pipe_cells(text: str) -> list[str]:
    inner = text.strip().removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return [cell.strip() for cell in _PIPE.split(inner)]
