"""Clean reports changed in one place by a program: the change is found, at its place, and nothing else."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from made_reports import (
    MONTHS,
    NAMES,
    WEEKDAYS,
    Made,
    MadeAction,
    clean_report,
    day_in,
    findings_in,
    grade_of,
    printed,
    with_action,
    with_measure,
)

CHANGES = 200
LEAST_FOUND = 0.95
# What a change makes wrong: check and place.
Expected = Counter[tuple[str, str]]
Change = Callable[[Made, random.Random], tuple[Made, Expected]]


def test_changes_are_found_at_their_places_and_nothing_else_is() -> None:
    rng = random.Random(20260)
    unlike = []
    for number in range(CHANGES):
        change = rng.choice(ALL_CHANGES)
        made, expected = change(clean_report(number), rng)
        found = Counter((finding.check, finding.at) for finding in findings_in(made))
        if found != expected:
            unlike.append((number, change.__name__, dict(expected), dict(found)))
    assert len(unlike) <= CHANGES * (1 - LEAST_FOUND), unlike


def test_reports_without_a_change_have_no_findings() -> None:
    found = [
        (seed, finding.check, finding.at)
        for seed in range(CHANGES, CHANGES + 60)
        for finding in findings_in(clean_report(seed))
    ]
    assert found == []


def _at(made: Made, measure: int, action: int | None = None) -> str:
    one = made.measures[measure]
    place = f"{one.indicator}/{one.number}"
    return place if action is None else f"{place}/{one.actions[action].number}"


def _place(made: Made, rng: random.Random) -> tuple[int, int]:
    measure = rng.randrange(len(made.measures))
    return measure, rng.randrange(len(made.measures[measure].actions))


def _new_text(made: Made, rng: random.Random, check: str, texts: tuple[str, ...]) -> tuple[Made, Expected]:
    measure, action = _place(made, rng)
    return with_action(made, measure, action, rng.choice(texts)), Counter([(check, _at(made, measure, action))])


def old_date(made: Made, rng: random.Random) -> tuple[Made, Expected]:
    day = printed(day_in(made.year - 2, rng))
    texts = (f"จัดประชุมบุคลากรเมื่อวันที่ {day}", f"เผยแพร่รายงานทางเว็บไซต์ วันที่ {day} ครบทุกหัวข้อ", f"ลงนามประกาศ ณ วันที่ {day}")
    return _new_text(made, rng, "date-out-of-period", texts)


def late_date(made: Made, rng: random.Random) -> tuple[Made, Expected]:
    day = printed(date(made.year - 543, 10, 1) + timedelta(days=rng.randrange(0, 200)))
    texts = (f"ติดตั้งป้ายประชาสัมพันธ์แล้วเสร็จเมื่อวันที่ {day}", f"ออกหน่วยบริการเมื่อ {day} มีประชาชนรับบริการ 54 คน")
    return _new_text(made, rng, "date-out-of-period", texts)


def impossible_date(made: Made, rng: random.Random) -> tuple[Made, Expected]:
    month = rng.choice((3, 5, 8))
    day = f"31 {MONTHS[month]} {made.year}"
    texts = (f"อบรมเจ้าหน้าที่เมื่อวันที่ {day}", f"ประชุมชี้แจง {day} ณ ห้องประชุม", f"ดำเนินการระหว่างวันที่ 28 - {day}")
    return _new_text(made, rng, "date-impossible", texts)


def wrong_weekday(made: Made, rng: random.Random) -> tuple[Made, Expected]:
    day = day_in(made.year, rng)
    weekday = WEEKDAYS[(day.weekday() + rng.randrange(1, 7)) % 7]
    texts = (f"ประชุมเมื่อวัน{weekday}ที่ {printed(day)}", f"จัดอบรมในวัน{weekday}ที่ {printed(day)} มีผู้เข้าร่วม 31 คน")
    return _new_text(made, rng, "date-weekday", texts)


def backward_range(made: Made, rng: random.Random) -> tuple[Made, Expected]:
    later = day_in(made.year, rng)
    earlier = later - timedelta(days=rng.randrange(2, 9))
    texts = (
        f"ตรวจสอบระหว่างวันที่ {printed(later)} - {printed(earlier)}",
        f"ประชุมเมื่อวันที่ {printed(later)} และวันที่ {printed(earlier)}",
    )
    return _new_text(made, rng, "date-order", texts)


def other_office(made: Made, rng: random.Random) -> tuple[Made, Expected]:
    texts = (
        f"{made.other}ได้กำหนดแนวทางการปฏิบัติงานและแจ้งทุกส่วนงาน",
        f"เผยแพร่ผลการดำเนินงานทางเว็บไซต์ของ{made.other}",
        f"ประกาศเจตจำนงสุจริตของ{made.other}ต่อบุคลากรทุกคน",
    )
    return _new_text(made, rng, "office-mismatch", texts)


def misspelt_office(made: Made, rng: random.Random) -> tuple[Made, Expected]:
    texts = (f"{made.misspelt} ได้จัดประชุมประจำเดือน", f"ปิดประกาศที่บอร์ดหน้า{made.misspelt}")
    return _new_text(made, rng, "office-misspelt", texts)


def not_done(made: Made, rng: random.Random) -> tuple[Made, Expected]:
    texts = ("จัดทำคู่มือปฏิบัติงาน (ยังไม่ได้ดำเนินการ)", "พัฒนาระบบนัดหมายออนไลน์ อยู่ระหว่างดำเนินการ", "อบรมแล้ว 2 รุ่น จากทั้งหมด 4 รุ่น")
    return _new_text(made, rng, "action-not-done", texts)


def wrong_count(made: Made, rng: random.Random) -> tuple[Made, Expected]:
    return replace(made, stated=made.stated + rng.choice((1, 2))), Counter([("weak-count", "assessment")])


def strong_one_listed(made: Made, rng: random.Random) -> tuple[Made, Expected]:
    """A score above the pass mark for a weak indicator, with all that follows from it put right."""
    number = rng.choice(made.weak)
    scores = tuple(87.5 if n == number else score for n, score in enumerate(made.scores, 1))
    return _with_scores(made, scores), Counter([("weak-score", f"indicator/{number}")])


def wrong_grade(made: Made, rng: random.Random) -> tuple[Made, Expected]:
    grade = rng.choice([grade for grade in ("AA", "A", "B", "C", "D") if grade != made.grade])
    return replace(made, grade=grade), Counter([("grade-band", "assessment")])


def wrong_total(made: Made, rng: random.Random) -> tuple[Made, Expected]:
    total = round(made.total + rng.choice((-1, 1)) * rng.uniform(0.05, 0.9), 2)
    return replace(made, total=total, grade=grade_of(total)), Counter([("score-total", "assessment")])


def wrong_part(made: Made, rng: random.Random) -> tuple[Made, Expected]:
    part = rng.choice(("iit", "eit", "oit"))
    return replace(made, **{part: getattr(made, part) - rng.uniform(0.1, 2)}), Counter([("score-total", "assessment")])


def swapped_parts(made: Made, rng: random.Random) -> tuple[Made, Expected]:
    expected = Counter([("score-total", "assessment")]) if abs(made.eit - made.oit) > 0.02 else Counter()
    return replace(made, eit=made.oit, oit=made.eit), expected


def altered_score(made: Made, rng: random.Random) -> tuple[Made, Expected]:
    number = rng.choice([n for n in range(1, 11) if n not in made.weak])
    scores = tuple(score + 1.5 if n == number else score for n, score in enumerate(made.scores, 1))
    return replace(made, scores=scores), Counter([("score-total", "assessment")])


def wrong_name(made: Made, rng: random.Random) -> tuple[Made, Expected]:
    one, other = rng.sample([n for n in range(1, 11) if n not in made.weak], 2)
    names = tuple({one: NAMES[other - 1], other: NAMES[one - 1]}.get(n, name) for n, name in enumerate(NAMES, 1))
    return replace(made, names=names), Counter([("indicator-name", f"indicator/{n}") for n in (one, other)])


def unanswered_indicator(made: Made, rng: random.Random) -> tuple[Made, Expected]:
    number = rng.choice(made.weak)
    measures = tuple(measure for measure in made.measures if measure.indicator != number)
    return replace(made, measures=measures), Counter([("indicator-unanswered", f"indicator/{number}")])


def unanswered_measure(made: Made, rng: random.Random) -> tuple[Made, Expected]:
    place = rng.randrange(len(made.measures))
    bare = replace(made.measures[place], actions=())
    return with_measure(made, place, bare), Counter([("measure-unanswered", _at(made, place))])


def skipped_number(made: Made, rng: random.Random) -> tuple[Made, Expected]:
    place = rng.randrange(len(made.measures))
    measure = made.measures[place]
    last = measure.actions[-1]
    number = last.number + rng.choice((1, 2))
    added = MadeAction(number + 1, "สรุปผลและรายงานต่อที่ประชุม")
    changed = replace(measure, actions=(*measure.actions, added))
    return with_measure(made, place, changed), Counter([("numbering", f"{_at(made, place)}/{number + 1}")])


def repeated_number(made: Made, rng: random.Random) -> tuple[Made, Expected]:
    place = rng.randrange(len(made.measures))
    measure = made.measures[place]
    number = measure.actions[-1].number
    changed = replace(measure, actions=(*measure.actions, MadeAction(number, "สรุปผลและรายงานต่อที่ประชุม")))
    return with_measure(made, place, changed), Counter([("numbering", f"{_at(made, place)}/{number}")])


def empty_section(made: Made, rng: random.Random) -> tuple[Made, Expected]:
    headings = ("ผลการประเมินเปรียบเทียบย้อนหลัง", "ปัญหาและอุปสรรคในการดำเนินงาน", "ข้อเสนอแนะจากผู้ตรวจประเมิน")
    heading = f"{rng.choice(headings)}\n\nผลการดำเนินการตามมาตรการของหน่วยงาน มีรายละเอียด ดังนี้"
    return replace(made, heading=heading), Counter([("section-empty", "report")])


def _with_scores(made: Made, scores: tuple[float, ...]) -> Made:
    iit, eit, oit = (round(sum(part) / len(part), 2) for part in (scores[:5], scores[5:8], scores[8:]))
    total = round(0.3 * iit + 0.3 * eit + 0.4 * oit, 2)
    return replace(made, scores=scores, iit=iit, eit=eit, oit=oit, total=total, grade=grade_of(total))


ALL_CHANGES: tuple[Change, ...] = (
    old_date,
    late_date,
    impossible_date,
    wrong_weekday,
    backward_range,
    other_office,
    misspelt_office,
    not_done,
    wrong_count,
    strong_one_listed,
    wrong_grade,
    wrong_total,
    wrong_part,
    swapped_parts,
    altered_score,
    wrong_name,
    unanswered_indicator,
    unanswered_measure,
    skipped_number,
    repeated_number,
    empty_section,
)
