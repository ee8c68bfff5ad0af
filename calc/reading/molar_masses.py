"""Molar masses as they are typed: a number and g/mol, which is a unit of these fields alone."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic_core import PydanticCustomError

from calc.arithmetic.notation import decimal
from calc.arithmetic.units import G_PER_MOL, Figure
from calc.reading.fields import Reader, refuse
from calc.reading.numbers import NUMBER, Unreadable, read_quantity, shortened

_UNIT, _PER_MOLE = G_PER_MOL.one, "/mol"


def molar_mass_in(given: Any) -> Figure:
    """Parse a molar mass. Raises `PydanticCustomError` with the code of its fault.

    >>> molar_mass_in("377.86 g/mol")
    Figure(value=Fraction(18893, 50), unit=Unit('g/mol'))
    """
    if isinstance(given, Figure):
        return given
    if not isinstance(given, str):
        raise refuse("wrong_type", expected="quantity")
    typed = given.strip(" ")
    per_mole = typed.rpartition(" ")[2] == _UNIT
    try:
        quantity = read_quantity(typed.removesuffix(_PER_MOLE) if per_mole else typed)
    except Unreadable as fault:
        facts = fault.facts if "units" not in fault.facts else {**fault.facts, "units": _UNIT}
        raise refuse(fault.code, **facts) from fault
    if not per_mole:
        raise refuse("wrong_dimension", typed=shortened(typed), wanted=_UNIT)
    if quantity.numerator == 0:
        raise refuse("zero_not_allowed", typed=shortened(typed))
    return quantity.read_as(G_PER_MOL)


def peek_molar_mass(given: Any) -> Figure | None:
    """Return the molar mass in a field, or None if it cannot be parsed (its own fault says so)."""
    try:
        return molar_mass_in(given)
    except PydanticCustomError:
        return None


def _written(mass: Figure) -> str:
    return f"{decimal(mass)} {_UNIT}"


#: The molar mass of one chemical form.
MolarMass = Annotated[
    Figure,
    Reader(
        molar_mass_in,
        {"type": "string", "pattern": rf"^ *{NUMBER.pattern} +{_UNIT} *$", "examples": ["377.86 g/mol"]},
        _written,
        G_PER_MOL,
    ),
]
