"""Numbers and doses in words: the order echoed so that a slip in a decimal point or a unit is noticed."""

from __future__ import annotations

from calc.arithmetic.notation import decimal
from calc.arithmetic.units import MCG, MG, Figure, G

DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
UNITS = {G: ("gram", "grams"), MG: ("milligram", "milligrams"), MCG: ("microgram", "micrograms")}
MOST = 9_999_999

CAPSULES = "{count} capsules, each {dose}"
ONE_CAPSULE = "One capsule, {dose}"


def count_in_words(count: int) -> str:
    """Return a whole number from 0 to 9,999,999 in words; raises `ValueError` for any other.

    >>> count_in_words(30), count_in_words(365)
    ('thirty', 'three hundred and sixty-five')
    >>> count_in_words(1005)
    'one thousand and five'
    """
    if not 0 <= count <= MOST:
        raise ValueError(count)
    if count < 20:
        return (*DIGITS, *_TEENS)[count]
    if count < 100:
        tens, ones = divmod(count, 10)
        return f"{_TENS[tens]}-{DIGITS[ones]}" if ones else _TENS[tens]
    scales = ((10**6, "million"), (1000, "thousand"), (100, "hundred"))
    scale, name = next((scale, name) for scale, name in scales if scale <= count)
    times, rest = divmod(count, scale)
    words = f"{count_in_words(times)} {name}"
    if not rest:
        return words
    return f"{words} and {count_in_words(rest)}" if rest < 100 else f"{words} {count_in_words(rest)}"


def mass_in_words(mass: Figure) -> str:
    """Return a mass in words, digit by digit after the point, with its unit in full.

    Raises `ValueError` if the mass is not a finite decimal in g, mg or mcg.

    >>> from calc.arithmetic.units import figure
    >>> mass_in_words(figure("4.5", MG)), mass_in_words(figure("0.05", MG)), mass_in_words(figure("50", MCG))
    ('four point five milligrams', 'zero point zero five milligrams', 'fifty micrograms')
    """
    text = decimal(mass.value)
    if text is None or mass.unit not in UNITS:
        raise ValueError(mass)
    before, _, after = text.partition(".")
    words = count_in_words(int(before))
    if after:
        words = f"{words} point {' '.join(DIGITS[int(digit)] for digit in after)}"
    return f"{words} {UNITS[mass.unit][text != '1']}"


def order_in_words(capsules: int, dose: Figure) -> str:
    """Return an order in words.

    >>> from calc.arithmetic.units import figure
    >>> order_in_words(30, figure("4.5", MG))
    'Thirty capsules, each four point five milligrams'
    """
    if capsules == 1:
        return ONE_CAPSULE.format(dose=mass_in_words(dose))
    return CAPSULES.format(count=count_in_words(capsules).capitalize(), dose=mass_in_words(dose))
