"""What a person may see of a batch: all of it, or its shape alone while somebody still has to read it blind.

A batch of which the figures are taken out has the same steps, points and values to be read; no page, paper or answer
made of it can tell a figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from calc.arithmetic.units import MG, figure
from calc.record.batch.points import Point, points_of
from calc.record.batch.state import BatchState, BatchStatus
from calc.record.batch.values import has_read
from calc.record.envelope import Event

HIDDEN = "hidden"
_NOTHING = figure(0, MG)
#: What an event may say while the figures of its batch are hidden.
_TOLD = frozenset(
    {
        *("step", "component", "point", "attempt", "outcome", "differ", "checking", "reason", "by", "finding", "why"),
        *("purpose", "container", "signs", "replaces", "reading", "way", "touches", "voids", "again"),
    }
)


class BatchShown(NamedTuple):
    """A batch as a person may see it; `hidden` says that its figures were taken out."""

    state: BatchState
    hidden: bool


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


def shown(state: BatchState, person: str) -> BatchShown:
    """Return what a person may see of a batch. Of two readings that differ nobody sees the values who has not asked."""
    if is_hidden(state, person):
        return BatchShown(without_figures(state), hidden=True)
    withheld = withheld_points(state, person)
    if not withheld:
        return BatchShown(state, hidden=False)
    checks = tuple(each._replace(values={}) if each.point in withheld else each for each in state.checks)
    return BatchShown(replace(state, checks=checks), hidden=False)


def data_shown(state: BatchState, event: Event, person: str) -> Mapping[str, Any]:
    """Return what a person may see of the data of an event of a batch."""
    if is_hidden(state, person):
        return {name: value for name, value in event.data.items() if name in _TOLD}
    if event.type == "check.made" and event.data["point"] in withheld_points(state, person):
        return {name: value for name, value in event.data.items() if name != "values"}
    return event.data


def without_figures(state: BatchState) -> BatchState:
    """Return a batch of the same shape without a figure, a name or a lot in it."""
    return replace(
        state,
        order=_shape(state.order),
        base=_shape(state.base),
        fingerprint="",
        answer="",
        use_until=None if state.use_until is None else HIDDEN,
        targets=tuple(each._replace(target=None, low=None, high=None) for each in state.targets),
        entries={
            step: entry._replace(
                actual=None,
                text="",
                side=None,
                boat=HIDDEN if entry.boat else "",
                tare=None if entry.tare is None else _NOTHING,
                shells=None,
            )
            for step, entry in state.entries.items()
        },
        lots=tuple(each._replace(maker="", lot=HIDDEN, expiry=HIDDEN) for each in state.lots),
        checks=tuple(each._replace(values={}) for each in state.checks),
        deviations=(),
        made=None,
        planned=None,
        dispensed=None,
        destroyed=None,
        returned=None,
        back=None,
        on_hand=None,
        made_as=None,
        tests=(),
        moves=(),
        papers=(),
        corrections=(),
        released=None,
    )


def _shape(part: Any) -> Any:
    """Return the names and lists of a tree, each value hidden; what is not known stays so."""
    if isinstance(part, Mapping):
        return {name: _shape(value) for name, value in part.items()}
    if isinstance(part, list | tuple):
        return [_shape(value) for value in part]
    return part if part is None else HIDDEN
