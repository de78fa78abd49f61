"""What is left of the damage once glyphs are text: lines put right as strings, with the evidence of all of them."""

from collections import Counter
from collections.abc import Iterator, Sequence

from extractors.thai.repair import Evidence, find_evidence, repair
from schemas.document import Line, Page, Repair, Table


def with_repaired_text(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages with the text of their lines put right; what was put right is added to each page's repairs."""
    evidence = find_evidence([line.text for page in pages for line in _lines(page)])
    return tuple(_repaired(page, evidence) for page in pages)


def _lines(page: Page) -> Iterator[Line]:
    for block in page.blocks:
        if isinstance(block, Line):
            yield block
        else:
            yield from (line for cell in block.cells for line in cell.lines)


def _repaired(page: Page, evidence: Evidence) -> Page:
    counts: Counter[str] = Counter()
    blocks = tuple(_block(block, evidence, counts) for block in page.blocks)
    if not counts:
        return page
    counts.update({known.damage: known.count for known in page.repairs})
    repairs = tuple(Repair(damage=damage, count=count) for damage, count in sorted(counts.items()))
    return page.model_copy(update={"blocks": blocks, "repairs": repairs})


def _block(block: Line | Table, evidence: Evidence, counts: Counter[str]) -> Line | Table:
    if isinstance(block, Line):
        return _line(block, evidence, counts)
    cells = tuple(
        cell.model_copy(update={"lines": tuple(_line(line, evidence, counts) for line in cell.lines)})
        for cell in block.cells
    )
    return block.model_copy(update={"cells": cells})


def _line(line: Line, evidence: Evidence, counts: Counter[str]) -> Line:
    repaired = repair(line.text, evidence)
    if repaired.text == line.text:
        return line
    counts.update({damage.kind: damage.count for damage in repaired.damages})
    return line.model_copy(update={"text": repaired.text})
