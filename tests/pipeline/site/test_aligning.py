"""Which measures and actions of two years are the same."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.site import aligning
from pipeline.site.aligning import Pair, align, comparable, threads

WORDS = st.lists(st.sampled_from(["ประกาศเจตจำนงสุจริต", "จัดทำแผน", "อบรมเจ้าหน้าที่", "ก", ""]), max_size=8)


@given(before=WORDS, after=WORDS)
def test_every_text_stands_in_one_pair_and_the_later_ones_in_order(before: list[str], after: list[str]) -> None:
    pairs = align(before, after)
    assert sorted(p.before for p in pairs if p.before is not None) == list(range(len(before)))
    assert [p.after for p in pairs if p.after is not None] == list(range(len(after)))
    for pair in pairs:
        assert (pair.change == "dropped") == (pair.after is None)
        assert (pair.change == "new") == (pair.before is None)


def test_a_copied_measure_is_kept_though_years_digits_and_months_have_changed() -> None:
    before = comparable("เผยแพร่แผนประจำปีงบประมาณ พ.ศ. ๒๕๖๒ เมื่อวันที่ ๑๒ มกราคม ๒๕๖๒ ๓ ครั้ง")
    after = comparable("เผยแพร่แผนประจำปีงบประมาณ พ.ศ. 2563  เมื่อวันที่ 9 มิ.ย. 2563 12 ครั้ง")
    assert align([before], [after]) == (Pair(0, 0, "kept"),)


def test_names_known_to_stand_in_a_text_do_not_count() -> None:
    before = comparable("อบต.ดงพะยอมจัดประชุม", ["อบต.ดงพะยอม"])
    assert before == comparable("เทศบาลเมืองใกล้เคียงจัดประชุม", ["เทศบาลเมืองใกล้เคียง"])


def test_a_measure_told_in_other_words_is_reworded_and_another_one_is_new() -> None:
    before = ["เปิดเผยแผนการใช้จ่ายงบประมาณประจำปีให้บุคลากรและสถานศึกษารับทราบ"]
    assert align(before, ["เปิดเผยแผนและผลการใช้จ่ายงบประมาณให้บุคลากรตรวจสอบได้ทุกไตรมาส"])[0].change == "reworded"
    assert {pair.change for pair in align(before, ["ให้ความรู้เกี่ยวกับการใช้ทรัพย์สินของราชการ"])} == {"new", "dropped"}


def test_a_dropped_text_stands_behind_its_neighbour() -> None:
    assert align(["ก1", "ข", "ค"], ["ก1", "ค"]) == (Pair(0, 0, "kept"), Pair(1, None, "dropped"), Pair(2, 1, "kept"))


def test_equal_texts_are_paired_in_order() -> None:
    assert [pair[:2] for pair in align(["ก", "ก"], ["ก", "ก", "ก"])] == [(0, 0), (1, 1), (None, 2)]


def test_lists_too_long_to_compare_are_paired_where_they_are_equal() -> None:
    many = [f"มาตรการเรื่อง{chr(0x0E01 + n % 40)}{'ก' * n}" for n in range(300)]
    assert all(pair.change == "kept" for pair in align(many, many))
    assert len(many) ** 2 > aligning.MOST_PAIRS
    changed = [text + "ๆ" for text in many]
    assert {pair.change for pair in align(many, changed)} == {"new", "dropped"}


def test_threads_follow_a_text_over_the_years() -> None:
    rows = threads([["ก", "ข"], ["ข", "ค"], ["ค", "ก"]], lambda text: text)
    shown = [[item or "-" for item in row] for row in rows]
    assert sorted(map("".join, shown)) == ["--ก", "-คค", "ก--", "ขข-"]
