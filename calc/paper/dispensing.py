"""The lines of a label for one patient, as typed: read, printed and forgotten. They belong to no order and no plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator

from calc import limits
from calc.faults import Fault, FaultCode
from calc.orders.parts import Part
from calc.paper.until import last_day_of
from calc.planning.work import WorkedPlan
from calc.reading.dates import DayOfAmericans
from calc.reading.fields import Count, TypedCount, refuse, text_up_to
from calc.reading.validation import validated
from calc.wording.dates import in_short


def _text(name: str) -> Any:
    return text_up_to(limits.LABEL_TEXTS[name][0])


def _few(refills: int) -> int:
    if not 0 <= refills <= limits.MOST_REFILLS:
        raise refuse("out_of_range", typed=str(refills), low="0", high=str(limits.MOST_REFILLS))
    return refills


class Lines(Part):
    """What is typed for one patient; None is a line to write on."""

    patient: Annotated[str, _text("patient")] | None = None
    rx_number: Annotated[str, _text("rx_number")] | None = None
    prescriber: Annotated[str, _text("prescriber")] | None = None
    filled: DayOfAmericans | None = None
    directions: Annotated[str, _text("directions")] | None = None
    refills: Annotated[Count, AfterValidator(_few)] | None = None
    pharmacist: Annotated[str, _text("pharmacist")] | None = None


#: The names of the lines, in the order in which they are typed.
NAMES = tuple(Lines.model_fields)
#: Line breaks of a box with several lines.
_BREAKS = ("\r\n", "\n", "\r")


def read_lines(typed: Mapping[str, str], plan: WorkedPlan) -> Mapping[str, str]:
    """Return the lines typed, as a label prints them; blank ones are left out. Raises `Refused` with every fault.

    The date filled lies between the making and the last day of use.
    """
    tree: dict[str, Any] = {name: text for name in NAMES if (text := _on_one_line(typed.get(name, "")))}
    if "refills" in tree:
        tree["refills"] = TypedCount(tree["refills"])
    found: list[Lines] = []

    def read() -> Lines:
        found.append(Lines.model_validate(tree))
        return found[0]

    validated(read)
    lines = validated(lambda: found[0], _outside(found[0].filled, plan))
    said = {name: getattr(lines, name) for name in NAMES}
    said["filled"] = None if lines.filled is None else in_short(lines.filled)
    return {name: str(text) for name, text in said.items() if text is not None}


def _on_one_line(text: str) -> str:
    for broken in _BREAKS:
        text = text.replace(broken, " ")
    return text.strip(" ")


def _outside(filled: date | None, plan: WorkedPlan) -> Iterator[Fault]:
    """Yield the fault of a date on which the preparation was not made yet, or may not be used any more."""
    made, last = plan.order.prepared_on, last_day_of(plan.beyond_use)
    if filled is not None and not made <= filled <= last:
        yield Fault(FaultCode.FILLED_OUTSIDE, "filled", {"typed": filled, "made": made, "last": last})
