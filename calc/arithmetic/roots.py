"""Exact square roots, compared by their squares and written to any number of digits, without floats."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt
from typing import NamedTuple

from calc.arithmetic import notation
from calc.arithmetic.notation import Number
from calc.arithmetic.units import Figure, Unit, conversion_factor


class Root(NamedTuple):
    """`plus` + sqrt(`squared`), in `unit`: a spread, or a value with a spread added. Neither term is negative.

    Compare it with a limit by `at_most`, which uses squares; its digits are for display only.

    >>> from calc.arithmetic.units import PERCENT, RATIO, figure
    >>> spread = Root(Fraction(1, 1000), RATIO)
    >>> spread.at_most(figure("0.05", RATIO)), spread.exact(), notation.fixed(spread.to(PERCENT).rounded(2), 2)
    (True, 'sqrt(1/1000)', '3.16')
    """

    squared: Number
    unit: Unit
    plus: Fraction | int = 0

    @property
    def square(self) -> Fraction:
        """What the root is drawn of, in the square of its unit."""
        return Fraction(self.squared.numerator, self.squared.denominator)

    def to(self, unit: Unit) -> Root:
        """Convert to another unit; raises `WrongUnit` if that has another dimension."""
        factor = conversion_factor(self.unit, unit)
        return Root(self.square * factor * factor, unit, self.plus * factor)

    def at_most(self, limit: Figure) -> bool:
        """Return True if self <= limit, decided exactly: the room that the limit leaves above `plus` is not negative,
        and its square is not less than `square`.
        """
        room = limit.to(self.unit).value - self.plus
        return room >= 0 and room * room >= self.square

    def rounded(self, decimals: int) -> Fraction:
        """Round half up to `decimals` decimals."""
        return Fraction(self._down(decimals, halves=1), 10**decimals)

    def significant(self, digits: int) -> str:
        """Return it rounded half up to `digits` significant digits, without trailing zeros."""
        places, near = self._near(digits + 1)
        return notation.to_digits(near, 10**places, digits)

    def as_ratio_and_percent(self, digits: int) -> tuple[str, str]:
        """Return a ratio as `significant` does, and its hundredfold too: the root is drawn once for both."""
        places, near = self._near(digits + len("100"))
        return notation.ratio_and_percent(near, 10**places, digits)

    def exact(self) -> str:
        """Return it unrounded, as "sqrt(n/d)", after `plus` if that is not zero.

        >>> from calc.arithmetic.units import PERCENT
        >>> Root(Fraction(1449, 10), PERCENT, Fraction(19, 10)).exact()
        '1.9 + sqrt(1449/10)'
        """
        root = f"sqrt({self.squared.numerator}/{self.squared.denominator})"
        return f"{notation.exact(self.plus)} + {root}" if self.plus.numerator else root

    def working(self) -> str:
        """Return it as in shown work: in full if it ends, else six significant digits, cut off, and an ellipsis.

        >>> from calc.arithmetic.units import RATIO
        >>> Root(Fraction(1, 4), RATIO).working(), Root(Fraction(2), RATIO).working()
        ('0.5', '1.41421...')
        """
        root = Fraction(isqrt(self.squared.numerator), isqrt(self.squared.denominator))
        if root * root == self.square:
            return notation.working(Figure(self.plus + root, self.unit))
        places, near = self._near(6)
        decimals = notation.decimals_of(near, 10**places, 6)
        text = notation.with_point(near // 10 ** (places - decimals), decimals)
        return notation.with_unit(f"{notation.grouped(text)}...", self.unit)

    def _near(self, digits: int) -> tuple[int, int]:
        """Return a number of decimals and itself cut off after them, as a whole number of such decimals.

        They are so many that at least one digit follows the first `digits` significant ones, so that a half is still
        seen where it is rounded: a root has half as many zeros before its digits as its square.
        """
        above, below = self.squared.numerator, self.squared.denominator
        zeros = (len(str(below)) - len(str(above))) // 2 + 1 if above else len(str(self.plus.denominator))
        places = max(zeros, 0) + digits
        return places, self._down(places)

    def _down(self, decimals: int, halves: int = 0) -> int:
        """Return the floor of its value times 10**`decimals` plus `halves` / 2, exactly."""
        scale: int = 10**decimals
        parts = 2 * self.plus.denominator
        beside = 2 * self.plus.numerator * scale + halves * self.plus.denominator
        root = isqrt(self.squared.numerator * (scale * parts) ** 2 // self.squared.denominator)
        return (beside + root) // parts
