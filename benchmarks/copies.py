"""How long finding copied actions takes among 100,000, how much memory, and how long one more report takes.

    python benchmarks/copies.py [ACTIONS]

The actions are made of halves of the examples' actions, so that many are alike and few the same.
"""

import datetime
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from generate import example_actions, office_name
from sqlite_utils import Database

from db.load import load_report
from db.schema import open_database
from extractors.report.identity import with_ids
from extractors.thai.dates import find_dates
from pipeline.compare import compare_reports
from schemas.document import Document, Page
from schemas.offices import office_id
from schemas.report import Action, Measure, OfficeMention, Report
from schemas.source import Source

A_REPORT = 25


def main() -> None:
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    rng = random.Random(2562)
    texts = list(example_actions())
    with tempfile.TemporaryDirectory() as folder:
        db = open_database(Path(folder) / "copies.db")
        for number in range(wanted // A_REPORT):
            load(db, made_report(number, texts, rng))
        timed(f"{wanted} actions compared", lambda: compare_reports(db))
        print(f"  {next(db.query('select count(*) as n from action_copies'))['n']} pairs of copies")
        added = load(db, made_report(wanted, texts, rng))
        timed("one report more", lambda: compare_reports(db, frozenset({added})))
        print(f"  most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def timed(what: str, work: object) -> None:
    started = time.perf_counter()
    work()  # type: ignore[operator]
    print(f"{what}: {time.perf_counter() - started:.1f} s")


def made_report(number: int, texts: list[str], rng: random.Random) -> Report:
    name = office_name(random.Random(number % 900))
    own = OfficeMention(raw=name, name=name, office_id=office_id(name, None), listed=False, score=1)
    actions = tuple(made_action(place, texts, rng) for place in range(1, A_REPORT + 1))
    measure = Measure(indicator_number=1, indicator_name=None, number="1", text="มาตรการ", actions=actions)
    year = 2562 + number // 900
    report = Report(
        title="รายงาน", office_mention=own, fiscal_year=year, fiscal_year_basis="stated", measures=(measure,)
    )
    return with_ids(report, f"{number:012d}")


def made_action(number: int, texts: list[str], rng: random.Random) -> Action:
    one, other = rng.choice(texts), rng.choice(texts)
    words = [*one.split(" "), *other.split(" ")]
    rng.shuffle(words)
    text = rng.choice((one, " ".join(words), f"{one[: len(one) // 2]}{other[len(other) // 2 :]} {rng.randrange(99)}"))
    dates = tuple(found.mention for found in find_dates(text))
    return Action(number=str(number), parent=None, text=text, dates=dates)


def load(db: Database, report: Report) -> str:
    document = Document(sha256=report.id.zfill(64), format="text", pages=(Page(number=1),))
    source = Source(path_or_url=report.id, sha256=report.id.zfill(64), format="text", size_bytes=0)
    now = datetime.datetime.now(datetime.UTC)
    load_report(db, report, document, source, offices=(), extractor_version="1", extracted_at=now)
    return report.id


if __name__ == "__main__":
    main()
