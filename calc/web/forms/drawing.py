"""Fields of a form as markup: each drawn once by its macro, with a place for the value that is typed into it.

Only what the form itself offers is kept: its fields, choices and units, never anything typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape
from wtforms import SelectField

from calc.web.forms.fields import DayField, QuantityField, field_name

#: Stands for the value while a field is drawn: a character of private use, which no label, hint or choice holds.
_PLACE = "\ue000"
#: The markup before the value and after it; None for a field without a place, whose choice is part of its markup.
_Halves = tuple[Markup, Markup | None]


class FieldDrawer:
    """Draws the fields of every form of one application.

    A field with a fault or a stop, or with a value that the form does not offer, is drawn by the macro itself.
    """

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._blank: dict[Any, str] = {}
        self._drawn: dict[tuple[Any, ...], _Halves] = {}

    def __call__(
        self, form: Any, fields: Iterable[Any], stops: Sequence[Any], reasons: Any, can_pass: object
    ) -> Markup:
        """Return the markup of fields of a form, with values and faults, and with reasons that let their stops pass."""
        stopped = {field_name(stop["field"]) for stop, _ in stops}
        drawn = (
            self._macro(field, stops, reasons, can_pass)
            if field.errors or field.name in stopped
            else self._field(form, field)
            for field in fields
        )
        return Markup("".join(drawn))  # noqa: S704 - each is markup

    def _field(self, form: Any, field: Any) -> str:
        """Return the markup of a field without a fault or a stop."""
        drawn = self._blank.get(field)
        if drawn is None:
            drawn = self._with_value(form, field)
            if form.is_blank(field):
                self._blank[field] = drawn
        return drawn

    def _with_value(self, form: Any, field: Any) -> str:
        state = _state(field)
        if state is None:
            return self._macro(field, (), {}, None)
        key = type(form), field.name, str(field.label.text), *state
        halves = self._drawn.get(key)
        if halves is None:
            halves = self._drawn[key] = self._halves(field)
        before, after = halves
        return before if after is None else f"{before}{escape(field.data or '')}{after}"

    def _halves(self, field: Any) -> _Halves:
        """Draw a field once and split it at its value."""
        blank = field if isinstance(field, SelectField) else SimpleNamespace(**(vars(field) | {"data": _PLACE}))
        before, place, after = self._macro(blank, (), {}, None).partition(_PLACE)
        return before, after if place else None

    def _macro(self, *given: Any) -> Markup:
        module: Any = self._environment.get_template("shared/fields.html").module
        drawn: Markup = module.show_field(*given)
        return drawn


def _state(field: Any) -> tuple[str, ...] | None:
    """Return what is chosen in a field, besides a value that is typed; None if the form does not offer it."""
    if isinstance(field, SelectField):
        if field.data is None:
            return ()
        return (field.data,) if any(choice.value == field.data for choice in field.choices) else None
    if isinstance(field, QuantityField):
        return (field.unit,) if field.unit in field.offered else None
    return (field.box,) if isinstance(field, DayField) else ()
