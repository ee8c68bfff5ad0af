"""Batches as the record's endpoint shows them: what is known of them, every event, every signature."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from calc.arithmetic.units import CAPSULE, ML, Figure, figure
from calc.record.batch import figures
from calc.record.batch.state import BatchState
from calc.record.envelope import Event
from calc.store.reading import BatchRow


def row_shown(row: BatchRow) -> dict[str, Any]:
    """Return one line of the list of batches; what is there as a text with its unit."""
    liquid = row.preparation == "liquid"
    there = (
        None if row.on_hand is None else figure(Fraction(row.on_hand, 1000 if liquid else 1), ML if liquid else CAPSULE)
    )
    return {
        "number": row.number,
        "state": row.state,
        "preparation": row.preparation,
        "drug": row.drug,
        "checking": row.checking,
        "opened_on": row.day,
        "due": row.due,
        "use_until": row.use_until,
        "on_hand": _amount(there),
        "version": row.version,
    }


def batch_shown(state: BatchState, events: Sequence[Event]) -> dict[str, Any]:
    """Return a batch: its state, its events in order, its signatures."""
    return {
        "number": state.number,
        "version": state.version,
        "state": state.status.value,
        "preparation": state.preparation,
        "checking": state.checking,
        "purpose": state.purpose,
        "fingerprint": state.fingerprint,
        "program": state.program,
        "opened_on": state.opened_on,
        "use_until": state.use_until,
        "planned": _amount(state.planned),
        "made": _amount(state.made),
        "on_hand": _amount(state.on_hand),
        "order": state.order,
        "events": [event.envelope() for event in events],
        "signatures": [_signature(event) for event in events if event.signature is not None],
    }


def _amount(amount: Figure | None) -> str | None:
    return figures.written_or_none(amount)


def _signature(event: Event) -> dict[str, Any]:
    """Return one signature: of which event, by whom, when, and what it means."""
    signed = {} if event.signature is None else event.signature._asdict()
    return {"seq": event.seq, "type": event.type, "by": event.by._asdict(), "at": event.at, **signed}
