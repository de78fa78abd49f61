"""Charts as inline SVG, made on the server: bars for counts, rows for shares, lines for scores over the years.

Widths are percentages and heights pixels, so that a chart fills its container while its letters keep their size, on a
phone as on a desk. Colours are the site's custom properties, in light and dark; what a colour tells, a label tells too.
Everything that is shown comes in as text and is escaped.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from markupsafe import Markup
from pydantic import Field

from schemas.base import Record

# A plot stands between these percentages of the chart's width; left of it stand the labels of the axis.
LEFT, RIGHT = 10.0, 97.0
TOP, LABEL_HEIGHT, ROW_HEIGHT, LEGEND_HEIGHT = 20, 22, 40, 22
# How wide a chart is beside others, and a letter of a label, in pixels: labels that would touch are left out.
NARROWEST, LETTER_WIDTH = 232, 7.5
# Letters of a row's label that stand in one line on a phone; the whole label is in the tooltip.
LONGEST_LABEL = 44
GRID_LINES = 4
MARKERS = (
    "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
    "M-4-4h8v8h-8z",
    "M0-5.5L5.5 0L0 5.5L-5.5 0z",
    "M0-5L5 4H-5z",
    "M0 5L5-4H-5z",
)
DASHES = ("none", "7 4", "2 4", "9 3 2 3")
COLOURS = ("--accent", "--info", "--warning", "--error", "--kept", "--muted")
# Vowels and tone marks above and below a letter take no room in a line.
_MARKS = frozenset("ัิีึืฺุู็่้๊๋์ํ๎")
_KINDS = frozenset(("error", "warning", "info", "weak", "mark", "kept", "new", "dropped", "muted"))


class Bar(Record):
    """One bar with its label."""

    label: str
    value: float = Field(ge=0)
    href: str | None = Field(default=None, description="where a click leads")
    kind: str | None = Field(default=None, description="error, warning, info, weak, mark, kept, new, dropped or muted")


class Series(Record):
    """One line of scores by year."""

    name: str
    points: tuple[tuple[int, float | None], ...] = Field(description="(year, value), by year; null leaves a gap")


def bar_chart(title: str, bars: Sequence[Bar], height: int = 180) -> Markup:
    """Upright bars, such as counts by year, in a chart `height` pixels high; nothing where there are no bars."""
    if not bars:
        return Markup("")
    top = max(bar.value for bar in bars) or 1
    step = (RIGHT - LEFT) / len(bars)
    valued = _fits([_number(bar.value) for bar in bars])
    parts: list[Markup] = [] if valued else list(_grid(0, top, height))
    for place, bar in enumerate(bars):
        parts.append(_linked(bar, _upright(bar, LEFT + step * place, step, top, height, valued=valued)))
    parts += _axis_labels(
        [bar.label for bar in bars], [LEFT + step * (place + 0.5) for place in range(len(bars))], height
    )
    return _chart("bar-chart", title, _told(bars), height, parts, has_links=any(bar.href for bar in bars))


def row_chart(title: str, bars: Sequence[Bar]) -> Markup:
    """Lying bars, one below another, each under its label and value; nothing where there are no bars."""
    if not bars:
        return Markup("")
    top = max(bar.value for bar in bars) or 1
    rows = [_linked(bar, _lying(bar, place * ROW_HEIGHT, top)) for place, bar in enumerate(bars)]
    return _chart(
        "row-chart", title, _told(bars), ROW_HEIGHT * len(bars), rows, has_links=any(bar.href for bar in bars)
    )


def line_chart(
    title: str, series: Sequence[Series], lowest: float = 0, highest: float = 100, height: int = 240
) -> Markup:
    """Lines of scores by year between `lowest` and `highest`, told apart by marker and dashes, named below."""
    years = _years(series)
    if not years:
        return Markup("")
    parts = list(_grid(lowest, highest, height))
    parts += _axis_labels([str(year) for year in years], [_across(year, years) for year in years], height)
    for place, one in enumerate(series):
        parts += _line(one, place, years, _scale(lowest, highest, height), valued=len(series) == 1)
    named = series if len(series) > 1 else ()
    parts += (_legend(one, place, height + LEGEND_HEIGHT * place) for place, one in enumerate(named))
    return _chart("line-chart", title, _series_told(series), height + LEGEND_HEIGHT * len(named), parts)


def small_lines(series: Sequence[Series], lowest: float = 0, highest: float = 100, height: int = 92) -> Markup:
    """A small chart for each series of scores, side by side where there is room, on one scale."""
    years = _years(series)
    charts = (_small(one, years, lowest, highest, height) for one in series)
    return Markup('<ul class="small-lines">{}</ul>').format(Markup("").join(charts)) if years else Markup("")


def share_bar(value: float | None, highest: float = 100, kind: str | None = None) -> Markup:
    """A small bar beside a figure that says the same: without a name of its own, left out by screen readers."""
    if value is None:
        return Markup("")
    bar = Markup('<rect width="{}%" height="8" rx="2" fill="{}"/>').format(_share(value, highest), _colour(kind))
    ground = Markup('<rect width="100%" height="8" rx="2" fill="var(--line, #ccc)"/>')
    return Markup(
        '<svg class="share-bar" width="100%" height="8" aria-hidden="true" focusable="false">{}{}</svg>'
    ).format(ground, bar)


def _chart(
    name: str, title: str, told: str, height: int, parts: Iterable[Markup], *, has_links: bool = False
) -> Markup:
    """The SVG around the parts. What holds links is no image to a screen reader, which would hide the links."""
    return Markup(
        '<svg class="chart {}" width="100%" height="{}" role="{}" font-size="13" fill="currentColor">'
        "<title>{}</title><desc>{}</desc>{}</svg>"
    ).format(name, height, "group" if has_links else "img", title, told, Markup("").join(parts))


def _linked(bar: Bar, drawn: Markup) -> Markup:
    """What is drawn of a bar, with its tooltip, and its link if it has one."""
    told = f"{bar.label}: {_number(bar.value)}"
    if bar.href is None:
        return Markup("<g><title>{}</title>{}</g>").format(told, drawn)
    return Markup('<a href="{}" aria-label="{}"><title>{}</title>{}</a>').format(bar.href, told, told, drawn)


def _upright(bar: Bar, left: float, step: float, top: float, height: int, *, valued: bool) -> Markup:
    tall = _height_of(bar.value, top, height)
    base = height - LABEL_HEIGHT
    # All of the column answers to the pointer, not only a bar that may be two pixels high.
    ground = Markup('<rect x="{}%" width="{}%" y="0" height="{}" fill="transparent"/>').format(
        _round(left), _round(step), height
    )
    drawn = Markup('<rect x="{}%" width="{}%" y="{}" height="{}" rx="2" fill="{}"/>').format(
        _round(left + step * 0.14), _round(step * 0.72), base - tall, tall, _colour(bar.kind)
    )
    value = _text(left + step / 2, base - tall - 5, _number(bar.value)) if valued else Markup("")
    return ground + drawn + value


def _lying(bar: Bar, y: int, top: float) -> Markup:
    return Markup(
        '<rect x="0" width="100%" y="{}" height="{}" fill="transparent"/>'
        '<text x="0" y="{}">{}</text><text x="100%" y="{}" text-anchor="end">{}</text>'
        '<rect x="0" width="{}%" y="{}" height="10" rx="2" fill="{}"/>'
    ).format(
        y,
        ROW_HEIGHT,
        y + 16,
        shortened(bar.label, LONGEST_LABEL),
        y + 16,
        _number(bar.value),
        _share(bar.value, top),
        y + 23,
        _colour(bar.kind),
    )


def _grid(lowest: float, highest: float, height: int) -> Iterator[Markup]:
    """Lines across the plot with their values."""
    scale = _scale(lowest, highest, height)
    for value in dict.fromkeys(_ticks(lowest, highest)):
        yield Markup(
            '<line x1="{}%" x2="100%" y1="{}" y2="{}" stroke="var(--line, #ccc)"/><text x="0" y="{}">{}</text>'
        ).format(LEFT, scale(value), scale(value), scale(value) + 4, _number(value))


def _ticks(lowest: float, highest: float) -> Iterator[float]:
    """Round values from the lowest to the highest, at most `GRID_LINES` steps apart."""
    rough = (highest - lowest) / GRID_LINES
    power = 10.0 ** math.floor(math.log10(rough)) if rough > 0 else 1.0
    step = next(power * each for each in (1, 2, 2.5, 5, 10) if power * each >= rough) if rough > 0 else 1.0
    value = math.ceil(lowest / step) * step
    while value <= highest:
        yield round(value, 6)
        value += step


def _axis_labels(labels: Sequence[str], places: Sequence[float], height: int) -> Iterator[Markup]:
    """The labels below the plot: all, or every second, third … up to the last, where all would touch."""
    every = 1
    while not _fits(labels[::-1][::every]):
        every += 1
    for place, label in list(zip(places, labels, strict=True))[::-1][::every]:
        if place / 100 * NARROWEST + _width(label) / 2 > NARROWEST:
            yield Markup('<text x="100%" y="{}" text-anchor="end">{}</text>').format(height - 5, label)
        else:
            yield _text(place, height - 5, label)


def _line(
    one: Series, place: int, years: Sequence[int], scale: Callable[[float], float], *, valued: bool
) -> Iterator[Markup]:
    colour = _ink(place)
    for (year, value), (next_year, next_value) in zip(one.points, one.points[1:], strict=False):
        if value is not None and next_value is not None:
            yield Markup(
                '<line x1="{}%" y1="{}" x2="{}%" y2="{}" stroke="{}" stroke-width="2" stroke-dasharray="{}"/>'
            ).format(
                _across(year, years),
                scale(value),
                _across(next_year, years),
                scale(next_value),
                colour,
                DASHES[place % len(DASHES)],
            )
    for year, value in one.points:
        if value is not None:
            told = f"{one.name} {year}: {_points(value)}"
            yield _marker(place, f"{_across(year, years)}%", scale(value), told)
            if valued:
                yield _text(_across(year, years), scale(value) - 9, _points(value))


def _marker(place: int, x: str, y: float, told: str | None = None) -> Markup:
    """A series' marker about a point; nested, since a path knows no percentages."""
    title = Markup("<title>{}</title>").format(told) if told else Markup("")
    return Markup('<svg x="{}" y="{}" overflow="visible"><path d="{}" fill="{}">{}</path></svg>').format(
        x, _round(y), MARKERS[place % len(MARKERS)], _ink(place), title
    )


def _legend(one: Series, place: int, y: int) -> Markup:
    """A series' line, marker, name and last value, as a line below the plot."""
    last = next((value for _, value in reversed(one.points) if value is not None), None)
    stroke = Markup('<line x1="2" x2="30" y1="{}" y2="{}" stroke="{}" stroke-width="2" stroke-dasharray="{}"/>').format(
        y + 12, y + 12, _ink(place), DASHES[place % len(DASHES)]
    )
    name = Markup('<text x="38" y="{}">{}</text><text x="100%" y="{}" text-anchor="end">{}</text>').format(
        y + 17, shortened(one.name, LONGEST_LABEL - 5), y + 17, "–" if last is None else _points(last)
    )
    return stroke + _marker(place, "16", y + 12) + name


def _small(one: Series, years: Sequence[int], lowest: float, highest: float, height: int) -> Markup:
    scale = _scale(lowest, highest, height)
    ground = Markup('<line x1="0" x2="100%" y1="{}" y2="{}" stroke="var(--line, #ccc)"/>').format(
        scale(lowest), scale(lowest)
    )
    told = [(year, value) for year, value in one.points if value is not None]
    ends = told if len(told) < 2 else [told[0], told[-1]]
    parts = [ground, *_line(one, 0, years, scale, valued=False)]
    parts += (_text(_across(year, years), scale(value) - 9, _points(value)) for year, value in ends)
    shown = years if len(years) < 2 else (years[0], years[-1])
    parts += (_text(_across(year, years), height - 5, str(year)) for year in shown)
    chart = _chart("small-line", one.name, _series_told((one,)), height, parts)
    return Markup("<li><b>{}</b>{}</li>").format(one.name, chart)


def _text(x: float, y: float, text: str) -> Markup:
    return Markup('<text x="{}%" y="{}" text-anchor="middle">{}</text>').format(_round(x), _round(y), text)


def shortened(text: str, longest: int) -> str:
    """The text, or its beginning with «…» where it has more than `longest` letters (Thai marks apart)."""
    widths = 0
    for place, letter in enumerate(text):
        widths += letter not in _MARKS
        if widths > longest:
            return text[:place].rstrip() + "…"
    return text


def _fits(labels: Sequence[str]) -> bool:
    """Whether the labels stand beside one another where there is least room."""
    step = NARROWEST * (RIGHT - LEFT) / 100 / max(len(labels), 1)
    return all((_width(one) + _width(other)) / 2 + 3 <= step for one, other in pairwise(labels))


def _width(label: str) -> float:
    """About how wide a label is, in pixels."""
    return sum(letter not in _MARKS for letter in label) * LETTER_WIDTH


def _years(series: Iterable[Series]) -> tuple[int, ...]:
    """Every year from the first to the last that a series has."""
    years = [year for one in series for year, _ in one.points]
    return tuple(range(min(years), max(years) + 1)) if years else ()


def _across(year: int, years: Sequence[int]) -> float:
    """How far right a year stands, in percent; each in the middle of its share of the plot."""
    return _round(LEFT + (RIGHT - LEFT) * (year - years[0] + 0.5) / len(years))


def _scale(lowest: float, highest: float, height: int) -> Callable[[float], float]:
    """From a value to how far down it stands, in pixels; values out of range stand at the edge."""
    room = height - LABEL_HEIGHT - TOP

    def down(value: float) -> float:
        share = (min(max(value, lowest), highest) - lowest) / ((highest - lowest) or 1)
        return _round(TOP + room * (1 - share))

    return down


def _height_of(value: float, top: float, height: int) -> float:
    """A bar's height in pixels: at least 2 where there is anything."""
    return max(_round((height - LABEL_HEIGHT - TOP) * value / top), 2.0) if value else 0.0


def _share(value: float, top: float) -> float:
    return _round(100 * min(max(value / (top or 1), 0.0), 1.0))


def _colour(kind: str | None) -> str:
    return f"var(--{kind}, currentColor)" if kind in _KINDS else "var(--accent, currentColor)"


def _ink(place: int) -> str:
    return f"var({COLOURS[place % len(COLOURS)]}, currentColor)"


def _round(value: float) -> float:
    return round(value, 2)


def _number(value: float) -> str:
    """With thousands apart, and at most two decimals."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def _points(value: float) -> str:
    """A score, with two decimals as in tables."""
    return f"{value:.2f}"


def _told(bars: Iterable[Bar]) -> str:
    return ", ".join(f"{bar.label}: {_number(bar.value)}" for bar in bars)


def _series_told(series: Iterable[Series]) -> str:
    """Every value in words, for those who do not see the lines."""
    return "; ".join(
        f"{one.name}: " + ", ".join(f"{year} {'–' if value is None else _points(value)}" for year, value in one.points)
        for one in series
    )
