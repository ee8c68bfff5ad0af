"""The work at the bench for a liquid, as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from calc.arithmetic.units import ML, RATIO, figure
from calc.liquid.plan import LiquidPlan, VehicleUsed
from calc.planning import bench
from calc.planning.bench import BenchCode, BenchStep, Wants
from calc.planning.bench_ingredients import add, measure, read_labels, weigh, wet_with
from calc.planning.ingredients import IngredientUsed


def work_of(plan: LiquidPlan) -> tuple[BenchStep, ...]:
    """Return every step of the work, in order."""
    return tuple(_steps(plan))


def _steps(plan: LiquidPlan) -> Iterator[BenchStep]:
    source, volume = plan.source, plan.order.volume.to(ML)
    yield BenchStep(BenchCode.PROTECT, wants=Wants.TEXT)
    weighed = [each for each in plan.ingredients if not each.is_measured]
    if weighed or not plan.whole_tablets:
        yield from bench.of_balance(source)
    yield BenchStep(BenchCode.MORTAR_AND_MEASURE, low=volume)
    bottles = "bottles" if plan.bottle.count > 1 else "bottle"
    capacity = plan.bottle.capacity
    yield BenchStep(BenchCode.BOTTLES, what=bottles, target=capacity, unit="mL", wants=Wants.VOLUME)
    yield bench.read_source(plan.order.source.component)
    yield from read_labels(plan.ingredients)
    yield BenchStep(BenchCode.READ_VEHICLE, what="parts" if len(plan.vehicle.parts) > 1 else "")
    if source.tablets is not None:
        yield bench.count_tablets(source.tablets)
        if not plan.whole_tablets:
            yield from bench.weigh_source(plan.order, source, source.tablets)
            if source.enough is not None:
                yield bench.look_at_mass(source.enough, diluted=False)
        yield BenchStep(BenchCode.CRUSH, what="whole" if plan.whole_tablets else "liquid")
    if not plan.whole_tablets:
        if source.tablets is not None:
            yield bench.weigh_back(source)
        yield bench.weigh_portion(source)
    yield from weigh(plan.ingredients)
    yield from _mixing(plan.vehicle, plan.ingredients)
    last = "part" if plan.vehicle.to_volume is not None else ""
    yield BenchStep(BenchCode.TO_VOLUME, what=last, target=volume, unit="mL", wants=Wants.VOLUME)
    yield BenchStep(BenchCode.SHAKE, wants=Wants.TEXT)
    if plan.bottle.count > 1:
        count = figure(plan.bottle.count, RATIO)
        yield BenchStep(BenchCode.FILL_BOTTLES, what=bottles, target=count, unit="bottles", wants=Wants.COUNT)
    else:
        yield BenchStep(BenchCode.FILL_BOTTLES, what=bottles, target=volume, unit="mL", wants=Wants.VOLUME)
    yield BenchStep(BenchCode.LOOK, wants=Wants.TEXT)
    yield BenchStep(BenchCode.VOLUME_MADE, target=volume, unit="mL", wants=Wants.VOLUME)
    yield BenchStep(BenchCode.LABEL_BOTTLES, wants=Wants.TEXT)
    often = "once" if plan.syringe.fillings == 1 else "several times"
    yield BenchStep(BenchCode.GIVE_SYRINGE, what=often, target=plan.dose_volume, wants=Wants.TEXT)
    if source.tablets is not None and not plan.whole_tablets:
        yield bench.destroy_powder(source.tablets)
    yield BenchStep(BenchCode.WASH_MEASURE, what="" if weighed or not plan.whole_tablets else "unweighed")
    yield BenchStep(BenchCode.DEVIATIONS, wants=Wants.TEXT)


def _mixing(vehicle: VehicleUsed, ingredients: Sequence[IngredientUsed]) -> Iterator[BenchStep]:
    """Yield the measuring of parts of the vehicle, how it meets the powder, the rinsing, and the ingredients."""
    what, measured = "part" if vehicle.to_volume is not None else "", vehicle.measured
    for number, part in enumerate(measured, start=1):
        step = number if len(measured) > 1 else 0
        yield BenchStep(BenchCode.MEASURE_PART, target=part.volume, unit="mL", wants=Wants.VOLUME, step=step)
    if vehicle.mixed is not None:
        yield BenchStep(BenchCode.MIX_VEHICLE, target=vehicle.mixed)
    yield from measure(ingredients)
    yield wet_with(ingredients) or BenchStep(BenchCode.WET, what=what)
    yield BenchStep(BenchCode.THIN, what=what)
    for number, part in enumerate(measured[1:] if what else (), start=1):
        step = number if len(measured) > 2 else 0
        yield BenchStep(BenchCode.ADD_PART, target=part.volume, step=step)
    yield BenchStep(BenchCode.RINSE, what=what)
    yield from add(ingredients)
