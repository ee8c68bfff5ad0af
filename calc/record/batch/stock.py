"""What there is of a batch: made less dispensed and destroyed, and what came back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from calc.arithmetic.units import CAPSULE, ML, Figure
from calc.record.batch import figures
from calc.record.batch.points import RELEASE
from calc.record.batch.state import BatchState, BatchStatus
from calc.record.envelope import Event

#: Why a batch is held of which something was corrected.
CORRECTED = "corrected"
#: The one reason of a destruction that is of what came back; with every other what never left is destroyed.
RETURNED = "returned"
_FIELDS = {"batch.dispensed": "dispensed", "batch.returned": "returned", "batch.destroyed": "destroyed"}


def in_stock(amount: Figure) -> Figure:
    """Return an amount in the unit of the books: capsules, or mL.

    >>> from calc.arithmetic.units import LITER, figure
    >>> in_stock(figure("0.1", LITER))
    Figure(value=Fraction(100, 1), unit=Unit('mL'))
    """
    return amount if amount.unit is CAPSULE else amount.to(ML)


def moved(state: BatchState, event: Event, data: Mapping[str, Any]) -> BatchState:
    """Return the batch after a movement. A count changes nothing: what differs is destroyed, or comes back, as such."""
    moves, name = (*state.moves, event), _FIELDS.get(event.type)
    if name is None:
        return replace(state, moves=moves)
    before, moved_now = getattr(state, name), in_stock(figures.read(data["amount"])).value
    changes: dict[str, Any] = {name: Figure(before.value + moved_now, before.unit)}
    if name != "dispensed":
        of_back = moved_now if name == "returned" else -moved_now if data["reason"] == RETURNED else Fraction(0)
        changes["back"] = Figure(max(number(state.back) + of_back, Fraction(0)), before.unit)
    return with_stock(replace(state, moves=moves, **changes))


def with_stock(state: BatchState) -> BatchState:
    """Return the batch with what is on hand: used up if that is nothing, released again if something came back.

    Held instead, if the check of its release was voided meanwhile.
    """
    made = state.made
    if made is None:
        return state
    on_hand = Figure(made.value - gone(state), made.unit)
    state = replace(state, on_hand=on_hand)
    if state.status is BatchStatus.RELEASED and not on_hand.numerator:
        return replace(state, status=BatchStatus.EXHAUSTED)
    if state.status is not BatchStatus.EXHAUSTED or not on_hand.numerator:
        return state
    if state.matched(RELEASE):
        return replace(state, status=BatchStatus.RELEASED)
    return replace(state, status=BatchStatus.HELD, before_hold=BatchStatus.MADE, held_because=CORRECTED)


def to_dispense(state: BatchState) -> Figure | None:
    """Return what may still be dispensed: nothing that was dispensed before and came back, which is to be destroyed."""
    if state.made is None:
        return None
    return Figure(state.made.value - used(state), state.made.unit)


def used(state: BatchState) -> Fraction:
    """Return what does not lie there as it was made: what has left, and what came back, which is never dispensed."""
    return gone(state) + number(state.back)


def to_destroy(state: BatchState, reason: str) -> Figure | None:
    """Return what may be destroyed for a reason: of what came back for "returned", else of what never left."""
    if state.on_hand is None or reason != RETURNED:
        return to_dispense(state)
    return Figure(min(number(state.back), state.on_hand.value), state.on_hand.unit)


def gone(state: BatchState) -> Fraction:
    """Return what has left a batch for good: dispensed and destroyed, less what came back."""
    return number(state.dispensed) + number(state.destroyed) - number(state.returned)


def number(amount: Figure | None) -> Fraction:
    """Return an amount without its unit; nothing for one that is not there.

    >>> number(None)
    Fraction(0, 1)
    """
    return Fraction(0) if amount is None else amount.value
