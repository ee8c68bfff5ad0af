"""Masses that are handy to weigh, and round numbers: plain fractions, in the unit of their caller."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

from calc.arithmetic.notation import half_up


@dataclass(frozen=True, slots=True)
class Grid:
    """Masses that a balance of a given step shows: multiples of `fine`, from a mass on those of `coarse`.

    >>> grid = Grid.of(Fraction(1), fine=Fraction(5), coarse=Fraction(10), start=Fraction(500), coarsest=Fraction(1000))
    >>> [grid.has(Fraction(mass)) for mass in ("105", "106", "495", "505", "510")]
    [True, False, True, False, True]
    """

    step: Fraction
    fine: Fraction
    coarse: Fraction
    start: Fraction

    @classmethod
    def of(cls, step: Fraction, *, fine: Fraction, coarse: Fraction, start: Fraction, coarsest: Fraction) -> Grid:
        """Return the grid for the step of a balance: all that the balance shows where a common one is too coarse."""
        fine, coarse = _common(fine, step), _common(coarse, step)
        return cls(step, fine, coarse, start) if coarse <= coarsest else cls(step, step, step, start)

    def has(self, mass: Fraction) -> bool:
        """Return True for a mass on the grid."""
        unit = self.fine if mass < self.start else self.coarse
        return mass.numerator * unit.denominator % (mass.denominator * unit.numerator) == 0

    def shown(self, mass: Fraction) -> Fraction:
        """Return a mass rounded half up to the balance."""
        return half_up(*self._steps_in(mass)) * self.step

    def shows(self, mass: Fraction, within: Fraction) -> bool:
        """Return True if what the balance shows of a mass is off by no more than a part of it.

        >>> grid = Grid(Fraction(1), Fraction(5), Fraction(10), Fraction(500))
        >>> [grid.shows(Fraction("124.5"), Fraction(part)) for part in ("1/249", "1/250", "0")]
        [True, False, False]
        """
        above, below = self._steps_in(mass)
        off = abs(half_up(above, below) * below - above)
        return off * within.denominator <= within.numerator * above

    def _steps_in(self, mass: Fraction) -> tuple[int, int]:
        """Return a mass in steps of the balance, as a fraction of whole numbers."""
        return mass.numerator * self.step.denominator, mass.denominator * self.step.numerator


def _common(grid: Fraction, step: Fraction) -> Fraction:
    """Return the least mass that is a multiple of both.

    >>> _common(Fraction(5), Fraction("0.1")), _common(Fraction(5), Fraction(2))
    (Fraction(5, 1), Fraction(10, 1))
    """
    return Fraction(lcm(grid.numerator, step.numerator), gcd(grid.denominator, step.denominator))


def is_round(number: Fraction, digits: Sequence[Fraction]) -> bool:
    """Return True if a number above zero is one of the digits times a power of ten; raises `ValueError` for others.

    >>> digits = tuple(map(Fraction, ("1", "2", "2.5", "5")))
    >>> [is_round(Fraction(number), digits) for number in ("250", "0.05", "1.5")]
    [True, True, False]
    """
    if number <= 0:
        raise ValueError(f"{number} has no digits to look at: it is not above zero")
    above, below = number.as_integer_ratio()
    while above >= 10 * below:
        below *= 10
    while above < below:
        above *= 10
    return any(above * digit.denominator == digit.numerator * below for digit in digits)


def times_powers_of_ten(numbers: Sequence[Fraction], low: Fraction, high: Fraction) -> list[Fraction]:
    """Return the products of numbers with powers of ten that lie between `low` and `high`, each once, in order.

    Raises `ValueError` unless the numbers and `low` are above zero: such products would have no end.

    >>> [str(product) for product in times_powers_of_ten([Fraction(1), Fraction("2.5")], Fraction(1), Fraction(30))]
    ['1', '5/2', '10', '25']
    """
    if low <= 0 or min(numbers) <= 0:
        raise ValueError(f"there is no least product from {low} on: numbers and bound are above zero")
    (low_above, low_below), (high_above, high_below) = low.as_integer_ratio(), high.as_integer_ratio()
    found = set()
    for number in numbers:
        above, below = number.as_integer_ratio()
        while above * low_below > low_above * below:
            below *= 10
        while above * high_below <= high_above * below:
            if above * low_below >= low_above * below:
                found.add(Fraction(above, below))
            above *= 10
    return sorted(found)
