"""From commercial tablets to the powder to weigh out: how many to crush, and how much of their powder to take."""

from __future__ import annotations

from calc.arithmetic.formula import Capsules, GPerMol, Mg, MgPerCapsule, MgPerTablet, Ratio, Tablets, formula


@formula(reference="definition")
def net_content(full: Mg, shells: Mg) -> Mg:
    """What the contents of opened capsules weigh: the capsules full, less the same shells empty.

    >>> from calc.arithmetic.units import MG, figure
    >>> net_content(figure(3200, MG), figure(600, MG)).value
    Fraction(2600, 1)
    """
    return full - shells


@formula(reference="customary")
def batch_with_allowance(quantity: Capsules, allowance: Ratio) -> Capsules:
    """Capsules to make so that `quantity` are left after the loss in making; rounded up to whole capsules afterwards.

    >>> from calc.arithmetic.units import CAPSULE, PERCENT, figure
    >>> batch_with_allowance(figure(30, CAPSULE), figure(10, PERCENT)).value
    Fraction(33, 1)
    """
    return quantity * (1 + allowance)


@formula(reference="customary")
def batch_with_extra(quantity: Capsules, extra_capsules: Capsules) -> Capsules:
    """Capsules to make where the extra ones are given as a count.

    >>> from calc.arithmetic.units import CAPSULE, figure
    >>> batch_with_extra(figure(30, CAPSULE), figure(3, CAPSULE)).value
    Fraction(33, 1)
    """
    return quantity + extra_capsules


@formula(reference="molar-mass")
def dose_as_labelled(dose: MgPerCapsule, molar_mass_labelled: GPerMol, molar_mass_of_dose: GPerMol) -> MgPerCapsule:
    """The dose in the chemical form that the tablets are labelled in.

    >>> from calc.arithmetic.units import G_PER_MOL, MG_PER_CAPSULE, figure
    >>> given = figure("4.5", MG_PER_CAPSULE), figure("377.86", G_PER_MOL), figure("341.40", G_PER_MOL)
    >>> round(float(dose_as_labelled(*given).value), 4)
    4.9806
    """
    return dose * molar_mass_labelled / molar_mass_of_dose


@formula(reference="molar-mass")
def drug_in_form(drug: Mg, molar_mass_wanted: GPerMol, molar_mass_stated: GPerMol) -> Mg:
    """A mass of drug in another of its chemical forms.

    >>> from calc.arithmetic.units import G_PER_MOL, MG, figure
    >>> given = figure(50, MG), figure("341.40", G_PER_MOL), figure("377.86", G_PER_MOL)
    >>> round(float(drug_in_form(*given).value), 2)
    45.18
    """
    return drug * molar_mass_wanted / molar_mass_stated


@formula(reference="definition")
def drug_needed(dose: MgPerCapsule, batch: Capsules) -> Mg:
    """Drug in the whole batch.

    >>> from calc.arithmetic.units import CAPSULE, MG_PER_CAPSULE, figure
    >>> drug_needed(figure("4.5", MG_PER_CAPSULE), figure(30, CAPSULE)).value
    Fraction(135, 1)
    """
    return dose * batch


@formula(reference="definition")
def tablets_exact(drug_needed: Mg, strength: MgPerTablet) -> Tablets:
    """Tablets that hold exactly the drug needed, as a fraction of tablets.

    >>> from calc.arithmetic.units import MG, MG_PER_TABLET, figure
    >>> tablets_exact(figure(135, MG), figure(50, MG_PER_TABLET)).value
    Fraction(27, 10)
    """
    return drug_needed / strength


@formula(reference="crushing-loss")
def tablets_with_reserve(drug_needed: Mg, strength: MgPerTablet, crushing_loss: Ratio) -> Tablets:
    """Tablets that still hold the drug needed after the crushing loss; rounded up to whole tablets afterwards.

    >>> from calc.arithmetic.units import MG, MG_PER_TABLET, PERCENT, figure
    >>> tablets_with_reserve(figure(97, MG), figure(50, MG_PER_TABLET), figure(3, PERCENT)).value
    Fraction(2, 1)
    """
    return drug_needed / (strength * (1 - crushing_loss))


@formula(reference="definition")
def portion_share(drug_needed: Mg, tablets: Tablets, strength: MgPerTablet) -> Ratio:
    """Part of the tablet powder that holds the drug needed.

    >>> from calc.arithmetic.units import MG, MG_PER_TABLET, TABLET, figure
    >>> portion_share(figure(135, MG), figure(3, TABLET), figure(50, MG_PER_TABLET)).value
    Fraction(9, 10)
    """
    return drug_needed / (tablets * strength)


@formula(reference="capsules-from-tablets")
def portion(drug_needed: Mg, total_mass: Mg, tablets: Tablets, strength: MgPerTablet) -> Mg:
    """Tablet powder that holds the drug needed, by the mass of the tablets before crushing.

    Powder lost in the mortar holds the same share of drug, so the loss does not change what is weighed.

    >>> from calc.arithmetic.units import MG, MG_PER_TABLET, TABLET, figure
    >>> given = figure(135, MG), figure(480, MG), figure(3, TABLET), figure(50, MG_PER_TABLET)
    >>> portion(*given).value
    Fraction(432, 1)
    """
    return drug_needed * total_mass / (tablets * strength)


@formula(reference="definition")
def deviation(found: Mg, wanted: Mg) -> Ratio:
    """How far a mass is from the one wanted, as a part of the one wanted.

    >>> from calc.arithmetic.units import MG, figure
    >>> deviation(figure(575, MG), figure(600, MG)).value
    Fraction(-1, 24)
    """
    return found / wanted - 1


@formula(reference="definition")
def drug_left_over(tablets: Tablets, strength: MgPerTablet, drug_needed: Mg) -> Mg:
    """Drug that stays in the powder not used.

    >>> from calc.arithmetic.units import MG, MG_PER_TABLET, TABLET, figure
    >>> drug_left_over(figure(5, TABLET), figure(50, MG_PER_TABLET), figure(135, MG)).value
    Fraction(115, 1)
    """
    return tablets * strength - drug_needed


@formula(reference="definition")
def mass_of_one_tablet(total_mass: Mg, tablets: Tablets) -> MgPerTablet:
    """Mean mass of one tablet of those weighed together.

    >>> from calc.arithmetic.units import MG, TABLET, figure
    >>> mass_of_one_tablet(figure(480, MG), figure(3, TABLET)).value
    Fraction(160, 1)
    """
    return total_mass / tablets


@formula(reference="own-decision")
def one_tablet_alone(share_of_mean: Ratio, mass_of_one_tablet: MgPerTablet) -> MgPerTablet:
    """An end of the band in which a single tablet is expected; outside it the count is looked at again.

    >>> from calc.arithmetic.units import MG_PER_TABLET, RATIO, figure
    >>> one_tablet_alone(figure("0.9", RATIO), figure(160, MG_PER_TABLET)).value
    Fraction(144, 1)
    """
    return share_of_mean * mass_of_one_tablet


@formula(reference="definition")
def drug_held(tablets: Tablets, strength: MgPerTablet) -> Mg:
    """Drug that so many tablets hold by their label.

    >>> from calc.arithmetic.units import MG_PER_TABLET, TABLET, figure
    >>> drug_held(figure(3, TABLET), figure(50, MG_PER_TABLET)).value
    Fraction(150, 1)
    """
    return tablets * strength


@formula(reference="definition")
def mass_of_crushed(tablets: Tablets, total_mass: Mg, weighed: Tablets) -> Mg:
    """Mass expected of the tablets that are crushed, by the mean of those weighed.

    >>> from calc.arithmetic.units import MG, TABLET, figure
    >>> mass_of_crushed(figure(3, TABLET), figure(1600, MG), figure(10, TABLET)).value
    Fraction(480, 1)
    """
    return tablets * total_mass / weighed


@formula(reference="tablet-content")
def squared_content(spread: Ratio, number: Ratio) -> Ratio:
    """Variance of the mean content of so many tablets, where that of single ones spreads so, as a part of the label.

    >>> from calc.arithmetic.units import RATIO, figure
    >>> squared_content(figure("0.06", RATIO), figure(4, RATIO)).value
    Fraction(9, 10000)
    """
    return spread * spread / number


@formula(reference="definition")
def loss_in_crushing(total_mass: Mg, recovered_mass: Mg) -> Ratio:
    """Part of the powder that was not got back from the mortar.

    >>> from calc.arithmetic.units import MG, figure
    >>> loss_in_crushing(figure(480, MG), figure(460, MG)).value
    Fraction(1, 24)
    """
    return (total_mass - recovered_mass) / total_mass


@formula(reference="crushing-loss")
def powder_after_loss(total_mass: Mg, crushing_loss: Ratio) -> Mg:
    """Powder that is surely left of the tablets after crushing.

    >>> from calc.arithmetic.units import MG, PERCENT, figure
    >>> powder_after_loss(figure(480, MG), figure(3, PERCENT)).value
    Fraction(2328, 5)
    """
    return total_mass * (1 - crushing_loss)


@formula(reference="definition")
def tablets_per_dose(dose: MgPerCapsule, strength: MgPerTablet, capsules: Capsules) -> Tablets:
    """Tablets whose drug goes into so many capsules.

    >>> from calc.arithmetic.units import CAPSULE, MG_PER_CAPSULE, MG_PER_TABLET, figure
    >>> tablets_per_dose(figure(450, MG_PER_CAPSULE), figure(50, MG_PER_TABLET), figure(1, CAPSULE)).value
    Fraction(9, 1)
    """
    return dose * capsules / strength
