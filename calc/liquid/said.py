"""Strength and dose of a liquid in words: as they are ordered, in 1 mL and in one dose, and "about" where rounded."""

from __future__ import annotations

from fractions import Fraction

from calc.arithmetic.notation import decimal, in_short, plain, significant
from calc.arithmetic.units import MG, ML, PERCENT, Figure, Unit
from calc.faults import NoticeCode
from calc.liquid.order import Vehicle, VehiclePart
from calc.liquid.plan import LiquidPlan
from calc.planning.basis import unit_of_drug
from calc.rules.liquids import drug_in_volume
from calc.wording import liquid as words
from calc.wording.figures import LONGEST_SAID, drug_said
from calc.wording.spelled_out import mass_in_words


def kind_said(plan: LiquidPlan, vehicle: Vehicle | VehiclePart) -> str:
    """Return what a vehicle counts as, water and preservative; of one of which nobody knows it, that it counts so."""
    kind = words.KINDS[vehicle.aqueous, vehicle.preserved]
    unknown = [notice.facts["vehicles"] for notice in plan.notices if notice.code is NoticeCode.VEHICLE_OPEN]
    is_open = any(isinstance(names, tuple) and vehicle.name in names for names in unknown)
    return words.COUNTS_AS.format(kind=kind) if is_open else kind


def strength_said(plan: LiquidPlan, unit: Unit | None = None) -> str:
    """Return the strength as ordered: "5 mg/mL", "25 mg/5 mL", "2 %"; of tablets used whole, their drug in all.

    It is in the unit of the plan unless another is given.
    """
    ordered, volume, unit = plan.order.strength, plan.order.volume.to(ML), unit or unit_of_drug(plan.order.dose)
    if ordered is None:
        return _in_volume(drug_in_volume(plan.strength, volume), unit, volume)
    if ordered.is_mass:
        return about_if_rounded(plan.strength, drug_said(plan.strength, unit))
    if ordered.stated.unit is PERCENT:
        return plain(ordered.stated)
    return _in_volume(ordered.stated, unit, ordered.volume.to(ML))


def _in_volume(drug: Figure, unit: Unit, volume: Figure) -> str:
    """Return what was typed, all of it: what another pharmacist computes from is never rounded.

    Drug in another form than that of the tablets may have no end.
    """
    text = words.IN_VOLUME.format(drug=plain(drug.to(unit)), volume=plain(volume))
    return text if decimal(drug) is not None else words.ABOUT.format(amount=text)


def _drug(amount: Figure, unit: Unit) -> str:
    return about_if_rounded(amount.to(unit), drug_said(amount, unit))


def strength_in_full(plan: LiquidPlan) -> str:
    """Return the strength as it was ordered, and what is in 1 mL where that says something else."""
    stated = strength_said(plan)
    if in_one_ml_said_by_itself(plan):
        return stated
    return words.STRENGTH_IN_FULL.format(strength=stated, in_one_ml=in_one_ml_said(plan))


def in_one_ml_said_by_itself(plan: LiquidPlan) -> bool:
    """Return True if the strength was ordered as the drug in 1 mL."""
    return plan.order.strength is not None and plan.order.strength.is_mass


def in_one_ml_said(plan: LiquidPlan) -> str:
    """Return the drug in 1 mL: "5 mg in 1 mL", "about 1.667 mg in 1 mL"."""
    return words.IN_ONE_ML.format(drug=about(plan, Figure(plan.strength.value, MG)))


def dose_said(plan: LiquidPlan) -> str:
    """Return the drug in one dose."""
    return about(plan, plan.order.dose)


def about(plan: LiquidPlan, amount: Figure) -> str:
    """Return an amount of drug in the unit of the plan, with "about" where it is rounded."""
    return _drug(amount, unit_of_drug(plan.order.dose))


def about_if_rounded(amount: Figure, text: str) -> str:
    """Return the text of a figure, with "about" if it cannot be said in full."""
    return text if in_short(amount, LONGEST_SAID) else words.ABOUT.format(amount=text)


def in_words(plan: LiquidPlan) -> str:
    """Return the order in words, so that a slip in a decimal point or a unit is noticed."""
    strength = Figure(plan.strength.value, MG)
    return words.IN_WORDS.format(dose=_spelled(plan, plan.order.dose), strength=_spelled(plan, strength))


def _spelled(plan: LiquidPlan, mass: Figure) -> str:
    mass = mass.to(unit_of_drug(plan.order.dose))
    if in_short(mass, _LONGEST_SPELLED):
        return mass_in_words(mass)
    rounded = Figure(Fraction(significant(mass, 4)), mass.unit)
    return words.ABOUT.format(amount=mass_in_words(rounded))


#: Characters of the longest number that is spelled out in full.
_LONGEST_SPELLED = 15
