"""Ruled tables are found however producers draw them. Rules are invented; points from the page's top left."""

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import playa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extractors.readers.pdf.content import Rule
from extractors.readers.pdf.engine import read_page
from extractors.readers.pdf.fonts import DocumentFonts
from extractors.readers.pdf.grid import Grid, GridCell, grids_of

WIDTH, HEIGHT = 595.0, 842.0
XS, YS = (70.0, 110.0, 250.0, 525.0), (100.0, 130.0, 190.0, 240.0)


def across(y: float, x0: float, x1: float, drawn: bool = True) -> Rule:
    return Rule(x0, y, x1, y, drawn)


def down(x: float, top: float, bottom: float, drawn: bool = True) -> Rule:
    return Rule(x, top, x, bottom, drawn)


def long_lines(xs: Sequence[float] = XS, ys: Sequence[float] = YS) -> list[Rule]:
    """As LibreOffice and reportlab draw: a line a border."""
    return [*(across(y, xs[0], xs[-1]) for y in ys), *(down(x, ys[0], ys[-1]) for x in xs)]


def word_pieces(xs: Sequence[float] = XS, ys: Sequence[float] = YS) -> list[Rule]:
    """As Word draws: a piece a side of a cell, and a square of half a point at each corner."""
    corners = [across(y, x, x + 0.5) for x in xs for y in ys]
    tops = [across(y + 0.2, a + 0.5, b) for y in ys for a, b in pairwise(xs)]
    sides = [down(x + 0.2, a + 0.5, b) for x in xs for a, b in pairwise(ys)]
    return corners + tops + sides


def cell_boxes(xs: Sequence[float] = XS, ys: Sequence[float] = YS) -> list[Rule]:
    """As Chromium and WeasyPrint draw: four sides a cell, those of neighbours a little apart."""
    return [
        rule
        for top, bottom in pairwise(ys)
        for x0, x1 in pairwise(xs)
        for rule in (
            across(top + 0.4, x0, x1),
            across(bottom - 0.4, x0, x1),
            down(x0 + 0.4, top, bottom),
            down(x1 - 0.4, top, bottom),
        )
    ]


def box(x0: float, top: float, x1: float, bottom: float, drawn: bool = True) -> list[Rule]:
    """In the order in which the edges of a rectangle are told."""
    return [
        across(top, x0, x1, drawn),
        across(bottom, x0, x1, drawn),
        down(x0, top, bottom, drawn),
        down(x1, top, bottom, drawn),
    ]


def found(*rules: Iterable[Rule]) -> tuple[Grid, ...]:
    return grids_of([rule for group in rules for rule in group], WIDTH, HEIGHT)


def only(*rules: Iterable[Rule]) -> Grid:
    (grid,) = found(*rules)
    return grid


def spans(grid: Grid) -> list[tuple[int, int, int, int]]:
    return [(cell.row, cell.column, cell.row_span, cell.column_span) for cell in grid.cells]


def plain(rows: int, columns: int) -> list[tuple[int, int, int, int]]:
    return [(row, column, 1, 1) for row in range(rows) for column in range(columns)]


@pytest.mark.parametrize("drawing", [long_lines, word_pieces, cell_boxes])
def test_a_table_is_the_same_however_it_is_drawn(drawing: Callable[[], list[Rule]]) -> None:
    grid = only(drawing())
    assert (grid.rows, grid.columns) == (3, 3)
    assert spans(grid) == plain(3, 3)
    assert [grid.x0, grid.top, grid.x1, grid.bottom] == pytest.approx([70, 100, 525, 240], abs=1)


def test_dotted_borders_are_lines() -> None:
    dots = [across(y, x, x + 1) for y in YS for x in range(70, 525, 3)]
    dots += [down(x, y, y + 1) for x in XS for y in range(100, 240, 3)]
    assert spans(only(dots)) == plain(3, 3)


def test_a_point_lies_in_the_cell_drawn_around_it() -> None:
    grid = only(long_lines())
    assert grid.cell_at(180, 160) == GridCell(1, 1, 1, 1, 110, 130, 250, 190)
    assert grid.cell_at(71, 239) == GridCell(2, 0, 1, 1, 70, 190, 110, 240)
    assert grid.cell_at(60, 160) is None
    assert grid.cell_at(180, 90) is None


def test_merged_cells_span_rows_and_columns() -> None:
    # A heading over two columns beside one over two rows, as in time plans.
    rules = [
        *(across(y, 70, 525) for y in (100, 160, 220)),
        across(130, 200, 525),
        *(down(x, 100, 220) for x in (70, 200, 525)),
        down(360, 130, 220),
    ]
    grid = only(rules)
    assert spans(grid) == [
        (0, 0, 2, 1),
        (0, 1, 1, 2),
        (1, 1, 1, 1),
        (1, 2, 1, 1),
        (2, 0, 1, 1),
        (2, 1, 1, 1),
        (2, 2, 1, 1),
    ]
    merged = grid.cell_at(100, 150)
    assert merged is not None
    assert (merged.top, merged.bottom) == (100, 160)


def test_rows_with_other_columns_have_them_all() -> None:
    # The title's row has one cell, the heading's three, the total's two.
    rules = [
        *(across(y, 70, 525) for y in (100, 120, 150, 180)),
        *(down(x, 100, 180) for x in (70, 525)),
        *(down(x, 120, 150) for x in (200, 350)),
        down(350, 150, 180),
    ]
    assert spans(only(rules)) == [(0, 0, 1, 3), (1, 0, 1, 1), (1, 1, 1, 1), (1, 2, 1, 1), (2, 0, 1, 2), (2, 2, 1, 1)]


def test_a_row_that_goes_on_over_the_page_end_without_a_rule_is_kept() -> None:
    rules = [*(across(y, 70, 525) for y in (100, 130)), *(down(x, 100, 780) for x in XS)]
    grid = only(rules)
    assert (grid.rows, grid.bottom) == (2, 780)
    assert grid.cell_at(180, 700) == GridCell(1, 1, 1, 1, 110, 130, 250, 780)


def test_a_row_that_comes_from_the_page_before_without_a_rule_is_kept() -> None:
    rules = [*(across(y, 70, 525) for y in (300, 340)), *(down(x, 60, 340) for x in XS)]
    grid = only(rules)
    assert (grid.rows, grid.top) == (2, 60)


def test_borders_that_run_off_the_page_make_no_row_there() -> None:
    # Chromium draws the sides of a row up through the margin, where they are clipped.
    rules = [*(across(y, 70, 525) for y in (62, 127, 300)), *(down(x, -40, 300) for x in XS)]
    grid = only(rules)
    assert (grid.rows, grid.top) == (2, 62)


def test_a_merged_cell_without_its_bottom_rule_at_the_page_end_is_a_cell() -> None:
    rules = [
        *(across(y, 70, 525) for y in (100, 130)),
        *(across(y, 250, 525) for y in (300, 600)),
        *(down(x, 100, 600) for x in XS),
    ]
    grid = only(rules)
    assert spans(grid)[3:5] == [(1, 0, 2, 1), (1, 1, 2, 1)]


def test_a_cross_table_with_no_rules_around_its_corner_is_a_table() -> None:
    rules = [across(100, 250, 525), across(160, 70, 525), across(200, 70, 525)]
    rules += [down(70, 160, 200), *(down(x, 100, 200) for x in (250, 400, 525))]
    assert spans(only(rules)) == plain(2, 3)


def test_a_table_without_outer_side_rules_keeps_its_outer_columns() -> None:
    rules = [*(across(y, 70, 525) for y in YS), *(down(x, 100, 240) for x in XS[1:-1])]
    grid = only(rules)
    assert spans(grid) == plain(3, 3)
    assert (grid.x0, grid.x1) == (70, 525)


def test_a_table_without_a_top_rule_keeps_its_first_row() -> None:
    rules = [*(across(y, 70, 525) for y in YS[1:]), *(down(x, 100, 240) for x in XS)]
    grid = only(rules)
    assert spans(grid) == plain(3, 3)
    assert grid.top == 100


def test_double_rules_make_no_rows_of_their_own() -> None:
    doubled = [rule for y in YS for rule in (across(y, 70, 525), across(y + 2.5, 70, 525))]
    doubled += [rule for x in XS for rule in (down(x, 100, 242), down(x + 2.5, 100, 242))]
    assert spans(only(doubled)) == plain(3, 3)


def test_coordinates_that_miss_each_other_a_little_are_one_place() -> None:
    rules = [
        *(across(y + shift, a, b) for y in YS for (a, b), shift in zip(pairwise(XS), (0, 2.4, -0.5), strict=True)),
        *(down(x + shift, a + 2, b - 2) for x in XS for (a, b), shift in zip(pairwise(YS), (0, 1.5, 2.8), strict=True)),
    ]
    assert spans(only(rules)) == plain(3, 3)


def test_tables_side_by_side_are_read_from_the_left_and_before_the_one_below() -> None:
    left, right = long_lines((60, 150, 280), (104, 130, 160)), long_lines((310, 400, 530), (100, 130, 170, 200))
    below = long_lines((60, 300, 530), (300, 330, 360))
    grids = found(below, right, left)
    assert [(grid.x0, grid.rows) for grid in grids] == [(60, 2), (310, 3), (60, 2)]


def test_a_frame_around_text_is_no_table() -> None:
    assert found(box(40, 40, 555, 800), box(45, 45, 550, 795)) == ()


def test_a_form_of_one_column_is_no_table_but_the_table_in_it_is() -> None:
    form = [*box(60, 60, 540, 800), across(200, 60, 540), across(600, 60, 540)]  # as 58-nongyai p. 1
    assert found(form) == ()
    assert spans(only(form, long_lines((100, 250, 500), (300, 330, 360)))) == plain(2, 2)


def test_a_table_within_a_cell_comes_after_the_one_around_it() -> None:
    outer, inner = long_lines((60, 150, 540), (100, 400, 700)), long_lines((200, 300, 400), (450, 480, 510))
    assert [(grid.x0, grid.top) for grid in found(inner, outer)] == [(60, 100), (200, 450)]


@pytest.mark.parametrize(
    "decoration",
    [
        pytest.param([across(165, 120, 200)], id="underlined words in a cell"),
        pytest.param([across(160, 130, 400)], id="bar of a time plan over columns"),
        pytest.param([across(285, 330, 500), across(310, 330, 500)], id="lines to sign on"),
        pytest.param([across(243.5, 70, 160)], id="underlined words below the table"),
        pytest.param([across(60, 70, 525), across(800, 70, 525)], id="rules of head and foot"),
        pytest.param(box(120, 140, 132, 152), id="a box to tick"),
        pytest.param(box(30, 30, 565, 812), id="border of the page"),
    ],
)
def test_decorations_change_no_table(decoration: list[Rule]) -> None:
    assert spans(only(long_lines(), decoration)) == plain(3, 3)


@pytest.mark.parametrize(
    "drawing",
    [
        pytest.param([across(y, 70, 525) for y in (100, 120, 140)], id="lines across only"),
        pytest.param([down(70, 100, 300), across(300, 70, 525)], id="axes of a chart"),
        pytest.param([*(across(y, 70, 525) for y in (100, 150, 200)), down(70, 100, 200)], id="chart with grid lines"),
        pytest.param(
            [*box(70, 100, 170, 140), *box(400, 100, 500, 140), across(120, 170, 400)], id="two boxes and a connector"
        ),
        pytest.param(
            [
                *box(250, 100, 350, 140),
                down(300, 140, 160),
                across(160, 120, 480),
                *(down(x, 160, 180) for x in (120, 300, 480)),
                *(rule for x in (120, 300, 480) for rule in box(x - 50, 180, x + 50, 220)),
            ],
            id="organisation chart",
        ),
        pytest.param(
            [*box(70, 100, 170, 140), down(120, 140, 220), across(220, 120, 300), *box(300, 200, 400, 240)],
            id="two boxes and a bent connector",
        ),
        pytest.param(long_lines(range(250, 290, 5), range(60, 100, 10)), id="an emblem of fine lines"),
    ],
)
def test_charts_and_diagrams_are_no_tables(drawing: list[Rule]) -> None:
    assert found(drawing) == ()


def test_cells_that_run_together_for_want_of_a_rule_are_parted_along_the_rows() -> None:
    # The rule below the first cell is missing, and the one right of the cell below it.
    rules = [
        *(across(y, 70, 525) for y in (100, 160, 190)),
        across(130, 250, 525),
        *(down(x, 100, 190) for x in (70, 525)),
        down(250, 100, 130),
        down(250, 160, 190),
    ]
    assert spans(only(rules)) == [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 2), (2, 0, 1, 1), (2, 1, 1, 1)]


@st.composite
def drawings(draw: st.DrawFn) -> list[Rule]:
    """A lattice with some of its pieces missing."""
    columns, rows = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    pieces = [across(100.0 + 30 * y, 70.0 + 60 * x, 130.0 + 60 * x) for y in range(rows + 1) for x in range(columns)]
    pieces += [down(70.0 + 60 * x, 100.0 + 30 * y, 130.0 + 30 * y) for y in range(rows) for x in range(columns + 1)]
    missing = draw(st.sets(st.integers(0, len(pieces) - 1), max_size=len(pieces) // 3))
    return [piece for index, piece in enumerate(pieces) if index not in missing]


@given(drawings())
def test_every_slot_of_a_grid_belongs_to_one_cell(rules: list[Rule]) -> None:
    for grid in grids_of(rules, WIDTH, HEIGHT):
        slots = [
            (row, column)
            for cell in grid.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        ]
        assert sorted(slots) == [(row, column) for row in range(grid.rows) for column in range(grid.columns)]
        for cell in grid.cells:
            assert grid.cell_at((cell.x0 + cell.x1) / 2, (cell.top + cell.bottom) / 2) == cell


def shaded_row(top: float, bottom: float) -> list[Rule]:
    return [rule for a, b in pairwise(XS) for rule in box(a, top, b, bottom, drawn=False)]


def test_shaded_cells_tell_the_columns_where_no_lines_do() -> None:
    # Heading and every second row shaded, lines between the rows only, as Word's list styles.
    lines = [across(y, 70, 525) for y in (100, 120, 140, 160, 180)]
    paragraphs = [rule for a, b in pairwise(XS) for rule in box(a + 5, 100, b - 5, 120, drawn=False)]
    assert spans(only(lines, shaded_row(100, 120), paragraphs, shaded_row(140, 160))) == plain(4, 3)
    assert spans(only(shaded_row(100, 120), shaded_row(120, 140))) == plain(2, 3)


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param(box(120, 200, 180, 215, False) + box(180, 200, 260, 215, False), id="words in a line"),
        pytest.param([r for y in (200, 215, 230) for r in box(70, y, 525, y + 15, False)], id="a paragraph"),
        pytest.param(box(0, 0, WIDTH, HEIGHT, False), id="the page"),
    ],
)
def test_marked_text_is_no_table(marked: list[Rule]) -> None:
    assert found(marked) == ()


def test_shading_within_drawn_cells_changes_nothing() -> None:
    strips = [r for a, b in pairwise(XS) for y in (132, 148) for r in box(a + 5, y, b - 5, y + 16, False)]
    assert spans(only(long_lines(), strips)) == plain(3, 3)
    halves = [
        r
        for a, b in pairwise((70, 90, 110, 180, 250, 390, 525))
        for y in (130, 160)
        for r in box(a, y, b, y + 30, False)
    ]
    assert spans(only(long_lines(), halves)) == plain(3, 3)


@example([Rule(math.nan, 150, math.nan, 200, True), Rule(80, math.nan, 500, math.nan, True)])
@given(
    st.lists(
        st.builds(Rule, *[st.floats(-1e9, 1e9) | st.sampled_from((math.nan, math.inf, -math.inf))] * 4, st.booleans()),
        max_size=12,
    )
)
def test_impossible_rules_are_passed_over(odd: list[Rule]) -> None:
    nowhere = [rule for rule in odd if not (rule.x0 <= rule.x1 and rule.top <= rule.bottom)]
    assert spans(only(nowhere, long_lines())) == plain(3, 3)
    found(odd, long_lines())


def test_a_map_of_too_many_lines_is_not_searched() -> None:
    assert found(long_lines(), [across(y % 800, x % 590, x % 590 + 1) for x in range(200) for y in range(110)]) == ()


def page_rules(content: str) -> tuple[Rule, ...]:
    """The rules of a page with this content stream."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> /Contents 4 0 R >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
    ]
    body, offsets = "%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    end = f"xref\n0 5\n0000000000 65535 f \n{table}trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    with playa.parse((body + end).encode()) as pdf:
        return read_page(pdf.pages[0], DocumentFonts()).rules


def test_lines_thin_rectangles_and_boxes_of_a_page_make_a_table() -> None:
    frame, thin, line = "100 700 300 60 re S", "100 729.8 300 0.5 re f", "200 700 m 200 760 l S"
    polygon = "299.8 700 m 300.2 700 l 300.2 760 l 299.8 760 l h f"
    rules = page_rules(f"{frame} {thin} {line} {polygon}")
    (grid,) = grids_of(rules, WIDTH, HEIGHT)
    assert (grid.rows, grid.columns, grid.top, grid.bottom) == (2, 3, 82, 142)


def test_an_arrow_filled_as_one_path_is_no_rule() -> None:
    # As Word draws the arrows of a time plan, from one column's rule to another's.
    shaft, head = "200 729 100 0.5 re", "200 729.2 m 206 732 l 206 726 l h"
    assert page_rules(f"{shaft} {head} f") == ()
    assert len(page_rules(f"{shaft} f")) == 1
