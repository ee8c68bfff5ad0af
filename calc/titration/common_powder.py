"""Batches from one common powder: tablets weighed together and crushed once, of which each batch takes its portion."""

from __future__ import annotations

from dataclasses import replace

from calc.capsule.order import Order
from calc.capsule.planning import plan
from calc.faults import Refused
from calc.library import Library
from calc.orders.parts import TabletSource
from calc.titration.acknowledging import key_of
from calc.titration.plan import Batch
from calc.titration.schedule import Titration


def from_common_powder(titration: Titration, drafts: tuple[Batch, ...], library: Library) -> tuple[Batch, ...]:
    """Return the batches of a way with orders that take their powder from the tablets weighed for all of them.

    They are as they were without such tablets, and while a batch is stopped, because its need is not known then.
    """
    common, source = titration.common_powder, titration.order.source
    if common is None or not isinstance(source, TabletSource):
        return drafts
    needs = [_need(draft.order, titration, library) for draft in drafts]
    if None in needs:
        return drafts
    number = max(sum(need or 0 for need in needs), source.least_tablets)
    weighed = source.model_copy(
        update={
            "tablets_weighed": common.tablets_weighed,
            "total_mass": common.total_mass,
            "weighed_on": titration.order.prepared_on,
            "tablets_crushed": number,
        }
    )
    return tuple(replace(draft, order=draft.order.model_copy(update={"source": weighed})) for draft in drafts)


def _need(order: Order, titration: Titration, library: Library) -> int | None:
    """Return the tablets that a batch needs with its reserve; None if a stop stands that is not overridden."""
    try:
        made = plan(order, library)
    except Refused as refused:
        keys = {key_of(stop) for stop in refused.stops}
        given = tuple(each for each in titration.order.acknowledgements if (each.code, each.value) in keys)
        if not given:
            return None
        try:
            made = plan(order.model_copy(update={"acknowledgements": given}), library)
        except Refused:
            return None
    return None if made.powder.tablets is None else made.powder.tablets.need
