"""Notation of figures for people: the only module that writes them.

A point for decimals, a zero before it, no trailing zeros; commas from 1,000; a space before the unit; and a nonzero
figure is never written as zero.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol

from calc.arithmetic.units import RATIO, Figure, Unit
from calc.arithmetic.written_once import KEPT, written_once

#: Length in characters of the longest number that shown work gives in full.
LONGEST_WORKED = 12


class Number(Protocol):
    """A number that can be written: a Fraction, an int, or a Figure without its unit."""

    @property
    def numerator(self) -> int:
        """The numerator, with the sign."""

    @property
    def denominator(self) -> int:
        """The denominator; always positive."""


def decimal(value: Number) -> str | None:
    """Return the full decimal expansion of a number, or None if it never ends.

    >>> from fractions import Fraction
    >>> decimal(Fraction(9, 2)), decimal(Fraction(1, 3))
    ('4.5', None)
    """
    if value.denominator == 1:
        return str(value.numerator)
    places = _places(value.denominator)
    return None if places is None else fixed(value, places)


@lru_cache(maxsize=KEPT)
def _places(denominator: int) -> int | None:
    """Return how many decimals a denominator in lowest terms needs, or None if they never end."""
    twos, fives = (denominator & -denominator).bit_length() - 1, 0
    rest = denominator >> twos
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def exact(value: Number) -> str:
    """Return a number unrounded: as a decimal if that ends, otherwise as a fraction "n/d"."""
    return decimal(value) or f"{value.numerator}/{value.denominator}"


def half_up(above: int, below: int) -> int:
    """Round `above` / `below` to the nearest whole number, a half away from zero, as on paper; `below` is positive.

    >>> half_up(5, 2), half_up(-5, 2), half_up(-7, 5)
    (3, -3, -1)
    """
    rounded = (2 * abs(above) + below) // (2 * below)
    return rounded if above >= 0 else -rounded


def fixed(value: Number, decimals: int) -> str:
    """Return a number rounded half up to `decimals` decimals, with trailing zeros."""
    return with_point(half_up(value.numerator * 10**decimals, value.denominator), decimals)


def with_point(whole: int, decimals: int) -> str:
    """Return a whole number with a point put `decimals` digits from the right."""
    if decimals == 0:
        return str(whole)
    sign, digits = ("-" if whole < 0 else ""), str(abs(whole)).rjust(decimals + 1, "0")
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}"


def significant(value: Number, digits: int) -> str:
    """Return a number rounded half up to `digits` significant digits, without trailing zeros.

    >>> from fractions import Fraction
    >>> significant(Fraction(44989, 10000), 4), significant(Fraction(1, 30000), 2)
    ('4.499', '0.000033')
    """
    return trimmed(fixed(value, decimals_for(value, digits)))


def decimals_for(value: Number, digits: int) -> int:
    """Return how many decimals show `digits` significant digits of `value`; never negative."""
    above, below = abs(value.numerator), value.denominator
    if above == 0:
        return 0
    if above >= below:
        return max(0, digits - len(str(above // below)))
    zeros = len(str(below)) - len(str(above))
    if above * 10**zeros < below:
        zeros += 1
    return digits - 1 + zeros


def trimmed(text: str) -> str:
    """Return a decimal without trailing zeros."""
    return text.rstrip("0").removesuffix(".") if "." in text else text


def grouped(text: str) -> str:
    """Return a plain decimal with commas from 1,000.

    >>> grouped("40662.5")
    '40,662.5'
    """
    whole, point, decimals = text.partition(".")
    if len(whole) <= 3:
        return text
    return f"{int(whole):,}{point}{decimals}"


def with_unit(number: str, unit: Unit) -> str:
    """Return a written number followed by a space and its unit; a bare ratio stays bare."""
    if unit is RATIO:
        return number
    return f"{number} {unit.one if number == '1' else unit.many}"


@written_once
def working(figure: Figure) -> str:
    """Return a figure as in shown work: all its decimals, or six significant digits, cut off, and an ellipsis.

    >>> from calc.arithmetic.units import MG, figure
    >>> working(figure("6777/55", MG)), working(figure("1728", MG))
    ('123.218... mg', '1,728 mg')
    """
    text = decimal(figure)
    if text is None or len(text) > LONGEST_WORKED:
        decimals = decimals_for(figure, 6)
        cut = abs(figure.numerator) * 10**decimals // figure.denominator
        text = f"{'-' if figure.numerator < 0 else ''}{with_point(cut, decimals)}..."
    return with_unit(grouped(text), figure.unit)


def plain(figure: Figure) -> str:
    """Return a typed or whole figure in full, with its unit; one that never ends, to four significant digits.

    >>> from calc.arithmetic.units import MG, figure
    >>> plain(figure("4.5", MG))
    '4.5 mg'
    """
    text = decimal(figure)
    return with_unit(grouped(text if text is not None else significant(figure, 4)), figure.unit)
