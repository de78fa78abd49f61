"""How quickly PDF files are read, beside pdfplumber and PDFium; where the time goes; how much memory a long file takes.

Prints milliseconds a page for each file (processor time of one core, the best of the rounds), the ratios over all
pages, the stages of prongsai's reading, and the peak memory of reading a file of 300 pages. It judges nothing.
"""

import functools
import gc
import importlib
import inspect
import io
import logging
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import click

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
CORPUS = ROOT / "tests" / "extractors" / "readers" / "pdf" / "corpus"
MOST_MEGABYTES = 200

Peer = Callable[[bytes], object]
Times = dict[str, float]
"""Milliseconds by the name of the peer."""

STAGES: list[tuple[str, str, str]] = [
    ("opening the file", "extractors.readers.pdf.reader", "_opened"),
    ("content streams and fonts", "extractors.readers.pdf.reader", "read_page"),
    ("repair of the layer", "extractors.readers.pdf.layer", "TextLayer.learn"),
    ("repair of the layer", "extractors.readers.pdf.layer", "TextLayer.repaired"),
    ("grids", "extractors.readers.pdf.reader", "grids_of"),
    ("lines and layout", "extractors.readers.pdf.reader", "writes_blanks"),
    ("lines and layout", "extractors.readers.pdf.layout", "PageLayout.blocks"),
    ("judgement", "extractors.readers.pdf.reader", "judged"),
    ("repair of strings", "extractors.readers.pdf.reader", "with_repaired_text"),
    ("running heads and feet", "extractors.readers.pdf.reader", "with_furniture"),
    ("paragraphs and whole tables", "extractors.extract", "paragraphs"),
    ("records", "pipeline.reading", "report_in"),
]
"""A stage of prongsai's reading, and a function whose own time belongs to it: its module, and its name there."""


class Measured(NamedTuple):
    """A file with the least time that each peer took."""

    path: Path
    pages: int
    times: Times


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--rounds", type=click.IntRange(min=1), default=3, show_default=True)
@click.option("--memory-pages", type=click.IntRange(min=0), default=300, show_default=True, help="0: not measured.")
def main(paths: tuple[Path, ...], rounds: int, memory_pages: int) -> None:
    """Measure on the PDF files among PATHS and in folders there; without any, on those of the project."""
    logging.disable(logging.WARNING)  # what the libraries find odd in the files
    files = list(_pdf_files(paths or (EXAMPLES, CORPUS)))
    if not files:
        raise SystemExit("There are no PDF files to measure on.")
    if memory_pages:
        _print_memory(memory_pages)
    _keep_to_one_core()
    peers = {"prongsai": read_whole, "pdfplumber": read_by_pdfplumber, "PDFium": read_by_pdfium, "playa": read_by_playa}
    readable = _warmed_up(files, peers)
    _print_times(_measured(readable, peers, rounds))
    _print_stages(readable, rounds)


def read_whole(data: bytes) -> object:
    """All of prongsai's reading: words with their places, repair, tables, records."""
    from extractors.read import read_bytes
    from pipeline import reading

    return reading.report_in(read_bytes(data))


def read_by_pdfplumber(data: bytes) -> object:
    """pdfplumber's text and tables, page by page."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.extract_text()
            page.extract_tables()
            page.close()
    return None


def read_by_pdfium(data: bytes) -> object:
    """PDFium's bare text: letters without places, tables or repair; the limit of what is possible."""
    with _in_pdfium(data) as document:
        return [document[index].get_textpage().get_text_range() for index in range(len(document))]


def read_by_playa(data: bytes) -> object:
    """playa-pdf's own walk over the content streams: each glyph with its text and place, nothing else."""
    import playa

    document = playa.parse(data)  # pages hold their document weakly
    return [(glyph.text, glyph.bbox) for page in document.pages for glyph in page.glyphs]


@contextmanager
def _in_pdfium(data: bytes) -> Iterator[Any]:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        yield document
    finally:
        document.close()


def _pdf_files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        yield from sorted(path.glob("*.pdf")) if path.is_dir() else [path]


def _keep_to_one_core() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def _warmed_up(files: Iterable[Path], peers: dict[str, Peer]) -> list[Path]:
    """The files that all can read. One is read by all, so that imports, patterns and word lists are loaded for all."""
    from schemas.failure import UnreadableFile

    readable: list[Path] = []
    for path in files:
        try:
            read_whole(path.read_bytes())
        except UnreadableFile as error:
            click.echo(f"left out: {path.name} ({error.code})")
        else:
            readable.append(path)
    for peer in peers.values():
        peer(readable[0].read_bytes())
    return readable


def _measured(files: list[Path], peers: dict[str, Peer], rounds: int) -> list[Measured]:
    """Round by round, file by file, the peers one after the other, each round another first."""
    best: dict[Path, Times] = {path: {} for path in files}
    names = list(peers)
    for number in range(rounds):
        for path in files:
            data = path.read_bytes()
            for name in names[number % len(names) :] + names[: number % len(names)]:
                best[path][name] = min(best[path].get(name, float("inf")), _milliseconds(peers[name], data))
    return [Measured(path, _pages(path), best[path]) for path in files]


def _milliseconds(peer: Peer, data: bytes) -> float:
    _forget_words()
    gc.collect()
    started = time.process_time()
    peer(data)
    return 1000 * (time.process_time() - started)


def _forget_words() -> None:
    """Empties the caches that hold words of the documents read before; each file is read in a process of its own."""
    for cache in _word_caches():
        cache.cache_clear()


@functools.cache
def _word_caches() -> list[Any]:
    caches = [item for item in gc.get_objects() if isinstance(item, functools._lru_cache_wrapper)]
    return [cache for cache in caches if cache.__module__.startswith("extractors.") and _takes_text(cache.__wrapped__)]


def _takes_text(function: Callable[..., object]) -> bool:
    return any(parameter.annotation is str for parameter in inspect.signature(function).parameters.values())


def _pages(path: Path) -> int:
    with _in_pdfium(path.read_bytes()) as document:
        return len(document)


def _print_times(measured: list[Measured]) -> None:
    names = list(measured[0].times)
    click.echo(f"\n{'ms a page':44}{'pages':>6}" + "".join(f"{name:>12}" for name in names))
    for file in measured:
        figures = "".join(f"{file.times[name] / file.pages:12.2f}" for name in names)
        click.echo(f"{file.path.name[:43]:44}{file.pages:6}{figures}")
    pages = sum(file.pages for file in measured)
    total = {name: sum(file.times[name] for file in measured) for name in names}
    click.echo(f"{'all':44}{pages:6}" + "".join(f"{total[name] / pages:12.2f}" for name in names))
    click.echo(f"{'pages a second':50}" + "".join(f"{1000 * pages / total[name]:12.0f}" for name in names))
    others = [f"{name} {total[name] / total['prongsai']:.2f}" for name in names[1:]]
    click.echo(f"\nprongsai's time is 1, the others': {', '.join(others)}")


def _print_stages(files: list[Path], rounds: int) -> None:
    """Where the time goes, in the quickest of some more readings of all files."""
    pages = sum(map(_pages, files))
    total, own = min((_in_stages(files) for _ in range(rounds)), key=lambda reading: reading[0])
    click.echo(f"\n{'stage':34}{'ms a page':>10}{'share':>8}")
    for stage, milliseconds in own.items():
        click.echo(f"{stage:34}{milliseconds / pages:10.2f}{milliseconds / total:8.0%}")


def _in_stages(files: list[Path]) -> tuple[float, Times]:
    """The milliseconds of one reading of all files, and those of each stage."""
    stages = Stages()
    with stages.watched():
        total = sum(_milliseconds(read_whole, path.read_bytes()) for path in files)
    return total, {**stages.own, "all else": total - sum(stages.own.values())}


class Stages:
    """The time that functions take by themselves, without what they call of other stages."""

    def __init__(self) -> None:
        self.own: Counter[str] = Counter()
        self._inner: list[float] = []

    @contextmanager
    def watched(self) -> Iterator[None]:
        """While this lasts, the functions of the stages are timed; nothing in them is changed."""
        places = [(stage, *_holder(module, name)) for stage, module, name in STAGES]
        before = [(holder, name, getattr(holder, name)) for _, holder, name in places]
        for stage, holder, name in places:
            setattr(holder, name, self._timed(stage, getattr(holder, name)))
        try:
            yield
        finally:
            for holder, name, function in before:
                setattr(holder, name, function)

    def _timed(self, stage: str, function: Callable[..., object]) -> Callable[..., object]:
        @functools.wraps(function)
        def timed(*arguments: object, **named: object) -> object:
            self._inner.append(0.0)
            started = time.process_time()
            try:
                result = function(*arguments, **named)
                # What is drawn from an iterator later would be another stage's time.
                return list(result) if isinstance(result, Iterator) else result
            finally:
                taken = 1000 * (time.process_time() - started)
                self.own[stage] += taken - self._inner.pop()
                if self._inner:
                    self._inner[-1] += taken

        return timed


def _holder(module: str, name: str) -> tuple[Any, str]:
    """The module or class that has the function, and its name there."""
    *outer, last = name.split(".")
    return functools.reduce(getattr, outer, importlib.import_module(module)), last


def _print_memory(pages: int) -> None:
    """The peak memory of a new process that reads a long file made of an example's pages."""
    example = next(_pdf_files((EXAMPLES, CORPUS)), None)
    if example is None:
        click.echo("memory: there is no example to make a long file of")
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.pdf"
        _write_repeated(example, pages, path)
        command = [sys.executable, "-c", _CHILD, str(Path(__file__).parent), str(path)]
        told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT).stdout
    click.echo(f"peak memory for {pages} pages of {example.name}: {told.strip()}; reading may take {MOST_MEGABYTES} MB")


_CHILD = "import sys; sys.path.insert(0, sys.argv[1]); import pdf_reading; pdf_reading.print_peaks(sys.argv[2])"


def print_peaks(name: str) -> None:
    """Prints this process's peak memory after loading, after reading, after the records; its only work."""
    from extractors.read import read_bytes
    from pipeline import reading

    reading.reference()
    loaded = _peak_megabytes()
    document = read_bytes(Path(name).read_bytes())
    read = _peak_megabytes()
    reading.report_in(document)
    print(f"loaded {loaded:.0f} MB, read {read:.0f} MB, with its records {_peak_megabytes():.0f} MB")


def _peak_megabytes() -> float:
    """Megabytes of 10^6 bytes. Linux counts the peak of the parent for a child, too, except in /proc."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(lines["VmHWM"].split()[0]) * 1024 / 1e6
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def _write_repeated(source: Path, pages: int, target: Path) -> None:
    """The pages of a file over and over, each time with streams and fonts of their own, as in files put together."""
    import pypdfium2

    with _in_pdfium(source.read_bytes()) as example:
        long = pypdfium2.PdfDocument.new()
        while len(long) < pages:
            long.import_pages(example, list(range(min(len(example), pages - len(long)))))
        long.save(target)
        long.close()


if __name__ == "__main__":
    main()
