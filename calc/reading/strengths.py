"""Strength and dose of a liquid as written: a mass in 1 mL or in a volume, or per cent; a mass, or its volume."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple

from pydantic import AfterValidator

from calc import limits
from calc.arithmetic.notation import plain
from calc.arithmetic.units import MG, ML, PERCENT, TYPED_UNITS, Figure, figure, same_kind
from calc.reading.fields import Reader, canonical, pattern_of, quantity_in, refuse
from calc.reading.numbers import NUMBER, shortened

#: What stands between a mass and the volume that holds it.
PER = "/"
#: The fields that take a unit with a stroke, by their names in a query.
_WITH_A_STROKE = frozenset({"strength", "forms-dose_molar_mass", "forms-source_molar_mass"})
_ONE_ML = figure(1, ML)
#: Mg in 1 mL of each per cent weight in volume: 1 g in 100 mL.
_MG_PER_PERCENT = 10


class Strength(NamedTuple):
    """A strength as typed: a mass in a volume, or per cent weight in volume (`volume` is then 1 mL, too)."""

    stated: Figure
    volume: Figure = _ONE_ML

    @property
    def in_one_ml(self) -> Figure:
        """The mass of drug in 1 mL."""
        if self.stated.unit is PERCENT:
            return Figure(self.stated.value * _MG_PER_PERCENT, MG)
        return Figure(self.stated.to(MG).value / self.volume.to(ML).value, MG)

    @property
    def is_mass(self) -> bool:
        """True for a mass in 1 mL, the form that was there first."""
        return self.stated.unit is not PERCENT and self.volume == _ONE_ML

    def __str__(self) -> str:
        """Return the strength as a normalized order writes it.

        >>> str(Strength(figure("0.025", TYPED_UNITS["g"]), figure("0.005", TYPED_UNITS["L"])))
        '25 mg/5 mL'
        """
        stated = canonical(self.stated)
        return stated if self.volume == _ONE_ML else f"{stated}{PER}{canonical(self.volume)}"


def strength_in(given: Any) -> Strength:
    """Parse a strength. Raises `PydanticCustomError` with the code of its fault.

    >>> strength_in("25 mg/5 mL").in_one_ml, strength_in("2 %").in_one_ml
    (Figure(value=Fraction(5, 1), unit=Unit('mg')), Figure(value=Fraction(20, 1), unit=Unit('mg')))
    """
    if isinstance(given, Strength):
        return given
    if not isinstance(given, str) or PER not in given:
        percent = isinstance(given, str) and given.rstrip(" ").endswith(PERCENT.many)
        return Strength(quantity_in(given, PERCENT if percent else MG))
    mass, _, volume = given.partition(PER)
    if PER in volume:
        raise refuse("number_format", typed=shortened(given.strip(" ")))
    stated = quantity_in(mass, MG)
    if volume.strip(" ") in _VOLUMES:
        volume = f"1 {volume.strip(' ')}"
    return Strength(stated, quantity_in(volume, ML))


_VOLUMES = tuple(name for name, unit in TYPED_UNITS.items() if same_kind(unit, ML))


def parted_as(name: str, typed: str) -> tuple[str, str] | None:
    """Return number and unit of a strength typed whole as a mass in a volume, or of a molar mass; None for the rest.

    `name` is that of the field in a query.

    >>> parted_as("strength", "25 mg/5 mL"), parted_as("strength", "5 mg/mL"), parted_as("dose", "5 mg/mL")
    (('25', 'mg/5 mL'), ('5', 'mg/mL'), None)
    """
    if name not in _WITH_A_STROKE or PER not in typed:
        return None
    number, _, unit = typed.strip(" ").partition(" ")
    unit = unit.strip(" ")
    return (number, unit) if NUMBER.fullmatch(number) and unit else None


def _in_range(strength: Strength) -> Strength:
    """Check the drug in 1 mL against the range of a strength, and the volume against the most that is made."""
    low, high = limits.STRENGTH_VOLUME_LOW.value, limits.STRENGTH_VOLUME_HIGH.value
    if not low <= strength.volume <= high:
        raise refuse("out_of_range", typed=plain(strength.volume), low=low, high=high)
    taken = limits.LIQUID_RANGES["strength"]
    if not taken.low <= strength.in_one_ml <= taken.high:
        typed = plain(strength.stated) if strength.is_mass else f"{strength}, {plain(strength.in_one_ml)} in 1 mL,"
        raise refuse("out_of_range", typed=typed, low=taken.low, high=taken.high)
    return strength


_SCHEMA: Mapping[str, Any] = {
    "type": "string",
    "pattern": rf"^ *({pattern_of(MG)}( */ *(({NUMBER.pattern}) +)?({'|'.join(_VOLUMES)}))?|{pattern_of(PERCENT)}) *$",
    "examples": ["1 mg", "25 mg/5 mL", "2 %"],
}
#: The strength of a liquid, within its range.
StrengthInRange = Annotated[Strength, Reader(strength_in, _SCHEMA, str, MG), AfterValidator(_in_range)]


def mass_or_volume(given: Any) -> Figure:
    """Return the volume that is given, or the mass that anything else should be.

    Raises `PydanticCustomError` with the code of its fault.
    """
    volume = isinstance(given, str) and given.rstrip(" ").rpartition(" ")[2] in _VOLUMES
    return quantity_in(given, ML if volume else MG)


#: A dose of a liquid: a mass, or the volume that holds it.
MassOrVolume = Annotated[
    Figure,
    Reader(
        mass_or_volume,
        {
            "type": "string",
            "pattern": rf"^ *({pattern_of(MG)}|{pattern_of(ML)}) *$",
            "examples": ["4.5 mg", "5 mL"],
        },
        canonical,
        MG,
    ),
]
