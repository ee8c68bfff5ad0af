"""How each event of a batch changes what is known of it. Nothing here refuses: what was written, happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from calc.arithmetic.units import Figure
from calc.record.batch import figures
from calc.record.batch.codes import BOTH_RIGHT
from calc.record.batch.corrected import correct, held_if_released
from calc.record.batch.points import RELEASE, due_at, points_of
from calc.record.batch.state import SELF_CHECK, BatchState, BatchStatus, CheckMade, Entry, Out, TakenLot, Target, voided
from calc.record.batch.stock import in_stock, moved, with_stock
from calc.record.batch.values import things_read
from calc.record.envelope import Event
from calc.record.stamp import done_at

_Handler = Callable[[BatchState, Event, Mapping[str, Any]], BatchState]
#: Who does these is a maker of the batch.
_MAKES = frozenset(
    {
        *("batch.opened", "lot.taken", "amount.recorded", "count.recorded", "step.done"),
        *("batch.made", "entry.corrected"),
    }
)


class UnknownEvent(ValueError):
    """An event of a type, or of a shape, that this version of the program does not know."""


def evolve(state: BatchState | None, event: Event) -> BatchState:
    """Return the batch after an event; `state` is None before the first, which opens it.

    Raises `UnknownEvent` for a type that belongs to no batch, or for any but the first event without a batch.
    """
    handler = _HANDLERS.get(event.type)
    if handler is None or event.v != 1 or (state is None) != (event.type == "batch.opened"):
        raise UnknownEvent(f"{event.type} {event.v}")
    before = state if state is not None else BatchState(number=str(event.data["number"]))
    after = handler(before, event, event.data)
    from_paper = after.from_paper or event.late is not None
    makers = after.makers | {event.by.person} if event.type in _MAKES else after.makers
    out = _out(before, after, event)
    return _with_due(replace(after, version=event.version, makers=makers, from_paper=from_paper, out=out))


def _out(before: BatchState, after: BatchState, event: Event) -> tuple[Out, ...]:
    """Return the times in which a batch was released, with what an event begins or ends."""
    was, is_now = (state.status in (BatchStatus.RELEASED, BatchStatus.EXHAUSTED) for state in (before, after))
    if was == is_now:
        return after.out
    if is_now:
        return (*after.out, Out(done_at(event)))
    return (*after.out[:-1], after.out[-1]._replace(until=done_at(event)))


def _with_due(state: BatchState) -> BatchState:
    due = due_at(state)
    if state.status in (BatchStatus.OPEN, BatchStatus.DUE):
        status = BatchStatus.OPEN if due is None else BatchStatus.DUE
        return replace(state, status=status, point_due=due)
    return replace(state, point_due=due)


def _opened(state: BatchState, event: Event, data: Mapping[str, Any]) -> BatchState:
    return replace(
        state,
        checking=data["checking"],
        purpose=data["purpose"],
        container=data["container"],
        opened_at=event.day if event.late is None else event.late.done_at,
        opened_by=event.by,
    )


def _planned(state: BatchState, event: Event, data: Mapping[str, Any]) -> BatchState:
    order = data["order"]
    targets = tuple(
        Target(
            each["step"],
            each["what"],
            each["wants"],
            each["unit"],
            *(figures.read_or_none(each[name]) for name in ("target", "low", "high")),
        )
        for each in data["targets"]
    )
    by_step = {each.step: each for each in targets}
    bands, now = ({each.step: (each.low, each.high) for each in work} for work in (state.targets, targets))
    entries = {
        step: entry._replace(side=by_step[step].side_of(entry.actual) if step in by_step else None)
        for step, entry in state.entries.items()
    }
    after = replace(
        state,
        order=order,
        base=state.base or order,
        preparation=order.get("preparation", "capsule"),
        source=order["source"]["kind"],
        careful=tuple(data["careful"]),
        fingerprint=data["fingerprint"],
        program=event.program,
        answer=data["answer"],
        changed_figures=state.changed_figures or data["changed"],
        use_until=data["use_until"],
        targets=targets,
        explained=frozenset(step for step in state.explained if bands.get(step) == now.get(step)),
        entries=entries,
        planned=figures.read(data["planned"]),
    )
    if after.use_until == state.use_until or not state.matched(RELEASE):
        return after
    # the label that was read says another day
    return held_if_released(replace(after, checks=voided(state.checks, {RELEASE})))


def _lot(state: BatchState, event: Event, data: Mapping[str, Any]) -> BatchState:
    lot = TakenLot(
        event.seq, data["component"], data["maker"], data["text"], data["expiry"], event.by, event.at, done_at(event)
    )
    replaced = data["replaces"]
    again = {point.key for point in points_of(state) if lot.component in point.components}
    checks = voided(state.checks, again, if_matched=True)
    return replace(state, lots=(*(each for each in state.lots if each.seq != replaced), lot), checks=checks)


def _entry(state: BatchState, event: Event, data: Mapping[str, Any]) -> BatchState:
    step, old = data["step"], state.entries.get(data["step"])
    actual = figures.read_or_none(data.get("actual"))
    entry = Entry(
        event.seq,
        step,
        actual,
        data.get("actual") or data.get("text", ""),
        data.get("boat", ""),
        figures.read_or_none(data.get("tare")),
        state.side(step, actual),
        event.by,
        event.at,
        done_at(event),
        data.get("reading", ""),
        () if old is None else (*old.replaced, old.seq),
        data.get("shells"),
        tuple(data.get("passed", ())),
    )
    unread = state.unread if old is None else state.unread | {step}
    return replace(state, entries={**state.entries, step: entry}, explained=state.explained - {step}, unread=unread)


def _deviation(state: BatchState, event: Event, data: Mapping[str, Any]) -> BatchState:
    drafts = (each for each in state.deviations if each.seq != data["signs"])
    changed = state.changed_figures and data["step"] != "plan"
    explained = state.explained | {data["step"]}
    return replace(state, deviations=(*drafts, event), changed_figures=changed, explained=explained)


def _check(state: BatchState, event: Event, data: Mapping[str, Any]) -> BatchState:
    values = {each["name"]: each["value"] for each in data["values"]}
    check = CheckMade(event.seq, data["point"], data["attempt"], tuple(data["differ"]), values, event.by, event.at)
    checkers = state.checkers if data["checking"] == SELF_CHECK else state.checkers | {event.by.person}
    mismatch = data["point"] if check.differ else None
    before = state.checks
    if check.differ:  # what somebody read there before, and matched, stands no more
        before = voided(before, {check.point}, if_matched=True)
    unread = state.unread if check.differ else state.unread - things_read(state, check.point, values)
    return replace(state, checks=(*before, check), checkers=checkers, mismatch=mismatch, unread=unread)


def _resolved(state: BatchState, event: Event, data: Mapping[str, Any]) -> BatchState:
    """Take back what is to be recorded again; the readings that differ count no more, and all is read again."""
    again = frozenset(data["again"])
    back_to = state.before_hold or BatchStatus.OPEN
    if again and state.is_made:  # what is recorded again is signed again; what was made is there all the same
        back_to = BatchStatus.OPEN
    return replace(
        state,
        checks=voided(state.checks, {data["point"]}),
        checking=data["checking"],
        mismatch=None,
        status=back_to,
        before_hold=None,
        held_because="",
        entries={step: entry for step, entry in state.entries.items() if step not in again},
        lots=tuple(lot for lot in state.lots if f"lot.{lot.component}" not in again),
        saw=state.saw if data["finding"] == BOTH_RIGHT else state.saw | {event.by.person},
        also_named={**state.also_named, **data.get("names", {})},
        resolved_by=state.resolved_by | {event.by.person},
    )


def _shown(state: BatchState, event: Event, _: Mapping[str, Any]) -> BatchState:
    return replace(state, saw=state.saw | {event.by.person})


def _made(state: BatchState, event: Event, data: Mapping[str, Any]) -> BatchState:
    made = in_stock(figures.read(data["made"]))
    nothing = Figure(made.value * 0, made.unit)
    after = replace(
        state,
        status=BatchStatus.MADE,
        is_made=True,
        made=made,
        dispensed=state.dispensed or nothing,  # a batch that was released before, and is signed again
        destroyed=state.destroyed or nothing,
        returned=state.returned or nothing,
        made_as=event,
    )
    return with_stock(after)


def _test(state: BatchState, event: Event, _: Mapping[str, Any]) -> BatchState:
    return replace(state, tests=(*state.tests, event))


def _held(state: BatchState, _: Event, data: Mapping[str, Any]) -> BatchState:
    before = state.before_hold if state.status is BatchStatus.HELD else state.status
    return replace(state, status=BatchStatus.HELD, before_hold=before, held_because=data["reason"])


def _freed(state: BatchState, _: Event, __: Mapping[str, Any]) -> BatchState:
    return with_stock(replace(state, status=state.before_hold or BatchStatus.OPEN, before_hold=None, held_because=""))


def _released(state: BatchState, event: Event, _: Mapping[str, Any]) -> BatchState:
    return with_stock(replace(state, status=BatchStatus.RELEASED, released=event))


def _rejected(state: BatchState, _: Event, __: Mapping[str, Any]) -> BatchState:
    return replace(state, status=BatchStatus.REJECTED, before_hold=None, mismatch=None)


def _cancelled(state: BatchState, _: Event, __: Mapping[str, Any]) -> BatchState:
    return replace(state, status=BatchStatus.CANCELLED, before_hold=None, mismatch=None)


def _printed(state: BatchState, event: Event, data: Mapping[str, Any]) -> BatchState:
    saw = state.saw | {event.by.person} if data["shows"] else state.saw
    return replace(state, papers=(*state.papers, event), saw=saw)


_HANDLERS: dict[str, _Handler] = {
    "batch.opened": _opened,
    "batch.planned": _planned,
    "lot.taken": _lot,
    "amount.recorded": _entry,
    "count.recorded": _entry,
    "step.done": _entry,
    "deviation.recorded": _deviation,
    "check.made": _check,
    "mismatch.resolved": _resolved,
    "figures.shown": _shown,
    "batch.made": _made,
    "test.recorded": _test,
    "batch.held": _held,
    "batch.freed": _freed,
    "batch.released": _released,
    "batch.rejected": _rejected,
    "batch.cancelled": _cancelled,
    "sheet.printed": _printed,
    "label.printed": _printed,
    "record.printed": _printed,
    "batch.dispensed": moved,
    "batch.returned": moved,
    "batch.destroyed": moved,
    "batch.counted": moved,
    "entry.corrected": correct,
}
#: The types of events of a batch.
TYPES = frozenset(_HANDLERS)
