"""What was typed into a batch whose figures are hidden by now: shown again without a target, so that it can be sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from flask import request
from wtforms import BooleanField, Field, HiddenField

from calc.record.batch.bench_order import components_of
from calc.record.batch.state import BatchState
from calc.web.record.batches import words
from calc.web.record.batches.acting import address_of
from calc.web.record.batches.boxes import BOX, box_of_lot
from calc.web.record.batches.forms import LotsForm, StepsForm
from calc.web.record.batches.names import Names


class TypedAgain(NamedTuple):
    """A form that was not written: where it is sent, its boxes with their names, and what was ticked."""

    form: StepsForm | LotsForm
    address: str
    fields: tuple[tuple[Field, str], ...]
    ticked: tuple[Field, ...]


def typed_again(state: BatchState, steps: StepsForm | None, lots: LotsForm | None) -> TypedAgain | None:
    """Return what was typed and not written; None if nothing was sent. No name of a box says a figure."""
    form = steps if steps is not None else lots
    if form is None:
        return None
    filled = [field for field in form if field.data and not isinstance(field, HiddenField)]
    fields = [(field, _name(state, field)) for field in filled if not isinstance(field, BooleanField)]
    ticked = [field for field in filled if isinstance(field, BooleanField)]
    return TypedAgain(form, address_of(state.number, "lots" if steps is None else "record"), (*fields,), (*ticked,))


def _name(state: BatchState, field: Field) -> str:
    """Return what a box is called: a step by its short name, never by what it says to do."""
    key = str(field.name).removeprefix(BOX)
    if state.target(key) is not None:
        return Names.without_figures(state.source).step(key)
    return words.UNIT if key.endswith("_unit") else str(field.label.text)


def without_a_box(state: BatchState, form: StepsForm | LotsForm) -> Iterator[tuple[str, str]]:
    """Yield what was typed for a step or a lot whose box is gone: somebody recorded it meanwhile. It is not saved."""
    names = Names.without_figures(state.source)
    boxes = {f"{BOX}{target.step}": names.step(target.step) for target in state.targets}
    boxes |= {f"{box_of_lot(each)}-lot": names.component(each) for each in components_of(state.order)}
    for box, name in boxes.items():
        typed = request.form.get(box, "").strip(" ")
        if typed and box not in form:
            yield "", words.NO_BOX.format(name=name, typed=typed)
