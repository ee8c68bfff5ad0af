"""Triturations: too little powder to weigh is diluted, in steps, until what holds as much drug can be weighed."""

from __future__ import annotations

from calc.arithmetic.formula import Mg, MgPerTablet, Ratio, Tablets, formula


@formula(reference="definition")
def strength_of_powder(tablets: Tablets, strength: MgPerTablet, total_mass: Mg) -> Ratio:
    """Drug in one part of the powder of whole tablets, or of what they were made up to.

    >>> from calc.arithmetic.units import MG, MG_PER_TABLET, TABLET, figure
    >>> strength_of_powder(figure(3, TABLET), figure(50, MG_PER_TABLET), figure(480, MG)).value
    Fraction(5, 16)
    """
    return tablets * strength / total_mass


@formula(reference="definition")
def diluent_to_total(total: Mg, weighed: Mg) -> Mg:
    """Diluent that makes a powder up to a total.

    >>> from calc.arithmetic.units import MG, figure
    >>> diluent_to_total(figure(1000, MG), figure(160, MG)).value
    Fraction(840, 1)
    """
    return total - weighed


@formula(reference="definition")
def strength_after(strength: Ratio, weighed: Mg, total: Mg) -> Ratio:
    """Drug in one part of the trituration, once so much of a powder of this strength is made up to the total.

    >>> from calc.arithmetic.units import MG, RATIO, figure
    >>> strength_after(figure("5/16", RATIO), figure(160, MG), figure(1000, MG)).value
    Fraction(1, 20)
    """
    return strength * weighed / total


@formula(reference="trituration")
def aliquot(drug_needed: Mg, strength: Ratio) -> Mg:
    """The part of a trituration of this strength that holds the drug needed.

    >>> from calc.arithmetic.units import MG, RATIO, figure
    >>> aliquot(figure("1.5", MG), figure("1/20", RATIO)).value
    Fraction(30, 1)
    """
    return drug_needed / strength


@formula(reference="definition")
def least_powder(least: Mg, share: Ratio) -> Mg:
    """Powder of which this part is just enough to weigh: with less a trituration is needed.

    >>> from calc.arithmetic.units import MG, RATIO, figure
    >>> least_powder(figure(20, MG), figure("0.03", RATIO)).value
    Fraction(2000, 3)
    """
    return least / share


@formula(reference="definition")
def made_up_to(ratio: Ratio, weighed: Mg) -> Mg:
    """The most that a powder may be made up to in one step.

    >>> from calc.arithmetic.units import MG, RATIO, figure
    >>> made_up_to(figure(10, RATIO), figure(160, MG)).value
    Fraction(1600, 1)
    """
    return ratio * weighed


@formula(reference="definition")
def least_made_up(total: Mg, ratio: Ratio) -> Mg:
    """The least powder that may be made up to this total in one step.

    >>> from calc.arithmetic.units import MG, RATIO, figure
    >>> least_made_up(figure(350, MG), figure(10, RATIO)).value
    Fraction(35, 1)
    """
    return total / ratio


@formula(reference="definition")
def with_diluent_rubbed(powder: Mg, diluent: Mg) -> Mg:
    """The least that a powder is made up to where so much diluent goes into the mortar before it.

    >>> from calc.arithmetic.units import MG, figure
    >>> with_diluent_rubbed(figure(160, MG), figure(500, MG)).value
    Fraction(660, 1)
    """
    return powder + diluent


@formula(reference="particles")
def squared_count(particle: Mg, powder: Mg) -> Ratio:
    """Variance that chance gives the number of particles in so much powder, as a part of that number.

    >>> from calc.arithmetic.units import MG, figure
    >>> squared_count(figure("0.0001", MG), figure("0.04", MG)).value
    Fraction(1, 400)
    """
    return particle / powder
