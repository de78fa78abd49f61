"""Where two texts differ, word by word."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.site.differences import differences

TEXTS = st.text(alphabet="กขงานแผ่ำี ๑1ab\n.", max_size=60) | st.text(
    st.characters(exclude_categories=["Cs"]), max_size=30
)


@given(before=TEXTS, after=TEXTS)
def test_the_pieces_are_both_texts_whole(before: str, after: str) -> None:
    pieces = differences(before, after)
    assert "".join(piece.before for piece in pieces) == before
    assert "".join(piece.after for piece in pieces) == after
    assert all(piece.before or piece.after for piece in pieces)


def test_whole_words_are_marked() -> None:
    pieces = differences("เปิดเผยแผนให้บุคลากรรับทราบ", "เปิดเผยผลให้บุคลากรรับทราบ")
    assert [(piece.change, piece.before or piece.after) for piece in pieces] == [
        ("same", "เปิดเผย"),
        ("del", "แผน"),
        ("ins", "ผล"),
        ("same", "ให้บุคลากรรับทราบ"),
    ]


def test_thai_and_arabic_digits_are_no_difference_and_stay_as_printed() -> None:
    (piece,) = differences("ประชุม ๑๒ ครั้ง", "ประชุม  12 ครั้ง")
    assert piece == ("same", "ประชุม ๑๒ ครั้ง", "ประชุม  12 ครั้ง")


def test_changes_that_a_blank_parts_are_one() -> None:
    assert [piece.change for piece in differences("ก มกราคม 2561", "ก ธันวาคม 2562")] == ["same", "del", "ins"]
