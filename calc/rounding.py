"""The few steps that are not equations: rounding to what can be counted or weighed, the larger of two, sums.

Each keeps the unit and refuses figures that measure something else.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import ceil, floor

from calc.figures import half_up
from calc.units import RATIO, Figure, Unit


def up_to_whole(figure: Figure) -> int:
    """The least whole number not below the figure.

    >>> from calc.units import TABLET, figure
    >>> up_to_whole(figure("2.7", TABLET))
    3
    """
    return ceil(figure.value)


def down_to_whole(figure: Figure) -> int:
    """The greatest whole number not above the figure."""
    return floor(figure.value)


def to_step(figure: Figure, step: Figure) -> Figure:
    """The figure rounded half up to a multiple of `step`, once, as the balance shows it; in the figure's unit."""
    return Figure(half_up(figure.value, step.to(figure.unit).value), figure.unit)


def up_to_step(figure: Figure, step: Figure) -> Figure:
    """The least multiple of `step` not below the figure; in the figure's unit."""
    size, value = step.to(figure.unit).value, figure.value
    whole = -(-value.numerator * size.denominator // (value.denominator * size.numerator))
    return Figure(Fraction(whole * size.numerator, size.denominator), figure.unit)


def down_to_step(figure: Figure, step: Figure) -> Figure:
    """The greatest multiple of `step` not above the figure; in the figure's unit."""
    size, value = step.to(figure.unit).value, figure.value
    whole = value.numerator * size.denominator // (value.denominator * size.numerator)
    return Figure(Fraction(whole * size.numerator, size.denominator), figure.unit)


def larger(one: Figure, other: Figure) -> Figure:
    """The larger of two figures, written in the unit of the first."""
    return one if one >= other else other.to(one.unit)


def size_of(figure: Figure) -> Figure:
    """The figure without its sign."""
    return Figure(abs(figure.value), figure.unit)


def combined(*parts: tuple[Figure, Figure]) -> Figure:
    """The most by which a product can be off, relatively, when each factor may be off by so much of itself.

    Takes (by how much, of what) for each factor, both in one unit; answers with a ratio.

    >>> from calc.units import MG, figure
    >>> combined((figure(1, MG), figure(10, MG)), (figure(1, MG), figure(4, MG))).value
    Fraction(3, 8)
    """
    above = below = 1
    for off, whole in parts:
        size, value = off.to(whole.unit).value, whole.value
        by, of = size.numerator * value.denominator, size.denominator * value.numerator
        above, below = above * (by + of), below * of
    return Figure(Fraction(above - below, below), RATIO)


def total(figures: Iterable[Figure], unit: Unit) -> Figure:
    """The sum of figures, written in `unit`; nothing of it where there are none.

    >>> from calc.units import MG, figure
    >>> total([figure(21, MG), figure("42.5", MG)], MG).value
    Fraction(127, 2)
    """
    return Figure(sum((each.to(unit).value for each in figures), Fraction()), unit)
