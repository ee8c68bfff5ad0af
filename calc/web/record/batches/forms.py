"""The forms of a batch: boxes for its steps and lots, what is typed for each act, and the values of a blind check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from wtforms import Field, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from calc.record.batch.codes import CHOICES, PURPOSES
from calc.record.batch.state import SELF_CHECK, TWO_PERSONS
from calc.record.words.readings import upper_first
from calc.web.forms.fields import listed
from calc.web.record.batches import words
from calc.web.record.forms import RecordForm, SignedForm

FormT = TypeVar("FormT", bound=RecordForm)
#: Fields that are no part of what is typed: the form's own, and those of the signature, which stand apart.
_HIDDEN, _SIGNATURE = frozenset({"HiddenField", "CSRFTokenField"}), frozenset({"signer", "secret"})


def choices_of(choices: Iterable[str], none: str | None = words.CHOOSE) -> list[SelectChoice]:
    """Return the choices of a list, the first of them none; without `none` the first one is chosen."""
    pairs = [(each, upper_first(each)) for each in choices]
    return listed(pairs if none is None else [("", none), *pairs])


def chosen(label: str, choices: Iterable[str], description: str = "", **more: Any) -> SelectField:
    """Return a list to choose from; the rules of the record say what may be chosen."""
    return SelectField(label, choices=choices_of(choices), description=description, validate_choice=False, **more)


def remark(label: str = words.REMARK) -> StringField:
    """Return a box for a remark."""
    return StringField(label, description=words.NEVER_A_NAME)


def with_fields(base: type[FormT], fields: Mapping[str, Any]) -> type[FormT]:
    """Return a form that has further fields, of which a batch decides."""
    return type(base.__name__, (base,), dict(fields))


def shown(form: RecordForm) -> list[Field]:
    """Return the fields that are typed, in their order."""
    return [
        field for field in form if field.type not in _HIDDEN and field.short_name not in _SIGNATURE and _asks(field)
    ]


def _asks(field: Field) -> bool:
    """Return False for a list of one: there is nothing to be chosen."""
    return field.type != "SelectField" or len(field.choices) > 1


def text_of(form: RecordForm, name: str) -> str:
    """Return what is typed in a field; blank if the form does not have it."""
    return str(form[name].data or "") if name in form else ""


class FindForm(RecordForm):
    """The box of the start page: the number of a batch, or what a scanner reads from its sheet or label."""

    find = StringField(words.FIND, description=words.FIND_HINT, render_kw={"autofocus": True})


class OpenForm(RecordForm):
    """How a batch is checked, what it is for, and its container."""

    query = HiddenField()

    checking = RadioField(
        words.CHECKED_BY,
        choices=listed([(TWO_PERSONS, words.TWO_PERSONS), (SELF_CHECK, words.SELF_CHECK_SAID)]),
        default=TWO_PERSONS,
        validate_choice=False,
    )
    reason = chosen(words.SELF_REASON, CHOICES["self-check"])
    purpose = SelectField(words.PURPOSE, choices=choices_of(PURPOSES, None), validate_choice=False)
    container = StringField(words.CONTAINER, description=words.CONTAINER_HINT)


class StepsForm(RecordForm):
    """The boxes of the steps that can be recorded now."""


class LotsForm(RecordForm):
    """The boxes of the lots that are not recorded yet."""


class ShowForm(RecordForm):
    """The button that shows figures."""


class CheckForm(SignedForm):
    """The values of a point, each read from a thing."""


class DeviationForm(RecordForm):
    """A deviation: at which step, why, and what was done."""

    step = SelectField(words.AT_STEP, validate_choice=False)
    reason = chosen(words.WHY, CHOICES["deviation"])
    text = remark()


class SignedDeviationForm(SignedForm):
    """The same, signed by a pharmacist."""

    step = SelectField(words.AT_STEP, validate_choice=False)
    reason = chosen(words.WHY, CHOICES["deviation"])
    text = remark()


class ReasonForm(SignedForm):
    """A reason of a list and a remark, signed."""

    reason = SelectField(words.WHY, validate_choice=False)
    text = remark()


class MadeForm(SignedForm):
    """What was made: how much, how it looks, a sample's masses, what was destroyed."""

    made = StringField(words.MADE_COUNT)
    unit = SelectField(words.UNIT, validate_choice=False)
    reason = chosen(words.YIELD_REASON, CHOICES["yield"], words.YIELD_REASON_HINT)
    description = StringField(words.DESCRIPTION, description=words.DESCRIPTION_HINT)
    masses = TextAreaField(words.MASSES, description=words.MASSES_HINT)
    masses_unit = SelectField(words.UNIT_OF_MASSES, choices=listed([("mg", "mg"), ("g", "g")]), validate_choice=False)
    shells = TextAreaField(words.SHELLS, description=words.SHELLS_HINT)
    shells_unit = SelectField(words.UNIT_OF_SHELLS, choices=listed([("mg", "mg"), ("g", "g")]), validate_choice=False)
    left_over = StringField(words.LEFT_OVER, description=words.LEFT_OVER_HINT)


class DispenseForm(SignedForm):
    """What is given out: how much, in how many containers, and the reference of the dispensing system."""

    amount = StringField(words.AMOUNT)
    unit = SelectField(words.UNIT, validate_choice=False)
    containers = StringField(words.CONTAINERS, default="1")
    reference = StringField(words.REFERENCE, description=words.REFERENCE_HINT)


class MoveForm(SignedForm):
    """What comes back, is destroyed or is counted."""

    amount = StringField(words.AMOUNT)
    unit = SelectField(words.UNIT, validate_choice=False)
    reason = SelectField(words.WHY, validate_choice=False)
    way = SelectField(words.WAY, validate_choice=False)
    witness = StringField(words.WITNESS, description=words.WITNESS_HINT)
    text = remark()


class TestForm(SignedForm):
    """A test of the batch: what was tested, where, what was found, and whether it passes."""

    what = chosen(words.TESTED, CHOICES["test"])
    text = remark(words.OTHER_TEST)
    laboratory = StringField(words.LABORATORY)
    found = StringField(words.FOUND)
    passes = RadioField(words.PASSES, choices=listed([("yes", "Yes"), ("no", "No")]), validate_choice=False)


class ResolveForm(SignedForm):
    """What was found about two readings that differ."""

    finding = RadioField(words.FINDING, choices=listed(words.FINDINGS.items()), validate_choice=False)
    reason = chosen(words.WHY, CHOICES["resolve"])
    text = remark(words.WHAT_WAS_DONE)
    finish = SelectField(words.FINISH, choices=listed(words.FINISHES.items()), validate_choice=False)


class CorrectForm(RecordForm):
    """A new value beside the old one."""

    field = SelectField(words.WHICH, validate_choice=False)
    new = StringField(words.NEW_VALUE)
    unit = SelectField(words.UNIT, validate_choice=False)
    reason = chosen(words.WHY, CHOICES["correct"])
    text = remark()


class SignedCorrectForm(SignedForm):
    """The same, signed by a pharmacist."""

    field = SelectField(words.WHICH, validate_choice=False)
    new = StringField(words.NEW_VALUE)
    unit = SelectField(words.UNIT, validate_choice=False)
    reason = chosen(words.WHY, CHOICES["correct"])
    text = remark()


class ReleaseForm(SignedForm):
    """The values of tray and label, the questions, and what the review asks."""
