"""The plot of a check, each rectangle, dot and line worked out by hand.

The plot is 360 wide: its axis goes from 40 to 336, which are 296, and ends 3 % beside what it shows. A row is 11 high,
the first at 47.
"""

from decimal import Decimal
from fractions import Fraction

import pytest

from calc.checks.answer import uniformity_shown, weights_shown
from calc.checks.assayed import UniformityAsked
from calc.checks.plot import Bar, Dot, Mark, plot_contents, plot_weights
from calc.checks.sample import WeightsAsked
from calc.checks.uniformity import check_uniformity
from calc.checks.weights import check_weights
from tests.support.drawn_pictures import at

ROW = (47, 58, 69, 80, 91, 102, 113, 124, 135, 146)


def weights(fills):
    """The plot of fills in mg about a theoretical fill of 100 mg: so many mg are so many per cent."""
    gross = [f"{Decimal(str(fill)) + 50} mg" for fill in fills]
    checked = check_weights(WeightsAsked.read({"theoretical_fill": "100 mg", "shell_mass": "50 mg", "capsules": gross}))
    return plot_weights(checked, weights_shown(checked))


def contents(found):
    checked = check_uniformity(UniformityAsked.read({"contents": [f"{content} %" for content in found]}))
    return plot_contents(checked, uniformity_shown(checked))


def test_ten_fills_by_hand():
    """The axis goes from 84 - 3 to 115 + 3, which are 37 %: 8 for each per cent, from 40 on."""
    plot = weights(fills := (100, 84, 115, 90, 110, 89.5, 98, 102, 104.5, 102))
    assert [float(dot.x) for dot in plot.dots] == [40 + 8 * (fill - 81) for fill in fills]
    assert plot.dots[1] == Dot("64", "58", 2, True, "")  # 40 + 8 * 3
    assert [(int(dot.y), dot.number) for dot in plot.dots] == list(zip(ROW, range(1, 11), strict=True))
    assert [dot.number for dot in plot.dots if dot.out] == [2, 3, 6]  # 90 and 110 are in
    assert plot.band == Bar("112", "160")  # 90 at 40 + 72; 20 % wide
    assert plot.mean_band == Bar("168", "48")  # 97 at 40 + 128; 6 % wide
    assert plot.mean == Bar("187", "2")  # the mean of 995 / 10 at 40 + 148, one to both sides
    assert plot.spread is None
    assert plot.lines == (Mark("112", "16", "90 %"), Mark("192", "30", "100 %"), Mark("272", "16", "110 %"))
    # Ten rows, one left open, one for the mean, one before the axis: 36 + 13 * 11 = 179; below it 26 for its words.
    assert (plot.width, plot.height, plot.left, plot.right) == (360, 205, 40, 336)
    assert (plot.top, plot.bottom, plot.inside, plot.mean_top) == (36, 179, 143, 160)
    # 37 % in steps of 5 would be more than 7 marks: steps of 10.
    assert plot.ticks == (Mark("112", "197", "90"), Mark("192", "197", "100"), Mark("272", "197", "110"))
    assert plot.rows == (
        Mark("32", "51", "1"),
        Mark("32", "95", "5"),
        Mark("32", "150", "10"),
        Mark("32", "172", "Mean"),
    )
    assert plot.title == "Fill in percent of the theoretical fill"
    assert plot.text == (
        "10 fills, from 84 % to 115 % of the theoretical fill; limits 90 % to 110 %: outside by number 2, 3, 6. "
        "Mean 99.5 %; limits 97 % to 103 %: within."
    )


def test_a_batch_that_is_light_has_no_dot_out_and_its_mean_out():
    """All at 96: the axis from 90 - 3 to 110 + 3 is 26 %; steps of 5 are the least that make no more than 7."""
    plot = weights([96] * 12)
    assert not any(dot.out for dot in plot.dots)
    assert {dot.x for dot in plot.dots} == {at(40 + Fraction(9, 26) * 296, 2)}
    assert plot.text.endswith("from 96 % to 96 % of the theoretical fill; limits 90 % to 110 %: none outside. "
                              "Mean 96 %; limits 97 % to 103 %: not within.")  # fmt: skip
    assert [tick.label for tick in plot.ticks] == ["90", "95", "100", "105", "110"]
    assert [row.label for row in plot.rows] == ["1", "5", "10", "Mean"]
    assert plot.height == 36 + 15 * 11 + 26


@pytest.mark.parametrize(
    ("ends", "sides"), [((-23, 253), ("", "")), ((-23.1, 253), ("low", "")), ((-23, 253.1), ("", "high"))]
)
def test_the_axis_ends_at_23_below_nothing_and_at_253_and_shows_what_lies_there(ends, sides):
    """From -20 - 3 to 250 + 3: 276 % in steps of 50."""
    plot = weights([*ends, *[100] * 8])
    assert [(dot.x, dot.beyond) for dot in plot.dots[:3]] == [
        ("40", sides[0]), ("336", sides[1]), (at(40 + Fraction(123, 276) * 296, 2), ""),
    ]  # fmt: skip
    assert plot.text.endswith(". Dots at the edge lie beyond it.") == any(sides)
    assert [(tick.label, tick.x) for tick in plot.ticks] == [
        (str(mark), at(40 + Fraction(mark + 23, 276) * 296, 2)) for mark in (0, 50, 100, 150, 200, 250)
    ]
    # 90 and 110 are 20 of 276 % apart, 21 wide: their names would lie on one another.
    assert [line.anchor for line in plot.lines] == ["end", "middle", "start"]


def test_a_bar_that_is_cut_at_the_edge_says_so():
    """The mean is 110 and the standard deviation 73.8: 2.4 times that, 177, reach from -67 to 287."""
    plot = contents([0, 300, *[100] * 8])
    assert plot.spread == Bar("40", "296")
    assert plot.text.endswith(". The bar goes on beyond the edge. Dots at the edge lie beyond it.")
    assert "beyond" not in contents([100] * 10).text


@pytest.mark.parametrize(
    ("most", "marks"),
    [
        (119, range(90, 121, 5)),  # 87 to 122 are 35: 7 steps of 5
        (119.5, range(90, 121, 10)),  # 87 to 122.5 are half a per cent too many
        (154, range(90, 151, 10)),
        (155, range(100, 141, 20)),  # 87 to 158 are 71
        (224, range(100, 221, 20)),  # 87 to 227 are 140
        (225, range(100, 226, 25)),
        (249, range(100, 251, 25)),
    ],
)
def test_the_marks_of_the_axis_are_all_round_numbers_of_the_least_step_that_has_room(most, marks):
    ticks = weights([100] * 9 + [most]).ticks
    span = Fraction(str(most)) + 3 - 87
    assert [(tick.label, tick.x) for tick in ticks] == [
        (str(mark), at(40 + (mark - 87) / span * 296, 2)) for mark in marks
    ]


def test_ten_contents_by_hand():
    """98 +- 7.5 four times: s = 5, k s = 12; M = 98.5, half a per cent away: 12.5. The axis: 83.5 - 3 to 113.5 + 3."""
    plot = contents([105.5, 90.5] * 2 + [98] * 6)
    x = lambda percent: at(40 + (Fraction(percent) - Fraction("80.5")) / 36 * 296, 2)  # noqa: E731
    assert [dot.x for dot in plot.dots] == [x("105.5"), x("90.5")] * 2 + [x(98)] * 6
    assert not any(dot.out or dot.beyond for dot in plot.dots)
    assert plot.band == Bar(x("83.5"), at(Fraction(x("113.5")) - Fraction(x("83.5")), 2))
    assert plot.spread == Bar(x(86), at(Fraction(x(110)) - Fraction(x(86)), 2))
    assert plot.mean == Bar(at(Fraction(x(98)) - 1, 2), "2")
    assert plot.mean_band is None
    assert plot.lines == (Mark(x("83.5"), "16", "M \u2212 15"), Mark(x("98.5"), "30", "M"),
                          Mark(x("113.5"), "16", "M + 15"))  # fmt: skip
    assert [tick.label for tick in plot.ticks] == ["90", "100", "110"]
    assert plot.title == "Content in percent of the label"
    assert plot.text == (
        "10 contents, from 90.5 % to 105.5 % of the label. Mean 98 %, reference value M 98.5 %. The bar is the mean "
        "with k standard deviations on either side; it must lie from M \u2212 15 to M + 15, 83.5 % to 113.5 %: "
        "within, by the acceptance value 12.5 %."
    )


def test_thirty_contents_by_hand():
    """96 +- 26 once and +- 6 seven times: s = 8, k s = 16; M = 98.5, 2.5 away: 18.5. One unit: 73.875 to 123.125."""
    found = [122, 102, 90, 70, *[102, 90] * 6, *[96] * 14]
    plot = contents(found)
    x = lambda percent: at(40 + (Fraction(percent) - 67) / (Fraction("126.125") - 67) * 296, 2)  # noqa: E731
    assert [dot.x for dot in plot.dots] == [x(content) for content in found]
    assert [dot.number for dot in plot.dots if dot.out] == [4]
    assert plot.band.x == x("83.5")
    assert plot.spread == Bar(x(80), at(Fraction(x(112)) - Fraction(x(80)), 2))
    assert [(line.x, line.y, line.label) for line in plot.lines[3:]] == [
        (x("73.875"), "30", "0.75 M"), (x("123.125"), "30", "1.25 M"),
    ]  # fmt: skip
    assert (plot.height, plot.rows[-1].y) == (36 + 33 * 11 + 26, str(36 + 32 * 11 + 4))
    assert [row.label for row in plot.rows] == ["1", "5", "10", "15", "20", "25", "30", "Mean"]
    assert plot.text.endswith(
        "from M \u2212 15 to M + 15, 83.5 % to 113.5 %: not within, by the acceptance value 18.5 %. A single unit may "
        "hold 73.875 % to 123.125 %: outside by number 4."
    )
    assert contents([98.5] * 30).text.endswith("may hold 73.875 % to 123.125 %: none outside.")
