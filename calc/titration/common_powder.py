"""Batches from one common powder: tablets weighed together and crushed once, of which each batch takes its portion."""

from __future__ import annotations

from dataclasses import replace

from calc.orders.parts import TabletSource
from calc.titration.plan import Batch
from calc.titration.schedule import Titration


def from_common_powder(
    titration: Titration, drafts: tuple[Batch, ...], planned: tuple[Batch, ...]
) -> tuple[Batch, ...]:
    """Return the drafts of a way with orders that take their powder from the tablets weighed for all of them.

    `planned` are the same batches as they are without such tablets. While one of them is stopped, its need is not
    known: then the drafts are returned as they are.
    """
    common, source = titration.common_powder, titration.order.source
    if common is None or not isinstance(source, TabletSource):
        return drafts
    tablets = [None if batch.plan is None else batch.plan.powder.tablets for batch in planned]
    if any(each is None for each in tablets):
        return drafts
    number = max(sum(each.need for each in tablets if each is not None), source.least_tablets)
    weighed = source.model_copy(
        update={
            "tablets_weighed": common.tablets_weighed,
            "total_mass": common.total_mass,
            "weighed_on": titration.order.prepared_on,
            "tablets_crushed": number,
            "common_powder": "yes" if len(drafts) > 1 else None,
        }
    )
    return tuple(replace(draft, order=draft.order.model_copy(update={"source": weighed})) for draft in drafts)
