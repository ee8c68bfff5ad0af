"""Square roots of exact figures: kept as their squares, written as "sqrt(n/d)", shown rounded half up."""

import math
from fractions import Fraction

from tests.second_engine.shown import fixed


def root(square: Fraction) -> Fraction | None:
    """The root where it is a fraction, else None."""
    over, under = math.isqrt(square.numerator), math.isqrt(square.denominator)
    return Fraction(over, under) if over**2 == square.numerator and under**2 == square.denominator else None


def _rounded(square: Fraction, places: int) -> Fraction:
    """The root to so many places, half up: the half is found in whole numbers."""
    doubled = math.isqrt(square.numerator * 4 * 100**places // square.denominator)
    return Fraction((doubled + 1) // 2, 10**places)


def root_quantity(square: Fraction, unit: str = "1", digits: int = 2) -> dict[str, str]:
    """A root with so many significant digits; whole digits are never cut."""
    places = 0
    while square and math.isqrt(square.numerator * 100**places // square.denominator) < 10 ** (digits - 1):
        places += 1
    text = fixed(_rounded(square, places), places)
    return {
        "exact": f"sqrt({square.numerator}/{square.denominator})",
        "unit": unit,
        "value": text.rstrip("0").rstrip(".") if "." in text else text,
    }
