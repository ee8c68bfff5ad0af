"""Which act of the table of rights an act on a batch is; some are one or another by what they say."""

from __future__ import annotations

from typing import Any

from calc.record.batch import acts
from calc.record.batch.acts import Act
from calc.record.batch.correcting import MADE, correctable, is_own_and_unchecked
from calc.record.batch.points import point_named
from calc.record.batch.state import BatchState
from calc.record.batch.tested import TEST
from calc.record.envelope import Signed
from calc.record.rights import Act as Named

_NAMED: dict[type[Any], Named] = {
    acts.Open: Named.OPEN_BATCH,
    acts.TakeLot: Named.RECORD,
    acts.Record: Named.RECORD,
    acts.ShowFigures: Named.READ,
    acts.Resolve: Named.SIGN_DEVIATION,
    acts.Make: Named.SIGN_MADE,
    acts.RecordTest: Named.SIGN_DEVIATION,
    acts.Hold: Named.SIGN_DEVIATION,
    acts.Free: Named.SIGN_DEVIATION,
    acts.Release: Named.RELEASE,
    acts.Reject: Named.RELEASE,
    acts.Cancel: Named.CANCEL,
    acts.Dispense: Named.DISPENSE,
    acts.Move: Named.GIVE_BACK,
}


def act_of(state: BatchState | None, act: Act, person: str, signed: Signed | None) -> Named:
    """Return the act of the table that an act on a batch is, for this person, with or without a signature."""
    if isinstance(act, acts.Deviate):
        return Named.DRAFT_DEVIATION if signed is None else Named.SIGN_DEVIATION
    if isinstance(act, acts.Print):
        return Named.PRINT_LABEL if act.paper == "label" else Named.PRINT_SHEET
    if isinstance(act, acts.Check):
        point = None if state is None else point_named(state, act.point)
        return Named.RELEASE if point is None else point.act
    if isinstance(act, acts.Correct):
        return Named.CORRECT if state is None else right_to_correct(state, act.seq, person)
    return _NAMED[type(act)]


def right_to_correct(state: BatchState, seq: int, person: str) -> Named:
    """Return the act of the table that the correction of an entry is; one's own signature is corrected by another."""
    found = correctable(state, seq)
    if found is None or found.touches == TEST or not is_own_and_unchecked(state, found, person):
        return Named.CORRECT
    return Named.SIGN_MADE if found.touches == MADE else Named.CORRECT_OWN
