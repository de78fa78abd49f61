"""Make the table of outlines (extractors/readers/pdf/data/outlines.bin) from the fonts under the given folders.

Usage: python -m tools.outline_table FOLDER… (needs fonttools; the packages that hold the fonts: data/SOURCES.md).
Prints the size, and with --collisions the outlines that stand for several characters.
"""

import sys
from collections import Counter, defaultdict
from pathlib import Path

from extractors.readers.pdf.outlines import pack_table, placed_key, shape_key
from tools.font_texts import Source, font_sources, glyphs_of

TABLE = Path("extractors/readers/pdf/data/outlines.bin")
Votes = dict[bytes, Counter[str]]
_PRINTED_ALIKE = str.maketrans("‚′″−¹²³", ",'\"-123")
"""Signs that some fonts draw as the ASCII sign: where both have one outline, the ASCII sign is meant."""


def main(arguments: list[str]) -> None:
    """Read the fonts, write the table."""
    sources = font_sources([Path(name) for name in arguments if not name.startswith("--")])
    sources = [source for source in sources if source.is_usual]
    shapes, placed = count_votes(sources)
    entries = table_entries(shapes, placed)
    TABLE.write_bytes(pack_table(entries))
    print(*sorted({f"{source.family} {source.style}" for source in sources}), sep="; ")
    print(f"{len(sources)} fonts, {len(entries)} outlines, {TABLE.stat().st_size} bytes")
    if "--collisions" in arguments:
        for texts, number in Counter(value for value in entries.values() if len(value) > 1).most_common():
            print(number, *texts)


def count_votes(sources: list[Source]) -> tuple[Votes, dict[bytes, Votes]]:
    """For each shape the characters it stands for, by font; the same for the shape with its height."""
    shapes: Votes = defaultdict(Counter)
    placed: dict[bytes, Votes] = defaultdict(lambda: defaultdict(Counter))
    for source in sources:
        for glyph in glyphs_of(source):
            shape = shape_key(glyph.outline)
            shapes[shape][glyph.text] += 1
            placed[shape][placed_key(glyph.outline)][glyph.text] += 1
    return shapes, placed


def table_entries(shapes: Votes, placed: dict[bytes, Votes]) -> dict[bytes, tuple[str, ...]]:
    """Shapes of one character as they are; those of several by their heights."""
    entries: dict[bytes, tuple[str, ...]] = {}
    for shape, votes in shapes.items():
        if len(texts := ranked(votes)) == 1:
            entries[shape] = texts
        else:
            entries.update((key, ranked(texts)) for key, texts in placed[shape].items())
    return entries


def ranked(votes: Counter[str]) -> tuple[str, ...]:
    """The likeliest first: Thai, then the most fonts, then the lowest code point."""
    texts = [text for text in votes if text.translate(_PRINTED_ALIKE) not in votes.keys() - {text}]
    return tuple(sorted(texts, key=lambda text: (not "ก" <= text <= "๛", -votes[text], text)))


if __name__ == "__main__":
    main(sys.argv[1:])
