"""`titrate(asked, library)`: a schedule as capsules in two ways, each batch planned as an order of its own.

Pure, as `plan` is. A batch that may not be made refuses that batch alone and carries its stops; acknowledgements that
fit no batch refuse the whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from calc import limits
from calc.arithmetic.units import CAPSULE, DAY, MG, MG_PER_CAPSULE, PER_DAY, RATIO, Figure, figure
from calc.capsule.order import Order
from calc.capsule.plan import Plan
from calc.capsule.planning import plan
from calc.faults import Notice, NoticeCode, Refused, Stop, StopCode
from calc.library import Library
from calc.planning.parts import Acknowledged
from calc.reading.fields import canonical
from calc.rules import titration as rules
from calc.titration.acknowledging import Key, key_of, matched
from calc.titration.plan import Batch, DatedStep, Taking, Titrated, Way, WayCode
from calc.titration.schedule import Titration

#: What looking at a batch finds: its plan, or None and its stops.
Found = tuple[Plan | None, tuple[Stop, ...]]
#: The stops that are of what is taken at one time, however many capsules hold it; others are of the batch.
OF_ONE_TIME = frozenset(
    {
        StopCode.DOSE_BELOW_ABSOLUTE,
        StopCode.DOSE_BELOW_USUAL,
        StopCode.DOSE_ABOVE_USUAL,
        StopCode.DOSE_ABOVE_ABSOLUTE,
        StopCode.MANY_TABLETS_PER_DOSE,
    }
)
#: The stops that follow from how many capsules there are: of a batch that is too large anyway they say nothing.
OF_QUANTITY = frozenset({StopCode.QUANTITY_LARGE, StopCode.BELOW_LEAST_WEIGHABLE, StopCode.ROUNDING_ABOVE_LIMIT})


def titrate(asked: Titration, library: Library) -> Titrated:
    """Both ways to make the doses of a schedule: one strength taken in multiples, and a batch for each strength.

    Raises `Refused` where an acknowledgement fits no batch.

    >>> from calc.library import load
    >>> library = load()
    >>> tree = {"schedule": [{"dose": "1.5 mg", "days": 14}, {"dose": "4.5 mg", "days": 30}], "start": "2026-11-23"}
    >>> asked = Titration.read({**tree, "order": {"prepared_on": "2026-11-23"}}, library)
    >>> [(way.capsules, way.tablets) for way in titrate(asked, library).ways]
    [(104, 4), (44, 4)]
    """
    steps = _dated(asked)
    strength = rules.largest_common_strength(step.dose for step in steps)
    takings = {
        WayCode.ONE_STRENGTH: tuple(_taking(step, strength) for step in steps),
        WayCode.EACH_STRENGTH: tuple(_taking(step, _as_strength(step.dose)) for step in steps),
    }
    drafts = {code: _drafts(asked, taken) for code, taken in takings.items()}
    found = {code: [_looked_at(draft.order, library) for draft in each] for code, each in drafts.items()}
    raised = tuple(stop for each in found.values() for _, stops in each for stop in stops)
    passed = matched(asked.order.acknowledgements, raised)
    # A capsule may hold little and a dose of several too much: what is taken at one time is limited, too.
    of_doses = _stops_of_doses(steps, drafts[WayCode.EACH_STRENGTH], found[WayCode.EACH_STRENGTH])
    beside: dict[WayCode, tuple[Stop, ...]] = {WayCode.ONE_STRENGTH: of_doses, WayCode.EACH_STRENGTH: ()}
    ways = tuple(
        Way(
            code,
            tuple(
                _judged(draft, plan_or_stops, beside[code], passed, library)
                for draft, plan_or_stops in zip(drafts[code], found[code], strict=True)
            ),
            takings[code],
        )
        for code in WayCode
    )
    return Titrated(asked, steps, ways, (*_turn(steps), *_notices(ways)))


def _dated(asked: Titration) -> tuple[DatedStep, ...]:
    """The steps one after another, the first from the first day on."""
    steps = []
    first = asked.start
    for step in asked.schedule:
        doses = rules.doses_of_step(figure(step.days, DAY), figure(asked.doses_per_day, PER_DAY))
        last = rules.last_day_of_step(first, step.days)
        drug = rules.drug_of_step(step.dose.to(MG), doses)
        steps.append(DatedStep(step.dose.to(MG), step.days, first, last, int(doses.value), drug))
        first = last + timedelta(days=1)
    return tuple(steps)


def _as_strength(dose: Figure) -> Figure:
    """A capsule that holds the whole dose."""
    return Figure(dose.to(MG).value, MG_PER_CAPSULE)


def _taking(step: DatedStep, strength: Figure) -> Taking:
    """How many capsules of a strength a step takes; the strength divides its dose exactly."""
    each = rules.capsules_for_dose(step.dose, strength)
    capsules = rules.capsules_of_step(each, figure(step.doses, RATIO))
    return Taking(step, strength, int(each.value), int(capsules.value))


def _drafts(asked: Titration, takings: tuple[Taking, ...]) -> tuple[Batch, ...]:
    """One batch for each strength in the order of first need, not yet planned; a dose that returns is of one batch."""
    drafts = []
    for strength in dict.fromkeys(taking.strength for taking in takings):
        needed = [taking for taking in takings if taking.strength == strength]
        quantity = sum(taking.capsules for taking in needed)
        order = asked.order.model_copy(update={"dose": _held(strength), "quantity": quantity, "acknowledgements": ()})
        first, last = needed[0].step.first, needed[-1].step.last
        drafts.append(Batch(strength, quantity, first, last, order, plan=None, stops=(), acknowledged=()))
    return tuple(drafts)


def _looked_at(order: Order, library: Library) -> Found:
    """The plan of a batch, or every stop that it raises before any reason is given."""
    beyond = tuple(_beyond_an_order(order))
    try:
        made = plan(order, library)
    except Refused as refused:
        if refused.faults:
            raise TypeError("a batch of a titration is an order that can be read") from refused
        known = {stop.code for stop in beyond}
        others = (stop for stop in refused.stops if stop.code not in known)
        if StopCode.QUANTITY_ABOVE_MOST in known:
            others = (stop for stop in others if stop.code not in OF_QUANTITY)
        return None, (*beyond, *others)
    return (None, beyond) if beyond else (made, ())


def _beyond_an_order(order: Order) -> Iterator[Stop]:
    """What a schedule can come to and an order does not take: too many capsules, or next to nothing in each."""
    low, most = limits.RANGES["dose"].low, limits.RANGES["quantity"].high
    if order.dose < low:
        value = canonical(order.dose)
        yield Stop(StopCode.DOSE_BELOW_ABSOLUTE, "dose", value, {"dose": order.dose, "absolute_low": low})
    quantity = figure(order.quantity, CAPSULE)
    if quantity > most:
        facts = {"quantity": quantity, "most": most}
        yield Stop(StopCode.QUANTITY_ABOVE_MOST, "quantity", str(order.quantity), facts)


def _stops_of_doses(steps: tuple[DatedStep, ...], drafts: tuple[Batch, ...], found: list[Found]) -> tuple[Stop, ...]:
    """The stops that the doses raise, however many capsules make one.

    They are those of the batches that hold a whole dose in each capsule.
    """
    by_strength = {draft.strength: stops for draft, (_, stops) in zip(drafts, found, strict=True)}
    stops: dict[Key, Stop] = {}
    for index, step in enumerate(steps):
        for stop in by_strength[_as_strength(step.dose)]:
            if stop.code in OF_ONE_TIME:
                facts = {**stop.facts, "at_one_time": True}
                stops.setdefault(key_of(stop), replace(stop, field=f"schedule.{index}.dose", facts=facts))
    return tuple(stops.values())


def _judged(
    draft: Batch, found: Found, of_doses: tuple[Stop, ...], passed: dict[Key, Acknowledged], library: Library
) -> Batch:
    """A batch with its plan, or with the stops that no reason lets pass; `of_doses` stop it beside its own."""
    made, own = found
    keys = {key_of(stop) for stop in own}
    raised = (*own, *(stop for stop in of_doses if key_of(stop) not in keys))
    standing = tuple(stop for stop in raised if key_of(stop) not in passed)
    let_pass = tuple(replace(passed[key_of(stop)], stop=stop) for stop in raised if key_of(stop) in passed)
    given = tuple(one.acknowledgement for one in let_pass if key_of(one.stop) in keys)
    order = draft.order.model_copy(update={"acknowledgements": given})
    if standing:
        made = None
    elif made is None:
        made = plan(order, library)
    return replace(draft, order=order, plan=made, stops=standing, acknowledged=let_pass)


def _turn(steps: tuple[DatedStep, ...]) -> Iterator[Notice]:
    """The first step in which doses that rose fall, or doses that fell rise: two of them may have changed places."""
    rising = None
    for number, (before, step) in enumerate(pairwise(steps), start=2):
        if step.dose == before.dose:
            continue
        if rising is not None and rising is not (step.dose > before.dose):
            yield Notice(NoticeCode.DOSES_TURN, {"dose": step.dose, "before": before.dose, "step": number})
            return
        rising = step.dose > before.dose


def _notices(ways: tuple[Way, ...]) -> Iterator[Notice]:
    """What to read first: a dose of many capsules, and capsules that are needed after their beyond-use date."""
    for way in ways:
        most = max(way.takings, key=lambda taking: taking.at_one_time)
        capsules = figure(most.at_one_time, CAPSULE)
        if capsules > limits.CAPSULES_AT_ONE_TIME.value:
            facts = {"way": way.code, "dose": most.step.dose, "capsules": capsules, "strength": _held(most.strength)}
            yield Notice(NoticeCode.MANY_CAPSULES_AT_ONE_TIME, {**facts, "most": limits.CAPSULES_AT_ONE_TIME.value})
        for batch in way.batches:
            if batch.late:
                facts = {"way": way.code, "strength": _held(batch.strength), "last": batch.last}
                dates = {"prepared_on": batch.order.prepared_on, "date": batch.usable_until}
                yield Notice(NoticeCode.NEEDED_AFTER_BEYOND_USE, {**facts, **dates})


def _held(strength: Figure) -> Figure:
    """What one capsule of a strength holds, as a mass."""
    return Figure(strength.value, MG)
