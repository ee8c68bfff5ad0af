"""How a number is read from a person, and how one is written for a person: the only place that does either.

Reading: one strict pattern, length checked first; whatever does not fit it gets a code that says what was seen.
Writing: a point for decimals, a zero before it, none trailing; commas from 1,000; a space before the unit; and
nothing that is not zero is ever written as zero.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from functools import lru_cache
from typing import Protocol

from calc.arithmetic.units import RATIO, TYPED_UNITS, Figure, Unit
from calc.arithmetic.written_once import KEPT, written_once

NUMBER = re.compile(r"(?:0|[1-9][0-9]{0,6})(?:\.[0-9]{1,6})?", re.ASCII)
QUANTITY = re.compile(rf"({NUMBER.pattern}) +({'|'.join(map(re.escape, TYPED_UNITS))})", re.ASCII)
LONGEST = 200
#: The longest number that shown work gives in full.
LONGEST_WORKED = 12

_SIGNS = "+-\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"
#: What people write for units, known to us or not: it tells "5 mg" in a number box from a slip such as "1O".
_UNIT_WORD = re.compile(
    r"\d[\d.,]*\s*(?:%|[kmu\u00b5\u03bcn]?g|mcg|[mucd]?l|[kmun]?iu|tab(?:let)?s?|cap(?:sule)?s?|days?)(?:\s*/.*)?",
    re.ASCII | re.IGNORECASE,
)
#: Tried in this order on what the number pattern refuses; the first that fits names the fault.
_WRITTEN_WRONG = (
    ("exponent_not_allowed", re.compile(r"\d+(?:\.\d*)?e[+-]?\d+", re.ASCII | re.IGNORECASE)),
    ("thousands_separator", re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?|\d+(?: \d+)+(?:[.,]\d+)?", re.ASCII)),
    ("decimal_comma", re.compile(r"[\d.]*,[\d.,]*", re.ASCII)),
    ("unit_in_number", _UNIT_WORD),
    ("leading_zero", re.compile(r"0\d+(?:\.\d+)?", re.ASCII)),
    ("too_many_digits", re.compile(r"\d{8,}(?:\.\d+)?", re.ASCII)),
    ("too_many_decimals", re.compile(r"\d+\.\d{7,}", re.ASCII)),
)


class Unreadable(Exception):
    """What was typed is not a number or quantity we take; `code` says why, `typed` is what was seen, shortened."""

    def __init__(self, code: str, typed: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts: dict[str, object] = {"typed": shortened(typed.strip(" ")), **facts}


def shortened(typed: str, longest: int = 40) -> str:
    """What was typed, fit to be shown again: hidden characters named, long text cut with an ellipsis."""
    cut = typed if len(typed) <= longest else typed[:longest] + "..."
    return "".join(c if not is_hidden(c) else f"[U+{ord(c):04X}]" for c in cut)


def is_hidden(character: str) -> bool:
    """Whether a character cannot be seen or can turn text around: controls, marks of direction, odd spaces."""
    return character != " " and unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"}


def holds_hidden(text: str) -> bool:
    """Whether any character of the text is hidden; in printable ASCII, as most is, none can be."""
    return not (text.isascii() and text.isprintable()) and any(map(is_hidden, text))


def _visible(text: str) -> str:
    """The text without ASCII spaces at its ends; refuses hidden characters and what is blank or far too long."""
    if len(text) > LONGEST:
        raise Unreadable("too_many_digits", text)
    stripped = text.strip(" ")
    if holds_hidden(stripped):
        raise Unreadable("hidden_character", text)
    if not stripped:
        raise Unreadable("required", text)
    return stripped


def read_number(text: str) -> Fraction:
    """The exact number that `text` writes, ASCII spaces at both ends aside.

    Raises `Unreadable` with a code for anything but up to seven digits and up to six decimals.

    >>> read_number(" 4.5 ")
    Fraction(9, 2)
    """
    stripped = _visible(text)
    if NUMBER.fullmatch(stripped):
        return Fraction(stripped)
    raise Unreadable(_number_fault(stripped), text)


def _number_fault(text: str) -> str:
    if any(c.isdigit() and not c.isascii() for c in text):
        return "non_ascii_digit"
    unsigned = text.lstrip(_SIGNS)
    if unsigned.lower() in {"inf", "infinity", "nan", "snan"}:
        return "not_a_number"
    if unsigned != text and NUMBER.fullmatch(unsigned):
        return "zero_not_allowed" if Fraction(unsigned) == 0 else "sign_not_allowed"
    for code, pattern in _WRITTEN_WRONG:
        if pattern.fullmatch(text):
            return code
    return "number_format"


def read_quantity(text: str) -> Figure:
    """The exact quantity that `text` writes: a number, one or more spaces, a unit of the closed list.

    Raises `Unreadable` with the fault of the number, or `unit_missing` or `unit_unknown`.

    >>> str(read_quantity("0.480 g").value)
    '12/25'
    """
    match = QUANTITY.fullmatch(text.strip(" "))
    if match:
        return Figure(Fraction(match[1]), TYPED_UNITS[match[2]])
    stripped = _visible(text)
    number, _, unit = stripped.rpartition(" ")
    number = number.strip(" ")
    if unit in TYPED_UNITS and number:
        read_number(number)
    if unit in TYPED_UNITS and not number:
        raise Unreadable("required", text)
    if number and NUMBER.fullmatch(number) and not re.fullmatch(r"[\d.,]+", unit):
        raise Unreadable("unit_unknown", unit, units=" ".join(dict.fromkeys(TYPED_UNITS)))
    read_number(stripped)
    raise Unreadable("unit_missing", text, units=" ".join(dict.fromkeys(TYPED_UNITS)))


class Number(Protocol):
    """What can be written: a Fraction, a whole number, a Figure without its unit."""

    @property
    def numerator(self) -> int:
        """Above the line."""

    @property
    def denominator(self) -> int:
        """Below it; positive."""


def decimal(value: Number) -> str | None:
    """The whole decimal expansion of a number, or None where it never ends.

    >>> decimal(Fraction(9, 2)), decimal(Fraction(1, 3))
    ('4.5', None)
    """
    if value.denominator == 1:
        return str(value.numerator)
    places = _places(value.denominator)
    return None if places is None else fixed(value, places)


@lru_cache(maxsize=KEPT)
def _places(denominator: int) -> int | None:
    """The decimals of a number with this denominator in lowest terms, or None where they never end."""
    twos, fives = (denominator & -denominator).bit_length() - 1, 0
    rest = denominator >> twos
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def exact(value: Number) -> str:
    """A number unrounded: a decimal where that ends, a fraction "n/d" otherwise."""
    return decimal(value) or f"{value.numerator}/{value.denominator}"


def half_up(above: int, below: int) -> int:
    """The whole number nearest to `above` over `below`, which is positive; a half goes away from zero, as on paper.

    >>> half_up(5, 2), half_up(-5, 2), half_up(-7, 5)
    (3, -3, -1)
    """
    whole = (2 * abs(above) + below) // (2 * below)
    return whole if above >= 0 else -whole


def fixed(value: Number, decimals: int) -> str:
    """A number rounded half up to so many decimals, all of them written."""
    return with_point(half_up(value.numerator * 10**decimals, value.denominator), decimals)


def with_point(whole: int, decimals: int) -> str:
    """A whole number with its point so many digits from the right."""
    if decimals == 0:
        return str(whole)
    sign, digits = ("-" if whole < 0 else ""), str(abs(whole)).rjust(decimals + 1, "0")
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}"


def significant(value: Number, digits: int) -> str:
    """A number rounded half up to so many significant digits, without trailing zeros.

    >>> significant(Fraction(44989, 10000), 4), significant(Fraction(1, 30000), 2)
    ('4.499', '0.000033')
    """
    return trimmed(fixed(value, decimals_for(value, digits)))


def decimals_for(value: Number, digits: int) -> int:
    """How many decimals show so many significant digits of `value`; never fewer than none."""
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
    """A decimal without zeros at its end."""
    return text.rstrip("0").removesuffix(".") if "." in text else text


def grouped(text: str) -> str:
    """A plain decimal with commas from 1,000.

    >>> grouped("40662.5")
    '40,662.5'
    """
    whole, point, decimals = text.partition(".")
    if len(whole) <= 3:
        return text
    return f"{int(whole):,}{point}{decimals}"


def with_unit(number: str, unit: Unit) -> str:
    """A written number with the name of its unit behind a space; a bare ratio stays bare."""
    if unit is RATIO:
        return number
    return f"{number} {unit.one if number == '1' else unit.many}"


@written_once
def working(figure: Figure) -> str:
    """A figure as it stands in shown work: all its decimals, or six significant ones and an ellipsis.

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
    """A figure that was typed or is whole, written in full with its unit.

    >>> from calc.arithmetic.units import MG, figure
    >>> plain(figure("4.5", MG))
    '4.5 mg'
    """
    text = decimal(figure)
    return with_unit(grouped(text if text is not None else significant(figure, 4)), figure.unit)
