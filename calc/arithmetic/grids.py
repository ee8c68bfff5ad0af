"""Masses that are handy to weigh, and round numbers: plain fractions, in the unit of their caller."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import floor, gcd, lcm


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
        return (mass / (self.fine if mass < self.start else self.coarse)).denominator == 1

    def shown(self, mass: Fraction) -> Fraction:
        """Return a mass rounded half up to the balance."""
        return floor(mass / self.step + Fraction(1, 2)) * self.step


def _common(grid: Fraction, step: Fraction) -> Fraction:
    """Return the least mass that is a multiple of both.

    >>> _common(Fraction(5), Fraction("0.1")), _common(Fraction(5), Fraction(2))
    (Fraction(5, 1), Fraction(10, 1))
    """
    return Fraction(lcm(grid.numerator, step.numerator), gcd(grid.denominator, step.denominator))


@lru_cache(maxsize=4096)
def is_round(number: Fraction, digits: Sequence[Fraction]) -> bool:
    """Return True if a number above zero is one of the digits times a power of ten; raises `ValueError` for others.

    >>> digits = tuple(map(Fraction, ("1", "2", "2.5", "5")))
    >>> [is_round(Fraction(number), digits) for number in ("250", "0.05", "1.5")]
    [True, True, False]
    """
    if number <= 0:
        raise ValueError(f"{number} has no digits to look at: it is not above zero")
    while number >= 10:
        number /= 10
    while number < 1:
        number *= 10
    return number in digits


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
