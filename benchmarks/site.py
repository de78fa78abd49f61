"""How quickly the site answers several readers at once over a large database, and whether it ever fails.

    python benchmarks/site.py DATABASE [--requests 10000] [--clients 8]

DATABASE is one that `benchmarks/million_database.py` has filled. The site runs as `prongsai serve` runs it, in a
process of its own. The clients ask for pages in a mixture drawn at random: searches (queries drawn from the actions),
pages of offices, reports and evidence, lists, JSON, comparisons, the home page. For each kind the milliseconds of half
of the answers (p50), of 19 in 20 (p95) and of the slowest are printed, and how many failed. Exits with 1 when one did.
"""

import random
import sqlite3
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from typing import NamedTuple
from urllib.parse import quote

import click
import httpx
from drawn_queries import draw_query

SAMPLE = 2000
DATABASE_PATH = "/prongsai"
# How often each kind is asked for, of 100.
MIXTURE = {"search": 40, "office": 15, "report": 15, "evidence": 10, "table": 8, "json": 6, "compare": 3, "home": 3}


class Asked(NamedTuple):
    """An address to ask for."""

    kind: str
    path: str


class Answered(NamedTuple):
    """What came of it."""

    asked: Asked
    seconds: float
    status: int


@click.command()
@click.argument("database", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--requests", type=click.IntRange(min=20), default=10_000, show_default=True)
@click.option("--clients", type=click.IntRange(min=1), default=8, show_default=True)
@click.option("--port", type=int, default=8190, show_default=True)
@click.option("--seed", type=int, default=2562, show_default=True)
def main(database: Path, requests: int, clients: int, port: int, seed: int) -> None:
    wanted = list(draw(database, random.Random(seed), requests))
    with served(database, port) as address, httpx.Client(base_url=address, timeout=120) as client:
        with ThreadPoolExecutor(clients) as pool:
            started = time.perf_counter()
            answers = list(pool.map(lambda asked: ask(client, asked), wanted))
        taken = time.perf_counter() - started
    click.echo(f"{requests} requests, {clients} clients: {taken:.0f} s")
    for kind in MIXTURE:
        click.echo(told(kind, [answer for answer in answers if answer.asked.kind == kind]))
    failed = [answer for answer in answers if answer.status != 200]
    for answer in failed[:10]:
        click.echo(f"  {answer.status} {answer.asked.path}")
    sys.exit(bool(failed))


def draw(database: Path, chance: random.Random, count: int) -> Iterator[Asked]:
    """Addresses in the mixture, over reports, offices and actions from all over the database."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    known: defaultdict[str, list[str]] = defaultdict(list)
    for table in ("reports", "offices", "actions"):
        last = connection.execute(f"select max(rowid) from {table}").fetchone()[0]
        sample = ",".join(str(chance.randint(1, last)) for _ in range(SAMPLE))
        column = "id || char(10) || text" if table == "actions" else "id"
        known[table] = [row[0] for row in connection.execute(f"select {column} from {table} where rowid in ({sample})")]
    connection.close()
    texts = [action.split("\n", 1)[1] for action in known["actions"]]
    for kind in chance.choices(list(MIXTURE), list(MIXTURE.values()), k=count):
        yield Asked(kind, _path(kind, known, draw_query(chance, texts).text, chance))


def _path(kind: str, known: dict[str, list[str]], query: str, chance: random.Random) -> str:
    report, office = chance.choice(known["reports"]), chance.choice(known["offices"])
    action = chance.choice(known["actions"]).split("\n", 1)[0]
    return {
        "search": f"/search?q={quote(query)}",
        "office": f"{DATABASE_PATH}/offices/{office}",
        "report": f"{DATABASE_PATH}/reports/{report}",
        "evidence": f"/evidence/{action}",
        "table": f"{DATABASE_PATH}/actions?report_id={report}&_size=10",
        "json": f"{DATABASE_PATH}/measures.json?report_id={report}",
        "compare": f"/compare?left={report}&right={chance.choice(known['reports'])}",
        "home": "/",
    }[kind]


def ask(client: httpx.Client, asked: Asked) -> Answered:
    """One request; an answer that does not come counts as 0."""
    started = time.perf_counter()
    try:
        status = client.get(asked.path).status_code
    except httpx.HTTPError:
        status = 0
    return Answered(asked, time.perf_counter() - started, status)


def told(kind: str, answers: list[Answered]) -> str:
    """A line of the result."""
    if len(answers) < 2:
        return f"{kind:>10}: {len(answers)} asked"
    milliseconds = sorted(answer.seconds * 1000 for answer in answers)
    cuts = quantiles(milliseconds, n=20)
    failed = sum(answer.status != 200 for answer in answers)
    return (
        f"{kind:>10}: {len(answers):6} asked, p50 {cuts[9]:5.0f} ms, p95 {cuts[18]:5.0f} ms, "
        f"slowest {milliseconds[-1]:5.0f} ms, failed {failed}"
    )


@contextmanager
def served(database: Path, port: int) -> Iterator[str]:
    """The address of the site while it runs."""
    command = [sys.executable, "-m", "pipeline", "serve", "--db", str(database), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                httpx.get(f"{address}/help", timeout=5)
                break
            except httpx.HTTPError:
                time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    main()
