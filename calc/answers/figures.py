"""Figures as an answer shows them: rounded in their unit, as printed, and exact; each distinct one is written once."""

from __future__ import annotations

from typing import Any, NamedTuple

from calc.answers.contract import Shown
from calc.arithmetic import notation
from calc.arithmetic.roots import Root
from calc.arithmetic.units import MG, MG_PER_CAPSULE, MG_PER_TABLET, PERCENT, RATIO, Figure, G
from calc.arithmetic.written_once import written_once
from calc.wording.steps import STRENGTH_AFTER


class Texts(NamedTuple):
    """The texts of one figure."""

    value: str
    unit: str
    text: str
    exact: str

    def shown(self) -> Shown:
        """Return the texts by name, in a new dictionary."""
        unit: Any = self.unit
        return {"value": self.value, "unit": unit, "text": self.text, "exact": self.exact}


def as_shown(figure: Figure, number: str, text: str | None = None) -> Shown:
    """Return a figure under the number given; if a nonzero one would show as zero, its text is "below" a bound."""
    return _texts(figure, number, text).shown()


def _texts(figure: Figure, number: str, text: str | None = None) -> Texts:
    code, exact = figure.unit.code, notation.exact(figure)
    unit = MG if figure.unit in (MG_PER_CAPSULE, MG_PER_TABLET) else figure.unit
    if figure.numerator != 0 and not number.strip("-0."):
        least = "0." + "0" * (len(number.partition(".")[2]) - 1) + "1" if "." in number else "1"
        return Texts(notation.significant(figure, 1), code, f"below {notation.with_unit(least, unit)}", exact)
    return Texts(number, code, notation.with_unit(notation.grouped(number), unit) if text is None else text, exact)


@written_once
def on_display(mass: Figure, decimals: int) -> str:
    """Return a mass as the balance displays it, in grams with the balance's decimals."""
    return notation.fixed(mass.to(G), decimals)


@written_once
def in_grams(mass: Figure, number: str) -> Texts:
    """Return a mass in grams, shown as this number."""
    return _texts(mass.to(G), number)


@written_once
def in_capsule(mass: Figure, decimals: int) -> Texts:
    """Return a mass in one capsule to this number of decimals, without trailing zeros."""
    number = notation.fixed(mass, decimals)
    below = mass.numerator != 0 and not number.strip("-0.")
    return _texts(mass, number if below else notation.trimmed(number))


def amount(figure: Figure) -> Shown:
    """Return an amount of drug or a count: in full if short, otherwise to four significant digits."""
    return _amount(figure).shown()


@written_once
def _amount(figure: Figure) -> Texts:
    text = notation.decimal(figure)
    if text is None or len(text) > 12:
        text = notation.significant(figure, 4)
    return _texts(figure, text)


def dose(figure: Figure) -> Shown:
    """Return a dose, to four significant digits."""
    return _dose(figure).shown()


@written_once
def _dose(figure: Figure) -> Texts:
    return _texts(figure, notation.significant(figure, 4))


def share(figure: Figure, digits: int = 4) -> Shown:
    """Return a fraction as a ratio to `digits` significant digits, printed as a percentage."""
    return _share(figure, digits).shown()


@written_once
def _share(figure: Figure, digits: int) -> Texts:
    ratio = figure.to(RATIO)
    percent, number = (notation.significant(part, digits) for part in (figure.to(PERCENT), ratio))
    return _texts(ratio, number, f"{notation.grouped(percent)} %")


def strength_after(figure: Figure) -> Shown:
    """Return the drug in one part of a trituration, printed as "1 mg in" the mass that holds it."""
    parts = notation.with_unit(notation.grouped(notation.significant(1 / figure.value, 4)), MG)
    return as_shown(figure, notation.significant(figure, 4), STRENGTH_AFTER.format(parts=parts))


def deviation(figure: Figure) -> Shown:
    """Return a deviation to 0.01 %, with its sign."""
    return _deviation(figure).shown()


@written_once
def _deviation(figure: Figure) -> Texts:
    percent = notation.trimmed(notation.fixed(figure.to(PERCENT), 2))
    exact = notation.exact(figure)
    if figure.numerator != 0 and percent in {"0", "-0"}:
        return Texts(notation.significant(figure, 1), "1", "below 0.01 %", exact)
    text = f"+{percent} %" if figure.numerator > 0 else f"{percent} %"
    return Texts(notation.trimmed(notation.fixed(figure, 4)), "1", text, exact)


#: Significant digits of a spread: more than two would be meaningless.
SPREAD_DIGITS = 2


def root_share(root: Root) -> Shown:
    """Return a root that is a fraction, printed as a percentage; `exact` keeps it as a root."""
    return _root_share(Figure(root.square, root.unit)).shown()


@written_once
def _root_share(square: Figure) -> Texts:
    root = Root(square.value, square.unit)
    percent = notation.grouped(root.to(PERCENT).significant(SPREAD_DIGITS))
    return Texts(root.significant(SPREAD_DIGITS), "1", f"{percent} %", root.exact())
