"""Events as they will be written: what an act asks for, applied to a batch before the door has given it a place."""

from __future__ import annotations

from collections.abc import Iterable

from calc.record.batch.evolve import evolve
from calc.record.batch.state import BatchState
from calc.record.envelope import Draft, Event, Signature
from calc.record.stamp import Moment, Stamp, stamped

#: Sequences that no event of the record has: entries of one request have none yet.
_NOT_WRITTEN = 0


def event_of(draft: Draft, version: int, stamp: Stamp, moment: Moment, program: str) -> Event:
    """Return the event that a draft becomes, but for its sequence and the hash that its signature covers."""
    signed = draft.signed
    signature = None if signed is None else Signature(signed.meaning, signed.method, _NOT_WRITTEN, "")
    return stamped(draft, _NOT_WRITTEN, version, signature, stamp, moment, program)


def after(state: BatchState, drafts: Iterable[Draft], stamp: Stamp, moment: Moment, program: str) -> BatchState:
    """Return the batch as it will be once these events are written."""
    for draft in drafts:
        state = evolve(state, event_of(draft, state.version + 1, stamp, moment, program))
    return state
