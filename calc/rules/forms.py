"""Amounts of drug in another chemical form, where two amounts are stated that are the same."""

from __future__ import annotations

from calc.arithmetic.formula import Mg, MgPerCapsule, MgPerMl, formula


@formula(reference="stated-equivalence")
def dose_by_equivalence(dose: MgPerCapsule, equal_labelled: Mg, equal_of_dose: Mg) -> MgPerCapsule:
    """The dose in the chemical form that the source is labelled in, if so much of it equals so much of the dose's form.

    >>> from calc.arithmetic.units import MG, MG_PER_CAPSULE, figure
    >>> dose_by_equivalence(figure(2, MG_PER_CAPSULE), figure("1.25", MG), figure(1, MG)).value
    Fraction(5, 2)
    """
    return dose * equal_labelled / equal_of_dose


@formula(reference="stated-equivalence")
def drug_by_equivalence(drug: Mg, equal_wanted: Mg, equal_stated: Mg) -> Mg:
    """A mass of drug in another of its chemical forms, by two amounts that are the same.

    >>> from calc.arithmetic.units import MG, figure
    >>> drug_by_equivalence(figure(100, MG), figure("1.25", MG), figure(1, MG)).value
    Fraction(125, 1)
    """
    return drug * equal_wanted / equal_stated


@formula(reference="stated-equivalence")
def strength_by_equivalence(strength: MgPerMl, equal_wanted: Mg, equal_stated: Mg) -> MgPerMl:
    """The strength of a liquid in another chemical form of the drug, by two amounts that are the same.

    >>> from calc.arithmetic.units import MG, MG_PER_ML, figure
    >>> strength_by_equivalence(figure(1, MG_PER_ML), figure("1.25", MG), figure(1, MG)).value
    Fraction(5, 4)
    """
    return strength * equal_wanted / equal_stated
