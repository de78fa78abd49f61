import pytest

from extractors.readers.pdf.outlines import (
    CUBIC,
    CURVE,
    ON,
    Outline,
    OutlineTable,
    characters_of,
    pack_table,
    placed_key,
    shape_key,
)


def box(left: int, bottom: int, right: int, top: int, em: int = 1000) -> Outline:
    corners = ((left, bottom), (left, top), (right, top), (right, bottom))
    return Outline((tuple((x, y, ON) for x, y in corners),), em)


ROUND = ((0, 0, ON), (0, 50, CURVE), (50, 50, ON), (50, 0, CURVE))
HOLE = ((10, 10, ON), (10, 40, ON), (40, 10, ON))
# TH SarabunPSK 2.0 (SIL Open Font License), three of its glyphs.
MAI_EK = Outline((((-56, 680, ON), (-89, 680, ON), (-89, 791, ON), (-56, 791, ON)),), 1000)
SARA_AA = Outline(
    (
        (
            *((260, 0, ON), (224, 0, ON), (224, 299, ON), (224, 329, CURVE), (179, 368, CURVE), (140, 368, ON)),
            *((105, 368, CURVE), (63, 321, CURVE), (61, 294, ON), (24, 294, ON), (25, 336, CURVE), (90, 401, CURVE)),
            *((141, 401, ON), (199, 401, CURVE), (260, 345, CURVE), (260, 299, ON)),
        ),
    ),
    1000,
)


def test_a_mark_moved_sideways_or_lowered_keeps_its_shape() -> None:
    assert shape_key(box(-89, 680, -56, 791)) == shape_key(box(-140, 560, -107, 671))


def test_height_tells_comma_from_apostrophe_in_the_placed_key_alone() -> None:
    comma, apostrophe = box(50, -90, 90, 60), box(50, 400, 90, 550)
    assert shape_key(comma) == shape_key(apostrophe)
    assert placed_key(comma) != placed_key(apostrophe)
    assert placed_key(comma) == placed_key(box(10, -90, 50, 60))


@pytest.mark.parametrize(
    "other",
    [
        box(0, 0, 34, 111),
        box(0, 0, 33, 112),
        box(0, 0, 33, 111, em=2048),
        Outline((*box(0, 0, 33, 111).contours,) * 2, 1000),
    ],
    ids=["wider", "taller", "of another em", "drawn twice"],
)
def test_size_and_number_of_contours_count(other: Outline) -> None:
    assert shape_key(box(0, 0, 33, 111)) != shape_key(other)


def test_kinds_of_points_count() -> None:
    straight = tuple((x, y, ON) for x, y, _ in ROUND)
    cubic = tuple((x, y, CUBIC if kind else ON) for x, y, kind in ROUND)
    assert len({shape_key(Outline((contour,), 1000)) for contour in (ROUND, straight, cubic)}) == 3


def test_where_contours_begin_their_direction_and_their_order_do_not_count() -> None:
    turned, back = ROUND[2:] + ROUND[:2], HOLE[::-1]
    assert shape_key(Outline((ROUND, HOLE), 1000)) == shape_key(Outline((back, turned), 1000))


def test_the_extent_of_a_blank_is_nothing() -> None:
    assert Outline((), 1000).is_blank
    assert Outline((), 1000).extent == (0, 0, 0, 0)
    assert box(-5, -10, 20, 30).extent == (-5, -10, 20, 30)


def test_a_table_gives_back_what_was_packed() -> None:
    entries = {shape_key(box(0, 0, width, 9)): (chr(0x0E01 + width % 40),) for width in range(1, 300)}
    entries[placed_key(box(0, 0, 500, 9))] = ("I", "l")
    entries[placed_key(box(0, 0, 501, 9))] = ("ํา",)
    table = OutlineTable(pack_table(entries))
    assert len(table) == 301
    assert all(table.get(key) == texts for key, texts in entries.items())
    assert table.get(shape_key(box(0, 0, 77, 10))) == ()
    assert table.get(b"\0" * 6) == table.get(b"\xff" * 6) == ()


@pytest.mark.parametrize("data", [b"", b"PK\3\4", b"prongsai outlines 9\n\n"])
def test_a_file_of_another_form_is_no_table(data: bytes) -> None:
    with pytest.raises(ValueError, match="no table"):
        OutlineTable(data)


def test_the_table_of_the_package_knows_th_sarabun() -> None:
    assert characters_of(MAI_EK) == ("่",)
    assert characters_of(SARA_AA) == ("า",)
    lowered = Outline(tuple(tuple((x - 60, y - 120, kind) for x, y, kind in c) for c in MAI_EK.contours), 1000)
    assert characters_of(lowered) == ("่",)


def test_the_table_of_the_package_knows_nothing_of_a_shape_of_no_font() -> None:
    assert characters_of(box(-3, 17, 1009, 1033, em=1021)) == ()
