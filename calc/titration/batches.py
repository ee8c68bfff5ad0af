"""The batches of a titration: each planned as an order of its own, with its stops and those of the doses beside it.

A batch that may not be made is refused alone and carries its stops.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from calc import limits
from calc.arithmetic.units import CAPSULE, MG, MG_PER_CAPSULE, Figure, figure
from calc.capsule.order import Order
from calc.capsule.plan import Plan
from calc.capsule.planning import plan
from calc.faults import Refused, Stop, StopCode
from calc.library import Library
from calc.planning.parts import Acknowledged
from calc.reading.fields import canonical
from calc.titration.acknowledging import Key, key_of
from calc.titration.plan import Batch, DatedStep, Taking, WayCode

#: The plan of a batch, or None and its stops.
PlanOrStops = tuple[Plan | None, tuple[Stop, ...]]
#: Stops that concern the dose taken at one time, however many capsules hold it; all others concern the batch.
OF_ONE_TIME = frozenset(
    {
        StopCode.DOSE_BELOW_ABSOLUTE,
        StopCode.DOSE_BELOW_USUAL,
        StopCode.DOSE_ABOVE_USUAL,
        StopCode.DOSE_ABOVE_ABSOLUTE,
        StopCode.MANY_TABLETS_PER_DOSE,
    }
)
#: Stops that follow from the number of capsules; they mean nothing for a batch that is too large anyway.
OF_QUANTITY = frozenset({StopCode.QUANTITY_LARGE, StopCode.BELOW_LEAST_WEIGHABLE, StopCode.ROUNDING_ABOVE_LIMIT})


class Worked:
    """The drafts of every way, each planned as an order of its own, and the stops of doses told beside them."""

    def __init__(
        self,
        steps: tuple[DatedStep, ...],
        takings: dict[WayCode, tuple[Taking, ...]],
        drafts: dict[WayCode, tuple[Batch, ...]],
        library: Library,
    ) -> None:
        self._takings, self._drafts, self._library = takings, drafts, library
        self._results = {
            code: [_plan_or_stops(draft.order, library) for draft in each] for code, each in drafts.items()
        }
        # Each capsule may hold little and a dose of several too much: the dose at one time is limited, too.
        each_strength = WayCode.EACH_STRENGTH
        self._of_doses = _stops_of_doses(steps, drafts[each_strength], self._results[each_strength])

    @property
    def raised(self) -> tuple[Stop, ...]:
        """Every stop of any batch, before any reason is given."""
        return tuple(stop for each in self._results.values() for _, stops in each for stop in stops)

    def judged(self, passed: dict[Key, Acknowledged]) -> dict[WayCode, tuple[Batch, ...]]:
        """Return the batches of every way, each with its plan or with the stops that are not passed."""
        return {
            code: tuple(
                _judged(draft, result, _beside(code, draft, self._of_doses, taken), passed, self._library)
                for draft, result in zip(self._drafts[code], self._results[code], strict=True)
            )
            for code, taken in self._takings.items()
        }


def _beside(
    code: WayCode, draft: Batch, of_doses: dict[int, list[Stop]], taken: tuple[Taking, ...]
) -> tuple[Stop, ...]:
    """Return the stops of doses that are told at a batch: that of the largest strength of the dose."""
    if code is WayCode.EACH_STRENGTH:
        return ()
    steps = [next(of_step) for _, of_step in groupby(taken, key=lambda taking: taking.step)]
    told = (
        stop
        for index, first in enumerate(steps)
        if first.strength == draft.strength
        for stop in of_doses.get(index, ())
    )
    return tuple(told)


def _plan_or_stops(order: Order, library: Library) -> PlanOrStops:
    """Return the plan of a batch, or every stop that it raises before any reason is given."""
    beyond = tuple(_beyond_an_order(order))
    try:
        batch_plan = plan(order, library)
    except Refused as refused:
        if refused.faults:
            raise TypeError("a batch of a titration is an order that can be read") from refused
        known = {stop.code for stop in beyond}
        others = (stop for stop in refused.stops if stop.code not in known)
        if StopCode.QUANTITY_ABOVE_MOST in known:
            others = (stop for stop in others if stop.code not in OF_QUANTITY)
        return None, (*beyond, *others)
    return (None, beyond) if beyond else (batch_plan, ())


def _beyond_an_order(order: Order) -> Iterator[Stop]:
    """Yield the stops for a batch outside the range of an order: too many capsules, or next to no drug in each."""
    low, most = limits.RANGES["dose"].low, limits.RANGES["quantity"].high
    if order.dose < low:
        value = canonical(order.dose)
        yield Stop(StopCode.DOSE_BELOW_ABSOLUTE, "dose", value, {"dose": order.dose, "absolute_low": low})
    quantity = figure(order.quantity, CAPSULE)
    if quantity > most:
        facts = {"quantity": quantity, "most": most}
        yield Stop(StopCode.QUANTITY_ABOVE_MOST, "quantity", str(order.quantity), facts)


def _stops_of_doses(
    steps: tuple[DatedStep, ...], drafts: tuple[Batch, ...], results: list[PlanOrStops]
) -> dict[int, list[Stop]]:
    """Return by the number of their step the stops that the doses raise, however many capsules make one.

    They are the stops of the batches that hold a whole dose in each capsule; each is told once.
    """
    by_strength = {draft.strength: stops for draft, (_, stops) in zip(drafts, results, strict=True)}
    stops: dict[int, list[Stop]] = {}
    told: set[Key] = set()
    for index, step in enumerate(steps):
        for stop in by_strength[as_strength(step.dose)]:
            if stop.code in OF_ONE_TIME and key_of(stop) not in told:
                told.add(key_of(stop))
                facts = {**stop.facts, "at_one_time": True}
                stops.setdefault(index, []).append(replace(stop, field=f"schedule.{index}.dose", facts=facts))
    return stops


def _judged(
    draft: Batch, result: PlanOrStops, of_doses: tuple[Stop, ...], passed: dict[Key, Acknowledged], library: Library
) -> Batch:
    """Return a batch with its plan, or with the stops not overridden; `of_doses` are stops in addition to its own."""
    batch_plan, own = result
    keys = {key_of(stop) for stop in own}
    raised = (*own, *(stop for stop in of_doses if key_of(stop) not in keys))
    standing = tuple(stop for stop in raised if key_of(stop) not in passed)
    let_pass = tuple(replace(passed[key_of(stop)], stop=stop) for stop in raised if key_of(stop) in passed)
    acknowledgements = tuple(overridden.acknowledgement for overridden in let_pass if key_of(overridden.stop) in keys)
    order = draft.order.model_copy(update={"acknowledgements": acknowledgements})
    if standing:
        batch_plan = None
    elif batch_plan is None:
        batch_plan = plan(order, library)
    return replace(draft, order=order, plan=batch_plan, stops=standing, acknowledged=let_pass)


def as_strength(dose: Figure) -> Figure:
    """Return the strength of a capsule that holds the whole dose."""
    return Figure(dose.to(MG).value, MG_PER_CAPSULE)
