"""Figures of the record as texts with their unit, exact: "0.432 g", "40662/11 mg", "30 capsules"; and back."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from calc.arithmetic import notation
from calc.arithmetic.units import CAPSULE, RATIO, TABLET, TYPED_UNITS, Figure, Unit, figure
from calc.reading.numbers import joined

_COUNTED = {"capsules": CAPSULE, "tablets": TABLET, "pieces": RATIO}
_NAMES: dict[Unit, str] = {unit: name for name, unit in TYPED_UNITS.items() if name != "ug"}
_NAMES |= {unit: name for name, unit in _COUNTED.items()}
_UNITS = {**TYPED_UNITS, **_COUNTED}


def written(amount: Figure) -> str:
    """Return a figure as an event holds it.

    >>> from calc.arithmetic.units import MG
    >>> written(figure("40662/11", MG)), written(figure(30, CAPSULE))
    ('40662/11 mg', '30 capsules')
    """
    return f"{notation.exact(amount)} {_NAMES[amount.unit]}"


@lru_cache(maxsize=4096)
def read(text: str) -> Figure:
    """Return the figure in a text of an event; the inverse of `written`.

    >>> read("0.480 g")
    Figure(value=Fraction(12, 25), unit=Unit('g'))
    """
    number, _, unit = text.partition(" ")
    return figure(Fraction(number), _UNITS[unit])


def as_typed(number: str, unit: str) -> str:
    """Return a quantity that was read from two boxes as an event holds it, with every digit that was typed.

    >>> as_typed(" 0.480", "g"), as_typed("480 mg", "g")
    ('0.480 g', '480 mg')
    """
    return " ".join(joined(number, unit).split())


def read_or_none(text: str | None) -> Figure | None:
    """Return the figure in a text of an event; None for None or a blank."""
    return read(text) if text else None


def written_or_none(amount: Figure | None) -> str | None:
    """Return a figure as an event holds it; None for None."""
    return None if amount is None else written(amount)
