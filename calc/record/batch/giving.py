"""What leaves a batch, comes back, is destroyed or counted, and the papers printed of it."""

from __future__ import annotations

from fractions import Fraction

from calc import limits
from calc.arithmetic.units import CAPSULE, ML, Figure, figure
from calc.faults import FaultCode
from calc.record.batch import figures
from calc.record.batch.acts import Dispense, Move, Print
from calc.record.batch.asking import Asking, Decision
from calc.record.batch.codes import CHOICES, WAYS, Why
from calc.record.batch.planned import plan_batch
from calc.record.batch.releasing import referred
from calc.record.batch.screening import answered, at_dispensing
from calc.record.batch.state import BatchState, BatchStatus
from calc.record.batch.stock import in_stock, number, to_destroy, to_dispense
from calc.record.batch.typed import Typed
from calc.record.envelope import Event
from calc.record.rights import Role

_PAPERS = ("sheet", "label", "record")
_MOVES = ("returned", "destroyed", "counted")
_MOST = limits.BENCH_RANGES["count"].high.numerator
_NO_PAPER = frozenset({BatchStatus.CANCELLED, BatchStatus.REJECTED})
LABELED = frozenset({BatchStatus.MADE, BatchStatus.RELEASED})


def print_paper(asking: Asking[Print]) -> Decision:
    """Note a paper: its running numbers, and the lines that come from the batch. Another label needs a reason.

    Sheet and record show figures: who prints them cannot check the batch.
    """
    act, state, typed = asking.act, asking.state, Typed()
    typed.chosen("paper", act.paper, _PAPERS)
    typed.done()
    if act.paper == "label" and state.status not in LABELED:
        raise asking.in_wrong_state("paper")
    if act.paper == "sheet" and state.status in _NO_PAPER:
        raise asking.in_wrong_state("paper")
    if act.paper != "record" and state.is_out:
        _as_it_went_out(asking)
    papers = typed.count("number", act.number, limits.MOST_PRINTED)
    size = typed.text("size", act.size, needed=False)
    if len(act.lines) > limits.MOST_LINES:
        typed.fault(FaultCode.LIST_TOO_LONG, "lines", longest=limits.MOST_LINES)
    before = printed_before(state, act.paper)
    if before and act.paper == "label":
        typed.chosen("reason", act.reason, CHOICES["print"])
    typed.done()
    data = {
        "size": size,
        "number": papers,
        "from": before + 1,
        "to": before + papers,
        "lines": list(act.lines),
        "filled": list(act.filled),
        "fingerprint": state.fingerprint,
        "head": act.head,
        "reason": act.reason if before and act.paper == "label" else "",
        "shows": act.paper != "label" and asking.person not in state.makers,
    }
    return Decision((asking.draft(f"{act.paper}.printed", data, signed=False),))


def _as_it_went_out(asking: Asking[Print]) -> None:
    """Raise `ActRefused` for a paper of a released batch that this version of the program plans otherwise."""
    if not plan_batch(asking.state.order, asking.library).is_of(asking.state):
        raise asking.refused(Why.PLANS_OTHERWISE, "paper")


def printed_before(state: BatchState, paper: str) -> int:
    """Return how many papers of a kind were printed of a batch."""
    return sum(_number(event) for event in state.papers if event.type == f"{paper}.printed")


def _number(event: Event) -> int:
    return int(event.data["number"])


def dispense(asking: Asking[Dispense]) -> Decision:
    """Dispense of a released batch, up to its date; reference and answers are kept beside the chain.

    Another system cannot ask the drug's questions: where they are asked, it is refused.
    """
    act, state, typed = asking.act, asking.state, Typed()
    _may_dispense(asking)
    if state.use_until is None or asking.day.isoformat() > state.use_until:
        raise asking.refused(Why.PAST_USE, until=state.use_until)
    amount = _amount(state, act.amount, act.unit, typed)
    containers = typed.count("containers", act.containers, limits.MOST_CONTAINERS)
    reference = typed.text("reference", act.reference)
    typed.done()
    there = to_dispense(state)
    if there is None or amount > there:
        raise asking.refused(Why.NOT_ENOUGH, "amount", there=there)
    asked = at_dispensing(state, asking.library)
    if asked and asking.stamp.by.role == Role.SYSTEM:
        raise asking.refused(Why.ANSWERS_NEEDED)
    screening, answers = answered(asking, act, asked)
    digest, references = referred(asking.salt, reference)
    of_answers, kept = referred(asking.salt, answers)
    data = {
        "amount": figures.written(amount),
        "number": _whole(amount),
        "containers": containers,
        "day": asking.day.isoformat(),
        "reference": digest,
        "screening": screening,
        "answers": of_answers,
    }
    return Decision((asking.draft("batch.dispensed", data),), references=(*references, *kept))


def _may_dispense(asking: Asking[Dispense]) -> None:
    """Raise `ActRefused` unless a batch is released, or was when it was dispensed of, as a paper says.

    What was given out has to be in the record also where the batch is held since, or rejected: a recall needs it most.
    """
    state, late = asking.state, asking.late
    released = state.status is BatchStatus.RELEASED
    if late is None and not released:
        raise asking.refused(Why.NEVER_DISPENSED, status=state.status.value)
    if late is not None and not any(each.holds(late.done_at) for each in state.out):
        raise asking.refused(Why.NOT_RELEASED_THEN, "late.done_at")
    if released and state.fails_test:
        raise asking.refused(Why.TEST_FAILS)
    if released and state.has_draft:
        raise asking.refused(Why.DRAFT_OPEN)


def move(asking: Asking[Move]) -> Decision:
    """Note what came back, what was destroyed, or what was counted; no more than was given out, or is there."""
    act, state, typed = asking.act, asking.state, Typed()
    typed.chosen("kind", act.kind, _MOVES)
    typed.done()
    if state.made is None or state.status is BatchStatus.CANCELLED:
        raise asking.in_wrong_state()
    reason = asking.reason(typed, act.kind, act.reason, act.text)
    amount = _amount(state, act.amount, act.unit, typed, zero=act.kind == "counted")
    way = typed.chosen("way", act.way, WAYS) if act.kind == "destroyed" else ""
    witness = typed.text("witness", act.witness, needed=False)
    typed.done()
    if act.kind == "returned" and in_stock(amount).value > _out(state):
        raise asking.refused(Why.NOT_ENOUGH, "amount", there=None)
    there = to_destroy(state, act.reason)
    if act.kind == "destroyed" and (there is None or amount > there):
        raise asking.refused(Why.NOT_ENOUGH, "amount", there=there)
    if act.kind == "counted":
        _as_counted(state, amount, act.reason, typed)
        typed.done()
    data = {
        "amount": figures.written(amount),
        "number": _whole(amount),
        "books": figures.written_or_none(state.on_hand),
        "way": way,
        "witness": witness,
        **reason,
    }
    return Decision((asking.draft(f"batch.{act.kind}", data),))


def _as_counted(state: BatchState, counted: Figure, reason: str, typed: Typed) -> None:
    """Keep a fault for a reason that says otherwise than the count against the books."""
    as_in_books, fewer, more = CHOICES["counted"]
    books = state.on_hand or counted
    said = as_in_books if counted == books else fewer if counted < books else more
    if reason != said:
        typed.fault(FaultCode.UNKNOWN_CHOICE, "reason", typed=reason, choices=(said,))


def _out(state: BatchState) -> Fraction:
    """Return what was dispensed and did not come back."""
    return number(state.dispensed) - number(state.returned)


def _amount(state: BatchState, given: str, unit: str, typed: Typed, *, zero: bool = False) -> Figure:
    if state.is_liquid:
        return typed.quantity("amount", f"{given} {unit}".strip(" "), ML, zero=zero) or figure(0, ML)
    return figure(typed.count("amount", given, _MOST, least=0 if zero else 1), CAPSULE)


def _whole(amount: Figure) -> int | None:
    return amount.numerator if amount.unit is CAPSULE else None
