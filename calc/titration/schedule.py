"""The input of a titration: a schedule, and the order of its batches; validated, all faults reported at once.

The order leaves out the fields of a single batch: the schedule gives dose and quantity of each, and tablets are weighed
for one batch, in the plan of that batch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict

from calc import limits
from calc.capsule.order import Order
from calc.faults import Fault, FaultCode, Refused
from calc.library import Library
from calc.liquid.order import LiquidOrder
from calc.orders.ingredients import BATCH
from calc.orders.parts import kind_of_source
from calc.reading.dates import CalendarDate, peek_date
from calc.reading.fields import Count, Mass, length, within
from calc.reading.validation import trimmed, validated, without_null

OrderT = TypeVar("OrderT", Order, LiquidOrder)
#: Fields of an order that concern a single batch; a titration does not accept them.
OF_ONE_BATCH = (
    *("dose", "quantity", "internal_number", "source.tablets_weighed", "source.total_mass", "source.weighed_on"),
    *("source.capsules_weighed", "source.full_mass", "source.shells_mass"),
    *("source.recovered_mass", "source.tablets_crushed", "source.crushed_mass", "source.common_powder"),
    "formulation",
)
#: The field of the powder that is common to all batches.
COMMON = "common_powder"
#: Placeholders for dose and quantity while the rest of the order is read; no batch is made from them.
_IN_PLACE = {"dose": "1 mg", "quantity": 1}


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Step(_Part):
    """One step of a schedule: what is taken at one time, and for how many days."""

    dose: Annotated[Mass, within("dose")]
    days: Annotated[Count, within("schedule.days")]


class WeighedTogether(_Part):
    """Tablets weighed together on the day of making, whose powder is common to all batches."""

    tablets_weighed: Annotated[Count, within("source.tablets_weighed")]
    total_mass: Annotated[Mass, within("source.total_mass")]


class Schedule(_Part):
    """The schedule itself, as it is sent; the order stands beside it."""

    schedule: Annotated[tuple[Step, ...], length(1, limits.SCHEDULE_STEPS)]
    doses_per_day: Annotated[Count, within("doses_per_day")] = limits.DOSES_PER_DAY
    start: CalendarDate | None = None
    common_powder: WeighedTogether | None = None


@dataclass(frozen=True, slots=True)
class Titration:
    """The input of a titration, complete and validated. Made by `Titration.read`; it never changes.

    `order` is common to all batches; its own dose and quantity are placeholders, which each batch replaces.
    """

    schedule: tuple[Step, ...]
    doses_per_day: int
    start: date
    order: Order
    common_powder: WeighedTogether | None = None

    @classmethod
    def read(cls, tree: Any, library: Library, *, today: date | None = None) -> Titration:
        """Parse and validate `tree` (names, texts and whole numbers, as JSON gives them) as a titration.

        `today` stands in for a missing date of making; the core has no clock. Raises `Refused` with every fault.

        >>> from calc.library import load
        >>> tree = {"schedule": [{"dose": "1.5 mg", "days": 14}, {"dose": "3 mg", "days": 14}]}
        >>> Titration.read(tree, load(), today=date(2026, 11, 23)).start.isoformat()
        '2026-11-23'
        """
        schedule, start, order = read_parts(tree, library, today, Order, OF_ONE_BATCH, _IN_PLACE, _without_tablets)
        return cls(schedule.schedule, schedule.doses_per_day, start, order, schedule.common_powder)


def _without_tablets(order: Mapping[str, Any]) -> str | None:
    """Return the field of an order that says that its source is not tablets, or None."""
    source = order.get("source")
    return None if kind_of_source(source) == "tablet" else "order.source.kind"


def read_parts(
    tree: Any,
    library: Library,
    today: date | None,
    kind: type[OrderT],
    of_one_batch: Iterable[str],
    in_place: Mapping[str, Any],
    without_tablets: Callable[[Mapping[str, Any]], str | None],
) -> tuple[Schedule, date, OrderT]:
    """Return the schedule in a tree, its first day, and the order common to its batches, which is of this `kind`.

    `in_place` are values for fields that the schedule gives. `without_tablets` returns the field for which an order has
    no tablets that could be common to its batches. Raises `Refused` with every fault.
    """
    if not isinstance(tree, Mapping):
        raise Refused((Fault(FaultCode.WRONG_TYPE, "", {"expected": "object"}),))
    fields = trimmed(dict(tree))
    faults: list[Fault] = []
    schedule = _schedule(fields, faults)

    def read(order: Mapping[str, Any]) -> OrderT:
        return kind.read({**order, **in_place}, library, today=today)

    order = _order(fields.get("order"), read, of_one_batch, faults)
    typed = fields.get("order")
    given = without_tablets(typed if isinstance(typed, Mapping) else {})
    if isinstance(fields.get(COMMON), Mapping) and given is not None:
        faults.append(Fault(FaultCode.EXCLUDES_EACH_OTHER, COMMON, {"given": given}))
    start, prepared = peek_date(fields.get("start")), _prepared_on(fields.get("order"), today)
    if start is not None and prepared is not None and start < prepared:
        facts = {"typed": start, "prepared_on": prepared}
        faults.append(Fault(FaultCode.START_BEFORE_MAKING, "start", facts))
    if schedule is None or order is None or faults:
        raise Refused(tuple(faults))
    return schedule, schedule.start or order.prepared_on, order


def _prepared_on(order: Any, today: date | None) -> date | None:
    """Return the date of making, whatever else is wrong with the order; None if it cannot be read."""
    typed = order.get("prepared_on") if isinstance(order, Mapping) else None
    return today if typed is None else peek_date(typed)


def _schedule(fields: Mapping[str, Any], faults: list[Fault]) -> Schedule | None:
    """Validate all fields beside the order; null is treated as absent, in a step as well."""
    own = {name: value for name, value in fields.items() if name != "order"}
    steps = own.get("schedule")
    if isinstance(steps, list | tuple):
        own["schedule"] = [
            without_null(step, Step.model_fields) if isinstance(step, Mapping) else step for step in steps
        ]
    if isinstance(own.get(COMMON), Mapping):
        own[COMMON] = without_null(own[COMMON], WeighedTogether.model_fields)
    try:
        return validated(lambda: Schedule.model_validate(without_null(own, Schedule.model_fields)))
    except Refused as refused:
        faults += refused.faults
    return None


def _order(
    typed: Any, read: Callable[[Mapping[str, Any]], OrderT], of_one_batch: Iterable[str], faults: list[Fault]
) -> OrderT | None:
    """Validate the order common to all batches; its faults are reported under `order`."""
    if typed is not None and not isinstance(typed, Mapping):
        faults.append(Fault(FaultCode.WRONG_TYPE, "order", {"expected": "object"}))
        return None
    tree = dict(typed or {})
    source = tree.get("source")
    if isinstance(source, Mapping):
        tree["source"] = source = dict(source)
    for path in of_one_batch:
        part, _, name = path.rpartition(".")
        group = source if part else tree
        if isinstance(group, dict) and group.pop(name, None) is not None:
            faults.append(Fault(FaultCode.BELONGS_TO_BATCH, f"order.{path}"))
    faults += _of_one_batch(tree.get("ingredients"))
    try:
        return read(tree)
    except Refused as refused:
        faults += _under_order(refused.faults)
    return None


def _of_one_batch(items: Any) -> Iterator[Fault]:
    """Yield a fault for each ingredient whose amount is of one batch, as it is unless it says otherwise."""
    for index, item in enumerate(items if isinstance(items, list | tuple) else ()):
        if isinstance(item, Mapping) and item.get("per") in (None, "", BATCH):
            yield Fault(FaultCode.BELONGS_TO_BATCH, f"order.ingredients.{index}.per")


def _under_order(faults: tuple[Fault, ...]) -> Iterator[Fault]:
    for fault in faults:
        yield replace(fault, field=f"order.{fault.field}")
