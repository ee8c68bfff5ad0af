"""What a person may see of a batch: all of it, or no figure while somebody still has to read it blind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calc.record.batch.points import Point, points_of
from calc.record.batch.state import BatchState, BatchStatus
from calc.record.batch.values import has_read
from calc.record.envelope import Event

#: What an event may say while the figures of its batch are hidden.
_TOLD = frozenset(
    {
        *("step", "component", "point", "attempt", "outcome", "differ", "checking", "reason", "by", "finding", "why"),
        *("purpose", "container", "signs", "replaces", "reading", "way", "touches", "voids", "again"),
    }
)


def is_hidden(state: BatchState, person: str) -> bool:
    """Return True if a person may not see the figures of a batch: she may still read them, and neither made nor saw it.

    So from the first lot or entry of a point to its check, from "made" until she has read tray and label, and while the
    batch is held between. Who asks to see them has seen them from then on, and reads them for no check.
    """
    return person not in state.makers | state.saw and (state.mismatch is not None or _is_to_be_read(state, person))


def _is_to_be_read(state: BatchState, person: str) -> bool:
    """Return True if there is something of a batch that a person may have to read, now or when it is due."""
    status = state.before_hold or BatchStatus.OPEN if state.status is BatchStatus.HELD else state.status
    if status not in (BatchStatus.OPEN, BatchStatus.DUE, BatchStatus.MADE):
        return False
    if state.is_made:
        return not has_read(state, person)
    return any(_is_begun(state, point) for point in points_of(state) if not state.matched(point.key))


def _is_begun(state: BatchState, point: Point) -> bool:
    entered = any(step in state.entries for step in point.needs)
    return entered or any(state.lots_of(component) for component in point.components)


def withheld_points(state: BatchState, person: str) -> frozenset[str]:
    """Return the points of which a person is not told what was read: values differ there, and no reading matches yet.

    Else who records again what was wrong would know what the other has read.
    """
    if state.last_lock or person in state.saw:
        return frozenset()
    return frozenset(check.point for check in state.checks if check.differ and not state.matched(check.point))


def data_shown(state: BatchState, event: Event, person: str) -> Mapping[str, Any]:
    """Return what a person may see of the data of an event of a batch."""
    if is_hidden(state, person):
        return {name: value for name, value in event.data.items() if name in _TOLD}
    if event.type == "check.made" and event.data["point"] in withheld_points(state, person):
        return {name: value for name, value in event.data.items() if name != "values"}
    return event.data
