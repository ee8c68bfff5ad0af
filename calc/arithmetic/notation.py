"""Notation of figures for people: the only module that writes them.

A point for decimals, a zero before it, no trailing zeros; commas from 1,000; a space before the unit; and a nonzero
figure is never written as zero.
"""

from __future__ import annotations

from typing import Protocol

from calc.arithmetic.units import Figure, Unit

#: Length in characters of the longest number that shown work gives in full.
LONGEST_WORKED = 12
#: How many decimals a denominator in lowest terms needs, and what makes it that power of ten; of the usual ones.
_ENDING = {
    2**twos * 5**fives: (max(twos, fives), 10 ** max(twos, fives) // (2**twos * 5**fives))
    for twos in range(16)
    for fives in range(16)
}
#: If a denominator of so many bits ends at all, it divides this power of ten: the remainder says so at once.
_PLACES = 64
_ALL_PLACES = 10**_PLACES


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
    above, below = value.numerator, value.denominator
    ending = _ENDING.get(below)
    if ending is not None:
        return with_point(above * ending[1], ending[0])
    return _in_many_places(above, below)


def _in_many_places(above: int, below: int) -> str | None:
    """Return the expansion of `above` / `below` where it has sixteen decimals or more; None if it never ends."""
    places = below.bit_length()  # 2**a * 5**b, which needs the larger of a and b, has more bits than either
    if places <= _PLACES and _ALL_PLACES % below:
        return None
    whole, rest = divmod(above * 10**places, below)
    return None if rest else trimmed(with_point(whole, places))


def in_short(value: Number, longest: int) -> str | None:
    """Return the full decimal expansion of a number, or None if it has more characters than `longest`, at most 16.

    >>> from fractions import Fraction
    >>> in_short(Fraction(9, 2), 9), in_short(Fraction(1, 3), 9), in_short(Fraction(12345678901), 9)
    ('4.5', None, None)
    """
    ending = _ENDING.get(value.denominator)
    if ending is None:
        return None  # it never ends, or has sixteen decimals or more
    text = with_point(value.numerator * ending[1], ending[0])
    return text if len(text) <= longest else None


def exact(value: Number) -> str:
    """Return a number unrounded: as a decimal if that ends, otherwise as a fraction "n/d"."""
    above, below = value.numerator, value.denominator
    ending = _ENDING.get(below)
    if ending is not None:
        return with_point(above * ending[1], ending[0])
    return _in_many_places(above, below) or f"{above}/{below}"


def half_up(above: int, below: int) -> int:
    """Round `above` / `below` to the nearest whole number, a half away from zero, as on paper; `below` is positive.

    >>> half_up(5, 2), half_up(-5, 2), half_up(-7, 5)
    (3, -3, -1)
    """
    return (2 * above + below) // (2 * below) if above >= 0 else -((below - 2 * above) // (2 * below))


def fixed(value: Number, decimals: int) -> str:
    """Return a number rounded half up to `decimals` decimals, with trailing zeros."""
    return with_point(half_up(value.numerator * 10**decimals, value.denominator), decimals)


def with_point(whole: int, decimals: int) -> str:
    """Return a whole number with a point put `decimals` digits from the right."""
    digits = str(whole)
    if decimals == 0:
        return digits
    if len(digits) <= decimals or whole < 0:
        digits = digits.zfill(decimals + (1 if whole >= 0 else 2))
    return f"{digits[:-decimals]}.{digits[-decimals:]}"


def significant(value: Number, digits: int) -> str:
    """Return a number rounded half up to `digits` significant digits, without trailing zeros.

    >>> from fractions import Fraction
    >>> significant(Fraction(44989, 10000), 4), significant(Fraction(1, 30000), 2)
    ('4.499', '0.000033')
    """
    return to_digits(value.numerator, value.denominator, digits)


def to_digits(above: int, below: int, digits: int) -> str:
    """Return `above` / `below` as `significant` does; `below` is positive."""
    decimals = decimals_of(abs(above), below, digits)
    return trimmed(with_point(half_up(above * 10**decimals, below), decimals))


def ratio_and_percent(above: int, below: int, digits: int) -> tuple[str, str]:
    """Return `above` / `below` as `significant` does, and its hundredfold, too: it is divided once for both.

    >>> ratio_and_percent(1, 3, 4), ratio_and_percent(1, 8000, 2)
    (('0.3333', '33.33'), ('0.00013', '0.013'))
    """
    decimals = decimals_of(abs(above), below, digits)
    near = half_up(above * 10**decimals, below)
    percent = trimmed(with_point(near, decimals - 2)) if decimals >= 2 else to_digits(100 * above, below, digits)
    return trimmed(with_point(near, decimals)), percent


def counted(value: Number, digits: int, times: int = 1) -> str:
    """Return a count or a share as `significant` does, but never as the whole number that it exceeds.

    It then has as many digits as show that there is more.

    >>> from fractions import Fraction
    >>> counted(Fraction("10.000002"), 4), counted(Fraction("9.999998"), 4), counted(Fraction(32, 3), 4)
    ('10.000002', '10', '10.67')
    """
    above, below = value.numerator * times, value.denominator
    text = to_digits(above, below, digits)
    while "." not in text and above > 0 and above % below and text == str(above // below):
        digits += 1
        text = to_digits(above, below, digits)
    return text


def apart(value: Number, other: Number, digits: int) -> str:
    """Return a number as `significant` does, with as many more digits as tell it from `other`; the two differ.

    >>> from fractions import Fraction
    >>> apart(Fraction(5, 3), Fraction("1.666667"), 4), apart(Fraction(5, 3), Fraction(2), 4)
    ('1.6666667', '1.667')
    """
    while significant(value, digits) == significant(other, digits):
        digits += 1
    return significant(value, digits)


def decimals_of(above: int, below: int, digits: int) -> int:
    """Return how many decimals show `digits` significant digits of `above` / `below`, neither of them negative."""
    if above >= below:
        return max(0, digits - len(str(above // below)))
    if above == 0:
        return 0
    zeros = len(str(below)) - len(str(above))
    return digits - (1 if above * 10**zeros >= below else 0) + zeros


def trimmed(text: str) -> str:
    """Return a decimal without trailing zeros."""
    return text.rstrip("0").removesuffix(".") if text[-1] == "0" and "." in text else text


def grouped(text: str) -> str:
    """Return a plain decimal with commas from 1,000.

    >>> grouped("40662.5")
    '40,662.5'
    """
    if len(text) <= 3 or "." in text[:4]:
        return text
    whole, point, decimals = text.partition(".")
    return f"{int(whole):,}{point}{decimals}"


def with_unit(number: str, unit: Unit) -> str:
    """Return a written number followed by a space and its unit; a bare ratio stays bare."""
    return number + (unit.after_one if number == "1" else unit.after)


def printed(number: str, unit: Unit) -> str:
    """Return a plain decimal as it is printed: with commas from 1,000, a space and its unit.

    >>> from calc.arithmetic.units import MG
    >>> printed("40662.5", MG)
    '40,662.5 mg'
    """
    if len(number) > 3 and "." not in number[:4]:
        number = grouped(number)
    return number + (unit.after_one if number == "1" else unit.after)


def working(figure: Figure) -> str:
    """Return a figure as in shown work: all its decimals, or six significant digits, cut off, and an ellipsis.

    >>> from calc.arithmetic.units import MG, figure
    >>> working(figure("6777/55", MG)), working(figure("1728", MG))
    ('123.218... mg', '1,728 mg')
    """
    above, below = figure.numerator, figure.denominator
    ending = _ENDING.get(below)
    if ending is not None:
        text = with_point(above * ending[1], ending[0])
        if len(text) <= LONGEST_WORKED:
            return printed(text, figure.unit)
    size = abs(above)
    decimals = decimals_of(size, below, 6)
    cut = size * 10**decimals // below
    while size > below and decimals and cut % 10**decimals == 0:  # the whole number that it exceeds
        decimals += 1
        cut = size * 10**decimals // below
    return printed(f"{'-' if above < 0 else ''}{with_point(cut, decimals)}...", figure.unit)


def plain(figure: Figure) -> str:
    """Return a typed or whole figure in full, with its unit; one that never ends, to four significant digits.

    >>> from calc.arithmetic.units import MG, figure
    >>> plain(figure("4.5", MG))
    '4.5 mg'
    """
    text = decimal(figure)
    return printed(text if text is not None else significant(figure, 4), figure.unit)
