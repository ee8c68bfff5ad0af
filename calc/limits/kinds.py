"""What a limit is: a range of a field, a bound or a series of a rule; each with its source and its reason."""

from __future__ import annotations

from dataclasses import dataclass

from calc.arithmetic.units import Figure, Unit, figure
from calc.references import REFERENCES


class BadLimit(ValueError):
    """A record in this file contradicts itself or has no known source; the program does not start."""


@dataclass(frozen=True, slots=True)
class Range:
    """The range of a field, from `low` to `high`, both included. A value outside it is a fault."""

    low: Figure
    high: Figure
    reference: str
    why: str

    def __post_init__(self) -> None:
        if not self.low <= self.high or self.reference not in REFERENCES:
            raise BadLimit(f"range {self.low} to {self.high}: {self.why}")


@dataclass(frozen=True, slots=True)
class Bound:
    """One bound or default used by a rule."""

    value: Figure
    reference: str
    why: str

    def __post_init__(self) -> None:
        if self.reference not in REFERENCES:
            raise BadLimit(f"bound {self.value}: unknown reference {self.reference}")


@dataclass(frozen=True, slots=True)
class Series:
    """Sizes or values that a rule chooses from, in ascending order."""

    values: tuple[Figure, ...]
    reference: str
    why: str

    def __post_init__(self) -> None:
        if list(self.values) != sorted(self.values) or self.reference not in REFERENCES:
            raise BadLimit(f"series of {len(self.values)}: {self.why}")


def range_of(low: str, low_unit: Unit, high: str, high_unit: Unit, reference: str, why: str) -> Range:
    """Return the range between two figures, each written as a number and a unit."""
    return Range(figure(low, low_unit), figure(high, high_unit), reference, why)
