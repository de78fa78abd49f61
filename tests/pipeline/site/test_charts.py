"""Charts: what they show is told in words, too, escaped, and stays inside."""

import xml.etree.ElementTree as ET
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from pipeline.site.charts import Bar, Series, bar_chart, line_chart, row_chart, share_bar, shortened, small_lines

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
BARS = st.lists(st.builds(Bar, label=TEXTS, value=st.floats(0, 1e9), href=st.none() | TEXTS, kind=TEXTS), max_size=30)
POINTS = st.dictionaries(st.integers(2550, 2580), st.none() | st.floats(-10, 200)).map(
    lambda d: tuple(sorted(d.items()))
)
SERIES = st.lists(st.builds(Series, name=TEXTS, points=POINTS), max_size=12)


def _parsed(chart: Markup) -> ET.Element:
    return ET.fromstring(f"<div>{chart}</div>")  # our own


def _years(*values: float | None) -> tuple[tuple[int, float | None], ...]:
    return tuple(enumerate(values, 2561))


def _labels(chart: Markup) -> list[str]:
    return ["".join(text.itertext()) for text in _parsed(chart).iter("text")]


def test_a_chart_says_in_words_what_it_shows() -> None:
    chart = _parsed(bar_chart("รายงานแต่ละปี", [Bar(label="2562", value=12), Bar(label="2563", value=1500)]))[0]
    assert chart.get("role") == "img"
    assert chart.findtext("title") == "รายงานแต่ละปี"
    assert chart.findtext("desc") == "2562: 12, 2563: 1,500"


def test_links_of_a_chart_are_open_to_screen_readers() -> None:
    chart = _parsed(row_chart("ข้อค้นพบ", [Bar(label="ผิดพลาด", value=3, href="/findings?severity=error")]))[0]
    assert chart.get("role") == "group"
    link = chart.find("a")
    assert link is not None
    assert (link.get("href"), link.get("aria-label")) == ("/findings?severity=error", "ผิดพลาด: 3")


@pytest.mark.parametrize("draw", [bar_chart, row_chart])
@given(bars=BARS, title=TEXTS)
def test_any_bars_make_one_whole_drawing_with_their_words_as_text(
    draw: Callable[[str, list[Bar]], Markup], bars: list[Bar], title: str
) -> None:
    chart = draw(title, bars)
    if not bars:
        assert chart == ""
        return
    parsed = _parsed(chart)
    assert {element.tag for element in parsed.iter()} <= {
        "div",
        "svg",
        "title",
        "desc",
        "g",
        "a",
        "rect",
        "text",
        "line",
    }
    assert parsed[0].findtext("title") == title
    for rect in parsed.iter("rect"):
        assert float(rect.get("height", "")) >= 0


@given(series=SERIES, title=TEXTS)
def test_any_series_stay_between_the_edges(series: list[Series], title: str) -> None:
    for chart in (line_chart(title, series, 40, 100), small_lines(series, 40, 100)):
        for line in _parsed(chart).iter("line"):
            assert 0 <= float(line.get("y1", "")) <= 240 + 22 * len(series)
            assert 0 <= float(line.get("x1", "").rstrip("%")) <= 100


def test_a_bar_that_stands_for_something_is_seen_and_one_for_nothing_is_not() -> None:
    heights = [
        [rect.get("height") for rect in group.iter("rect")][-1]
        for group in _parsed(bar_chart("", [Bar(label="a", value=v) for v in (0, 1, 1_000_000)])).iter("g")
    ]
    assert heights[0] == "0.0"
    assert float(heights[1] or 0) >= 2


def test_labels_that_would_touch_on_a_phone_are_thinned_out_up_to_the_last() -> None:
    labels = _labels(bar_chart("", [Bar(label=str(year), value=1000 + year) for year in range(2520, 2570)]))
    years = [label for label in labels if label.startswith("25")]
    assert years[0] == "2569"
    assert 4 <= len(years) <= 10


def test_a_last_label_wider_than_its_bar_ends_with_the_chart() -> None:
    bars = [Bar(label=str(year), value=1) for year in range(2562, 2570)]
    last = list(_parsed(bar_chart("", [*bars, Bar(label="ไม่ทราบปีงบประมาณ", value=1)])).iter("text"))
    placed = {text.text: (text.get("x"), text.get("text-anchor")) for text in last}
    assert placed["ไม่ทราบปีงบประมาณ"] == ("100%", "end")
    assert placed["1"][1] == "middle"


def test_scores_have_two_decimals_as_in_tables() -> None:
    one = [Series(name="a", points=_years(95.0, 81.5))]
    for chart in (line_chart("", one), small_lines(one)):
        assert {"95.00", "81.50"} <= set(_labels(chart))
        assert "2561 95.00, 2562 81.50" in str(chart)


def test_a_year_without_a_value_leaves_a_gap() -> None:
    whole = _parsed(line_chart("", [Series(name="a", points=_years(80, 81, 82))])).iter("line")
    gap = _parsed(line_chart("", [Series(name="a", points=_years(80, None, 82))])).iter("line")
    assert sum(line.get("stroke-width") == "2" for line in whole) == 2
    assert sum(line.get("stroke-width") == "2" for line in gap) == 0


def test_lines_are_told_apart_by_more_than_colour() -> None:
    series = [Series(name=name, points=_years(80, 90)) for name in ("งบประมาณ", "อำนาจ", "ทรัพย์สิน")]
    parsed = _parsed(line_chart("คะแนน", series))
    lines = [line for line in parsed.iter("line") if line.get("stroke-width") == "2"]
    assert len({line.get("stroke-dasharray") for line in lines}) == 3
    assert len({path.get("d") for path in parsed.iter("path")}) == 3
    assert {"งบประมาณ", "อำนาจ", "ทรัพย์สิน"} <= set(_labels(line_chart("คะแนน", series)))


def test_small_charts_have_one_scale_and_a_name_each() -> None:
    series = [Series(name="ก", points=_years(80, 90)), Series(name="ข", points=((2565, 70.0),))]
    parsed = _parsed(small_lines(series))
    assert [item.findtext("b") for item in parsed.iter("li")] == ["ก", "ข"]
    assert [label for label in _labels(small_lines(series)) if label.startswith("256")] == ["2561", "2565"] * 2


def test_a_bar_beside_a_figure_is_left_out_by_screen_readers() -> None:
    assert _parsed(share_bar(62.5))[0].get("aria-hidden") == "true"
    assert [rect.get("width") for rect in _parsed(share_bar(62.5)).iter("rect")] == ["100%", "62.5%"]
    assert share_bar(None) == ""


def test_a_long_label_is_cut_at_a_letter_and_told_whole_in_the_tooltip() -> None:
    name = "สำนักงานเขตพื้นที่การศึกษาประถมศึกษานครศรีธรรมราช เขต 1 และหน่วยงานในสังกัด"
    chart = row_chart("", [Bar(label=name, value=1)])
    assert shortened("ที่นี่นั่น", 2) == "ที่นี่…"
    assert name not in _labels(chart)
    assert name in str(chart)
