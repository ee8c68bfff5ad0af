"""The empty form of a point: each value grouped with the thing that it is read from, in the order of the bench."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from wtforms import RadioField, SelectField, StringField, TextAreaField

from calc.record.batch.blind import VALUES
from calc.record.batch.codes import NO, PURPOSES, YES
from calc.record.batch.points import Point
from calc.record.batch.state import BatchState
from calc.record.batch.values import ALL, FORMS, PART, Asked, values_of
from calc.record.words.readings import GROSS, READINGS, REQUEST, THINGS, component_words, lower_first
from calc.web.forms.fields import listed
from calc.web.record.batches.forms import choices_of, text_of
from calc.web.record.forms import RecordForm

_CHOICES = {"yes-no": ((YES, "Yes"), (NO, "No")), "all-or-part": ((ALL, "All of it"), (PART, "A part of it"))}


class Group(NamedTuple):
    """A thing with the values that are read from it."""

    thing: str
    title: str
    hint: str
    fields: Sequence[Any]


def fields_of(state: BatchState, point: Point) -> dict[str, Any]:
    """Return the fields of a point; none is filled, chosen or hinted at by the batch."""
    return {name_of(asked): _field(asked) for asked in values_of(state, point)}


def name_of(asked: Asked) -> str:
    """Return the name of the field of a value, as its faults name it."""
    return f"{VALUES}-{asked.name.replace('.', '-')}"


def label_of(asked: Asked) -> str:
    """Return the label of a value; of several components or steps of one kind, with which of them it is."""
    label, (before, _, last) = READINGS[asked.label].label, asked.name.rpartition(".")
    if asked.read_from == "container" and before:
        return f"{component_words(before)}: {lower_first(label)}"
    if asked.label == "boat":
        return f"{label} of {lower_first(READINGS[before.partition('-')[0]].label)}{_number(before)}"
    return f"{label}{_number(last)}"


def _number(step: str) -> str:
    """Return the number of a step behind its name; blank if there is only one."""
    number = step.partition("-")[2]
    return f" {number}" if number.isdecimal() else ""


def _field(asked: Asked) -> Any:
    label, hint = label_of(asked), GROSS if asked.kind == "gross" else READINGS[asked.label].hint
    if asked.kind in _CHOICES:
        return RadioField(label, choices=listed(_CHOICES[asked.kind]), description=hint, validate_choice=False)
    if asked.kind == "form":
        return SelectField(label, choices=choices_of(FORMS), description=hint, validate_choice=False)
    kind = TextAreaField if asked.kind in ("lots", "dates") else StringField
    return kind(label, description=hint)


def groups_of(state: BatchState, point: Point, form: RecordForm) -> Iterator[Group]:
    """Yield the fields of a point by the thing that they are read from, in the order of the bench."""
    asked = values_of(state, point)
    for thing, (title, hint) in THINGS.items():
        fields = [form[name_of(each)] for each in asked if each.read_from == thing]
        if fields:
            words = REQUEST if thing == "prescription" and state.purpose == PURPOSES[1] else (title, hint)
            yield Group(thing, *words, fields)


def values_in(state: BatchState, point: Point, form: RecordForm) -> Mapping[str, str]:
    """Return what was typed, by the names of the values."""
    return {asked.name: text_of(form, name_of(asked)) for asked in values_of(state, point)}


def labels_of(state: BatchState, point: Point, names: Sequence[str]) -> str:
    """Return the labels of values in a sentence."""
    labels = {asked.name: label_of(asked) for asked in values_of(state, point)}
    return ", ".join(lower_first(labels[name]) for name in names if name in labels)
