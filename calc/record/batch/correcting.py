"""Corrections: the old value stays beside the new one, and every check that stood on it is void."""

from __future__ import annotations

from typing import NamedTuple

from calc import limits
from calc.arithmetic.units import MG, ML, Figure, Unit, figure, same_kind
from calc.faults import Refused
from calc.planning.bench_codes import BenchCode, Wants
from calc.record.batch import figures, together
from calc.record.batch.acts import Correct
from calc.record.batch.asking import Asking, Decision
from calc.record.batch.bench_order import order_with
from calc.record.batch.checking import held
from calc.record.batch.codes import NO, YES, Why
from calc.record.batch.ending import held_by_test
from calc.record.batch.finishing import BY_COUNT, yield_of
from calc.record.batch.making import far_off, refuse_what_does_not_fit
from calc.record.batch.planned import ANSWER, plan_again, plan_batch
from calc.record.batch.points import RELEASE, is_gone, points_of
from calc.record.batch.provisional import after
from calc.record.batch.state import BatchState, BatchStatus
from calc.record.batch.stock import to_dispense
from calc.record.batch.tested import FIELDS, TEST, hands_on, new_of_test, test_of
from calc.record.batch.typed import Typed
from calc.record.batch.values import stands_on
from calc.record.envelope import By, Draft
from calc.verdicts import Verdict

#: What the signing of "made" is called among the entries.
MADE = "made"
#: A step that was ticked and not done: its tick is taken back.
DONE = "done"
#: How many shells a total is of.
SHELLS = "shells"
#: Why the program holds a batch whose order does not plan with what was corrected.
BY_STOP = "the order is stopped"
#: Why it holds one of which an amount is too far off the target that follows from a correction.
BY_FAR = "an amount is too far off its target"
_MOST = limits.BENCH_RANGES["count"].high.numerator
_HOLDS = frozenset({BatchStatus.OPEN, BatchStatus.DUE, BatchStatus.MADE, BatchStatus.RELEASED})


class Corrected(NamedTuple):
    """An entry that can be corrected: what a check stands on, its fields with their values as text, and whose it is."""

    touches: str
    fields: dict[str, str]
    by: By


def correctable(state: BatchState, seq: int) -> Corrected | None:
    """Return the entry, lot, test or signing of "made" with this sequence; None if it is none that counts."""
    for entry in state.entries.values():
        if entry.seq == seq:
            fields = {"text" if entry.actual is None else "actual": entry.text}
            target = state.target(entry.step)
            if target is not None and target.wants == Wants.TICK:
                fields = {DONE: YES, **fields}
            if together.is_together(entry.code):
                fields[SHELLS] = str(entry.shells or 1)
            elif entry.actual is not None and same_kind(entry.actual.unit, MG):
                fields |= {"boat": entry.boat, "tare": figures.written_or_none(entry.tare) or ""}
            return Corrected(entry.step, fields, entry.by)
    for lot in state.lots:
        if lot.seq == seq:
            fields = {"text": lot.lot, "expiry": lot.expiry, "maker": lot.maker}
            return Corrected(f"lot.{lot.component}", fields, lot.by)
    test = test_of(state, seq)
    if test is not None:
        return Corrected(TEST, {name: str(test.data[name]) for name in FIELDS}, test.by)
    made = state.made_as
    if made is not None and made.seq == seq and state.made is not None:
        return Corrected(MADE, {MADE: figures.written(state.made)}, made.by)
    return None


def _points_on(state: BatchState, touches: str) -> tuple[str, ...]:
    """Return the points that stand on an entry; the release stands on all of it."""
    points = points_of(state)
    return tuple(point.key for point in points if point.key == RELEASE or touches in stands_on(state, point))


def checks_on(state: BatchState, touches: str) -> tuple[str, ...]:
    """Return the points whose matched checks stand on an entry."""
    return tuple(key for key in _points_on(state, touches) if state.matched(key))


def is_own_and_unchecked(state: BatchState, found: Corrected, person: str) -> bool:
    """Return True if an entry is a person's own, and nobody ever read it, as it was before or as it is."""
    read = {check.point for check in state.checks}
    return found.by.person == person and read.isdisjoint(_points_on(state, found.touches))


def ends_batch(state: BatchState, touches: str) -> bool:
    """Return True if a correction of an entry leaves a check that nobody can make again: what it read is used up."""
    gone = (point for point in points_of(state) if point.key != RELEASE and is_gone(state, point))
    return any(touches in point.needs and not state.last_lock for point in gone)


def correct_entry(asking: Asking[Correct]) -> Decision:
    """Correct one field of an entry, as a maker. The order is planned again; if that stops it, the batch is held."""
    act, state, typed = asking.act, asking.state, Typed()
    if asking.person in state.checkers:
        raise asking.refused(Why.CHECKER_MAKES)
    found = correctable(state, act.seq)
    if found is None:
        raise asking.refused(Why.NO_SUCH_ENTRY, "seq")
    if asking.person in hands_on(state, act.seq):
        raise asking.refused(Why.ANOTHER_HAND, "seq")
    if act.field not in found.fields:
        raise asking.refused(Why.FIELD_NOT_CORRECTED, "field", fields=tuple(found.fields))
    standing = [point.key for point in points_of(state) if found.touches in stands_on(state, point)]
    if state.mismatch in standing:
        raise asking.refused(Why.READ_TWICE, "seq", point=state.mismatch)
    reason = asking.reason(typed, "correct", act.reason, act.text)
    new = _new(found, act, typed)
    typed.done()
    old = found.fields[act.field]
    if new == old:
        raise asking.refused(Why.NOTHING_CHANGED, "new")
    if act.field == "actual" and not state.last_lock:
        refuse_what_does_not_fit(asking, found.touches, figures.read(new), "new")
    if SHELLS in found.fields and act.field in ("actual", SHELLS) and not state.last_lock:
        _refuse_what_no_shell_holds(asking, found._replace(fields={**found.fields, act.field: new}))
    data = {
        "seq": act.seq,
        "field": act.field,
        "old": old,
        "new": new,
        **reason,
        "touches": [found.touches],
        "voids": list(checks_on(state, found.touches)),
    }
    draft = asking.draft("entry.corrected", data)
    more, documents = _planned_after(asking, draft)
    if act.field == MADE and not more and not state.last_lock:
        more = _held_by_count(asking, figures.read(new))
    if found.touches == TEST and act.field == "passes":
        more = [*more, *held_by_test(asking, new)]
    return Decision((draft, *more), documents)


def _refuse_what_no_shell_holds(asking: Asking[Correct], found: Corrected) -> None:
    """Raise `Refused` for what no reason overrides; what one would holds the batch, so that a pharmacist looks."""
    plan, code = plan_batch(asking.state.order, asking.library).plan, BenchCode(found.touches)
    total, shells = figures.read(found.fields["actual"]), int(found.fields[SHELLS])
    stops = together.stops_of_total(asking, plan, code, total, shells, "new")
    if not all(stop.reasons for stop in stops):
        raise Refused(stops=stops)


def _held_by_count(asking: Asking[Correct], made: Figure) -> list[Draft]:
    """Return that the batch is held if so few were made. Raises `ActRefused` for more than there can be."""
    verdict = yield_of(plan_batch(asking.state.order, asking.library).plan, made)
    if verdict is None:
        raise asking.refused(Why.MORE_THAN_PLANNED, "new")
    return [held(asking, BY_COUNT)] if verdict is Verdict.HOLD and asking.state.status in _HOLDS else []


def _new(found: Corrected, act: Correct, typed: Typed) -> str:
    """Return the new value as an event holds it."""
    if found.touches == TEST:
        return new_of_test(typed, act.field, act.new)
    if act.field == DONE:
        return typed.chosen("new", act.new, (NO,))
    given = f"{act.new} {act.unit}".strip(" ") if act.unit else act.new
    if act.field in ("actual", MADE):
        old = figures.read(found.fields[act.field])
        kind = next((each for each in (MG, ML) if same_kind(old.unit, each)), None)
        if kind is None:
            return figures.written(figure(typed.count("new", act.new, _MOST), old.unit))
        return _quantity(typed, given, kind)
    if act.field == SHELLS:
        return str(together.number_in(typed, "new", act.new, BenchCode(found.touches)))
    if act.field == "tare":
        return _quantity(typed, given, MG)
    if act.field == "expiry":
        day = typed.expiry("new", act.new)
        return "" if day is None else day.isoformat()
    return typed.text("new", act.new, needed=act.field != "maker")


def _quantity(typed: Typed, given: str, kind: Unit) -> str:
    """Return an amount as it was typed, if it can be read."""
    return "" if typed.quantity("new", given, kind) is None else figures.as_typed(given, "")


def _planned_after(asking: Asking[Correct], draft: Draft) -> tuple[list[Draft], tuple[tuple[str, bytes], ...]]:
    """Return the events that follow from the order as corrected: its plan, or that the batch is held."""
    state = after(asking.state, [draft], asking.stamp, asking.moment, asking.program)
    there = to_dispense(state)
    if there is not None and there.numerator < 0:
        raise asking.refused(Why.NOT_ENOUGH, "new", there=None)
    if state.last_lock:
        return [], ()
    try:
        planned = plan_again(order_with(state), asking.library)
    except Refused as refused:
        if state.status not in _HOLDS:
            return [], ()
        codes = [*(fault.code.value for fault in refused.faults), *(stop.code.value for stop in refused.stops)]
        return [held(asking, BY_STOP, ", ".join(codes)[: limits.LONGEST_REMARK])], ()
    if planned.order == asking.state.order:
        return [], ()
    drafts = [asking.draft("batch.planned", planned.data("corrected"), signed=False)]
    before = asking.state
    far = far_off(planned, state.entries) - far_off(plan_batch(before.order, asking.library), before.entries)
    if far and before.status in _HOLDS:
        drafts.append(held(asking, BY_FAR, ", ".join(sorted(far))))
    return drafts, ((ANSWER, planned.answer),)
