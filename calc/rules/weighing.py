"""What a balance may weigh: its minimum weighable quantity (MWQ) by three rules, and its error at a given mass."""

from __future__ import annotations

from calc.arithmetic.formula import Mg, Ratio, formula


@formula(reference="balance-sensitivity")
def least_by_sensitivity(sensitivity: Mg, tolerated_error: Ratio) -> Mg:
    """Smallest mass at which a balance's sensitivity is within the tolerated error; rounded up afterwards.

    >>> from calc.arithmetic.units import MG, PERCENT, figure
    >>> least_by_sensitivity(figure(6, MG), figure(5, PERCENT)).value
    Fraction(120, 1)
    """
    return sensitivity / tolerated_error


@formula(reference="balance-repeatability")
def least_standard_deviation(floor: Ratio, readability: Mg) -> Mg:
    """The least standard deviation that counts for a balance of this readability.

    >>> from calc.arithmetic.units import MG, RATIO, figure
    >>> least_standard_deviation(figure("0.41", RATIO), figure(1, MG)).value
    Fraction(41, 100)
    """
    return floor * readability


@formula(reference="balance-repeatability")
def least_by_repeatability(factor: Ratio, standard_deviation: Mg, limit: Ratio) -> Mg:
    """Smallest mass by the repeatability of a balance; rounded up afterwards.

    >>> from calc.arithmetic.units import MG, RATIO, figure
    >>> least_by_repeatability(figure(2, RATIO), figure("0.015", MG), figure("0.001", RATIO)).value
    Fraction(30, 1)
    """
    return factor * standard_deviation / limit


@formula(reference="balance-sensitivity")
def weighing_error(sensitivity: Mg, mass: Mg) -> Ratio:
    """The largest error of one weighing, as a part of the mass weighed.

    >>> from calc.arithmetic.units import MG, figure
    >>> weighing_error(figure(6, MG), figure(432, MG)).value
    Fraction(1, 72)
    """
    return sensitivity / mass
