"""How numbers, quantities, dates and texts are read: strict patterns, one fault code each."""

import calendar
import re
import unicodedata
from datetime import date
from fractions import Fraction

from tests.second_engine.tables import MASS_UNITS, VOLUME_UNITS

GRAMMAR = re.compile(r"(0|[1-9][0-9]{0,6})(\.[0-9]{1,6})?")
LOOSE = re.compile(r"(0|[1-9][0-9]*)(\.([0-9]+))?")
EXPONENT = re.compile(r"[0-9]+(\.[0-9]*)?[eE][+-]?[0-9]+")
THOUSANDS = re.compile(r"[0-9]{1,3}([, '][0-9]{3})+(\.[0-9]+)?")
COMMA = re.compile(r"[0-9.]*,[0-9]*")
LEADING = re.compile(r"0[0-9]+(\.[0-9]*)?")
WITH_UNIT = re.compile(r"[0-9]+(\.[0-9]+)? *(g|mg|mcg|ug|mL|L|%|day|\u00b5g|\u03bcg)")
NOT_NUMBERS = frozenset(("nan", "inf", "infinity"))
SIGNS = "+-\u2010\u2011\u2012\u2013\u2014\u2212"
DIMENSIONS = dict.fromkeys(MASS_UNITS, "mass") | {"mL": "volume", "L": "volume", "%": "ratio", "day": "time"}
SCALES = MASS_UNITS | VOLUME_UNITS
HIDDEN = frozenset(("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"))
FULL_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
#: As packs print a month, and as GS1 writes one: the last day counts.
PRINTED_MONTH = re.compile(r"([0-9]{2})/(20)?([0-9]{2})")
MONTH_WITHOUT_DAY = re.compile(r"([0-9]{4}-[0-9]{2})-00")
FIRST_DAY = date(2000, 1, 1)
LAST_DAY = date(2100, 12, 31)


def has_hidden(text: str) -> bool:
    """Whether a character is invisible, or white space other than the ASCII space."""
    if text.isascii():
        return not text.isprintable()
    return any(
        unicodedata.category(char) in HIDDEN or (char != " " and unicodedata.category(char) == "Zs") for char in text
    )


def number_fault(text: str) -> str | None:
    """Code of what is wrong with a number as typed, or None."""
    if not text:
        return "required"
    if GRAMMAR.fullmatch(text):
        return None
    loose = LOOSE.fullmatch(text)
    if loose:
        return "too_many_digits" if len(loose[1]) > 7 else "too_many_decimals"
    return _shape_fault(text)


def _shape_fault(text: str) -> str:
    """Code for a text that is not a plain number at all."""
    bare = text.lstrip(SIGNS)
    if bare != text and (LOOSE.fullmatch(bare) or LEADING.fullmatch(bare)):
        return "sign_not_allowed" if bare.strip("0.") else "zero_not_allowed"
    if bare.lower() in NOT_NUMBERS:
        return "not_a_number"
    if any(char.isdigit() and not char.isascii() for char in text):
        return "non_ascii_digit"
    shapes = (
        (EXPONENT, "exponent_not_allowed"),
        (THOUSANDS, "thousands_separator"),
        (COMMA, "decimal_comma"),
        (LEADING, "leading_zero"),
        (WITH_UNIT, "unit_in_number"),
    )
    return next((code for shape, code in shapes if shape.fullmatch(text)), "number_format")


def read_quantity(text: str, dimension: str, zero: bool) -> tuple[Fraction | None, str | None]:
    """Read "4.5 mg" as (value in mg, mL or %, None), or (None, fault code)."""
    text = text.strip(" ")
    if not text:
        return None, "required"
    if has_hidden(text):
        return None, "hidden_character"
    number, _, unit = text.rpartition(" ")
    if not number:
        number, unit = ("", text) if text in DIMENSIONS else (text, "")
    elif unit[0].isdigit():
        number, unit = text, ""
    number = number.rstrip(" ")
    fault = number_fault(number)
    if fault is None and not unit:
        fault = "unit_missing"
    if fault is None and unit not in DIMENSIONS:
        fault = "unit_unknown"
    if fault is None and DIMENSIONS[unit] != dimension:
        fault = "wrong_dimension"
    if fault is None and not zero and not number.strip("0."):
        fault = "zero_not_allowed"
    if fault is not None:
        return None, fault
    return Fraction(number) * SCALES.get(unit, 1), None


def read_date(text: str, month: bool) -> tuple[date | None, str | None]:
    """Read an ISO date, or a month as its last day where allowed."""
    if not text.strip(" "):
        return None, "required"
    if month and (printed := PRINTED_MONTH.fullmatch(text)):
        text = f"20{printed[3]}-{printed[1]}"
    if month and (without := MONTH_WITHOUT_DAY.fullmatch(text)):
        text = without[1]
    try:
        if FULL_DATE.fullmatch(text):
            day = date.fromisoformat(text)
        elif month and MONTH.fullmatch(text):
            year, number = int(text[:4]), int(text[5:])
            day = date(year, number, calendar.monthrange(year, number)[1])
        else:
            return None, "date_format"
    except ValueError:
        return None, "no_such_day"
    if not FIRST_DAY <= day <= LAST_DAY:
        return None, "out_of_range"
    return day, None
