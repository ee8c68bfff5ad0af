"""`titrate_liquid(titration, library)`: a schedule taken from one liquid, its doses as volumes on a syringe.

Pure. The batch is planned as an order of its own, with the dose of the first step; every other dose is judged as the
same order with that dose. A stop refuses the batch, and no calendar is given out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from calc import limits
from calc.arithmetic import rounding
from calc.arithmetic.rounding import total
from calc.arithmetic.units import MG, ML, RATIO, Figure, figure
from calc.faults import Fault, FaultCode, Notice, NoticeCode, Refused, Stop
from calc.library import Library
from calc.liquid import measuring
from calc.liquid.order import LiquidOrder, Syringe
from calc.liquid.plan import LiquidPlan
from calc.liquid.planning import plan_liquid
from calc.planning.basis import unit_of_drug
from calc.planning.parts import Acknowledged
from calc.rules import liquids
from calc.rules import titration as rules
from calc.titration.acknowledging import Key, key_of, matched
from calc.titration.liquid_plan import LiquidBatch, LiquidTitrationPlan, Measured, RoundStrength
from calc.titration.liquid_schedule import LiquidTitration
from calc.titration.plan import DatedStep
from calc.titration.planning import dated, turn

#: Notices of a single dose: of each dose they are told with the schedule, and not of the batch.
OF_ONE_DOSE = frozenset({NoticeCode.OFF_A_MARK, NoticeCode.SEVERAL_SYRINGES, NoticeCode.DOSE_VOLUME_UNUSUAL})
#: Notices of a batch that take its dose for every dose.
OF_EQUAL_DOSES = frozenset({NoticeCode.DAYS_UNUSUAL, NoticeCode.OUTLASTS_USE})
#: The field at which a stop speaks of the dose, whatever batch holds it.
DOSE = "dose"


def titrate_liquid(titration: LiquidTitration, library: Library) -> LiquidTitrationPlan:
    """Return the plan of a titration from a liquid.

    Raises `Refused` if an override reason matches no stop, or if the schedule takes more than an order can be.

    >>> from calc.library import load
    >>> library = load()
    >>> order = {"preparation": "liquid", "strength": "5 mg", "vehicle": {"name": "syrup"}, "prepared_on": "2026-11-23"}
    >>> tree = {"schedule": [{"dose": "0.5 mg", "days": 7}, {"dose": "1 mg", "days": 7}], "order": order}
    >>> plan = titrate_liquid(LiquidTitration.read(tree, library), library)
    >>> [str(each.volume.value) for each in plan.calendar], plan.batch.order.volume.value
    (['1/10', '1/5'], Fraction(3, 1))
    """
    steps = dated(titration.schedule, titration.doses_per_day, titration.start)
    strength = titration.strength
    volumes = tuple(liquids.volume_with_drug(step.dose.to(MG), strength) for step in steps)
    in_all = tuple(
        rules.volume_of_step(volume, figure(step.doses, RATIO)) for volume, step in zip(volumes, steps, strict=True)
    )
    needed = total(in_all, ML)
    by_day = [(volume, step.days, step.first) for volume, step in zip(volumes, steps, strict=True)]
    order = _order(titration, needed, by_day, library)
    one = one_syringe(volumes, order.syringes)
    orders = {step.dose: _with_dose(order, step.dose, one) for step in steps}
    measured = tuple(
        Measured(step, volume, measuring.syringe_for(volume, orders[step.dose], strength), taken)
        for step, volume, taken in zip(steps, volumes, in_all, strict=True)
    )
    batch, notices = _planned(titration, order, orders, steps, library)
    batch = replace(batch, volume_needed=needed)
    if batch.plan is not None:
        held, until = rules.last_day_held(order.volume, by_day, titration.doses_per_day), batch.plan.beyond_use.date
        usable = held if held is None or until is None else min(held, until)
        batch = replace(batch, lasts_until=None if usable is None or usable < steps[0].first else usable)
    others = () if all(each.syringe.on_a_mark for each in measured) else tuple(_others(steps, strength, order))
    plan = LiquidTitrationPlan(titration, steps, batch, measured, others, ())
    return replace(plan, notices=(*turn(steps), *notices, *_of_schedule(plan)))


def _order(
    titration: LiquidTitration, needed: Figure, by_day: list[tuple[Figure, int, date]], library: Library
) -> LiquidOrder:
    """Return the order of the batch, with the volume ordered or else with what is taken while it may be used."""
    update = {
        "dose": titration.schedule[0].dose.to(unit_of_drug(*(step.dose for step in titration.schedule))),
        "doses_per_day": titration.doses_per_day,
        "acknowledgements": (),
    }
    volume = titration.volume or _whole_volume(needed)
    order = titration.order.model_copy(update=update | {"volume": volume})
    plan = None if titration.volume is not None else _plan_or_stops(order, library)[0]
    until = None if plan is None else plan.beyond_use.date
    if until is None:
        return order
    usable = rules.volume_until(until, by_day, titration.doses_per_day)
    return order if usable.numerator == 0 else order.model_copy(update={"volume": _whole_volume(usable)})


def _whole_volume(needed: Figure) -> Figure:
    """Return the least whole mL that hold a volume. Raises `Refused` if an order of a liquid cannot be as large."""
    volume, ends = figure(rounding.up_to_whole(needed), ML), limits.LIQUID_RANGES["volume"]
    if volume > ends.high:
        facts = {"typed": f"{rounding.up_to_whole(needed)} mL", "low": ends.low, "high": ends.high}
        raise Refused((Fault(FaultCode.OUT_OF_RANGE, "order.volume", facts),))
    return max(volume, ends.low)


def one_syringe(volumes: tuple[Figure, ...], syringes: tuple[Syringe, ...]) -> Syringe | None:
    """Return the smallest syringe that holds the largest volume, if every volume is on a mark of it; otherwise None."""
    syringe = measuring.smallest_holding(max(volumes), syringes)
    if syringe is None:
        return None
    graduation = syringe.graduation.to(ML)
    on_marks = all(liquids.marks(volume, graduation).denominator == 1 for volume in volumes)
    return syringe if on_marks else None


def _with_dose(order: LiquidOrder, dose: Figure, syringe: Syringe | None) -> LiquidOrder:
    return order.model_copy(update={"dose": dose} | ({} if syringe is None else {"syringes": (syringe,)}))


def _others(steps: tuple[DatedStep, ...], strength: Figure, order: LiquidOrder) -> Iterator[RoundStrength]:
    """Yield round strengths with which one syringe has a mark for every dose."""
    for other in measuring.round_strengths(strength):
        volumes = tuple(liquids.volume_with_drug(step.dose.to(MG), other) for step in steps)
        syringe = one_syringe(volumes, order.syringes)
        if syringe is not None:
            yield RoundStrength(other, syringe.capacity.to(ML))


def _plan_or_stops(order: LiquidOrder, library: Library) -> tuple[LiquidPlan | None, tuple[Stop, ...]]:
    try:
        return plan_liquid(order, library), ()
    except Refused as refused:
        if refused.faults:
            raise TypeError("a batch of a titration is an order that can be read") from refused
        return None, refused.stops


def _planned(
    titration: LiquidTitration,
    order: LiquidOrder,
    orders: dict[Figure, LiquidOrder],
    steps: tuple[DatedStep, ...],
    library: Library,
) -> tuple[LiquidBatch, tuple[Notice, ...]]:
    """Return the batch with its plan or with every stop not overridden, and the notices of single doses.

    A stop of a dose is told once by its code and value; of what is the same with every dose each field has its own.
    """
    plan, own = _plan_or_stops(order, library)
    first_with: dict[Figure, str] = {}
    for index, step in enumerate(steps):
        first_with.setdefault(step.dose, f"schedule.{index}.{DOSE}")
    results = {dose: _plan_or_stops(orders[dose], library) for dose in first_with}
    stops = [stop for stop in own if stop.field != DOSE]
    told = {key_of(stop) for stop in stops}
    for dose, raised in ((steps[0].dose, own), *((dose, results[dose][1]) for dose in first_with)):
        for stop in raised:
            if stop.field == DOSE and key_of(stop) not in told:
                told.add(key_of(stop))
                stops.append(replace(stop, field=first_with[dose]))
    passed = matched(titration.order.acknowledgements, tuple(stops))
    standing = tuple(stop for stop in stops if key_of(stop) not in passed)
    let_pass = tuple(replace(passed[key_of(stop)], stop=stop) for stop in stops if key_of(stop) in passed)
    order = _overridden(order, own, passed)
    if standing:
        plan = None
    elif plan is None:
        plan = plan_liquid(order, library)
    batch = LiquidBatch(titration.strength, order.volume, order, plan, None, standing, let_pass)
    return batch, tuple(_of_doses(results, orders, passed, library))


def _overridden(order: LiquidOrder, own: tuple[Stop, ...], passed: dict[Key, Acknowledged]) -> LiquidOrder:
    """Return an order with the reasons for those of its `own` stops that are overridden."""
    reasons = tuple(passed[key_of(stop)].acknowledgement for stop in own if key_of(stop) in passed)
    return order.model_copy(update={"acknowledgements": reasons})


def _of_doses(
    results: dict[Figure, tuple[LiquidPlan | None, tuple[Stop, ...]]],
    orders: dict[Figure, LiquidOrder],
    passed: dict[Key, Acknowledged],
    library: Library,
) -> Iterator[Notice]:
    """Yield the notices of each dose that no stop stands against, in the order of the schedule."""
    for dose, (plan, stops) in results.items():
        if plan is None and all(key_of(stop) in passed for stop in stops):
            plan = plan_liquid(_overridden(orders[dose], stops, passed), library)
        if plan is not None:
            yield from (notice for notice in plan.notices if notice.code in OF_ONE_DOSE)


def _of_schedule(plan: LiquidTitrationPlan) -> Iterator[Notice]:
    """Yield notices of a schedule that needs several syringes, or goes on after its liquid."""
    batch, last = plan.batch, plan.steps[-1].last
    if not plan.one_syringe:
        yield Notice(NoticeCode.SYRINGE_CHANGES)
    if batch.plan is None:
        return
    if plan.late:
        dates = {"prepared_on": batch.order.prepared_on, "date": batch.plan.beyond_use.date}
        yield Notice(NoticeCode.LIQUID_NEEDED_AFTER, {"last": last, **dates})
    until = batch.plan.beyond_use.date if plan.late else last
    if batch.lasts_until is None or (until is not None and batch.lasts_until < until):
        volumes = {"volume": batch.order.volume.to(ML), "whole": batch.volume_needed}
        yield Notice(NoticeCode.VOLUME_ENDS_BEFORE, {**volumes, "last": last})
