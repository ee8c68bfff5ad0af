"""Figures as an answer shows them: rounded in their unit, as printed, and exact."""

from __future__ import annotations

from typing import Any

from calc.answers.contract import Shown
from calc.arithmetic import notation
from calc.arithmetic.roots import Root
from calc.arithmetic.units import MG, MG_PER_CAPSULE, MG_PER_TABLET, RATIO, Figure, Unit
from calc.wording.steps import STRENGTH_AFTER

#: Significant digits of a spread: more than two would be meaningless.
SPREAD_DIGITS = 2
#: A dose that is met exactly; like all that is shared in an answer, it is never changed.
_NO_DEVIATION: Shown = {"value": "0", "unit": "1", "text": "0 %", "exact": "0"}
#: A mass in one capsule or one tablet is printed in mg.
_PRINTED: dict[Unit, Unit] = {MG_PER_CAPSULE: MG, MG_PER_TABLET: MG}


def as_shown(figure: Figure, number: str, text: str | None = None) -> Shown:
    """Return a figure under the number given; if a nonzero one would show as zero, its text is "below" a bound."""
    unit: Any = figure.unit
    printed = _PRINTED.get(unit, unit)
    if number[-1] == "0" and figure.numerator and looks_zero(number):
        least = "0." + "0" * (len(number.partition(".")[2]) - 1) + "1" if "." in number else "1"
        number, text = notation.significant(figure, 1), f"below {notation.with_unit(least, printed)}"
    elif text is None:
        text = notation.printed(number, printed)
    return {"value": number, "unit": unit.code, "text": text, "exact": notation.exact(figure)}


def looks_zero(number: str) -> bool:
    """Return True if a written number has no digit but zeros.

    >>> looks_zero("-0.00"), looks_zero("0.01")
    (True, False)
    """
    return not number.strip("-0.")


def amount(figure: Figure) -> Shown:
    """Return an amount of drug or a count: in full if short, otherwise to four significant digits."""
    return as_shown(figure, number_of(figure))


def number_of(figure: Figure) -> str:
    """Return the number of an amount, without its unit."""
    return notation.in_short(figure, 12) or notation.significant(figure, 4)


def dose(figure: Figure) -> Shown:
    """Return a dose, to four significant digits."""
    return as_shown(figure, notation.significant(figure, 4))


def share(figure: Figure, digits: int = 4) -> Shown:
    """Return a fraction as a ratio to `digits` significant digits, printed as a percentage."""
    ratio = figure.to(RATIO)
    number, percent = notation.ratio_and_percent(ratio.numerator, ratio.denominator, digits)
    if "." not in percent:
        percent = notation.counted(ratio, digits, times=100)
    return as_shown(ratio, number, f"{notation.grouped(percent)} %")


def strength_after(figure: Figure) -> Shown:
    """Return the drug in one part of a trituration, printed as "1 mg in" the mass that holds it."""
    parts = notation.printed(notation.significant(1 / figure.value, 4), MG)
    return as_shown(figure, notation.significant(figure, 4), STRENGTH_AFTER.format(parts=parts))


def deviation(figure: Figure) -> Shown:
    """Return a deviation to 0.01 %, with its sign."""
    if not figure.numerator:
        return _NO_DEVIATION
    hundredths = notation.half_up(figure.numerator * 10**4, figure.denominator)
    if not hundredths:
        number, text = notation.significant(figure, 1), "below 0.01 %"
    else:
        number = notation.trimmed(notation.with_point(hundredths, 4))
        text = f"{'+' if hundredths > 0 else ''}{notation.trimmed(notation.with_point(hundredths, 2))} %"
    return {"value": number, "unit": "1", "text": text, "exact": notation.exact(figure)}


def root_share(root: Root) -> Shown:
    """Return a root that is a fraction, printed as a percentage; `exact` keeps it as a root."""
    number, percent = root.as_ratio_and_percent(SPREAD_DIGITS)
    return {"value": number, "unit": "1", "text": f"{notation.grouped(percent)} %", "exact": root.exact()}
