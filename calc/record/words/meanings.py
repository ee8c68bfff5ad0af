"""What a signature stands for, as the sentence that is shown where it is given and printed where it is named."""

from __future__ import annotations

from typing import Any

from calc.record.batch import acts
from calc.record.batch.acts import Act
from calc.record.batch.state import BatchState

MADE = "I made this batch as recorded."
READ = "I read these values myself, from the things themselves."
#: One person makes and checks: that is never called verification.
READ_AGAIN = "I made this batch and read these values again myself. No second person has checked them."
DEVIATION = "I have considered this deviation and its effect on the dose."
RESOLVED = "I looked into the two readings and state what I found."
HELD, FREED = "I hold this batch.", "I take this batch back to where it was."
TESTED = "I enter this test as reported."
RELEASED = "I read tray and label myself, reviewed this record and release the batch."
RELEASED_ALONE = "I made this batch, read tray and label again, and release it. No second person has checked it."
REJECTED = "I reject this batch."
CANCELLED = "I cancel this batch."
DISPENSED = "I dispense from this batch."
MOVED = "I state what came back, was destroyed or was counted."
CORRECTED = "I correct this entry; the old value stays beside the new one."

_MEANINGS: dict[type[Any], str] = {
    acts.Make: MADE,
    acts.Deviate: DEVIATION,
    acts.Resolve: RESOLVED,
    acts.Hold: HELD,
    acts.Free: FREED,
    acts.RecordTest: TESTED,
    acts.Reject: REJECTED,
    acts.Cancel: CANCELLED,
    acts.Dispense: DISPENSED,
    acts.Move: MOVED,
    acts.Correct: CORRECTED,
}


def meaning_of(state: BatchState | None, act: Act | type[Act], person: str) -> str:
    """Return what a signature of this person for an act stands for; blank for an act that nobody signs.

    >>> meaning_of(None, acts.Make, "p1")
    'I made this batch as recorded.'
    """
    kind = act if isinstance(act, type) else type(act)
    alone = state is not None and state.self_checked and person in state.makers
    if kind is acts.Check:
        return READ_AGAIN if alone else READ
    if kind is acts.Release:
        return RELEASED_ALONE if alone else RELEASED
    return _MEANINGS.get(kind, "")
