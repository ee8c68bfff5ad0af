"""The fields that the forms are made of: a quantity with its unit, a choice, a typed text, and groups of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.fields.core import UnboundField

from calc import limits
from calc.arithmetic.units import MG, ML, PERCENT
from calc.library import Library
from calc.orders.query import Fields
from calc.service.preparations import PREPARATIONS
from calc.web.forms.query import ANOTHER_DRUG
from calc.wording.fields import HINTS, label

MASS_UNITS = ("mg", "g", "mcg")
PERCENT_UNITS = ("%",)
#: The units that a quantity is typed in, by the unit that it is a multiple of; the first is offered first.
UNITS = {MG: MASS_UNITS, ML: ("mL", "L"), PERCENT: PERCENT_UNITS}
#: The unit offered first where another one than mg is the usual one.

USUAL_UNIT = {"source-total_mass": "g", "source-recovered_mass": "g"}
#: The names that take a number, of any preparation.
_NUMBERS = frozenset(
    name for each in PREPARATIONS.values() for names in (each.query.counts, each.query.quantities) for name in names
)
ANSWERS = (("not asked", "Not asked yet"), ("no", "No"), ("yes", "Yes"))


class TypedField(StringField):
    """A text as it was typed, shown again to the letter."""


class QuantityField(StringField):
    """A number and its unit under two names; the unit is always chosen."""

    def __init__(self, *given: Any, units: Sequence[str], **named: Any) -> None:
        super().__init__(*given, **named)
        self.units = units
        self.unit = units[0]

    def process(self, formdata: Any, *given: Any, **named: Any) -> None:
        """Read the number as any text, and its unit beside it."""
        super().process(formdata, *given, **named)
        self.unit = (formdata or {}).get(f"{self.name}_unit", self.units[0])
        if self.unit not in self.units:
            self.units = (*self.units, self.unit)


@dataclass(frozen=True)
class Group:
    """Some fields under one heading; folded unless `always_open`, or something in it needs to be seen."""

    key: str
    title: str
    names: tuple[str, ...]
    always_open: bool = False


def field_of(name: str, fields: Fields, library: Library, hint: str | None = None) -> UnboundField[Any]:
    """Return one field of an order as a form shows it, with `hint` in the place of its usual one."""
    path = name.replace("-", ".")
    shown = {"label": label(path), "description": HINTS.get(path, "") if hint is None else hint}
    if name in fields.quantities:
        units = UNITS[fields.quantities[name]]
        usual = USUAL_UNIT.get(name)
        ordered = units if usual is None else (usual, *(unit for unit in units if unit != usual))
        return QuantityField(**shown, units=ordered)
    if name.startswith("screening-"):
        return RadioField(**shown, choices=listed(ANSWERS), default="not asked", validate_choice=False)
    choices = _choices(library).get(name)
    if choices is not None:
        return SelectField(**shown, choices=listed(choices), validate_choice=False)
    return TypedField(**shown)


def listed(choices: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """Return pairs of value and text as the choices of a field."""
    return [SelectChoice(value, text) for value, text in choices]


def _choices(library: Library) -> dict[str, list[tuple[str, str]]]:
    drugs = [(key, drug.name) for key, drug in library.drugs.items()]
    bases = {basis: basis for drug in library.drugs.values() for basis in drug.bases}
    return {
        "drug": [*drugs, (ANOTHER_DRUG, "another drug (name it below)")],
        "dose_basis": [("", "as on the label of the tablets"), *bases.items()],
        "source-kind": [("", "tablets"), ("powder", "bulk powder")],
        "source-assay_basis": [("", "as is"), ("dried", "of the dried substance")],
        "source-basis": [("", "as the drug's file says"), *bases.items()],
        "source-release": [("", "immediate"), ("extended", "extended")],
        "capsule-size": [("", "the drug's usual size"), *((size, size) for size in library.sizes)],
        "diluent-name": [
            ("", limits.DEFAULTS["diluent.name"]),
            *((name, name) for name in library.diluents if name != limits.DEFAULTS["diluent.name"]),
        ],
        "beyond_use-counting": [("", "day 0 (usual)"), ("day 1", "day 1 (stricter)")],
    }


def is_number(name: str) -> bool:
    """Whether a field takes a number, so that a phone shows digits."""
    return name in _NUMBERS or name.startswith("schedule-")
