"""Bulk powder: what of it holds the drug needed, by the assay and the water of its certificate."""

from __future__ import annotations

from calc.arithmetic.formula import Mg, Ratio, formula


@formula(reference="certificate")
def strength_of_dried(assay: Ratio, water: Ratio) -> Ratio:
    """Drug in one part of a powder whose assay is stated on the dried or the anhydrous substance.

    >>> from calc.arithmetic.units import PERCENT, figure
    >>> strength_of_dried(figure("98.5", PERCENT), figure(4, PERCENT)).value
    Fraction(591, 625)
    """
    return assay * (1 - water)


@formula(reference="definition")
def drug_in_one_part(drug: Mg, dilution: Mg) -> Ratio:
    """Drug in one part of a dilution, of which so much holds so much drug.

    >>> from calc.arithmetic.units import MG, figure
    >>> drug_in_one_part(figure(10, MG), figure(1000, MG)).value
    Fraction(1, 100)
    """
    return drug / dilution


@formula(reference="definition")
def dilution_with_drug(drug_needed: Mg, strength: Ratio) -> Mg:
    """The dilution that holds the drug needed, where one part of it holds so much drug.

    >>> from calc.arithmetic.units import MG, RATIO, figure
    >>> dilution_with_drug(figure(15, MG), figure("0.01", RATIO)).value
    Fraction(1500, 1)
    """
    return drug_needed / strength


@formula(reference="certificate")
def powder_by_assay(drug_needed: Mg, strength: Ratio) -> Mg:
    """Bulk powder that holds the drug needed, where one part of it holds so much drug.

    >>> from calc.arithmetic.units import MG, PERCENT, figure
    >>> powder_by_assay(figure(591, MG), figure("98.5", PERCENT)).value
    Fraction(600, 1)
    """
    return drug_needed / strength
