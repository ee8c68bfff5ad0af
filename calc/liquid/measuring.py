"""Measuring of a liquid: doses on a syringe, strengths that land on a mark, volumes of whole tablets, bottles."""

from __future__ import annotations

from collections.abc import Iterator

from calc import limits
from calc.arithmetic import rounding
from calc.arithmetic.grids import times_powers_of_ten
from calc.arithmetic.notation import half_up
from calc.arithmetic.units import MG, MG_PER_ML, ML, PER_DAY, RATIO, TABLET, Figure, figure
from calc.drug import Drug
from calc.liquid.order import LiquidOrder, Syringe
from calc.liquid.plan import Bottle, Mark, NearlyWhole, OtherStrength, SyringeUsed, WholeTabletVolume
from calc.planning.basis import as_ordered
from calc.planning.parts import Tablets
from calc.rules import liquids as rules
from calc.rules import tablets as tablet_rules


def syringe_for(dose_volume: Figure, order: LiquidOrder, strength: Figure) -> SyringeUsed:
    """Return the smallest syringe that holds the dose; otherwise the largest, filled as often as the dose takes."""
    smallest = smallest_holding(dose_volume, order.syringes)
    syringe = smallest or max(order.syringes, key=lambda each: (each.capacity, -each.graduation.to(ML).value))
    capacity, graduation = syringe.capacity.to(ML), syringe.graduation.to(ML)
    times = rounding.up_to_whole(rules.fillings(dose_volume, capacity))
    marks = rules.marks(dose_volume, graduation)
    if marks.denominator == 1:
        return SyringeUsed(capacity, graduation, times, None, None)
    below, above = (
        _mark(figure(mark, RATIO), graduation, order, strength)
        for mark in (rounding.down_to_whole(marks), rounding.up_to_whole(marks))
    )
    return SyringeUsed(capacity, graduation, times, below, above)


def smallest_holding(volume: Figure, syringes: tuple[Syringe, ...]) -> Syringe | None:
    """Return the smallest syringe that holds a volume, of equal capacities the finer one; None if none does."""
    holding = (syringe for syringe in syringes if syringe.capacity >= volume)
    return min(holding, key=lambda syringe: (syringe.capacity, syringe.graduation), default=None)


def _mark(mark: Figure, graduation: Figure, order: LiquidOrder, strength: Figure) -> Mark:
    volume = rules.volume_at_mark(mark, graduation)
    dose = rules.drug_in_volume(strength, volume)
    return Mark(volume, dose, tablet_rules.deviation(dose, order.dose.to(MG)))


def other_strengths(order: LiquidOrder, strength: Figure) -> Iterator[OtherStrength]:
    """Yield round strengths near the one ordered whose dose is on a mark, the weakest first."""
    for other in round_strengths(strength):
        volume = rules.volume_with_drug(order.dose.to(MG), other)
        syringe = smallest_holding(volume, order.syringes)
        if syringe is not None and rules.marks(volume, syringe.graduation.to(ML)).denominator == 1:
            yield OtherStrength(other, volume, syringe.capacity.to(ML))


def round_strengths(strength: Figure) -> Iterator[Figure]:
    """Yield round strengths near one, without itself, the weakest first."""
    allowed, numbers = limits.LIQUID_RANGES["strength"], [each.value for each in limits.ROUND_STRENGTHS.values]
    least = max(strength.value * limits.OTHER_STRENGTH_LOW.value.value, allowed.low.to(MG).value)
    most = min(strength.value * limits.OTHER_STRENGTH_HIGH.value.value, allowed.high.to(MG).value)
    for value in times_powers_of_ten(numbers, least, most):
        if value != strength.value:
            yield Figure(value, MG_PER_ML)


def doses_and_days(volume: Figure, dose_volume: Figure, doses_per_day: int) -> tuple[int, int]:
    """Return the whole doses in a volume, and the whole days that they last."""
    doses = rounding.down_to_whole(rules.doses_in_volume(volume, dose_volume))
    days = rules.days_of_doses(figure(doses, RATIO), figure(doses_per_day, PER_DAY))
    return doses, rounding.down_to_whole(days)


def whole_tablet_volumes(
    order: LiquidOrder, tablet_strength: Figure, strength_as_labeled: Figure, exact: Figure, dose_volume: Figure
) -> Iterator[WholeTabletVolume]:
    """Yield volumes of whole mL made by whole tablets: the largest up to the volume ordered, the next above it."""
    allowed = limits.LIQUID_RANGES["volume"]
    of_one_tablet = rules.volume_with_drug(
        tablet_rules.drug_held(figure(1, TABLET), tablet_strength), strength_as_labeled
    )
    each = of_one_tablet.denominator
    times = rounding.down_to_whole(exact) // each
    for multiple in range(times, times + 1 + int(limits.WHOLE_TABLETS_ABOVE.value.value)):
        tablets = figure(multiple * each, TABLET)
        volume = rules.volume_with_drug(tablet_rules.drug_held(tablets, tablet_strength), strength_as_labeled)
        if allowed.low <= volume <= allowed.high:
            doses, days = doses_and_days(volume, dose_volume, order.doses_per_day)
            yield WholeTabletVolume(tablets.numerator, volume, doses, days)


def nearly_whole(order: LiquidOrder, drug: Drug | None, tablets: Tablets, labeled: Figure) -> NearlyWhole | None:
    """Return whole tablets within 0.1 % of the exact number; None if there are none, or the number is whole.

    `labeled` is the strength in the form of the tablets' label.
    """
    exact = tablets.exact.value
    number = half_up(exact.numerator, exact.denominator)
    if exact == number or abs(exact - number) > number * limits.NEARLY_WHOLE.value.value:
        return None
    count, ordered = figure(number, TABLET), order.volume.to(ML)
    volume = rules.volume_with_drug(tablet_rules.drug_held(count, tablets.strength), labeled)
    made = rules.strength_of_whole_tablets(count, tablets.strength, ordered)
    strength = as_ordered(order, drug, made, rules.strength_in_form)
    allowed = limits.LIQUID_RANGES["volume"], limits.LIQUID_RANGES["strength"]
    for one, ends in zip((volume, Figure(strength.value, MG)), allowed, strict=True):
        if not ends.low <= one <= ends.high:
            return None
    return NearlyWhole(number, strength, rules.strength_deviation(made, labeled), volume)


def bottle_for(volume: Figure) -> Bottle:
    """Return the smallest bottle with room to shake, or as many of the largest as share the liquid evenly."""
    rooms = [(size, rules.room_to_fill(limits.BOTTLE_FILLED.value, size)) for size in limits.BOTTLES.values]
    for size, room in rooms:
        if volume <= room:
            return Bottle(size, 1)
    largest, room = rooms[-1]
    return Bottle(largest, rounding.up_to_whole(rules.bottles(volume, room)))
