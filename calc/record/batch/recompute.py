"""A stored batch planned again by this version of the program: the fingerprint that it has, or its name in a list."""

from __future__ import annotations

from typing import NamedTuple

from calc.answers.parts import VERSION
from calc.faults import Refused
from calc.library import Library
from calc.record.batch.planned import plan_batch
from calc.record.batch.state import BatchState


class Recomputed(NamedTuple):
    """A batch that this version plans otherwise than the one that planned it; `now` is blank if it is refused."""

    number: str
    then: str
    now: str
    program_then: str
    program_now: str


def recompute(state: BatchState, library: Library, program: str = VERSION) -> Recomputed | None:
    """Return how a batch differs if its order is planned now; None if it has its fingerprint.

    Nothing is rewritten: the record keeps the answer that the batch was made by.
    """
    try:
        now = plan_batch(state.order, library).fingerprint
    except Refused:
        now = ""
    if now == state.fingerprint:
        return None
    return Recomputed(state.number, state.fingerprint, now, state.program, program)
