"""The bounds within which a trituration is looked for."""

from __future__ import annotations

from dataclasses import dataclass

from calc.arithmetic.grids import Grid
from calc.arithmetic.units import Figure


@dataclass(frozen=True, slots=True)
class Bounds:
    """Within what a trituration is looked for; `grid` of the masses in mg, the balance's `least` weighable quantity.

    One part becomes one of `ratios` parts in a step. A strength and a total are round by their first `digits`. At most
    the part `kept` of a mixture is taken. The last aliquot may be rounded by the second of `roundings`, and better by
    no more than the first. A mass is well weighed from `well_weighed` on, if it is also so many `times` the least.
    """

    grid: Grid
    least: Figure
    ratios: tuple[Figure, ...]
    digits: tuple[Figure, ...]
    most_total: Figure
    most_steps: int
    least_aliquot: Figure
    most_aliquot: Figure | None
    kept: Figure
    roundings: tuple[Figure, Figure]
    well_weighed: Figure
    times: Figure
