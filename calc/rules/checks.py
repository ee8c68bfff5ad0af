"""The checks that leave with the batch: the band a capsule's mass must lie in, and the dose computed back."""

from __future__ import annotations

from calc.arithmetic.formula import Mg, MgPerCapsule, MgPerTablet, Ratio, Tablets, formula


@formula(reference="capsule-weight-variation")
def gross_mass(shell_mass: MgPerCapsule, share_of_fill: Ratio, fill_mass: MgPerCapsule) -> MgPerCapsule:
    """Mass of a filled capsule whose fill is this part of the theoretical fill.

    >>> from calc.arithmetic.units import MG_PER_CAPSULE, RATIO, figure
    >>> given = figure(48, MG_PER_CAPSULE), figure("0.9", RATIO), figure(120, MG_PER_CAPSULE)
    >>> gross_mass(*given).value
    Fraction(156, 1)
    """
    return shell_mass + share_of_fill * fill_mass


@formula(reference="reverse-check")
def dose_computed_back(
    strength: MgPerTablet, tablets: Tablets, total_mass: Mg, portion: Mg, diluent: Mg, fill_mass: MgPerCapsule
) -> MgPerCapsule:
    """Drug in one capsule, from the figures as printed, by way of the fill.

    >>> from calc.arithmetic.units import MG, MG_PER_CAPSULE, MG_PER_TABLET, TABLET, figure
    >>> powder = figure(50, MG_PER_TABLET), figure(3, TABLET), figure(480, MG), figure(432, MG)
    >>> round(float(dose_computed_back(*powder, figure(3697, MG), figure("137.6", MG_PER_CAPSULE)).value), 4)
    4.4989
    """
    return strength * tablets / total_mass * portion / (portion + diluent) * fill_mass


@formula(reference="reverse-check")
def dose_from_powder(strength: Ratio, powder: Mg, diluent: Mg, fill_mass: MgPerCapsule) -> MgPerCapsule:
    """Drug in one capsule made from bulk powder or a trituration of this strength, from the figures as printed.

    >>> from calc.arithmetic.units import MG, MG_PER_CAPSULE, RATIO, figure
    >>> strength = figure("1/14", RATIO)
    >>> dose_from_powder(strength, figure(21, MG), figure(3579, MG), figure(120, MG_PER_CAPSULE)).value
    Fraction(1, 20)
    """
    return strength * powder / (powder + diluent) * fill_mass


@formula(reference="reverse-check")
def dose_deviation(dose_found: MgPerCapsule, dose: MgPerCapsule) -> Ratio:
    """How far a dose is from the one ordered, as a part of the one ordered.

    >>> from calc.arithmetic.units import MG_PER_CAPSULE, figure
    >>> dose_deviation(figure("4.455", MG_PER_CAPSULE), figure("4.5", MG_PER_CAPSULE)).value
    Fraction(-1, 100)
    """
    return dose_found / dose - 1
