"""What is written down later, from paper: which acts may be, and between which times they were done.

Times are local, as on the paper: "2026-11-30 14:05". Such a text is compared as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from calc.faults import FaultCode
from calc.record.batch.acts import Dispense, Make, Move, Open, Record, TakeLot
from calc.record.batch.asking import Asking
from calc.record.batch.bench_order import components_of
from calc.record.batch.codes import CHOICES, Why
from calc.record.batch.making import AFTER_MADE
from calc.record.batch.points import points_of
from calc.record.batch.state import BatchState
from calc.record.batch.typed import Typed
from calc.record.envelope import Late
from calc.record.stamp import done_at, local, written_at

_DONE_AT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} ([01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)
#: What happens at bench and counter also while the record is down. All else is decided when it is written.
_ON_PAPER = Open, TakeLot, Record, Make, Dispense, Move


def read_late(asking: Asking[Any], late: Late) -> Late:
    """Return when something was done and why it is written down later.

    Raises `Refused` for what is no time or no reason, and `ActRefused` for an act that is never late, for a time in the
    future or before the batch was opened, and for one before what has to come first.
    """
    if not isinstance(asking.act, _ON_PAPER):
        raise asking.refused(Why.NEVER_LATE, "late.done_at")
    typed, done = Typed(), late.done_at.strip(" ").replace("T", " ")
    reason = typed.chosen("late.reason", late.reason, CHOICES["late"])
    if not _is_time(done):
        typed.fault(FaultCode.DATE_FORMAT, "late.done_at", typed=late.done_at[:40])
    typed.done()
    moment = asking.moment
    if done > local(written_at(moment.at), moment.zone) or done < asking.state.opened_at:
        raise asking.refused(Why.LATE_OUT_OF_ORDER, "late.done_at")
    first = max(_before(asking), default="")
    if done < first:
        raise asking.refused(Why.LATE_TOO_EARLY, "late.done_at", first=first)
    return Late(done, reason)


def _is_time(text: str) -> bool:
    try:
        return _DONE_AT.fullmatch(text) is not None and date.fromisoformat(text[:10]) is not None
    except ValueError:
        return False


def _before(asking: Asking[Any]) -> Iterator[str]:
    """Yield when what has to come before an act was done, as far as it is recorded.

    A step comes after the checks that it waited for and after what it replaces; "made" after all work and its checks;
    what comes back after the first of it was given out, and what is destroyed or counted after it was made.
    """
    act, state = asking.act, asking.state
    if isinstance(act, Record):
        yield from _checked(asking, {point.key for point in points_of(state) if act.step in point.locks})
        if act.step in state.entries:
            yield state.entries[act.step].done_at
    elif isinstance(act, Make):
        yield from _checked(asking, {point.key for point in points_of(state)})
        yield from (lot.done_at for lot in state.lots if lot.component in components_of(state.order))
        yield from (entry.done_at for step, entry in state.entries.items() if not _is_after_made(state, step))
    elif isinstance(act, Move) and act.kind == "returned":
        given = (done_at(event) for event in state.moves if event.type == "batch.dispensed")
        yield min(given, default="")
    elif isinstance(act, Move) and state.made_as is not None:
        yield done_at(state.made_as)


def _checked(asking: Asking[Any], points: set[str]) -> Iterator[str]:
    """Yield when the checks of some points were made: never later than they were written."""
    return (local(each.at, asking.moment.zone) for each in asking.state.checks if each.matched and each.point in points)


def _is_after_made(state: BatchState, step: str) -> bool:
    target = state.target(step)
    return target is not None and target.code in AFTER_MADE
