"""What goes into one capsule: its part of the powder, the room that is left, the diluent that fills it."""

from __future__ import annotations

from calc.arithmetic.formula import Capsules, Mg, MgPerCapsule, MgPerMl, MlPerCapsule, Ratio, formula


@formula(reference="definition")
def powder_per_capsule(portion: Mg, batch: Capsules) -> MgPerCapsule:
    """Tablet powder in one capsule.

    >>> from calc.arithmetic.units import CAPSULE, MG, figure
    >>> powder_per_capsule(figure(432, MG), figure(30, CAPSULE)).value
    Fraction(72, 5)
    """
    return portion / batch


@formula(reference="packing-statistics")
def packing_of_bodies(total_mass: Mg, bodies: Capsules) -> MgPerCapsule:
    """Packing statistic of a powder, from shells filled with it alone; the balance was tared with them empty.

    >>> from calc.arithmetic.units import CAPSULE, MG, figure
    >>> packing_of_bodies(figure(1350, MG), figure(10, CAPSULE)).value
    Fraction(135, 1)
    """
    return total_mass / bodies


@formula(reference="packing-statistics")
def packing_beside_shells(total_mass: Mg, empty_shells: Mg, bodies: Capsules) -> MgPerCapsule:
    """Packing statistic of a powder, from shells filled with it alone and weighed with them.

    >>> from calc.arithmetic.units import CAPSULE, MG, figure
    >>> packing_beside_shells(figure(639, MG), figure(144, MG), figure(3, CAPSULE)).value
    Fraction(165, 1)
    """
    return (total_mass - empty_shells) / bodies


@formula(reference="packing-statistics")
def share_of_body(powder_per_capsule: MgPerCapsule, packing_statistic_of_powder: MgPerCapsule) -> Ratio:
    """Part of the capsule that the tablet powder takes up.

    >>> from calc.arithmetic.units import MG_PER_CAPSULE, figure
    >>> share_of_body(figure("14.4", MG_PER_CAPSULE), figure(165, MG_PER_CAPSULE)).value
    Fraction(24, 275)
    """
    return powder_per_capsule / packing_statistic_of_powder


@formula(reference="packing-statistics")
def diluent_by_packing(share_of_body: Ratio, packing_statistic_of_diluent: MgPerCapsule) -> MgPerCapsule:
    """Diluent that fills what the tablet powder leaves of the capsule.

    >>> from calc.arithmetic.units import MG_PER_CAPSULE, RATIO, figure
    >>> diluent_by_packing(figure("24/275", RATIO), figure(135, MG_PER_CAPSULE)).value
    Fraction(6777, 55)
    """
    return (1 - share_of_body) * packing_statistic_of_diluent


@formula(reference="definition")
def diluent_to_fill_mass(fill_mass: MgPerCapsule, powder_per_capsule: MgPerCapsule) -> MgPerCapsule:
    """Diluent in one capsule where the pharmacy gives the mass of the fill.

    >>> from calc.arithmetic.units import MG_PER_CAPSULE, figure
    >>> diluent_to_fill_mass(figure(120, MG_PER_CAPSULE), figure("11.2", MG_PER_CAPSULE)).value
    Fraction(544, 5)
    """
    return fill_mass - powder_per_capsule


@formula(reference="definition")
def fill_mass(powder_per_capsule: MgPerCapsule, diluent_per_capsule: MgPerCapsule) -> MgPerCapsule:
    """Blend in one capsule.

    >>> from calc.arithmetic.units import MG_PER_CAPSULE, figure
    >>> fill_mass(figure("14.4", MG_PER_CAPSULE), figure("6777/55", MG_PER_CAPSULE)).value
    Fraction(7569, 55)
    """
    return powder_per_capsule + diluent_per_capsule


@formula(reference="definition")
def diluent_for_batch(diluent_per_capsule: MgPerCapsule, batch: Capsules) -> Mg:
    """Diluent for the whole batch; rounded to the balance afterwards.

    >>> from calc.arithmetic.units import CAPSULE, MG_PER_CAPSULE, figure
    >>> diluent_for_batch(figure("6777/55", MG_PER_CAPSULE), figure(30, CAPSULE)).value
    Fraction(40662, 11)
    """
    return diluent_per_capsule * batch


@formula(reference="definition")
def blend_of_batch(fill_mass: MgPerCapsule, batch: Capsules) -> Mg:
    """What the capsules of the batch hold together.

    >>> from calc.arithmetic.units import CAPSULE, MG_PER_CAPSULE, figure
    >>> blend_of_batch(figure(120, MG_PER_CAPSULE), figure(30, CAPSULE)).value
    Fraction(3600, 1)
    """
    return fill_mass * batch


@formula(reference="definition")
def diluent_beside_aliquot(fill_mass: MgPerCapsule, batch: Capsules, aliquot: Mg) -> Mg:
    """Diluent for the whole batch beside a trituration that brings diluent along; rounded to the balance afterwards.

    >>> from calc.arithmetic.units import CAPSULE, MG, MG_PER_CAPSULE, figure
    >>> diluent_beside_aliquot(figure(120, MG_PER_CAPSULE), figure(30, CAPSULE), figure(21, MG)).value
    Fraction(3579, 1)
    """
    return fill_mass * batch - aliquot


@formula(reference="own-decision")
def most_of_blend(body_volume: MlPerCapsule, density: MgPerMl, batch: Capsules) -> Mg:
    """The most that the shells of the batch hold where nobody has measured it.

    >>> from calc.arithmetic.units import CAPSULE, MG_PER_ML, ML_PER_CAPSULE, figure
    >>> most_of_blend(figure("0.30", ML_PER_CAPSULE), figure(1200, MG_PER_ML), figure(30, CAPSULE)).value
    Fraction(10800, 1)
    """
    return body_volume * density * batch


@formula(reference="planning-estimate")
def packing_by_density(body_volume: MlPerCapsule, tapped_density: MgPerMl) -> MgPerCapsule:
    """An estimate of the powder that fills one shell; it may be far off and serves to choose a size only.

    >>> from calc.arithmetic.units import MG_PER_ML, ML_PER_CAPSULE, figure
    >>> packing_by_density(figure("0.30", ML_PER_CAPSULE), figure(450, MG_PER_ML)).value
    Fraction(135, 1)
    """
    return body_volume * tapped_density


@formula(reference="planning-estimate")
def packing_at_size(
    packing_statistic: MgPerCapsule, body_volume: MlPerCapsule, body_volume_known: MlPerCapsule
) -> MgPerCapsule:
    """What fills a shell of another size, where the same powder packs alike in both.

    >>> from calc.arithmetic.units import MG_PER_CAPSULE, ML_PER_CAPSULE, figure
    >>> given = figure(135, MG_PER_CAPSULE), figure("0.37", ML_PER_CAPSULE), figure("0.30", ML_PER_CAPSULE)
    >>> packing_at_size(*given).value
    Fraction(333, 2)
    """
    return packing_statistic * body_volume / body_volume_known


@formula(reference="planning-estimate")
def diluent_at_size(
    packing_statistic_of_diluent: MgPerCapsule,
    packing_statistic_of_powder: MgPerCapsule,
    powder_per_capsule: MgPerCapsule,
    body_volume: MlPerCapsule,
    body_volume_known: MlPerCapsule,
) -> MgPerCapsule:
    """Diluent that fills a shell of another size beside the powder, where both pack alike in either size.

    >>> from calc.arithmetic.units import MG_PER_CAPSULE, ML_PER_CAPSULE, figure
    >>> powders = figure(135, MG_PER_CAPSULE), figure(165, MG_PER_CAPSULE), figure("14.4", MG_PER_CAPSULE)
    >>> diluent_at_size(*powders, figure("0.37", ML_PER_CAPSULE), figure("0.30", ML_PER_CAPSULE)).value
    Fraction(17019, 110)
    """
    return packing_statistic_of_diluent * (
        body_volume / body_volume_known - powder_per_capsule / packing_statistic_of_powder
    )


@formula(reference="definition")
def share_of_blend(powder_per_capsule: MgPerCapsule, fill_mass: MgPerCapsule) -> Ratio:
    """Part of the blend that is tablet powder.

    >>> from calc.arithmetic.units import MG_PER_CAPSULE, figure
    >>> share_of_blend(figure(12, MG_PER_CAPSULE), figure(120, MG_PER_CAPSULE)).value
    Fraction(1, 10)
    """
    return powder_per_capsule / fill_mass


@formula(reference="own-decision")
def density_in_body(mass: MgPerCapsule, volume: MlPerCapsule) -> MgPerMl:
    """Density that a powder would have if this mass filled a shell of this volume.

    >>> from calc.arithmetic.units import MG_PER_CAPSULE, ML_PER_CAPSULE, figure
    >>> density_in_body(figure(135, MG_PER_CAPSULE), figure("0.3", ML_PER_CAPSULE)).value
    Fraction(450, 1)
    """
    return mass / volume


@formula(reference="own-decision")
def times_the_table(shell_mass: MgPerCapsule, shell_mass_of_table: MgPerCapsule) -> Ratio:
    """A shell's mass as a multiple of the table's.

    >>> from calc.arithmetic.units import MG_PER_CAPSULE, figure
    >>> times_the_table(figure(72, MG_PER_CAPSULE), figure(48, MG_PER_CAPSULE)).value
    Fraction(3, 2)
    """
    return shell_mass / shell_mass_of_table


@formula(reference="own-decision")
def times_tapped(times: Ratio, tapped_density: MgPerMl) -> MgPerMl:
    """The densest that a powder is expected to pack beside a diluent of this tapped density.

    >>> from calc.arithmetic.units import MG_PER_ML, RATIO, figure
    >>> times_tapped(figure("1.3", RATIO), figure(1170, MG_PER_ML)).value
    Fraction(1521, 1)
    """
    return times * tapped_density


@formula(reference="own-decision")
def times_the_estimate(packing_statistic: MgPerCapsule, estimate: MgPerCapsule) -> Ratio:
    """A packing statistic as a multiple of the planning estimate of the same powder.

    >>> from calc.arithmetic.units import MG_PER_CAPSULE, figure
    >>> times_the_estimate(figure(270, MG_PER_CAPSULE), figure(135, MG_PER_CAPSULE)).value
    Fraction(2, 1)
    """
    return packing_statistic / estimate
