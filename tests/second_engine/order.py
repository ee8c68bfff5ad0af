"""The order after reading: plain data, masses in mg, ratios as fractions of one."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction


@dataclass(slots=True)
class Acknowledgement:
    """One stop that somebody answered for."""

    code: str
    value: str
    reason: str


@dataclass(slots=True)
class Order:
    """Everything asked for, defaults filled in."""

    filed: bool
    dose: Fraction
    quantity: int
    basis: str | None
    allowance: Fraction
    extra: int | None
    prepared_on: date
    loss: Fraction
    strength: Fraction
    release: str
    tablets_weighed: int | None
    total_mass: Fraction | None
    weighed_on: date
    recovered: Fraction | None
    tablets_expiry: date | None
    readability: Fraction
    sensitivity: Fraction | None
    tolerated_error: Fraction | None
    repeatability: Fraction | None
    minimum: Fraction | None
    size: str | None
    brand: str | None
    shell: Fraction | None
    fill: Fraction | None
    shells_expiry: date | None
    diluent: str
    diluent_statistic: Fraction | None
    diluent_expiry: date | None
    powder_statistic: Fraction | None
    day_one: bool
    screening: dict[str, str]
    acknowledgements: list[Acknowledgement]
