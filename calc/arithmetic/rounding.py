"""Steps that are not equations: rounding to what can be counted or weighed, the larger of two figures, sums.

Figures of different dimensions raise `WrongUnit`.
"""

from __future__ import annotations

from collections.abc import Iterable

from calc.arithmetic.notation import half_up
from calc.arithmetic.units import RATIO, Figure, Unit, in_lowest_terms


def up_to_whole(figure: Figure) -> int:
    """Round up to a whole number.

    >>> from calc.arithmetic.units import TABLET, figure
    >>> up_to_whole(figure("2.7", TABLET))
    3
    """
    return -(-figure.numerator // figure.denominator)


def down_to_whole(figure: Figure) -> int:
    """Round down to a whole number."""
    return figure.numerator // figure.denominator


def to_step(figure: Figure, step: Figure) -> Figure:
    """Round half up to a multiple of `step`, once, as the balance shows it; return it in the figure's unit."""
    size = step.to(figure.unit)
    return in_lowest_terms(steps_in(figure, size) * size.numerator, size.denominator, figure.unit)


def steps_in(figure: Figure, step: Figure) -> int:
    """Round half up to a number of steps.

    >>> from calc.arithmetic.units import MG, G, figure
    >>> steps_in(figure("0.3495", G), figure("0.2", MG))
    1748
    """
    size = step.to(figure.unit)
    return half_up(figure.numerator * size.denominator, figure.denominator * size.numerator)


def steps_within(figure: Figure, step: Figure, end: int) -> int:
    """Round a lower bound (`end` -1) up or an upper one (1) down to a number of steps: into what it bounds.

    >>> from calc.arithmetic.units import MG, figure
    >>> steps_within(figure("427.68", MG), figure(2, MG), -1), steps_within(figure("436.32", MG), figure(2, MG), 1)
    (214, 218)
    """
    size = step.to(figure.unit)
    above, below = figure.numerator * size.denominator, figure.denominator * size.numerator
    return -(-above // below) if end < 0 else above // below


def up_to_step(figure: Figure, step: Figure) -> Figure:
    """Round up to a multiple of `step`; return it in the figure's unit."""
    size = step.to(figure.unit)
    return in_lowest_terms(steps_within(figure, size, -1) * size.numerator, size.denominator, figure.unit)


def down_to_step(figure: Figure, step: Figure) -> Figure:
    """Round down to a multiple of `step`; return it in the figure's unit."""
    size = step.to(figure.unit)
    return in_lowest_terms(steps_within(figure, size, 1) * size.numerator, size.denominator, figure.unit)


def larger(one: Figure, other: Figure) -> Figure:
    """Return the larger of two figures, in the unit of the first."""
    return one if one >= other else other.to(one.unit)


def size_of(figure: Figure) -> Figure:
    """Return the figure without its sign."""
    return figure if figure.numerator >= 0 else in_lowest_terms(-figure.numerator, figure.denominator, figure.unit)


def combined(*parts: tuple[Figure, Figure]) -> Figure:
    """Return the largest relative error of a product, from the largest error of each factor.

    Takes (error, value) for each factor, both of one dimension; returns a ratio.

    >>> from calc.arithmetic.units import MG, figure
    >>> combined((figure(1, MG), figure(10, MG)), (figure(1, MG), figure(4, MG))).value
    Fraction(3, 8)
    """
    above = below = 1
    for error, value in parts:
        size = error.to(value.unit)
        part, full = size.numerator * value.denominator, size.denominator * value.numerator
        above, below = above * (part + full), below * full
    return in_lowest_terms(above - below, below, RATIO)


def total(figures: Iterable[Figure], unit: Unit) -> Figure:
    """Return the sum of figures, in `unit`; zero if there are none.

    >>> from calc.arithmetic.units import MG, figure
    >>> total([figure(21, MG), figure("42.5", MG)], MG).value
    Fraction(127, 2)
    """
    above, below = 0, 1
    for each in figures:
        same = each.to(unit)
        above, below = above * same.denominator + same.numerator * below, below * same.denominator
    return in_lowest_terms(above, below, unit)


def divided(figure: Figure, parts: int) -> Figure:
    """Return one of `parts` equal parts of a figure, in its unit.

    >>> from calc.arithmetic.units import ML, figure
    >>> divided(figure(1000, ML), 3).value
    Fraction(1000, 3)
    """
    return Figure(figure.value / parts, figure.unit)
