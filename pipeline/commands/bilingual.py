"""Words in Thai and in English beside each other, as commands print them; they are the site's words."""

from db.tables import tables
from pipeline.places import place_in_words
from pipeline.site.words import words


def both(thai: str, english: str) -> str:
    """The two beside each other; one where they are the same."""
    return thai if thai == english else f"{thai} · {english}"


def meaning(column: str, code: str) -> str:
    """What a code in a column means; the code itself where it has no words."""
    return both(*(words(language).values[column].get(code, code) for language in ("th", "en")))


def table_title(name: str) -> str:
    """A table's title; its name where it is none of ours."""
    known = next((table for table in tables() if table.name == name), None)
    return both(known.title_th, known.title_en) if known else name


def place(at: str) -> str:
    """Where in its report something stands (`Finding.at`)."""
    return both(place_in_words(at, "th"), place_in_words(at, "en"))


def pages_or_lines(places: tuple[str, ...]) -> str:
    """Where hits are printed (`FoundText.places`: `page 5`, `line 12`)."""
    parts = [each.split(" ", 1) for each in places]
    say = [words(language).say["record"] for language in ("th", "en")]
    return both(*(", ".join(told[kind].format(number=number) for kind, number in parts) for told in say))
