"""Student's t distribution for whole degrees of freedom, computed in integers, without floats.

With c = nu / (nu + t t), the probability that T lies between -t and t is, for even nu, sqrt(1 - c) times
1 + (1/2) c + (1 3)/(2 4) c c + ..., nu / 2 terms; for odd nu, 2 / pi times the sum of arctan(t / sqrt(nu)) and
sqrt(c (1 - c)) times 1 + (2/3) c + (2 4)/(3 5) c c + ..., (nu - 1) / 2 terms (Abramowitz and Stegun, 26.7.3 and
26.7.4). Every term is positive, so rounding errors only add up: results are correct to fifty places.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from math import isqrt

#: Fixed-point scale: the integers below count units of 1 / ONE.
ONE = 10**60


def probability_below(distance: Fraction, square: Fraction, degrees: int) -> Fraction:
    """Return the probability that T with `degrees` degrees of freedom lies below `distance` / sqrt(`square`).

    Raises `ValueError` unless `square` is positive and `degrees` at least one. Correct to fifty places.

    >>> from calc.arithmetic.notation import fixed
    >>> fixed(probability_below(Fraction("2.262"), Fraction(1), 9), 6), probability_below(Fraction(0), Fraction(1), 7)
    ('0.974994', Fraction(1, 2))
    """
    if square <= 0 or degrees < 1:
        raise ValueError("the distribution has a spread above zero and at least one degree of freedom")
    t_square = distance * distance / square
    beside = min(_between(t_square, degrees), ONE) // 2
    return Fraction(1, 2) + Fraction(beside if distance >= 0 else -beside, ONE)


def _between(t_square: Fraction, degrees: int) -> int:
    """Return the probability that T lies between -t and t."""
    cosine_square = degrees / (degrees + t_square)
    if degrees % 2 == 0:
        return _root(1 - cosine_square) * _sum(cosine_square, degrees // 2, odd=False) // ONE
    together = _root(cosine_square * (1 - cosine_square)) * _sum(cosine_square, degrees // 2, odd=True) // ONE
    return 2 * (_angle(t_square / degrees) + together) * ONE // _pi()


def _sum(cosine_square: Fraction, terms: int, *, odd: bool) -> int:
    """Sum the first terms of the closed form's series, for odd or even degrees of freedom."""
    factor = cosine_square.numerator * ONE // cosine_square.denominator
    term, total = ONE, 0
    for number in range(1, terms + 1):
        total += term
        above, below = (2 * number, 2 * number + 1) if odd else (2 * number - 1, 2 * number)
        term = term * factor * above // (ONE * below)
    return total


def _root(square: Fraction) -> int:
    return isqrt(square.numerator * ONE * ONE // square.denominator)


def _angle(square: Fraction) -> int:
    """Return the angle whose tangent is the square root of `square`."""
    return _arctan(_root(square)) if square <= 1 else _pi() // 2 - _arctan(_root(1 / square))


@cache
def _pi() -> int:
    return 4 * _arctan(ONE)


def _arctan(tangent: int) -> int:
    """Return the angle for a tangent from 0 to 1: eight times its eighth, by the power series to the last place."""
    for _ in range(3):
        tangent = tangent * ONE // (ONE + isqrt(ONE * ONE + tangent * tangent))
    square, power, total, number = tangent * tangent // ONE, tangent, 0, 1
    while power:
        total += power // number if number % 4 == 1 else -(power // number)
        power, number = power * square // ONE, number + 2
    return 8 * total
