"""The dose computed back from what was weighed at the bench."""

from __future__ import annotations

from calc.arithmetic.formula import Capsules, Mg, MgPerCapsule, Ratio, formula


@formula(reference="reverse-check")
def dose_in_each(strength: Ratio, powder: Mg, capsules: Capsules) -> MgPerCapsule:
    """Drug in one capsule of those that share a powder of this strength, whatever diluent is with it.

    >>> from calc.arithmetic.units import CAPSULE, MG, RATIO, figure
    >>> dose_in_each(figure("5/16", RATIO), figure("433", MG), figure(30, CAPSULE)).value
    Fraction(433, 96)
    """
    return strength * powder / capsules


@formula(reference="definition")
def powder_used(weighed: Mg, left_in_boat: Mg) -> Mg:
    """Powder that went from a boat into the mortar.

    >>> from calc.arithmetic.units import MG, figure
    >>> powder_used(figure(50, MG), figure("0.4", MG)).value
    Fraction(248, 5)
    """
    return weighed - left_in_boat


@formula(reference="definition")
def still_to_add(target: Mg, weighed: Mg) -> Mg:
    """What a mass lacks to its target; below nothing, what is too much.

    >>> from calc.arithmetic.units import MG, figure
    >>> still_to_add(figure(432, MG), figure(444, MG)).value
    Fraction(-12, 1)
    """
    return target - weighed
