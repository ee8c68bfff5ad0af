"""Parsers of typed numbers and quantities: one strict pattern with a bounded number of digits.

Text that does not fit the pattern is refused with a code for what was seen.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from calc.arithmetic.units import TYPED_UNITS, Figure, in_lowest_terms

NUMBER = re.compile(r"(?:0|[1-9][0-9]{0,6})(?:\.[0-9]{1,6})?", re.ASCII)
QUANTITY = re.compile(rf"({NUMBER.pattern}) +({'|'.join(map(re.escape, TYPED_UNITS))})", re.ASCII)
LONGEST = 200
_UNITS_IN_ANY_CASE = {unit.lower(): unit for unit in TYPED_UNITS}
_SIGNS = "+-\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"
#: Units as people write them, known to us or not: tells "5 mg" in a number box from a slip such as "1O".
_UNIT_WORD = re.compile(
    r"\d[\d.,]*\s*(?:%|[kmu\u00b5\u03bcn]?g|mcg|[mucd]?l|[kmun]?iu|tab(?:let)?s?|cap(?:sule)?s?|days?)(?:\s*/.*)?",
    re.ASCII | re.IGNORECASE,
)
#: Tried in this order on text that the number pattern refuses; the first match names the fault.
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
    """The typed text is not an acceptable number or quantity; `code` says why, `facts` hold the text, shortened."""

    def __init__(self, code: str, typed: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts: dict[str, object] = {"typed": shortened(typed.strip(" ")), **facts}


def shortened(typed: str, longest: int = 40) -> str:
    """Make typed text fit for display: name hidden characters, cut long text and add an ellipsis."""
    return hidden_named(typed if len(typed) <= longest else typed[:longest] + "...")


def hidden_named(text: str, besides: str = "") -> str:
    """Return text with each hidden character named by its number, except for some.

    >>> hidden_named("do" + chr(27) + "se")
    'do[U+001B]se'
    """
    return "".join(c if c in besides or not is_hidden(c) else f"[U+{ord(c):04X}]" for c in text)


def is_hidden(character: str) -> bool:
    """Return True if a character is invisible or can reverse text: controls, direction marks, odd spaces."""
    return character != " " and unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"}


def holds_hidden(text: str) -> bool:
    """Return True if any character of the text is hidden; in printable ASCII, the usual case, none is."""
    return not (text.isascii() and text.isprintable()) and any(map(is_hidden, text))


def _visible(text: str) -> str:
    """Strip ASCII spaces from the ends of a text; refuse hidden characters, and blank or overlong text."""
    stripped = text.strip(" ")
    if len(stripped) > LONGEST:
        raise Unreadable("too_many_digits", text)
    if holds_hidden(stripped):
        raise Unreadable("hidden_character", text)
    if not stripped:
        raise Unreadable("required", text)
    return stripped


def read_number(text: str) -> Fraction:
    """Parse `text` as an exact number, ignoring ASCII spaces at both ends.

    Raises `Unreadable` with a code for anything but up to seven digits and up to six decimals.

    >>> read_number(" 4.5 ")
    Fraction(9, 2)
    """
    stripped = _visible(text)
    if NUMBER.fullmatch(stripped):
        return Fraction(stripped)
    raise Unreadable(_number_fault(stripped), text)


def parted(typed: str) -> tuple[str, str] | None:
    """Return number and unit of a whole quantity typed where only its number was asked for; None for anything else.

    >>> parted(" 4500 mcg "), parted("4.5"), parted("4.5mg")
    (('4500', 'mcg'), None, None)
    """
    match = QUANTITY.fullmatch(typed.strip(" "))
    return (match[1], match[2]) if match else None


def joined(number: str, unit: str) -> str:
    """Return the text of a quantity from two boxes; a unit typed beside the number is the one that was meant.

    >>> joined("4.5", "mg"), joined("4500 mcg", "mg"), joined("4.5 MG", "mg")
    ('4.5 mg', '4500 mcg', '4.5 MG')
    """
    typed = number.strip(" ")
    alone, _, word = typed.rpartition(" ")
    return typed if alone and word.lower() in _UNITS_IN_ANY_CASE else f"{number} {unit}"


#: What parts the numbers of a list: a semicolon, or white space with or without a comma before it. A comma within a
#: number is left to it.
_BETWEEN = re.compile(r"[ \t\r\n]*;[ \t\r\n]*|,?[ \t\r\n]+")
_AROUND = " \t\r\n;,"


def numbers_in(typed: str) -> list[str]:
    """Return the numbers of a list in one box, each as it was typed.

    >>> numbers_in("185, 186.5;187 ")
    ['185', '186.5', '187']
    """
    return _BETWEEN.split(typed.strip(_AROUND))


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
    """Parse `text` as an exact quantity: a number, one or more spaces, a unit of `TYPED_UNITS`; `LONGEST` in all.

    Raises `Unreadable` with the fault of the number, or `unit_missing` or `unit_unknown`.

    >>> str(read_quantity("0.480 g").value)
    '12/25'
    """
    stripped = text.strip(" ")
    if len(stripped) > LONGEST >= len(stripped.replace(" ", "")):
        raise Unreadable("text_too_long", text, longest=LONGEST)
    match = QUANTITY.fullmatch(stripped)
    if match:
        whole, _, decimals = match[1].partition(".")
        return in_lowest_terms(int(whole + decimals), 10 ** len(decimals), TYPED_UNITS[match[2]])
    _visible(text)
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
