"""The beyond-use date of a plan: the earliest of all dates that limit it."""

from __future__ import annotations

from datetime import date

from calc.drug import Study
from calc.library import BeyondUseRule
from calc.orders.base import AnyOrder
from calc.planning.parts import BeyondUse
from calc.rules import beyond_use as dates

#: A component and its expiry; None if none was entered.
Expiry = tuple[dates.LimitedBy, date | None]


def dated(
    order: AnyOrder, rule: BeyondUseRule | None, expiries: tuple[Expiry, ...], studies: tuple[Study, ...], storage: str
) -> BeyondUse:
    """Return the earliest of the general limit, the expiries of source and components, and the limits by studies.

    A published date of the order counts if it is of this `storage`. Without it and without a general limit, `rule`,
    nothing is bound: an expiry or a study in a drug's file only ever shortens a date.
    """
    published = [study for study in order.beyond_use.studies if study.storage == storage]
    counting = order.beyond_use.counting
    candidates = []
    if rule is not None:
        candidates.append(dates.DatedLimit("default", dates.last_day(order.prepared_on, rule.days, counting)))
    for by, expiry in ((order.source.component, order.source.expiry), *expiries):
        if expiry is not None:
            candidates.append(dates.DatedLimit(by, expiry))
    candidates += [
        dates.DatedLimit("study", dates.last_day(order.prepared_on, study.days, counting)) for study in studies
    ]
    for study in published:
        last = dates.last_day(order.prepared_on, study.days, counting)
        candidates.append(dates.DatedLimit("study", last, study.reference))
    bound = None if rule is None and not published else dates.earliest(tuple(candidates))
    others = [limit for limit in candidates if limit is not bound]
    elsewhere = [study for study in order.beyond_use.studies if study.storage != storage]
    return BeyondUse(bound, tuple(others), rule, studies, tuple(elsewhere))
