"""The rows of a schedule from its first dose by equal steps to its last: what is asked, and the rows that it makes.

A page fills its schedule with it. The rows are what is ordered; nothing of how they were filled in enters an order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from calc import limits
from calc.arithmetic.notation import decimal, grouped
from calc.arithmetic.units import MG, Figure, Unit
from calc.faults import Fault, FaultCode, Refused
from calc.reading.fields import Count, Mass, within
from calc.reading.numbers import NUMBER
from calc.reading.validation import trimmed, validated
from calc.rules.titration import dose_by_steps, doses_by_steps

#: Where the faults of a filling are told, by the name of its field.
FILL = "fill"


class Filling(BaseModel):
    """The first dose, the step from dose to dose, the days of each, and the last dose, which may be the smaller one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    first: Annotated[Mass, within("dose")] = Field(alias="from")
    by: Annotated[Mass, within("dose")]
    days: Annotated[Count, within("schedule.days")]
    last: Annotated[Mass, within("dose")] = Field(alias="to")


@dataclass(frozen=True, slots=True)
class Filled:
    """The doses that a filling makes, as numbers in the unit of its first dose, with the days of each.

    `last_step` is the last step where it is smaller than the others, so that the last dose is the one asked for.
    """

    doses: tuple[str, ...]
    unit: Unit
    days: int
    by: Figure
    last_step: Figure | None


def filled(tree: Mapping[str, Any]) -> Filled:
    """Return the rows that a filling makes. Raises `Refused` with every fault of its fields.

    >>> filled({"from": "0.5 mg", "by": "1 mg", "days": 7, "to": "3 mg"}).doses
    ('0.5', '1.5', '2.5', '3')
    """
    try:
        asked = validated(lambda: Filling.model_validate(trimmed(dict(tree))))
    except Refused as refused:
        faults = (Fault(fault.code, f"{FILL}.{fault.field}", fault.facts) for fault in refused.faults)
        raise Refused(tuple(faults)) from refused
    count = doses_by_steps(asked.first, asked.by, asked.last)
    if count > limits.SCHEDULE_STEPS:
        facts = {"count": grouped(str(count)), "most": limits.SCHEDULE_STEPS}
        raise Refused((Fault(FaultCode.TOO_MANY_STEPS, f"{FILL}.by", facts),))
    doses = [dose_by_steps(asked.first, asked.by, asked.last, number) for number in range(count)]
    texts = tuple(_written(dose.to(asked.first.unit)) for dose in doses)
    last_step = Figure(abs(doses[-1].value - doses[-2].value), MG) if count > 1 else asked.by
    shorter = None if last_step == asked.by else last_step.to(asked.by.unit)
    return Filled(texts, asked.first.unit, asked.days, asked.by, shorter)


def _written(dose: Figure) -> str:
    """Return the number of a dose as it is typed into its row; a number too long for one is a fault of the step."""
    text = decimal(dose) or ""
    if not NUMBER.fullmatch(text):
        raise Refused((Fault(FaultCode.TOO_MANY_DECIMALS, f"{FILL}.by", {"typed": text}),))
    return text
