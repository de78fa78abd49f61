"""Writes reports for measuring speed: the examples' measures and actions, shuffled, under invented offices."""

import random
from collections.abc import Iterator
from pathlib import Path

from pipeline.gold import SUFFIX, GoldMeasure, GoldReport, load_gold

EXAMPLES = Path(__file__).parent.parent / "examples"
_SYLLABLES = ("บ้าน", "หนอง", "โคก", "นา", "ท่า", "ดอน", "ห้วย", "ทราย", "สูง", "แก้ว", "งาม", "ใหม่", "ทอง", "เหนือ", "ใต้")
_ROWS = 12


def write_reports(folder: Path, count: int, seed: int = 2562) -> None:
    """Writes `count` text reports of about the examples' length into `folder`; the same for the same seed."""
    random_source = random.Random(seed)
    measures = [measure for report in _example_reports() for measure in report.measures]
    for number in range(count):
        text = _report(random_source, measures)
        (folder / f"report-{number:04d}.txt").write_text(text, encoding="utf-8")


def example_actions() -> Iterator[str]:
    """The texts of the examples' actions."""
    for report in _example_reports():
        for measure in report.measures:
            yield from (action.text for action in measure.actions)


def office_name(random_source: random.Random) -> str:
    """The name of an invented office."""
    return "องค์การบริหารส่วนตำบล" + "".join(random_source.sample(_SYLLABLES, 3))


def _example_reports() -> Iterator[GoldReport]:
    paths = sorted(EXAMPLES.glob(f"*{SUFFIX}"))
    if not paths:
        raise SystemExit(f"There are no gold records in {EXAMPLES}.")
    yield from map(load_gold, paths)


def _report(random_source: random.Random, measures: list[GoldMeasure]) -> str:
    year = random_source.randint(2562, 2567)
    office = office_name(random_source)
    rows = [_row(number, measure) for number, measure in enumerate(random_source.sample(measures, _ROWS), 1)]
    return "\n".join(
        [
            f"รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. {year + 1}",
            "",
            office,
            "",
            f"{office} ได้คะแนนการประเมิน ITA ประจำปีงบประมาณ พ.ศ. {year} คะแนน {random_source.uniform(60, 95):.2f}",
            "",
            "ที่\tตัวชี้วัด\tมาตรการ\tการดำเนินการตามมาตรการ",
            *rows,
        ]
    )


def _row(number: int, measure: GoldMeasure) -> str:
    actions = " ".join(f"{place}. {action.text}" for place, action in enumerate(measure.actions, 1))
    return f"{number}\tตัวชี้วัดที่ {measure.indicator_number or 1}\t{measure.text}\t{actions}"
