"""A schedule of doses worked out as capsules in two ways: one strength in multiples, and a batch for each strength."""

import math
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any

from tests.second_engine import engine
from tests.second_engine.forms import needed_of
from tests.second_engine.liquid_titration import work_out_from_liquid
from tests.second_engine.order import Acknowledgement, Liquid, Order
from tests.second_engine.said import answering, standing, unused_faults
from tests.second_engine.schedule import MOST_CAPSULES, Schedule, Taken, read_titration, steps_shown
from tests.second_engine.shown import drug_mass, exact, quantity
from tests.second_engine.stops import Stop, dose_stops, written
from tests.second_engine.tables import HARD_STOPS, RANGES
from tests.second_engine.tablets import counted
from tests.second_engine.work import begin

MANY_AT_ONE_TIME = 6
Figures = dict[str, Any]


@dataclass(slots=True)
class Batch:
    """All capsules of one strength: the steps that take them, and how many of them each dose takes."""

    strength: Fraction
    steps: list[Taken]
    quantity: int
    raised: list[Stop] = field(default_factory=list)
    plan: Figures | None = None


def batches_of(schedule: Schedule, strengths: list[Fraction]) -> list[Batch]:
    """One batch for each strength; a dose is made of the strength that divides it."""
    found = []
    for strength in strengths:
        steps = [one for one in schedule.steps if len(strengths) == 1 or one.dose == strength]
        found.append(Batch(strength, steps, sum(int(one.dose / strength) * one.doses for one in steps)))
    return found


def _stops(batch: Batch, order: Order) -> list[Stop]:
    """Stops of the batch as an order of its own, and of what is taken at one time."""
    stops = engine.stops_of(begin(order))
    if batch.quantity > MOST_CAPSULES:
        stops = [stop for stop in stops if stop.code != "quantity_large"]
        stops.append(Stop("quantity_above_most", "quantity", str(batch.quantity)))
    if batch.strength < RANGES["dose"][0] and not order.filed:
        stops.append(Stop("dose_below_absolute", "dose", exact(batch.strength)))
    first = {one.dose: one.number for one in reversed(batch.steps) if one.dose != batch.strength}
    for dose, number in first.items():
        together = dose_stops(replace(order, dose=dose))
        stops += [Stop(stop.code, f"schedule.{number}.dose", stop.value, stop.amount) for stop in together]
    return stops


def _batch_figures(batch: Batch, order: Order, said: list[Acknowledgement]) -> Figures:
    """One batch for the answer, planned where no stop stands."""
    answered, left = answering(batch.raised, said), standing(batch.raised, said)
    if not left:
        carried = answering([stop for stop in batch.raised if not stop.field.startswith("schedule.")], said)
        planned = engine.plan(replace(order, acknowledgements=carried))["plan"]
        names = ("batch", "tablets_to_crush", "drug_needed", "drug_left_over", "beyond_use", "notices")
        batch.plan = {name: planned[name] for name in names}
        batch.plan["capsules_left_over"] = planned["batch"] - batch.quantity
    return {
        "strength": quantity(batch.strength, "mg/{capsule}", exact(batch.strength)),
        "quantity": batch.quantity,
        "from": batch.steps[0].start.isoformat(),
        "to": batch.steps[-1].end.isoformat(),
        "plan": batch.plan,
        "stops": [written(stop) for stop in left],
        "acknowledged": [
            {"code": item.code, "value": item.value, "reason": item.reason}
            for item in answered
            if item.code not in HARD_STOPS
        ],
    }


def _sum(batches: list[Batch], name: str) -> Figures | None:
    """The drug of all batches together; None where it is not known of each."""
    parts = [batch.plan[name] if batch.plan else None for batch in batches]
    if None in parts:
        return None
    return drug_mass(sum((Fraction(part["exact"]) for part in parts), Fraction(0)))


def _tablets(pairs: list[tuple[Batch, Order]]) -> int | None:
    """The tablets of all batches: of one powder the least number of the bench counts once."""
    if any(batch.plan is None or order.bulk is not None for batch, order in pairs):
        return None
    return max(sum(counted(order, needed_of(order)).need for _, order in pairs), pairs[0][1].least_tablets)


def _count(batches: list[Batch], name: str) -> int | None:
    """The same of a count."""
    parts = [batch.plan[name] if batch.plan else None for batch in batches]
    return None if None in parts else sum(parts)


def _calendar(schedule: Schedule, batches: list[Batch]) -> list[Figures]:
    """What is taken when."""
    lines = []
    for one in schedule.steps:
        batch = next(batch for batch in batches if one in batch.steps)
        count = int(one.dose / batch.strength)
        lines.append(
            {
                "from": one.start.isoformat(),
                "to": one.end.isoformat(),
                "dose": drug_mass(one.dose),
                "capsules_a_dose": count,
                "strength": quantity(batch.strength, "mg/{capsule}", exact(batch.strength)),
                "capsules": count * one.doses,
            }
        )
    return lines


def _way(code: str, schedule: Schedule, pairs: list[tuple[Batch, Order]], shown: list[Figures]) -> Figures:
    """One way; nothing of its sums leaves while a stop stands."""
    batches, tablets = [batch for batch, _ in pairs], _tablets(pairs)
    needed = sum((needed_of(order) for _, order in pairs), Fraction(0))
    stopped = any(batch.plan is None for batch in batches)
    return {
        "code": code,
        "batches": shown,
        "capsules": sum(batch.quantity for batch in batches),
        "most_capsules_a_dose": max(int(one.dose / batch.strength) for batch in batches for one in batch.steps),
        "tablets": tablets,
        "drug_needed": _sum(batches, "drug_needed"),
        "drug_left_over": tablets and drug_mass(tablets * pairs[0][1].strength - needed),
        "capsules_left_over": _count(batches, "capsules_left_over"),
        "calendar": [] if stopped else _calendar(schedule, batches),
    }


def _strengths(schedule: Schedule) -> dict[str, list[Fraction]]:
    """The strengths of either way, in the order of first need."""
    doses = list(dict.fromkeys(one.dose for one in schedule.steps))
    over = math.lcm(*(dose.denominator for dose in doses))
    common = Fraction(math.gcd(*(int(dose * over) for dose in doses)), over)
    return {"one_strength": [common], "each_strength": doses}


def work_out_titration(tree: Any, today: date) -> Figures:
    """Answer a titration with {"plan": ...} or {"faults": ...}."""
    schedule, faults = read_titration(tree, today)
    if schedule is None or faults:
        return {"faults": faults}
    if isinstance(schedule.order, Liquid):
        return work_out_from_liquid(schedule, schedule.order)
    said = schedule.order.acknowledgements
    made: list[tuple[str, list[tuple[Batch, Order]]]] = []
    for code, strengths in _strengths(schedule).items():
        pairs = []
        for batch in batches_of(schedule, strengths):
            order = replace(schedule.order, dose=batch.strength, quantity=batch.quantity, acknowledgements=[])
            batch.raised = _stops(batch, order)
            pairs.append((batch, order))
        made.append((code, pairs))
    unused = unused_faults(said, [stop for _, pairs in made for batch, _ in pairs for stop in batch.raised])
    if unused:
        return {"faults": unused}
    ways, notices = [], []
    for code, pairs in made:
        shown = [_batch_figures(batch, order, said) for batch, order in pairs]
        batches = [batch for batch, _ in pairs]
        ways.append(_way(code, schedule, pairs, shown))
        if code == "one_strength" and ways[-1]["most_capsules_a_dose"] > MANY_AT_ONE_TIME:
            notices.append("many_capsules_at_one_time")
        notices += [
            "needed_after_beyond_use"
            for batch in batches
            if batch.plan and (last := batch.plan["beyond_use"]["date"]) and batch.steps[-1].end.isoformat() > last
        ]
    return {
        "plan": {
            "schedule": steps_shown(schedule),
            "doses_per_day": schedule.doses_per_day,
            "ways": ways,
            "notices": notices,
        },
    }
