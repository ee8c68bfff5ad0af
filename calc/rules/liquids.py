"""Oral liquids: from a strength and a volume to the drug in it, to a dose on the syringe, and back to the strength."""

from __future__ import annotations

from datetime import date

from calc.arithmetic.formula import Days, GPerMol, Mg, MgPerMl, MgPerTablet, Ml, PerDay, Ratio, Tablets, formula
from calc.arithmetic.units import DAY, Figure, figure


@formula(reference="molar-mass")
def strength_in_form(strength: MgPerMl, molar_mass_wanted: GPerMol, molar_mass_stated: GPerMol) -> MgPerMl:
    """The strength of a liquid in another chemical form of the drug.

    >>> from calc.arithmetic.units import G_PER_MOL, MG_PER_ML, figure
    >>> given = figure(1, MG_PER_ML), figure("377.86", G_PER_MOL), figure("341.40", G_PER_MOL)
    >>> round(float(strength_in_form(*given).value), 4)
    1.1068
    """
    return strength * molar_mass_wanted / molar_mass_stated


@formula(reference="definition")
def drug_in_volume(strength: MgPerMl, volume: Ml) -> Mg:
    """Drug in so much of a liquid.

    >>> from calc.arithmetic.units import MG_PER_ML, ML, figure
    >>> drug_in_volume(figure(1, MG_PER_ML), figure(150, ML)).value
    Fraction(150, 1)
    """
    return strength * volume


@formula(reference="definition")
def volume_with_drug(drug: Mg, strength: MgPerMl) -> Ml:
    """The volume of a liquid that holds so much drug: of a dose, of whole tablets.

    >>> from calc.arithmetic.units import MG, MG_PER_ML, figure
    >>> volume_with_drug(figure("4.5", MG), figure(5, MG_PER_ML)).value
    Fraction(9, 10)
    """
    return drug / strength


@formula(reference="definition")
def powder_in_one_ml(powder: Mg, volume: Ml) -> MgPerMl:
    """Powder in each mL of a liquid, with everything that the powder holds besides the drug.

    >>> from calc.arithmetic.units import MG, ML, figure
    >>> powder_in_one_ml(figure(25000, MG), figure(100, ML)).value
    Fraction(250, 1)
    """
    return powder / volume


@formula(reference="definition")
def doses_in_volume(volume: Ml, dose_volume: Ml) -> Ratio:
    """Doses in a volume; rounded down to whole doses afterwards.

    >>> from calc.arithmetic.units import ML, figure
    >>> doses_in_volume(figure(100, ML), figure("4.5", ML)).value
    Fraction(200, 9)
    """
    return volume / dose_volume


@formula(reference="definition")
def days_of_doses(doses: Ratio, doses_per_day: PerDay) -> Days:
    """Days that so many doses last; rounded down to whole days afterwards.

    >>> from calc.arithmetic.units import PER_DAY, RATIO, figure
    >>> days_of_doses(figure(22, RATIO), figure(2, PER_DAY)).value
    Fraction(11, 1)
    """
    return doses / doses_per_day


def days_usable(prepared_on: date, until: date) -> Figure:
    """Days on which a liquid may be taken, the day of making and the last day of use among them.

    >>> days_usable(date(2026, 11, 25), date(2026, 12, 9)).value
    Fraction(15, 1)
    """
    return figure((until - prepared_on).days + 1, DAY)


@formula(reference="oral-syringe")
def marks(volume: Ml, graduation: Ml) -> Ratio:
    """Graduations of a syringe that a volume is; on a mark where that is whole.

    >>> from calc.arithmetic.units import ML, figure
    >>> marks(figure("0.9", ML), figure("0.01", ML)).value
    Fraction(90, 1)
    """
    return volume / graduation


@formula(reference="oral-syringe")
def volume_at_mark(marks: Ratio, graduation: Ml) -> Ml:
    """The volume at a mark of a syringe.

    >>> from calc.arithmetic.units import ML, RATIO, figure
    >>> volume_at_mark(figure(22, RATIO), figure("0.2", ML)).value
    Fraction(22, 5)
    """
    return marks * graduation


@formula(reference="oral-syringe")
def fillings(dose_volume: Ml, capacity: Ml) -> Ratio:
    """Fillings of a syringe that a dose takes; rounded up to whole ones afterwards.

    >>> from calc.arithmetic.units import ML, figure
    >>> fillings(figure(25, ML), figure(10, ML)).value
    Fraction(5, 2)
    """
    return dose_volume / capacity


@formula(reference="definition")
def volume_of_share(volume: Ml, shares: Ratio) -> Ml:
    """One share of a mixed vehicle of which there is as much as the whole liquid; rounded up for measuring afterwards.

    >>> from calc.arithmetic.units import ML, RATIO, figure
    >>> volume_of_share(figure(100, ML), figure(3, RATIO)).value
    Fraction(100, 3)
    """
    return volume / shares


@formula(reference="definition")
def volume_of_shares(shares: Ratio, volume_of_share: Ml) -> Ml:
    """So many shares of a mixed vehicle.

    >>> from calc.arithmetic.units import ML, RATIO, figure
    >>> volume_of_shares(figure(2, RATIO), figure(34, ML)).value
    Fraction(68, 1)
    """
    return shares * volume_of_share


@formula(reference="bottles")
def room_to_fill(filled: Ratio, capacity: Ml) -> Ml:
    """The most that a bottle is filled with, so that there is room to shake.

    >>> from calc.arithmetic.units import ML, RATIO, figure
    >>> room_to_fill(figure("0.9", RATIO), figure(120, ML)).value
    Fraction(108, 1)
    """
    return filled * capacity


@formula(reference="bottles")
def bottles(volume: Ml, room: Ml) -> Ratio:
    """Bottles that a volume takes, each filled with so much; rounded up to whole ones afterwards.

    >>> from calc.arithmetic.units import ML, figure
    >>> bottles(figure(1000, ML), figure(432, ML)).value
    Fraction(125, 54)
    """
    return volume / room


@formula(reference="definition")
def drug_per_container(strength: MgPerMl, volume: Ml, containers: Ratio) -> Mg:
    """Drug in one of the bottles that share a volume evenly.

    >>> from calc.arithmetic.units import MG_PER_ML, ML, RATIO, figure
    >>> drug_per_container(figure(1, MG_PER_ML), figure(900, ML), figure(3, RATIO)).value
    Fraction(300, 1)
    """
    return strength * volume / containers


@formula(reference="reverse-check")
def strength_of_whole_tablets(tablets: Tablets, strength_of_tablet: MgPerTablet, volume: Ml) -> MgPerMl:
    """The strength computed back, where all of the powder is used.

    >>> from calc.arithmetic.units import MG_PER_TABLET, ML, TABLET, figure
    >>> strength_of_whole_tablets(figure(2, TABLET), figure(50, MG_PER_TABLET), figure(100, ML)).value
    Fraction(1, 1)
    """
    return tablets * strength_of_tablet / volume


@formula(reference="reverse-check")
def strength_of_portion(
    strength_of_tablet: MgPerTablet, tablets: Tablets, total_mass: Mg, portion: Mg, volume: Ml
) -> MgPerMl:
    """The strength computed back from the masses as printed.

    >>> from calc.arithmetic.units import MG, MG_PER_TABLET, ML, TABLET, figure
    >>> powder = figure(50, MG_PER_TABLET), figure(3, TABLET), figure(480, MG), figure(432, MG)
    >>> strength_of_portion(*powder, figure(135, ML)).value
    Fraction(1, 1)
    """
    return strength_of_tablet * tablets / total_mass * portion / volume


@formula(reference="reverse-check")
def strength_of_bulk_portion(strength_of_powder: Ratio, portion: Mg, volume: Ml) -> MgPerMl:
    """The strength computed back from bulk powder as printed.

    >>> from calc.arithmetic.units import MG, ML, RATIO, figure
    >>> strength_of_bulk_portion(figure("0.98", RATIO), figure(102, MG), figure(100, ML)).value
    Fraction(2499, 2500)
    """
    return strength_of_powder * portion / volume


@formula(reference="definition")
def strength_deviation(found: MgPerMl, wanted: MgPerMl) -> Ratio:
    """How far a strength is from the one wanted, as a part of the one wanted.

    >>> from calc.arithmetic.units import MG_PER_ML, figure
    >>> strength_deviation(figure("1.02", MG_PER_ML), figure(1, MG_PER_ML)).value
    Fraction(1, 50)
    """
    return found / wanted - 1
