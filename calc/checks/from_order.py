"""A check by weight of the capsules of an order: the plan of the order gives the theoretical fill."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from calc.answers.writer import Writer
from calc.capsule.order import Order
from calc.capsule.plan import Plan
from calc.capsule.planning import plan
from calc.checks.sample import OrderedWeights, WeightsAsked
from calc.faults import Fault, FaultCode, Refused
from calc.library import Library

ORDER, FILL = "order", "theoretical_fill"
#: Placeholder for the theoretical fill while the rest of a check is read whose order is refused.
_IN_PLACE = "100 mg"


def read_weights(tree: Any, library: Library, today: date) -> tuple[WeightsAsked, Plan | None]:
    """Validate `tree` as a check by weight; return its sample, and the plan of its order if it names one.

    `today` stands in for the order's date of making. Raises `Refused` with every fault, those of the order under
    `order`; or, if there are none, with the stops of the order.

    >>> from calc.library import load
    >>> capsules = {"capsules": ["185 mg"] * 10, "shell_mass": "48 mg"}
    >>> source = {"tablets_weighed": 3, "total_mass": "0.480 g"}
    >>> order = {"dose": "4.5 mg", "quantity": 30, "source": source, "capsule": {"fill_mass": "137.6 mg"}}
    >>> sample, batch_plan = read_weights({"order": order, **capsules}, load(), date(2026, 11, 22))
    >>> sample.theoretical_fill.value, batch_plan.spread.largest.name
    (Fraction(688, 5), 'tablets')
    """
    if not isinstance(tree, Mapping) or tree.get(ORDER) is None:
        return WeightsAsked.read(_without(tree, ORDER) if isinstance(tree, Mapping) else tree), None
    faults: list[Fault] = []
    if tree.get(FILL) is not None:
        faults.append(Fault(FaultCode.EXCLUDES_EACH_OTHER, FILL, {"given": ORDER}))
    batch_plan, stopped = _planned(tree[ORDER], library, today, faults)
    rest = _without(_without(tree, ORDER), FILL) | {FILL: _IN_PLACE if batch_plan is None else printed_fill(batch_plan)}
    try:
        sample = OrderedWeights.read(rest)
    except Refused as refused:
        raise Refused((*faults, *refused.faults)) from refused
    if faults:
        raise Refused(tuple(faults))
    if stopped is not None:
        raise stopped
    return sample, batch_plan


def printed_fill(batch_plan: Plan) -> str:
    """Return the fill of one capsule as the plan prints it. Raises `TypeError` if the plan does not know it."""
    if batch_plan.fill.fill_mass is None:
        raise TypeError("a plan with a spread knows the fill of its capsules")
    return f"{Writer(batch_plan.order.balance.readability).of_capsule(batch_plan.fill.fill_mass)['value']} mg"


def _planned(typed: Any, library: Library, today: date, faults: list[Fault]) -> tuple[Plan | None, Refused | None]:
    """Return the plan of the order, or the stops in its way; append the faults of the order to `faults`."""
    try:
        batch_plan = plan(Order.read(typed, library, today=today), library)
    except Refused as refused:
        faults += [replace(fault, field=f"{ORDER}.{fault.field}".rstrip(".")) for fault in refused.faults]
        under = (replace(stop, field=f"{ORDER}.{stop.field}") for stop in refused.stops)
        return None, Refused(stops=tuple(under)) if refused.stops else None
    if batch_plan.spread is None:
        faults.append(Fault(FaultCode.SPREAD_UNKNOWN, ORDER))
        return None, None
    return batch_plan, None


def _without(tree: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in tree.items() if key != name}
