"""What is drawn on a page is taken down with its place: text, rules and pictures, as far as they show."""

import playa
import pytest
from pdf_files import HEIGHT, SIZE, WIDTH, Rule, Text, form, pdf_file, shown

from extractors.readers.pdf import engine
from extractors.readers.pdf.content import ACTUAL_TEXT, PageContent
from extractors.readers.pdf.content import Rule as Drawn
from extractors.readers.pdf.engine import MAX_FORM_DEPTH, read_page
from extractors.readers.pdf.fonts import DocumentFonts

LETTERS = "กขคง "


def content(*items: str | Text | Rule, entries: str = "", drawn_form: str | None = None) -> PageContent:
    more = {} if drawn_form is None else {100: form(drawn_form)}
    data = pdf_file([items], letters=LETTERS, entries=entries, more=more)
    with playa.parse(data) as pdf:
        return read_page(pdf.pages[0], DocumentFonts())


def show(text: str, x: float = 100, y: float = 700, before: str = "") -> str:
    return f"BT /F1 {SIZE} Tf {before} {x} {y} Td {shown(text)} Tj ET"


def texts(page: PageContent) -> str:
    return "".join(glyph.text for glyph in page.glyphs)


def starts(page: PageContent) -> list[float]:
    return [glyph.x0 for glyph in page.glyphs]


def test_a_glyph_has_its_place_from_the_left_and_from_the_top() -> None:
    first, second = content(Text(72, 60, "กข")).glyphs
    assert (first.text, first.x0, first.x1, first.baseline, first.size) == ("ก", 72, 72 + SIZE / 2, 60, SIZE)
    assert second.x0 == first.x1


def test_a_mark_has_no_width_and_stands_where_its_letter_ends() -> None:
    letter, mark = content(Text(72, 60, "ก่")).glyphs
    assert (mark.x0, mark.x1) == (letter.x1, letter.x1)


def test_spacing_between_letters_and_within_a_string_moves_what_follows() -> None:
    assert starts(content(show("กข", before="2 Tc"))) == [100, 100 + SIZE / 2 + 2]
    kerned = f"BT /F1 {SIZE} Tf 100 700 Td [{shown('ก')} -500 {shown('ข')}] TJ ET"
    assert starts(content(kerned)) == [100, 100 + SIZE / 2 + SIZE / 2]


def test_the_second_string_of_a_line_goes_on_where_the_first_ended() -> None:
    page = content(f"BT /F1 {SIZE} Tf 100 700 Td {shown('กข')} Tj {shown('ค')} Tj ET")
    assert starts(page) == [100, 107, 114]


def test_invisible_text_is_told_apart() -> None:
    assert [glyph.shown for glyph in content(f"q {show('ก', before='3 Tr')} Q", show("ข")).glyphs] == [False, True]


def test_text_clipped_away_is_not_read_and_text_after_it_is() -> None:
    page = content("q 0 0 90 842 re W n", show("ก"), "Q", show("ข"))
    assert texts(page) == "ข"


def test_text_inside_of_the_clip_is_read() -> None:
    assert texts(content("q 90 600 200 200 re W n", show("ก"), "Q")) == "ก"


def test_clips_within_clips_leave_what_they_share() -> None:
    assert texts(content("q 0 0 300 842 re W n q 200 0 300 842 re W n", show("ก"), show("ข", x=250), "Q Q")) == "ข"


def test_a_clip_holds_for_a_form_drawn_in_it() -> None:
    assert texts(content("q 0 0 90 842 re W n /Fm1 Do Q", drawn_form=show("ก"))) == ""
    assert texts(content("/Fm1 Do", drawn_form=show("ก"))) == "ก"


def test_what_the_document_says_that_glyphs_stand_for_is_their_text_once() -> None:
    page = content("/Span << /ActualText <FEFF0E010E33> >> BDC", show("กขค"), "EMC", show("ง"))
    assert [(glyph.text, glyph.code == ACTUAL_TEXT) for glyph in page.glyphs] == [
        ("กำ", True),
        ("", True),
        ("", True),
        ("ง", False),
    ]


def test_a_form_nested_in_itself_ends() -> None:
    assert len(content("/Fm1 Do", drawn_form=f"{show('ก')} /Fm1 Do").glyphs) == MAX_FORM_DEPTH


def test_what_is_beyond_the_most_operations_of_a_page_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "MAX_OPERATIONS", 15)
    assert texts(content(*(show("ก") for _ in range(10)))) == "กกก"


@pytest.mark.parametrize(("turn", "matrix"), [(90, "0 1 -1 0 60 72"), (270, f"0 -1 1 0 {WIDTH - 60} {HEIGHT - 72}")])
def test_text_drawn_along_a_page_that_is_shown_turned_is_upright(turn: int, matrix: str) -> None:
    page = content(f"BT /F1 {SIZE} Tf {matrix} Tm {shown('ก')} Tj ET", entries=f"/Rotate {turn}")
    (glyph,) = page.glyphs
    assert (page.width, page.height) == (HEIGHT, WIDTH)
    assert (glyph.turn, round(glyph.x0), round(glyph.baseline)) == (0, 72, 60)


@pytest.mark.parametrize(("matrix", "turn"), [("0 1 -1 0", 1), ("-1 0 0 -1", 2), ("0 -1 1 0", 3)])
def test_turned_text_tells_its_quarter_turns(matrix: str, turn: int) -> None:
    (glyph,) = content(f"BT /F1 {SIZE} Tf {matrix} 200 600 Tm {shown('ก')} Tj ET").glyphs
    assert glyph.turn % 4 in (turn, 4 - turn)
    assert glyph.x1 - glyph.x0 == pytest.approx(SIZE / 2)


def test_a_stroked_line_is_a_rule() -> None:
    assert content(Rule(50, 100, 300, 100)).rules == (Drawn(50, 100, 300, 100, True),)


def test_a_thin_filled_rectangle_is_one_rule_along_its_middle() -> None:
    assert content("50 740 1 100 re f").rules == (Drawn(50.5, 2, 50.5, 102, True),)


def test_a_filled_box_has_four_edges_that_are_not_drawn() -> None:
    rules = content("50 700 100 40 re f").rules
    assert len(rules) == 4
    assert not any(rule.drawn for rule in rules)


def test_a_stroked_box_has_four_drawn_edges() -> None:
    rules = content("50 700 100 40 re S").rules
    assert sorted((rule.is_horizontal, rule.drawn) for rule in rules) == [(False, True)] * 2 + [(True, True)] * 2


@pytest.mark.parametrize(
    "path",
    [
        "50 700 m 150 800 l S",
        "50 700 m 60 720 80 720 90 700 c S",
        "50 700 100 2 re 150 690 m 170 701 l 150 712 l h f",
    ],
    ids=["slant", "curve", "arrow"],
)
def test_slants_curves_and_arrows_are_no_rules(path: str) -> None:
    assert content(path).rules == ()


def test_of_a_rule_only_what_shows_is_taken() -> None:
    (rule,) = content("q 100 0 100 842 re W n", Rule(50, 100, 300, 100), "Q").rules
    assert (rule.x0, rule.x1) == pytest.approx((100, 200), abs=1)


def test_a_picture_tells_how_much_of_the_page_it_covers() -> None:
    assert content("q 595 0 0 421 0 0 cm /Im1 Do Q").image_share == pytest.approx(0.5)
    assert content(show("ก")).image_share == 0
