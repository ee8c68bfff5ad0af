"""The few steps that are not equations: rounding to what can be counted or weighed, the larger of two, sums.

Each keeps the unit and refuses figures that measure something else.
"""

from __future__ import annotations

from collections.abc import Iterable

from calc.arithmetic.notation import half_up
from calc.arithmetic.units import RATIO, Figure, Unit, in_lowest_terms


def up_to_whole(figure: Figure) -> int:
    """The least whole number not below the figure.

    >>> from calc.arithmetic.units import TABLET, figure
    >>> up_to_whole(figure("2.7", TABLET))
    3
    """
    return -(-figure.numerator // figure.denominator)


def down_to_whole(figure: Figure) -> int:
    """The greatest whole number not above the figure."""
    return figure.numerator // figure.denominator


def to_step(figure: Figure, step: Figure) -> Figure:
    """The figure rounded half up to a multiple of `step`, once, as the balance shows it; in the figure's unit."""
    return _times(half_up(*_in_steps(figure, step)), step, figure.unit)


def up_to_step(figure: Figure, step: Figure) -> Figure:
    """The least multiple of `step` not below the figure; in the figure's unit."""
    above, below = _in_steps(figure, step)
    return _times(-(-above // below), step, figure.unit)


def down_to_step(figure: Figure, step: Figure) -> Figure:
    """The greatest multiple of `step` not above the figure; in the figure's unit."""
    above, below = _in_steps(figure, step)
    return _times(above // below, step, figure.unit)


def _in_steps(figure: Figure, step: Figure) -> tuple[int, int]:
    """How often `step` goes into the figure, as one whole number over another."""
    size = step.to(figure.unit)
    return figure.numerator * size.denominator, figure.denominator * size.numerator


def _times(whole: int, step: Figure, unit: Unit) -> Figure:
    """So many steps, in `unit`."""
    size = step.to(unit)
    return in_lowest_terms(whole * size.numerator, size.denominator, unit)


def larger(one: Figure, other: Figure) -> Figure:
    """The larger of two figures, written in the unit of the first."""
    return one if one >= other else other.to(one.unit)


def size_of(figure: Figure) -> Figure:
    """The figure without its sign."""
    return figure if figure.numerator >= 0 else in_lowest_terms(-figure.numerator, figure.denominator, figure.unit)


def combined(*parts: tuple[Figure, Figure]) -> Figure:
    """The most by which a product can be off, relatively, when each factor may be off by so much of itself.

    Takes (by how much, of what) for each factor, both in one unit; answers with a ratio.

    >>> from calc.arithmetic.units import MG, figure
    >>> combined((figure(1, MG), figure(10, MG)), (figure(1, MG), figure(4, MG))).value
    Fraction(3, 8)
    """
    above = below = 1
    for off, whole in parts:
        size = off.to(whole.unit)
        by, of = size.numerator * whole.denominator, size.denominator * whole.numerator
        above, below = above * (by + of), below * of
    return in_lowest_terms(above - below, below, RATIO)


def total(figures: Iterable[Figure], unit: Unit) -> Figure:
    """The sum of figures, written in `unit`; nothing of it where there are none.

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
    """One of so many even parts of a figure.

    >>> from calc.arithmetic.units import ML, figure
    >>> divided(figure(1000, ML), 3).value
    Fraction(1000, 3)
    """
    return Figure(figure.value / parts, figure.unit)
