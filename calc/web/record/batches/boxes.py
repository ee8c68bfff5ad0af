"""The boxes of a batch: which steps and lots can be recorded now, their fields, and the acts that were typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, HiddenField, SelectField, StringField

from calc.faults import Reason
from calc.planning.bench_codes import BenchCode
from calc.record.batch.acts import Record, TakeLot
from calc.record.batch.bench_order import components_of, part_of
from calc.record.batch.codes import CHOICES
from calc.record.batch.making import AFTER_MADE
from calc.record.batch.points import DRUG_MASSES, is_followed, is_recorded, is_used_up, lock_of, points_of
from calc.record.batch.state import BatchState, BatchStatus
from calc.record.batch.together import is_together, usual
from calc.record.words.readings import READINGS
from calc.record.words.steps import step_name
from calc.sheet.lines import Action
from calc.web.forms.fields import field_name, listed
from calc.web.record.batches import words
from calc.web.record.batches.forms import LotsForm, StepsForm, chosen, text_of, with_fields
from calc.web.record.batches.from_paper import late_fields
from calc.web.record.batches.names import Names
from calc.wording.steps import REASONS

BOX, LOT = "bench-", "lot-"
#: The button that ticks all of a stage; its value is the place of the stage.
SAVE = "save"


def is_open(state: BatchState, key: str, again: str) -> bool:
    """Return True if a step can be recorded now; one that is recorded only as the one to be recorded `again`."""
    target = state.target(key)
    if target is None or not is_recorded(state, target) or lock_of(state, key) is not None:
        return False
    if not _is_at_work(state, key):
        return False
    return (key not in state.entries and not is_followed(state, key)) or (key == again and may_again(state, key))


def _is_at_work(state: BatchState, key: str) -> bool:
    """Return True while a step of a batch is worked at: until it is made, and the last steps until it is released."""
    target = state.target(key)
    after = target is not None and target.code in AFTER_MADE
    return state.status in (BatchStatus.OPEN, BatchStatus.DUE) or (after and state.status is BatchStatus.MADE)


def may_again(state: BatchState, key: str) -> bool:
    """Return True if a step that is recorded can be recorded again: no check has compared it, and it is not used up.

    Nothing is of a batch that is not at work.
    """
    if is_used_up(state, key) or is_followed(state, key) or not _is_at_work(state, key):
        return False
    points = [point for point in points_of(state) if key in point.needs]
    return all(not state.matched(point.key) and state.mismatch != point.key for point in points)


def steps_form(
    posted: MultiDict[str, str] | None, state: BatchState, actions: Iterable[Action], again: str
) -> StepsForm:
    """Return the boxes of the steps that can be recorded now."""
    fields: dict[str, Any] = {}
    for action in actions:
        if is_open(state, action.key, again):
            fields |= _of_step(state, action)
    fields["override"] = SelectField(
        words.OVERRIDE, description=words.OVERRIDE_HINT, choices=listed([("", words.CHOOSE)]), validate_choice=False
    )
    fields |= late_fields()
    return with_fields(StepsForm, fields)(posted, version=state.version)


def offer_reasons(form: StepsForm) -> str:
    """Offer the reasons that override every stop that refused the form; return the box that it is told at.

    Blank where there is no such reason, or no box.
    """
    reasons = [reason for reason in Reason if form.stops and all(reason in stop.reasons for stop in form.stops)]
    if not reasons:
        return ""
    form["override"].choices = listed([("", words.CHOOSE), *((each.value, REASONS[each]) for each in reasons)])
    return field_name(form.stops[0].field)


def _of_step(state: BatchState, action: Action) -> dict[str, Any]:
    box, entry = f"{BOX}{action.key}", state.entries.get(action.key)
    fields: dict[str, Any] = {}
    if action.wants == "tick":
        fields[f"{box}-done"] = BooleanField(action.do)
    else:
        fields[box] = StringField(_name(action))
    if action.units:
        units = listed([(unit, unit) for unit in action.units])
        fields[f"{box}_unit"] = SelectField(f"{words.UNIT}: {action.do}", choices=units, validate_choice=False)
    if action.wants == "mass":
        fields[f"{box}-reading"] = SelectField(
            words.READING, choices=listed(words.READINGS.items()), validate_choice=False
        )
        if BenchCode(action.key.partition("-")[0]) in DRUG_MASSES:
            fields[f"{box}-boat"] = StringField(words.BOAT)
            fields[f"{box}-tare"] = StringField(words.TARE, description=words.TARE_HINT)
    target = state.target(action.key)
    if target is not None and is_together(target.code):
        fields[f"{box}-shells"] = StringField(words.SHELLS_TOGETHER, default=usual(target.code, target.what))
    if entry is not None:
        fields[f"{box}-replaces"] = HiddenField(default=str(entry.seq))
        fields[f"{box}-reason"] = chosen(words.AGAIN, CHOICES["again"])
    return fields


def _name(action: Action) -> str:
    """Return what a step is called in a fault: its short name, or what it says."""
    code = action.key.partition("-")[0]
    if is_together(BenchCode(code)):
        return step_name(action.key)
    return READINGS[code].label if code in READINGS else action.do


def records_in(form: StepsForm, actions: Iterable[Action], ticked: frozenset[str]) -> Iterator[Record]:
    """Yield an act for each step of which something was typed, and for those that are `ticked` by their stage."""
    override = text_of(form, "override")
    for action in actions:
        box = f"{BOX}{action.key}"
        done = action.key in ticked or (f"{box}-done" in form and bool(form[f"{box}-done"].data))
        value, replaces = text_of(form, box), text_of(form, f"{box}-replaces")
        opened = box in form or f"{box}-done" in form
        if opened and (value.strip() or done):
            yield Record(
                action.key,
                value,
                text_of(form, f"{box}_unit"),
                done,
                text_of(form, f"{box}-tare"),
                text_of(form, f"{box}-boat"),
                text_of(form, f"{box}-reading") or "typed",
                int(replaces) if replaces.isdecimal() else None,
                text_of(form, f"{box}-reason"),
                override,
                text_of(form, f"{box}-shells"),
            )


def to_take(state: BatchState, more: str) -> tuple[str, ...]:
    """Return the components whose lots can be noted now: those without one, and the one of which there are `more`."""
    if state.status not in (BatchStatus.OPEN, BatchStatus.DUE):
        return ()
    components = components_of(state.order)
    return tuple(each for each in (*components, "container") if each == more or _is_missing(state, each, components))


def _is_missing(state: BatchState, component: str, components: tuple[str, ...]) -> bool:
    return component in components and not state.lots_of(component)


def lots_form(posted: MultiDict[str, str] | None, state: BatchState, more: str, names: Names) -> LotsForm:
    """Return the boxes of lots, filled with what the order said of them."""
    fields: dict[str, Any] = {}
    for component in to_take(state, more):
        part: Mapping[str, Any] = part_of(state.order, component) or {}
        part = {} if state.lots_of(component) else part
        box, name = box_of_lot(component), names.component(component)
        fields[f"{box}-lot"] = StringField(f"{name}: lot", default=part.get("lot") or "")
        fields[f"{box}-expiry"] = StringField(
            f"{name}: expires", default=part.get("expiry") or "", description=words.EXPIRY_HINT
        )
        fields[f"{box}-maker"] = StringField(f"{name}: maker", default=part.get("maker") or "")
    return with_fields(LotsForm, {**fields, **late_fields("lots-")})(posted, version=state.version)


def lots_said(state: BatchState, more: str) -> str:
    """Return that lots are filled in from the order, which is no reading of a bottle; blank if none are."""
    parts = [part_of(state.order, each) or {} for each in to_take(state, more) if not state.lots_of(each)]
    filled = any(part.get(name) for part in parts for name in ("lot", "expiry"))
    return words.FROM_ORDER if filled else ""


def box_of_lot(component: str) -> str:
    """Return the beginning of the names of the boxes of a component, as faults name them."""
    return f"{LOT}{component.replace('.', '-')}"


def lots_in(form: LotsForm, state: BatchState, more: str) -> Iterator[TakeLot]:
    """Yield an act for each component of which a lot or an expiry was typed."""
    for component in to_take(state, more):
        box = box_of_lot(component)
        lot, expiry = text_of(form, f"{box}-lot"), text_of(form, f"{box}-expiry")
        if lot.strip() or expiry.strip():
            yield TakeLot(component, text_of(form, f"{box}-maker"), lot, expiry)
