"""Amounts that are weighed or, of what is a liquid itself, measured: each in a range of its own."""

from __future__ import annotations

from pydantic import AfterValidator

from calc import limits
from calc.arithmetic.units import MG, same_kind
from calc.reading.fields import check_within


def within_either(mass: str, volume: str) -> AfterValidator:
    """Return a validator that checks a mass and a volume each against a range of its own."""
    of_mass, of_volume = check_within(mass), check_within(volume, limits.LIQUID_RANGES)
    return AfterValidator(lambda given: (of_mass if same_kind(given.unit, MG) else of_volume)(given))
