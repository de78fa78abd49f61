"""Measures the extraction on documents that have a gold record beside them."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pipeline import gold
from pipeline.executors import Executor, in_order
from pipeline.files import examine
from pipeline.limits import run_limited
from pipeline.reading import Reading, read_report
from pipeline.scoring import ALL_KINDS, Count, Score, score_report, total
from pipeline.settings import Settings
from schemas.base import Record
from schemas.failure import Failure
from schemas.finding import with_findings

_NOTHING = gold.GoldReport(title=None, office=None, fiscal_year=None)


class Pair(Record):
    """A document and its gold record's file."""

    document: Path
    gold: Path


class Evaluation(Record):
    """One document's score; one that cannot be read scores as a report with nothing in it."""

    name: str
    score: Score
    failure: Failure | None = None


class Figures(Record):
    """The score of a document, or of all together, in figures."""

    document: str
    records_f1: float
    field_accuracy: float
    counts: tuple[Count, ...]
    misses: tuple[str, ...]
    failure: Failure | None


class Summary(Record):
    """What `prongsai evaluate --json` prints."""

    documents: tuple[Figures, ...]
    total: Figures


def pairs_in(folder: Path) -> tuple[Pair, ...]:
    """Every document `NAME.*` of a folder that has `NAME.gold.json` beside it, in order of name; raises `OSError`."""
    files = _files_in(folder)
    golds = [path for path in files if path.name.endswith(gold.SUFFIX)]
    return tuple(
        Pair(document=path, gold=beside) for beside in golds for path in files if _belongs(path, beside, golds)
    )


def lonely_golds(folder: Path) -> tuple[Path, ...]:
    """The gold records of a folder that have no document beside them; raises `OSError`."""
    paired = {pair.gold for pair in pairs_in(folder)}
    return tuple(path for path in _files_in(folder) if path.name.endswith(gold.SUFFIX) and path not in paired)


def evaluate(pairs: Iterable[Pair], settings: Settings, executor: Executor) -> Iterator[Evaluation]:
    """The scores of the documents, in order, as they come; raises `UnusableGold` before any is read."""
    tasks = [_Task(document=pair.document, wanted=gold.load_gold(pair.gold)) for pair in pairs]
    for task, reading in in_order(executor, _read_task, tasks, settings):
        yield _evaluation(task, reading)


def total_score(evaluations: Iterable[Evaluation]) -> Score:
    """The score over all documents."""
    return total([evaluation.score for evaluation in evaluations])


def summary(evaluations: Sequence[Evaluation]) -> Summary:
    """The figures of every document and of all together."""
    return Summary(
        documents=tuple(_figures(each.name, each.score, each.failure) for each in evaluations),
        total=_figures("ALL", total_score(evaluations), None),
    )


def _files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))


def _belongs(path: Path, beside: Path, golds: list[Path]) -> bool:
    return path.name.startswith(beside.name.removesuffix("gold.json")) and path not in golds


class _Task(Record):
    document: Path
    wanted: gold.GoldReport


def _read_task(task: _Task, settings: Settings) -> Reading | Failure:
    name = task.document.name
    facts = examine(task.document, name, settings)
    return facts if isinstance(facts, Failure) else run_limited(read_report, task.document, name, settings)


def _evaluation(task: _Task, reading: Reading | Failure) -> Evaluation:
    name = task.document.name
    if isinstance(reading, Failure):
        return Evaluation(name=name, score=score_report(task.wanted, _NOTHING), failure=reading)
    found = gold.as_gold(with_findings(reading.report, reading.findings))
    return Evaluation(name=name, score=score_report(task.wanted, found))


def _figures(name: str, score: Score, failure: Failure | None) -> Figures:
    return Figures(
        document=name,
        records_f1=round(score.records_f1, 4),
        field_accuracy=round(score.field_accuracy, 4),
        counts=tuple(score.count(kind) for kind in ALL_KINDS),
        misses=score.misses,
        failure=failure,
    )
