"""What may be meant by a word that is not found: a text that the database holds and that is nearly the same.

An error leaves what is before it and after it as it is: so the longest beginning and the longest end of the word that
are found are looked up, and the words that stand there, as pythainlp's newmm parts them, are compared with it.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator

from rapidfuzz.distance import OSA

from db.packed_text import unpack
from db.query import Query, parse_query, replace_term
from db.search import count_table
from db.search_plan import plan
from db.search_tables import BETWEEN, SearchTable
from db.whole_words import word_places

# Words of a report's own texts first; names of offices stand in few rows.
_TABLES: tuple[SearchTable, ...] = ("offices", "actions", "measures", "indicators", "reports", "pages")
# A word that stands in more rows than so many is no error.
FEW = 2
SHORTEST, LONGEST = 3, 40
_TEXTS = 50
# A word that stands somewhere is an error only if what is near it stands so many times as often.
_FAR_MORE = 10
_TERMS = 5
# What stands in the database and is longer is rather a rare sentence than a misspelt word.
_WORD = 12


def suggest(connection: sqlite3.Connection, query: str) -> str | None:
    """The query with texts of the database in the place of its terms that hardly stand there; null for none better."""
    better = query
    for term in parse_query(query).terms[:_TERMS]:
        if near := _better(connection, term):
            better = replace_term(better, term, near)
    if better == query or not _is_more(connection, parse_query(query), parse_query(better)):
        return None
    return better


def _better(connection: sqlite3.Connection, term: str) -> str | None:
    """What stands far more often in the database than a term that hardly does."""
    if not SHORTEST <= len(term) <= LONGEST or not any(map(str.isalpha, term)):
        return None
    hits = _hits(connection, term, FEW + 1)
    near = nearest(connection, term) if hits == 0 or (hits <= FEW and len(term) <= _WORD) else None
    far_more = _FAR_MORE * hits
    return near if near and (not hits or _hits(connection, near, far_more) >= far_more) else None


def nearest(connection: sqlite3.Connection, term: str) -> str | None:
    """The words of the database that differ least from a folded term, the most frequent of those; null for none."""
    most = 1 if len(term) < 5 else 2 if len(term) < 12 else 3
    found = Counter(words for words in _words_near(connection, term, most) if words != term)
    near = [(OSA.distance(words, term, score_cutoff=most), -count, words) for words, count in found.items()]
    distance, _, words = min(near, default=(most + 1, 0, ""))
    return words if distance <= most else None


def _words_near(connection: sqlite3.Connection, term: str, most: int) -> Iterator[str]:
    beginning = _longest(connection, [term[:end] for end in range(2, len(term))])
    ending = _longest(connection, [term[start:] for start in range(len(term) - 2, 0, -1)])
    for part, forward in ((beginning, True), (ending, False)):
        for text in _texts(connection, part):
            yield from _words_at(text, text.find(part), len(part), len(term), most, forward=forward)


def _words_at(text: str, place: int, part: int, length: int, most: int, *, forward: bool) -> Iterator[str]:
    """The runs of words of about the length that begin with the part of the text, or that end with it."""
    places = word_places(text)
    if forward:
        start = max(each for each in places if each <= place)
        ends = (each for each in places if abs(each - start - length) <= most)
        yield from (text[start:end].strip() for end in ends if end > start)
    else:
        end = min(each for each in places if each >= place + part)
        starts = (each for each in places if abs(end - each - length) <= most)
        yield from (text[start:end].strip() for start in starts if start < end)


def _longest(connection: sqlite3.Connection, growing: list[str]) -> str:
    """The longest of texts that is found, each of which is a part of the next; empty for none.

    Without the blanks at its ends: a search passes them over, so they need not stand in the text.
    """
    low, high = 0, len(growing)
    while low < high:
        middle = (low + high) // 2
        if _hits(connection, growing[middle], 1):
            low = middle + 1
        else:
            high = middle
    return growing[low - 1].strip() if low else ""


def _texts(connection: sqlite3.Connection, part: str) -> Iterator[str]:
    """Pieces of texts that hold the part, with some words before it and after it; none hold no part."""
    for table in _TABLES if part else ():
        asked = plan(connection, table, Query(terms=(part,)), _TEXTS)
        sql = f"select s.text {asked.source} where {asked.where} order by {asked.order} limit {_TEXTS}"
        for (packed,) in connection.execute(sql, asked.parameters):
            text = unpack(packed).replace(BETWEEN, " ")
            place = text.find(part)
            start = text.rfind(" ", 0, max(0, place - LONGEST)) + 1
            yield text[start : place + len(part) + 2 * LONGEST]


def _hits(connection: sqlite3.Connection, term: str, limit: int) -> int:
    """How many rows hold the term, counted up to `limit` in each table."""
    return sum(count_table(connection, Query(terms=(term,)), table, limit=limit).count for table in _TABLES)


def _is_more(connection: sqlite3.Connection, query: Query, better: Query) -> bool:
    """Whether the better query finds more, in all tables."""
    few, many = (
        sum(count_table(connection, each, table, limit=100).count for table in _TABLES) for each in (query, better)
    )
    return many > few
