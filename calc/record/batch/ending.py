"""What a pharmacist says of a batch as a whole: deviations, tests, held and freed, rejected; and a batch cancelled."""

from __future__ import annotations

from typing import Any

from calc.answers.figures import deviation
from calc.arithmetic.units import PERCENT, RATIO
from calc.record.batch import figures
from calc.record.batch.acts import Cancel, Deviate, Free, Hold, RecordTest, Reject
from calc.record.batch.asking import Asking, Decision
from calc.record.batch.back import back_of
from calc.record.batch.checking import held
from calc.record.batch.codes import CHOICES, NO, OF_DOSE, OF_PLAN, OTHER, YES, Why
from calc.record.batch.state import BatchStatus
from calc.record.batch.tested import made_to_pass
from calc.record.batch.typed import Typed
from calc.record.envelope import Draft
from calc.record.rights import Role

#: Why the program holds a batch of which a test fails.
_BY_TEST = "a test fails"
#: Where it holds it.
_STOPPED_BY_TEST = frozenset({BatchStatus.MADE, BatchStatus.RELEASED})
_ENDED = frozenset({BatchStatus.CANCELLED, BatchStatus.REJECTED, BatchStatus.EXHAUSTED})


def deviate(asking: Asking[Deviate]) -> Decision:
    """Record a deviation with its effect on the dose as far as that is weighed; a draft if nobody signs it.

    A draft is signed also at a step that the work has no more: else it would wait for ever.
    """
    act, state, typed = asking.act, asking.state, Typed()
    if state.last_lock:
        raise asking.in_wrong_state()
    drafts = {each.seq for each in state.deviations if each.signature is None and each.data["step"] == act.step}
    if act.signs is not None and (act.signs not in drafts or asking.signed is None):
        raise asking.refused(Why.NO_SUCH_ENTRY, "signs")
    if act.signs is None and act.step not in (OF_DOSE, OF_PLAN) and state.target(act.step) is None:
        raise asking.refused(Why.NO_SUCH_STEP, "step")
    reason = asking.reason(typed, "deviation", act.reason, act.text)
    typed.done()
    found = back_of(state, asking.library)
    effect = None
    if found:
        furthest = max(found, key=lambda back: abs(back.deviation.value))
        off = furthest.deviation.to(PERCENT)
        effect = {
            "off": deviation(furthest.deviation.to(RATIO))["text"],
            "exact": figures.written(off),
            "state": furthest.state.value,
        }
    data = {"step": act.step, **reason, "effect": effect, "signs": act.signs}
    return Decision((asking.draft("deviation.recorded", data),))


def record_test(asking: Asking[RecordTest]) -> Decision:
    """Record a test of a batch. One that fails holds what is made of it.

    One of its content that passes stands for a dose that is off by what was weighed. A laboratory reports when it is
    ready, also of a batch that was rejected.
    """
    act, state, typed = asking.act, asking.state, Typed()
    if state.status is BatchStatus.CANCELLED:
        raise asking.in_wrong_state()
    data = {
        "what": typed.chosen("what", act.what, CHOICES["test"]),
        "text": typed.remark("text", act.text, needed=act.what == OTHER),
        "laboratory": typed.text("laboratory", act.laboratory, needed=False),
        "found": typed.text("found", act.found),
        "passes": typed.chosen("passes", act.passes, (YES, NO)),
    }
    typed.done()
    return Decision((asking.draft("test.recorded", data), *held_by_test(asking, act.passes)))


def held_by_test(asking: Asking[Any], passes: str) -> list[Draft]:
    """Return that a batch is held by a test that says this of itself, where it is made; nothing for one that passes."""
    fails = passes == NO and asking.state.status in _STOPPED_BY_TEST
    return [held(asking, _BY_TEST)] if fails else []


def hold(asking: Asking[Hold]) -> Decision:
    """Hold a batch: nothing is recorded, released or dispensed until it is freed."""
    act, state, typed = asking.act, asking.state, Typed()
    if state.status in _ENDED or state.status is BatchStatus.HELD:
        raise asking.in_wrong_state()
    reason = asking.reason(typed, "hold", act.reason, act.text)
    typed.done()
    return Decision((asking.draft("batch.held", {**reason, "by": "person"}),))


def free(asking: Asking[Free]) -> Decision:
    """Take a held batch back to where it was; not one of which two readings differ, which is resolved."""
    act, state, typed = asking.act, asking.state, Typed()
    if state.status is not BatchStatus.HELD:
        raise asking.in_wrong_state()
    if state.mismatch is not None and state.tries(state.mismatch) > 1:
        raise asking.refused(Why.RESOLVE_FIRST)
    if state.fails_test:
        raise asking.refused(Why.TEST_FAILS)
    if asking.person in made_to_pass(state):
        raise asking.refused(Why.ANOTHER_HAND)
    reason = asking.reason(typed, "free", act.reason, act.text)
    typed.done()
    return Decision((asking.draft("batch.freed", reason),))


def reject(asking: Asking[Reject]) -> Decision:
    """Reject a batch, by one who did not make it; what there is of it is destroyed, and another batch replaces it."""
    act, state, typed = asking.act, asking.state, Typed()
    if state.status in _ENDED:
        raise asking.in_wrong_state()
    if asking.person in state.makers and not state.self_checked:
        raise asking.refused(Why.MAKER_CHECKS)
    reason = asking.reason(typed, "reject", act.reason, act.text)
    typed.done()
    return Decision((asking.draft("batch.rejected", reason),))


def cancel(asking: Asking[Cancel]) -> Decision:
    """Cancel a batch that is not made, by one who works at it or by a pharmacist."""
    act, state, typed = asking.act, asking.state, Typed()
    if state.made is not None or state.status in _ENDED:
        raise asking.in_wrong_state()
    if asking.person not in state.makers and asking.stamp.by.role == Role.COMPOUNDER:
        raise asking.refused(Why.MAKER_CANCELS)
    reason = asking.reason(typed, "cancel", act.reason, act.text)
    typed.done()
    return Decision((asking.draft("batch.cancelled", reason),))
