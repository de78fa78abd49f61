"""How far the readings of glyphs agree with the text layers of PDF files whose layers are good.

Usage: python -m tools.glyph_agreement [--pages N] FILE… Prints, by file and font, how many of its Thai codes were read
as the layer states, and the codes that were not; codes that the layer gives no Thai text are left out.
"""

import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

import playa
from playa.font import Font

from extractors.readers.pdf.glyph_shapes import GlyphReading, read_font

Shown = dict[int, Counter[str]]


def main(arguments: list[str]) -> None:
    """Measure each file."""
    pages = int(arguments.pop(1 + arguments.index("--pages"))) if "--pages" in arguments else 10
    total: Counter[str] = Counter()
    for name in (name for name in arguments if not name.startswith("--")):
        print(Path(name).name[:60])
        with playa.open(Path(name)) as document:
            for font, shown in shown_codes(document, pages).values():
                total += compared(font, shown)
    print("all:", dict(total))


def shown_codes(document: playa.Document, pages: int) -> dict[str, tuple[Font, Shown]]:
    """The fonts of the first pages, each with the codes shown and the text that the layer states for them."""
    found: dict[str, tuple[Font, Shown]] = {}
    for page in list(document.pages)[:pages]:
        for glyph in page.glyphs:
            font = glyph.gstate.font
            _, shown = found.setdefault(f"{id(font)}", (font, defaultdict(Counter)))
            shown[glyph.cid][glyph.text or ""] += 1
    return found


def compared(font: Font, shown: Shown) -> Counter[str]:
    """Count the Thai codes that are read as stated, and print the others."""
    start = time.perf_counter()
    reading = read_font(font, shown)
    elapsed = 1000 * (time.perf_counter() - start)
    counts: Counter[str] = Counter()
    odd = []
    for code, texts in shown.items():
        text = texts.most_common(1)[0][0]
        found = reading.text_of(code)
        counts[f"{'thai' if is_thai(text) else 'other'} {found.how if found else 'none'}"] += 1
        if found is None or found.text != text:
            odd.append(told(code, text, found))
            counts["thai differs" if is_thai(text) else "other differs"] += 1
    print(f"  {font.fontname} {len(shown)} codes {elapsed:.0f} ms", dict(counts), *odd, sep="\n    " if odd else " ")
    return counts


def told(code: int, text: str, found: GlyphReading | None) -> str:
    """A code that is read otherwise than stated."""
    return f"{code}: {text!r} -> " + (
        f"{found.text!r} {found.how} {found.certainty:.2f} {found.others[:1]}" if found else "-"
    )


def is_thai(text: str) -> bool:
    """Whether the text is Thai and nothing else."""
    return bool(text) and all("ก" <= character <= "๛" for character in text)


if __name__ == "__main__":
    main(sys.argv[1:])
