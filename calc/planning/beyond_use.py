"""The beyond-use date of any plan: the earliest of all that bound it."""

from __future__ import annotations

from datetime import date

from calc.drug import Study
from calc.library import BeyondUseRule
from calc.orders.base import AnyOrder
from calc.planning.parts import BeyondUse
from calc.rules import beyond_use as dates

#: A component and its expiry, if one was entered.
Expiry = tuple[dates.LimitedBy, date | None]


def dated(order: AnyOrder, rule: BeyondUseRule, expiries: tuple[Expiry, ...], studies: tuple[Study, ...]) -> BeyondUse:
    """The earliest of the general limit, the expiries of the source and of the components, and the studies' days."""
    counting = order.beyond_use.counting
    found = [dates.DatedLimit("default", dates.last_day(order.prepared_on, rule.days, counting))]
    for by, expiry in ((order.source.component, order.source.expiry), *expiries):
        if expiry is not None:
            found.append(dates.DatedLimit(by, expiry))
    found += [dates.DatedLimit("study", dates.last_day(order.prepared_on, study.days, counting)) for study in studies]
    bound = dates.earliest(tuple(found))
    return BeyondUse(bound, tuple(limit for limit in found if limit is not bound), rule, studies)
