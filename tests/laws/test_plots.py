"""Laws of the plot of a check: each dot, line, tick and height worked out anew from the JSON answer, in fractions."""

import re
from fractions import Fraction
from itertools import combinations
from math import ceil, floor

import pytest

from calc.checks.plot import plot_contents, plot_weights
from tests.support.drawn_pictures import assayed, at, exact, near, plots, root_of, weighed


def of_plot(shown):
    """What a plot shows, in per cent: values, those out by number, the mean, its limits or its bar, lines by level."""
    if "fills" in shown:
        values = [100 * exact(fill["share"]) for fill in shown["fills"]]
        out = [number for number, value in enumerate(values, start=1) if abs(value - 100) > 10]
        return (
            values,
            out,
            100 * exact(shown["mean_share"]),
            (97, 103),
            {1: [(90, "90 %"), (110, "110 %")], 0: [(100, "100 %")]},
        )
    values = [exact(unit["content"]) for unit in shown["units"]]
    middle, mean = exact(shown["reference_value"]), exact(shown["mean"])
    lines = {1: [(middle - 15, "M \u2212 15"), (middle + 15, "M + 15")], 0: [(middle, "M")]}
    second = len(values) == 30
    if second:
        lines[0] += [(middle * 3 / 4, "0.75 M"), (middle * 5 / 4, "1.25 M")]
    out = [number for number, value in enumerate(values, start=1) if second and abs(value - middle) > middle / 4]
    spread = (2 if second else Fraction("2.4")) * root_of(shown["standard_deviation"])
    return values, out, mean, (mean - spread, mean + spread), lines


def test_each_mark_of_a_plot_stands_where_its_value_asks_for():
    kinds = set()
    for _, shown, plot in plots():
        values, out, mean, ends, levels = of_plot(shown)
        lines = [line for level in levels.values() for line in level]
        of_axis = [*values, *(value for value, _ in lines), *(() if "fills" in shown else ends)]
        low, high = (limit(min(max(value, -20), 250) for value in of_axis) for limit in (min, max))
        low, high = low - 3, high + 3
        x = lambda percent: at(40 + (min(max(percent, low), high) - low) / Fraction(high - low) * 296, 2)  # noqa: B023, E731
        bar = lambda start, end: (x(start), at(Fraction(x(end)) - Fraction(x(start)), 2))  # noqa: B023, E731
        assert [(dot.x, dot.y, dot.number) for dot in plot.dots] == [
            (x(value), str(36 + 11 * number), number) for number, value in enumerate(values, start=1)
        ]
        assert [dot.number for dot in plot.dots if dot.out] == out
        kinds |= {("fills" in shown, dot.out) for dot in plot.dots}
        bottom = 36 + 11 * (len(values) + 3)
        assert (plot.bottom, plot.inside, plot.mean_top, plot.height) == (bottom, bottom - 36, bottom - 19, bottom + 26)
        assert (plot.mean.x, plot.mean.width) == (at(Fraction(x(mean)) - 1, 2), "2")
        of_mean, none = (plot.mean_band, plot.spread) if "fills" in shown else (plot.spread, plot.mean_band)
        assert (of_mean.x, of_mean.width, none) == (*bar(*ends), None)
        assert (plot.band.x, plot.band.width) == bar(levels[1][0][0], levels[1][1][0])
        assert {(line.x, line.y, line.label) for line in plot.lines} == {
            (x(value), str(30 - 14 * level), label) for level, named in levels.items() for value, label in named
        }
        step = min(step for step in (1, 2, 5, 10, 20, 25, 50) if high - low <= 7 * step)
        marks = [number for number in range(ceil(low), floor(high) + 1) if number % step == 0]
        assert [(tick.x, tick.y, tick.label) for tick in plot.ticks] == [
            (x(n), str(bottom + 18), str(n)) for n in marks
        ]
        numbered = [number for number in range(1, len(values) + 1) if number == 1 or number % 5 == 0]
        assert [(row.x, row.y, row.label) for row in plot.rows] == [
            *(("32", str(40 + 11 * number), str(number)) for number in numbered),
            ("32", str(bottom - 7), "Mean"),
        ]
    assert kinds == {(True, True), (True, False), (False, True), (False, False)}


def lie_apart(plot):
    """Names of lines lie apart and within: a letter is about 6 wide; words are 11 high."""
    before = {"end": 6, "middle": 3, "start": 0}
    places = [(line, Fraction(line.x) - before[line.anchor] * len(line.label)) for line in plot.lines]
    for line, left in places:
        assert 0 <= left <= left + 6 * len(line.label) <= plot.width
        assert 11 <= int(line.y) < plot.top
    for (line, left), (other, of_other) in combinations(places, 2):
        beside = left + 6 * len(line.label) <= of_other or of_other + 6 * len(other.label) <= left
        assert beside or abs(int(line.y) - int(other.y)) >= 11


def test_no_label_of_a_line_lies_on_another_or_leaves_the_plot():
    for _, _, plot in plots():
        lie_apart(plot)


@pytest.mark.parametrize("widest", [200, 240, 300, 1000])
@pytest.mark.parametrize("least", [0, 60])
def test_names_of_limits_lie_apart_on_the_widest_axes(least, widest):
    capsules = [f"{50 + least} mg", f"{50 + widest} mg", *["150 mg"] * 8]
    lie_apart(plot_weights(*weighed({"theoretical_fill": "100 mg", "shell_mass": "50 mg", "capsules": capsules})))
    lie_apart(plot_contents(*assayed({"contents": [f"{least} %", f"{min(widest, 300)} %", *["100 %"] * 8]})))


def test_a_plot_says_the_figures_of_the_answer_in_its_words():
    for _, shown, plot in plots():
        values, out, _, _, levels = of_plot(shown)
        by_weight = "fills" in shown
        entries = (
            [fill["share"] for fill in shown["fills"]] if by_weight else [unit["content"] for unit in shown["units"]]
        )
        least, most = (entries[values.index(limit(values))]["text"] for limit in (min, max))
        beginning = f"{len(values)} {'fills' if by_weight else 'contents'}, from {least} to {most} of the "
        assert plot.text.startswith(beginning + ("theoretical fill; " if by_weight else "label. "))
        ok = shown["mean_ok"] if by_weight else shown["verdict"] == "pass" or exact_or_root(shown) <= 15
        within = "within" if ok else "not within"
        if by_weight:
            assert f" Mean {shown['mean_share']['text']}; limits 97 % to 103 %: {within}." in plot.text
        else:
            assert f" Mean {shown['mean']['text']}, reference value M {shown['reference_value']['text']}. " in plot.text
            limits = re.search(r"from M \u2212 15 to M \+ 15, ([\d.]+) % to ([\d.]+) %: (.+?), by", plot.text)
            assert all(near(value, text) for (value, _), text in zip(levels[1], limits.groups()[:2], strict=True))
            assert limits[3] == within
            assert plot.text.partition(", by the ")[2].startswith(
                f"acceptance value {shown['acceptance_value']['text']}."
            )
        told = re.search(r"([\d.]+) % to ([\d.]+) %: (none outside|outside by number [\d, to]+)\.", plot.text)
        assert bool(told) == (by_weight or len(values) == 30)
        if told:
            inside = levels[1] if by_weight else levels[0][1:]
            assert all(near(value, text) for (value, _), text in zip(inside, told.groups()[:2], strict=True))
            runs = re.findall(r"(\d+)(?: to (\d+))?", told[3])
            assert [number for first, last in runs for number in range(int(first), int(last or first) + 1)] == out


def exact_or_root(shown):
    """The acceptance value: a root with what is added to it."""
    return root_of(shown["acceptance_value"]) + abs(exact(shown["reference_value"]) - exact(shown["mean"]))
