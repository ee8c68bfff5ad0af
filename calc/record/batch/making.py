"""What the maker of a batch asks for: to open it, to take lots, and to record what was weighed, counted and done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from calc import limits
from calc.arithmetic.units import MG, Figure
from calc.faults import FaultCode, Refused
from calc.planning.bench import BenchCode, BenchStep, Wants
from calc.planning.bench_entries import BENCH, AtBench, TypedEntry, read_entries
from calc.planning.bench_judged import judged
from calc.record.batch import figures, together
from calc.record.batch.acts import Open, Record, TakeLot
from calc.record.batch.asking import Asking, Decision
from calc.record.batch.back import at_bench_of, is_stopped
from calc.record.batch.bench_order import FEEDS, components_of, order_with
from calc.record.batch.codes import CHOICES, PURPOSES, READINGS, Why
from calc.record.batch.planned import ANSWER, Planned, plan_again, plan_batch, without_answers
from calc.record.batch.points import begins_mixing, is_followed, is_recorded, is_used_up, lock_of, points_of
from calc.record.batch.state import SELF_CHECK, TWO_PERSONS, BatchState, BatchStatus, Entry, TakenLot
from calc.record.batch.typed import Typed
from calc.record.rights import Role
from calc.service.preparations import preparation_in

CONTAINER = "container"
_AT_WORK = (BatchStatus.OPEN, BatchStatus.DUE)
#: Masses that are weighed out by the plan.
_OF_PLAN = frozenset(
    {
        *(BenchCode.PORTION, BenchCode.INGREDIENT, BenchCode.DILUENT, BenchCode.TRITURATION_POWDER),
        *(BenchCode.TRITURATION_DILUENT, BenchCode.ALIQUOT),
    }
)
#: What is done after a batch is signed as made: labels, cleaning, what is destroyed.
AFTER_MADE = frozenset(
    {
        *(BenchCode.CONTAINER, BenchCode.LABEL, BenchCode.EXTRAS, BenchCode.LABEL_BOTTLES, BenchCode.GIVE_SYRINGE),
        *(BenchCode.DESTROY_POWDER, BenchCode.DESTROY_TRITURATION, BenchCode.WASH, BenchCode.WASH_MEASURE),
    }
)


def open_batch(asking: Asking[Open]) -> Decision:
    """Plan the order with the number of the batch, made on this day, and open the batch."""
    act, typed = asking.act, Typed()
    typed.chosen("checking", act.checking, (TWO_PERSONS, SELF_CHECK))
    typed.chosen("purpose", act.purpose, PURPOSES)
    container = typed.text(CONTAINER, act.container, needed=False)
    if act.checking == SELF_CHECK:
        typed.chosen("reason", act.reason, CHOICES["self-check"])
    typed.done()
    alone = asking.settings.self_check_allowed and asking.stamp.by.role != Role.SYSTEM
    if act.checking == SELF_CHECK and not alone:
        raise asking.refused(Why.SELF_CHECK_NOT_ALLOWED, "checking")
    preparation = preparation_in(act.order)
    understood = preparation.order.read(act.order, asking.library, today=asking.day).understood()
    tree = {
        **without_answers(understood, asking.library),
        "internal_number": asking.number,
        "prepared_on": asking.day.isoformat(),
    }
    planned = plan_again(tree, asking.library)
    opened = {
        "number": asking.number,
        "formulation": understood.get("formulation"),
        "checking": act.checking,
        "reason": act.reason if act.checking == SELF_CHECK else "",
        "container": container,
        "purpose": act.purpose,
    }
    drafts = asking.draft("batch.opened", opened), asking.draft("batch.planned", planned.data("opened"))
    return Decision(drafts, ((ANSWER, planned.answer),))


def take_lot(asking: Asking[TakeLot]) -> Decision:
    """Note a lot of a component; the order says it from now on, and its expiry bounds the date of use.

    One that was taken after a second person has read the others is read with them again.
    """
    act, state, field = asking.act, asking.state, f"lot.{asking.act.component}"
    _at_work(asking, after_made=act.component == CONTAINER)
    if act.component not in (*components_of(state.order), CONTAINER):
        raise asking.refused(Why.NO_SUCH_COMPONENT, field)
    others = state.lots_of(act.component)
    if act.replaces is not None and act.replaces not in {lot.seq for lot in others}:
        raise asking.refused(Why.NO_SUCH_ENTRY, field)
    points = [point for point in points_of(state) if act.component in point.components]
    _not_read_twice(asking, [point.key for point in points], field, more=act.replaces is None)
    typed = Typed()
    maker, lot = typed.text(f"{field}.maker", act.maker, needed=False), typed.text(f"{field}.lot", act.lot)
    no_day = act.component == CONTAINER and not act.expiry.strip(" ")
    expiry = None if no_day else typed.expiry(f"{field}.expiry", act.expiry)
    kept = [each for each in others if each.seq != act.replaces]
    if len(kept) >= limits.MOST_LOTS:
        typed.fault(FaultCode.LIST_TOO_LONG, field, longest=limits.MOST_LOTS)
    typed.done()
    day = "" if expiry is None else expiry.isoformat()
    data = {
        "component": act.component,
        "maker": maker,
        "text": lot,
        "expiry": day,
        "id": None,
        "how": "typed",
        "replaces": act.replaces,
    }
    taken = TakenLot(0, act.component, maker, lot, day, asking.stamp.by, "")
    lots = (*(each for each in state.lots if each.seq != act.replaces), taken)
    again = _planned_again(asking, order_with(state, lots=lots), "lot")
    if expiry is not None and expiry < asking.day:  # the order looks at the day of making, which is earlier
        raise asking.refused(Why.LOT_PAST, f"{field}.expiry", expiry=expiry)
    return Decision((asking.draft("lot.taken", data), *again.drafts), again.documents)


def record(asking: Asking[Record]) -> Decision:
    """Record an entry of a step: within its band, or out of it and then with a deviation; never far off it.

    What says how much there is of the source, or how it packs, changes the order, which is planned again.
    """
    act, state, field = asking.act, asking.state, f"{BENCH}.{asking.act.step}"
    target = state.target(act.step)
    _at_work(asking, after_made=target is not None and target.code in AFTER_MADE)
    if target is None:
        raise asking.refused(Why.NO_SUCH_STEP, field)
    if not is_recorded(state, target):
        raise asking.refused(Why.NOT_RECORDED_HERE, field)
    lock = lock_of(state, act.step)
    if lock is not None:
        raise asking.refused(Why.LOCKED, field, point=lock)
    _not_read_twice(asking, [point.key for point in points_of(state) if act.step in point.needs], field)
    if begins_mixing(state, act.step) and is_stopped(state, asking.library):
        raise asking.refused(Why.DOSE_OFF, field)
    if act.step in state.entries and is_used_up(state, act.step):
        raise asking.refused(Why.USED_UP, field)
    if is_followed(state, act.step):
        raise asking.refused(Why.FOLLOWED, field)
    typed = Typed()
    typed.chosen(f"{field}.reading", act.reading, READINGS)
    boat = typed.text(f"{field}.boat", act.boat, needed=False)
    tare = typed.quantity(f"{field}.tare", act.tare, MG) if act.tare.strip(" ") else None
    replaces, reason = _replacing(asking, field, typed)
    planned = plan_batch(state.order, asking.library)
    step = next(each for each in planned.steps if each.key == act.step)
    at_bench = _read(step, act, field, typed)
    shells = _shells(step, act, field, typed)
    typed.done()
    data: dict[str, Any] = {"step": act.step, "what": target.what, "replaces": replaces, "reason": reason}
    amount = at_bench.amount(act.step)
    if amount is None:
        data |= {"done": act.done, "text": at_bench.texts.get(act.step, "")}
        return Decision((asking.draft("step.done", data),))
    _fits(asking, planned, step, at_bench, field)
    passed: tuple[Mapping[str, str], ...] = ()
    if shells is not None:
        passed = together.passed(asking, planned.plan, step.code, amount, shells, field, act.override)
        data |= {"shells": shells, **({"passed": list(passed)} if passed else {})}
    counted = step.wants is Wants.COUNT
    actual = figures.written(amount) if counted else figures.as_typed(act.value, act.unit)
    data |= {"actual": actual, "target": figures.written_or_none(target.target)}
    data |= {"in_band": _in_band(state, act.step, amount), "reading": act.reading}
    type_ = "count.recorded" if counted else "amount.recorded"
    if counted:
        data["number"] = amount.numerator
    else:
        data |= {"boat": boat, "tare": None if tare is None else figures.as_typed(act.tare, "")}
    entry = Entry(0, act.step, amount, "", boat, tare, None, asking.stamp.by, "", asking.day.isoformat(), act.reading)
    again = _after_entry(asking, step, entry._replace(shells=shells, passed=passed), field)
    return Decision((asking.draft(type_, data), *again.drafts), again.documents)


def _at_work(asking: Asking[Any], *, after_made: bool) -> None:
    """Refuse an entry into a batch that is not at work, and one by somebody who has checked it."""
    state = asking.state
    if state.status not in _AT_WORK and not (after_made and state.status is BatchStatus.MADE):
        raise asking.in_wrong_state()
    if asking.person in state.checkers:  # in a self-check these are second persons, too
        raise asking.refused(Why.CHECKER_MAKES)


def _not_read_twice(asking: Asking[Any], points: list[str], field: str, *, more: bool = False) -> None:
    """Refuse to change what a check stands on, or what two people have read otherwise; `more` changes none of it."""
    state = asking.state
    if state.mismatch in points:
        raise asking.refused(Why.READ_TWICE, field, point=state.mismatch)
    checked = next((point for point in points if state.matched(point)), None)
    if checked is not None and not more:
        raise asking.refused(Why.CHECKED_ALREADY, field, point=checked)


def _replacing(asking: Asking[Record], field: str, typed: Typed) -> tuple[int | None, str]:
    """Return the entry that this one replaces, and why. Raises `ActRefused` if there is one and it is not named."""
    act, old = asking.act, asking.state.entries.get(asking.act.step)
    if old is None:
        if act.replaces is not None:
            raise asking.refused(Why.NO_SUCH_ENTRY, field)
        return None, ""
    if act.replaces != old.seq:
        raise asking.refused(Why.ALREADY_RECORDED, field, seq=old.seq)
    return old.seq, typed.chosen(f"{field}.reason", act.reason, CHOICES["again"])


def _read(step: BenchStep, act: Record, field: str, typed: Typed) -> AtBench:
    """Read an entry by what its step wants; something has to be there."""
    at_bench = read_entries([step], {step.key: TypedEntry(act.value.strip(" "), act.unit, act.done)})
    typed.faults += at_bench.faults.values()
    there = act.value.strip(" ") or (act.done and step.wants in (Wants.TICK, Wants.TEXT))
    if not there:
        typed.fault(FaultCode.REQUIRED, field, typed="")
    return at_bench


def _shells(step: BenchStep, act: Record, field: str, typed: Typed) -> int | None:
    """Return how many shells a total is of; None at a step that weighs none together."""
    if not together.is_together(step.code):
        return None
    return together.number_in(typed, f"{field}.shells", act.shells, step.code)


def refuse_what_does_not_fit(asking: Asking[Any], key: str, amount: Figure, field: str) -> None:
    """Raise `ActRefused` for an amount that could not be recorded at a step."""
    planned = plan_batch(asking.state.order, asking.library)
    step = next((each for each in planned.steps if each.key == key), None)
    if step is not None:
        _fits(asking, planned, step, AtBench({key: TypedEntry(done=True)}, {key: (amount,)}), field)


def far_off(planned: Planned, entries: Mapping[str, Entry]) -> frozenset[str]:
    """Return the steps whose amounts are further off their targets than what is recorded may be."""
    found = judged(planned.steps, planned.readability, at_bench_of(entries)).values()
    return frozenset(each.step.key for each in found if each.far and each.step.code not in FEEDS)


def _fits(asking: Asking[Any], planned: Planned, step: BenchStep, at_bench: AtBench, field: str) -> None:
    """Refuse another count than the one planned, an amount without a target, and one too far off it."""
    state, target = asking.state, asking.state.target(step.key)
    planned_for = None if target is None else target.target
    if step.code is BenchCode.COUNT_TABLETS and state.uses_all and at_bench.amount(step.key) != planned_for:
        raise asking.refused(Why.OTHER_COUNT, field)
    if step.code in _OF_PLAN and planned_for is None:
        raise asking.refused(Why.NO_TARGET, field)
    if step.code in FEEDS:
        return
    found = judged(planned.steps, planned.readability, at_bench).get(step.key)
    if found is not None and found.far:
        raise asking.refused(Why.TOO_FAR, field, side=found.side, low=found.bounds.low, high=found.bounds.high)


def _in_band(state: BatchState, step: str, amount: Figure) -> bool | None:
    side = state.side(step, amount)
    return None if side is None else side == 0


def _after_entry(asking: Asking[Record], step: BenchStep, entry: Entry, field: str) -> Decision:
    """Return the plan that follows from an entry, if it says how much there is.

    Raises `Refused` at the field of the entry, whatever part of the order it is in which that cannot be.
    """
    if step.code not in FEEDS:
        return Decision(())
    entries = {**asking.state.entries, entry.step: entry}
    try:
        return _planned_again(asking, order_with(asking.state, entries), "weighed", asking.act.override)
    except Refused as refused:
        faults = tuple(replace(fault, field=field) for fault in refused.faults)
        raise Refused(faults, tuple(replace(stop, field=field) for stop in refused.stops)) from refused


def _planned_again(asking: Asking[Any], tree: dict[str, Any], why: str, override: str = "") -> Decision:
    """Return the event of the plan of an order, and its answer; nothing if it is the order of before."""
    planned = plan_again(tree, asking.library, override)
    if planned.order == asking.state.order:
        return Decision(())
    return Decision((asking.draft("batch.planned", planned.data(why)),), ((ANSWER, planned.answer),))
