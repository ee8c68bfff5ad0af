"""Geometric dilution: in which steps the diluent joins the powder, each about as much as is in the mortar."""

from __future__ import annotations

from math import lcm
from typing import NamedTuple

from calc.arithmetic.units import Figure, in_lowest_terms


class Rung(NamedTuple):
    """One addition: what is added and what is in the mortar afterwards."""

    add: Figure
    total: Figure


def ladder(portion: Figure, diluent: Figure, least: Figure) -> tuple[Rung, ...]:
    """The additions of diluent to the powder, doubling what is in the mortar, the rest last.

    Takes the two masses as they are weighed and the minimum weighable quantity; a rest smaller than that joins the step
    before. Nothing to add gives no steps. The additions always sum to the diluent.

    >>> from calc.arithmetic.units import MG, figure
    >>> [str(rung.add.value) for rung in ladder(figure(432, MG), figure(3697, MG), figure(120, MG))]
    ['432', '864', '1728', '673']
    >>> [str(rung.add.value) for rung in ladder(figure(1000, MG), figure(4800, MG), figure(9000, MG))]
    ['4800']
    """
    unit = portion.unit
    masses = portion, diluent.to(unit), least.to(unit)
    parts = lcm(*[mass.denominator for mass in masses])
    inside, left, smallest = [mass.numerator * (parts // mass.denominator) for mass in masses]
    rungs = []
    while left > 0:
        # A mortar that holds nothing takes everything at once: it cannot double.
        add = min(inside, left) if inside > 0 else left
        if 0 < left - add < smallest:
            add = left
        inside, left = inside + add, left - add
        rungs.append(Rung(in_lowest_terms(add, parts, unit), in_lowest_terms(inside, parts, unit)))
    return tuple(rungs)
