"""Ingredients besides drug and diluent: how much of each a batch takes, and what they do to the fill of a capsule."""

from __future__ import annotations

from calc.arithmetic.formula import Capsules, Mg, MgPerCapsule, Ml, Ratio, formula


@formula(reference="definition")
def ingredient_in_capsules(amount: MgPerCapsule, batch: Capsules) -> Mg:
    """An ingredient of all capsules, stated for one.

    >>> from calc.arithmetic.units import CAPSULE, MG_PER_CAPSULE, figure
    >>> ingredient_in_capsules(figure("0.7", MG_PER_CAPSULE), figure(30, CAPSULE)).value
    Fraction(21, 1)
    """
    return amount * batch


@formula(reference="definition")
def ingredient_in_volume(amount: Mg, stated_for: Ml, volume: Ml) -> Mg:
    """An ingredient of a whole liquid, stated for a part of it.

    >>> from calc.arithmetic.units import MG, ML, figure
    >>> ingredient_in_volume(figure(200, MG), figure(100, ML), figure(150, ML)).value
    Fraction(300, 1)
    """
    return amount * volume / stated_for


@formula(reference="definition")
def liquid_in_volume(amount: Ml, stated_for: Ml, volume: Ml) -> Ml:
    """An ingredient that is a liquid itself, of a whole liquid, stated for a part of it.

    >>> from calc.arithmetic.units import ML, figure
    >>> liquid_in_volume(figure(2, ML), figure(100, ML), figure(150, ML)).value
    Fraction(3, 1)
    """
    return amount * volume / stated_for


@formula(reference="definition")
def ingredient_per_capsule(amount: Mg, batch: Capsules) -> MgPerCapsule:
    """What one capsule holds of an ingredient, or of all of them.

    >>> from calc.arithmetic.units import CAPSULE, MG, figure
    >>> ingredient_per_capsule(figure(21, MG), figure(30, CAPSULE)).value
    Fraction(7, 10)
    """
    return amount / batch


@formula(reference="packing-statistics")
def room_of_ingredient(amount: MgPerCapsule, packing_statistic: MgPerCapsule) -> Ratio:
    """Part of the capsule that an ingredient takes up.

    >>> from calc.arithmetic.units import MG_PER_CAPSULE, figure
    >>> room_of_ingredient(figure(15, MG_PER_CAPSULE), figure(150, MG_PER_CAPSULE)).value
    Fraction(1, 10)
    """
    return amount / packing_statistic


@formula(reference="definition")
def room_of_powders(share_of_body: Ratio, room_of_ingredients: Ratio) -> Ratio:
    """Part of the capsule that the powder with the drug and the ingredients take up together.

    >>> from calc.arithmetic.units import RATIO, figure
    >>> room_of_powders(figure("0.2", RATIO), figure("0.1", RATIO)).value
    Fraction(3, 10)
    """
    return share_of_body + room_of_ingredients


@formula(reference="definition")
def powders_per_capsule(powder_per_capsule: MgPerCapsule, ingredients_per_capsule: MgPerCapsule) -> MgPerCapsule:
    """The powder with the drug and the ingredients of one capsule together.

    >>> from calc.arithmetic.units import MG_PER_CAPSULE, figure
    >>> powders_per_capsule(figure("14.4", MG_PER_CAPSULE), figure("0.6", MG_PER_CAPSULE)).value
    Fraction(15, 1)
    """
    return powder_per_capsule + ingredients_per_capsule


@formula(reference="definition")
def fill_beside_ingredients(fill_mass: MgPerCapsule, ingredients_per_capsule: MgPerCapsule) -> MgPerCapsule:
    """The fill of one capsule without its ingredients.

    >>> from calc.arithmetic.units import MG_PER_CAPSULE, figure
    >>> fill_beside_ingredients(figure(140, MG_PER_CAPSULE), figure(5, MG_PER_CAPSULE)).value
    Fraction(135, 1)
    """
    return fill_mass - ingredients_per_capsule


@formula(reference="definition")
def diluent_and_ingredients(diluent: Mg, ingredients: Mg) -> Mg:
    """The diluent with the ingredients that are mixed into it.

    >>> from calc.arithmetic.units import MG, figure
    >>> diluent_and_ingredients(figure(3697, MG), figure(21, MG)).value
    Fraction(3718, 1)
    """
    return diluent + ingredients
