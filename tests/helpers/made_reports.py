"""Reports made by a program: clean ones of invented offices, and the changes that put one fault into them."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from extractors.read import read_bytes
from pipeline.reading import report_in
from schemas.finding import Finding

NAMES = (
    "การปฏิบัติหน้าที่",
    "การใช้งบประมาณ",
    "การใช้อำนาจ",
    "การใช้ทรัพย์สินของราชการ",
    "การแก้ไขปัญหาการทุจริต",
    "คุณภาพการดำเนินงาน",
    "ประสิทธิภาพการสื่อสาร",
    "การปรับปรุงระบบการทำงาน",
    "การเปิดเผยข้อมูล",
    "การป้องกันการทุจริต",
)
MONTHS = [
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
]
WEEKDAYS = ["จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์"]
OFFICES = (
    ("องค์การบริหารส่วนตำบลดงพะยอมหลวง", "องค์การบริหารส่วนตำบลท่าฉัตรทอง", "องค์การบริหารส่วนตำบลดงพะยมหลวง"),
    ("เทศบาลตำบลโคกสำราญวิไล", "เทศบาลตำบลหนองปลาตองใต้", "เทศบาลตำบลโคกสำราณวิไล"),
    (
        "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาสุพรรณบุรี เขต 3",
        "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาสุพรรณบุรี เขต 1",
        "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาสุพรรณบุรรี เขต 3",
    ),
    ("สถานีตำรวจภูธรห้วยกระเจียว", "สถานีตำรวจภูธรบางระกำเหนือ", "สถานีตำรวจภูธรห้วยกะเจียว"),
)
MEASURES = (
    "จัดทำแนวปฏิบัติและแจ้งให้ทุกส่วนงานถือใช้",
    "เพิ่มช่องทางให้ผู้รับบริการแสดงความเห็น",
    "กำกับติดตามการใช้จ่ายตามแผนอย่างสม่ำเสมอ",
    "ให้ความรู้เรื่องผลประโยชน์ทับซ้อนแก่บุคลากร",
    "ปรับปรุงข้อมูลบนเว็บไซต์ให้เป็นปัจจุบัน",
    "ทบทวนขั้นตอนการยืมและการคืนพัสดุ",
)
ACTIONS = (
    "ประชุมหัวหน้าส่วนงานเพื่อชี้แจงแนวทาง {day}",
    "{own} จัดทำคู่มือฉบับย่อแจกบุคลากรทุกคน",
    "อบรมเจ้าหน้าที่ {span} มีผู้เข้าอบรม {n} คน",
    "ปิดประกาศและเผยแพร่ทางเว็บไซต์ของ{own} {day}",
    "แต่งตั้งคณะทำงาน ตามคำสั่งที่ {n}/{year} ลง{day}",
    "รายงานผลให้ผู้บริหารทราบ {weekday}",
    "สำรวจความเห็นของผู้รับบริการ {n} ราย และนำผลมาปรับปรุงงาน",
    "จัดกิจกรรมรณรงค์ร่วมกับ{other} {day}",
    "ตรวจสอบทะเบียนคุม {span} พบว่าถูกต้องครบถ้วน",
)


@dataclass(frozen=True)
class MadeAction:
    """An action: its text, and the list number that is printed."""

    number: int
    text: str


@dataclass(frozen=True)
class MadeMeasure:
    """A measure with its actions."""

    indicator: int
    number: int
    text: str
    actions: tuple[MadeAction, ...]


@dataclass(frozen=True)
class Made:
    """What a report tells; `year` is the fiscal year, Buddhist era."""

    own: str
    other: str
    misspelt: str
    year: int
    scores: tuple[float, ...]
    iit: float
    eit: float
    oit: float
    total: float
    grade: str
    weak: tuple[int, ...]
    stated: int
    measures: tuple[MadeMeasure, ...]
    thai_digits: bool
    layout: int
    names: tuple[str, ...] = NAMES
    listed_scores: dict[int, float] = field(default_factory=dict)
    heading: str | None = None


def findings_in(made: Made) -> tuple[Finding, ...]:
    """What the checks find in the report, set as text."""
    return report_in(read_bytes(as_text(made).encode())).findings


def clean_report(seed: int) -> Made:
    """A report in which nothing is wrong."""
    rng = random.Random(seed)
    own, other, misspelt = rng.choice(OFFICES)
    year = rng.choice((2563, 2564, 2565, 2566))
    weak = tuple(sorted(rng.sample(range(1, 11), rng.choice((2, 3)))))
    scores = tuple(round(rng.uniform(70, 84.5) if n in weak else rng.uniform(85.5, 97), 2) for n in range(1, 11))
    iit, eit, oit = (round(sum(part) / len(part), 2) for part in (scores[:5], scores[5:8], scores[8:]))
    total = round(0.3 * iit + 0.3 * eit + 0.4 * oit, 2)
    measures = tuple(
        _measure(indicator, number, own, other, year, rng)
        for indicator in weak
        for number in range(1, rng.choice((3, 4)))
    )
    return Made(
        own=own,
        other=other,
        misspelt=misspelt,
        year=year,
        scores=scores,
        iit=iit,
        eit=eit,
        oit=oit,
        total=total,
        grade=grade_of(total),
        weak=weak,
        stated=len(weak),
        measures=measures,
        thai_digits=rng.random() < 0.5,
        layout=rng.choice((1, 2, 3)),
    )


def grade_of(score: float) -> str:
    """The letter that a score has."""
    bands = ((95, "AA"), (85, "A"), (75, "B"), (65, "C"), (55, "D"), (50, "E"), (0, "F"))
    return next(grade for lowest, grade in bands if score >= lowest)


def as_text(made: Made) -> str:
    """The report as a plain-text document."""
    render: Callable[[Made], list[str]] = (_tabled, _prose, _labelled)[made.layout - 1]
    text = "\n".join([*_opening(made), *([made.heading, ""] if made.heading else []), *render(made)]) + "\n"
    return text.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")) if made.thai_digits else text


def day_in(year: int, rng: random.Random) -> date:
    """A day in a fiscal year (Buddhist era)."""
    return date(year - 544, 10, 1) + timedelta(days=rng.randrange(20, 340))


def printed(day: date) -> str:
    """A day as people print it."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year + 543}"


def with_action(made: Made, measure: int, action: int, text: str | None = None, number: int | None = None) -> Made:
    """The report with one action changed; measures and actions are counted from 0."""
    old = made.measures[measure]
    changed = replace(
        old.actions[action], text=text or old.actions[action].text, number=number or old.actions[action].number
    )
    actions = (*old.actions[:action], changed, *old.actions[action + 1 :])
    return with_measure(made, measure, replace(old, actions=actions))


def with_measure(made: Made, place: int, measure: MadeMeasure) -> Made:
    """The report with one measure in another's place."""
    return replace(made, measures=(*made.measures[:place], measure, *made.measures[place + 1 :]))


def _measure(indicator: int, number: int, own: str, other: str, year: int, rng: random.Random) -> MadeMeasure:
    texts = rng.sample(ACTIONS, rng.choice((2, 3, 4)))
    actions = tuple(MadeAction(n, _filled(text, own, other, year, rng)) for n, text in enumerate(texts, 1))
    return MadeMeasure(indicator, number, rng.choice(MEASURES), actions)


def _filled(text: str, own: str, other: str, year: int, rng: random.Random) -> str:
    day = day_in(year, rng)
    later = day + timedelta(days=rng.randrange(1, 4))
    span = f"ระหว่างวันที่ {printed(day)} - {printed(later)}"
    weekday = f"เมื่อวัน{WEEKDAYS[day.weekday()]}ที่ {printed(day)}"
    filled = {"span": span, "weekday": weekday, "n": rng.randrange(12, 90), "year": year, "own": own, "other": other}
    return text.format(day=f"เมื่อวันที่ {printed(day)}".replace("เมื่อ", "" if "ลง{day}" in text else "เมื่อ"), **filled)


def _opening(made: Made) -> list[str]:
    listed = [
        f"- ตัวชี้วัดที่ {n} {NAMES[n - 1]} {made.listed_scores.get(n, made.scores[n - 1]):.2f} คะแนน" for n in made.weak
    ]
    rows = [f"{n}\t{name}\t{score:.2f}" for n, (name, score) in enumerate(zip(made.names, made.scores, strict=True), 1)]
    return [
        "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน",
        f"ประจำปีงบประมาณ พ.ศ. {made.year}",
        made.own,
        "",
        f"ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. {made.year - 1} ได้คะแนนรวม {made.total:.2f} คะแนน ระดับ {made.grade}",
        "",
        "ตัวชี้วัดที่\tชื่อตัวชี้วัด\tคะแนน",
        *rows,
        f"\tคะแนนเฉลี่ย IIT\t{made.iit:.2f}",
        f"\tคะแนนเฉลี่ย EIT\t{made.eit:.2f}",
        f"\tคะแนนเฉลี่ย OIT\t{made.oit:.2f}",
        "",
        f"มีตัวชี้วัดที่ได้คะแนนต่ำกว่า 85 คะแนน จำนวน {made.stated} ตัวชี้วัด ได้แก่",
        *listed,
        "",
    ]


def _tabled(made: Made) -> list[str]:
    lines = ["ที่\tตัวชี้วัด\tมาตรการ\tการดำเนินการตามมาตรการ"]
    before = None
    for measure in made.measures:
        first = measure.indicator != before
        before = measure.indicator
        row = made.weak.index(measure.indicator) + 1 if first else ""
        name = NAMES[measure.indicator - 1] if first else ""
        actions = " ".join(f"{action.number}. {action.text}" for action in measure.actions)
        lines.append(f"{row}\t{name}\t{measure.number}. {measure.text}\t{actions}")
    return lines


def _prose(made: Made) -> list[str]:
    lines: list[str] = []
    before = None
    for measure in made.measures:
        if measure.indicator != before:
            lines += ["", f"ตัวชี้วัดที่ {measure.indicator} {NAMES[measure.indicator - 1]}"]
        before = measure.indicator
        lines += [f"มาตรการที่ {measure.number} {measure.text}", "ผลการดำเนินการ"]
        lines += [f"{action.number}) {action.text}" for action in measure.actions]
    return lines


def _labelled(made: Made) -> list[str]:
    lines: list[str] = []
    before = None
    for measure in made.measures:
        if measure.indicator != before:
            lines += ["", f"## ตัวชี้วัดที่ {measure.indicator} {NAMES[measure.indicator - 1]}"]
        before = measure.indicator
        lines += ["", f"**มาตรการที่ {measure.number} {measure.text}**", "ผู้รับผิดชอบ : ฝ่ายอำนวยการ"]
        lines += ["ผลการดำเนินการ :", *(f"{action.number}. {action.text}" for action in measure.actions)]
    return lines
