"""What an order says of its beyond-use date: how days are counted, where capsules are kept, what was published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, get_args

from pydantic import Field

from calc import limits
from calc.faults import Fault, FaultCode
from calc.orders.parts import Part
from calc.reading.fields import Count, PlainText, choice, length, within
from calc.reading.validation import LISTS

#: Where a preparation can be stored.
PLACES = (limits.STORAGE_AQUEOUS, limits.STORAGE_NONAQUEOUS, limits.STORAGE_FROZEN)
#: What a published date comes from, and the answers on how it was found; the first of each where nothing is said.
Kind = Literal["study", "monograph", "recipe"]
KINDS: tuple[Kind, ...] = get_args(Kind)
FOUND = ("unknown", "yes", "no")


class PublishedDate(Part):
    """What a study, a monograph or a recipe says of this preparation: how long it keeps, stored where, in what.

    One of `days` and `hours` is there. `stability_indicating` and `microbial` say whether the study's assay finds the
    drug beside what it decays to, and whether germs were looked for.
    """

    days: Annotated[Count, within("beyond_use.studies.days")] | None = None
    hours: Annotated[Count, within("beyond_use.studies.hours")] | None = None
    storage: Annotated[str, choice(*PLACES)]
    container: PlainText | None = None
    kind: Annotated[Kind, choice(*KINDS)] = KINDS[0]
    stability_indicating: Annotated[str, choice(*FOUND)] = FOUND[0]
    microbial: Annotated[str, choice(*FOUND)] = FOUND[0]
    reference: PlainText


class BeyondUse(Part):
    """How the days of a beyond-use date are counted, and what was published on the preparation."""

    counting: Annotated[str, choice("day 0", "day 1")]
    studies: Annotated[
        tuple[PublishedDate, ...], Field(max_length=limits.MOST_STUDIES), length(0, limits.MOST_STUDIES)
    ] = ()


class BeyondUseOfCapsules(BeyondUse):
    """The same, and where the capsules are kept; a liquid says that of its vehicle."""

    storage: Annotated[str, choice(*PLACES)]


def days_or_hours(tree: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield a fault for each published date with neither days nor hours, or with both."""
    group = tree["beyond_use"]
    items = group.get("studies") if isinstance(group, Mapping) else None
    for index, item in enumerate(items if isinstance(items, LISTS) else ()):
        if not isinstance(item, Mapping):
            continue
        path, given = f"beyond_use.studies.{index}", {"days", "hours"} & item.keys()
        if not given:
            yield Fault(FaultCode.REQUIRED, f"{path}.days")
        elif len(given) > 1:
            yield Fault(FaultCode.EXCLUDES_EACH_OTHER, f"{path}.hours", {"given": f"{path}.days"})
