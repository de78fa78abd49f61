"""How much less time a folder takes when it is loaded again: 500 generated reports, start-up of the program apart.

Prints the seconds of both loads, of an empty one (the start-up), and the ratio; exits with 1 if it is 0.05 or more.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click
from generate import write_reports

_TARGET = 0.05


@click.command()
@click.option("--reports", type=click.IntRange(min=1), default=500, show_default=True)
def main(reports: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        documents, empty = folder / "documents", folder / "empty"
        documents.mkdir()
        empty.mkdir()
        write_reports(documents, reports)
        start_up = min(_seconds(empty, folder / "empty.db") for _ in range(3))
        first = _seconds(documents, folder / "reports.db") - start_up
        second = max(0.0, _seconds(documents, folder / "reports.db") - start_up)
    ratio = second / first
    click.echo(f"start-up {start_up:.2f} s, first {first:.2f} s, again {second:.2f} s: ratio {ratio:.4f}")
    sys.exit(ratio >= _TARGET)


def _seconds(folder: Path, database: Path) -> float:
    """The time that the command takes from start to end; raises where it fails."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "pipeline", "ingest", str(folder), "--db", str(database)]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
