"""What a correction does: the new value stands beside the old one, and checks that stood on it count no more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from calc.record.batch import figures
from calc.record.batch.state import BatchState, BatchStatus, Entry, TakenLot, voided
from calc.record.batch.stock import CORRECTED, in_stock, with_stock
from calc.record.envelope import Event


def correct(state: BatchState, event: Event, data: Mapping[str, Any]) -> BatchState:
    """Return the batch with the value corrected and its checks void; a released batch is held."""
    seq, name, new = data["seq"], data["field"], data["new"]
    entries = {
        step: _entry(state, entry, name, new) if entry.seq == seq else entry
        for step, entry in state.entries.items()
        if entry.seq != seq or name != "done"  # a tick that is taken back
    }
    lots = tuple(_lot(lot, name, new) if lot.seq == seq else lot for lot in state.lots)
    made = state.made
    if state.made_as is not None and state.made_as.seq == seq and name == "made":
        made = in_stock(figures.read(new))
    voids = frozenset(data["voids"])
    after = replace(
        state,
        entries=entries,
        lots=lots,
        made=made,
        checks=voided(state.checks, voids),
        tests=tuple(_test(each, name, new) if each.seq == seq else each for each in state.tests),
        explained=state.explained - frozenset(data["touches"] if name == "actual" else ()),
        unread=state.unread | frozenset(data["touches"]),
        corrections=(*state.corrections, event),
    )
    return with_stock(held_if_released(after) if voids else after)


def held_if_released(state: BatchState) -> BatchState:
    """Hold a released batch: what it was released by counts no more, so it is made, checked and released again."""
    if state.status is BatchStatus.RELEASED:
        return replace(state, status=BatchStatus.HELD, before_hold=BatchStatus.MADE, held_because=CORRECTED)
    if state.status is BatchStatus.HELD and state.before_hold is BatchStatus.RELEASED:
        return replace(state, before_hold=BatchStatus.MADE)
    return state


def _entry(state: BatchState, entry: Entry, name: str, new: str) -> Entry:
    if name == "actual":
        actual = figures.read(new)
        return entry._replace(actual=actual, text=new, side=state.side(entry.step, actual))
    if name == "tare":
        return entry._replace(tare=figures.read(new))
    if name == "shells":
        return entry._replace(shells=int(new))
    return entry._replace(boat=new) if name == "boat" else entry._replace(text=new)


def _lot(lot: TakenLot, name: str, new: str) -> TakenLot:
    if name == "text":
        return lot._replace(lot=new)
    return lot._replace(expiry=new) if name == "expiry" else lot._replace(maker=new)


def _test(event: Event, name: str, new: str) -> Event:
    return replace(event, data={**event.data, name: new})
