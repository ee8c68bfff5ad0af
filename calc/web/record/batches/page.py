"""`/record/batches/N`: the record of a batch, with boxes at the bench; and the posts of its steps and lots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from flask import render_template, request

from calc.answers.writer import Writer
from calc.arithmetic import notation
from calc.arithmetic.units import MG, G
from calc.planning.bench_entries import AtBench, TypedEntry, read_entries
from calc.record.batch.acts import ShowFigures
from calc.record.batch.bench_order import components_of
from calc.record.batch.finishing import missing_for_made
from calc.record.batch.giving import LABELED
from calc.record.batch.planned import plan_batch
from calc.record.batch.points import missing_at, points_of
from calc.record.batch.state import BatchState, BatchStatus
from calc.record.chain import Head
from calc.record.envelope import Event
from calc.record.rights import Act
from calc.record.streams import of_batch
from calc.service.preparations import preparation_of
from calc.sheet.lines import PlanSheet
from calc.sheet.names import capsules_said
from calc.web.record.batches import words
from calc.web.record.batches.acting import address_of, batch_in, may, may_see, send
from calc.web.record.batches.boxes import (
    box_of_lot,
    lots_form,
    lots_in,
    lots_said,
    offer_reasons,
    records_in,
    steps_form,
    to_take,
)
from calc.web.record.batches.entries import lines_of, replaced
from calc.web.record.batches.forms import LotsForm, ShowForm, StepsForm
from calc.web.record.batches.from_paper import late_boxes, late_in
from calc.web.record.batches.moments import day_of, done_moment, moment_of
from calc.web.record.batches.names import Names
from calc.web.record.batches.readout import readout_of
from calc.web.record.batches.rows import Work, additions_said
from calc.web.record.batches.signatures import checks_of, deviations_of
from calc.web.record.batches.timeline import actions_of, line_of, next_of
from calc.web.record.batches.typed_again import typed_again, without_a_box
from calc.web.record.forms import RecordForm
from calc.web.record.ground import ground
from calc.web.record.routes import Answer, route
from calc.web.record.session import current

#: Entries on the page of a batch; all of them are shown when asked for.
LATEST = 12


class Shown(NamedTuple):
    """A batch as it was read for one page."""

    state: BatchState
    events: Sequence[Event]
    head: Head
    sheet: PlanSheet
    names: Names


def shown(number: str) -> Shown:
    """Read a batch for its page; raises `Unknown`."""
    with ground().store.reading() as reading:
        state = batch_in(reading, number)
        events, head = reading.events(of_batch(number)), reading.head()
    planned = plan_batch(state.order, ground().library)
    sheet = preparation_of(planned.plan).sheet(planned.plan, at_bench(state))
    return Shown(state, events, head, sheet, Names.of(sheet, Writer(planned.readability), state.source))


def at_bench(state: BatchState) -> AtBench:
    """Return what is recorded as what was typed at the bench, so that it is judged and computed back as there."""
    steps = plan_batch(state.order, ground().library).steps
    units = {step.key: step.unit for step in steps}
    typed: dict[str, TypedEntry] = {}
    for key, entry in state.entries.items():
        amount, unit = entry.actual, units.get(key, "")
        if amount is None:
            typed[key] = TypedEntry(entry.text, "", done=True)
        elif amount.unit in (MG, G):
            typed[key] = TypedEntry(notation.exact(amount.to(MG if unit == "mg" else G)), unit, done=True)
        else:
            typed[key] = TypedEntry(notation.exact(amount), unit if unit == "mL" else "", done=True)
    return replace(read_entries(steps, typed), batch=frozenset(state.entries))


def _actions(seen: Shown) -> list[Any]:
    return [action for stage in seen.sheet.work for action in stage.actions]


@route("/batches/<number>", Act.READ)
def batch(number: str) -> Answer:
    """Show the record of a batch."""
    return page(shown(number))


@route("/batches/<number>/record", Act.RECORD, methods=("POST",))
def record(number: str) -> Answer:
    """Record every step of which something was typed, all of them or none."""
    seen, again = shown(number), request.args.get("again", "")
    form = steps_form(request.form, seen.state, _actions(seen), again)
    form.refuse(without_a_box(seen.state, form))
    pressed = request.form.get("save", "")
    ticked = frozenset(
        action.key
        for place, stage in enumerate(seen.sheet.work, start=1)
        for action in stage.actions
        if str(place) == pressed and action.wants == "tick"
    )
    acts = list(records_in(form, _actions(seen), ticked))
    if not acts:
        form.refuse([("", words.NOTHING_TYPED)])
        return page(seen, steps=form), 422
    where = f"{address_of(number)}#row-{acts[-1].step}"
    return send(
        form,
        Act.RECORD,
        number,
        acts,
        again=lambda: page(shown(number), steps=form, again=again),
        done=lambda _: where,
        late=late_in(form),
    )


@route("/batches/<number>/lots", Act.RECORD, methods=("POST",))
def lots(number: str) -> Answer:
    """Note every lot that was typed, all of them or none."""
    seen, more = shown(number), request.args.get("lot", "")
    form = lots_form(request.form, seen.state, more, seen.names)
    form.refuse(without_a_box(seen.state, form))
    acts = list(lots_in(form, seen.state, more))
    if not acts:
        form.refuse([("", words.NO_LOT_TYPED)])
        return page(seen, lots=form), 422
    return send(
        form,
        Act.RECORD,
        number,
        acts,
        again=lambda: page(shown(number), lots=form, more=more),
        done=lambda _: f"{address_of(number)}#lots",
        late=late_in(form),
    )


@route("/batches/<number>/show", Act.READ, methods=("POST",))
def show(number: str) -> Answer:
    """Show the figures of a batch that is due, and note who looked."""
    form = ShowForm(request.form)
    where = address_of(number, "difference" if request.form.get("then") == "difference" else "")
    return send(
        form, Act.READ, number, [ShowFigures()], again=lambda: page(shown(number), told=form), done=lambda _: where
    )


def page(
    seen: Shown,
    *,
    steps: StepsForm | None = None,
    lots: LotsForm | None = None,
    told: RecordForm | None = None,
    again: str = "",
    more: str = "",
) -> str:
    """Return the page of a batch; the forms that were not written come back as they were typed."""
    state, names = seen.state, seen.names
    hidden, writes = not may_see(state), may(Act.RECORD)
    again, more = again or request.args.get("again", ""), more or request.args.get("lot", "")
    own = writes and current().person.id not in state.checkers
    form = steps if steps is not None else steps_form(None, state, _actions(seen), again)
    lot_form = lots if lots is not None else lots_form(None, state, more, names)
    ready, waits = not missing_for_made(state), () if hidden else _missing(state)
    off = [each.partition(".")[2] for each in waits if each.startswith("deviation.")]
    old, added = replaced(state, seen.events, names), additions_said(state, names)
    work = Work(state, form, old, own, frozenset(off), offer_reasons(form), added)
    following = next_of(state, [names.missing(each) for each in waits], current().person.id)
    everything = request.args.get("entries") == "all"
    lines = list(lines_of(state, seen.events, names, hidden=hidden, corrects=own, person=current().person.id))
    return render_template(
        "record/batches/batch.html",
        form=form,
        lot_form=lot_form,
        show_form=ShowForm(version=state.version) if hidden else None,
        again=again if again in state.entries else "",
        more=more if more in components_of(state.order) else "",
        messages=[*form.told, *lot_form.told, *(told.told if told is not None else ())],
        late=late_boxes(form),
        late_lots=late_boxes(lot_form),
        batch={
            "number": state.number,
            "about": _about(seen, hidden=hidden),
            "warnings": _warnings(state, hidden=hidden),
            "hidden": hidden,
            "typed": typed_again(state, steps, lots) if hidden else None,
            "due": state.point_due,
            "line": line_of(state, seen.events),
            "stages": () if hidden else tuple(work.stages(seen.sheet.work)),
            "backs": () if hidden else seen.sheet.bench_back,
            "lots": () if hidden else _lots(seen),
            "to_take": _to_take(seen, lot_form, more) if own and not hidden else (),
            "lots_said": lots_said(state, more) if own and not hidden else "",
            "more_lots": _more_lots(state, names) if own else (),
            "checks": () if hidden else tuple(checks_of(state, seen.events, ground().library)),
            "deviations": () if hidden else tuple(deviations_of(state, names)),
            "log": lines if everything else [line for line in lines if not line.planned][:LATEST],
            "entries": len(lines),
            "all_entries": ""
            if everything or len(lines) <= LATEST
            else f"{address_of(state.number)}?entries=all#log-title",
            "head": seen.head.named,
            "readout": () if hidden else readout_of(state, seen.sheet),
            "plan_id": seen.sheet.plan_id,
            "next": following,
            "until": "" if hidden or state.last_lock else day_of(state.use_until or ""),
            "actions": tuple(
                actions_of(
                    state, current().person.id, writes=writes, ready=ready, reads=may(Act.READ_REFERENCES), off=off
                )
            ),
        },
    )


def _about(seen: Shown, *, hidden: bool) -> str:
    opened = seen.events[0]
    day = f"Opened {moment_of(opened.at)}, by {opened.by.name}."
    if hidden:
        return f"{day} Its figures are shown after the check."
    return f"{seen.sheet.headline}. {day}"


def _missing(state: BatchState) -> tuple[str, ...]:
    """Return what the next check, or the signing of "made", waits for."""
    point = next((each for each in points_of(state) if not state.matched(each.key)), None)
    return () if point is None or state.status is not BatchStatus.OPEN else missing_at(state, point)


def _warnings(state: BatchState, *, hidden: bool) -> list[str]:
    found = ["Self-check, no second person."] if state.self_checked else []
    sheets = [event for event in state.papers if event.type == "sheet.printed"]
    at_work = state.status in (BatchStatus.OPEN, BatchStatus.DUE)
    if not sheets and at_work and not state.entries:
        found.append("A sheet printed before the batch was opened is void for it: print a new one.")
    elif sheets and at_work and sheets[-1].data["fingerprint"] != state.fingerprint:
        found.append("The order was planned again since the last sheet: print a new one.")
    labels = [event for event in state.papers if event.type == "label.printed"]
    if labels and state.status in LABELED and not hidden and state.number_on_label is not None:
        states = capsules_said(state.number_on_label)
        if not any(line.startswith(f"{states}, ") for line in labels[-1].data["lines"]):
            found.append(f"The last label does not state {states}, as were made: print a new one, and destroy the old.")
    if state.changed_figures:
        found.append("This version of the program gives other figures: record a deviation at the plan.")
    return found


def _lots(seen: Shown) -> list[dict[str, str]]:
    return [
        {
            "name": seen.names.component(lot.component),
            "maker": lot.maker,
            "lot": lot.lot,
            "expiry": day_of(lot.expiry),
            "who": f"{lot.by.name}, {done_moment(lot.done_at)}",
        }
        for lot in seen.state.lots
    ]


def _to_take(seen: Shown, form: LotsForm, more: str) -> list[dict[str, Any]]:
    found = []
    for component in to_take(seen.state, more):
        box = box_of_lot(component)
        labels = {"lot": words.LOT, "expiry": words.EXPIRY, "maker": words.MAKER}
        fields = [(form[f"{box}-{name}"], label) for name, label in labels.items() if f"{box}-{name}" in form]
        found.append({"name": seen.names.component(component), "fields": fields})
    return found


def _more_lots(state: BatchState, names: Names) -> list[tuple[str, str]]:
    """Return where another lot of each component is noted."""
    if state.status not in (BatchStatus.OPEN, BatchStatus.DUE):
        return []
    taken = [each for each in components_of(state.order) if state.lots_of(each)]
    return [(names.component(each), f"{address_of(state.number)}?lot={each}#lots") for each in taken]
