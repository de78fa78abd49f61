"""The command `evaluate`: how well documents with gold records beside them are extracted."""

from pathlib import Path

import click

from extractors.readers.refusals import not_permitted
from pipeline import console
from pipeline.commands.options import FILE, json_option, settings_options
from pipeline.console import one_line
from pipeline.errors import CommandError, failed
from pipeline.evaluate import Evaluation, Pair, evaluate, lonely_golds, pairs_in, summary, total_score
from pipeline.executors import local_executor
from pipeline.exit_codes import ExitCode
from pipeline.gold import UnusableGold
from pipeline.scoring import ALL_KINDS, Score
from pipeline.settings import Settings


@click.command("evaluate")
@click.argument("folder", type=FILE, metavar="DIR")
@click.option("--verbose", "-v", is_flag=True, help="List everything that is not as in gold.")
@click.option("--at-least", type=click.FloatRange(0, 1), help="Exit with 5 if the records F1 of all is lower.")
@json_option
@settings_options
def evaluate_command(folder: Path, verbose: bool, at_least: float | None, as_json: bool, settings: Settings) -> None:
    """วัดความถูกต้องของการอ่าน กับเอกสารทุกไฟล์ในโฟลเดอร์ที่มีเฉลย (NAME.gold.json) อยู่ข้างกัน

    Scores every document NAME.* in a folder that has NAME.gold.json beside it: what a careful reader would write down,
    in the shape of `prongsai schema` without evidence and ids. Records F1 is over indicators, measures and actions;
    a measure or action is found if its text is 90 % alike. A document that cannot be read scores as one with nothing
    in it.

    \b
    Example:
      prongsai evaluate my-reports/ --verbose
    """
    evaluations = _evaluations(folder, settings)
    everything = total_score(evaluations)
    if as_json:
        console.echo(summary(evaluations).model_dump_json(indent=2))
    else:
        _print_table(evaluations, everything, verbose)
    if at_least is not None and everything.records_f1 < at_least:
        raise click.exceptions.Exit(ExitCode.BELOW_TARGET)
    if any(each.failure for each in evaluations):
        raise click.exceptions.Exit(ExitCode.SOME_FAILED)


def _evaluations(folder: Path, settings: Settings) -> list[Evaluation]:
    pairs = _pairs(folder)
    try:
        with local_executor(settings.workers) as executor:
            return list(evaluate(pairs, settings, executor))
    except UnusableGold as error:
        raise CommandError(ExitCode.DAMAGED, str(error.path), error.message_th, error.message_en) from error


def _pairs(folder: Path) -> tuple[Pair, ...]:
    """The documents with their gold records; names the records that have no document."""
    try:
        pairs, lonely = pairs_in(folder), lonely_golds(folder)
    except (FileNotFoundError, NotADirectoryError):
        raise CommandError(
            ExitCode.MISSING,
            str(folder),
            "ไม่ใช่โฟลเดอร์ หรือไม่มีโฟลเดอร์นี้ โปรดระบุโฟลเดอร์ที่มีเอกสารและเฉลย",
            "There is no such folder: name the folder that holds the documents and their gold records.",
        ) from None
    except OSError as error:
        raise failed(not_permitted().failure(str(folder))) from error
    for path in lonely:
        console.messages().print(
            f"{one_line(str(path))}: ไม่มีเอกสารอยู่ข้างกัน · no document stands beside it.", markup=False, soft_wrap=True
        )
    if not pairs:
        raise _nothing_to_score(folder)
    return pairs


def _nothing_to_score(folder: Path) -> CommandError:
    return CommandError(
        ExitCode.MISSING,
        str(folder),
        "ในโฟลเดอร์นี้ไม่มีเอกสารที่มีเฉลย จึงไม่มีอะไรให้วัด โปรดวางเฉลย NAME.gold.json ไว้ข้างเอกสาร NAME.docx",
        "No document in this folder has a gold record, so there is nothing to score: put NAME.gold.json beside "
        "NAME.docx.",
    )


def _print_table(evaluations: list[Evaluation], everything: Score, verbose: bool) -> None:
    table = console.table(
        "document", "#records F1", "#fields", "#indicators", "#measures", "#actions", "#findings", "failure"
    )
    for each in evaluations:
        table.add_row(one_line(each.name), *_figures(each.score), each.failure.code if each.failure else "")
    table.add_section()
    table.add_row("ALL", *_figures(everything), "")
    out = console.data()
    out.print(table)
    for each in evaluations if verbose else ():
        for miss in each.score.misses:
            out.print(f"{one_line(each.name)}: {miss}", markup=False)


def _figures(score: Score) -> list[str]:
    kinds = (score.count(kind) for kind in ALL_KINDS)
    hits = (f"{count.hit}/{count.gold} ({count.found})" for count in kinds)
    return [f"{score.records_f1:.3f}", f"{score.field_accuracy:.3f}", *hits]
