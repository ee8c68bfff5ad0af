"""How strong a liquid is and what one dose of it holds, where either follows from what was typed."""

from __future__ import annotations

from calc import limits
from calc.arithmetic.notation import plain
from calc.arithmetic.units import MG, MG_PER_ML, ML, TABLET, Figure, figure
from calc.drug import Drug
from calc.faults import Fault, FaultCode, Refused
from calc.liquid.order import LiquidOrder
from calc.orders.sources import POWDERS, field_of
from calc.planning.basis import as_labeled, stepped_as_ordered
from calc.planning.codes import StepCode
from calc.planning.crushing import labeled_strength
from calc.planning.work import Work
from calc.rules import liquids as rules


def strength_of(order: LiquidOrder, drug: Drug | None, work: Work) -> tuple[Figure, Figure]:
    """Return the strength in the form ordered and in that of the source's label: as ordered, or of tablets used whole.

    Raises `Refused` if so many tablets make a strength that no order may have.
    """
    if order.strength is not None:
        strength = Figure(order.strength.in_one_ml.value, MG_PER_ML)
        return strength, as_labeled(order, drug, strength, work, StepCode.STRENGTH_AS_LABELLED, rules.strength_in_form)
    source = order.source
    if isinstance(source, POWDERS) or source.tablets_used is None:
        raise TypeError("an order of a liquid without a strength is not complete")
    used, volume = figure(source.tablets_used, TABLET), order.volume.to(ML)
    made = rules.strength_of_whole_tablets
    labeled = work.run(StepCode.STRENGTH_OF_TABLETS_USED, made, used, labeled_strength(source), volume)
    strength = stepped_as_ordered(order, drug, labeled, work, StepCode.STRENGTH_AS_ORDERED, rules.strength_in_form)
    taken = limits.LIQUID_RANGES["strength"]
    if not taken.low <= Figure(strength.value, MG) <= taken.high:
        typed = f"{plain(used)} in {plain(volume)}, {plain(Figure(strength.value, MG))} in 1 mL,"
        raise _outside(field_of_strength(order), typed, taken)
    return strength, labeled


def with_dose(order: LiquidOrder, strength: Figure, work: Work) -> LiquidOrder:
    """Return the order with its dose as a mass, which follows from the strength if it was typed as a volume.

    Raises `Refused` if the volume holds a dose that no order may have.
    """
    if not order.dose_is_volume:
        return order
    dose = work.run(StepCode.DOSE_OF_VOLUME, rules.drug_in_volume, strength, order.dose.to(ML))
    taken = limits.RANGES["dose"]
    if not taken.low <= dose <= taken.high:
        raise _outside("dose", f"{plain(order.dose)} with {plain(dose)} of drug", taken)
    return order.worked_out(dose)


def _outside(field: str, typed: str, taken: limits.Range) -> Refused:
    facts = {"typed": typed, "low": taken.low, "high": taken.high}
    return Refused((Fault(FaultCode.OUT_OF_RANGE, field, facts),))


def field_of_strength(order: LiquidOrder) -> str:
    """Return the path of the field that says how strong the liquid is."""
    return "strength" if order.strength is not None else field_of(order.source, "tablets_used")


def value_of_strength(order: LiquidOrder) -> str:
    """Return what that field says, as the normalized order writes it."""
    return str(order.tablets_used if order.strength is None else order.strength)


def in_one_ml(order: LiquidOrder, strength: Figure) -> Figure:
    """Return the drug in 1 mL as a mass: in the unit typed where a mass in 1 mL was."""
    if order.strength is not None and order.strength.is_mass:
        return order.strength.stated
    return Figure(strength.value, MG)
